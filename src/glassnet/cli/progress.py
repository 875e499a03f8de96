"""How a training looks while it runs: a moving line in a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.console import Console

    from glassnet.recipe import Recipe
    from glassnet.run import History
    from glassnet.training import Event

PLAIN_SECONDS = 1.0  # the least time between two plain lines
BAR = 20  # columns
MARGIN = 3  # columns that stay free beside the moving line: a terminal writes ^C there, which must not break it


class Display(Protocol):
    """What shows the events of a training."""

    def show(self, event: Event, history: History) -> None:
        """Show what came of a span; `history` holds the figures of the epochs so far."""


class Silent:
    """Shows nothing."""

    def show(self, event: Event, history: History) -> None:
        """Nothing."""


class Pace:
    """How fast it goes, from the first event of this sitting on."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.steps = self.samples = 0

    def note(self, event: Event) -> None:
        """Count what an event brought."""
        self.steps += len(event.losses)
        self.samples += event.samples
        seconds = max(time.monotonic() - self.began, 1e-3)  # some clocks tick slowly
        self.speed = f"{self.samples / seconds:,.0f} samples/s"
        left = int(seconds / self.steps * (event.total_steps - event.step))
        hours = f"{left // 3600}:{left // 60 % 60:02}" if left >= 3600 else f"{left // 60}"
        self.left = f"{hours}:{left % 60:02} left"


class Plain:
    """A line an epoch, at most one a second, and one for the last."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.pace = Pace()
        self.printed_at = -PLAIN_SECONDS

    def show(self, event: Event, history: History) -> None:
        """Print a line where an epoch ended."""
        self.pace.note(event)
        now = time.monotonic()
        if event.ended or (event.epoch_ended and now - self.printed_at >= PLAIN_SECONDS):
            more = [] if event.ended else [f"rate {event.rate:.2g}", self.pace.left]
            print("  ".join([epoch_line(event, self.recipe, history), *more]), file=sys.stderr, flush=True)
            self.printed_at = now


class Moving:
    """One line that moves, with as many figures as the terminal has room for."""

    def __init__(self, recipe: Recipe, terminal: Console) -> None:
        from rich.live import Live

        self.recipe = recipe
        self.pace = Pace()
        self.terminal = terminal
        self.live = Live(console=terminal, transient=True, auto_refresh=False)

    def show(self, event: Event, history: History) -> None:
        """Move the line on; leave one behind when the training is over."""
        self.pace.note(event)
        if event.ended:
            self.terminal.print(epoch_line(event, self.recipe, history))
        else:
            self.live.update(self._line(event, history), refresh=True)

    def _line(self, event: Event, history: History) -> str:
        """The figures, as far as they fit: those with the largest number go first."""
        done = event.step / event.total_steps
        pieces = [
            (0, f"epoch {event.epoch + 1}/{self.recipe.epochs}"),
            (8, self._bar(done)),
            (7, f"{done:.0%}"),
            (1, f"loss {event.loss:.4f}"),
            (
                2,
                f"accuracy {event.hits.sum() / event.samples:.1%}" if "accuracy" in history or event.hits.any() else "",
            ),
            (5, f"held out {history['validation_accuracy'][-1]:.1%}" if "validation_accuracy" in history else ""),
            (4, f"rate {event.rate:.2g}"),
            (6, self.pace.speed),
            (3, self.pace.left),
        ]
        kept = [piece for piece in pieces if piece[1]]
        while len(kept) > 1 and len("  ".join(text for _, text in kept)) > self.terminal.width - MARGIN:
            kept.remove(max(kept))
        return "  ".join(text for _, text in kept)

    def _bar(self, done: float) -> str:
        full, empty = "#-" if self.terminal.options.ascii_only else "━╌"
        return full * int(BAR * done) + empty * (BAR - int(BAR * done))


@contextmanager
def display(recipe: Recipe, quiet: bool) -> Iterator[Display]:
    """The display that fits standard error; a moving one is cleared at the end."""
    if quiet:
        yield Silent()
        return
    if sys.stderr.isatty():
        from rich.console import Console

        terminal = Console(stderr=True, highlight=False)
        if not terminal.is_dumb_terminal:
            moving = Moving(recipe, terminal)
            with moving.live:
                yield moving
            return
    yield Plain(recipe)


def epoch_line(event: Event, recipe: Recipe, history: History) -> str:
    """The figures of the last whole epoch, as far as there are any."""
    shown = [f"epoch {event.epoch}/{recipe.epochs}"]
    if history.get("loss"):
        shown.append(f"loss {history['loss'][-1]:.4f}")
    if history.get("accuracy"):
        shown.append(f"accuracy {history['accuracy'][-1]:.1%}")
    if history.get("validation_loss"):
        shown.append(f"held out: {history['validation_loss'][-1]:.4f}")
    if history.get("validation_accuracy"):
        shown[-1] += f", {history['validation_accuracy'][-1]:.1%}"
    return "  ".join(shown)
