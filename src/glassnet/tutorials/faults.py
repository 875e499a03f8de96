"""How a script ended: its exit code, and what its author wants to read, with nothing of ours in between."""

from __future__ import annotations

import re
import sysconfig
from collections.abc import Iterator
from itertools import dropwhile
from pathlib import Path
from traceback import FrameSummary, StackSummary, TracebackException, walk_tb

import glassnet
from glassnet.errors import GlassnetError

OURS = f"{Path(glassnet.__file__).parent}/", "<frozen "
LIBRARIES = tuple({sysconfig.get_path(place) for place in ("stdlib", "platstdlib", "purelib", "platlib")})
FAILED, MENDABLE, INTERRUPTED = 1, 2, 130  # exit codes

NEWER = {  # what older NumPys and Python 2 had, and what stands for it today
    **{f"np.{name}": name for name in ("float", "int", "object", "str", "complex")},
    **{"np.unicode": "str", "np.asscalar": "array.item()", "np.product": "np.prod", "np.in1d": "np.isin"},
    **{"xrange": "range", "raw_input": "input", "unicode": "str", "unichr": "chr", "long": "int", "reduce": "sum"},
    **{"cPickle": "pickle", "urllib2": "urllib.request", "Tkinter": "tkinter", "StringIO": "io", "Queue": "queue"},
}


def ending(error: BaseException) -> tuple[int, str]:
    """The exit code of a script that `error` ended, and what to say about it; "" where there is nothing to say."""
    match error:
        case SystemExit(code=None):
            return 0, ""
        case SystemExit(code=int(code)):
            return code, ""
        case SystemExit(code=code):
            return FAILED, str(code)
        case KeyboardInterrupt():
            return INTERRUPTED, f"{_place(error)}Interrupted."
        case GlassnetError():
            return MENDABLE, f"{_place(error)}{' '.join(str(error).split())}"
        case ModuleNotFoundError(name=str(name)):
            return MENDABLE, f"{_place(error)}{_missing(name.partition('.')[0])}"
    return FAILED, own_traceback(error) + _hint(error)


def own_traceback(error: BaseException) -> str:
    """What Python says of an error, without the frames of glassnet, unless the fault lies there."""
    told = TracebackException.from_exception(error)
    for link in _links(told):
        link.stack = StackSummary.from_list(_own_frames(link.stack))
    return "".join(told.format()).rstrip("\n")


def _links(told: TracebackException | None) -> Iterator[TracebackException]:
    """The error itself and those behind it."""
    if told is not None:
        yield told
        yield from _links(told.__cause__)
        yield from _links(told.__context__)


def _own_frames(stack: StackSummary) -> list[FrameSummary]:
    begun = list(dropwhile(lambda frame: _ours(frame.filename), stack))
    told = [frame for frame in begun if _ours(frame.filename) or not is_library(frame.filename)]
    fault_is_ours = bool(told) and _ours(told[-1].filename)
    return begun if fault_is_ours else [frame for frame in begun if not _ours(frame.filename)]


def _ours(filename: str) -> bool:
    return filename.startswith(OURS)


def is_library(filename: str) -> bool:
    """Whether code is of glassnet, of Python or of an installed package; "<" begins the name of what has no file."""
    return _ours(filename) or filename.startswith((*LIBRARIES, "<"))


def _place(error: BaseException) -> str:
    """The line that the script, or a helper beside it, had come to, for the beginning of a message."""
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    own = [place for place in frames if not is_library(place[0])]
    return f"glassnet: line {own[-1][1]} of {Path(own[-1][0]).name}: " if own else "glassnet: "


def _missing(name: str) -> str:
    if name in NEWER:
        return f"{name} is Python 2. Python 3 has {NEWER[name]}."
    return (
        f"There is no module {name!r}, neither installed nor beside the script. "
        "glassnet stands in for tensorflow, keras, mnist and tensorflow_datasets alone."
    )


def _hint(error: BaseException) -> str:
    """A line about a name that is gone or a display that is missing, where `error` is about one; else ""."""
    if isinstance(error, ImportError) and str(error).startswith("Cannot load backend"):
        return f"\n{_place(error)}There is no display here. Leave that line out, and figures go to files."
    name = getattr(error, "name", None) if isinstance(error, NameError) else None
    if isinstance(error, AttributeError) and (gone := re.match(r"module 'numpy' has no attribute '(\w+)'", str(error))):
        name = f"np.{gone[1]}"
    if name not in NEWER:
        return ""
    return f"\n{_place(error)}{name} was in older versions alone. Write {NEWER[name]}."
