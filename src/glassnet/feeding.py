"""Where the samples of each span of batches lie: in the data set, or in blocks that augmentation makes ahead."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from math import prod

import numpy as np

from glassnet.arrays import Array
from glassnet.augmentation import Augmentation
from glassnet.data.batches import Batches
from glassnet.data.mapped import at_once
from glassnet.engines import Task

BLOCK_BYTES = 2**24  # of changed pictures; two blocks are there at a time

Span = tuple[Task, Array, Array]


class Feed:
    """The batches in the data set itself: a task, and the rows and cuts of a span, as Engine.train takes them."""

    def __init__(self, task: Task, batches: Batches) -> None:
        self.task, self.batches = task, batches
        self.steps_at_once = max(1, at_once(task.x) // batches.batch_size)

    def span(self, step: int, count: int) -> Span:
        """The batches of steps step … step + count − 1."""
        return self.task, *self.batches.span(step, count)

    def most(self, step: int, count: int) -> int:
        """How many steps a span from `step` on may have, at most `count`: so many as memory is allowed for."""
        return min(count, self.steps_at_once)


class AugmentedFeed(Feed):
    """The batches in blocks of pictures that were changed. A thread makes the next block while this one is learnt from.

    Blocks begin at the same steps however long spans are. `last` is the step after the last one of the training.
    """

    def __init__(
        self, task: Task, batches: Batches, augmentation: Augmentation, last: int, thread: ThreadPoolExecutor
    ) -> None:
        super().__init__(task, batches)
        self.augmentation, self.last, self.thread = augmentation, last, thread
        length = max(1, BLOCK_BYTES // (batches.batch_size * prod(task.x.shape[1:])))
        self.length = min(length, self.steps_at_once)
        self._now: tuple[range, Future[Task]] | None = None
        self._next: tuple[range, Future[Task]] | None = None

    def span(self, step: int, count: int) -> Span:
        """See Feed; the steps have to lie in one block."""
        steps = self._steps(step)
        if self._now is None or self._now[0] != steps:
            self._now = self._next if self._next and self._next[0] == steps else self._begin(steps)
            self._next = self._begin(self._steps(steps.stop)) if steps.stop < self.last else None
        before = (step - steps.start) * self.batches.batch_size  # only the last batch of an epoch may be smaller
        rows, cuts = self.batches.span(step, count)
        return self._now[1].result(), np.arange(before, before + rows.size), cuts

    def most(self, step: int, count: int) -> int:
        """See Feed."""
        return min(count, self._steps(step).stop - step)

    def _steps(self, step: int) -> range:
        """The steps of the block that `step` is in: blocks divide an epoch."""
        begin = step - step % self.batches.per_epoch
        start = step - (step - begin) % self.length
        return range(start, min(start + self.length, begin + self.batches.per_epoch))

    def _begin(self, steps: range) -> tuple[range, Future[Task]]:
        rows = self.batches.span(steps.start, len(steps))[0]
        return steps, self.thread.submit(self._make, rows, steps.start // self.batches.per_epoch)

    def _make(self, rows: Array, epoch: int) -> Task:
        """The task with the samples of `rows` alone, in their order, as they are in `epoch`."""
        task = self.task
        return replace(
            task,
            x=self.augmentation(task.x[rows], rows, epoch, task.seed),
            t=task.t[rows],
            answers=None if task.answers is None else task.answers[rows],
            sample_weight=None if task.sample_weight is None else task.sample_weight[rows],
        )


@contextmanager
def feeding(task: Task, batches: Batches, augmentation: Augmentation | None, last: int) -> Iterator[Feed]:
    """The feed of a training that ends before step `last`; its thread, where it has one, ends with it."""
    if augmentation is None:
        yield Feed(task, batches)
        return
    with ThreadPoolExecutor(1, "augmentation") as thread:
        try:
            yield AugmentedFeed(task, batches, augmentation, last, thread)
        finally:
            thread.shutdown(cancel_futures=True)
