"""Modules under the names of other libraries, for one script: an import hook over one table of dotted names."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

from glassnet.checks import nearest
from glassnet.errors import MissingAttributeError, MissingNameError
from glassnet.tutorials.names import HAS, ROOTS, TABLE, canonical, face, is_module, note_module, note_name, reason


class StandIn(ModuleType):
    """A module with what glassnet has in place of the names below its own."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        below = f"{canonical(name)}."
        listed = {known.removeprefix(below).partition(".")[0] for known in TABLE if known.startswith(below)}
        self.__all__ = sorted(listed | set(getattr(face(canonical(name)), "__all__", ())))

    def __getattr__(self, name: str) -> Any:
        full = f"{self.__name__}.{name}"
        known = canonical(full)
        if known in TABLE:
            note_name(known)
            return TABLE[known]
        if is_module(known):
            return import_module(full)
        try:
            return getattr(face(canonical(self.__name__)), name)
        except (AttributeError, ImportError):
            raise MissingAttributeError(*missing(full)) from None


class Finder(MetaPathFinder, Loader):
    """Finds stand-ins for the modules of some libraries, in front of whatever is installed."""

    def __init__(self, roots: Sequence[str]) -> None:
        self.roots = roots

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        """The stand-in of that name; None where it belongs to another library.

        Raises
        ------
        MissingNameError where glassnet has nothing to put in its place.
        """
        if fullname.partition(".")[0] not in self.roots:
            return None
        if not is_module(canonical(fullname)):
            raise MissingNameError(*missing(fullname))
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> StandIn:
        """An empty one, which fills itself from the table."""
        return StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Take down what stands for what."""
        note_module(module.__name__)


@contextmanager
def stand_ins(script: Path) -> Iterator[None]:
    """As long as the block runs, imports of other libraries' names find what glassnet has.

    A module of such a name that lies beside the script is the script's own. Afterwards every module is what it was.
    """
    roots = [root for root in ROOTS if not _lies_beside(script, root)]
    before = _take_out(roots)
    finder = Finder(roots)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        _take_out(roots)
        sys.modules.update(before)


def _take_out(roots: Sequence[str]) -> dict[str, ModuleType]:
    return {name: sys.modules.pop(name) for name in [*sys.modules] if name.partition(".")[0] in roots}


def _lies_beside(script: Path, root: str) -> bool:
    file = script.with_name(f"{root}.py")
    return (file != script and file.is_file()) or script.with_name(root).joinpath("__init__.py").is_file()


def missing(full: str) -> tuple[str, str]:
    """A message about a name that glassnet does not have, and a hint."""
    known = canonical(full)
    place, _, name = known.rpartition(".")
    hint = reason(known)
    try:
        getattr(face(place), name)
    except (AttributeError, ImportError) as error:  # glassnet.keras may have a hint of its own
        hint = hint or getattr(error, "hint", "")
    root, _, rest = known.partition(".")
    alike = [other.removeprefix(f"{root}.") for other in TABLE if other.startswith(f"{root}.")]
    return f"glassnet has nothing in place of {full}.", hint or nearest(rest, alike) or HAS.get(root, "")
