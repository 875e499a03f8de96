"""Running a script as `python SCRIPT ARGS` would, with glassnet in place of the libraries that it imports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from traceback import format_exception_only

from glassnet.errors import ScriptError
from glassnet.keras import backend
from glassnet.keras.notes import collecting, note, translated
from glassnet.keras.seeds import forget_seed
from glassnet.tutorials.faults import FAILED, MENDABLE, ending
from glassnet.tutorials.figures import figures_in_files
from glassnet.tutorials.main_module import main_module
from glassnet.tutorials.source import read_script
from glassnet.tutorials.stand_ins import stand_ins


@dataclass(frozen=True)
class Outcome:
    """How a script ended.

    exit_code : 0; what it gave to sys.exit(); 1 after an error of its own; 2 after one that glassnet explains in a
        line; 130 after Ctrl-C.
    said : what there is to say about that, "" where there is nothing.
    translated : what was put in place of what, as lines.
    """

    exit_code: int
    said: str = ""
    translated: tuple[str, ...] = ()


def run_script(path: Path, arguments: Sequence[str] = ()) -> Outcome:
    """Run a script to its end.

    Imports of tensorflow, keras, mnist and tensorflow_datasets find what glassnet has. Afterwards the interpreter is as
    it was: modules, sys.argv, sys.path, streams, import hooks, filters of warnings, Matplotlib's back end.

    Raises
    ------
    BrokenPipeError where nobody reads any more what the script prints. Every other error is told in the outcome.
    """
    try:
        script = read_script(path)
    except ScriptError as error:
        return Outcome(MENDABLE, f"glassnet: {error}")
    except SyntaxError as error:
        return Outcome(FAILED, "".join(format_exception_only(error)).rstrip("\n"))
    with (
        main_module(script.path, [str(path), *arguments]) as main,
        stand_ins(script.path),
        figures_in_files(),
        fresh_session(),
    ):
        for number, line in sorted(script.left_out.items()):
            note(f"line {number}", f"line {number}: {line} → left out, a notebook's line")
        try:
            exec(script.code, vars(main))
        except BrokenPipeError:
            raise
        except BaseException as error:
            code, said = ending(error)
        else:
            code, said = 0, ""
        return Outcome(code, said, tuple(translated()))


@contextmanager
def fresh_session() -> Iterator[None]:
    """Nothing noted and nothing set in glassnet.keras, before and after."""
    with collecting():
        _reset()
        try:
            yield
        finally:
            _reset()


def _reset() -> None:
    backend.clear_session()
    backend.set_floatx("float32")
    backend.set_image_data_format("channels_last")
    forget_seed()
