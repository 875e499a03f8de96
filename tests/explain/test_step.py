import numpy as np
import pytest

from glassnet import explain
from glassnet.errors import DataError, ParameterError, ShapeError
from glassnet.files import TrainedModel
from glassnet.layers import Activation, Dense, Flatten
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.optimizers import SGD, Adam
from glassnet.preparation import Preparation, Scale
from glassnet.recipe import Recipe


def small(outputs=1, last="sigmoid"):
    return Sequential([Dense(3), Activation("relu"), Dense(outputs), Activation(last)], (2,), seed=1)


def test_it_computes_as_the_model_file_says():
    recipe = Recipe(BinaryCrossentropy(), Adam(0.5))
    receipt = {"settings": {"recipe": recipe.to_config()}}
    trained = TrainedModel(small(), ("no", "yes"), Preparation(scale=Scale(offset=-1.0)), receipt)
    done = explain.step(trained, [3, 0.5], "yes", weight="dense_2.b[0]")
    assert list(done.inputs) == [2, -0.5]
    assert done.loss
    assert done.update
    assert (done.loss.name, done.update.optimizer) == ("BinaryCrossentropy", "Adam")
    assert done.gradient
    assert done.gradient.value == pytest.approx(done.outputs[0] - 1, rel=1e-12)


@pytest.mark.parametrize("settings", [None, [], {"recipe": 3}, {"recipe": {"class": "Recipe", "loss": 3}}])
def test_receipts_that_others_wrote(settings):
    done = explain.step(TrainedModel(small(2, "softmax"), receipt={"settings": settings}), [1, 2], 1)
    assert done.loss
    assert done.update
    assert (done.loss.name, done.update.optimizer) == ("CategoricalCrossentropy", "SGD")


def test_it_leaves_the_network_alone():
    network = small()
    before = network.vectors
    explain.step(network, np.array([1, 2]), 1)
    assert network.vectors is before
    assert network.vectors.weights.dtype == np.float32


def test_forward_alone_and_one_unit_alone():
    done = explain.step(small(), [1, 2])
    assert (done.loss, done.gradient, done.update, len(done.forward)) == (None, None, None, 4)
    (one,) = explain.step(small(), [1, 2], unit="dense_1[2]").forward
    assert one == done.forward[2]
    assert one == explain.step(small(), [1, 2], unit="activation_1[2]").forward[0]


def test_many_units_are_named_and_not_shown():
    network = Sequential([Dense(50), Activation("tanh"), Dense(1)], (2,))
    done = explain.step(network, [1, 2])
    assert (len(done.forward), done.hidden) == (5, 46)
    assert "46 more units: ask for one with its name, such as dense_1[" in str(done)


def test_a_later_step_of_the_optimizer():
    slots = np.full((2, 13), 0.5)
    done = explain.step(small(), [1, 2], 1, optimizer=Adam(0.1), number=3, total=9, slots=slots)
    assert done.update
    assert "0.9·0.5" in done.update.changes[0].numbers
    assert "^4" in done.update.changes[2].numbers


@pytest.mark.parametrize(
    ("asked", "kind", "said"),
    [
        ({"weight": "dense_3.W[0,0]"}, ParameterError, "no parameter 'dense_3.W'. Did you mean 'dense_2.W'?"),
        (
            {"weight": "dense_1.W[2,0]"},
            ParameterError,
            "shape (2, 3); there is no dense_1.W[2,0]. The last is dense_1.W[1,2]",
        ),
        ({"weight": "dense_1.W[0]"}, ParameterError, "there is no dense_1.W[0]"),
        ({"weight": "w1"}, ParameterError, "'w1' is no weight. Write dense_1.W[0,0], say"),
        ({"weight": "dense_1.W[0,]"}, ParameterError, "is no weight"),
        ({"unit": "dense_1"}, ParameterError, "'dense_1' is no unit. Write dense_1[0], say"),
        ({"unit": "dense_9[0]"}, ParameterError, "no layer 'dense_9'. Did you mean"),
        ({"unit": "dense_1[3]"}, ParameterError, "dense_1 has shape (3,); there is no dense_1[3]"),
        ({"x": [1, 2, 3]}, ShapeError, "Layer 1, dense_1, expects samples of shape (N, 2), got (1, 3)"),
        ({"x": [1, float("nan")]}, DataError, "nan"),
        ({"y": [1, 2]}, ShapeError, "1 output, but each target has 2"),
        (
            {"y": None, "weight": "dense_1.b[0]"},
            ParameterError,
            "depends on the target. Give it: --target in the command, y in Python.",
        ),
        ({"number": 3}, ParameterError, "number must be a whole number, 0 to 0"),
    ],
)
def test_what_cannot_be_explained(asked, kind, said):
    arguments = {"x": [1, 2], "y": 1, **asked}
    with pytest.raises(kind) as caught:
        explain.step(small(), **arguments)
    assert said in str(caught.value)


def test_classes_and_networks_without_weights():
    with pytest.raises(DataError, match=r"5 is none of the classes\. They are 0, 1, 2\."):
        explain.step(small(3, "softmax"), [1, 2], 5, loss=CategoricalCrossentropy(), optimizer=SGD())
    with pytest.raises(DataError, match=r"none of the classes"):
        explain.step(small(3, "softmax"), [1, 2], np.array([0, 1, 0]))
    bare = Sequential([Flatten(), Activation("relu")], (2, 1, 1))
    assert explain.step(bare, [[[1]], [[-2]]]).outputs == (1, 0)
    with pytest.raises(ParameterError, match="no weights to explain"):
        explain.step(bare, [[[1]], [[-2]]], [0, 0])
    with pytest.raises(ParameterError, match="flatten_1 passes numbers on as they are"):
        explain.step(bare, [[[1]], [[-2]]], unit="flatten_1[0]")
    with pytest.raises(ParameterError, match="model must be such as a Sequential"):
        explain.step(3, [1])  # type: ignore[arg-type]
