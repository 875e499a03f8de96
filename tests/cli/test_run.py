import signal
import subprocess
import sys

import pytest

SCRIPT = """
import sys
import tensorflow as tf
from keras.layers import Dense
tf.get_logger().setLevel('ERROR')
print('arguments:', sys.argv[1:])
"""
LIST = (
    "Translated:\n"
    "  keras → glassnet.keras\n"
    "  tensorflow → glassnet.keras and NumPy\n"
    "  tf.get_logger → a logger for nothing: glassnet writes no log\n"
)


@pytest.fixture
def script(folder):
    """script("print(1)") writes it into script.py."""

    def write(text=SCRIPT):
        (folder / "script.py").write_text(text, encoding="utf-8")
        return "script.py"

    return write


def test_the_scripts_own_output_and_a_list_of_what_was_translated(glassnet, script):
    called = glassnet("run", script(), "7", "--json", "--help", "-x")
    assert (called.code, called.out) == (0, "arguments: ['7', '--json', '--help', '-x']\n")
    assert called.err == LIST


def test_quiet_drops_the_list(glassnet, script):
    called = glassnet("run", "--quiet", script())
    assert (called.code, called.out, called.err) == (0, "arguments: []\n", "")


def test_json_is_one_object_and_the_scripts_output_goes_to_standard_error(glassnet, script):
    called = glassnet("run", "--json", script(SCRIPT + "sys.exit(3)"), "7")
    assert called.code == 3
    assert called.json == {
        "script": "script.py",
        "exit_code": 3,
        "translated": [line.strip() for line in LIST.splitlines()[1:]],
    }
    assert called.err == "arguments: ['7']\n"


def test_an_error_comes_before_the_list(glassnet, script):
    called = glassnet("run", script(SCRIPT + "1 / 0"))
    assert (called.code, called.out) == (1, "arguments: []\n")
    assert called.err.startswith("Traceback (most recent call last):\n")
    assert called.err.endswith("ZeroDivisionError: division by zero\n" + LIST)
    called = glassnet("run", script(SCRIPT + "Dense(0)"))
    assert called.code == 2
    assert called.err.startswith("glassnet: line 7 of script.py: Dense: units must be a whole number")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "glassnet: Cannot read the script 'script.py': No such file or directory."),
        ("print 'XOR'\n", "glassnet: Line 1 of script.py is Python 2: print without parentheses."),
        ("import pandas_of_nobody\n", "glassnet: line 1 of script.py: There is no module 'pandas_of_nobody'"),
        ("from keras.layers import LSTM\n", "of script.py: glassnet has nothing in place of keras.layers.LSTM."),
    ],
)
def test_what_a_person_can_mend_is_one_line(glassnet, script, content, said):
    if content:
        script(content)
    assert said in glassnet("run", "--quiet", "script.py").refusal()


def test_as_a_process(process, script):
    called = process("run", script("print('до')\nraise KeyboardInterrupt\n"))
    assert (called.code, called.out, called.err) == (130, "до\n", "glassnet: line 2 of script.py: Interrupted.\n")
    called = process("run", script("import warnings\nwarnings.warn('careful')\n"))
    assert (called.code, called.out) == (0, "")
    assert called.err.endswith("script.py:2: UserWarning: careful\n  warnings.warn('careful')\n")


def test_ctrl_c_ends_the_script_and_still_lists_what_was_translated(script):
    words = [
        sys.executable,
        "-m",
        "glassnet",
        "run",
        script("import keras, time\nprint('begun', flush=True)\ntime.sleep(60)\n"),
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout
        assert running.stdout.readline() == "begun\n"
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=600)
    assert running.returncode == 130
    said, *listed = err.splitlines()
    assert said in [f"glassnet: line {line} of script.py: Interrupted." for line in (2, 3)]  # 2: still in print()
    assert listed == ["Translated:", "  keras → glassnet.keras"]


def test_nobody_reads_what_the_script_prints(process, script):
    called = process(
        "-c",
        f"{sys.executable} -m glassnet run {script('for k in range(10**6): print(k)')} | head -1",
        start=(),
        executable="/bin/bash",
    )
    assert (called.out, called.err) == ("0\n", "")


def test_nothing_is_left_in_the_process(glassnet, script):
    before = [*sys.meta_path]
    glassnet("run", script())
    assert sys.meta_path == before
    assert not {"tensorflow", "keras"} & {*sys.modules}
