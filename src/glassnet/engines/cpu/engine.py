"""The compiled engine."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_integer
from glassnet.engines.cpu import compiling
from glassnet.engines.cpu.optimizing import OWN
from glassnet.engines.cpu.planning import WIDE, fits, suits_bf16
from glassnet.engines.cpu.running import WORTH, call_kernel
from glassnet.engines.cpu.single import SingleTraining
from glassnet.engines.cpu.sizes import CHUNKS, TOGETHER
from glassnet.engines.cpu.small import SmallTraining
from glassnet.engines.cpu.tape import signed
from glassnet.engines.cpu.taped import LOSSES, Prediction, TapeTraining
from glassnet.engines.engine import Span, Task
from glassnet.engines.reference import Reference
from glassnet.model import Sequential, Vectors
from glassnet.randomness import FEW, Purpose, ascending

Training = SmallTraining | SingleTraining | TapeTraining


class Cpu:
    """Compiled kernels on several threads. The same seed gives the same bits on a machine for every number of threads.

    Parameters
    ----------
    threads : the most that work at a time; None for as many as there are cores. It works with one where that is faster.
    """

    name = "cpu"

    def __init__(self, threads: int | None = None) -> None:
        if threads is not None:
            check_integer("Cpu", "threads", threads)
        self.threads = min(threads or os.cpu_count() or 1, CHUNKS)
        self._training: Training | None = None
        self._own = threading.local()  # of each thread that predicts: its last tape

    def why_not(self, task: Task) -> str:
        """Why this engine cannot run a task; "" where it can."""
        network = task.network
        if network.dtype != np.float32:
            return f"it computes in float32, and the network is in {network.dtype}"
        for name, layer in zip(network.names[: task.depth], network.layers[: task.depth], strict=True):
            if not fits(layer):
                return f"it has no kernel for {name}"
        if type(task.loss) not in LOSSES or (task.loss.labels == "index" and task.t.ndim != 1):
            return f"it has no kernel for the loss {type(task.loss).__name__}"
        if type(task.optimizer) not in OWN:
            return f"it has no kernel for the optimizer {type(task.optimizer).__name__}"
        return why_not_bf16(task) if task.precision == "bf16" else ""

    def prepare(self, task: Task) -> None:
        """See Engine.prepare: all kernels are there afterwards."""
        training = self._ready(task, 1)
        if training is None:
            return
        if not isinstance(training, TapeTraining):
            compiling.address(training.kernel)
        compiling.address("order.orders")
        Prediction(task.network, task.depth, 1)

    def permutations(self, seed: int, purpose: Purpose, steps: Array, size: int) -> Array:
        """See Engine.permutations."""
        return self.permutations_side_by_side([seed], purpose, steps, size)[:, :, 0]

    def permutations_side_by_side(self, seeds: Sequence[int], purpose: Purpose, steps: Array, size: int) -> Array:
        """(S, size, seeds): the orders of every seed."""
        if size > FEW and len(seeds) > 1:
            return np.stack([self.permutations(seed, purpose, steps, size) for seed in seeds], 2)
        steps, count = np.ascontiguousarray(steps, np.int64), len(steps)
        keys, room = np.empty((size, count), np.uint64), np.empty((4, count), np.int64)
        orders = np.empty((count, size, len(seeds)), np.int64) if size <= FEW else 0
        told = np.array([signed(seed) for seed in seeds])
        call_kernel(
            "order.orders", keys, orders, told, len(seeds), steps, count, size, int(purpose), room, units=len(seeds)
        )
        return ascending(keys.T)[:, :, None] if isinstance(orders, int) else orders

    def first_steps(self, task: Task, seconds: float) -> float:
        """See Engine.first_steps: what goes without a tape takes a known time."""
        quick = None if self.why_not(task) else quick_training(task)
        if quick is None:
            return 1
        self._training = quick
        return quick.first_steps(seconds)

    def _ready(self, task: Task, batch: int) -> Training | None:
        """What trains in batches of up to `batch` samples; None where the reference does."""
        kept = self._training
        if kept is None or kept.task is not task or kept.batch < batch:
            if self.why_not(task):
                return None
            kept = self._training = quick_training(task) or TapeTraining(task, batch, self.threads)
        return kept

    def train(self, task: Task, vectors: Vectors, slots: Array, step: int, rows: Array, cuts: Array) -> Span:
        """See Engine.train. A task that this engine cannot run is run by the reference, wholly."""
        rows, cuts = np.ascontiguousarray(rows, np.int64), np.ascontiguousarray(cuts, np.int64)
        training = self._ready(task, task.batch_size or int(np.diff(cuts).max()))
        if training is None:
            return Reference().train(task, vectors, slots, step, rows, cuts)
        return training.run(vectors, slots, step, rows, cuts)

    def forward(self, network: Sequential, vectors: Vectors, x: Array, depth: int | None = None) -> Array:
        """See Engine.forward."""
        depth = len(network.layers) if depth is None else depth
        batch = min(len(x), TOGETHER)
        kept: Prediction | None = getattr(self._own, "prediction", None)
        if kept is None or kept.network is not network or kept.depth != depth or kept.batch < batch:
            if network.dtype != np.float32 or not all(fits(layer) for layer in network.layers[:depth]):
                return Reference().forward(network, vectors, x, depth)
            kept = self._own.prediction = Prediction(network, depth, batch)
        threads = self.threads if kept.work * len(x) > 50 * WORTH else 1
        return kept.run(vectors, np.ascontiguousarray(x), threads)


def quick_training(task: Task) -> SmallTraining | SingleTraining | None:
    """What trains without a tape, where the task allows it; there all is in float32."""
    return None if task.precision == "bf16" else SmallTraining.of(task) or SingleTraining.of(task)


def why_not_bf16(task: Task) -> str:
    """Why no product of a task can be in bf16; "" where one can."""
    if "+avx512bf16" not in compiling.processor()[1]:
        return "this processor has no instructions for it (AVX512-BF16)"
    shapes = [task.network.input_shape, *task.network.shapes]
    if not any(map(suits_bf16, task.network.layers[: task.depth], shapes)):
        return (
            f"no layer here gains by it, as dense layers of {WIDE} or more inputs and outputs do, and convolutions "
            "with even numbers of channels and filters"
        )
    return ""
