"""The answer to a picture, drawn: what the network sees, what spoke for its answer, what its layers make of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.explain import phrases
from glassnet.explain.attribution import Attribution, attribution
from glassnet.explain.feature_maps import FeatureMaps, feature_maps
from glassnet.files import TrainedModel
from glassnet.model import Sequential
from glassnet.pictures import Panel, Strip, save_panels

SHOWN, MOST = 12, 96  # maps of a layer: beside others, and alone
LONGEST = 16  # signs of a class's name


def save_picture(model: TrainedModel | Sequential, x: Any, path: Path, label: Any = None) -> Attribution:
    """Draw into a PNG what made the network answer the picture x (H, W, C), as recorded, as it did.

    Beside the picture, what `attribution` finds, for the answer or for another `label`, colours added up; below, the
    strongest maps of each layer. The figures behind it are given back. Errors as of `attribution`; OutputError.
    """
    found = attribution(model, x, label)
    strips = [_strip(layer, SHOWN) for layer in feature_maps(model, x)]
    save_panels(phrases.WHY.format(label=_short(found.label)), found.picture, _panels(found), strips, path)
    return found


def save_maps(model: TrainedModel | Sequential, x: Any, path: Path, layer: str) -> FeatureMaps:
    """Draw into a PNG what one layer makes of the picture x; errors as of `feature_maps`, and OutputError."""
    (found,) = feature_maps(model, x, layer)
    save_panels(phrases.MAPS_OF.format(layer=layer), None, [], [_strip(found, MOST)], path)
    return found


def _panels(found: Attribution) -> list[Panel]:
    words = {"label": _short(found.label), "answer": _short(found.answer), "patch": found.patch}
    values = (found.picture, found.occlusion, found.gradient.sum(2), (found.gradient * found.picture).sum(2))
    return [
        Panel(title.format(**words), meaning.format(**words), numbers)
        for (title, meaning), numbers in zip(phrases.PANELS, values, strict=True)
    ]


def _strip(layer: FeatureMaps, most: int) -> Strip:
    """The strongest maps of a layer, in their order."""
    height, width, count = layer.maps.shape
    strength: Array = np.abs(layer.maps).sum((0, 1))
    chosen = np.sort(np.argsort(-strength, kind="stable")[:most])
    name = phrases.THEN.format(layer=layer.layer, function=layer.function) if layer.function else layer.layer
    phrase = phrases.STRONGEST if count > most else phrases.ALL
    shown = phrase.format(shown=most, count=count, s="s" * (count != 1))
    ink = phrases.TWO_INKS if (layer.maps < 0).any() else phrases.INK
    title = phrases.MAPS.format(name=name, shown=shown, height=height, width=width, ink=ink)
    return Strip(title, layer.maps[:, :, chosen], [int(k) for k in chosen])


def _short(label: Any) -> str:
    text = str(label)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
