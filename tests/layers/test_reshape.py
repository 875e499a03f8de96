from __future__ import annotations

import numpy as np
import pytest

from glassnet.errors import ParameterError
from glassnet.layers import Reshape
from tests.layers.working import PREDICTING, there_and_back


def test_row_order_there_and_back():
    y, dx, _ = there_and_back(Reshape((2, 3)), {}, [[1, 2, 3, 4, 5, 6]], [[[1, 0, 0], [0, 0, 2]]])
    assert y.tolist() == [[[1, 2, 3], [4, 5, 6]]]
    assert dx.tolist() == [[1, 0, 0, 0, 0, 2]]


@pytest.mark.parametrize(
    ("target", "in_shape", "shape"),
    [
        ((28, 28, 1), (784,), (28, 28, 1)),
        ((-1, 7), (28, 28), (112, 7)),
        ((-1,), (3, 4), (12,)),
        ((4, -1), (4,), (4, 1)),
    ],
)
def test_output_shapes(target, in_shape, shape):
    layer = Reshape(target)
    assert layer.build(in_shape).shape == shape
    assert layer.forward({}, {}, np.zeros((2, *in_shape)), PREDICTING)[0].shape == (2, *shape)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ((), "Reshape: target_shape must be a tuple such as (28, 28, 1). Got ()."),
        (784, "Reshape: target_shape must be a tuple such as (28, 28, 1). Got 784."),
        ((2, 2.5), "Reshape: target_shape must be a whole number, -1 or more. Got 2.5."),
        ((-1, -1), "Reshape: one axis at most may be -1, and none 0. Got (-1, -1)."),
        ((0, 4), "Reshape: one axis at most may be -1, and none 0. Got (0, 4)."),
    ],
)
def test_row_55_bad_targets(target, message):
    with pytest.raises(ParameterError) as caught:
        Reshape(target)
    assert message in str(caught.value)
