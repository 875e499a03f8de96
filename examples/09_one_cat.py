"""One particular cat among other cats: pictures of one's own, a folder for each class, and a network that knows her.

Murka is white, orange around one eye, and her eyes are green; other cats have other coats, patches or eyes. All of them
are drawn here, in poses and light that never come twice. Photos of a real cat go the same way, or without any Python:
glassnet train demo/cats && glassnet predict model.safetensors demo/stranger.png
"""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from glassnet import Sequential, TrainedModel, answer, judge, load_data, prepare_picture, preset, train

Colour = tuple[int, int, int]  # red, green, blue
WHITE, ORANGE, GREY, BLACK = (235, 230, 220), (215, 120, 40), (140, 140, 145), (45, 42, 45)
GREEN, BLUE = (60, 190, 60), (70, 120, 240)
MURKA = WHITE, ORANGE, GREEN  # coat, patch, eyes
OTHERS = (WHITE, GREY, GREEN), (WHITE, WHITE, BLUE), (ORANGE, WHITE, GREEN), (GREY, BLACK, BLUE), (BLACK, BLACK, GREEN)
random = np.random.default_rng(0)


def draw(coat: Colour, patch: Colour, eyes: Colour, path: Path) -> None:
    """A cat of 160×120 pixels, in a pose and light of its own, into a file."""
    picture = np.full((120, 160, 3), random.integers(50, 220, 3), np.uint8)
    cv2.ellipse(picture, (80, 130), (36, 55), 0, 0, 360, coat, -1)
    for side in (-1, 1):
        cv2.fillPoly(picture, [np.array([(80 + 28 * side, 50), (80 + 25 * side, 18), (80 + 6 * side, 36)])], coat)
    cv2.circle(picture, (80, 60), 30, coat, -1)
    cv2.ellipse(picture, (68, 53), (13, 15), 0, 0, 360, patch, -1)
    for x in (68, 92):
        cv2.ellipse(picture, (x, 55), (7, 6), 0, 0, 360, eyes, -1)
        cv2.ellipse(picture, (x, 55), (2, 5), 0, 0, 360, BLACK, -1)
    middle = random.uniform(60, 100), random.uniform(45, 75)
    pose = cv2.getRotationMatrix2D(middle, random.uniform(-20, 20), random.uniform(0.7, 1.2))
    moved = cv2.warpAffine(picture, pose, (160, 120), borderMode=cv2.BORDER_REPLICATE)
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.clip(moved * random.uniform(0.6, 1.1), 0, 255).astype(np.uint8)[:, :, ::-1])


for number in range(40):
    draw(*MURKA, Path(f"demo/cats/Murka/{number}.jpg"))
    draw(*OTHERS[number % 5], Path(f"demo/cats/other/{number}.jpg"))
draw(*MURKA, Path("demo/stranger.png"))

cats, test = load_data("demo/cats")
print(*cats.notes, sep="\n")
chosen = preset("pictures", cats)
network = Sequential(chosen.layers, cats.sample_shape, seed=0)
train(network, cats, replace(chosen.recipe, epochs=60))
model = TrainedModel(network, cats.classes, cats.preparation)
print(f"{judge(model, test).accuracy:.0%} of {len(test)} pictures that it has not seen are right.")
stranger = answer(model, prepare_picture(model, "demo/stranger.png")[None])
print(f"The stranger is {stranger.classes[0]}, {stranger.confidences[0]:.0%} sure.")
