"""What a person is told of a folder of pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from glassnet.arrays import Array
from glassnet.data.picture_folder.arranging import Arrangement
from glassnet.data.picture_folder.decoding import Picture
from glassnet.data.picture_folder.listing import Listing, listed
from glassnet.preparation import Fit

SHOWN_CLASSES = 10


@dataclass
class Findings:
    """What decoding all files brought to light; files go by their numbers.

    good : those that could be read, with a number for the pixels of each in `digests`.   failures : of the others, why.
    """

    good: list[int] = field(default_factory=list)
    digests: list[int] = field(default_factory=list)
    failures: dict[int, str] = field(default_factory=dict)
    framed: list[int] = field(default_factory=list)
    smallest: tuple[int, int] | None = None
    largest: tuple[int, int] = (0, 0)

    def note(self, number: int, picture: Picture, digest: bytes) -> None:
        """Take a picture down."""
        self.good.append(number)
        self.digests.append(int.from_bytes(digest))
        if picture.several_frames:
            self.framed.append(number)
        area = np.prod(picture.size)
        if self.smallest is None or area < np.prod(self.smallest):
            self.smallest = picture.size
        if area > np.prod(self.largest):
            self.largest = picture.size

    def all_as(self, fit: Fit) -> bool:
        """Whether no picture had to be scaled."""
        return self.smallest == self.largest == (fit.height, fit.width)


def told(
    listing: Listing, fit: Fit, found: Findings, names: Sequence[str], labels: Array, arranged: Arrangement
) -> list[str]:
    """What stands at the beginning of a training."""
    counts = np.bincount(labels, minlength=len(listing.classes))
    shown = [f"{label} {count:,}" for label, count in zip(listing.classes, counts, strict=True)][:SHOWN_CLASSES]
    more = f" and {len(counts) - len(shown):,} more" if len(counts) > len(shown) else ""
    learnt, tested = len(arranged.train), len(arranged.test)
    how = "as the folder has them" if listing.tested else "divided by what they show"
    lines = [
        f"{len(labels):,} pictures of {len(counts):,} classes: {', '.join(shown)}{more}.",
        _sizes(fit, found),
        f"{learnt:,} are to learn from, {tested:,} for the test, {how}.",
    ]
    if len(arranged.copies):
        lines.append(
            f"{_several(len(arranged.copies), 'copy', 'copies')} left out, so that no picture is on both sides or "
            f"counts twice: {listed([names[k] for k in arranged.copies])}."
        )
    if found.framed:
        framed = [listing.files[k].name for k in found.framed]
        lines.append(f"Of files with several frames the first is taken: {listed(framed)}.")
    if listing.others:
        lines.append(f"No pictures of a class, and passed over: {listed(listing.others)}.")
    return lines


def warned(listing: Listing, found: Findings, names: Sequence[str], arranged: Arrangement) -> list[str]:
    """What is left out although it was meant to be learnt from."""
    warnings = []
    if found.failures:
        some = [f"{listing.files[k].name} ({reason})" for k, reason in found.failures.items()]
        of = f"of {len(listing.files):,} pictures"
        warnings.append(f"{len(some):,} {of} cannot be read and {_are(len(some))} left out: {listed(some)}.")
    if len(arranged.contradictions):
        some = [names[k] for k in arranged.contradictions]
        warnings.append(f"{len(some):,} pictures lie in two classes and are left out: {listed(some)}.")
    return warnings


def _sizes(fit: Fit, found: Findings) -> str:
    colour = "in colour" if fit.channels > 1 else "in grey"
    if found.all_as(fit):
        return f"All are {_across(fit.shape)} pixels, and the network sees them so, {colour}."
    smallest = found.smallest or found.largest
    span = f"{_across(smallest)} to {_across(found.largest)}" if smallest != found.largest else _across(smallest)
    return f"They are {span} pixels large; the network sees them {colour}, fitted into {_across(fit.shape)}."


def _across(size: Sequence[int]) -> str:
    """Width by height, as people say it."""
    return f"{size[1]}×{size[0]}"


def _several(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many} {_are(count)}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
