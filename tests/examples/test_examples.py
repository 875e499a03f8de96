"""Every example runs from an empty folder, without a warning, and prints its figures."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"

PRINTS = {
    "00_demo": ["test samples are right", "What it saw is drawn in demo/number-read.png."],
    "01_one_neuron": ["1·3 + 4 = 7", "step     1.0", "linear   7.0", "relu     7.0", "sigmoid  0.99908894880559"],
    "02_forward_only": ["h1 = 0.9526, h2 = 0.9526", "o1 = 0.72163256095184", "9 parameters"],
    "03_weight_and_height": ["epoch   0  loss", "epoch 990  loss 0.00", "Emily: 0.9", "Frank: 0.0"],
    "04_first_input": ["[0 0 1] → 0", "corrections [ 0.", "The question [1 0 0]: 0.9999"],
    "05_xor": ["9 parameters", "0.00741202", "0.99845", "0.99843", "stuck", "learnt", "dense_2.b = [-4."],
    "06_digits_one_layer": ["Seed 0: 0.87", "of 10000 test digits are right", "was taken for"],
    "07_digits_cnn": ["13,706 parameters", "epoch 8: 9", "of 359 digits that it has not seen"],
    "08_why_this_answer": ["The network answers 3; the scan is a 3.", "conv2d_2: 16 maps of 4×4", "demo/why.png"],
    "09_one_cat": [
        "80 pictures of 2 classes: Murka 40, other 40.",
        "of 16 pictures that it",
        "The stranger is Murka, ",
    ],
}
DRAWS = {
    "00_demo": ["number.png", "number-read.png"],
    "03_weight_and_height": ["people-loss.png"],
    "06_digits_one_layer": ["digit-weights.png"],
    "08_why_this_answer": ["why.png"],
}
NEEDS_MNIST = {"06_digits_one_layer"}


def run(example, folder):
    command = [sys.executable, "-W", "error", str(EXAMPLES / f"{example}.py")]
    one_thread = {
        **os.environ,
        "OPENBLAS_NUM_THREADS": "1",
    }  # two would contend with the other tests: ten times as long
    done = subprocess.run(command, cwd=folder, env=one_thread, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    for words in PRINTS[example]:
        assert words in done.stdout
    for picture in DRAWS.get(example, []):
        assert (folder / "demo" / picture).read_bytes().startswith(b"\x89PNG")
    return done


def test_none_is_forgotten():
    assert {path.stem for path in EXAMPLES.glob("*.py")} == set(PRINTS)


@pytest.mark.parametrize("example", sorted(set(PRINTS) - NEEDS_MNIST))
def test_it_runs(example, tmp_path):
    done = run(example, tmp_path)
    assert example == "00_demo" or done.stderr == ""  # the demo shows progress there


@pytest.mark.mnist
@pytest.mark.parametrize("example", sorted(NEEDS_MNIST))
def test_it_runs_on_mnist(example, tmp_path, mnist_folder):
    assert run(example, tmp_path).stderr == ""


@pytest.mark.parametrize("example", sorted(set(PRINTS) - {"00_demo"}))
def test_a_lesson_is_short_and_uses_public_names_alone(example):
    lines = (EXAMPLES / f"{example}.py").read_text("utf-8").splitlines()
    assert lines[0].startswith('"""')
    assert 10 <= len(lines) <= 55
    assert not [line for line in lines if line.startswith(("from glassnet.", "import glassnet"))]
