"""Samples that are there twice: the very same ones, and pictures that differ by hardly more than noise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np

from glassnet.arrays import Array

Pictures = Sequence[Array] | Array  # (H, W, C) each, of one size

BLOCK = 512  # pictures at a time
SMALL = 8  # side of the pictures that are compared first
LIKE = (
    0.985  # the least correlation of two pictures that are alike: other sizes, files and lights of one picture keep it
)


def equal_samples(samples: Iterable[Array]) -> Array:
    """(P, 2) numbers of samples that are the same: each with the first one that it repeats."""
    first: dict[bytes, int] = {}
    pairs = []
    for number, sample in enumerate(samples):
        one = first.setdefault(blake2b(np.ascontiguousarray(sample).tobytes(), digest_size=16).digest(), number)
        if one != number:
            pairs.append((one, number))
    return np.array(pairs, np.int64).reshape(-1, 2)


def alike_pictures(pictures: Pictures, least: float = LIKE) -> Array:
    """(P, 2) numbers of pictures (H, W, C) of one size that are alike, but not the same: each with the likest one.

    Alike are pictures that correlate by `least` or more, so that neither light nor contrast matters: made small first,
    then as they are. Two small ones, made unit vectors, correlate by 1 − d²/2 where d is their distance, and along any
    direction they lie no farther apart: sorted along the one in which pictures differ most, each has to be compared
    with a few others only.
    """
    vectors = unit_vectors(shrink(pictures, SMALL))
    along = vectors @ np.linalg.eigh(np.atleast_2d(np.cov(vectors.T, ddof=0)))[1][:, -1].astype(np.float32)
    order = np.argsort(along, kind="stable")
    along, vectors = along[order], vectors[order]
    reach = np.sqrt(2 - 2 * least)
    pairs = []
    for start in range(0, len(order), BLOCK):
        here = slice(start, start + BLOCK)
        end = int(np.searchsorted(along, along[here][-1] + reach, "right"))
        likeness = vectors[here] @ vectors[start:end].T
        likeness[np.tri(*likeness.shape, dtype=np.bool_)] = -1  # itself, and pairs that were seen already
        partner = likeness.argmax(1)
        rows = np.flatnonzero(likeness[np.arange(len(partner)), partner] >= least)
        pairs.append(np.stack([order[start + rows], order[start + partner[rows]]], 1))
    found = np.sort(np.concatenate(pairs), 1)
    found = found[np.lexsort(found.T[::-1])]
    return found[_alike(pictures, found, least)]


def shrink(pictures: Pictures, side: int) -> Array:
    """Pictures (H, W, C) of one size in grey, at most `side` × `side`, as float32 (N, h, w)."""
    import cv2

    height, width = (min(side, length) for length in pictures[0].shape[:2])
    grey = (np.asarray(picture, np.float32).mean(2) for picture in pictures)
    return np.stack([cv2.resize(one, (width, height), interpolation=cv2.INTER_AREA) for one in grey])


def _alike(pictures: Pictures, pairs: Array, least: float) -> Array:
    """(P,): which pairs correlate as they are, and are not the same."""
    found = np.zeros(len(pairs), bool)
    for start in range(0, len(pairs), BLOCK):
        part = slice(start, start + BLOCK)
        one, other = (np.stack([pictures[number] for number in numbers]) for numbers in pairs[part].T)
        same = (one == other).reshape(len(one), -1).all(1)
        found[part] = ((unit_vectors(one) * unit_vectors(other)).sum(1) >= least) & ~same
    return found


def unit_vectors(pictures: Array) -> Array:
    """(N, D) float32, each with mean 0 and length 1; 0 where a picture has one colour throughout."""
    flat = pictures.reshape(len(pictures), -1).astype(np.float32)
    flat -= flat.mean(1, keepdims=True)
    lengths = np.linalg.norm(flat, axis=1, keepdims=True)
    return flat / np.where(lengths > 0, lengths, 1)
