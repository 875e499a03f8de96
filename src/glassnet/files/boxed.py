"""The network in the box: digits, trained by this program; making/digits_model.py makes it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from glassnet.files.model_file import load
from glassnet.files.trained import TrainedModel

DIGITS_MODEL = Path(__file__).with_name("digits.safetensors")
MADE_BY = "make digits-model"  # as its receipt says under "command"


@cache
def boxed_digits() -> TrainedModel:
    """The network that reads digits where no other is named; the same one for every caller."""
    return load(DIGITS_MODEL)
