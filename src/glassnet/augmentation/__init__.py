"""Pictures that might have been: shifted, turned, bent a little, drawn anew for every sample and epoch."""

from glassnet.augmentation.augmentation import AUGMENTATIONS, CHANGES, Augmentation
from glassnet.augmentation.elastic import Elastic
from glassnet.augmentation.moves import Flip, Rotate, Shear, Shift, Zoom
from glassnet.augmentation.pixels import Brightness, Stroke

__all__ = [
    "AUGMENTATIONS",
    "CHANGES",
    "Augmentation",
    "Brightness",
    "Elastic",
    "Flip",
    "Rotate",
    "Shear",
    "Shift",
    "Stroke",
    "Zoom",
]
