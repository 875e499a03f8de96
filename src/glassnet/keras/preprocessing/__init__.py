"""Pictures from files, for what scripts of that world prepare themselves; image alone."""

from glassnet.keras.names import refusing
from glassnet.keras.preprocessing import image

__all__ = ["image"]

_INSTEAD = dict.fromkeys(
    ("image_dataset_from_directory", "sequence", "text", "timeseries"),
    "There is image; glassnet.load_data reads folders of pictures and tables.",
)
__getattr__ = refusing(__name__, __all__, _INSTEAD)
