import json
import os
import shutil
import signal
from pathlib import Path

import numpy as np
import pytest

from glassnet.engines import Reference
from glassnet.files import claim, load

SMALL = ("train", "blobs", "--net", "dense8 batchnorm relu dropout0.1 dense3", "--validation", "0.2", "--epochs", "6",
         "--engine", "reference")  # fmt: skip  # whose spans the tests break into


@pytest.fixture
def stopped(glassnet, monkeypatch):
    """Calls a command that gets a signal in the midst of the span with this number."""

    def call(span, number, *words):
        train, spans = Reference.train, 0

        def interrupted(*of_engine):
            nonlocal spans
            spans += 1
            if spans == span:
                signal.raise_signal(number)
            return train(*of_engine)

        with monkeypatch.context() as patch:
            patch.setattr(Reference, "train", interrupted)
            return glassnet(*words)

    return call


@pytest.mark.parametrize("data", ["xor", "people", "first-input", "blobs"])
def test_json_has_the_figures_and_standard_output_nothing_else(glassnet, data):
    called = glassnet("train", data, "--epochs", "2", "--json")
    assert called.code == 0
    document = json.loads(called.out)
    assert called.out.count("\n") == 1
    assert document["model"] == "model.safetensors"
    assert document["epochs"] == 2
    assert document["seconds"] >= 0
    assert 0 <= document["low"] <= document["accuracy"] <= document["high"] <= 1
    assert document["samples"] == {"xor": 4, "people": 2, "first-input": 1, "blobs": 200}[data]
    assert document["ended"] == "all epochs done"
    assert document["seed"] == 0
    assert document["steps"] == len(load("model.safetensors").history["loss"]) * {"first-input": 1, "blobs": 13}.get(
        data, 4
    )
    assert called.err.startswith(f"Training on {data}: ")


def test_json_of_a_network_that_learns_numbers(glassnet, numbers):
    called = glassnet("train", "numbers", "--epochs", "3", "--json", "--quiet")
    assert (called.code, called.err) == (0, "")
    assert called.json["accuracy"] is None
    assert called.json["low"] is None
    assert called.json["epochs"] == 3
    assert called.json["mean_squared_error"] > 0
    said = glassnet("train", "numbers", "--force").out
    assert said.startswith("On 40 samples it is off by ")
    assert "of the variance (95% interval " in said


def test_what_a_person_sees(glassnet):
    called = glassnet("train", "blobs", "--epochs", "3", "--validation", "0.1", "--seed", "7")
    assert called.code == 0
    first, second, *epochs = called.err.splitlines()
    assert first == "Training on blobs: 360 samples, 40 held out, seed 7."
    assert second == "The network has 6 layers, 1,251 parameters. Adam, rate 0.01, batches of 32."
    assert epochs[-1].startswith("epoch 3/3  loss 0.")
    for figure in ("accuracy", "held out:"):
        assert f"  {figure} " in epochs[-1]
    verdict, baseline, *_, calibration, place = called.out.splitlines()
    assert "of 200 test samples are right: 9" in verdict
    assert "(95% interval " in verdict
    assert baseline == "Always answering '1' would be right in 33.5%."
    assert calibration.startswith("Calibration error 0.0")
    assert place == "The network is in model.safetensors."


def test_quiet_says_nothing(glassnet):
    called = glassnet("train", "blobs", "--epochs", "2", "--quiet")
    assert (called.code, called.out, called.err) == (0, "", "")
    assert load("model.safetensors").receipt["seed"] == 0


def test_a_set_that_was_not_learnt_whole_brings_a_hint(glassnet):
    said = glassnet("train", "xor", "--epochs", "1", "--seed", "4").out
    assert 'Not every start succeeds: try --seed 5, or more neurons: --net "dense8 relu dense1".' in said
    said = glassnet("train", "xor", "--force", "--seed", "5", "--net", "dense8 relu dense1").out
    assert "4 of the 4 samples that it learnt from are right." in said
    assert "interval" not in said
    assert "4 of the 4 samples that it learnt from" in glassnet("evaluate", "model.safetensors", "xor").out
    assert "Not every start" not in said
    assert "Not every start" not in glassnet("train", "blobs", "--force", "--epochs", "1").out


def test_the_same_command_twice_gives_the_same_bits(glassnet, same_bits):
    assert glassnet(*SMALL, "--out", "one").code == 0
    assert glassnet(*SMALL, "--out", "two").code == 0
    same_bits("one", "two")
    assert glassnet(*SMALL, "--out", "three", "--seed", "1").code == 0
    assert load("one").network.vectors.weights.tobytes() != load("three").network.vectors.weights.tobytes()


@pytest.mark.parametrize("rate", ["1e10", "1e30"])
def test_row_43_a_training_that_runs_away_keeps_the_last_good_weights(glassnet, rate):
    words = ["train", "blobs", "--optimizer", "sgd", "--learning-rate", rate, "--epochs", "5", "--validation", "0.1"]
    said = glassnet(*words, "--quiet").refusal()
    assert "The training diverged at step " in said
    assert "'model.safetensors' holds the last good weights. Try a smaller rate: --learning-rate " in said
    trained = load("model.safetensors")
    assert trained.healthy
    assert trained.receipt["ended"].startswith("diverged at step ")
    assert glassnet("evaluate", "model.safetensors", "blobs").code == 0
    again = glassnet(*words, "--resume", "--json", "--quiet")
    assert (again.code, again.out, again.err) == (2, "", said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--epochs", "-1"], "Recipe: epochs must be a whole number, 1"),
        (["--epochs", "0"], "Recipe: epochs must be a whole number, 1"),
        (["--epochs", "1000000000000000000"], "epochs must be a whole number, 1 to 1000000000. Got 10000000000000"),
        (["--epochs", "1e18"], "Invalid value for '--epochs'"),
        (["--batch-size", "0"], "Recipe: batch_size must be a whole number, 1 or more. Got 0."),
        (["--learning-rate", "nan"], "learning_rate must be a number in (0, inf). Got nan."),
        (["--learning-rate", "-1"], "learning_rate must be a number in (0, inf). Got -1.0."),
        (["--learning-rate", "inf"], "Got inf."),
        (["--weight-decay", "nan"], "weight_decay must be a number"),
        (["--clip-norm", "-3"], "clip_norm must be"),
        (["--validation", "1"], "Recipe: validation must be a number in [0, 1). Got 1.0."),
        (["--validation", "nan"], "validation must be a number in [0, 1). Got nan."),
        (["--patience", "0"], "Recipe: patience must be a whole number, 1 or more. Got 0."),
        (["--seed", "-1"], "Recipe: seed must be a whole number, 0 or more. Got -1."),
        (["--seed", "18446744073709551616"], "seed must be a whole number"),
        (
            ["--optimizer", "adan"],
            "--optimizer must be one of sgd, rmsprop, adagrad, adadelta, adam, adamw. Got 'adan'.",
        ),
        (["--schedule", "cosinus"], "--schedule must be one of constant, step, cosine, onecycle. Got 'cosinus'."),
        (["--net", "dense0"], "Dense: units must be a whole number, 1 or more. Got 0."),
        (["--net", "dense16 relo"], "The network has the word 'relo', which names no layer. Did you mean 'relu'?"),
        (["--net", "densely"], "Presets are perceptron, mlp, table, cnn, pictures, xor, people, first-input."),
        (["--net", " "], "The network is empty."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_row_58_nonsense_is_refused_before_data_are_read(glassnet, folder, monkeypatch, words, said):
    monkeypatch.setattr("glassnet.data.load_data", lambda *of: pytest.fail("data were read"))
    assert said in glassnet("train", "blobs", *words).refusal()
    assert os.listdir(folder) == []


def test_row_60_an_output_that_exists_is_refused_before_data_are_read(glassnet, monkeypatch):
    assert glassnet("train", "xor", "--out", "model", "--quiet").code == 0
    written = load("model")
    with monkeypatch.context() as patch:
        patch.setattr("glassnet.data.load_data", lambda *of: pytest.fail("data were read"))
        said = glassnet("train", "xor", "--out", "model").refusal()
    assert "'model' exists already. Choose another name, or replace it with --force." in said
    assert glassnet("train", "xor", "--out", "model", "--seed", "1", "--force").code == 0
    assert load("model").network.vectors.weights.tobytes() != written.network.vectors.weights.tobytes()


def test_row_60_a_stopped_training_is_not_overwritten_either(glassnet, stopped, same_bits):
    assert stopped(3, signal.SIGINT, *SMALL).code == 130
    said = glassnet(*SMALL).refusal()
    assert "'model.safetensors.checkpoint' holds a training that was stopped." in said
    assert "Go on with --resume, or start anew with --force." in said
    called = glassnet(*SMALL, "--force")
    assert called.code == 0
    assert "Going on" not in called.err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("quiet", [(), ("--quiet",)])
def test_row_61_a_stop_leaves_a_checkpoint_and_resuming_gives_the_same_bits(
    glassnet, stopped, same_bits, folder, number, code, quiet
):
    assert glassnet(*SMALL, "--out", "undisturbed").code == 0
    before = signal.getsignal(number)
    called = stopped(4, number, *SMALL, *quiet)
    assert (called.code, called.out) == (code, "")
    assert called.err.splitlines()[-1].startswith("Stopped after step ")
    assert called.err.endswith(". To go on, give the same command with --resume.\n")
    assert signal.getsignal(number) is before
    assert (folder / "model.safetensors.checkpoint").is_file()
    assert not (folder / "model.safetensors").exists()
    assert stopped(2, number, *SMALL, "--resume").code == code
    called = glassnet(*SMALL, "--resume")
    assert called.code == 0
    assert "\nGoing on after step " in called.err
    same_bits("model.safetensors", "undisturbed")
    assert [name for name in os.listdir(folder) if "checkpoint" in name] == []


def test_row_61_a_stop_at_the_very_end_is_none(glassnet, stopped):
    called = stopped(1, signal.SIGINT, "train", "first-input", "--epochs", "1")
    assert called.code == 0
    assert "The network is in model.safetensors." in called.out


def test_row_61_the_same_command_with_resume_goes_on_where_it_had_to_replace_a_model(glassnet, stopped, same_bits):
    assert glassnet(*SMALL, "--out", "undisturbed").code == 0
    assert glassnet("train", "xor", "--quiet").code == 0
    assert stopped(4, signal.SIGINT, *SMALL, "--force").code == 130
    called = glassnet(*SMALL, "--force", "--resume")
    assert called.code == 0
    assert "Going on after step " in called.err
    same_bits("model.safetensors", "undisturbed")


def test_a_second_signal_is_not_waited_for(glassnet, monkeypatch, folder):
    def twice(*of_engine):
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(Reference, "train", twice)
    with pytest.raises(SystemExit) as left:
        glassnet(*SMALL)
    assert left.value.code == 143


def test_resuming_nothing_starts_afresh(glassnet, same_bits):
    assert glassnet(*SMALL, "--out", "undisturbed").code == 0
    called = glassnet(*SMALL, "--resume")
    assert called.code == 0
    assert "Nothing to resume: starting afresh." in called.err
    same_bits("model.safetensors", "undisturbed")


def test_resuming_what_is_done_trains_no_further(glassnet, folder, monkeypatch):
    assert glassnet(*SMALL, "--json").code == 0
    written = (folder / "model.safetensors").read_bytes()
    monkeypatch.setattr(Reference, "train", lambda *of_engine: pytest.fail("it trains"))
    called = glassnet(*SMALL, "--resume", "--json")
    assert called.code == 0
    assert called.json["epochs"] == 6
    assert "'model.safetensors' was trained to its end already, like this." in called.err
    assert (folder / "model.safetensors").read_bytes() == written


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--seed", "1"], "recipe.seed: 0 then, 1 now"),
        (["--learning-rate", "0.5"], "recipe.optimizer.learning_rate: 0.01 then, 0.5 now"),
        (["--epochs", "7"], "recipe.epochs: 6 then, 7 now"),
        (["--net", "dense8 batchnorm relu dropout0.2 dense3"], "network.layers.3.rate: 0.1 then, 0.2 now"),
        (["--batch-size", "31"], "recipe.batch_size: 32 then, 31 now"),
        (["--optimizer", "sgd"], "recipe.optimizer.class: Adam then, SGD now"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_row_82_settings_that_changed_since_are_named(glassnet, stopped, words, said):
    assert stopped(3, signal.SIGINT, *SMALL).code == 130
    for _ in range(2):  # beside a checkpoint, and beside the finished model
        refused = glassnet(*SMALL, *words, "--resume").refusal()
        assert "is of another training: " in refused
        assert said in refused
        assert "Give the same settings and data, or start anew with --force." in refused
        assert glassnet(*SMALL, "--resume").code == 0
    called = glassnet(*SMALL, *words, "--resume", "--force")
    assert called.code == 0
    assert "Nothing to resume: starting afresh." in called.err


def test_row_82_data_that_changed_since_are_named(glassnet, stopped, folder):
    from glassnet.data import write_idx

    (folder / "mine").mkdir()
    pictures = np.arange(20 * 4, dtype=np.uint8).reshape(20, 2, 2)
    write_idx("mine/train-images-idx3-ubyte", pictures)
    write_idx("mine/train-labels-idx1-ubyte", np.arange(20, dtype=np.uint8) % 2)
    words = ["train", "mine", "--net", "flatten dense2", "--epochs", "5", "--engine", "reference"]
    assert stopped(2, signal.SIGINT, *words).code == 130
    write_idx("mine/train-images-idx3-ubyte", pictures + 1)
    assert "is of another training: data: sha256:" in glassnet(*words, "--resume").refusal()
    assert "network.layers.0.class" in glassnet(*SMALL, "--resume").refusal()


def test_row_82_many_differences_are_not_all_told(glassnet, stopped):
    assert stopped(3, signal.SIGINT, *SMALL).code == 130
    said = glassnet("train", "people", "--resume").refusal()
    assert said.count(" then, ") == 5
    assert "; and " in said
    assert " more. Give the same settings" in said


def test_row_83_two_trainings_into_one_file(glassnet, folder, monkeypatch):
    with claim(folder / "model"):
        monkeypatch.setattr("glassnet.data.load_data", lambda *of: pytest.fail("data were read"))
        said = glassnet("train", "xor", "--out", "model").refusal()
        assert f"Another training is writing {'model'!r}. Wait until it ends, or choose another name." in said
    monkeypatch.undo()
    assert glassnet("train", "xor", "--out", folder / "model").code == 0


def test_a_network_larger_than_memory_is_refused_before_it_is_made(glassnet):
    for words in ("dense500000000 dense3", " ".join(["dense999999999"] * 5)):
        said = glassnet("train", "blobs", "--net", words).refusal()
        assert "A network of " in said
        assert "GiB of memory; this machine has " in said
        assert "Take fewer units." in said


def test_a_batch_larger_than_memory_is_refused(glassnet, monkeypatch):
    monkeypatch.setattr("glassnet.checks.os.sysconf", lambda name: 1024)  # a machine with a megabyte
    said = glassnet("train", "blobs", "--net", "dense1000 dense3", "--batch-size", "400").refusal()
    assert "A step of 400 samples would need about 0 GiB of memory" in said
    assert "Take smaller batches" in said


@pytest.mark.parametrize(
    "words",
    [
        ["--validation", "0.999"],
        ["--batch-size", "1000000"],
        ["--patience", "1"],
        ["--no-shuffle"],
        ["--optimizer", "rmsprop", "--schedule", "onecycle", "--clip-norm", "1", "--weight-decay", "0.1"],
        ["--net", "perceptron"],
        ["--net", "DENSE4/nobias,tanh,dense3"],
    ],
    ids=" ".join,
)
def test_unusual_settings_that_make_sense(glassnet, words):
    called = glassnet("train", "blobs", "--epochs", "4", *words)
    assert called.code == 0
    assert "of 200 test samples are right" in called.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", 'holds no list of "layers"'),
        ('{"layers": {}}', 'holds no list of "layers"'),
        ("[3]", 'Expected an object with a "class"'),
        ('[{"class": "Dense"}]', "Dense needs the parameter 'units'."),
        ('[{"class": "Dense", "units": NaN}]', "units must be a whole number, 1 or more. Got nan."),
        ('[{"class": "Dense", "units": 1e9}]', "units must be a whole number, 1 or more. Got 1000000000.0."),
        ('[{"class": "os.system"}]', "Unknown class 'os.system'."),
        ('[{"class": "Zeros"}]', "names Zeros, which is not a layer."),
        (
            '[{"class": "Dense", "units": 3, "kernel_initializer": {"class": "Dense", "units": 4}}]',
            "kernel_initializer",
        ),
        ("[" + '{"class": "Dense", "units": ' * 2000 + "3" + "}" * 2000 + "]", "The network file net.json is"),
    ],
    ids=range(12),
)
def test_hostile_network_files(glassnet, folder, content, said):
    (folder / "net.json").write_text(content)
    assert said in glassnet("train", "blobs", "--net", "net.json").refusal()


def test_network_files_that_are_no_files(glassnet, folder):
    os.mkfifo("net.json")
    (folder / "folder.json").mkdir()
    for name in ("net.json", "folder.json"):
        assert "is not an ordinary file." in glassnet("train", "blobs", "--net", name).refusal()


def test_a_network_from_a_file(glassnet, folder):
    (folder / "net.json").write_text('{"layers": [{"class": "Dense", "units": 3}]}')
    assert glassnet("train", "blobs", "--net", "net.json", "--epochs", "2").code == 0
    assert [type(layer).__name__ for layer in load("model.safetensors").network.layers] == ["Dense", "Activation"]


def test_a_disk_that_is_full_when_a_training_stops(stopped, monkeypatch):
    def full(*of):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("glassnet.atomic.os.fsync", full)
    called = stopped(3, signal.SIGINT, *SMALL, "--quiet")
    said = called.refusal()
    assert "Cannot write 'model.safetensors.checkpoint.new': No space left on device." in said


def test_a_training_that_diverged_leaves_a_good_model_alone(glassnet, same_bits):
    assert glassnet(*SMALL, "--out", "good.safetensors").code == 0
    shutil.copy("good.safetensors", "kept.safetensors")
    words = (
        "blobs",
        "--learning-rate",
        "1e10",
        "--optimizer",
        "sgd",
        "--out",
        "good.safetensors",
        "--force",
        "--quiet",
    )
    assert "'good.diverged.safetensors' holds the last good weights" in glassnet("train", *words).refusal()
    same_bits("good.safetensors", "kept.safetensors")
    assert load("good.diverged.safetensors").healthy


def test_a_model_that_is_not_there_while_its_training_is_stopped(glassnet):
    Path("m.safetensors.checkpoint").write_bytes(b"")
    said = glassnet("evaluate", "m.safetensors", "blobs").refusal()
    assert "Its training was stopped: give the train command once more, with --resume." in said


def test_patience_without_held_out_samples_is_refused(glassnet):
    said = glassnet("train", "blobs", "--patience", "3", "--validation", "0").refusal()
    assert "patience needs held-out samples to go by" in said
