"""What may be the cause where a training does not give the same bits again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from glassnet.reproduction.told import Told

MACHINE = {  # by cause, what the machine says of itself, and what people call it
    "versions": {
        "glassnet": "glassnet",
        "python": "Python",
        "numpy": "NumPy",
        "numba": "Numba",
        "llvmlite": "llvmlite",
        "blas": "BLAS",
        "system": "system",
    },
    "processor": {
        "processor": "processor",
        "blas_kernel": "BLAS kernel",
        "vector_instructions": "vector instructions",
    },
}
LONGEST = 100  # signs of what a receipt says


def machine_causes(told: Told, threads: int, machine: Mapping[str, Any]) -> dict[str, list[str]]:
    """By cause, what was otherwise when the model was trained: {"versions": ["NumPy 2.3.0 then, 2.4.1 now"]}."""
    causes = {
        cause: [
            _difference(label, told.machine.get(name), machine[name])
            for name, label in names.items()
            if told.machine.get(name) != machine[name]
        ]
        for cause, names in MACHINE.items()
    }
    causes["threads"] = [_difference("threads", told.threads, threads)] if told.threads != threads else []
    return {cause: lines for cause, lines in causes.items() if lines}


def seed_causes(told: Told, first_weights: str) -> dict[str, list[str]]:
    """Whether the training began from other weights: from another seed, or from some that no seed gives."""
    if told.first_weights in (None, first_weights):
        return {}
    return {"seed": [f"the first weights were not those that seed {told.recipe.seed} gives here"]}


def file_causes(parted: int | None, *, same_bits: bool) -> dict[str, list[str]]:
    """What in the file is not as the training left it, as far as the course of the training shows it.

    parted : the first epoch whose figures are not those in the file; None where all are the same.
    """
    if parted is not None:
        return {"settings": [f"epoch {parted} went otherwise, so recipe or network are not those of the training"]}
    return {} if same_bits else {"weights": ["every epoch went as it did then, so they were changed afterwards"]}


def _difference(label: str, then: Any, now: Any) -> str:
    if isinstance(then, list) and isinstance(now, list):
        lost, new = [str(one) for one in then if one not in now], [str(one) for one in now if one not in then]
        return f"{label} {_listed(lost)} only then, {_listed(new)} only now"
    return f"{label} {_named(then)} then, {_named(now)} now"


def _listed(names: list[str]) -> str:
    return _short(" ".join(names)) if names else "none"


def _named(value: Any) -> str:
    return "not known" if value is None else _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
