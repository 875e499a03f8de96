"""Decoding many picture files, in threads, in their order, in as much memory as pictures may take."""

from __future__ import annotations

import os
import warnings
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from math import prod

import numpy as np

from glassnet.arrays import Array
from glassnet.data.memory import Room, allowed
from glassnet.data.picture_file import decode, least_side
from glassnet.errors import DataFileError
from glassnet.preparation import Fit

CHUNK = 8  # pictures that a thread takes at a time: so many small ones are worth the handing over
AHEAD = 3  # chunks a thread that may wait to be fetched, so that memory does not grow with the folder,
WAITING = 1 / 4  # nor take more than this share of what pictures may; what is being decoded has the rest


@dataclass(frozen=True)
class Picture:
    """A picture that was read: its pixels (height, width, channels) as fitted, its own size, whether it has frames."""

    pixels: Array = field(repr=False)
    size: tuple[int, int]
    several_frames: bool


@dataclass(frozen=True)
class Failure:
    """Why a file was not read."""

    reason: str


def decoded(paths: Sequence[str], fit: Fit) -> Generator[Picture | Failure]:
    """What came of each file, in order; a few are decoded ahead, whatever their number.

    Raises
    ------
    ParameterError where one picture would take more memory than all may, see `picture_memory`.
    """
    threads = os.cpu_count() or 1
    waits, room = int(WAITING * allowed()), Room(1 - WAITING)
    chunk_size = max(1, min(CHUNK, waits // prod(fit.shape)))
    ahead = min(AHEAD * threads, waits // (chunk_size * prod(fit.shape)))
    chunks = (paths[start : start + chunk_size] for start in range(0, len(paths), chunk_size))
    waiting: deque[Future[list[Picture | Failure]]] = deque()
    with warnings.catch_warnings(), ThreadPoolExecutor(threads) as pool:
        warnings.simplefilter("ignore")  # Pillow remarks on what it reads all the same
        try:
            for chunk in chunks:
                waiting.append(pool.submit(_decode_all, chunk, fit, room))
                if len(waiting) > ahead:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # whoever leaves early waits for no chunk that is not begun


def _decode_all(paths: Sequence[str], fit: Fit, room: Room) -> list[Picture | Failure]:
    return [_decode(path, fit, room) for path in paths]


def _decode(path: str, fit: Fit, room: Room) -> Picture | Failure:
    try:
        with room.lent(repr(path)) as take:
            opened = decode(path, least_side(fit), take=take)
            return Picture(fit(np.asarray(opened.picture)), opened.size, opened.several_frames)
    except DataFileError as error:
        said = error.message.removeprefix(f"Cannot read {path!r} as a picture: ").removeprefix(f"{path!r} ")
        return Failure(said.rstrip("."))
    except MemoryError:
        return Failure("it is too large for the memory")
