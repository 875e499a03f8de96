from __future__ import annotations

from math import cos, pi

import numpy as np
import pytest

from glassnet.errors import ParameterError
from glassnet.optimizers import SCHEDULES, SGD, Constant, Cosine, Exponential, InverseTime, OneCycle, Step


def factors(schedule, count=1000):
    return np.array([schedule.at(step, count) for step in range(count)])


@pytest.mark.parametrize("kind", SCHEDULES.values(), ids=SCHEDULES)
def test_between_nothing_and_the_whole_rate(kind):
    assert ((factors(kind()) > 0) & (factors(kind()) <= 1)).all()


def test_constant():
    assert (factors(Constant()) == 1).all()


def test_step_by_hand():
    assert [Step(0.1, 0.5).factor(done) for done in (0, 0.49, 0.5, 0.99)] == [1, 1, 0.1, 0.1]
    np.testing.assert_allclose(factors(Step(), 6), [1, 1, 0.1, 0.1, 0.01, 0.01])


@pytest.mark.parametrize("parts", [3, 5, 7, 10])
def test_step_drops_at_each_part_however_it_is_rounded(parts):
    np.testing.assert_allclose(factors(Step(0.5, 1 / parts), parts), 0.5 ** np.arange(parts))


def test_cosine_by_hand():
    cosine = Cosine()
    assert cosine.factor(0) == 1
    assert cosine.factor(0.25) == pytest.approx((1 + cos(pi / 4)) / 2)  # 0.85355
    assert cosine.factor(0.5) == pytest.approx(0.5)
    assert cosine.factor(1) == pytest.approx(0, abs=1e-15)
    assert (np.diff(factors(cosine)) < 0).all()


def test_one_cycle_by_hand():
    cycle = OneCycle(warmup=0.25, start=10, end=100)
    assert cycle.factor(0) == pytest.approx(0.1)
    assert cycle.factor(0.125) == pytest.approx(0.55)  # half way up: (0.1 + 1)/2
    assert cycle.factor(0.25) == 1
    assert cycle.factor(0.625) == pytest.approx(0.505)  # half way down: (1 + 0.01)/2
    assert cycle.factor(1) == pytest.approx(0.01)
    slopes = np.diff(factors(cycle))
    assert (slopes[:249] > 0).all()
    assert (slopes[250:] < 0).all()


@pytest.mark.parametrize("total", [4, 400])
def test_by_the_step_alone(total):
    # 1/(1 + 0.5·t), 1/(1 + 0.5·⌊t/2⌋); 0.25^(t/2), 0.25^⌊t/2⌋
    for schedule, expected in (
        (InverseTime(0.5), [1, 1 / 1.5, 1 / 2, 1 / 2.5]),
        (InverseTime(0.5, 2, staircase=True), [1, 1, 1 / 1.5, 1 / 1.5]),
        (Exponential(0.25, 2), [1, 0.5, 0.25, 0.125]),
        (Exponential(0.25, 2, staircase=True), [1, 1, 0.25, 0.25]),
    ):
        assert [schedule.at(step, total) for step in range(4)] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("kind", "name", "value", "interval"),
    [
        (Step, "drop", 0, "(0, 1]"),
        (Step, "drop", 1.5, "(0, 1]"),
        (Step, "every", 0, "(0, 1]"),
        (OneCycle, "warmup", 0, "(0, 1)"),
        (OneCycle, "warmup", 1, "(0, 1)"),
        (OneCycle, "start", 0.5, "[1, inf)"),
        (OneCycle, "end", 0.5, "[1, inf)"),
    ],
)
def test_bad_arguments_are_told(kind, name, value, interval):
    with pytest.raises(ParameterError) as caught:
        kind(**{name: value})
    assert str(caught.value) == f"{kind.__name__}: {name} must be a number in {interval}. Got {value}."


@pytest.mark.parametrize("schedule", [Constant(), Cosine(), Step()], ids=lambda one: type(one).__name__)
def test_many_rates_at_once(schedule):
    optimizer = SGD(0.3, schedule=schedule)
    assert optimizer.rates(range(2, 9, 3), 10).tolist() == [optimizer.rate(step, 10) for step in (2, 5, 8)]
