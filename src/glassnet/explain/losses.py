"""How each loss is written: its value, and its slope by one output; y and t stand for output and target."""

from __future__ import annotations

from glassnet.explain import phrases
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy, Loss, MeanSquaredError, Perceptron


def loss_formula(loss: Loss, outputs: int) -> str:
    """The formula of a sample's loss."""
    several = outputs > 1
    share = f" / {outputs}" if several else ""
    if isinstance(loss, MeanSquaredError):
        return f"Σ(y − t)²{'' if loss.summed else share}" if several else "(y − t)²"
    if isinstance(loss, BinaryCrossentropy):
        inner = "ln(1 + eᶻ) − t·z" if loss.from_sums else "−t·ln y − (1 − t)·ln(1 − y)"
        return f"Σ({inner}){share}" if several else inner
    if isinstance(loss, CategoricalCrossentropy):
        bare = "−Σt·ln(y / Σy)" if loss.normalize else "−Σt·ln y"
        return f"ln Σeᶻ − {phrases.TRUE_SUM}" if loss.from_sums else bare
    assert isinstance(loss, Perceptron)  # a test goes through the list of losses
    return f"{phrases.LARGEST_SUM} − {phrases.TRUE_SUM}"


def slope_formula(loss: Loss, outputs: int) -> str:
    """The formula of ∂L/∂(one output)."""
    share = f" / {outputs}" if outputs > 1 else ""
    if isinstance(loss, MeanSquaredError):
        return f"2·(y − t){'' if loss.summed else share}"
    if isinstance(loss, BinaryCrossentropy):
        return f"{'(sigmoid(z) − t)' if share else 'sigmoid(z) − t'}{share}" if loss.from_sums else _bare(share)
    if isinstance(loss, CategoricalCrossentropy):
        bare = "−t / y + Σt / Σy" if loss.normalize else "−t / y"
        return "softmax(z) − t" if loss.from_sums else bare
    assert isinstance(loss, Perceptron)  # a test goes through the list of losses
    return phrases.PERCEPTRON_SLOPE


def _bare(share: str) -> str:
    return f"(y − t) / (y·(1 − y)){share}"
