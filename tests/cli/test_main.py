import os
import re
import shlex
import subprocess
import sys

import numpy as np
import pytest

from glassnet.cli.main import app
from glassnet.data import Dataset
from glassnet.data.dataset import Parts
from glassnet.preparation import DigitBox, Preparation, Scale

# Each uses the files of those before it.
COMMANDS = [
    ("train",),
    ("read",),
    ("correct",),
    ("improve",),
    ("evaluate",),
    ("predict",),
    ("show",),
    ("explain",),
    ("data", "pack"),
    ("data", "check"),
    ("lab",),
    ("lab", "forget"),
    ("reproduce",),
    ("run",),
    ("bench",),
]
HEAVY = (
    "numpy",
    "sklearn",
    "cv2",
    "PIL",
    "matplotlib",
    "rich",
    "safetensors",
    "filelock",
    "urllib.request",
    "distributed",
)


def test_without_a_command_it_shows_the_help(glassnet):
    for words in ((), ("data",)):
        called = glassnet(*words)
        assert (called.code, called.err) == (2, "")
        assert called.out == glassnet(*words, "--help").out


def test_the_help_lists_every_command(glassnet):
    called = glassnet("--help")
    assert called.code == 0
    assert [line[2:14].strip() for line in called.out.partition("Commands:\n")[2].splitlines()[:14]] == [
        "train", "evaluate", "predict", "read", "correct", "improve", "show", "explain", "lab", "lab forget",
        "reproduce", "run", "bench", "data",
    ]  # fmt: skip
    assert glassnet("--version").out == "0.1.0\n"


def modules_after(process, *words):
    """The names of the modules that a command has imported when it ends."""
    code = "import atexit, sys; atexit.register(lambda: print(*sys.modules)); from glassnet.cli import main; main()"
    called = process(*words, start=("-c", code))
    assert called.code == 0, called.err
    return called.out.splitlines()[-1].split()


def test_the_help_needs_nothing_heavy(process):
    assert not {*HEAVY} & {*modules_after(process, "--help")}
    assert not {*HEAVY} & {*modules_after(process, "train", "--help")}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_examples(glassnet, command):
    called = glassnet(*command, "--help")
    assert called.code == 0
    assert f"Usage: glassnet {' '.join(command)} [OPTIONS]" in called.out
    assert "Examples:\n  glassnet " in called.out.replace("    glassnet", "  glassnet")
    assert "--json" in called.out
    assert "--quiet" in called.out


def examples(glassnet, command):
    """The lines of the examples, without the remarks behind them."""
    text = glassnet(*command, "--help").out.partition("Examples:\n")[2].partition("\n\n")[0]
    return [re.split(r" {3,}", line.strip())[0] for line in text.splitlines()]


@pytest.fixture
def small_mnist(monkeypatch):
    """Pictures of MNIST's shape under its name, so that examples take no minutes."""
    x = np.zeros((40, 28, 28, 1), np.uint8)
    y = np.arange(40) % 10
    for picture, label in zip(x, y, strict=True):
        picture[4:24, 4 + 2 * label : 8 + 2 * label] = 255
    data = Dataset("mnist", x, y, tuple(range(10)), Preparation((DigitBox(),), Scale(1 / 255)))
    monkeypatch.setitem(sys.modules["glassnet.data.sources"].BUILT_IN, "mnist", lambda seed: Parts(data, data))


@pytest.mark.usefixtures("small_mnist")
def test_the_examples_in_the_help_run_as_they_are_written(glassnet, folder):
    from PIL import Image

    scan = np.full((60, 60), 250, np.uint8)
    scan[15:45, 27:32] = 20
    cats = [f"cats/{cat}/{number}.png" for cat in ("tom", "tim") for number in range(5)]
    for number, name in enumerate(("seven.png", "photo.jpg", "my-digits/7/1.png", *cats)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        scan[0, number] = 240  # no two pictures are the same
        Image.fromarray(scan).save(folder / name)
    for name in ("xor_keras.py", "mnist_cnn.py", "digits.py"):
        (folder / name).write_text("import keras, sys\n")
    flats = [f"{k % 5},{('east', 'west')[k % 2]},Long Street {k},{300 + 100 * (k % 5)}\n" for k in range(40)]
    (folder / "flats.csv").write_text("rooms,district,address,rent\n" + "".join(flats))
    (folder / "new-flats.csv").write_text("district,rooms\neast,3\n")
    assert glassnet("train", "mnist", "--net", "perceptron", "--out", "perceptron.safetensors").code == 0
    assert glassnet("train", "people", "--out", "people.safetensors").code == 0
    mnist = glassnet("data", "pack", "my-digits", "--out", "mnist")
    assert mnist.code == 0
    shown = {command: examples(glassnet, command) for command in COMMANDS}
    assert min(map(len, shown.values())) >= 2
    for line in [line for command in COMMANDS for line in shown[command]]:
        program, *words = shlex.split(line)
        assert program == "glassnet"
        shorter = {"train": ["--epochs", "1", "--force"], "lab": ["--epochs", "1", "--runs", "1"]}.get(words[0], [])
        called = glassnet(*words, *shorter)
        assert (called.code, "glassnet:" in called.err) == (0, False), f"{line}\n{called.err}"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["trian", "xor"], "No such command 'trian'. Did you mean 'train'? Try 'glassnet --help'."),
        (["train"], "Missing argument 'DATA'. Try 'glassnet train --help'."),
        (["train", "xor", "--epoch", "3"], "No such option: --epoch (Possible options: --epochs). Try 'glassnet train"),
        (["train", "xor", "--epochs"], "Option '--epochs' requires an argument."),
        (["train", "xor", "--epochs", "many"], "Invalid value for '--epochs'"),
        (["train", "xorr"], "no built-in data set of that name: digits, mnist, xor, people, first-input, moons"),
        (["train", "some.idx"], "'some.idx' names columns, but has no rows. Every line after the first is one."),
        (["train", "some-folder"], "'some-folder' holds neither folders of pictures nor IDX files."),
        (["train", "xor", "--out", "some-folder"], "Cannot write 'some-folder': it is a folder."),
        (["train", "xor", "--out", "none/model"], "Cannot write 'none/model': there is no folder 'none'."),
        (["train", "xor", "--out", "link"], "Cannot write 'link': it is a symbolic link."),
        (["train", "xor", "--out", "pipe"], "Cannot write 'pipe': it is not an ordinary file."),
        (["train", "xor", "--out", os.devnull], "it is not an ordinary file."),
        (["train", "xor", "--out", "n" * 201], "is too long. Take at most 200 bytes."),
        (["train", "xor", "--net", "none.json"], "The network file none.json cannot be read: No such file"),
        (["evaluate", "none", "xor"], "Cannot read 'none': there is no such file."),
        (["evaluate", "some-folder", "xor"], "Cannot read 'some-folder': it is a folder."),
        (["evaluate", "pipe", "xor"], "Cannot read 'pipe': it is not an ordinary file."),
        (["predict", os.devnull, "1,0"], "it is not an ordinary file."),
        (["predict", "some.idx", "1,0"], "Cannot read 'some.idx': it is not a model file."),
        (["show", "some-folder"], "'some-folder' holds neither folders of pictures nor IDX files."),
        (["reproduce", "none"], "Cannot read 'none': there is no such file."),
        (["read", "some.idx"], "Cannot read 'some.idx' as a picture: it is no picture."),
        (["data", "pack", "none"], "Cannot read the folder 'none': No such file or directory."),
        (["data", "pack", "some.idx"], "Cannot read the folder 'some.idx': Not a directory."),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)  # fmt: skip
def test_row_57_what_is_not_there_or_something_else_is_said_in_one_line(glassnet, folder, words, said):
    (folder / "some.idx").write_bytes(b"nothing of ours")
    (folder / "some-folder").mkdir()
    (folder / "link").symlink_to("elsewhere")
    os.mkfifo(folder / "pipe")
    assert said in glassnet(*words).refusal()
    assert said in glassnet(*words, *(["--json"] if "--epochs" not in words[-1:] else [])).refusal()


@pytest.mark.parametrize("name", ["сеть моя", "网络", "a 'b' \"c\"", "two\nlines", "-dash", "$HOME;`ls`", "é\udcff"])
def test_row_59_names_in_any_script_with_spaces_quotes_and_newlines(glassnet, folder, name):
    called = glassnet("train", "xor", "--epochs", "1", "--json", "--out", f"{folder}/{name}")
    assert called.code == 0
    assert called.json["model"] == f"{folder}/{name}"
    assert (folder / name).is_file()
    called = glassnet("evaluate", f"{folder}/{name}", "xor")
    assert called.code == 0
    assert called.out.count("\n") > 3


def test_row_59_a_terminal_does_not_obey_a_name(glassnet, folder):
    called = glassnet("train", "xor", "--epochs", "1", "--out", "\x1b[31mred")
    assert called.code == 0
    assert "The network is in \\x1b[31mred." in called.out
    assert "\x1b" not in glassnet("train", "xor", "--out", "\x1b[31mred").refusal()


@pytest.mark.parametrize("output", ["stdout", "stderr"])
def test_row_62_a_closed_pipe(process, folder, models, output):
    read_end, write_end = os.pipe()
    os.close(read_end)
    words = {
        "stdout": ["evaluate", models / "blobs", "blobs"],
        "stderr": ["train", "xor", "--out", "model"],
    }[output]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, output: write_end}
    called = process(*words, capture_output=False, **pipes)
    os.close(write_end)
    assert called.code == 141
    assert not called.out
    assert not called.err


def test_row_62_a_stream_that_was_closed_before(process, models):
    words = ["-m", "glassnet", "evaluate", str(models / "blobs"), "blobs", "--json"]
    command = shlex.join([sys.executable, *words])
    for closed, out in ((">&-", ""), ("2>&-", "{")):
        called = process("-c", f"{command} {closed}", start=(), executable="/bin/sh")
        assert called.code == 0
        assert called.err == ""
        assert called.out[:1] == out


def test_row_62_a_full_disk_behind_standard_output(process, models):
    with open("/dev/full", "w") as full:
        called = process(
            "evaluate", models / "blobs", "blobs", capture_output=False, stdout=full, stderr=subprocess.PIPE
        )
    assert called.code == 2
    assert called.err == "glassnet: No space left on device\n"


def test_row_62_no_terminal_the_c_locale_and_no_home(process, clean_environment):
    environment = {
        **clean_environment,
        "HOME": "/dev/null",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    name = os.fsencode("сеть")
    called = process("train", "xor", "--epochs", "300", "--out", name, env=environment)
    assert called.code == 0
    assert "Traceback" not in called.err
    assert "Training on xor: 4 samples, seed 0.\n" in called.err  # before it, without a place for kernels: "Compiling"
    for words in (
        ["evaluate", name, "xor", "--confusion", "confusion.png"],
        ["show", name, "--draw"],
        ["predict", name, "1,0"],
    ):
        called = process(*words, env=environment)
        assert (called.code, called.err) == (0, "")
        assert called.out.isascii()


def test_a_warning_is_one_line(process, folder, models):
    from glassnet.files import load, save

    trained = load(models / "people")
    trained.network.vectors.weights[0] = np.nan
    save(trained, folder / "sick")
    called = process("show", "sick")
    assert called.code == 0
    assert called.err == (
        "glassnet: 'sick': dense_1.W hold numbers that are not finite. Predict nothing with this model.\n"
    )


def test_too_little_memory_is_said(glassnet, monkeypatch):
    def too_large(*words):
        raise MemoryError("Unable to allocate 9 TiB.")

    monkeypatch.setattr("glassnet.data.load_data", too_large)
    said = glassnet("train", "xor").refusal()
    assert "There is not enough memory. Take a smaller network or smaller batches. Unable to allocate 9 TiB." in said


def test_ctrl_c_before_anything_is_learnt(glassnet, monkeypatch):
    def interrupted(*words):
        raise KeyboardInterrupt

    monkeypatch.setattr("glassnet.data.load_data", interrupted)
    called = glassnet("train", "xor")
    assert (called.code, called.err) == (130, "glassnet: Interrupted.\n")


def test_every_command_is_a_file():
    places = [getattr(command.callback, "__module__", "") for command in app.registered_commands]
    names = "train evaluate predict read correct improve show explain lab forget reproduce run bench"
    assert places == [f"glassnet.cli.{name}" for name in names.split()]
