"""Trainings that are made again: the same bits, or the cause."""

from dataclasses import replace

import numpy as np
import pytest

from glassnet.errors import DataError, ModelFileError, ParameterError
from glassnet.files import TrainedModel, load, save
from glassnet.model import Sequential
from glassnet.reproduction import Retraining, reproduce
from glassnet.session import Session
from tests.small_trainings import RECIPE, blobs, deep

LONG = replace(RECIPE, epochs=12, validation=0.3)


@pytest.fixture
def session(tmp_path):
    """Begins a training from the weights that its seed draws."""

    def begin(recipe=LONG, network=None, **options):
        drawn = Sequential(deep().layers, (2,), seed=recipe.seed) if network is None else network
        return Session(drawn, blobs(60), recipe, tmp_path / "model", **options)

    return begin


@pytest.fixture
def trained(session):
    """A model of a training that made all epochs, or as far as `steps` events."""

    def train(recipe=LONG, network=None):
        begun = session(recipe, network)
        for _ in begun.events():
            pass
        return begun.finish({})

    return train


def tampered(trained, path, value):
    """The model with another value at a path of its receipt; None takes the key away."""
    receipt = dict(trained.receipt)
    inner = receipt
    for key in path[:-1]:
        inner[key] = dict(inner[key])
        inner = inner[key]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return replace(trained, receipt=receipt)


@pytest.mark.parametrize(
    "recipe",
    [LONG, replace(LONG, validation=0.0), replace(LONG, patience=1, epochs=50), replace(LONG, seed=2**64 - 1)],
    ids=["validation", "without", "patience", "a large seed"],
)
def test_the_same_bits(trained, recipe, tmp_path):
    trained(recipe)
    model = load(tmp_path / "model")
    outcome = reproduce(model, blobs(60))
    assert (outcome.weights, outcome.state) == (51, 12)
    assert (outcome.weights_differing, outcome.state_differing, outcome.largest) == (0, 0, 0.0)
    assert (outcome.same, outcome.causes) == (True, {})
    assert outcome.steps == (model.receipt["steps"],) * 2
    assert outcome.ended == (model.receipt["ended"],) * 2
    if recipe.patience:
        assert outcome.ended[0].startswith("early stopping")
        assert outcome.steps[0] < 50 * 6


def test_nothing_in_the_model_changes(trained):
    model = trained()
    weights = model.network.vectors.weights.copy()
    reproduce(model, blobs(60))
    assert model.network.vectors.weights.tobytes() == weights.tobytes()


@pytest.mark.parametrize("events", [1, 2, 3, 5])
@pytest.mark.parametrize("patience", [None, 4])
def test_a_training_that_somebody_stopped(session, events, patience):
    begun = session(replace(LONG, patience=patience))
    stepping = begun.events()
    for _ in range(events):
        next(stepping)
    stepping.close()
    model = begun.model({})
    assert (model.receipt["ended"], model.receipt["steps"]) == ("", begun.run.step)
    outcome = reproduce(model, blobs(60))
    assert outcome.same
    assert outcome.steps == (begun.run.step, begun.run.step)


def test_a_training_that_went_on_after_a_stop(session, tmp_path):
    stepping = session(LONG).events()
    next(stepping)
    next(stepping)
    stepping.close()
    resumed = session(LONG, resume=True)
    assert resumed.run.step > 0
    for _ in resumed.events():
        pass
    resumed.finish({})
    assert reproduce(load(tmp_path / "model"), blobs(60)).same


@pytest.mark.parametrize("rate", [1e3, 1e30])
def test_a_training_that_diverged(trained, rate):
    model = trained(replace(LONG, validation=0.0, optimizer=replace(LONG.optimizer, learning_rate=rate)))
    assert model.receipt["ended"].startswith("diverged at step ")
    outcome = reproduce(model, blobs(60))
    assert outcome.same
    assert outcome.ended[1] == model.receipt["ended"]


@pytest.mark.parametrize("number", [np.nan, 7.0])
def test_weights_that_were_changed_afterwards(trained, number):
    model = trained()
    model.network.vectors.weights[3] = number
    outcome = reproduce(model, blobs(60))
    assert not outcome.same
    assert outcome.weights_differing == 1
    assert outcome.causes == {"weights": ["every epoch went as it did then, so they were changed afterwards"]}
    assert np.isnan(outcome.largest) == np.isnan(number)


def test_state_that_was_changed_afterwards(trained):
    model = trained()
    model.network.vectors.state[0] += 0.5
    outcome = reproduce(model, blobs(60))
    assert (outcome.weights_differing, outcome.state_differing) == (0, 1)
    assert outcome.largest == pytest.approx(0.5)
    assert outcome.causes.keys() == {"weights"}


def test_a_model_from_weights_of_its_own(trained):
    outcome = reproduce(trained(network=deep()), blobs(60))  # which seed 3 drew, not seed 6
    assert not outcome.same
    assert outcome.causes == {"seed": ["the first weights were not those that seed 6 gives here"]}


def with_recipe(model, **changed):
    settings = model.receipt["settings"]
    return tampered(model, ("settings", "recipe"), {**settings["recipe"], **changed})


def test_another_seed_and_another_recipe_than_trained_with(trained):
    model = trained()
    outcome = reproduce(tampered(with_recipe(model, seed=7), ("seed",), 7), blobs(60))
    assert outcome.causes == {"seed": ["the first weights were not those that seed 7 gives here"]}
    outcome = reproduce(with_recipe(model, batch_size=7), blobs(60))
    assert not outcome.same
    assert outcome.causes == {
        "settings": ["epoch 1 went otherwise, so recipe or network are not those of the training"]
    }
    outcome = reproduce(tampered(model, ("steps",), 12), blobs(60))
    assert outcome.causes == {
        "settings": ["epoch 3 went otherwise, so recipe or network are not those of the training"]
    }
    outcome = reproduce(with_recipe(model, epochs=3), blobs(60))
    assert (outcome.steps, outcome.ended) == ((72, 18), ("all epochs done",) * 2)


def test_a_receipt_without_first_weights_is_read(trained):
    assert reproduce(tampered(trained(), ("first_weights",), None), blobs(60)).same


@pytest.mark.parametrize(
    ("path", "value", "cause", "said"),
    [
        (("machine", "numpy"), "1.0", "versions", f"NumPy 1.0 then, {np.__version__} now"),
        (("machine", "glassnet"), "9", "versions", "glassnet 9 then, 0.1.0 now"),
        (("machine", "blas"), None, "versions", "BLAS not known then, "),
        (("machine", "blas_kernel"), "Zen9", "processor", "BLAS kernel Zen9 then, "),
        (("machine", "processor"), ["x" * 999], "processor", "processor ['" + "x" * 98 + "… then, "),
        (("machine", "vector_instructions"), ["SSE9"], "processor", "vector instructions SSE9 only then, "),
        (("threads",), 8, "threads", "threads 8 then, "),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
def test_what_was_otherwise_is_told_where_the_bits_are_the_same_too(trained, path, value, cause, said):
    model = tampered(trained(), path, value)
    outcome = reproduce(model, blobs(60))
    assert outcome.same
    assert outcome.causes.keys() == {cause}
    assert outcome.causes[cause][0].startswith(said)
    model.network.vectors.weights[0] += 1
    outcome = reproduce(model, blobs(60))
    assert not outcome.same
    assert outcome.causes.keys() == {cause}


def test_other_data_are_refused(trained):
    with pytest.raises(
        DataError, match=r"blobs is not what this model learnt from: its fingerprint is sha256:\w{64}, "
    ):
        Retraining(trained(), blobs(61))


WHOLE = "The receipt in this model does not say how it was trained"


@pytest.mark.parametrize(
    ("path", "value", "kind", "said"),
    [
        (("settings",), None, ModelFileError, WHOLE),
        (("settings",), "none", ModelFileError, WHOLE),
        (("seed",), 6.5, ModelFileError, WHOLE),
        (("steps",), float("nan"), ModelFileError, WHOLE),
        (("machine",), [], ModelFileError, WHOLE),
        (("data", "name"), 3, ModelFileError, WHOLE),
        (("steps",), -3, ModelFileError, "tells of -3 steps, so there is no training"),
        (("steps",), 0, ModelFileError, "tells of 0 steps, so there is no training"),
        (("steps",), 10**30, ModelFileError, "tells of 1,000,000"),
        (("seed",), 7, ModelFileError, "contradicts itself: its seed is 7, in its settings 6."),
        (("data", "fingerprint"), "sha256:0", ModelFileError, "contradicts itself: its data is 'sha256:0', in its"),
        (("settings", "engine"), "warp", ParameterError, "engine must be one of .*reference"),
        (("settings", "recipe"), {"class": "SGD"}, ParameterError, "Expected a Recipe, got a SGD."),
        (("settings", "recipe"), {"class": "os.system"}, ParameterError, "Unknown class 'os.system'."),
    ],
)
def test_hostile_receipts(trained, path, value, kind, said):
    with pytest.raises(kind, match=said):
        reproduce(tampered(trained(), path, value), blobs(60))


def test_hostile_recipes(trained):
    model = trained()
    for changed in ({"epochs": 10**12}, {"epochs": "3"}, {"seed": -1}, {"loss": 3}, {"batch_size": float("nan")}):
        with pytest.raises(ParameterError):
            reproduce(with_recipe(model, **changed), blobs(60))
    outcome = reproduce(with_recipe(model, epochs=10**9), blobs(60))  # no more steps than the receipt tells of
    assert outcome.steps == (72, 72)
    assert outcome.ended == ("all epochs done", "")


def test_a_model_without_a_receipt(tmp_path):
    save(TrainedModel(deep(), (0, 1, 2)), tmp_path / "model")
    with pytest.raises(ModelFileError, match=r"Models that \"glassnet train\" writes have a whole receipt"):
        reproduce(load(tmp_path / "model"), blobs())
