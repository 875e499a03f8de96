"""glassnet explain --picture"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from glassnet.arrays import Array
from glassnet.cli.output import print_json, tell
from glassnet.errors import ParameterError
from glassnet.explain import save_maps, save_picture

if TYPE_CHECKING:
    from glassnet.explain import Attribution
    from glassnet.files import TrainedModel


def draw(
    trained: TrainedModel, x: Array, label: Any, path: Path, layer: str | None, *, quiet: bool, json: bool
) -> None:
    """Draw what spoke for an answer, or the maps of one layer, and say in words what is to be seen."""
    if layer is not None:
        if label is not None:
            raise ParameterError("The maps of a layer are the same for every --target.", "Leave it out.")
        maps = save_maps(trained, x, path, layer).maps
        words = f"{maps.shape[2]} maps of {layer} are in {path}."
        document = {"picture": str(path), "layer": layer, "shape": list(maps.shape)}
    else:
        found = save_picture(trained, x, path, _output(label))
        words = f"{_in_words(found)}\nThe picture is in {path}."
        document = {"picture": str(path)} | {
            name: getattr(found, name) for name in ("answer", "label", "score", "patch", "stride", "fill")
        }
    if json:
        print_json(document)
    elif not quiet:
        tell(words)


def _output(label: Any) -> Any:
    """The class; of a network with numbers for answers, the one output that is asked about."""
    if not isinstance(label, list):
        return label
    if len(label) != 1 or not label[0].is_integer():
        raise ParameterError("--picture asks about one output.", "Give its number, the first is --target 0.")
    return int(label[0])


def _in_words(found: Attribution) -> str:
    """The answer, and where the picture is needed most."""
    row, column = (int(k) * found.stride for k in np.unravel_index(found.occlusion.argmax(), found.occlusion.shape))
    return (
        f"The network answers {found.answer}. "
        f"The score of {found.label}, its sum before the last activation, is {found.score:.3g}.\n"
        f"Where {found.patch}×{found.patch} pixels are covered with grey ({found.fill:.3g}), the largest fall is "
        f"{found.occlusion.max():.3g}, around row {row}, column {column}."
    )
