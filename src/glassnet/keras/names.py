"""Names that a Keras user may ask for and that are not there; and modules that once had other names."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from glassnet.checks import nearest
from glassnet.errors import MissingNameError


def refusing(module: str, known: Iterable[str], instead: Mapping[str, str] | None = None) -> Callable[[str], NoReturn]:
    """The `__getattr__` of a module: says which name is missing, and what there is.

    Parameters
    ----------
    known : the names that the module has.   instead : for names of Keras that are not here, what to write.

    Raises
    ------
    MissingNameError, an ImportError, so that `from … import Name` shows it; AttributeError for names like __path__.
    """
    names = sorted(known)

    def refuse(name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        hint = (instead or {}).get(name) or nearest(name, names) or f"There are {', '.join(names)}."
        raise MissingNameError(f"{module} has no {name!r}.", hint)

    return refuse


def alias(module: str, *old: str) -> None:
    """Let the module be imported under names that Keras once had below it: layers.core is layers."""
    this: Any = sys.modules[module]
    for name in old:
        sys.modules[f"{module}.{name}"] = this
        setattr(this, name, this)
