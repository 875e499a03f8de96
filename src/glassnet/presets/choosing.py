"""Presets by their names, and the one that fits some data."""

from __future__ import annotations

from collections.abc import Callable

from glassnet.checks import check_choice
from glassnet.data import Dataset
from glassnet.preparation import Fit
from glassnet.presets import of_articles, of_pictures, of_rows
from glassnet.presets.preset import Preset

TAUGHT = ("xor", "people", "first-input")  # sets with a network of their own, called alike
PRESETS: dict[str, Callable[[Dataset], Preset]] = {
    "perceptron": of_rows.perceptron,
    "mlp": of_rows.mlp,
    "table": of_rows.table,
    "cnn": of_pictures.cnn,
    "pictures": of_pictures.pictures,
    "xor": of_articles.xor,
    "people": of_articles.people,
    "first-input": of_articles.first_input,
}


def preset(name: str, data: Dataset) -> Preset:
    """The network called `name` for these data; ParameterError where there is none."""
    check_choice("train", "net", name, PRESETS)
    return PRESETS[name](data)


def default_name(data: Dataset) -> str:
    """The preset that fits the data best: the article's own for its sets, pictures for those that were fitted into a
    field, cnn for other pictures, table for features with units of their own, mlp for other rows.
    """
    if any(isinstance(step, Fit) for step in data.preparation.steps):
        return "pictures"
    if len(data.sample_shape) == 1 and isinstance(data.preparation.scale.factor, tuple):
        return "table"
    if data.name in TAUGHT:
        return data.name
    return "cnn" if len(data.sample_shape) == 3 else "mlp"
