"""For programs: the structure as it is, exact numbers and all."""

from __future__ import annotations

from dataclasses import asdict
from json import dumps
from math import isfinite
from typing import Any

from glassnet.explain.structure import Explanation


def json(explanation: Explanation) -> str:
    """One JSON object in ASCII; null where a number is not finite."""
    return dumps(_finite(asdict(explanation)), allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not isfinite(value) else value
