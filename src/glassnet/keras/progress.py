"""The lines that fit prints: a bar for verbose=1, a line an epoch for verbose=2."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from time import perf_counter
from typing import Any

from glassnet.run import Run

WIDTH = 30  # of the bar


class Progress:
    """What is printed on standard output while `epochs` epochs of `steps` batches go on; verbose 0 prints nothing."""

    def __init__(self, verbose: int, epochs: int, steps: int) -> None:
        self.verbose, self.epochs, self.steps = verbose, epochs, steps
        self._live = verbose == 1 and sys.stdout.isatty()
        self._began = perf_counter()

    def begin_epoch(self, epoch: int) -> None:
        """Epoch 1/5."""
        self._began = perf_counter()
        if self.verbose and self.epochs:
            print(f"Epoch {epoch + 1}/{self.epochs}", flush=True)

    def update(self, run: Run) -> None:
        """Where the open epoch stands; on a terminal alone."""
        done = len(run.losses)
        if self._live and done:
            bar = ("=" * (WIDTH * done // self.steps - 1) + ">").ljust(WIDTH, ".")
            left = (perf_counter() - self._began) / done * (self.steps - done)
            line = f"{done:>{len(str(self.steps))}}/{self.steps} [{bar}] - ETA: {left:.0f}s"
            print(f"\r{line}{written({'loss': float(run.losses.mean())})}", end="", flush=True)

    def end_epoch(self, logs: Mapping[str, float]) -> None:
        """The figures of the epoch that ended."""
        if not self.verbose:
            return
        seconds = perf_counter() - self._began
        bar = f" [{'=' * WIDTH}]" if self.verbose == 1 else ""
        pace = f"{seconds:.0f}s {duration(seconds / self.steps)}/step"
        print(f"{chr(13) * self._live}{self.steps}/{self.steps}{bar} - {pace}{written(logs)}", flush=True)


def written(logs: Mapping[str, float]) -> str:
    """ " - loss: 0.1234 - accuracy: 0.9000"; small figures with an exponent."""
    figures = {name: f"{value:.4e}" if 0 < abs(value) < 1e-3 else f"{value:.4f}" for name, value in logs.items()}
    return "".join(f" - {name}: {figure}" for name, figure in figures.items())


def duration(seconds: float) -> str:
    """A short time: 2s, 15ms, 120us."""
    if seconds >= 1:
        return f"{seconds:.0f}s"
    return f"{seconds * 1e3:.0f}ms" if seconds >= 1e-3 else f"{seconds * 1e6:.0f}us"


def level(verbose: Any) -> int:
    """What verbose means: 0, 1 or 2."""
    return 1 if verbose == "auto" else int(verbose)
