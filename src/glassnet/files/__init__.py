"""Files that hold a trained network: models, and checkpoints of a training."""

from glassnet.files.boxed import boxed_digits
from glassnet.files.checkpoint import claim, differences, load_checkpoint, remove_checkpoint, save_checkpoint
from glassnet.files.model_file import load, save
from glassnet.files.receipt import machine
from glassnet.files.trained import ModelWarning, TrainedModel

__all__ = [
    "ModelWarning",
    "TrainedModel",
    "boxed_digits",
    "claim",
    "differences",
    "load",
    "load_checkpoint",
    "machine",
    "remove_checkpoint",
    "save",
    "save_checkpoint",
]
