"""Engines by the names that stand in receipts and are given to commands."""

from __future__ import annotations

from collections.abc import Callable

from glassnet.checks import check_choice
from glassnet.engines.engine import Engine
from glassnet.engines.reference import Reference

ENGINES: dict[str, Callable[[], Engine]] = {Reference.name: Reference}


def choose_engine(name: str) -> Engine:
    """The engine of that name; ParameterError, with those that there are, where there is none."""
    check_choice("choose_engine", "engine", name, ENGINES)
    return ENGINES[name]()
