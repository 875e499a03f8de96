from __future__ import annotations

import numpy as np
import pytest

from glassnet.errors import ParameterError
from glassnet.layers import Conv2D, Dense
from glassnet.losses.penalty import penalty
from tests.numeric import spread


def test_by_hand():
    # 0.5·(2 + 3) + 0.1·(4 + 9) for the first two, nothing at 0, and 1·1² for the last
    w = np.array([2.0, -3.0, 0.0, 1.0])
    pairs = np.array([[0.5, 0.5, 7, 0], [0.1, 0.1, 7, 1]])
    value, slope = penalty(w, pairs)
    assert value == pytest.approx(2.5 + 1.3 + 0 + 1)
    np.testing.assert_allclose(slope, [0.5 + 0.4, -0.5 - 0.6, 0, 2])


def test_the_slope_is_the_slope_of_the_value():
    w, pairs = spread((6,), 1), np.abs(spread((2, 6), 2))
    for k in range(6):
        nudge = np.eye(6)[k] * 1e-6
        numeric = (penalty(w + nudge, pairs)[0] - penalty(w - nudge, pairs)[0]) / 2e-6
        assert penalty(w, pairs)[1][k] == pytest.approx(numeric, rel=1e-6)


@pytest.mark.parametrize(("value", "said"), [((-1.0, 0.0), "in [0, inf)"), (0.1, "a pair"), ((1.0,), "a pair")])
@pytest.mark.parametrize("kind", [Dense, Conv2D])
@pytest.mark.parametrize("name", ["kernel_penalty", "bias_penalty"])
def test_bad_arguments_are_told(kind, name, value, said):
    with pytest.raises(ParameterError) as caught:
        kind(3, **{name: value})
    assert str(caught.value).startswith(f"{kind.__name__}: {name} must be")
    assert said in str(caught.value)
