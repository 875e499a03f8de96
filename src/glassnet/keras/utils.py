"""Small helpers: to_categorical, set_random_seed, load_img, img_to_array."""

from __future__ import annotations

from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.errors import DataError
from glassnet.keras.arguments import keras_arguments
from glassnet.keras.names import alias, refusing
from glassnet.keras.notes import note
from glassnet.keras.preprocessing.image import img_to_array, load_img
from glassnet.keras.seeds import set_random_seed

__all__ = [
    "categorical_probas_to_classes",
    "img_to_array",
    "load_img",
    "normalize",
    "set_random_seed",
    "to_categorical",
]


@keras_arguments(nb_classes="num_classes", y="x")
def to_categorical(x: Any, num_classes: int | None = None, dtype: str = "float32") -> Array:
    """Labels (N,) or (N, 1), whole numbers from 0, as one-hot rows (N, num_classes); by default the largest and one."""
    given = np.asarray(x)
    labels = given[..., 0] if given.ndim > 1 and given.shape[-1] == 1 else given
    whole = labels.astype(np.int64)
    count = int(whole.max(initial=-1)) + 1 if num_classes is None else num_classes
    wrong = (whole != labels) | (whole < 0) | (whole >= count)
    if wrong.any():
        raise DataError(
            f"to_categorical: {labels[wrong].flat[0]} is no label from 0 to {count - 1}.",
            "Labels are whole numbers from 0.",
        )
    return np.eye(count, dtype=dtype)[whole]


def normalize(x: Any, axis: int = -1, order: int = 2) -> Array:
    """x with every row (along `axis`) divided by its length."""
    x = np.asarray(x)
    length = np.linalg.norm(x, order, axis, keepdims=True)
    rows: Array = x / np.where(length == 0, 1, length)
    return rows


def categorical_probas_to_classes(p: Any) -> Array:
    """The class of each row of probabilities: the largest."""
    note("categorical_probas_to_classes", "categorical_probas_to_classes(p) is read as np.argmax(p, axis=1)")
    return np.argmax(p, axis=1)


_INSTEAD = {
    "plot_model": "model.summary() prints the layers; `glassnet show FILE` draws the weights of a saved model.",
    "Sequence": "Give all samples as one array.",
}
_INSTEAD["model_to_dot"] = _INSTEAD["plot_model"]
alias(__name__, "np_utils", "generic_utils", "vis_utils")
__getattr__ = refusing(__name__, __all__, _INSTEAD)
