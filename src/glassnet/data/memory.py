"""How much memory pictures of one's own may take at a time, however many and however large they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import ceil
from threading import Condition

from glassnet.checks import check_integer
from glassnet.errors import ParameterError

MEGABYTE = 10**6
MOST = 1500 * MEGABYTE  # bytes, unless somebody says otherwise: enough for any picture of 50 million pixels
LEAST = 64 * MEGABYTE

_allowed = ContextVar("_allowed", default=MOST)


@contextmanager
def picture_memory(most: int) -> Iterator[None]:
    """Inside, pictures of a folder take at most so many bytes at a time: 64 million or more. Elsewhere 1.5 billion.

    These are all that are being decoded, in every thread; those decoded that wait to be written down; and the parts of
    the cache's file that a training has in memory. Beside it stand what the program and a batch of the network take,
    and the names of the files.

    Raises
    ------
    ParameterError where `most` is too little, or no whole number; inside, for a picture that would take more.
    """
    check_integer("picture_memory", "most", most, LEAST, 2**63 - 1)
    token = _allowed.set(most)
    try:
        yield
    finally:
        _allowed.reset(token)


def allowed() -> int:
    """The bytes that pictures may take at a time, here and now."""
    return _allowed.get()


class Room:
    """Memory that threads share: who needs some of it waits until there is so much.

    Parameters
    ----------
    share : what it has of the memory that is allowed; others have the rest.
    """

    def __init__(self, share: float = 1.0) -> None:
        self.share, self.size = share, int(share * allowed())
        self.free = self.size
        self.changed = Condition()

    @contextmanager
    def lent(self, what: str) -> Iterator[Callable[[int], None]]:
        """A function that takes bytes for `what`, once; they are given back at the end.

        It raises ParameterError where they are more than there is at all.
        """
        taken = 0

        def take(needed: int) -> None:
            nonlocal taken
            if needed > self.size:
                raise ParameterError(
                    f"Decoding {what} takes {ceil(needed / MEGABYTE):,} MB of memory; {self.size // MEGABYTE:,} MB are "
                    "there for it.",
                    f"Allow more with --memory {ceil(needed / self.share / MEGABYTE)}MB, or make the picture smaller.",
                )
            with self.changed:
                self.changed.wait_for(lambda: self.free >= needed)
                self.free -= needed
            taken = needed

        try:
            yield take
        finally:
            with self.changed:
                self.free += taken
                self.changed.notify_all()
