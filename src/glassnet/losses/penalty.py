"""What large weights add to the objective."""

from __future__ import annotations

from glassnet.arrays import Array


def penalty(w: Array, pairs: Array) -> tuple[float, Array]:
    """The penalty of weights w (P,), and its slope (P,); pairs (2, P) are λ₁ and λ₂ of each.

    Value     Σ λ₁·|w| + λ₂·w²
    Slope     λ₁·sign(w) + 2·λ₂·w; at 0 the slope of |w| is taken as 0
    Source    A. Tikhonov, 1963, for the squares; R. Tibshirani, "Regression shrinkage and selection via the lasso",
              1996, for the absolute values.
    """
    xp = w.__array_namespace__()
    first, second = pairs
    return float((first * xp.abs(w) + second * w**2).sum()), first * xp.sign(w) + 2 * second * w
