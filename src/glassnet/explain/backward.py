"""Backward: ∂L/∂w as a sum of paths, whatever is not shown in one exact rest, beside the finite difference."""

from __future__ import annotations

from glassnet.arrays import Array
from glassnet.engines.reference import backward
from glassnet.explain.paths import NUDGE, Weight, find_ways, moved
from glassnet.explain.structure import Gradient, Path
from glassnet.explain.trace import Trace
from glassnet.losses import Loss

SHOWN = 3  # paths that are written out
KEPT = 32  # paths that are followed at a time


def full_gradient(trace: Trace, depth: int, loss: Loss, t: Array) -> list[dict[str, Array]]:
    """The engine's gradient of every parameter of the first `depth` layers."""
    dy = loss(trace.signals[depth], t)[1]
    layers = trace.network.layers[:depth]
    return [dict(grads) for grads in backward(layers, trace.p, trace.saved, dy)]


def explain_gradient(
    trace: Trace, depth: int, loss: Loss, t: Array, weight: Weight, value: float, shown: int = SHOWN, kept: int = KEPT
) -> Gradient:
    """∂L/∂w of one weight, `value` as the engine has it, path by path, beside its finite difference.

    Parameters
    ----------
    depth, loss, t : how many layers stand before the loss, the loss that takes over from there, its target.
    shown, kept : how many paths are written out, and how many are followed at a time.
    """
    ways, complete = find_ways(trace, depth, loss, t, weight, kept)
    ways.sort(key=lambda way: -abs(way.value))
    useful = [way for way in ways if way.value] or ways[:1]
    paths = tuple(Path(way.factors, way.value) for way in useful[:shown])
    rest = None if complete and len(useful) <= shown else value - sum(path.value for path in paths)
    before = float(trace.p[weight.layer][weight.short][weight.index])
    numeric = _difference(trace, depth, loss, t, weight, before)
    size = max(abs(value), abs(numeric))
    error = abs(value - numeric) / size if size else 0.0
    return Gradient(weight.name, before, paths, rest, value, numeric, error)


def _difference(trace: Trace, depth: int, loss: Loss, t: Array, weight: Weight, before: float) -> float:
    """(L(w + h) − L(w − h)) / 2h."""
    h = NUDGE * max(1.0, abs(before))
    above, below = (loss(moved(trace, weight, sign * h).signals[depth], t)[0] for sign in (1, -1))
    return float((above - below) / (2 * h))
