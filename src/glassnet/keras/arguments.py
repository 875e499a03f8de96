"""Arguments by the names that Keras has, or once had, for them; others are refused with the nearest name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Container
from functools import wraps
from typing import Any

from glassnet.checks import nearest
from glassnet.errors import ParameterError
from glassnet.keras.notes import note

Old = str | Callable[[Any], dict[str, Any]] | None  # the present name, what the old value becomes, or nothing


def keras_arguments(*more: str, **old: Old) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate a function or an `__init__` so that it takes old argument names too.

    Parameters
    ----------
    more : names that it takes through **.   old : the old name, and its present one, or a translation of its value, or
        None where it has no effect here.

    Raises
    ------
    ParameterError where the call has an argument that is not known, one twice, or one too few.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        signature = inspect.signature(function)
        of_class = function.__name__ == "__init__"
        plain = [name for name, one in signature.parameters.items() if one.kind != one.VAR_KEYWORD]
        known = [name for name in (*plain, *more) if name != "self" and not name.startswith("_")]

        @wraps(function)
        def call(*args: Any, **given: Any) -> Any:
            owner = type(args[0]).__name__ if of_class else function.__name__
            for name in list(given):
                if name in old:
                    _translate(owner, name, old[name], given)
                elif name not in known:
                    hint = nearest(name, [*known, *old]) or f"It takes {', '.join(known)}."
                    raise ParameterError(f"{owner} has no argument {name!r}.", hint)
            try:
                signature.bind(*args, **given)
            except TypeError as error:
                raise ParameterError(f"{owner}: {error}.", f"It takes {', '.join(known)}.") from None
            return function(*args, **given)

        return call

    return decorate


def _translate(owner: str, name: str, present: Old, given: dict[str, Any]) -> None:
    """Put the present argument in the place of an old one."""
    value = given.pop(name)
    if present is None:
        note(name, f"{owner}({name}=…) changes nothing here")
        return
    new = {present: value} if isinstance(present, str) else present(value)
    if isinstance(present, str):
        note(name, f"{owner}({name}=…) is read as {present}")
    else:
        meant = ", ".join(f"{key.lstrip('_')}={item!r:.40}" for key, item in new.items())
        note(name, f"{owner}({name}=…) is read as {meant}" if meant else f"{owner}({name}=…): the loss says so already")
    for key in new:
        if key in given:
            raise ParameterError(f"{owner} has both {name!r} and {key!r}, which mean the same.", f"Keep {key!r}.")
    given.update(new)


def only(owner: str, name: str, value: Any, allowed: tuple[Any, ...], hint: str = "") -> None:
    """Raise ParameterError where an argument of Keras has a value that glassnet does not offer."""
    if not any(value is one or value == one for one in allowed):
        raise ParameterError(f"{owner}: {name}={value!r:.60} is not offered here.", hint)


def refuse_change(owner: Any, name: str, value: Any, settings: Container[str]) -> None:
    """Raise ParameterError where a setting would be changed after the thing was made, which would have no effect."""
    if name in settings:
        kind = type(owner).__name__
        raise ParameterError(
            f"{kind}.{name} is told when it is made, and cannot be changed afterwards.",
            f"Make it anew: {kind}(…, {name}={value!r}).",
        )
