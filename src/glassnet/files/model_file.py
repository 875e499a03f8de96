"""Saving and loading a trained network: docs/model-file.md, "A model"."""

from __future__ import annotations

import os
import warnings

import numpy as np

from glassnet.arrays import Array
from glassnet.certainty import Certainty
from glassnet.descriptions import Config, from_config, to_config
from glassnet.errors import GlassnetError, ModelFileError
from glassnet.files.container import Content, naming, read_container, write_container
from glassnet.files.trained import ModelWarning, TrainedModel
from glassnet.model import Sequential
from glassnet.preparation import PREPARATIONS, Preparation

HISTORY = "history."  # figures of each epoch are arrays: ten thousand epochs are no text, and infinities are allowed


def save(trained: TrainedModel, path: str | os.PathLike[str]) -> None:
    """Write the whole of `trained` to one file.

    Raises
    ------
    OutputError where the file cannot be written; an old file is then as it was.
    ParameterError where the receipt or the history holds what the file cannot.
    """
    network = trained.network
    vectors = network.vectors  # taken once, so that weights and state are of one moment
    content = {
        "classes": trained.classes,
        "network": network.to_config(),
        "preparation": to_config(trained.preparation),
        "receipt": trained.receipt,
    }
    if trained.certainty is not None:
        content["certainty"] = to_config(trained.certainty)
    tensors = {
        **network.weight_layout.named(vectors.weights),
        **network.state_layout.named(vectors.state),
        **{HISTORY + name: np.array(figures, np.float64) for name, figures in trained.history.items()},
    }
    write_container(path, "model", content, tensors)


def load(path: str | os.PathLike[str]) -> TrainedModel:
    """The trained network in the file at `path`, as it was saved.

    Raises
    ------
    ModelFileError where the file is not one of ours, or does not fit itself; ChecksumError where its bytes have
    changed; VersionError where it is newer than this glassnet.

    Warns
    -----
    ModelWarning where a weight is not a finite number: `healthy` is then False.
    """
    content, tensors = read_container(path, "model")
    with naming(path):
        trained = _trained(content, tensors)
    sick = [name for name, tensor in tensors.items() if not name.startswith(HISTORY) and not np.isfinite(tensor).all()]
    if sick:
        warning = (
            f"{os.fspath(path)!r}: {', '.join(sick)} hold numbers that are not finite. Predict nothing with this model."
        )
        warnings.warn(ModelWarning(warning), stacklevel=2)
    return trained


def _trained(content: Content, tensors: dict[str, Array]) -> TrainedModel:
    if set(content) - {"certainty"} != {"classes", "network", "preparation", "receipt"}:
        raise ModelFileError(f"a model has classes, network, preparation and receipt; it has {sorted(content)!r:.200}.")
    classes, receipt = content["classes"], content["receipt"]
    if not isinstance(classes, list | None) or not isinstance(receipt, dict):
        raise ModelFileError("its classes must be a list or null, and its receipt an object.")
    preparation = from_config(content["preparation"], PREPARATIONS)
    if not isinstance(preparation, Preparation):
        raise ModelFileError(f"its preparation is a {type(preparation).__name__}.")
    history = {name.removeprefix(HISTORY): tensor for name, tensor in tensors.items() if name.startswith(HISTORY)}
    for name, figures in history.items():
        if figures.ndim != 1 or figures.dtype != np.float64:
            raise ModelFileError(f"its history of {name!r} is not one float64 number for each epoch.")
    return TrainedModel(
        _network(content["network"], {name: tensors[name] for name in tensors if not name.startswith(HISTORY)}),
        None if classes is None else tuple(classes),
        preparation,
        receipt,
        {name: figures.tolist() for name, figures in history.items()},
        from_config(content["certainty"], {"Certainty": Certainty}) if "certainty" in content else None,
    )


def _network(config: Config, tensors: dict[str, Array]) -> Sequential:
    """The network that `config` tells of, with these numbers and no others."""
    try:
        network = Sequential.from_config(config, seed=None)
    except GlassnetError:
        raise
    except (MemoryError, OverflowError, ValueError) as error:  # ValueError: more bytes than NumPy can count
        raise ModelFileError("its network is too large for this machine.") from error
    views = {**network.weights(), **network.state()}
    if views.keys() != tensors.keys():
        odd = ", ".join(sorted(views.keys() ^ tensors.keys())[:5])
        raise ModelFileError(f"its network and its tensors do not fit each other: {odd}.")
    for name, view in views.items():
        given = tensors[name]
        if given.shape != view.shape or given.dtype != view.dtype:
            raise ModelFileError(
                f"tensor {name!r} has type {given.dtype} and shape {given.shape}; "
                f"its network expects {view.dtype} and {view.shape}."
            )
        view[...] = given
    return network
