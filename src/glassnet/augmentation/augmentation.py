"""All changes of a picture, drawn for each sample of each epoch, done in one resampling."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from glassnet.arrays import Array, Shape
from glassnet.augmentation.elastic import Elastic
from glassnet.augmentation.moves import Flip, Rotate, Shear, Shift, Zoom
from glassnet.augmentation.pixels import Brightness, Stroke
from glassnet.errors import DataError, ParameterError
from glassnet.randomness import Purpose, uniform, words

Move = Shift | Rotate | Zoom | Shear | Flip
Change = Move | Elastic | Stroke | Brightness
CHANGES: dict[str, type[Change]] = {
    kind.__name__: kind for kind in (Shift, Rotate, Zoom, Shear, Flip, Elastic, Stroke, Brightness)
}
PIXELS = 2**18  # of the pictures that are changed at a time, so that their maps stay in the processor's cache


@dataclass(frozen=True)
class Augmentation:
    """Pictures changed a little, so that a network learns what does not matter.

    Parameters
    ----------
    changes : what is done. All moves and bends become one map, by which a picture is resampled once; then come the
        changes of its pixels, in order. What comes in from beyond the edge is what lies inside, as in a mirror.

    Raises
    ------
    ParameterError for anything else.
    """

    changes: tuple[Change, ...]

    def __post_init__(self) -> None:
        if not isinstance(self.changes, tuple) or not all(
            isinstance(one, tuple(CHANGES.values())) for one in self.changes
        ):
            raise ParameterError(
                f"Augmentation: changes must be a tuple of {', '.join(CHANGES)}. Got {self.changes!r:.100}."
            )

    def __call__(self, pictures: Array, rows: Array, epoch: int, seed: int) -> Array:
        """The pictures of `epoch`: the same for a seed in whatever company and on whatever thread they are made.

        Shapes    pictures (n, H, W, C) uint8, C from 1 to 4   ->   the same
        rows      (n,) which sample of the data set each is
        Raises    DataError for anything but such pictures.
        """
        check_pictures(pictures)
        changed = np.empty_like(pictures)
        step = max(1, PIXELS // (pictures.shape[1] * pictures.shape[2]))
        for start in range(0, len(pictures), step):
            part = slice(start, start + step)
            changed[part] = self._change(pictures[part], self._numbers(rows[part], epoch, seed))
        return changed

    def _numbers(self, rows: Array, epoch: int, seed: int) -> list[Array]:
        """For each change its random numbers, (n, numbers)."""
        ends = np.cumsum([0, *(change.numbers for change in self.changes)])
        drawn = uniform(words(seed, Purpose.AUGMENTATION, rows, epoch, int(ends[-1])))
        return [drawn[:, start:end] for start, end in pairwise(ends)]

    def _change(self, pictures: Array, numbers: list[Array]) -> Array:
        shape = pictures.shape[1:3]
        places = np.broadcast_to(np.eye(3), (len(pictures), 3, 3))
        bend = np.zeros((1, 2, 1, 1), np.float32)
        for change, u in zip(self.changes, numbers, strict=True):
            if isinstance(change, Move):
                places = change.matrices(u, shape) @ places
            elif isinstance(change, Elastic):
                bend = bend + change.displacements(u, shape)
        pictures = resample(pictures, origins(places, shape) + bend)
        for change, u in zip(self.changes, numbers, strict=True):
            if isinstance(change, (Stroke, Brightness)):
                pictures = change.change(pictures, u)
        return pictures


def check_pictures(x: Array) -> None:
    """Raise DataError unless x is pictures that can be augmented, (N, H, W, C) uint8."""
    if x.ndim != 4 or x.dtype != np.uint8 or x.shape[3] > 4:
        raise DataError(
            f"Augmentation is for pictures, (N, height, width, up to 4 channels) of uint8. Got {x.shape} of {x.dtype}.",
            "Train other samples without: --augment none.",
        )


def origins(matrices: Array, shape: Shape) -> Array:
    """Where each pixel's colour comes from when the matrices (n, 3, 3) move pictures, (n, 2, H, W) float32: x and y."""
    height, width = shape
    middle = (width - 1) / 2, (height - 1) / 2
    y, x = np.mgrid[:height, :width].reshape(2, -1).astype(np.float32)
    grid = np.stack([x - middle[0], y - middle[1], np.ones_like(x)])
    back = np.linalg.inv(matrices)[:, :2]
    back[:, :, 2] += middle
    return (back.astype(np.float32) @ grid).reshape(-1, 2, height, width)


def resample(pictures: Array, places: Array) -> Array:
    """The pictures (n, H, W, C) with the colours at `places` (n, 2, H, W), between pixels by linear interpolation."""
    import cv2

    found = np.empty_like(pictures)
    for picture, (x, y), into in zip(pictures, places, found, strict=True):
        cv2.remap(picture, x, y, cv2.INTER_LINEAR, into, cv2.BORDER_REFLECT_101)
    return found


AUGMENTATIONS: dict[str, Augmentation] = {
    "digits": Augmentation((Zoom(0.12), Shear(0.12), Rotate(10.0), Shift(0.06), Elastic(0.015), Stroke(0.2))),
    "pictures": Augmentation(
        (Zoom(0.1), Shear(0.05), Rotate(10.0), Shift(0.08), Flip(), Elastic(0.01), Brightness(0.15))
    ),
}
