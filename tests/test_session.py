import time
from dataclasses import replace

import numpy as np
import pytest

from glassnet import session as session_module
from glassnet.errors import ModelFileError, OutputError
from glassnet.files import load, load_checkpoint, save_checkpoint
from glassnet.session import Session
from tests.small_trainings import RECIPE, blobs, deep

PATIENT = replace(RECIPE, validation=0.3, patience=4, epochs=12)


@pytest.fixture
def begin(tmp_path):
    """Begins a training into tmp_path / "model"."""

    def start(data=None, recipe=PATIENT, **options):
        return Session(deep(), data or blobs(60), recipe, tmp_path / "model", **options)

    return start


def run_to_the_end(session):
    for _ in session.events():
        pass
    return session.finish({"accuracy": 1.0})


def leave(session, count):
    """Train through some events and leave; a checkpoint stays."""
    events = session.events()
    for _ in range(count):
        next(events)
    events.close()


def bits(trained):
    vectors = trained.network.vectors
    return vectors.weights.tobytes(), vectors.state.tobytes(), trained.history, trained.receipt["steps"]


def test_held_out_samples_tell_how_sure_the_model_may_be(tmp_path):
    for share, learnt in ((0.3, True), (0.0, False)):
        session = Session(deep(), blobs(60), replace(RECIPE, validation=share), tmp_path / f"model{share}")
        for _ in session.events():
            pass
        trained = session.finish({})
        assert (trained.certainty is not None) == learnt
        assert load(session.out).certainty == trained.certainty


def test_a_training_ends_in_a_model_file_with_its_receipt(begin, tmp_path):
    session = begin()
    trained = run_to_the_end(session)
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    loaded = load(tmp_path / "model")
    assert bits(loaded) == bits(trained)
    receipt = loaded.receipt
    assert receipt["seed"] == 6
    assert receipt["data"] == {"name": "blobs", "fingerprint": blobs(60).fingerprint, "samples": 60}
    assert receipt["split"] == {"train": 42, "validation": 18}
    assert receipt["settings"]["recipe"]["epochs"] == 12
    assert receipt["settings"]["engine"] == session.engine.name
    assert receipt["figures"] == {"accuracy": 1.0}
    assert receipt["machine"]["numpy"] == np.__version__
    assert receipt["seconds"] > 0
    assert receipt["ended"] == session.run.ended


@pytest.mark.parametrize("patience", [None, 1, 4])
@pytest.mark.parametrize("stops", [(1,), (3,), (2, 2, 2), (1, 1, 5)])
def test_going_on_gives_the_same_bits(begin, tmp_path, patience, stops):
    recipe = replace(PATIENT, patience=patience)
    undisturbed = bits(run_to_the_end(begin(recipe=recipe)))
    (tmp_path / "model").unlink()
    for count in stops:
        leave(begin(recipe=recipe, resume=True), count)
        assert not (tmp_path / "model").exists()
    session = begin(recipe=recipe, resume=True)
    assert session.note == f"Going on after step {session.run.step}."
    assert session.run.step > 0
    assert bits(run_to_the_end(session)) == undisturbed
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_what_recipes_did_not_have_when_a_file_was_written_is_no_difference(begin):
    first = begin()
    leave(first, 3)
    found = load_checkpoint(first.checkpoint_path)
    assert found is not None
    content, tensors, _ = found
    del content["settings"]["recipe"]["precision"]
    save_checkpoint(first.checkpoint_path, content, tensors)
    assert begin(resume=True).run.step == first.run.step > 0
    content["settings"]["recipe"]["epochs"] = 5
    save_checkpoint(first.checkpoint_path, content, tensors)
    with pytest.raises(OutputError, match=r"is of another training: recipe.epochs: 5 then, 12 now\."):
        begin(resume=True)
    content["settings"]["recipe"]["class"] = "Cake"
    save_checkpoint(first.checkpoint_path, content, tensors)
    with pytest.raises(OutputError, match=r"recipe\.class: Cake then, Recipe now"):
        begin(resume=True)


def test_going_on_finds_the_weights_and_the_time_spent(begin):
    first = begin()
    leave(first, 3)
    second = begin(resume=True)
    np.testing.assert_array_equal(second.network.vectors.weights, first.network.vectors.weights)
    assert second.seconds == first.seconds > 0
    assert next(second.events()).step > first.run.step
    assert second.seconds > first.seconds


def test_checkpoints_at_epoch_ends_and_at_most_one_a_second(begin, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    session = begin(recipe=replace(PATIENT, batch_size=42))  # a batch is an epoch
    saved = []
    monkeypatch.setattr(session, "save_checkpoint", lambda: saved.append(session.run.step))
    for event in session.events():
        clock[0] += 0.4
        assert saved == [step for step in (3, 6, 9, 12) if step < event.step]
        assert event.epoch_ended


def test_a_checkpoint_within_an_epoch_only_when_one_leaves(begin, monkeypatch):
    monkeypatch.setattr(session_module, "CHECKPOINT_SECONDS", 0.0)
    session = begin()
    events = session.events()
    assert not next(events).epoch_ended
    assert load_checkpoint(session.checkpoint_path) is None
    next(events)
    assert load_checkpoint(session.checkpoint_path) is None
    events.close()
    found = load_checkpoint(session.checkpoint_path)
    assert found is not None
    content, _, note = found
    assert (content["step"], note) == (session.run.step, "")


def test_a_checkpoint_that_would_be_lost_is_refused(begin):
    leave(begin(), 2)
    with pytest.raises(OutputError, match=r"model.checkpoint' holds a training that was stopped\. Go on with --resume"):
        begin()
    assert begin(resume=True).run.step > 0
    assert begin(force=True).run.step == 0
    assert begin().run.step == 0


def test_a_model_that_is_there_is_the_end(begin):
    undisturbed = bits(run_to_the_end(begin()))
    session = begin(resume=True)
    assert bits(session.finished) == undisturbed
    assert session.note.endswith("model' was trained to its end already, like this.")
    session = begin(recipe=replace(PATIENT, seed=7), resume=True, force=True)
    assert (session.finished, session.note) == (None, "Nothing to resume: starting afresh.")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"recipe": replace(PATIENT, seed=7)}, "recipe.seed: 6 then, 7 now"),
        ({"recipe": replace(PATIENT, patience=None)}, "recipe.patience: 4 then, None now"),
        ({"data": blobs(61)}, "data: sha256:"),
    ],
    ids=["seed", "patience", "data"],
)
def test_row_82_what_changed_since_is_named(begin, changed, said):
    leave(begin(), 2)
    with pytest.raises(OutputError, match=said):
        begin(**changed, resume=True)
    run_to_the_end(begin(resume=True))
    with pytest.raises(OutputError, match="model' is of another training: .*" + said):
        begin(**changed, resume=True)
    assert begin(**changed, resume=True, force=True).run.step == 0


def test_row_80_the_checkpoint_before_a_damaged_one(begin):
    undisturbed = bits(run_to_the_end(begin()))
    begin().out.unlink()
    leave(begin(), 3)
    leave(begin(resume=True), 3)
    newest = begin(resume=True).checkpoint_path
    newest.write_bytes(newest.read_bytes()[:-1])
    session = begin(resume=True)
    assert "The checkpoint before it is taken" in session.note
    assert session.note.endswith(f"Going on after step {session.run.step}.")
    assert bits(run_to_the_end(session)) == undisturbed


@pytest.mark.parametrize("damage", ["no settings", "no step", "no seconds", "no weights", "short slots", "odd bounds"])
def test_checkpoints_that_hold_no_training(begin, damage):
    session = begin()
    leave(session, 2)
    found = load_checkpoint(session.checkpoint_path)
    assert found is not None
    content, tensors, _ = found
    if damage == "short slots":
        tensors["slots"] = tensors["slots"][:, :3]
    elif damage == "odd bounds":
        tensors["bounds"] = np.zeros(3)
    else:
        (tensors if damage == "no weights" else content).pop(damage.removeprefix("no "))
    save_checkpoint(session.checkpoint_path, content, tensors)
    with pytest.raises(
        (ModelFileError, OutputError), match=r"holds no training|is of another training: .* not set then"
    ):
        begin(resume=True)


def test_a_damaged_model_is_not_resumed(begin, tmp_path):
    (tmp_path / "model").write_bytes(b"something else")
    with pytest.raises(ModelFileError, match="it is not a model file"):
        begin(resume=True)
