import io
import sys

import numpy as np
import pytest
from rich.console import Console

from glassnet.cli import progress
from glassnet.cli.progress import Moving, Plain, Silent, display
from glassnet.losses import MeanSquaredError
from glassnet.recipe import Recipe
from glassnet.training import Event

RECIPE = Recipe(MeanSquaredError(), epochs=12)
HISTORY = {
    "loss": [0.51234],
    "accuracy": [0.9125],
    "validation_loss": [0.6],
    "validation_accuracy": [0.875],
    "rate": [0.01],
}


def event(step, *, epoch_ended=False, ended="", samples=64, hits=48):
    return Event(
        step=step,
        epoch=step // 10,
        total_steps=120,
        losses=np.array([0.5, 0.25]),
        hits=np.array([hits // 2, hits // 2]),
        samples=samples,
        rate=0.01,
        epoch_ended=epoch_ended,
        ended=ended,
    )


def terminal(width, file):
    return Console(file=file, force_terminal=True, width=width, highlight=False, color_system=None)


def test_plain_lines_at_epoch_ends_and_at_most_one_a_second(capsys, clock):
    plain = Plain(RECIPE)
    clock[0] += 2
    for step, ended in ((2, False), (10, True), (20, True)):
        plain.show(event(step, epoch_ended=ended), HISTORY)
    clock[0] += 0.9
    plain.show(event(30, epoch_ended=True), HISTORY)
    clock[0] += 0.2
    plain.show(event(40, epoch_ended=True), HISTORY)
    plain.show(event(41, ended="early stopping"), HISTORY)
    shown = capsys.readouterr()
    assert shown.out == ""
    first, second, last = shown.err.splitlines()
    figures = "loss 0.5123  accuracy 91.2%  held out: 0.6000, 87.5%"
    assert first == f"epoch 1/12  {figures}  rate 0.01  0:55 left"
    assert second.startswith("epoch 4/12  loss 0.5123")
    assert last == f"epoch 4/12  {figures}"


def test_hours_left(clock):
    plain = Plain(RECIPE)
    clock[0] += 600
    plain.pace.note(event(2))
    assert plain.pace.left == "9:50:00 left"


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (12, "epoch 2/12"),
        (40, "epoch 2/12  loss 0.3750"),
        (60, "epoch 2/12  loss 0.3750  accuracy 75.0%  1:48 left"),
        (75, "epoch 2/12  loss 0.3750  accuracy 75.0%  rate 0.01  1:48 left"),
        (80, "epoch 2/12  loss 0.3750  accuracy 75.0%  held out 87.5%  rate 0.01  1:48 left"),
        (120, "epoch 2/12  10%  loss 0.3750  accuracy 75.0%  held out 87.5%  rate 0.01  32 samples/s  1:48 left"),
        (
            140,
            "epoch 2/12  ━━╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌  10%  loss 0.3750  accuracy 75.0%  held out 87.5%  rate 0.01  "
            "32 samples/s  1:48 left",
        ),
    ],
)
def test_the_moving_line_has_what_there_is_room_for(clock, width, line):
    written = io.StringIO()
    moving = Moving(RECIPE, terminal(width, written))
    clock[0] += 2
    with moving.live:
        moving.show(event(12), HISTORY)
        assert written.getvalue().removeprefix("\x1b[?25l") == line  # the cursor is hidden


def test_the_moving_line_leaves_nothing_behind_but_the_last_epoch(clock):
    file = io.StringIO()
    moving = Moving(RECIPE, terminal(80, file))
    with moving.live:
        for step in (10, 20, 119):
            clock[0] += 1
            moving.show(event(step, epoch_ended=True), HISTORY)
        moving.show(event(120, epoch_ended=True, ended="all epochs done"), {"loss": [0.25]})
    written = file.getvalue()
    assert "epoch 12/12  loss 0.2500\n" in written
    assert written.rstrip("\x1b[?25h").endswith("\x1b[2K")  # the line is erased; the cursor is shown again


def test_a_network_without_classes_has_no_accuracy(clock):
    moving = Moving(RECIPE, terminal(140, io.StringIO()))
    clock[0] += 2
    moving.pace.note(event(12))
    assert "accuracy" not in moving._line(event(12, hits=0), {"loss": [1.0]})
    assert "accuracy 0.0%" in moving._line(event(12, hits=0), {"accuracy": [0.0]})


def test_the_display_fits_standard_error(monkeypatch):
    with display(RECIPE, quiet=True) as shown:
        assert isinstance(shown, Silent)
        shown.show(event(10), HISTORY)
    with display(RECIPE, quiet=False) as shown:
        assert isinstance(shown, Plain)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    for kind, expected in (("xterm", Moving), ("dumb", Plain)):
        monkeypatch.setenv("TERM", kind)
        with display(RECIPE, quiet=False) as shown:
            assert isinstance(shown, expected)


def test_a_terminal_without_unicode_gets_a_bar_of_ascii(clock):
    moving = Moving(RECIPE, terminal(140, io.TextIOWrapper(io.BytesIO(), "ascii")))
    clock[0] += 2
    moving.pace.note(event(12))
    assert "  ##------------------  10%" in moving._line(event(12), HISTORY)


def test_what_is_kept_free_is_enough_for_ctrl_c():
    assert len("^C") < progress.MARGIN
