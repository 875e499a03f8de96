from __future__ import annotations

import numpy as np

from glassnet.losses import Perceptron


def test_by_hand():
    # wrong: class 1 stands 3 − 2 above the true class 2; right: nothing to learn
    each, dz = Perceptron().each(np.array([[1.0, 3, 2], [4.0, 0, -1]]), np.array([2, 0]))
    assert each.tolist() == [1, 0]
    assert dz.tolist() == [[0, 1, -1], [0, 0, 0]]


def test_a_tie_gives_the_first_class():
    each, dz = Perceptron().each(np.array([[2.0, 2.0], [2.0, 2.0]]), np.array([0, 1]))
    assert each.tolist() == [0, 0]
    assert dz.tolist() == [[0, 0], [1, -1]]  # an answer that is wrong, though as strong as the true class


def test_decisions_are_of_what_is_above_zero():
    assert Perceptron().decide(np.array([[-2.0, -1.0], [-1.0, 3.0]])).tolist() == [0, 1]


def test_a_step_is_the_perceptrons_rule():
    """With rate 1, w ← w − x for the class that was answered, w ← w + x for the true one."""
    x, w = np.array([[1.0, 2.0]]), np.zeros((2, 2))
    _, dz = Perceptron()(x @ w, np.array([1]))
    np.testing.assert_array_equal(w - x.T @ dz, [[-1, 1], [-2, 2]])
