"""What is called while fit goes on."""

from glassnet.keras.callbacks.callback import Callback, History
from glassnet.keras.callbacks.every_epoch import (
    CSVLogger,
    LambdaCallback,
    LearningRateScheduler,
    TensorBoard,
    TerminateOnNaN,
)
from glassnet.keras.callbacks.watching import EarlyStopping, ModelCheckpoint, ReduceLROnPlateau
from glassnet.keras.names import refusing

__all__ = [
    "CSVLogger",
    "Callback",
    "EarlyStopping",
    "History",
    "LambdaCallback",
    "LearningRateScheduler",
    "ModelCheckpoint",
    "ReduceLROnPlateau",
    "TensorBoard",
    "TerminateOnNaN",
]

_INSTEAD = {
    "ProgbarLogger": "fit(verbose=1) shows the progress.",
}
__getattr__ = refusing(__name__, __all__, _INSTEAD)
