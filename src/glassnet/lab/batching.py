"""Several quick calls in one: for executors to which a call costs more than a short run takes."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, InvalidStateError
from contextlib import suppress
from functools import partial
from typing import Any

SECONDS = 0.1  # about how long a batch takes, so that results come as often
LARGEST = 100  # calls in a batch
AHEAD = 2  # batches for each place: the next one is there when one ends

Call = Callable[[], Any]


class Batching(Executor):
    """Hands calls to `inner` in batches that take a tenth of a second, as it measures; long ones go one by one.

    Parameters
    ----------
    inner : what they go through.   places : how many batches it does at once.

    Once a call fails, or `inner` does, those that it has not done fail alike.
    """

    def __init__(self, inner: Executor, places: int) -> None:
        self.inner, self.places = inner, places
        self._size = 1
        self._out: list[list[Future[Any]]] = []
        self._waiting: deque[tuple[Future[Any], Call]] = deque()
        self._lock = threading.RLock()  # a batch may be done by the time that somebody asks to be told

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """As in the base class."""
        future: Future[Any] = Future()
        with self._lock:
            self._waiting.append((future, partial(work, *arguments, **named)))
            self._send()
        return future

    def give_up(self, error: BaseException) -> None:
        """End whatever is not done with this error."""
        with self._lock:
            futures = [*(future for batch in self._out for future in batch), *(future for future, _ in self._waiting)]
            self._waiting.clear()
        for future in futures:
            with suppress(InvalidStateError):  # it is done already
                future.set_exception(error)

    def translate(self, error: BaseException) -> BaseException:
        """What is raised in place of what `inner` says."""
        return error

    def _send(self) -> None:
        while self._waiting and len(self._out) < AHEAD * self.places:
            fair = -(-len(self._waiting) // self.places)  # so that the last ones are done side by side
            batch = [self._waiting.popleft() for _ in range(min(self._size, fair))]
            futures = [future for future, _ in batch]
            self._out.append(futures)
            done = self.inner.submit(_do, [call for _, call in batch])
            done.add_done_callback(partial(self._hand_over, futures))

    def _hand_over(self, futures: list[Future[Any]], done: Future[tuple[float, list[Any]]]) -> None:
        error = BrokenExecutor("it was given up") if done.cancelled() else done.exception()
        if error is not None:
            self.give_up(self.translate(error))
            with self._lock:
                self._out.remove(futures)
            return
        seconds, results = done.result()
        for future, result in zip(futures, results, strict=True):
            with suppress(InvalidStateError):  # it was given up
                future.set_result(result)
        with self._lock:
            self._out.remove(futures)
            self._size = max(1, min(LARGEST, int(SECONDS * len(results) / max(seconds, 1e-9))))
            self._send()


def _do(calls: Sequence[Call]) -> tuple[float, list[Any]]:
    """The results of the calls, and the seconds that they took."""
    began = time.perf_counter()
    results = [call() for call in calls]
    return time.perf_counter() - began, results
