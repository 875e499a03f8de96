"""Folders of small pictures."""

import numpy as np
from PIL import Image


def speckled(seed, size=(20, 20), colour=True):
    """Pixels like no others."""
    return np.random.default_rng(seed).integers(0, 256, (*size, 3) if colour else size, np.uint8)


def save(path, pixels, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path, **options)


def fill(folder, classes=("cat", "dog"), count=10, **options):
    """`count` different pictures of each class."""
    for number, name in enumerate(classes):
        for k in range(count):
            save(folder / name / f"{k:02}.png", speckled(1000 * number + k, **options))
    return folder
