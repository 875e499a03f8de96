from __future__ import annotations

from dataclasses import replace
from math import log

import numpy as np
import pytest

from glassnet.certainty import Certainty
from glassnet.data import Dataset
from glassnet.engines import Cpu, Reference, answer, certainty_of, predict
from glassnet.errors import DataError, ModelFileError
from glassnet.files import TrainedModel
from glassnet.layers import Activation, Dense, Flatten
from glassnet.model import Sequential
from glassnet.preparation import Preparation, Scale
from tests.engines.trained import SAME, trained


def test_answers_are_the_classes_as_they_came_in():
    model = trained([Dense(2), Activation("softmax")], ("köln", 7), SAME)
    answers = answer(model, [[0, np.log(3)], [np.log(4), 0]])
    assert answers.classes == [7, "köln"]
    assert answers.indices.tolist() == [1, 0]
    np.testing.assert_allclose(answers.confidences, [0.75, 0.8], rtol=1e-14)
    np.testing.assert_allclose(answers.outputs, [[0.25, 0.75], [0.8, 0.2]], rtol=1e-14)


def test_one_output_says_how_likely_the_second_class_is():
    model = trained([Dense(1), Activation("sigmoid")], ("no", "yes"), {"dense_1.W": [[1], [0]]})
    answers = answer(model, [[np.log(3), 0], [-np.log(3), 0], [0, 0], [np.log(11 / 9), 0]])
    assert answers.classes == ["yes", "no", "no", "yes"]
    np.testing.assert_allclose(answers.confidences, [0.75, 0.75, 0.5, 0.55], rtol=1e-14)


def test_of_outputs_that_are_no_probabilities_the_confidence_is_the_share():
    answers = answer(trained([Dense(2)], (0, 1), SAME), [[1, 3], [-5, -5], [700, -2]])
    assert answers.classes == [1, 0, 0]
    np.testing.assert_allclose(answers.confidences, [0.75, 0.5, 1.0], rtol=1e-14)


def test_answers_go_through_the_preparation():
    model = trained([Dense(2), Activation("softmax")], (0, 1), SAME, Preparation(scale=Scale(np.log(3) / 10)))
    assert answer(model, [[0, 10]]).confidences[0] == pytest.approx(0.75)


def test_a_network_for_numbers_has_no_classes():
    with pytest.raises(DataError, match=r"answers with numbers, not with classes\. Use predict\(\)"):
        answer(TrainedModel(Sequential([Dense(1)], (2,))), [[0, 0]])


def test_weights_that_are_not_finite_are_not_served():
    model = trained([Dense(2), Activation("softmax")], (0, 1), SAME)
    model.network.vectors.weights[0] = np.nan
    with pytest.raises(ModelFileError, match=r"weights that are not numbers, .* Train it again\."):
        answer(model, [[0, 0]])


SOFT = [Dense(2), Activation("softmax")]


def test_a_temperature_makes_it_more_modest_and_changes_no_answer():
    model = trained(SOFT, (0, 1), SAME)
    x = [[0, log(9)], [log(16), 0]]
    calibrated = answer(replace(model, certainty=Certainty(2.0)), x)
    np.testing.assert_allclose(calibrated.confidences, [0.75, 0.8], rtol=1e-12)  # √9 : 1 and √16 : 1
    assert calibrated.classes == answer(model, x).classes
    np.testing.assert_allclose(calibrated.outputs, predict(model, x), rtol=1e-14)
    assert not calibrated.refused.any()


def test_a_temperature_of_one_output():
    one = trained([Dense(1), Activation("sigmoid")], ("no", "yes"), {"dense_1.W": [[1], [0]]})
    calibrated = answer(replace(one, certainty=Certainty(2.0)), [[log(9), 0], [-log(16), 0], [0, 0]])
    assert calibrated.classes == ["yes", "no", "no"]
    np.testing.assert_allclose(calibrated.confidences, [0.75, 0.8, 0.5], rtol=1e-12)


def test_what_is_not_familiar_is_refused_and_says_what_it_is_nearest_to():
    model = replace(trained(SOFT, ("a", "b"), SAME), certainty=Certainty(threshold=log(10)))
    answers = answer(model, [[log(8), log(2.5)], [log(2), log(7)]])  # 10.5 and 9
    assert answers.refused.tolist() == [False, True]
    assert answers.classes == ["a", "b"]


def test_strangers_are_no_answer():
    weights = {"dense_1.W": np.eye(2, 3), "dense_1.b": [0, 0, 1]}
    layers = [Dense(3), Activation("softmax")]
    model = trained(layers, ("a", "b", "none"), weights)
    assert answer(model, [[0, 0.5]]).classes == ["none"]
    model = replace(model, certainty=Certainty(threshold=0.0, none="none"))
    answers = answer(model, [[0, 0.5], [3, 0], [0.9, -9]])
    assert answers.classes == ["b", "a", "a"]
    assert answers.refused.tolist() == [True, False, True]
    assert answers.confidences[1] == pytest.approx(np.exp(3) / (np.exp(3) + 1 + np.e))


def heaps(classes=("a", "b", "none"), count=300, shape=(1, 1, 2)):
    """Pixels of which the first, or the second, or both are dark."""
    random = np.random.default_rng(2)
    y = np.arange(count) % 3
    x = np.array([[8, 0], [0, 8], [0, 0]])[y] + random.normal(size=(count, 2))
    return Dataset("heaps", x.reshape(count, *shape), y, classes)


def heap_network(shape=(1, 1, 2), last="softmax"):
    layers = [Flatten()] if len(shape) > 1 else []
    network = Sequential([*layers, Dense(3), Activation(last)], shape)
    network.set_weights({"dense_1.W": [[1, -1, 0], [-1, 1, 0]], "dense_1.b": [0, 0, 4]})
    return network


@pytest.mark.parametrize("engine", [None, Reference(), Cpu()])
def test_what_is_held_out_tells_the_certainty(engine):
    found = certainty_of(heap_network(), heaps(), engine)
    assert found is not None
    assert (found.none, found.refused) == ("none", 1 / 200)
    assert found.refused_strangers is not None
    assert found.refused_strangers > 0.9
    assert found.temperature < 1  # the classes lie further apart than the weights say


def test_tables_and_classes_of_another_name_have_no_strangers():
    table = certainty_of(heap_network((2,)), heaps(shape=(2,)))
    assert (table and table.none, table and table.threshold) == (None, None)
    other = certainty_of(heap_network(), heaps(("a", "b", "c")))
    assert (other and other.none, other and other.threshold is None) == (None, False)


def test_outputs_that_are_no_probabilities_have_no_certainty():
    assert certainty_of(heap_network(last="relu"), heaps()) is None
    numbers = Dataset.from_arrays(np.zeros((2, 1)), [0.5, 1.5], regression=True)
    assert certainty_of(Sequential([Dense(1)], (1,)), numbers) is None
