import numpy as np
import pytest

from glassnet import explain
from glassnet.engines import predict
from glassnet.errors import DataError, ParameterError, ShapeError
from glassnet.files import TrainedModel
from glassnet.layers import Activation, AveragePooling2D, BatchNormalization, Conv2D, Dense, Flatten, MaxPooling2D
from glassnet.model import Sequential
from glassnet.preparation import Preparation, Scale
from tests.explain.networks import random_network
from tests.numeric import assert_same_gradient, gradient, spread

PICTURE = np.array([[1.0, 2.0], [3.0, 5.0]])[:, :, None]
WEIGHTS = [[1, 0], [2, 0], [4, 0], [0, 3]]  # class 0 adds up three pixels, class 1 takes the last


def dense(end="softmax", scale=1.0):
    network = Sequential([Flatten(), Dense(2), Activation(end)], (2, 2, 1))
    network.set_weights({"dense_1.W": WEIGHTS, "dense_1.b": [0.5, 0]})
    return TrainedModel(network, ("a", "b"), Preparation(scale=Scale(scale)))


@pytest.mark.parametrize("end", ["softmax", "sigmoid", "relu", "linear"])
def test_falls_and_slopes_by_hand(end):
    found = explain.attribution(dense(end), PICTURE, patch=1, fill=0)
    assert (found.answer, found.label, found.score) == ("a", "a", 17.5)  # 1·1 + 2·2 + 4·3 + ½ against 3·5
    assert found.occlusion.tolist() == [[1, 4], [12, 0]]  # what each pixel brought in
    assert found.gradient[:, :, 0].tolist() == [[1, 2], [4, 0]]
    other = explain.attribution(dense(end), PICTURE, "b", patch=1, fill=6)
    assert (other.answer, other.label, other.score) == ("a", "b", 15)
    assert other.occlusion.tolist() == [[0, 0], [0, -3]]  # 6 for 5 is more, not less


def test_a_patch_lies_around_its_pixel_and_ends_with_the_picture():
    network = Sequential([Flatten(), Dense(1)], (4, 5, 1))
    network.set_weights({"dense_1.W": np.arange(20.0)[:, None]})
    x = np.ones((4, 5, 1))
    values = np.arange(20.0).reshape(4, 5)
    found = explain.attribution(network, x, patch=3, fill=0)
    sums = [
        [values[max(0, i - 1) : i + 2, max(0, j - 1) : j + 2].sum() for j in range(5)] for i in range(4)
    ]  # of what the patch covers
    assert found.occlusion.tolist() == sums
    coarse = explain.attribution(network, x, patch=3, fill=0, stride=2)
    assert coarse.occlusion.tolist() == found.occlusion[::2, ::2].tolist()
    assert explain.attribution(network, x, patch=2, fill=0).occlusion[1, 1] == 0 + 1 + 5 + 6
    whole = explain.attribution(network, x, patch=99, fill=0)
    assert whole.occlusion.tolist() == [[190] * 5] * 4


def test_what_is_not_said_fits_the_picture():
    small = explain.attribution(dense(scale=0.5), PICTURE)
    assert (small.patch, small.stride, small.fill) == (1, 1, 2.75)
    assert small.score == 9
    assert small.picture.tolist() == (PICTURE / 2).tolist()
    assert small.occlusion[0, 0] == 1 * (1 - 2.75) / 2  # covered as it was recorded, and scaled after it
    network = Sequential([Flatten(), Dense(2)], (80, 40, 1))
    large = explain.attribution(network, np.zeros((80, 40, 1)))
    assert (large.patch, large.stride, large.occlusion.shape) == (11, 2, (40, 20))


def test_one_output_speaks_for_the_second_class_and_against_the_first():
    network = Sequential([Flatten(), Dense(1), Activation("sigmoid")], (2, 2, 1))
    network.set_weights({"dense_1.W": [[1], [0], [0], [-1]]})
    model = TrainedModel(network, ("no", "yes"))
    found = explain.attribution(model, PICTURE)
    assert (found.answer, found.label, found.score) == ("no", "no", 4)
    assert found.gradient[:, :, 0].tolist() == [[-1, 0], [0, 1]]
    assert explain.attribution(model, PICTURE, "yes").gradient.tolist() == (-found.gradient).tolist()


STACKS = {
    "dense": [Flatten(), Dense(6), Activation("tanh"), Dense(3), Activation("softmax")],
    "convolution": [
        Conv2D(3, padding="same"),
        Activation("gelu"),
        MaxPooling2D(),
        Conv2D(2, 2),
        BatchNormalization(),
        Activation("relu"),
        Flatten(),
        Dense(3),
        Activation("softmax"),
    ],
    "subsampling": [Conv2D(2, 2), Activation("sigmoid"), AveragePooling2D(), Flatten(), Dense(3)],
}


@pytest.mark.parametrize("layers", STACKS.values(), ids=STACKS)
@pytest.mark.parametrize("label", [0, 2])
def test_the_slope_at_every_pixel_is_the_numeric_one(layers, label):
    shape = (6, 6, 2)
    network, _ = random_network(layers, shape, seed=label)
    x = spread(shape, 3)
    found = explain.attribution(network, x, label)
    depth = len(layers) - isinstance(layers[-1], Activation)

    def score(picture):
        return predict(network, picture[None], depth=depth)[0, label]

    assert_same_gradient(found.gradient, gradient(score, x))
    assert found.score == score(x)


def test_a_covered_picture_is_asked_about_again():
    network, _ = random_network(STACKS["convolution"], (6, 6, 2), seed=5)
    x = spread((6, 6, 2), 4)
    found = explain.attribution(network, x)
    covered = x.copy()
    covered[3:4, 1:2] = x.mean()
    before, after = predict(network, np.stack([x, covered]), depth=len(STACKS["convolution"]) - 1)[:, found.label]
    assert found.occlusion[3, 1] == pytest.approx(before - after, rel=1e-12)


def test_the_network_is_left_alone():
    model = dense()
    before = model.network.vectors
    explain.attribution(model, PICTURE)
    assert model.network.vectors is before


@pytest.mark.parametrize(
    ("asked", "kind", "said"),
    [
        ({"x": np.zeros((3, 2, 1))}, ShapeError, "Axis 1 clashes: 2 is expected, 3 came"),
        ({"label": "c"}, DataError, "'c' is none of the classes. They are a, b."),
        ({"patch": 0}, ParameterError, "attribution: patch must be a whole number, 1 or more. Got 0."),
        ({"stride": 1.5}, ParameterError, "stride must be a whole number"),
        ({"fill": float("nan")}, ParameterError, "fill must be a number"),
        ({"x": np.full((2, 2, 1), 1e308)}, DataError, "no finite numbers"),
        ({"model": 3}, ParameterError, "model must be such as a Sequential"),
        ({"model": Sequential([Dense(2)], (3,)), "x": [1, 2, 3]}, ShapeError, "there is no picture to draw"),
    ],
)
def test_what_cannot_be_asked(asked, kind, said):
    with pytest.raises(kind) as caught:
        explain.attribution(**{"model": dense(), "x": PICTURE, **asked})
    assert said in str(caught.value)
