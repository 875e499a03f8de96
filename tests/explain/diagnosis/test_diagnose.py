import json
from dataclasses import replace

import numpy as np
import pytest

import glassnet
from glassnet.data import Dataset
from glassnet.errors import DataError, ParameterError, ShapeError
from glassnet.explain import phrases
from glassnet.explain.diagnosis import diagnose
from glassnet.explain.diagnosis.finding import finding
from glassnet.files import load, save
from glassnet.layers import Activation, Dense
from glassnet.model import Sequential
from glassnet.optimizers import SGD
from glassnet.recipe import Recipe
from glassnet.training import train
from tests.explain.diagnosis.planted import ENTROPY, HEALTHY, PLANTED, always, by_preset, by_words, found_in, points


@pytest.mark.parametrize(("planted", "name", "consequences"), [(key, *rest) for key, (_, *rest) in PLANTED.items()])
def test_a_planted_fault_is_named_and_nothing_else(planted, name, consequences):
    found = [one.name for one in found_in(planted)]
    assert name in found
    assert set(found) <= {name, *consequences}


@pytest.mark.parametrize("build", HEALTHY.values(), ids=HEALTHY)
def test_nothing_is_found_where_all_is_well(build):
    assert diagnose(*build()) == []


@pytest.mark.mnist
@pytest.mark.usefixtures("mnist_folder")
def test_nothing_is_found_after_an_epoch_of_mnist():
    model, data = by_preset("mnist", 0, "mlp", epochs=1)
    assert diagnose(model, data) == []


def test_whatever_is_found_has_evidence_and_advice_in_words_and_json():
    for planted in PLANTED:
        for one in found_in(planted):
            assert one.says.endswith(".")
            assert one.shown.endswith(".")
            assert one.advice.endswith(".")
            document = one.to_document()
            assert json.loads(json.dumps(document, allow_nan=False)) == document
            assert list(document) == ["name", "says", "evidence", "try"]
            assert one.evidence
    assert len({name for _, name, _ in PLANTED.values()}) == 10


def test_the_phrases_stand_in_one_place():
    words = ("It is {what:.1f}.", "{rows}.", "{remedy}.")
    one = finding("odd", words, {"remedy": "nothing"}, what=1.25, rows=[0.66512, 3, [1.0, 2.0]])
    assert (one.says, one.shown, one.advice) == ("It is 1.2.", "0.665, 3, (1, 2).", "nothing.")
    assert one.evidence == {"what": 1.25, "rows": [0.66512, 3, [1.0, 2.0]]}


def test_in_python_with_recipe_and_history():
    data = points("moons")
    network = Sequential([Dense(16), Activation("tanh"), Dense(2), Activation("softmax")], (2,))
    recipe = Recipe(ENTROPY, SGD(1e-4), epochs=20)
    run = train(network, data, recipe)
    (found,) = glassnet.diagnose(network, data, recipe, run.history)
    assert (found.name, found.advice) == (
        "rate-too-low",
        "a larger learning rate (--learning-rate 0.001), or more epochs.",
    )
    assert "rate-too-low" not in [one.name for one in diagnose(network, data, recipe)]
    assert "rate-too-low" not in [one.name for one in diagnose(network, data)]


def test_the_network_and_the_data_stay_as_they_are():
    model, data = by_words(points("moons"), SGD(3.0), 30)
    before = model.network.vectors.weights.copy()
    first = diagnose(model, data)
    assert diagnose(model, data) == first
    np.testing.assert_array_equal(model.network.vectors.weights, before)


def test_a_model_that_was_saved_is_found_the_same(tmp_path):
    model, data = by_preset("xor", 9)
    save(model, tmp_path / "model")
    assert diagnose(load(tmp_path / "model"), data) == diagnose(model, data)


def test_float64_is_found_the_same():
    network, data = always(1)
    double = Sequential(network.layers, (2,), dtype="float64")
    double.set_weights(network.weights())
    assert diagnose(double, data) == diagnose(network, data)


def test_of_few_samples_of_many_nothing_is_said_of_units():
    model, data = by_words(points("circles"), SGD(0.1), 10, weights={"dense_1.b": [-100.0] * 16})
    assert [one.name for one in diagnose(model, data)] == ["dead-relu"]
    assert [one.name for one in diagnose(model, data.take(np.arange(50)))] == ["dead-relu"]
    assert diagnose(model, data.take(np.arange(49))) == []


def test_a_network_that_learnt_its_own_samples_well_is_not_to_blame_for_others():
    """Sharp units are saturated; where others are answered wrongly, that is no reason."""
    model, data = by_preset("people", 0)
    other = replace(data, y=1 - data.y)
    assert diagnose(model, other) == []
    unknown = replace(model, history={"loss": model.history["loss"]})
    assert [one.name for one in diagnose(unknown, other)] == ["saturation"]


def test_numbers_that_are_spread_otherwise_do_not_tell_of_the_training():
    model, data = by_words(replace(points("blobs"), y=points("blobs").x[:, :1], classes=None), SGD(0.01), 6, "dense1")
    noisy = replace(model, history={"loss": [0.2, 0.21, 0.2, 0.21, 0.2]})  # the targets' variance is 0.67
    close = replace(data, y=data.y / 10)
    assert [one.name for one in diagnose(noisy, close)] == ["rate-too-high"]
    assert diagnose(noisy, close.take(np.arange(100))) == diagnose(noisy, data) == []


def test_classes_in_another_order_mean_the_same():
    model, data = by_preset("blobs", 0, "mlp", epochs=20)
    other = replace(data, y=2 - data.y, classes=(2, 1, 0))
    assert diagnose(model, other) == diagnose(model, data) == []
    with pytest.raises(DataError, match="data has the class 7; the network knows 0, 1, 2"):
        diagnose(model, Dataset.from_arrays([[0.0, 1.0]], [7]))


@pytest.mark.parametrize(
    "receipt",
    [
        {"settings": {"recipe": {"class": "Recipe", "loss": {"class": "Perceptron"}, "seed": 2**64 - 1}}},
        {"settings": {"recipe": {"class": "Recipe", "loss": {"class": "Scale"}}}},
        {"settings": {"recipe": 5}, "split": {"train": "many"}, "inputs": [], "ended": ["diverged"]},
        {"settings": [], "split": [], "inputs": {"least": [0.0], "most": ["x"]}, "ended": None},
        {"split": {"train": -5}, "inputs": {"least": [1.0], "most": [0.0]}},
        {"ended": "diverged at step 5"},
    ],
)
def test_a_receipt_may_hold_anything(receipt):
    model, data = by_preset("blobs", 0, "mlp", epochs=20)
    for one in diagnose(replace(model, receipt=receipt), data):
        assert one.says == phrases.DIVERGED[0]


@pytest.mark.parametrize("odd", [[], [np.inf] * 30, [np.nan] * 30, [0.0] * 30, [1e308] * 30, [0.5]])
def test_a_history_may_hold_anything(odd):
    model, data = by_preset("blobs", 0, "mlp", epochs=20)
    names = ("loss", "rate", "accuracy", "validation_loss", "validation_accuracy")
    for kept in names:
        history = {name: [0.5] * 30 if name == kept else odd for name in names}
        for one in diagnose(replace(model, history=history), data):
            assert one.name in ("overfitting", "rate-too-high")


def test_weights_beyond_every_number():
    network = Sequential([Dense(8), Activation("relu"), Dense(8), Activation("relu"), Dense(3)], (2,))
    network.set_weights({name: np.full(view.shape, 1e30) for name, view in network.weights().items()})
    names = [one.name for one in diagnose(network, points("blobs"))]
    assert names == ["exploding-gradients"]


def test_what_does_not_fit_is_an_error():
    data = points("moons")
    with pytest.raises(ParameterError, match="diagnose: model must be such as a Sequential or a TrainedModel"):
        diagnose("model.safetensors", data)  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match="diagnose: data must be such as Dataset"):
        diagnose(always(1)[0], data.x)
    with pytest.raises(ShapeError, match="expects samples of shape"):
        diagnose(always(1)[0], points("digits"))
