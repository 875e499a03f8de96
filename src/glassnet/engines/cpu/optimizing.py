"""The operations of an optimizer, and the numbers that change from step to step."""

from __future__ import annotations

from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.engines.cpu.planning import Plan
from glassnet.engines.cpu.sizes import BLOCK
from glassnet.engines.cpu.tape import Operation, Place
from glassnet.optimizers import SGD, Adadelta, Adagrad, Adam, AdamW, Optimizer, RMSprop

OWN: dict[type[Optimizer], tuple[str, ...]] = {
    SGD: ("momentum", "nesterov"),
    RMSprop: ("rho", "epsilon"),
    Adagrad: ("epsilon", "initial"),
    Adadelta: ("rho", "epsilon"),
    Adam: ("beta_1", "beta_2", "epsilon"),
    AdamW: ("beta_1", "beta_2", "epsilon"),
}


def is_plain(optimizer: Optimizer) -> bool:
    """Whether w ← w − rate·g is all that it does."""
    plain = type(optimizer) is SGD and not optimizer.momentum
    return plain and not optimizer.weight_decay and optimizer.clip_norm is None


def optimizer_operations(plan: Plan, optimizer: Optimizer) -> list[list[Operation]]:
    """The phases that follow the gradients."""
    size = plan.network.weight_layout.size
    units = -(-size // BLOCK)
    w, g, table = Place("weights"), Place("gradient"), Place("table")
    phases = []
    if optimizer.clip_norm is not None:
        sums = plan.tape.room(units, np.float64)
        phases.append([Operation("optimizer.squares", (g, sums, size), units)])
        phases.append([Operation("optimizer.clip", (g, sums, size, float(optimizer.clip_norm)), units)])
    if optimizer.weight_decay:
        amount, decoupled = float(optimizer.weight_decay), int(optimizer.decoupled)
        fields = (w, g, Place("decays"), size, table, amount, decoupled)
        phases.append([Operation("optimizer.decay", fields, units)])
    own: list[Any] = [getattr(optimizer, name) for name in OWN[type(optimizer)]]
    own = [int(value) if isinstance(value, bool) else float(value) for value in own]
    kernel = {SGD: "momentum" if getattr(optimizer, "momentum", 0) else "sgd", AdamW: "adam"}.get(
        type(optimizer), type(optimizer).__name__.lower()
    )
    fields = (w, g, Place("slots"), Place("slots", 4 * size), size, table, *own)
    phases.append([Operation(f"optimizer.{kernel}", fields, units)])
    return phases


def penalty_operations(plan: Plan, blocks: dict[str, Array]) -> tuple[tuple[Place | int, int], list[Operation]]:
    """Where the sums of the penalties are, and how many; the phase that makes them, empty where there are none."""
    pairs = plan.network.penalties()
    if pairs is None:
        return (0, 0), []
    size = plan.network.weight_layout.size
    units = -(-size // BLOCK)
    blocks["penalties"] = pairs
    sums = plan.tape.room(units, np.float64)
    fields = (Place("weights"), Place("gradient"), Place("penalties"), Place("penalties", 4 * size), sums, size)
    return (sums, units), [Operation("optimizer.penalize", fields, units)]


def step_table(optimizer: Optimizer, step: int, count: int, total: int) -> Array:
    """(count, 3): the rate of each step, and for Adam rate / (1 − beta_1ᵗ) and 1 / (1 − beta_2ᵗ)."""
    table = np.zeros((count, 3))
    table[:, 0] = optimizer.rates(range(step, step + count), total)
    if isinstance(optimizer, Adam):
        t = np.arange(step + 1, step + count + 1)
        table[:, 1] = table[:, 0] / (1 - optimizer.beta_1**t)
        table[:, 2] = 1 / (1 - optimizer.beta_2**t)
    return table
