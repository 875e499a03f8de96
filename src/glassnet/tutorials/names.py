"""The table of names that stand-ins offer, where they stood in older versions, and why others are missing."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

from glassnet import keras
from glassnet.keras.notes import note
from glassnet.tutorials import python_mnist, tensorflow, tensorflow_datasets

ROOTS = "tensorflow", "keras", "mnist", "tensorflow_datasets"
STANDS_FOR = {"mnist": "glassnet.read_idx", "tensorflow_datasets": "glassnet.load_data"}

PLACES = {  # where a name stood, and where it stands in the table
    "tensorflow.compat.v1": "tensorflow",
    "tensorflow.compat.v2": "tensorflow",
    "tensorflow.python.keras": "keras",
    "tensorflow.contrib.keras": "keras",
    "tensorflow.keras": "keras",
    **{f"tensorflow.{name}": f"keras.{name}" for name in ("losses", "metrics", "optimizers", "initializers")},
    "keras.api": "keras",
    "keras.src": "keras",
    **{
        f"keras.layers.{old}": "keras.layers"
        for old in ("core", "convolutional", "pooling", "normalization", "advanced_activations", "noise", "reshaping")
    },
    "keras.utils.np_utils": "keras.utils",
    "keras.utils.generic_utils": "keras.utils",
    "keras.utils.all_utils": "keras.utils",
    "keras.optimizers.legacy": "keras.optimizers",
    "keras.engine.sequential": "keras.models",
    "mnist.loader": "mnist",
}

NO_WRAPPER = "glassnet wraps no network for scikit-learn; call fit and predict of the network itself."
REASONS = {  # why a name is missing, by what it begins with
    **{f"keras.wrappers.scikit_learn.{name}": NO_WRAPPER for name in ("KerasClassifier", "KerasRegressor")},
    "keras.preprocessing": "glassnet prepares no data for a script; do it in NumPy.",
    "keras.constraints": "Weights have no constraints here; kernel_regularizer keeps them small.",
    "keras.applications": "glassnet has no networks that were trained elsewhere.",
    "keras.ops": "Use NumPy.",
    "tensorflow.data": "Give arrays to fit(x, y, batch_size=32).",
    "tensorflow.examples": "Write: (x_train, y_train), (x_test, y_test) = tf.keras.datasets.mnist.load_data().",
    **{
        f"tensorflow.{name}": "glassnet has no graphs of operations; a Sequential with compile() and fit() trains."
        for name in ("GradientTape", "Session", "placeholder", "Variable", "function", "global_variables_initializer")
    },
}
HAS = {  # what is there instead, where nothing better can be said
    "tensorflow": "Of TensorFlow there are tf.keras and the functions that scripts around a Sequential call.",
    "mnist": "There is MNIST(folder) with load_training() and load_testing().",
    "tensorflow_datasets": "There are load('mnist', batch_size=-1, as_supervised=True) and as_numpy().",
}

TABLE: dict[str, Any] = {  # what stands for each name, where glassnet.keras is not asked for it
    "tensorflow.__version__": keras.__version__,
    **{f"tensorflow.{name}": value for name, value in tensorflow.NAMES.items()},
    **{f"mnist.{name}": getattr(python_mnist, name) for name in python_mnist.__all__},
    **{f"tensorflow_datasets.{name}": getattr(tensorflow_datasets, name) for name in tensorflow_datasets.__all__},
}


def canonical(name: str) -> str:
    """The name under which the table has what goes by `name` in some version of its library."""
    for old, new in PLACES.items():
        if name == old or name.startswith(f"{old}."):
            return canonical(new + name.removeprefix(old))
    return name


def is_module(known: str) -> bool:
    """Whether names stand below this canonical one: here, or such as are missing for a reason, or in glassnet.keras."""
    listed = any(name.startswith(f"{known}.") for name in (*TABLE, *PLACES, *REASONS))
    return listed or face(known) is not None


def face(known: str) -> ModuleType | None:
    """The module of glassnet.keras that has a canonical name; None where there is none."""
    if known.partition(".")[0] != "keras":
        return None
    try:
        return import_module(f"glassnet.{known}")
    except ModuleNotFoundError:
        return None


def reason(name: str) -> str:
    """Why this canonical name is missing; "" where that is not known."""
    return next((why for start, why in REASONS.items() if name == start or name.startswith(f"{start}.")), "")


def note_module(name: str) -> None:
    """Take down what a module stands for, unless it follows from what the module above it stands for."""
    above, _, own = name.rpartition(".")
    known = canonical(name)
    if known not in (f"{canonical(above)}.{own}", "tensorflow"):  # of TensorFlow its functions are noted, see note_name
        note(name, f"{name} → {STANDS_FOR.get(known, f'glassnet.{known}')}")


def note_name(known: str) -> None:
    """Take down that a function of TensorFlow was asked for."""
    if known.startswith("tensorflow."):
        note("tensorflow", "tensorflow → glassnet.keras and NumPy")
