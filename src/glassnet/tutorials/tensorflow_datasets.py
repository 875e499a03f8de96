"""What stands for the package tensorflow_datasets: MNIST as whole arrays.

Source: https://www.tensorflow.org/datasets/api_docs/python/tfds/load: arguments and the forms of what comes back.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.data import Dataset, load_data
from glassnet.errors import ParameterError
from glassnet.keras.tensors import Tensor, as_tensor

__all__ = ["as_numpy", "disable_progress_bar", "load"]

SPLIT = re.compile(r"(train|test)(?:\[(-?\d+%?)?:(-?\d+%?)?\])?")  # train, test[:1000], train[80%:]


def load(
    name: str,
    split: Any = None,
    *,
    batch_size: int | None = None,
    as_supervised: bool = False,
    with_info: bool = False,
    shuffle_files: bool = False,
    data_dir: Any = None,
    download: bool = True,
    try_gcs: bool = False,
) -> Any:
    """MNIST's pictures, uint8 (N, 28, 28, 1), and labels, int64 (N,), in file order.

    split : "train", "train[:80%]", …: that part. A list of them: a list of parts. None: a dict of both by name.
    as_supervised : a part is (pictures, labels); else it is a dict with "image" and "label".
    with_info : (what has been asked for, a description of the data set).

    Where the files lie, and whether they are downloaded, is glassnet's own matter.

    Raises
    ------
    ParameterError for another data set, and unless batch_size is -1: there is no tf.data.
    """
    if name.partition(":")[0] != "mnist":
        raise ParameterError(f"tfds.load: glassnet has no data set {name!r}.", "It has 'mnist'.")
    if batch_size != -1:
        raise ParameterError(
            f"tfds.load: glassnet has no tf.data; batch_size must be -1, for whole arrays. Got {batch_size!r}.",
            f"Write tfds.load({name!r}, batch_size=-1, as_supervised=True), and give the arrays to fit().",
        )
    parts = load_data("mnist")

    def loaded(wanted: Any) -> Any:
        if wanted is None:
            return {"test": loaded("test"), "train": loaded("train")}
        if isinstance(wanted, list | tuple):
            return type(wanted)(map(loaded, wanted))
        part, rows = _rows(str(wanted), {"train": parts.train, "test": parts.test})
        x, y = tensor(part.x[rows]), tensor(part.y[rows])
        return (x, y) if as_supervised else {"image": x, "label": y}

    return (loaded(split), _info(parts.train, parts.test)) if with_info else loaded(split)


def tensor(array: Array) -> Tensor:
    """A copy that the script may change."""
    return as_tensor(array.copy())


def as_numpy(dataset: Any) -> Any:
    """The same tuples, lists and dicts, with arrays in them."""
    match dataset:
        case dict():
            return {key: as_numpy(value) for key, value in dataset.items()}
        case list() | tuple():
            return type(dataset)(map(as_numpy, dataset))
    return np.asarray(dataset)


def disable_progress_bar() -> None:
    """There is none."""


def _rows(split: str, parts: dict[str, Dataset]) -> tuple[Dataset, slice]:
    """The part that a split names, and which of its rows."""
    known = SPLIT.fullmatch(split)
    if known is None:
        raise ParameterError(f"tfds.load: there is no split {split!r}.", "Write 'train', 'test' or 'train[:80%]', say.")
    part = parts[known[1]]
    return part, slice(*(_row(end, len(part)) for end in known.groups()[1:]))


def _row(end: str | None, count: int) -> int | None:
    if end is None:
        return None
    return round(int(end[:-1]) * count / 100) if end.endswith("%") else int(end)


def _info(train: Dataset, test: Dataset) -> SimpleNamespace:
    label = SimpleNamespace(num_classes=10, names=[str(digit) for digit in range(10)], dtype=np.int64)
    image = SimpleNamespace(shape=(28, 28, 1), dtype=np.uint8)
    sizes = {
        name: SimpleNamespace(name=name, num_examples=len(part)) for name, part in (("train", train), ("test", test))
    }
    return SimpleNamespace(name="mnist", features={"image": image, "label": label}, splits=sizes)
