"""Update: what the optimizer does to one weight in one step, line by line.

The weight and the moments after it come from the optimizer itself; the lines put its formula into numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.explain.numerals import bracketed, exact
from glassnet.explain.structure import Change, Update
from glassnet.losses.penalty import penalty
from glassnet.optimizers import Optimizer

Numbers = tuple[float, ...]


def explain_update(
    optimizer: Optimizer,
    w: Array,
    g: Array,
    decays: Array,
    place: int,
    step: int,
    total: int,
    slots: Array | None,
    pairs: Array | None = None,
) -> Update:
    """The step of the weight at `place` of the flat vector w (P,), along the gradient g (P,).

    Parameters
    ----------
    step, total : this step (the first is 0), and how many there will be.   slots : (slots, P); None, all 0.
    pairs : (2, P) the penalties λ₁ and λ₂ of the weights, whose slope comes to the gradient; None, all 0.
    """
    slots = np.zeros((optimizer.slots, w.size)) if slots is None else slots.astype(np.float64)
    before, old = float(w[place]), tuple(float(slot[place]) for slot in slots)
    moved = w.copy()
    changes: list[Change] = []
    rate, gradient = optimizer.rate(step, total), float(g[place])
    if pairs is not None:
        g = g + penalty(w, pairs)[1]
        first, second = map(float, pairs[:, place])
        if first or second:
            sign = float(np.sign(before))
            pieces = gradient, "+", first, "·", sign, "+", 2.0, "·", second, "·", before
            changes.append(_change("g", "g + λ₁·sign(w) + 2·λ₂·w", float(g[place]), *pieces))
            gradient = float(g[place])
    if optimizer.clip_norm is not None and (norm := float(np.linalg.norm(g))) > optimizer.clip_norm:
        clipped = float((g * (optimizer.clip_norm / norm))[place])
        changes.append(_change("g", "clip_norm / ‖g‖ · g", clipped, optimizer.clip_norm, "/", norm, "·", gradient))
        gradient = clipped
    start = before
    decay = optimizer.weight_decay * float(decays[place])
    if decay and optimizer.decoupled:
        start = before - rate * decay * before
        changes.append(_change("w", "w − rate·decay·w", start, before, "−", rate, "·", decay, "·", before))
    elif decay:
        decayed = gradient + decay * before
        changes.append(_change("g", "g + decay·w", decayed, gradient, "+", decay, "·", before))
        gradient = decayed
    optimizer.descend(moved, g, slots, decays, step, total)
    new, after = tuple(float(slot[place]) for slot in slots), float(moved[place])
    rule = RULES[type(optimizer).__name__]
    changes += rule(optimizer, start, gradient, old, new, rate, step + 1, after)
    return Update(type(optimizer).__name__, step, tuple(changes), before, after)


def _sgd(o: Any, w: float, g: float, old: Numbers, new: Numbers, rate: float, t: int, after: float) -> list[Change]:
    if not o.momentum:
        return [_change("w", "w − rate·g", after, w, "−", rate, "·", g)]
    (v,), (v_new,) = old, new
    lines = [_change("v", "momentum·v − rate·g", v_new, o.momentum, "·", v, "−", rate, "·", g)]
    if o.nesterov:
        formula = "w + momentum·v − rate·g"
        return [*lines, _change("w", formula, after, w, "+", o.momentum, "·", v_new, "−", rate, "·", g)]
    return [*lines, _change("w", "w + v", after, w, "+", v_new)]


def _rmsprop(o: Any, w: float, g: float, old: Numbers, new: Numbers, rate: float, t: int, after: float) -> list[Change]:
    formula = "rho·v + (1 − rho)·g²"
    return [
        _change("v", formula, new[0], o.rho, "·", old[0], "+", 1 - o.rho, "·", g, "²"),
        _scaled(w, rate, g, "g", new[0], "v", o.epsilon, after),
    ]


def _adagrad(o: Any, w: float, g: float, old: Numbers, new: Numbers, rate: float, t: int, after: float) -> list[Change]:
    lines = [_change("v", "v + g²", new[0], old[0], "+", g, "²")]
    if not o.initial:
        return [*lines, _scaled(w, rate, g, "g", new[0], "v", o.epsilon, after)]
    root = f"√({exact(o.initial)} + {exact(new[0])})"
    numbers = f"{exact(w)} − {exact(rate)}·{bracketed(exact(g))} / ({root} + {exact(o.epsilon)})"
    return [*lines, Change("w", "w − rate·g / (√(initial + v) + epsilon)", numbers, after)]


def _adadelta(
    o: Any, w: float, g: float, old: Numbers, new: Numbers, rate: float, t: int, after: float
) -> list[Change]:
    d = (old[1] + o.epsilon) ** 0.5 / (new[0] + o.epsilon) ** 0.5 * g
    roots = f"√({exact(old[1])} + {exact(o.epsilon)}) / √({exact(new[0])} + {exact(o.epsilon)})"
    return [
        _change("v", "rho·v + (1 − rho)·g²", new[0], o.rho, "·", old[0], "+", 1 - o.rho, "·", g, "²"),
        Change("d", "√(u + epsilon) / √(v + epsilon) · g", f"{roots} · {bracketed(exact(g))}", d),
        _change("u", "rho·u + (1 − rho)·d²", new[1], o.rho, "·", old[1], "+", 1 - o.rho, "·", d, "²"),
        _change("w", "w − rate·d", after, w, "−", rate, "·", d),
    ]


def _adam(o: Any, w: float, g: float, old: Numbers, new: Numbers, rate: float, t: int, after: float) -> list[Change]:
    m, v = new[0] / (1 - o.beta_1**t), new[1] / (1 - o.beta_2**t)
    first, second = 1 - o.beta_1, 1 - o.beta_2
    return [
        _change("m", "beta_1·m + (1 − beta_1)·g", new[0], o.beta_1, "·", old[0], "+", first, "·", g),
        _change("v", "beta_2·v + (1 − beta_2)·g²", new[1], o.beta_2, "·", old[1], "+", second, "·", g, "²"),
        Change("m̂", "m / (1 − beta_1ᵗ)", f"{exact(new[0])} / (1 − {exact(o.beta_1)}^{t})", m),
        Change("v̂", "v / (1 − beta_2ᵗ)", f"{exact(new[1])} / (1 − {exact(o.beta_2)}^{t})", v),
        _scaled(w, rate, m, "m̂", v, "v̂", o.epsilon, after),
    ]


def _scaled(
    w: float, rate: float, g: float, g_name: str, v: float, v_name: str, epsilon: float, after: float
) -> Change:
    """w − rate·g / (√v + epsilon), with g and v by their names there."""
    numbers = f"{exact(w)} − {exact(rate)}·{bracketed(exact(g))} / (√{exact(v)} + {exact(epsilon)})"
    return Change("w", f"w − rate·{g_name} / (√{v_name} + epsilon)", numbers, after)


def _change(name: str, formula: str, value: float, *pieces: float | str) -> Change:
    """A line whose numbers and signs are `pieces`; numbers below 0 get brackets where a sign stands before them."""
    text = ""
    for k, piece in enumerate(pieces):
        if isinstance(piece, str):
            text += f" {piece} " if piece in "+−/" else piece
        else:
            follows = k > 0 or pieces[1:2] == ("·",)
            squared = pieces[k + 1 : k + 2] == ("²",)
            text += bracketed(exact(piece)) if follows or squared else exact(piece)
    return Change(name, formula, text, value)


Rule = Callable[[Any, float, float, Numbers, Numbers, float, int, float], list[Change]]
RULES: dict[str, Rule] = {
    "SGD": _sgd,
    "RMSprop": _rmsprop,
    "Adagrad": _adagrad,
    "Adadelta": _adadelta,
    "Adam": _adam,
    "AdamW": _adam,
}
