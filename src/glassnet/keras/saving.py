"""Models in files: glassnet's own, which hold what the Keras face needs in their receipt."""

from __future__ import annotations

import json
import os
from typing import Any

from glassnet import layers as own
from glassnet.arrays import Array
from glassnet.errors import GlassnetError, ModelFileError, OutputError, ParameterError
from glassnet.files import TrainedModel, load, save
from glassnet.keras import layers
from glassnet.keras.notes import note
from glassnet.model import Sequential as Network
from glassnet.recipe import Recipe

FOREIGN = (".h5", ".hdf5", ".keras")
WRAPPED = {
    "AveragePooling2D": layers.AveragePooling2D,
    "BatchNormalization": layers.BatchNormalization,
    "Conv2D": layers.Conv2D,
    "Dense": layers.Dense,
    "Dropout": layers.Dropout,
    "Flatten": layers.Flatten,
    "MaxPooling2D": layers.MaxPooling2D,
    "Reshape": layers.Reshape,
    "Activation": layers.Activation,
    "Softmax": layers.Softmax,
    "ReLU": layers.ReLU,
    "LeakyReLU": layers.LeakyReLU,
    "ELU": layers.ELU,
    "GlobalMaxPooling2D": layers.GlobalMaxPooling2D,
    "GlobalAveragePooling2D": layers.GlobalAveragePooling2D,
}


def save_model(model: Any, filepath: Any, overwrite: bool = True, **options: Any) -> None:
    """Write the model to one file; its receipt says how it is put together and compiled."""
    path = os.fspath(filepath)
    if not overwrite and os.path.exists(path):
        raise OutputError(f"{path!r} exists.", "Say overwrite=True to replace it.")
    if path.endswith(FOREIGN):
        note("format", f"{path!r} is written in glassnet's own format, which Keras cannot read; load_model here can")
    network = model.network
    fits = model.classes is not None and network.output_shape in ((len(model.classes),), (1,))
    receipt: dict[str, Any] = {
        "keras": {"name": model.name, "layers": _outline(model), "compiled": _compiled(model)},
        "settings": {"recipe": _recipe(model)},  # from which `glassnet explain` knows loss and optimizer
    }
    history = model.history.history if model.history else {}
    save(TrainedModel(network, model.classes if fits else None, receipt=receipt, history=dict(history)), path)


def load_model(filepath: Any, compile: bool = True, custom_objects: Any = None, **options: Any) -> Any:
    """The model in a file that save wrote, or that `glassnet train` did.

    Raises
    ------
    ModelFileError for anything else; files of Keras's own are told by name.
    """
    try:
        trained = load(filepath)
    except ModelFileError as error:
        if "HDF5" in error.message or "ZIP" in error.message:
            raise ModelFileError(
                error.message, "Files of Keras's own are not read here: train the model again."
            ) from None
        raise
    told = trained.receipt.get("keras")
    try:
        return _rebuilt(trained.network, told if isinstance(told, dict) else {}, compile, trained.classes)
    except GlassnetError:
        raise
    except (KeyError, TypeError, ValueError, IndexError, StopIteration) as error:
        raise ModelFileError(f"Cannot read {os.fspath(filepath)!r}: its receipt does not fit its network.") from error


def read_weights(filepath: Any) -> list[Array]:
    """All numbers of the model in a file, in the order of get_weights()."""
    weights: list[Array] = load_model(filepath, compile=False).get_weights()
    return weights


def to_json(model: Any) -> str:
    """The layers and how they are put together, without numbers."""
    return json.dumps({"network": model.network.to_config(), "keras": {"name": model.name, "layers": _outline(model)}})


def model_from_json(text: str, custom_objects: Any = None) -> Any:
    """The model that to_json wrote, with first weights."""
    try:
        told = json.loads(text)
        return _rebuilt(Network.from_config(told["network"]), told["keras"], False, None)
    except GlassnetError:
        raise
    except (KeyError, TypeError, ValueError, IndexError, StopIteration) as error:
        raise ParameterError("model_from_json reads what model.to_json() of glassnet wrote.") from error


def _outline(stack: Any) -> list[Any]:
    """For each layer its class, its name and how many descriptions it takes; for a network its own outline."""
    found: list[Any] = []
    parts = {id(leaf): len(part) for leaf, part in stack._parts} if hasattr(stack, "_parts") else {}
    return [_told(layer, parts) for layer in stack.layers] or found


def _told(layer: Any, parts: dict[int, int]) -> dict[str, Any]:
    if hasattr(layer, "layers"):
        return {"name": layer.name, "layers": [_told(one, parts) for one in layer.layers]}
    return {"name": layer.name, "class": type(layer).__name__, "takes": parts[id(layer)]}


def _recipe(model: Any) -> Any:
    return model.optimizer and Recipe(model.criterion.described, model.optimizer.describe()).to_config()


def _compiled(model: Any) -> Any:
    if model.optimizer is None:
        return None
    names = [metric.name for metric in model.measures]
    return {"optimizer": model.optimizer.to_config(), "loss": model.criterion.to_config(), "metrics": names}


def _rebuilt(network: Network, told: dict[str, Any], compile: bool, classes: Any) -> Any:
    from glassnet.keras.models import Sequential  # which can save itself

    outline = told.get("layers") or [
        {"name": name, "class": type(layer).__name__, "takes": 1}
        for name, layer in zip(network.names, network.layers, strict=True)
    ]
    described = iter(network.layers)
    model = _stack(Sequential, outline, described, told.get("name"))
    if next(described, None) is not None:
        raise ValueError("layers are left over")
    model.build((None, *network.input_shape))
    model.network.vectors = network.vectors
    model.hand_out()
    model.classes = classes
    compiled = told.get("compiled")
    if compile and compiled:
        from glassnet.keras import losses, optimizers

        model.compile(
            optimizers.from_config(compiled["optimizer"]), losses.from_config(compiled["loss"]), compiled["metrics"]
        )
    return model


def _stack(kind: Any, outline: list[Any], described: Any, name: Any) -> Any:
    stack = kind(name=name)
    for one in outline:
        if "layers" in one:
            stack.add(_stack(kind, one["layers"], described, one["name"]))
        else:
            layer = WRAPPED[one["class"]].__new__(WRAPPED[one["class"]])
            taken: list[own.Layer] = [next(described) for _ in range(one["takes"])]
            layers.Layer.__init__(layer, *taken, name=one["name"])
            stack.add(layer)
    return stack
