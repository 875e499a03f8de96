"""Corrected pictures, kept beside a model in a folder of PNGs and an index.

The folder of model.safetensors is model.safetensors.corrections. Each picture lies there as the network sees it, under
a name made of its content; index.json lists them in the order in which they came: file, label, where it came from, and
what the network had said.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from glassnet.arrays import Array, Shape
from glassnet.atomic import atomic_write
from glassnet.data.labels import Label
from glassnet.errors import DataError, DataFileError, OutputError

INDEX = "index.json"
NAME = re.compile(r"[0-9a-f]{16}\.png")
HINT = "Take the folder away, and correct the pictures again."


@dataclass(frozen=True)
class Correction:
    """A picture (H, W, C) uint8 as the network sees it, what it is, where it came from, and what the network said."""

    picture: Array = field(repr=False, compare=False)
    label: Label
    source: str
    answered: Label

    @property
    def file(self) -> str:
        """The name of its PNG, made of its content."""
        shape = str(self.picture.shape).encode()
        return f"{hashlib.sha256(shape + self.picture.tobytes()).hexdigest()[:16]}.png"


class Corrections:
    """The corrections beside a model.

    Parameters
    ----------
    model : the file whose corrections they are; it need not be there.   classes : that labels are among.
    shape : of a picture, (H, W, 1) or (H, W, 3).

    Raises
    ------
    DataError where samples of that shape are no pictures; DataFileError where the folder holds something else.
    """

    def __init__(self, model: Path, classes: Sequence[Label], shape: Shape) -> None:
        if len(shape) != 3 or shape[2] not in (1, 3):
            raise DataError(
                f"{str(model)!r} does not learn from pictures: its samples have the shape {shape}.",
                "Corrections are kept as pictures.",
            )
        self.folder = model.with_name(f"{model.name}.corrections")
        self.classes, self.shape = tuple(classes), shape
        self.items = self._read()

    def add(self, correction: Correction) -> Correction | None:
        """Keep a correction, in place of an older one of the same picture, which is given back.

        Raises
        ------
        OutputError where it cannot be written; everything is then as it was.
        """
        from PIL import Image

        old = next((one for one in self.items if one.file == correction.file), None)
        pixels = correction.picture[..., 0] if self.shape[2] == 1 else correction.picture
        try:
            self.folder.mkdir(exist_ok=True)
        except OSError as error:
            raise OutputError(f"Cannot make the folder {str(self.folder)!r}: {error.strerror}.") from error
        with atomic_write(self.folder / correction.file) as file:
            Image.fromarray(pixels).save(file, "PNG")
        self._write([*(one for one in self.items if one is not old), correction])
        return old

    def undo(self) -> Correction:
        """Forget the latest correction, and give it back; DataError where there is none."""
        if not self.items:
            raise DataError(f"There are no corrections in {str(self.folder)!r}, so none can be undone.")
        last = self.items[-1]
        self._write(self.items[:-1])
        with suppress(OSError):  # a picture that the index does not know harms nobody
            (self.folder / last.file).unlink()
        return last

    def copy_to(self, model: Path) -> None:
        """Keep the same corrections beside another model too, instead of those that lie there."""
        other = Corrections(model, self.classes, self.shape)
        if other.folder.resolve() != self.folder.resolve():
            other.items = []
            for one in self.items:
                other.add(one)

    def _write(self, items: list[Correction]) -> None:
        listed = [
            {"file": one.file, "label": one.label, "source": one.source, "answered": one.answered} for one in items
        ]
        with atomic_write(self.folder / INDEX) as file:
            file.write(json.dumps({"corrections": listed}, indent=1).encode())
        self.items = items

    def _read(self) -> list[Correction]:
        path = self.folder / INDEX
        if not path.exists():
            return []
        try:
            listed = json.loads(path.read_bytes())["corrections"]
            return [self._correction(**one) for one in listed]
        except (OSError, SyntaxError, ValueError, TypeError, KeyError, RecursionError) as error:
            raise DataFileError(f"Cannot read {str(path)!r} as corrections: {error!s:.300}.", HINT) from error

    def _correction(self, file: str, label: Label, source: str, answered: Label) -> Correction:
        """One entry of the index, checked: anybody may have written there."""
        from PIL import Image

        if not isinstance(file, str) or not NAME.fullmatch(file):
            raise ValueError(f"{file!r:.100} is no name of a picture")
        for one in (label, answered):
            if type(one) not in (str, int, float) or one not in self.classes:
                raise ValueError(f"{file} has the label {one!r:.100}, which the network does not know")
        with Image.open(self.folder / file, formats=("PNG",)) as picture:
            if picture.size != (self.shape[1], self.shape[0]):
                raise ValueError(f"{file} has {picture.width}×{picture.height} pixels")
            found = Correction(np.asarray(picture).reshape(self.shape), label, str(source), answered)
        if found.file != file:
            raise ValueError(f"{file} is not the picture that was corrected")
        return found
