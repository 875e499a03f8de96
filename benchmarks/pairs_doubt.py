"""Learns how sure a sign that may be two digits is, from scans that neither network has learnt from: make pairs-doubt

It has to be learnt again whenever one of the two networks is another one. It needs the MNIST files.
"""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
from scipy.optimize import minimize

from benchmarks.drawn.joined import CLASSES, draw_signs
from benchmarks.drawn.touching import draw_pair
from benchmarks.pairs_model import learnt_and_held
from glassnet.arrays import Array
from glassnet.atomic import atomic_write
from glassnet.data import Dataset
from glassnet.descriptions import to_config
from glassnet.files import TrainedModel, boxed_digits
from glassnet.pictures import read_picture
from glassnet.pictures.attempt import read_glyphs
from glassnet.pictures.doubt import LEARNT, Doubt, learnt_doubt
from glassnet.pictures.segment import Box, Glyph
from glassnet.pictures.split import find_parts, is_suspect
from glassnet.pictures.touching import ask_pairs

SIGNS, PAIRS = 3_000, 300  # signs that weights are learnt from, pictures that the threshold is
FLAGGED = 0.07  # of pairs that are read rightly


def learn_weights(trained: TrainedModel, held: Dataset) -> Doubt:
    """The weights of the two opinions at which what is drawn is likeliest."""
    inks, names = zip(*draw_signs(held, SIGNS, seed=2), strict=True)
    y = np.array([CLASSES.index(name) for name in names])
    signs = read_glyphs(trained, [Glyph(Box(0, 0, *ink.shape[::-1]), ink) for ink in inks])
    asked = [number for number, sign in enumerate(signs) if is_suspect(sign)]
    pairs = ask_pairs([inks[number] for number in asked])
    digits = np.stack([find_parts(trained, signs[k], told).told for k, told in zip(asked, pairs, strict=True)])
    truth = (np.arange(len(asked)), y[asked])

    def unlikely(weights: Array) -> float:
        return -float(np.log(weighing(weights).pool(pairs, digits)[truth]).mean())

    found = minimize(unlikely, (0.8, 0.4), bounds=[(0, 5)] * 2)
    doubt = weighing(found.x)
    right = doubt.pool(pairs, digits).argmax(1) == y[asked]
    print(f"{len(asked)} signs: {right.mean():.4f} right, mean of -ln q {found.fun:.4f}", flush=True)
    return doubt


def weighing(weights: Array) -> Doubt:
    """These weights (2,), without a threshold."""
    return Doubt(float(weights[0]), float(weights[1]), sure=0.0)


def learn_threshold(trained: TrainedModel, held: Dataset) -> float:
    """How sure digits that touch are, but for the share FLAGGED of the pairs that are read rightly."""
    sure, right = np.empty(PAIRS), np.empty(PAIRS, bool)
    for seed in range(PAIRS):
        picture, truth = draw_pair(held, seed)
        reading = read_picture(trained, picture)
        doubtful = any(digit.doubtful for digit in reading.digits)  # for other reasons, as there is no threshold yet
        touching = [digit.confidence for digit in reading.digits if digit.touching]
        sure[seed], right[seed] = 0 if doubtful else min(touching, default=1.0), reading.lines == [truth]
    threshold = float(np.quantile(sure[right], FLAGGED))
    print(f"{PAIRS} pairs: {right.mean():.4f} right, of the others {(sure < threshold)[~right].mean():.4f} flagged")
    return threshold


def main() -> None:
    """Learn the weights, then the threshold, and write both into the package."""
    trained, (_, held) = boxed_digits(), learnt_and_held()
    write(learn_weights(trained, held))
    write(replace(learnt_doubt(), sure=learn_threshold(trained, held)))


def write(doubt: Doubt) -> None:
    """Put what was learnt into the package."""
    with atomic_write(LEARNT) as file:
        file.write(json.dumps(to_config(doubt), indent=2).encode() + b"\n")
    learnt_doubt.cache_clear()
    print(doubt, flush=True)


if __name__ == "__main__":
    main()
