# Every target does its own set-up: a fresh machine needs Python 3.11 or newer, its venv module, and make.

PYTHON ?= python3
PYTEST_ARGS ?=

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock

.PHONY: demo test check bench bench-peers figures soak tables reading digits-model pairs-model pairs-doubt pictures lock clean
.NOTPARALLEL:

demo: .venv/runtime
	$(BIN)/python examples/00_demo.py

# One BLAS thread for each of the two workers: with two each, four threads would contend for two cores.
test: .venv/dev
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 $(PYTEST_ARGS)

check: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports --no-logo

# Some ten minutes; docs/benchmarks.md and its chart state what came out.
bench: .venv/dev
	mkdir -p build
	$(BIN)/glassnet bench --json >build/bench.json
	$(BIN)/python -m benchmarks.page build/bench.json
	$(BIN)/python -m benchmarks.startup

# What people use instead, in an environment of its own, which `glassnet bench` finds. TensorFlow is not there for every
# Python: without it one peer is missing.
bench-peers:
	$(PYTHON) -m venv .peers
	.peers/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/peers.txt
	-.peers/bin/python -m pip install --quiet --disable-pip-version-check tensorflow-cpu==2.21.0

# Long measurements: the figures that README and docs state.
figures: .venv/dev
	$(BIN)/python -m benchmarks.figures

# How well the network in the box reads what the project draws: docs/reading.md. Some minutes; it needs MNIST.
reading: .venv/dev
	$(BIN)/python -m benchmarks.reading

# The network that tells one digit from two that touch: it comes with the package.
pairs-model: .venv/dev
	$(BIN)/python -m benchmarks.pairs_model
	$(BIN)/python -m benchmarks.pairs_doubt

# From when on digits that touch are doubtful: to be learnt again after one of the two networks has changed.
pairs-doubt: .venv/dev
	$(BIN)/python -m benchmarks.pairs_doubt

# Default settings on four tables, beside scikit-learn's networks; a minute.
tables: .venv/dev
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.tables

# How much memory a folder of 200 000 pictures takes: docs/soak.md.
soak: .venv/dev
	$(BIN)/python -m benchmarks.soak_folder

# The network in the box: trained, or trained on where it was stopped, in an hour or so; and what its documents state.
digits-model: .venv/dev
	$(BIN)/python -m making.digits_model
	$(BIN)/python -m benchmarks.pairs_doubt
	$(BIN)/python -m making.figures

# The pictures in README, drawn from what the commands print.
pictures: .venv/dev
	$(BIN)/python docs/draw_pictures.py

# One version of each package for all Pythons, so that everyone computes with the same ones. Versions that the lock has
# already stay as they are: for the newest of everything, remove requirements.lock first.
lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.8
	build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	    --all-extras --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv .peers build dist demo .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests examples benchmarks making -name __pycache__ -prune -exec rm -rf {} +

.venv/made:
	@command -v "$(PYTHON)" >/dev/null \
	    || { echo "glassnet needs Python 3.11 or newer, and there is no $(PYTHON). Try: apt install python3 python3-venv" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "glassnet needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.11 ..." >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null \
	    || { echo "$(PYTHON) has no venv module. Try: apt install python3-venv" >&2; exit 1; }
	@"$(PYTHON)" -m venv .venv
	@touch $@

.venv/runtime: .venv/made pyproject.toml requirements.lock
	@echo "Installing glassnet and its libraries into .venv (the first time takes a minute or so) ..."
	@$(INSTALL) -e .
	@touch $@

.venv/dev: .venv/made pyproject.toml requirements.lock
	@echo "Installing glassnet and its development tools into .venv (the first time takes a minute or two) ..."
	@$(INSTALL) -e '.[dev]'
	@touch .venv/runtime $@
