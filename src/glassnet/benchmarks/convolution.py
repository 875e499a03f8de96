"""How much of the processor the 3×3 convolution 13×13×32 → 11×11×64 uses: each of its three products alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from glassnet.arrays import Array
from glassnet.benchmarks.peak import peak
from glassnet.engines.cpu.planning.conv2d import conv2d
from glassnet.engines.cpu.planning.plan import Plan
from glassnet.engines.cpu.running import run_steps
from glassnet.engines.cpu.tape import Bound
from glassnet.layers import Conv2D
from glassnet.model import Sequential

BATCH = 128
ROUNDS, STEPS = 15, 4
OPERATIONS = 2 * BATCH * 11 * 11 * 64 * 3 * 3 * 32  # of each product


@dataclass(frozen=True)
class Share:
    """A product's speed beside the peak of the same run, both in operations a second."""

    product: str
    threads: int
    speed: float
    peak: float

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.speed / self.peak


def measure(threads: int) -> Iterator[Share]:
    """On one thread, and on all."""
    for count in sorted({1, threads}):
        seconds, limit = products(count), peak(count)
        yield from (Share(product, count, OPERATIONS / taken, limit) for product, taken in seconds.items())


def products(threads: int) -> dict[str, float]:
    """The seconds of each product: medians."""
    return {name: timed(name, threads) for name in ("forward", "kernel gradient", "input gradient")}


def timed(product: str, threads: int) -> float:
    """The median seconds of one step over a batch; steps go by fours, since threads take time to start."""
    layer = Conv2D(64)
    network = Sequential([layer], (13, 13, 32))
    plan = Plan(network, BATCH, training=True)
    x, dy = plan.numbers((13, 13, 32)), plan.numbers((11, 11, 64))
    _, back = conv2d(plan, 0, layer, (13, 13, 32), x, -np.inf)
    back(dy, True)
    kernel = "conv2d." + product.replace(" ", "_")
    plan.tape.finish([one for one in [*plan.forward, *plan.backward] if one.kernel == kernel])
    blocks: dict[str, Array] = {
        "weights": network.vectors.weights,
        "gradient": np.zeros_like(network.vectors.weights),
        "zeros": np.zeros(plan.zeros_size, np.float32),
    }
    rows, cuts = np.arange(STEPS * BATCH), BATCH * np.arange(STEPS + 1)
    taken = []
    bound = Bound(plan.tape, blocks)
    for _ in range(ROUNDS):
        began = perf_counter()
        run_steps(bound.operations, rows, cuts, 0, STEPS, 0, threads)
        taken.append((perf_counter() - began) / STEPS)
    return float(np.median(taken))
