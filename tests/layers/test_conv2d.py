from __future__ import annotations

import numpy as np
import pytest

from glassnet.errors import ParameterError
from glassnet.layers import Conv2D
from tests.layers.working import picture, rows, there_and_back

X = picture([1, 2, 3], [4, 5, 6], [7, 8, 9])
W = np.array([[1.0, 2], [3, 4]])[:, :, None, None]


def test_forward_by_hand():
    # y[0,0] = 1·1 + 2·2 + 4·3 + 5·4 + 10 = 47      y[0,1] = 2·1 + 3·2 + 5·3 + 6·4 + 10 = 57
    # y[1,0] = 4·1 + 5·2 + 7·3 + 8·4 + 10 = 77      y[1,1] = 5·1 + 6·2 + 8·3 + 9·4 + 10 = 87
    y, _, _ = there_and_back(Conv2D(1, 2), {"W": W, "b": [10]}, X, np.zeros((1, 2, 2, 1)))
    assert rows(y) == [[47, 57], [77, 87]]


def test_backward_by_hand():
    # Only y[0,0], with dy 1, and y[1,1], with dy 2, matter.
    _, dx, grads = there_and_back(Conv2D(1, 2), {"W": W, "b": [10]}, X, picture([1, 0], [0, 2]))
    # ∂W[i,j] = 1·x[i,j] + 2·x[i+1,j+1]: 1 + 2·5, 2 + 2·6, 4 + 2·8, 5 + 2·9
    assert grads["W"][:, :, 0, 0].tolist() == [[11, 14], [20, 23]]
    assert grads["b"].tolist() == [3]
    # 1·W over the upper left window and 2·W over the lower right one meet in the middle: 1·4 + 2·1
    assert rows(dx) == [[1, 2, 0], [3, 6, 4], [0, 6, 8]]


def test_same_padding_by_hand():
    # one row and one column of zeros after: y[0,2] = 3·1 + 6·3, y[2,0] = 7·1 + 8·2, y[2,2] = 9·1
    layer = Conv2D(1, 2, padding="same", use_bias=False)
    y, dx, _ = there_and_back(layer, {"W": W}, X, picture([0, 0, 0], [0, 0, 0], [0, 0, 5]))
    assert rows(y) == [[37, 47, 21], [67, 77, 33], [23, 26, 9]]
    assert rows(dx) == [[0, 0, 0], [0, 0, 0], [0, 0, 5]]  # 5·1; what fell on the zeros around is gone


def test_stride_by_hand():
    # windows begin at columns 0 and 2 alone: 1·1 + 2·2, 3·1 + 4·2
    y, dx, _ = there_and_back(
        Conv2D(1, (1, 2), stride=2, use_bias=False), {"W": W[:1]}, picture([1, 2, 3, 4, 5]), picture([1, 10])
    )
    assert rows(y) == [[5, 11]]
    assert rows(dx) == [[1, 2, 10, 20, 0]]  # 5 stands in no window


def test_channels_and_filters_by_hand():
    # a 1×1 kernel is a dense layer at every pixel: (1, 2)·W = (1·1 + 2·0, 1·0 + 2·1, 1·2 + 2·1), (3, 4)·W likewise
    x = np.array([[[[1.0, 2], [3, 4]]]])
    kernel = np.array([[[[1.0, 0, 2], [0, 1, 1]]]])
    y, dx, grads = there_and_back(Conv2D(3, 1), {"W": kernel, "b": [0, 0, 1]}, x, [[[[1, 0, 0], [0, 0, 1]]]])
    assert y.tolist() == [[[[1, 2, 5], [3, 4, 11]]]]
    assert dx.tolist() == [[[[1, 0], [2, 1]]]]  # W's first column at the first pixel, its third at the second
    assert grads["W"].tolist() == [[[[1, 0, 3], [2, 0, 4]]]]
    assert grads["b"].tolist() == [1, 0, 1]


@pytest.mark.parametrize(
    ("layer", "in_shape", "shape"),
    [
        (Conv2D(8), (28, 28, 1), (26, 26, 8)),
        (Conv2D(8, padding="same"), (28, 28, 1), (28, 28, 8)),
        (Conv2D(8, 5, stride=2), (28, 27, 3), (12, 12, 8)),
        (Conv2D(8, 5, stride=2, padding="same"), (28, 27, 3), (14, 14, 8)),
        (Conv2D(8, (1, 3), stride=(2, 1)), (4, 4, 1), (2, 2, 8)),
    ],
)
def test_output_shapes(layer, in_shape, shape):
    assert layer.build(in_shape).shape == shape


def test_parameters():
    specs = Conv2D(8, (5, 3)).build((28, 28, 2)).params
    assert {name: (spec.shape, spec.decay) for name, spec in specs.items()} == {
        "W": ((5, 3, 2, 8), True),
        "b": ((8,), False),
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"filters": -1}, "Conv2D: filters must be a whole number, 1 or more. Got -1."),
        ({"filters": 1, "stride": 0}, "Conv2D: stride must be a whole number, 1 or more. Got 0."),
        ({"filters": 1, "stride": (1, 0)}, "Conv2D: stride must be a whole number, 1 or more. Got 0."),
        ({"filters": 1, "kernel_size": 0}, "Conv2D: kernel_size must be a whole number, 1 or more. Got 0."),
        ({"filters": 1, "kernel_size": (3, 3, 3)}, "Conv2D: kernel_size must be one whole number or a pair. Got"),
        ({"filters": 1, "padding": "sane"}, "must be one of valid, same. Got 'sane'. Did you mean 'same'?"),
    ],
)
def test_row_55_bad_arguments(arguments, message):
    with pytest.raises(ParameterError) as caught:
        Conv2D(**arguments)
    assert message in str(caught.value)
