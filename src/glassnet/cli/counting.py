"""How a lab looks while it runs: a moving line in a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from glassnet.cli.progress import BAR, PLAIN_SECONDS


class Counting:
    """Counts runs, and shows where they stand with `put`: at most once in `seconds`, and at the end.

    done, total : runs done before, and all there are.   bar : the signs for what is done and what is not.
    """

    def __init__(self, done: int, total: int, put: Callable[[str], None], seconds: float, bar: str = "") -> None:
        self.done, self.total, self.put, self.seconds, self.bar = done, total, put, seconds, bar
        self.before = done
        self.began = self.shown_at = time.monotonic()

    def advance(self) -> None:
        """One more run is done."""
        self.done += 1
        now = time.monotonic()
        if now - self.shown_at >= self.seconds or self.done == self.total:
            self.shown_at = now
            self.put(self._line(max(now - self.began, 1e-3)))

    def _line(self, seconds: float) -> str:
        made = self.done - self.before
        speed = made / seconds
        left = int(seconds / made * (self.total - self.done))
        hours = f"{left // 3600}:{left // 60 % 60:02}" if left >= 3600 else f"{left // 60}"
        full = BAR * self.done // self.total
        bar = [self.bar[0] * full + self.bar[1] * (BAR - full)] if self.bar else []
        pieces = [
            f"run {self.done:,}/{self.total:,}",
            *bar,
            f"{speed:,.0f} runs/s" if speed >= 10 else f"{speed:.2g} runs/s",
            f"{hours}:{left % 60:02} left",
        ]
        return "  ".join(pieces)


@contextmanager
def counting(done: int, total: int, quiet: bool) -> Iterator[Counting]:
    """The display that fits standard error; a moving one is cleared at the end."""
    if quiet:
        yield Counting(done, total, lambda line: None, PLAIN_SECONDS)
        return
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.live import Live

        terminal = Console(stderr=True, highlight=False)
        if not terminal.is_dumb_terminal:
            signs = "#-" if terminal.options.ascii_only else "━╌"
            with Live(console=terminal, transient=True, auto_refresh=False) as live:
                yield Counting(done, total, lambda line: live.update(line, refresh=True), 0.1, signs)
            return
    yield Counting(done, total, lambda line: print(line, file=sys.stderr, flush=True), PLAIN_SECONDS)
