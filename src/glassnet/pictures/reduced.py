"""A picture made smaller, where less is enough."""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array


def reduced(picture: Array, side: int) -> Array:
    """A picture (H, W) or (H, W, C) with its longer side at most `side`, each pixel the mean of what it covers."""
    import cv2

    height, width = picture.shape[:2]
    scale = min(1.0, side / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
