"""The way into the command line, and how it leaves: with one line for what a person can mend, never a traceback."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any

import typer
import typer.core

from glassnet.cli.bench import bench
from glassnet.cli.correct import correct
from glassnet.cli.data import data_app
from glassnet.cli.evaluate import evaluate
from glassnet.cli.explain import explain
from glassnet.cli.forget import forget
from glassnet.cli.improve import improve
from glassnet.cli.lab import lab
from glassnet.cli.options import MENDABLE, show_help_alone
from glassnet.cli.output import say
from glassnet.cli.predict import predict
from glassnet.cli.read import read
from glassnet.cli.reproduce import reproduce
from glassnet.cli.run import run as run_script
from glassnet.cli.show import show
from glassnet.cli.train import train
from glassnet.errors import GlassnetError

INTERRUPTED, CLOSED_PIPE = 130, 141


class Commands(typer.core.TyperGroup):
    """Commands of one word, or of two: "lab forget" is another one than "lab"."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that the words begin with, and the words after it."""
        two = " ".join(args[:2])
        return super().resolve_command(ctx, [two, *args[2:]] if two in self.commands else args)


app = typer.Typer(
    name="glassnet",
    cls=Commands,
    help="A neural network from scratch that you can see through.",
    epilog="Begin with:  glassnet train digits",
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
)
SETTINGS: dict[object, dict[str, bool]] = {
    predict: {"ignore_unknown_options": True},  # -7,-3 is a row of numbers
    run_script: {"allow_interspersed_args": False},  # what stands behind the script is the script's own
}
for command in (
    train, evaluate, predict, read, correct, improve, show, explain, lab, forget, reproduce, run_script, bench
):  # fmt: skip
    name = "lab forget" if command is forget else None
    app.command(name, context_settings=SETTINGS.get(command))(command)
app.add_typer(data_app)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(version("glassnet"))
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show it.")] = False,
) -> None:
    """What stands before the command; without a command, the help."""
    show_help_alone(context)


def main() -> None:
    """Run the command line and leave with its exit code."""
    _make_streams_safe()
    warnings.showwarning = _say_warning
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # without a home it would tell where its fonts now lie
    sys.exit(run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """Run the command that `words` spell, and give its exit code."""
    try:
        code = _invoke(words)
        sys.stdout.flush()
        return code
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "glassnet"
        message = error.format_message()
        return _leave(f"{message}{'' if message.endswith(('.', '?')) else '.'} Try '{path} --help'.", MENDABLE)
    except GlassnetError as error:
        return _leave(str(error), MENDABLE)
    except BrokenPipeError:
        _let_output_go()
        return CLOSED_PIPE
    except OSError as error:
        _let_output_go()
        return _leave(f"{error.strerror or error}" + (f": {error.filename!r}" if error.filename else ""), MENDABLE)
    except MemoryError as error:
        return _leave(f"There is not enough memory. Take a smaller network or smaller batches. {error}", MENDABLE)
    except KeyboardInterrupt:
        return _leave("Interrupted.", INTERRUPTED)


def _invoke(words: Sequence[str]) -> int:
    try:
        with typer.main.get_command(app).make_context("glassnet", list(words)) as context:
            context.command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    return 0


def _leave(message: str, code: int) -> int:
    with suppress(OSError):  # where even that cannot be said, the exit code says it
        say("glassnet: " + " ".join(message.split()))
    return code


def _make_streams_safe() -> None:
    """Let a terminal without Unicode show ? where it lacks a sign, and a closed stream swallow what is said."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started this; an open file must not get its number
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
        else:
            stream.reconfigure(errors="replace")


def _let_output_go() -> None:
    """Forget what still waits to be written to streams that nobody reads, or Python would complain at its end."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
            continue
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _say_warning(message: Any, *where: Any, **more: Any) -> None:
    say(f"glassnet: {message}")
