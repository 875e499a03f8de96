"""A neural network from scratch that you can see through.

    from glassnet import Activation, Dense, MeanSquaredError, Recipe, Sequential, SGD, load_data, predict, train

    data = load_data("people", seed=0).train
    network = Sequential([Dense(2), Activation("sigmoid"), Dense(1), Activation("sigmoid")], (2,))
    train(network, data, Recipe(MeanSquaredError(), SGD(0.1), epochs=1000, batch_size=1))
    print(predict(network, data.x, data.preparation.scale))

Names are imported when they are first used, so that `import glassnet` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_ROOMS = {
    "data": ("Dataset", "load_data", "pack_folder", "read_idx", "unpack_folder", "write_idx"),
    "engines": ("answer", "predict"),
    "errors": (
        "ChecksumError",
        "DataError",
        "DataFileError",
        "DivergedError",
        "GlassnetError",
        "ModelFileError",
        "OutputError",
        "ParameterError",
        "ShapeError",
        "VersionError",
    ),
    "evaluation": ("judge", "judge_numbers"),
    "explain": ("Finding", "diagnose"),
    "files": ("TrainedModel", "load", "save"),
    "functions": (
        "GlorotNormal",
        "GlorotUniform",
        "HeNormal",
        "HeUniform",
        "Normal",
        "Ones",
        "Uniform",
        "Zeros",
    ),
    "layers": (
        "Activation",
        "AveragePooling2D",
        "BatchNormalization",
        "Conv2D",
        "Dense",
        "Dropout",
        "Flatten",
        "MaxPooling2D",
        "Reshape",
    ),
    "losses": ("BinaryCrossentropy", "CategoricalCrossentropy", "MeanSquaredError", "Perceptron"),
    "model": ("Sequential",),
    "notation": ("parse_network",),
    "optimizers": (
        "SGD",
        "Adadelta",
        "Adagrad",
        "Adam",
        "AdamW",
        "Constant",
        "Cosine",
        "Exponential",
        "InverseTime",
        "OneCycle",
        "RMSprop",
        "Step",
    ),
    "pictures": ("load_picture", "prepare_picture", "read_picture", "save_history", "save_weights", "weight_pictures"),
    "preparation": ("Fit", "Preparation", "Scale"),
    "presets": ("preset",),
    "recipe": ("Recipe",),
    "training": ("train",),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = sorted([*_ROOM_OF, "__version__"])


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("glassnet")
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'glassnet' has no attribute {name!r}")
    return getattr(import_module(f"glassnet.{_ROOM_OF[name]}"), name)


def __dir__() -> list[str]:
    return __all__
