"""Ways to look at a picture, from which the reading that makes most sense is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from glassnet.arrays import Array
from glassnet.pictures.clutter import without_hairs, without_rules
from glassnet.pictures.ink import find_ink
from glassnet.pictures.sheet import find_sheet

WIDESTS = 0.1, 0.25, 0.04, 0.5  # of the longer side: the widest stroke; the last for a picture that is cut to one digit
QUICK, FULL = 800, 2000  # pixels of the longer side: to find out which look is best, and to read


@dataclass(frozen=True)
class Look:
    """One way to look: on the whole picture or the sheet that lies in it, for dark ink or light, up to which width of
    strokes, whether hairs are left in, and how finely: pixels of the longer side."""

    widest: float = WIDESTS[0]
    light: bool = False
    sheet: bool = False
    hairs: bool = True
    side: int = QUICK

    @property
    def words(self) -> str:
        """The look in words."""
        return ", ".join(
            [
                f"{'light' if self.light else 'dark'} strokes up to {self.widest:.0%} of the picture",
                *["the sheet alone"] * self.sheet,
                *["without hairs"] * (not self.hairs),
            ]
        )

    def ink(self, grey: Array) -> Array:
        """The ink (H, W) float32 that is seen in a grey picture (H, W) uint8; none where it has no sheet."""
        found = find_sheet(grey) if self.sheet else None
        if self.sheet and found is None:
            return np.zeros(grey.shape, np.float32)
        if found is None:
            ink = find_ink(grey, widest=self.widest, light=self.light)
        else:
            box, mask = found
            part = grey[box.top : box.bottom, box.left : box.right]
            part = np.where(mask, part, np.median(part[mask])).astype(np.uint8)
            ink = np.zeros(grey.shape, np.float32)
            ink[box.top : box.bottom, box.left : box.right] = mask * find_ink(
                part, widest=self.widest, light=self.light
            )
        ink = without_rules(ink)
        return ink if self.hairs else without_hairs(ink)


def looks() -> Iterator[Look]:
    """All ways to look that are tried one after the other, the commonest first."""
    for sheet in (False, True):
        for widest in WIDESTS[: 2 if sheet else None]:  # the strokes of a small sheet are wide on it
            for light in (False, True):
                yield Look(widest, light, sheet)
