"""Networks and settings that are ready to use.

The settings of `mlp` and `cnn` were chosen on training samples held out for validation, never on a test set; those of
`pictures` on drawn cats.
"""

from glassnet.presets.choosing import PRESETS, default_name, preset
from glassnet.presets.preset import Preset, complete

__all__ = ["PRESETS", "Preset", "complete", "default_name", "preset"]
