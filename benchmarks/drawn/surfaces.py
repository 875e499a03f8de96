"""What lies under the ink, and in what light: paper, desks, notes, boards, rules, shadows, fingers and folds."""

from __future__ import annotations

import cv2
import numpy as np

from benchmarks.drawn.photos import smooth_noise
from glassnet.arrays import Array

HEIGHT, WIDTH = 1125, 1500
NOTES = (1.1, 1.0, 0.45), (1.1, 0.7, 0.8), (0.6, 0.85, 1.1), (0.75, 1.05, 0.6)  # how they colour white paper: RGB
Generator = np.random.Generator


def on_paper(ink: Array, rng: Generator, paper: float = 220, pen: float = 50, slope: float = 0.3) -> Array:
    """Ink on paper in light that falls off to one side, (H, W, 3) float32."""
    y, x = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    angle = rng.uniform(0, 2 * np.pi)
    light = 1 - slope * (1 + x * np.cos(angle) + y * np.sin(angle)) / 2
    grain = 1 + smooth_noise(ink.shape, 1.5, 0.015, rng) + smooth_noise(ink.shape, 8.0, 0.01, rng)
    grey = (paper * (1 - ink) + pen * ink) * grain * light
    return np.repeat(grey[..., None], 3, 2).astype(np.float32)


def desk(rng: Generator) -> Array:
    """A wooden desk, (H, W, 3) float32."""
    wood = np.array((120, 80, 50), np.float32) * rng.uniform(0.5, 1.2)
    streaks = cv2.GaussianBlur(rng.normal(0, 1, (HEIGHT, WIDTH)).astype(np.float32), (0, 0), sigmaX=60, sigmaY=2)
    return wood * (1 + 0.12 * streaks / streaks.std())[..., None]


def sticky_note(ink: Array, rng: Generator) -> Array:
    """A yellow note on a wooden desk."""
    page = on_paper(ink, rng) * np.array((1.1, 1.0, 0.45), np.float32)
    rows, columns = np.flatnonzero(ink.max(1) > 0.5), np.flatnonzero(ink.max(0) > 0.5)
    centre = (float(columns.mean()), float(rows.mean()))
    size = (float(np.ptp(columns)) + 160, float(np.ptp(rows)) + 160)
    corners = cv2.boxPoints((centre, size, float(rng.uniform(-8, 8))))
    mask = cv2.fillConvexPoly(np.zeros(ink.shape, np.float32), np.rint(corners).astype(np.int32), 1.0)
    return np.where(mask[..., None] > 0, page, desk(rng))


def table_edge(ink: Array, rng: Generator) -> Array:
    """A page that does not cover the desk."""
    page, table = on_paper(ink, rng), desk(rng)
    left, bottom = int(rng.integers(40, 200)), int(rng.integers(40, 150))
    columns = np.flatnonzero(ink.max(0) > 0.5)
    left = min(left, int(columns[0]) - 30)
    page[:, : max(left, 1)], page[HEIGHT - bottom :] = table[:, : max(left, 1)], table[HEIGHT - bottom :]
    return page


def finger(ink: Array, rng: Generator) -> Array:
    """A finger that holds the page, and its shadow."""
    page = on_paper(ink, rng)
    rows = np.flatnonzero(ink.max(1) > 0.5)
    skin = np.zeros(ink.shape, np.float32)
    end = (int(rng.integers(300, 1200)), min(HEIGHT - 40, int(rows[-1]) + int(rng.integers(90, 160))))
    cv2.line(skin, end, (end[0] + int(rng.integers(-150, 150)), HEIGHT + 200), 1.0, int(rng.integers(90, 150)))
    shadow = cv2.GaussianBlur(np.roll(skin, 40, 1), (0, 0), 15)[..., None]
    return np.where(skin[..., None] > 0.5, np.array((205, 150, 125), np.float32), page * (1 - 0.4 * shadow))


def hard_shadow(ink: Array, rng: Generator) -> Array:
    """The shadow of a straight edge."""
    mask: Array = np.zeros(ink.shape, np.float32)
    corners = np.array([(rng.uniform(200, 1300), 0), (1500, 0), (1500, 1125), (rng.uniform(200, 1300), 1125)])
    cv2.fillConvexPoly(mask, np.rint(corners).astype(np.int32), 1.0)
    mask = cv2.GaussianBlur(mask, (0, 0), float(rng.uniform(3, 15)))
    return on_paper(ink, rng) * (1 - rng.uniform(0.3, 0.6) * mask)[..., None]


def ruled(ink: Array, rng: Generator) -> Array:
    """Ruled paper."""
    return on_paper(np.maximum(ink, _rules(rng, squared=False)), rng)


def squared(ink: Array, rng: Generator) -> Array:
    """Squared paper."""
    return on_paper(np.maximum(ink, _rules(rng, squared=True)), rng)


def _rules(rng: Generator, *, squared: bool) -> Array:
    lines, pitch, slope = np.zeros((HEIGHT, WIDTH), np.float32), int(rng.integers(60, 130)), rng.uniform(-0.04, 0.04)
    strength, thick = float(rng.uniform(0.25, 0.6)), int(rng.integers(1, 4))
    for place in range(-100, WIDTH + 100, pitch):
        cv2.line(lines, (0, place), (WIDTH, round(place + slope * WIDTH)), strength, thick, cv2.LINE_AA)
        if squared:
            cv2.line(lines, (place, 0), (round(place - slope * HEIGHT), HEIGHT), strength, thick, cv2.LINE_AA)
    return lines


def pencil(ink: Array, rng: Generator) -> Array:
    """Pencil in poor light."""
    return on_paper(ink * (0.8 + smooth_noise(ink.shape, 1.2, 0.2, rng)).clip(0, 1), rng, 120, 75, 0.5)


def blackboard(ink: Array, rng: Generator) -> Array:
    """Chalk on a smeared board."""
    chalk = ink * (0.8 + smooth_noise(ink.shape, 1.2, 0.25, rng)).clip(0, 1)
    smears = 1 + 4 * np.abs(smooth_noise(ink.shape, 60.0, 0.08, rng))
    return on_paper(chalk, rng, 55, 225) * np.array((0.8, 1, 0.9), np.float32) * smears[..., None]


def creased(ink: Array, rng: Generator) -> Array:
    """Paper that was folded."""
    page = on_paper(ink, rng)
    for _ in range(3):
        fold = np.zeros(ink.shape, np.float32)
        x = rng.uniform(100, 1400, 2)
        cv2.line(fold, (int(x[0]), 0), (int(x[1]), HEIGHT), 1.0, 6)
        page *= 1 - 0.2 * cv2.GaussianBlur(fold, (0, 0), 3)[..., None]
    return page


def coloured_note(ink: Array, rng: Generator) -> Array:
    """A note of some colour on a desk of wood, white or black, that lifts at its lower edge."""
    page = on_paper(ink, rng) * np.array(NOTES[rng.integers(len(NOTES))], np.float32)
    rows, columns = np.flatnonzero(ink.max(1) > 0.5), np.flatnonzero(ink.max(0) > 0.5)
    side = max(np.ptp(columns), np.ptp(rows)) + float(rng.uniform(60, 240))
    centre = (float(columns.mean()), float(rows.mean() + rng.uniform(-20, 20)))
    corners = cv2.boxPoints((centre, (side, side), float(rng.uniform(-15, 15))))
    mask = cv2.fillConvexPoly(np.zeros(ink.shape, np.float32), np.rint(corners).astype(np.int32), 1.0)
    under = [desk(rng), on_paper(0 * ink, rng), on_paper(0 * ink, rng, paper=45)][rng.integers(3)]
    shadow = cv2.GaussianBlur(np.roll(mask, (int(rng.integers(8, 20)), 6), (0, 1)), (0, 0), 8)[..., None]
    return np.where(mask[..., None] > 0, page, under * (1 - 0.45 * shadow))


def pencil_on_squares(ink: Array, rng: Generator) -> Array:
    """Pencil on paper with blue squares."""
    drawn = ink * (0.8 + smooth_noise(ink.shape, 1.2, 0.2, rng)).clip(0, 1)
    return on_paper(np.maximum(drawn, 0.8 * _rules(rng, squared=True)), rng, 190, 105)


def phone_shadow(ink: Array, rng: Generator) -> Array:
    """The soft shadow of the telephone and the hand that holds it over the page."""
    middle = (float(rng.uniform(500, 1000)), float(rng.uniform(450, 700)))
    size = (float(rng.uniform(400, 700)), float(rng.uniform(700, 1100)))
    corners = cv2.boxPoints((middle, size, float(rng.uniform(-30, 30))))
    mask = cv2.fillConvexPoly(np.zeros(ink.shape, np.float32), np.rint(corners).astype(np.int32), 1.0)
    cv2.circle(mask, (int(middle[0] + 300), 1000), int(rng.integers(150, 300)), 1.0, -1)
    mask = cv2.GaussianBlur(mask, (0, 0), float(rng.uniform(12, 45)))
    return on_paper(ink, rng) * (1 - rng.uniform(0.3, 0.55) * mask)[..., None]


def dark_room(ink: Array, rng: Generator) -> Array:
    """Ink in a room where the camera sees little but its own noise."""
    page = on_paper(ink, rng, 70, 25, 0.5)
    noise = np.asarray(rng.normal(0, 8, page.shape), np.float32)
    return page + cv2.GaussianBlur(noise, (0, 0), 1.0)
