"""Opening a model file for a command that asks it for answers."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glassnet.files import TrainedModel


def load_healthy(path: Path) -> TrainedModel:
    """The trained network in a file; ModelFileError where its answers would mean nothing."""
    from glassnet.errors import ModelFileError
    from glassnet.files import ModelWarning, load

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ModelWarning)  # said as an error, below
        trained = load(path)
    if not trained.healthy:
        raise ModelFileError(
            f"{str(path)!r} holds weights that are not finite numbers, so its answers would mean nothing.",
            "Train it again.",
        )
    return trained
