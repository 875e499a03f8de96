"""The loss whose gradient step is the perceptron's rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from glassnet.arrays import Array
from glassnet.losses.categorical_crossentropy import one_hot
from glassnet.losses.loss import Loss


@dataclass(frozen=True)
class Perceptron(Loss):
    """How far the largest sum stands above that of the true class; nothing where the answer is right.

    Shapes    z (N, K) sums   t (N,) class indices   loss (N,)
    Value     lossₙ = maxₖ z[n,k] − z[n,t]
    Gradient  one-hot(argmaxₖ z) − one-hot(t): with rate 1, a wrong answer's weights lose the input and the true
              class's gain it. A tie gives the first class.
    Decide    the largest of ReLU(z): where no sum is above 0, the first class.
    Source    F. Rosenblatt, "The perceptron", 1958; K. Crammer, Y. Singer, "Ultraconservative online algorithms for
              multiclass problems", 2003, section 2.
    """

    labels: ClassVar[str] = "index"
    activation: ClassVar[str | None] = "relu"

    def each(self, y: Array, t: Array) -> tuple[Array, Array]:
        classes = y.shape[1]
        target, answer = one_hot(t, classes, y), one_hot(y.argmax(1), classes, y)
        return y.max(1) - (target * y).sum(1), answer - target

    def decide(self, y: Array) -> Array:
        return y.__array_namespace__().maximum(y, 0).argmax(1)
