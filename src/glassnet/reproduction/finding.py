"""Finding the data that a model learnt from: by name, and known by their fingerprint."""

from __future__ import annotations

import os
from pathlib import Path

from glassnet.data import BUILT_IN, Dataset, Parts, is_archive, load_again, load_data
from glassnet.errors import DataError
from glassnet.files import TrainedModel
from glassnet.files.boxed import MADE_BY
from glassnet.reproduction.told import read_receipt

HINT = "Say where the data of then lie: --data FOLDER."
DOWNLOADED = "mnist"  # is not tried for models that do not name it


def find_data(trained: TrainedModel, source: str | None = None, beside: Path = Path()) -> Dataset:
    """The samples that `trained` learnt from, as `find_parts` finds them."""
    return find_parts(trained, source, beside).train


def find_parts(trained: TrainedModel, source: str | None = None, beside: Path = Path()) -> Parts:
    """What `trained` learnt from, of which its receipt holds name and fingerprint, with the samples to test with.

    Parameters
    ----------
    source : what to read, as in load_data. None: the data set or the folder that has the name in the receipt, here or
        in the folder `beside`, then the other built-in sets.

    Raises
    ------
    DataError where there are none, or only others, with both fingerprints.
    """
    told = read_receipt(trained)
    if source is None and trained.receipt.get("command") == MADE_BY:
        raise DataError(
            "The network in the box learnt from MNIST's scans, printed digits and strangers, which were drawn for it.",
            f"In glassnet's own folder '{MADE_BY}' draws them again, and trains, once digits.safetensors is removed.",
        )
    named = _places(told.name, beside) if source is None else [source]
    others = [name for name in BUILT_IN if name not in (*named, DOWNLOADED)] if source is None else []
    misfits: list[str] = []
    failures: list[str] = []
    for place in (*named, *others):
        try:
            parts = _read(place, trained, told.recipe.seed)
        except DataError as error:
            failures.append(error.message)
            continue
        if parts.train.fingerprint == told.fingerprint:
            return parts
        if place in named:
            misfits.append(
                f"{place!r} is not what this model learnt from: its fingerprint is {parts.train.fingerprint}, "
                f"that in the receipt {told.fingerprint:.100}."
            )
    failures.append(f"There is no data set {told.name!r:.100} here.")
    raise DataError((misfits + failures)[0], HINT)


def _read(place: str, trained: TrainedModel, seed: int) -> Parts:
    """What there is at `place`; of a table the columns that the network expects."""
    if trained.preparation.columns and os.path.isfile(place) and not is_archive(place):
        return load_again(place, seed, trained.preparation, trained.classes)[0]
    return load_data(place, seed, trained.fit)


def _places(name: str, beside: Path) -> list[str]:
    """Where data of that name may lie; no path in it is followed, as a file may come from anybody."""
    plain = name not in ("", ".", "..") and not set(name) & {"/", "\\", "\0"}
    folders = [os.path.join(place, name) for place in dict.fromkeys((Path(), beside))] if plain else []
    return [name, *folders] if name in BUILT_IN else folders
