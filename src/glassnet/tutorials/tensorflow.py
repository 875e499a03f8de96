"""What stands for the functions of TensorFlow that scripts around a Sequential call: NumPy's, giving tensors.

Source: https://www.tensorflow.org/api_docs/python/tf: names, arguments and types.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import numpy as np

from glassnet.keras import activations, optimizers
from glassnet.keras.notes import note
from glassnet.keras.seeds import set_random_seed
from glassnet.keras.tensors import Tensor, as_tensor

NARROW = {np.dtype(np.float64): np.float32, np.dtype(np.int64): np.int32}  # what Python's own numbers become
LEVELS = ("DEBUG", 10), ("INFO", 20), ("WARN", 30), ("WARNING", 30), ("ERROR", 40), ("FATAL", 50)
TYPES = "float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8"
OPTIMIZERS = {
    "GradientDescentOptimizer": "SGD",
    "MomentumOptimizer": "SGD",
    "AdamOptimizer": "Adam",
    "RMSPropOptimizer": "RMSprop",
    "AdagradOptimizer": "Adagrad",
    "AdadeltaOptimizer": "Adadelta",
}
DEVICE = SimpleNamespace(name="/physical_device:CPU:0", device_type="CPU")


def constant(value: Any, dtype: Any = None, shape: Any = None, name: str | None = None) -> Tensor:
    """A tensor of numbers; Python's floats become float32 and its integers int32."""
    array = np.array(value, dtype)
    if dtype is None and not isinstance(value, np.ndarray | np.generic):
        array = array.astype(NARROW.get(array.dtype, array.dtype))
    return as_tensor(array if shape is None else np.broadcast_to(array, shape).copy())


def one_hot(indices: Any, depth: int, on_value: float = 1.0, off_value: float = 0.0, dtype: Any = np.float32) -> Tensor:
    """Rows with `on_value` at each index; (…,) -> (…, depth)."""
    rows = np.where(np.asarray(indices)[..., None] == np.arange(depth), on_value, off_value)
    return as_tensor(rows.astype(dtype))


def cast(x: Any, dtype: Any, name: str | None = None) -> Tensor:
    """The same numbers in another type."""
    return as_tensor(np.asarray(x).astype(dtype))


def reshape(tensor: Any, shape: Any, name: str | None = None) -> Tensor:
    """The same numbers in another shape."""
    return as_tensor(np.reshape(tensor, shape))


def expand_dims(input: Any, axis: int, name: str | None = None) -> Tensor:
    """One more axis, of length 1."""
    return as_tensor(np.expand_dims(input, axis))


def argmax(input: Any, axis: int = 0, output_type: Any = np.int64, name: str | None = None) -> Tensor:
    """The index of the largest number along an axis."""
    return as_tensor(np.argmax(input, axis).astype(output_type))


def confusion_matrix(labels: Any, predictions: Any, num_classes: int | None = None, name: str | None = None) -> Tensor:
    """How many samples of each label (row) were given each answer (column)."""
    pairs = np.asarray(labels).ravel(), np.asarray(predictions).ravel()
    size = num_classes or int(max(map(np.max, pairs))) + 1
    counts = np.zeros((size, size), np.int32)
    np.add.at(counts, pairs, 1)
    return as_tensor(counts)


def concat(values: Any, axis: int, name: str | None = None) -> Tensor:
    """Arrays one after the other along an axis."""
    return as_tensor(np.concatenate(values, axis))


def _over_axis(function: Callable[..., Any]) -> Callable[..., Tensor]:
    """A function of an array and its axes under TensorFlow's names of the arguments; the type stays."""

    def reduce(input_tensor: Any, axis: Any = None, keepdims: bool = False, name: str | None = None) -> Tensor:
        array = np.asarray(input_tensor)
        return as_tensor(np.asarray(function(array, axis=axis, keepdims=keepdims)).astype(array.dtype))

    return reduce


def _by_element(function: Callable[..., Any]) -> Callable[..., Tensor]:
    return lambda *arrays, name=None: as_tensor(function(*arrays))


def _filled(function: Callable[..., Any]) -> Callable[..., Tensor]:
    return lambda shape, dtype=np.float32, name=None: as_tensor(function(shape, dtype))


def _noted(name: str, instead: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """`function`, which takes a note of what it stands for when it is called."""

    def call(*args: Any, **options: Any) -> Any:
        note(name, f"{name} → {instead}")
        return function(*args, **options)

    return call


def _nothing(name: str, why: str, answer: Any = None) -> Callable[..., Any]:
    return _noted(name, f"nothing: {why}", lambda *args, **options: answer)


def _devices(device_type: str | None = None) -> list[SimpleNamespace]:
    return [DEVICE] if device_type in (None, "CPU") else []


def _names() -> dict[str, Any]:
    silent, eager, processor = "glassnet writes no log", "all is computed at once", "glassnet uses the processor"
    seed = _noted("tf.random.set_seed", "glassnet.keras.utils.set_random_seed", set_random_seed)
    return {
        **{name: getattr(np, name) for name in TYPES},
        **{
            name: _by_element(getattr(np, name))
            for name in ("equal", "square", "sqrt", "exp", "abs", "round", "maximum")
        },
        **{f"math.{name}": _by_element(getattr(np, name)) for name in ("square", "sqrt", "exp", "log", "abs")},
        **{f"reduce_{name}": _over_axis(getattr(np, name)) for name in ("mean", "sum", "max", "min")},
        **{f"math.reduce_{name}": _over_axis(getattr(np, name)) for name in ("mean", "sum", "max", "min")},
        **{f"nn.{name}": getattr(activations, name) for name in ("relu", "sigmoid", "softmax", "tanh")},
        **{f"{place}{name}": getattr(activations, name) for name in ("sigmoid", "tanh") for place in ("", "math.")},
        **{name: _filled(getattr(np, name)) for name in ("zeros", "ones")},
        **{"bool": np.bool_, "newaxis": None, "Tensor": Tensor, "constant": constant, "convert_to_tensor": constant},
        **{"one_hot": one_hot, "cast": cast, "reshape": reshape, "expand_dims": expand_dims, "concat": concat},
        **{
            "argmax": argmax,
            "math.argmax": argmax,
            "math.confusion_matrix": confusion_matrix,
            "matmul": _by_element(np.matmul),
        },
        "shape": lambda input, out_type=np.int32, name=None: as_tensor(np.array(np.shape(input), out_type)),
        **{"squeeze": lambda input, axis=None, name=None: as_tensor(np.squeeze(input, axis))},
        **dict.fromkeys(("random.set_seed", "random.set_random_seed", "set_random_seed"), seed),
        **{f"logging.{level}": number for level, number in LEVELS},
        "logging.set_verbosity": _nothing("tf.logging.set_verbosity", silent),
        "autograph.set_verbosity": _nothing("tf.autograph.set_verbosity", silent),
        "get_logger": _noted("tf.get_logger", f"a logger for nothing: {silent}", lambda: logging.Logger("tensorflow")),
        **{name: _nothing(f"tf.{name}", eager) for name in ("enable_eager_execution", "disable_eager_execution")},
        **{name: _nothing(f"tf.{name}", eager) for name in ("enable_v2_behavior", "disable_v2_behavior")},
        "executing_eagerly": lambda: True,
        "device": _nothing("tf.device", processor, nullcontext()),
        "config.list_physical_devices": _devices,
        "config.experimental.list_physical_devices": _devices,
        "config.experimental.set_memory_growth": _nothing("tf.config.experimental.set_memory_growth", processor),
        "test.is_gpu_available": lambda *args, **options: False,
        "test.is_built_with_cuda": lambda: False,
        "test.gpu_device_name": lambda: "",
        **{
            f"train.{name}": _noted(f"tf.train.{name}", f"glassnet.keras.optimizers.{new}", getattr(optimizers, new))
            for name, new in OPTIMIZERS.items()
        },
    }


NAMES = _names()
