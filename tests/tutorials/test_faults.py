import subprocess
import sys

import pytest


def said_by_python(folder):
    """What the script ends with where Python itself runs it; versions draw it differently."""
    ended = subprocess.run([sys.executable, folder / "script.py"], capture_output=True, text=True, check=False)
    return ended.stderr.rstrip("\n")


def test_the_scripts_own_error_is_its_own_traceback(run, folder):
    ran = run("def half(x):\n    return 1 / x\n\nhalf(0)\n")
    assert ran.code == 1
    assert ran.said == said_by_python(folder)
    assert ran.said.endswith("ZeroDivisionError: division by zero")


def test_errors_behind_an_error_are_shown_too(run):
    said = run("try:\n    1 / 0\nexcept ZeroDivisionError:\n    [][3]\n").said
    assert "ZeroDivisionError: division by zero\n\nDuring handling of the above exception" in said
    assert said.endswith("IndexError: list index out of range")


CALLED_BACK = """
import numpy as np
from keras.callbacks import Callback
from keras.layers import Dense
from keras.models import Sequential

class Broken(Callback):
    def on_epoch_end(self, epoch, logs=None):
        [][epoch]

model = Sequential([Dense(1, input_dim=2)])
model.compile('sgd', 'mse')
model.fit(np.zeros((4, 2)), np.zeros(4), verbose=0, callbacks=[Broken()])
"""


def test_frames_of_glassnet_between_two_of_the_script_are_left_out(run):
    said = run(CALLED_BACK).said
    assert [line.split(", ")[1] for line in said.splitlines() if "File" in line] == ["line 13", "line 9"]
    assert said.endswith("IndexError: list index out of range")


def test_a_fault_inside_glassnet_is_shown_whole(run, monkeypatch):
    monkeypatch.setattr("glassnet.tutorials.python_mnist.read_idx", "a mistake of ours")
    said = run("from mnist import MNIST\nMNIST().load('a', 'b')\n").said
    assert 'python_mnist.py", line' in said
    assert "script.py" in said.splitlines()[1]
    assert said.endswith("TypeError: 'str' object is not callable")


def test_a_refusal_is_a_line_with_the_scripts_line(run):
    ran = run("import keras\n\ndef build():\n    return keras.layers.Dense(0)\n\nbuild()\n")
    assert ran.refusal().startswith("line 4 of script.py: Dense: units must be a whole number, 1 or more. Got 0.")


def test_a_script_may_catch_a_refusal(run):
    assert (
        run("import keras\ntry:\n    keras.layers.Dense(0)\nexcept ValueError:\n    print('caught')").out == "caught\n"
    )


@pytest.mark.parametrize("wanted", ["import pandas_of_nobody", "from pandas_of_nobody.frames import Frame"])
def test_a_module_that_is_not_there(run, wanted):
    assert run(f"x = 1\n{wanted}\n").refusal() == (
        "line 2 of script.py: There is no module 'pandas_of_nobody', neither installed nor beside the script. "
        "glassnet stands in for tensorflow, keras, mnist and tensorflow_datasets alone."
    )


def test_a_module_that_is_missing_may_be_caught(run):
    assert run("try:\n    import torch_of_nobody\nexcept ImportError:\n    print('without')").out == "without\n"


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("np.zeros(3, np.float)", "np.float was in older versions alone. Write float."),
        ("np.zeros(3, dtype=np.int)", "np.int was in older versions alone. Write int."),
        ("np.product([1, 2])", "np.product was in older versions alone. Write np.prod."),
        ("for k in xrange(3): pass", "xrange was in older versions alone. Write range."),
        ("name = raw_input()", "raw_input was in older versions alone. Write input."),
    ],
)
def test_a_name_that_is_gone_gets_a_hint_below_its_traceback(run, line, hint):
    ran = run(f"import numpy as np\n{line}\n")
    assert ran.code == 1
    assert ran.said.startswith("Traceback (most recent call last):\n")
    assert ran.said.endswith(f"\nglassnet: line 2 of script.py: {hint}")


def test_a_module_of_python_2(run):
    assert run("import cPickle").refusal() == "line 1 of script.py: cPickle is Python 2. Python 3 has pickle."


def test_other_errors_get_no_hint(run):
    said = run("import numpy as np\nnp.flaot\n").said
    assert (
        "module 'numpy' has no attribute 'flaot'" in said.splitlines()[-1]
    )  # from 3.12 on with a hint of Python's own
