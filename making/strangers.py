"""Strangers to learn from: what people draw that is no digit. What a test is made of stands in others.py."""

from __future__ import annotations

import cv2
import numpy as np

from glassnet.arrays import Array
from making.canvas import SIDE, Random, blank, smooth, stroke, upright


def scribble(random: Random) -> Array:
    """A pen that goes to and fro through points drawn at random, with turns, or in loops."""
    canvas = blank()
    kind = int(random.integers(0, 4))
    width = int(random.integers(2, 9))
    if kind == 0:  # through points anywhere
        stroke(canvas, smooth(random.uniform(16, 80, (int(random.integers(6, 16)), 2))), width)
    elif kind == 1:  # zigzag
        count = int(random.integers(5, 12))
        x = np.linspace(16, 80, count) + random.normal(0, 3, count)
        y = 48 + np.where(np.arange(count) % 2, 1, -1) * random.uniform(8, 32, count)
        stroke(canvas, np.stack([x, y], 1), width)
    elif kind == 2:  # loops that move on
        angle = np.linspace(0, random.uniform(3, 7) * 2 * np.pi, 120)
        radius = random.uniform(8, 20) * (1 + 0.2 * np.sin(angle * random.uniform(0.2, 0.6)))
        middle = np.linspace(24, 72, 120)
        stroke(canvas, np.stack([middle + radius * np.cos(angle), 48 + radius * np.sin(angle)], 1), width)
    else:  # strokes across each other
        for _ in range(int(random.integers(3, 8))):
            stroke(canvas, smooth(random.uniform(14, 82, (3, 2))), width)
    return canvas


def smudge(random: Random) -> Array:
    """A blot, a spot, or a filled shape; not what might be the stroke of a 1."""
    canvas = _smudge(random)
    while upright(canvas):
        canvas = _smudge(random)
    return canvas


def _smudge(random: Random) -> Array:
    canvas = blank()
    kind = int(random.integers(0, 4))
    if kind == 0:  # blots that run into each other
        for _ in range(int(random.integers(1, 6))):
            axes = [int(one) for one in random.integers(4, 26, 2)]
            x, y = (int(one) for one in random.integers(28, 68, 2))
            cv2.ellipse(canvas, (x, y), (axes[0], axes[1]), float(random.uniform(0, 180)), 0, 360, 255, -1, cv2.LINE_AA)
    elif kind == 1:  # clouds of grey
        clouds = cv2.GaussianBlur(random.normal(size=(SIDE, SIDE)), (0, 0), float(random.uniform(3, 10)))
        canvas = (clouds > np.quantile(clouds, random.uniform(0.5, 0.9))).astype(np.uint8) * np.uint8(255)
    elif kind == 2:  # a filled shape with corners
        corners = random.uniform(14, 82, (int(random.integers(3, 7)), 2))
        cv2.fillPoly(canvas, [cv2.convexHull(np.rint(corners).astype(np.int32))], 255, cv2.LINE_AA)
    else:  # a soft spot
        y, x = np.mgrid[:SIDE, :SIDE]
        wide, high = random.uniform(6, 24, 2)
        spot = np.exp(-(((x - 48) / wide) ** 2) - ((y - 48) / high) ** 2)
        canvas = np.rint(255 * spot * random.uniform(0.7, 1, (SIDE, SIDE))).astype(np.uint8)
    return canvas


def specks(random: Random) -> Array:
    """Points and short strokes, as dust and grain leave them; at times a frame, at times nothing but an edge."""
    canvas = blank()
    kind = int(random.integers(0, 3))
    if kind == 0:
        for x, y in random.integers(8, 88, (int(random.integers(2, 60)), 2)):
            cv2.circle(canvas, (int(x), int(y)), int(random.integers(1, 5)), 255, -1, cv2.LINE_AA)
    elif kind == 1:
        width = int(random.integers(2, 8))
        for _ in range(int(random.integers(4, 9))):
            start = random.uniform(14, 82, 2)
            stroke(canvas, np.stack([start, start + random.uniform(-20, 20, 2)]), width)
    else:
        (left, top), (right, bottom) = random.integers(6, 40, 2), random.integers(56, 90, 2)
        cv2.rectangle(canvas, (int(left), int(top)), (int(right), int(bottom)), 255, int(random.integers(1, 8)))
        if random.random() < 0.5:
            stroke(canvas, np.array([[left, top], [right, bottom]], float), 3)
    return canvas


def paper(count: int, random: Random) -> Array:
    """Empty paper as a network may be shown it, (count, 28, 28, 1) uint8: black, white, grey, or grain of all kinds."""
    level = random.uniform(0, 255, (count, 1, 1, 1)) * (random.random((count, 1, 1, 1)) < 0.7)
    grain = random.normal(size=(count, 28, 28, 1)) * random.uniform(0, 80, (count, 1, 1, 1))
    soft = np.stack([cv2.GaussianBlur(one, (0, 0), float(random.uniform(0.1, 2.0)))[..., None] for one in grain])
    return np.clip(np.rint(level + soft), 0, 255).astype(np.uint8)
