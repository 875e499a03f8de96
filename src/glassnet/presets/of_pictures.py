"""For pictures: small ones of digits, and those of one's own."""

from __future__ import annotations

from glassnet.augmentation import AUGMENTATIONS, Augmentation, Flip
from glassnet.data import Dataset
from glassnet.functions import HeNormal
from glassnet.layers import Activation, Conv2D, Dense, Dropout, Flatten, Layer, MaxPooling2D
from glassnet.losses import CategoricalCrossentropy
from glassnet.optimizers import Adam, Cosine, OneCycle
from glassnet.presets.preset import Preset, outputs, with_loss
from glassnet.recipe import Recipe

LOOKS = 30_000  # at pictures, that a training on few of them has
FEW_PICTURES = 5_000  # below so many, they are changed anew each time they are seen
ENOUGH_PICTURES = 100  # from so many on, some can be spared for validation
FEW_PLACES = 10  # on the longer side of the last feature map, at most
SMALL_PICTURE = 16  # below this side a picture has no room for two convolutions and two poolings without padding


def cnn(data: Dataset) -> Preset:
    """Two convolutions, as small pictures of digits want them."""
    he = HeNormal()
    relu, pool = Activation("relu"), MaxPooling2D()
    if min(data.sample_shape[:2]) < SMALL_PICTURE:
        body: list[Layer] = [
            Conv2D(32, padding="same", kernel_initializer=he),
            relu,
            Conv2D(64, padding="same", kernel_initializer=he),
            relu,
            pool,
            Flatten(),
            Dropout(0.5),
        ]
        recipe = Recipe(CategoricalCrossentropy(), Adam(0.002, schedule=Cosine()), 30, 32, validation=0.1)
    else:
        body = [
            Conv2D(32, kernel_initializer=he),
            relu,
            pool,
            Conv2D(64, kernel_initializer=he),
            relu,
            pool,
            Flatten(),
            Dense(128, kernel_initializer=he),
            relu,
            Dropout(0.5),
        ]
        recipe = Recipe(CategoricalCrossentropy(), Adam(0.002, schedule=OneCycle()), 10, 128, validation=0.1)
    return Preset(*with_loss([*body, Dense(outputs(data))], data, recipe))


def pictures(data: Dataset) -> Preset:
    """For pictures of one's own, few or many, of any size: convolutions, each halving the field, until little is left.

    Few pictures are seen often, and changed each time. A mirrored cat is a cat, but a mirrored sign is no such sign.
    """
    he, relu = HeNormal(), Activation("relu")
    body: list[Layer] = []
    (height, width), filters = data.sample_shape[:2], 16
    while max(height, width) > FEW_PLACES and min(height, width) > 1:
        body += [Conv2D(filters, padding="same", kernel_initializer=he), relu, MaxPooling2D()]
        height, width, filters = height // 2, width // 2, min(2 * filters, 64)
    few = len(data) < FEW_PICTURES
    recipe = Recipe(
        CategoricalCrossentropy(),
        Adam(0.002, schedule=OneCycle()),
        epochs=max(10, min(300, LOOKS // len(data))),
        batch_size=32,
        validation=0.1 if len(data) >= ENOUGH_PICTURES else 0.0,
        augmentation=_changes(data) if few else None,
    )
    return Preset(*with_loss([*body, Flatten(), Dropout(0.5), Dense(outputs(data))], data, recipe))


def _changes(data: Dataset) -> Augmentation:
    """What changes pictures, but not their classes; mirrors none where a class is called by one sign or a number."""
    changes = AUGMENTATIONS["pictures"].changes
    signs = any(isinstance(label, int) or len(str(label)) == 1 for label in data.classes or ())
    return Augmentation(tuple(change for change in changes if not (signs and isinstance(change, Flip))))
