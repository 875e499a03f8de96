from __future__ import annotations

import numpy as np
import pytest

from glassnet.errors import ParameterError
from glassnet.losses import MeanSquaredError

Y, T = np.array([[1.0, 2], [3, 5]]), np.array([[0.0, 0], [3, 1]])


def test_mean_by_hand():
    # (1² + 2²)/2 = 2.5 and (0² + 4²)/2 = 8; their mean. Gradient 2·(1, 2; 0, 4)/2, over two samples
    each, _ = MeanSquaredError().each(Y, T)
    assert each.tolist() == [2.5, 8]
    value, dy = MeanSquaredError()(Y, T)
    assert value == 5.25
    assert dy.tolist() == [[0.5, 1], [0, 2]]


def test_sum_by_hand():
    # 1² + 2² + 0² + 4²; gradient 2·(1, 2; 0, 4), divided by nothing
    value, dy = MeanSquaredError("sum")(Y, T)
    assert value == 21
    assert dy.tolist() == [[2, 4], [0, 8]]


def test_sample_weights_by_hand():
    value, dy = MeanSquaredError()(Y, T, np.array([2.0, 0.5]))
    assert value == (2 * 2.5 + 0.5 * 8) / 2
    assert dy.tolist() == [[1, 2], [0, 1]]


def test_decisions():
    assert MeanSquaredError().decide(np.array([[0.1, 0.7, 0.2], [0.5, 0.5, 0.1]])).tolist() == [1, 0]
    assert MeanSquaredError().decide(np.array([[0.5], [0.51]])).tolist() == [0, 1]


def test_the_type_stays():
    value, dy = MeanSquaredError()(Y.astype(np.float32), T.astype(np.float32), np.ones(2, np.float32))
    assert value.dtype == dy.dtype == np.float32


def test_an_unknown_reduction_is_told():
    with pytest.raises(ParameterError, match=r"reduction must be one of mean, sum\. Got 'summ'\. Did you mean 'sum'"):
        MeanSquaredError("summ")


def test_row_45_the_mean_of_20_million_samples():
    """Added one by one in float32, hundredths would stop counting at 2²⁴ of them."""
    y = np.broadcast_to(np.float32(0.1), (20_000_000, 1))
    value, _ = MeanSquaredError()(y, np.broadcast_to(np.float32(0), y.shape))
    assert value == pytest.approx(0.01, rel=1e-6)
