"""What a diagnosis finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from glassnet.explain.phrases import Found

NO_PIECES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Finding:
    """Something about a network that stands in its way.

    name : such as "dead-relu".   says : what it is, in one sentence.   evidence : the numbers that show it.
    shown : the evidence in words.   advice : what to try.
    """

    name: str
    says: str
    evidence: dict[str, Any]
    shown: str
    advice: str

    def to_document(self) -> dict[str, Any]:
        """The finding for JSON."""
        return {"name": self.name, "says": self.says, "evidence": self.evidence, "try": self.advice}


def finding(name: str, words: Found, pieces: Mapping[str, str] = NO_PIECES, **evidence: Any) -> Finding:
    """The finding that `words` tell of, with the evidence, and `pieces` of the advice, in their places."""
    written = {**pieces, **{key: _written(value) for key, value in evidence.items()}}
    says, shown, advice = (text.format(**written) for text in words)
    return Finding(name, says, evidence, shown, advice)


def _written(value: Any) -> Any:
    """Lists as people write them; texts and numbers have a format in the phrase."""
    return ", ".join(map(_item, value)) if isinstance(value, list) else value


def _item(value: Any) -> str:
    return f"({_written(value)})" if isinstance(value, list) else f"{value:.3g}"
