from __future__ import annotations

from tests.engines.cpu.processes import run

USE = """
import os, threading, time
import numpy as np
import numba
from pathlib import Path
from glassnet.engines import predict
from glassnet.engines.cpu import building, running
from glassnet.engines.cpu.engine import Cpu
from tests.parity.random_networks import drawn
from tests.parity.steps import start

def state():
    settings = {k: v for k, v in vars(numba.config).items() if k.isupper()}
    return dict(os.environ), settings, len(os.listdir("/proc/self/task")), threading.active_count()

def tiny():
    return (np.float32([1e-40]) * np.float32(1))[0], (np.array([1e-310]) * 1)[0], float(np.float32(1e-40)) * 1.0

environment, settings = state()[:2]
building.object_code("activation.relu_forward")  # Numba wakes SciPy, whose own threads stay
assert state()[:2] == (environment, settings)
before, numbers = state(), tiny()
assert min(numbers) > 0
running.WORTH = -1
engine = Cpu(3)
task, batches = drawn(1)
vectors, slots = start(task)
engine.train(task, vectors, slots, 0, *batches.span(0, 20))
predict(task.network, task.x, task.scale, engine=engine)
building.object_code("activation.relu_forward")
time.sleep(0.2)  # the system lists a thread for a moment after its end
for was, now in zip(before, state(), strict=True):
    changed = was != now
    differing = {k for k in was if was[k] != now.get(k)} if changed and isinstance(was, dict) else (was, now)
    assert not changed, differing
assert tiny() == numbers
"""


def test_using_it_changes_no_environment_no_setting_of_numba_no_arithmetic_and_leaves_no_thread():
    run(USE)


def test_importing_it_wakes_neither_numba_nor_llvm_and_changes_no_environment():
    run("""
import os, sys
before = dict(os.environ)
import glassnet, glassnet.engines, glassnet.engines.cpu.engine
assert not {"numba", "llvmlite"} & set(sys.modules)
assert dict(os.environ) == before
""")
