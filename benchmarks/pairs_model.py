"""Trains the network that tells one digit from two that touch, on pairs of MNIST's training digits:

    python -m benchmarks.pairs_model --out pairs.safetensors

110 classes: 0 to 9, and 00 to 99. It needs the MNIST files; every sample follows from a seed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np

from glassnet.arrays import Array
from glassnet.data import Dataset, load_data
from glassnet.files import claim
from glassnet.losses import CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.notation import parse_network
from glassnet.optimizers import Adam, OneCycle
from glassnet.pictures.touching import FRAME
from glassnet.preparation import Preparation, Scale
from glassnet.recipe import Recipe
from glassnet.session import Session

SAMPLES, SINGLES = 150_000, 0.25
NET = "conv16 relu pool conv32 relu pool flatten dense96 relu dropout0.5 dense110"
CLASSES = tuple([str(digit) for digit in range(10)] + [f"{pair:02}" for pair in range(100)])
FINE = 3  # a scan's pixel is drawn as so many


def draw_samples(digits: Dataset, count: int, seed: int) -> Dataset:
    """Signs of one digit or two that touch, as the network sees them, (count, S, S, 1) uint8."""
    rng = np.random.default_rng([seed, 4])
    x, y = np.empty((count, FRAME.size, FRAME.size, 1), np.uint8), np.empty(count, np.int64)
    for number in range(count):
        first, second = rng.integers(len(digits), size=2)
        ink, label = varied(digits.x[first, :, :, 0], rng), int(digits.y[first])
        if rng.random() >= SINGLES:
            ink, label = (
                joined(ink, varied(digits.x[second, :, :, 0], rng), rng),
                10 + 10 * label + int(digits.y[second]),
            )
        x[number], y[number] = FRAME(ink), label
    return Dataset("touching digits", x, y, CLASSES, Preparation((FRAME,), Scale(1 / 255)))


def varied(scan: Array, rng: np.random.Generator) -> Array:
    """A scan as ink (H, W), larger, a little turned, slanted and stretched, its edges soft or hard, cropped."""
    move = np.eye(2) * rng.uniform(0.85, 1.15, 2) + np.array([[0, 1], [-1, 0]]) * rng.normal(0, 0.08)
    move = FINE * (move + np.array([[0, 1], [0, 0]]) * rng.normal(0, 0.1))
    middle = np.array([14.0, 14.0])
    whole = np.column_stack([move, 40 * FINE / 2 - move @ middle])
    large = cv2.warpAffine(scan.astype(np.float32) / 255, whole, (40 * FINE, 40 * FINE), flags=cv2.INTER_CUBIC)
    ink = np.clip((large - rng.uniform(0.35, 0.6)) / rng.uniform(0.2, 0.9) + 0.5, 0, 1)
    rows, columns = np.flatnonzero((ink >= 0.5).any(1)), np.flatnonzero((ink >= 0.5).any(0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if rows.size else ink[:FINE, :FINE]


def joined(first: Array, second: Array, rng: np.random.Generator) -> Array:
    """Two digits beside each other on about one line, their boxes or their strokes overlapping by up to 3 pixels."""
    down = round(rng.normal(0, 2 * FINE)) + (len(first) - len(second)) // 2
    top = max(0, -down)
    height = max(top + len(first), top + down + len(second))
    left, right = np.zeros((height, first.shape[1]), np.float32), np.zeros((height, second.shape[1]), np.float32)
    left[top : top + len(first)], right[top + down : top + down + len(second)] = first, second
    overlap = rng.uniform(0, 3.3) * FINE
    if rng.random() < 0.4:  # strokes that meet, where the one reaches under the other
        both = (left >= 0.5).any(1) & (right >= 0.5).any(1)
        free = (left[:, ::-1] >= 0.5).argmax(1) + (right >= 0.5).argmax(1)
        overlap += int(free[both].min()) if both.any() else 0
    shift = max(FINE, left.shape[1] - round(overlap))
    ink = np.zeros((height, max(left.shape[1], shift + right.shape[1])), np.float32)
    ink[:, : left.shape[1]] = left
    ink[:, shift : shift + right.shape[1]] = np.maximum(ink[:, shift : shift + right.shape[1]], right)
    return ink


def main() -> None:
    """Draw the samples, train, write the model."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--samples", type=int, default=SAMPLES)
    asked.add_argument("--epochs", type=int, default=10)
    options = asked.parse_args()
    data = draw_samples(load_data("mnist").train, options.samples, seed=0)
    recipe = Recipe(CategoricalCrossentropy(), Adam(0.002, schedule=OneCycle()), options.epochs, 128, validation=0.05)
    network = Sequential([*parse_network(NET), *parse_network("softmax")], data.sample_shape)
    with claim(options.out):
        session = Session(network, data, recipe, options.out, force=True)
        for event in session.events():
            if event.epoch_ended:
                print(f"epoch {event.epoch}  loss {event.loss:.4f}", flush=True)
        held = session.run.history["validation_accuracy"][-1]
        print(f"held out: {held:.4f}")
        session.finish({})


if __name__ == "__main__":
    main()
