"""What stands for the package python-mnist, and for the other one that is imported as `mnist`.

Source: https://github.com/sorki/python-mnist and https://github.com/datapythonista/mnist: names, arguments and types.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.checks import check_choice, check_integer
from glassnet.data import load_data, read_idx
from glassnet.errors import DataFileError

__all__ = ["MNIST", "test_images", "test_labels", "train_images", "train_labels"]

HINT = "Name the folder with MNIST's four files, plain or .gz: train-images-idx3-ubyte and so on."


class MNIST:
    """Pictures and labels from a folder with the four IDX files of MNIST.

    Parameters
    ----------
    path : the folder.   return_type : "lists" or "numpy".
    gz : take the packed files first, where plain ones lie beside them.   mode : "vanilla", bytes as they are.
    """

    def __init__(self, path: str = ".", mode: str = "vanilla", return_type: str = "lists", gz: bool = False) -> None:
        check_choice("MNIST", "mode", mode, ["vanilla"])
        check_choice("MNIST", "return_type", return_type, ["lists", "numpy"])
        self.path, self.mode, self.return_type, self.gz = path, mode, return_type, gz
        self.train_img_fname, self.train_lbl_fname = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"
        self.test_img_fname, self.test_lbl_fname = "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"
        self.train_images: Any = []
        self.train_labels: Any = []
        self.test_images: Any = []
        self.test_labels: Any = []

    def load_training(self) -> tuple[Any, Any]:
        """What to learn from: rows of pixels 0..255 and labels, as `load` gives them."""
        self.train_images, self.train_labels = self._load(self.train_img_fname, self.train_lbl_fname)
        return self.train_images, self.train_labels

    def load_testing(self) -> tuple[Any, Any]:
        """What to test with, in the same form."""
        self.test_images, self.test_labels = self._load(self.test_img_fname, self.test_lbl_fname)
        return self.test_images, self.test_labels

    def load_training_in_batches(self, batch_size: int) -> Iterator[tuple[Any, Any]]:
        """The training part in pieces of `batch_size`; the last one may be shorter."""
        check_integer("MNIST", "batch_size", batch_size)
        images, labels = self.load_training()
        for start in range(0, len(labels), batch_size):
            yield images[start : start + batch_size], labels[start : start + batch_size]

    def load(self, path_img: str, path_lbl: str) -> tuple[Any, Any]:
        """The pictures and labels in two files: a list of lists and an array of bytes, or two NumPy arrays."""
        images, labels = read_idx(path_img), read_idx(path_lbl)
        if len(images) != len(labels) or labels.ndim != 1:
            raise DataFileError(
                f"{path_img!r} holds {images.shape} and {path_lbl!r} {labels.shape}: not a label for each picture."
            )
        rows = images.reshape(len(images), -1)
        return (rows, labels) if self.return_type == "numpy" else (rows.tolist(), array("B", labels.tobytes()))

    @classmethod
    def display(cls, img: Sequence[int], width: int = 28, threshold: int = 200) -> str:
        """A picture in signs, @ where a pixel is above the threshold; it begins with a new line."""
        signs = "".join("@" if pixel > threshold else "." for pixel in img)
        return "".join("\n" + signs[start : start + width] for start in range(0, len(signs), width))

    def _load(self, images: str, labels: str) -> tuple[Any, Any]:
        return self.load(self._file(images), self._file(labels))

    def _file(self, name: str) -> str:
        ends = (".gz", "") if self.gz else ("", ".gz")
        for spelt in (name, name.replace("-idx", ".idx")):
            for end in ends:
                if (file := Path(self.path, spelt + end)).is_file():
                    return str(file)
        raise DataFileError(f"MNIST: there is no {name} in {os.fspath(self.path)!r}.", HINT)


def train_images() -> Array:
    """60 000 pictures, uint8 (60000, 28, 28)."""
    return load_data("mnist").train.x[..., 0].copy()


def train_labels() -> Array:
    """Their labels 0..9, uint8 (60000,)."""
    return load_data("mnist").train.y.astype(np.uint8)


def test_images() -> Array:
    """10 000 pictures, uint8 (10000, 28, 28)."""
    return load_data("mnist").test.x[..., 0].copy()


def test_labels() -> Array:
    """Their labels 0..9, uint8 (10000,)."""
    return load_data("mnist").test.y.astype(np.uint8)
