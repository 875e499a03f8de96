"""Bounds that keep a bare probability away from ln 0."""

from __future__ import annotations

from glassnet.arrays import Array

TINY = 1e-7  # above the rounding of float32 near one (6e-8), so that 1 - TINY is below one there


def inside(y: Array) -> Array:
    """Whether each probability lies inside the bounds: outside, the clipped loss does not change with y."""
    return (y >= TINY) & (y <= 1 - TINY)
