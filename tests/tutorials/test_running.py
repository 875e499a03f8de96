import os
import sys
import warnings

import pytest


def test_a_script_is_main_with_its_file_and_arguments(run, folder):
    ran = run(
        "import sys\n"
        "print(__name__, __file__, sys.argv, sys.path[0])\n"
        "if __name__ == '__main__': print(sys.modules['__main__'].__dict__ is globals())\n",
        "7", "--fast",
    )  # fmt: skip
    file = str(folder / "script.py")
    assert ran.out == f"__main__ {file} ['script.py', '7', '--fast'] {folder}\nTrue\n"
    assert (ran.code, ran.said, ran.translated, ran.err) == (0, "", [], "")


def test_files_beside_the_working_folder_and_helpers_beside_the_script(run, folder):
    (folder / "scripts").mkdir()
    (folder / "scripts" / "helper.py").write_text("import keras\nlayers = keras.layers\n")
    (folder / "words.txt").write_text("seven")
    ran = run(
        "import helper, os\n"
        "from pathlib import Path\n"
        "print(Path('words.txt').read_text(), helper.layers.Dense.__name__, os.getcwd())",
        name="scripts/main.py",
    )
    assert ran.out == f"seven Dense {folder}\n"
    assert "helper" not in sys.modules


def test_the_script_sees_no_other_scripts_globals(run):
    run("left_over = 1")
    assert "NameError: name 'left_over' is not defined" in run("print(left_over)").said


@pytest.mark.parametrize(
    ("leaves", "code", "said"),
    [
        ("sys.exit()", 0, ""),
        ("sys.exit(0)", 0, ""),
        ("sys.exit(7)", 7, ""),
        ("exit(3)", 3, ""),
        ("raise SystemExit('no data')", 1, "no data"),
    ],
)
def test_the_exit_code_is_passed_on(run, leaves, code, said):
    ran = run(f"import sys\nfrom keras.layers import Dense\n{leaves}\nprint('not reached')")
    assert (ran.code, ran.said, ran.out) == (code, said, "")
    assert ran.translated == ["keras → glassnet.keras"]


def test_ctrl_c(run):
    ran = run("import keras\nraise KeyboardInterrupt\n")
    assert (ran.code, ran.said) == (130, "glassnet: line 2 of script.py: Interrupted.")
    assert ran.translated == ["keras → glassnet.keras"]


def test_a_closed_pipe_is_the_command_lines_to_tell(run):
    with pytest.raises(BrokenPipeError):
        run("raise BrokenPipeError(32, 'Broken pipe')")


CHANGES = """
import os, sys, warnings
import keras, tensorflow, mnist, tensorflow_datasets, helper
import matplotlib.pyplot as plt
from matplotlib import pyplot
plt.plot([1, 2])
sys.argv.append('more'); sys.path.append('elsewhere'); sys.path.insert(0, 'first')
sys.stdout = sys.stderr; sys.stdin = None
warnings.simplefilter('ignore'); warnings.showwarning = print
"""


def state():
    import matplotlib

    return {
        "hooks": [*sys.meta_path],
        "modules": {name for name in sys.modules if name.partition(".")[0] in ROOTS},
        "stranger": sys.modules.get("keras"),
        "main": sys.modules["__main__"],
        "argv": [*sys.argv],
        "path": [*sys.path],
        "filters": [*warnings.filters],
        "shown by": warnings.showwarning,
        "back end": matplotlib.get_backend(),
        "environment": {**os.environ},
        "streams": (sys.stdin, sys.stdout, sys.stderr),
    }


ROOTS = "tensorflow", "keras", "mnist", "tensorflow_datasets", "helper"


@pytest.mark.parametrize("end", ["", "1 / 0\n", "keras.layers.LSTM(3)\n", "sys.exit(4)\n"])
def test_nothing_is_left_behind(run, folder, monkeypatch, end):
    stranger = type(sys)("keras")
    monkeypatch.setitem(sys.modules, "keras", stranger)  # as if another Keras had been imported before
    (folder / "helper.py").write_text("x = 1\n")
    before = state()
    ran = run(CHANGES + end)
    assert (ran.code, state()) == ({"": 0, "1": 1, "k": 2, "s": 4}[end[:1]], before)
    assert ran.translated[:1] == ["keras → glassnet.keras"]
    from matplotlib._pylab_helpers import Gcf

    assert not Gcf.figs


def test_a_warning_is_shown_as_python_shows_it(run):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        ran = run("import numpy as np\nprint(np.exp(np.array([1000.0])))\n")
    assert ran.out == "[inf]\n"
    assert "script.py:2: RuntimeWarning: overflow encountered in exp\n  print(np.exp" in ran.err


def test_each_script_begins_with_nothing_translated(run):
    assert run("import keras").translated == ["keras → glassnet.keras"]
    assert run("print(1)").translated == []


def test_what_is_set_in_glassnet_keras_reaches_no_script_and_none_reaches_the_next(run):
    from glassnet.keras import backend

    script = "import keras.backend as K\nprint(K.floatx(), K.image_data_format())\n"
    change = "K.set_floatx('float64')\nK.set_image_data_format('channels_first')\n"
    backend.set_floatx("float64")
    backend.set_image_data_format("channels_first")
    assert [run(script + change).out for _ in range(2)] == ["float32 channels_last\n"] * 2
    assert backend.floatx() == "float32"


def test_notebook_lines_are_among_what_was_translated(run):
    assert run("x = 1\n%matplotlib inline\n").translated == ["line 2: %matplotlib inline → left out, a notebook's line"]


def test_what_is_no_script_is_said_in_a_line(run):
    assert run("print 'XOR'").refusal().startswith("Line 1 of script.py is Python 2")
    ran = run("x = (1\n")
    assert ran.code == 1
    assert ran.said.splitlines()[1:] == ["    x = (1", "        ^", "SyntaxError: '(' was never closed"]
