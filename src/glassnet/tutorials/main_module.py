"""The interpreter as a script expects it, and as it was before afterwards."""

from __future__ import annotations

import builtins
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, TextIO

from glassnet.tutorials.faults import is_library
from glassnet.tutorials.streams import same_streams


@contextmanager
def main_module(script: Path, words: Sequence[str]) -> Iterator[ModuleType]:
    """The empty module `__main__` of a script, as long as the block runs.

    sys.argv holds `words`, sys.path begins with its folder, and warnings are shown as Python shows them. Afterwards all
    of them, `__main__` and the streams are what they were, and modules from the script's folder are gone.
    """
    folder = script.resolve().parent
    module = ModuleType("__main__")
    vars(module).update(__file__=str(script), __builtins__=builtins)
    main, modules, argv, path = sys.modules["__main__"], set(sys.modules), sys.argv[:], sys.path[:]
    with warnings.catch_warnings(), same_streams():
        warnings.showwarning = _show_warning
        sys.modules["__main__"], sys.argv[:], sys.path[:0] = module, [*words], [str(folder)]
        try:
            yield module
        finally:
            sys.modules["__main__"], sys.argv[:], sys.path[:] = main, argv, path
            for name in set(sys.modules) - modules:
                if _lies_in(folder, sys.modules[name]):
                    del sys.modules[name]


def _lies_in(folder: Path, module: ModuleType) -> bool:
    """Whether a module is the script's own. Libraries stay: NumPy, for one, cannot be imported twice."""
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and folder in Path(file).parents and not is_library(file)


def _show_warning(
    message: Any, category: type[Warning], filename: str, lineno: int, file: TextIO | None = None, line: Any = None
) -> None:
    print(warnings.formatwarning(message, category, filename, lineno, line), end="", file=file or sys.stderr)
