"""What was found out about data, as one object for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from glassnet.cli.check_report import called
from glassnet.inspection import Inspection, Place, Twins

if TYPE_CHECKING:
    from glassnet.data import Parts


def inspection_document(parts: Parts, found: Inspection, notes: Sequence[str] = ()) -> dict[str, Any]:
    """All that was found, for JSON."""

    def named(place: Place) -> dict[str, Any]:
        return {"called": called(parts, place), **place._asdict()}

    def pairs(twins: Twins) -> dict[str, Any]:
        return {
            "leaks": [[named(one), named(other)] for one, other in twins.leaks],
            "contradictions": [[named(one), named(other)] for one, other in twins.contradictions],
            "repeats": twins.repeats,
        }

    return {
        "data": parts.train.name,
        "train": len(parts.train),
        "test": len(parts.test) if found.tested else 0,
        "sample_shape": list(parts.train.sample_shape),
        "notes": [*notes, *parts.train.notes],
        "classes": [{"class": label, "train": train, "test": test} for label, (train, test) in found.counts.items()],
        "imbalance": found.imbalance,
        "equal": pairs(found.equal),
        "alike": None if found.alike is None else pairs(found.alike),
        "checked": found.checked,
        "suspects": [{"called": called(parts, Place("train", one.number)), **one._asdict()} for one in found.suspects],
        "majority": found.majority,
        "baseline": found.baseline,
        "nearest": None if found.nearest is None else asdict(found.nearest),
    }
