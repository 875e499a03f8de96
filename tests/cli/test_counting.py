import io
import sys

from glassnet.cli.counting import Counting, counting


def test_a_line_a_second_and_one_at_the_end(capsys, clock):
    with counting(10, 18, quiet=False) as shown:
        for _ in range(8):
            clock[0] += 0.5
            shown.advance()
    assert capsys.readouterr().err.splitlines() == [
        "run 12/18  2 runs/s  0:03 left",
        "run 14/18  2 runs/s  0:02 left",
        "run 16/18  2 runs/s  0:01 left",
        "run 18/18  2 runs/s  0:00 left",
    ]


def test_a_bar_and_hours(clock):
    lines: list[str] = []
    counted = Counting(0, 2_000, lines.append, 1.0, "#-")
    clock[0] += 10
    counted.advance()
    assert lines == ["run 1/2,000  --------------------  0.1 runs/s  5:33:10 left"]


def test_quiet(capsys):
    with counting(0, 1, quiet=True) as shown:
        shown.advance()
    assert capsys.readouterr().err == ""


def test_a_moving_line_in_a_terminal(monkeypatch, clock):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with counting(0, 2, quiet=False) as shown:
        clock[0] += 1
        shown.advance()
    assert "run 1/2" in terminal.getvalue()
