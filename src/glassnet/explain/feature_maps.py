"""What the convolutions and the poolings of a network make of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from glassnet.arrays import Array
from glassnet.checks import nearest
from glassnet.errors import ParameterError, ShapeError
from glassnet.explain.attribution import trace_picture
from glassnet.files import TrainedModel
from glassnet.layers import Activation
from glassnet.model import Sequential


@dataclass(frozen=True)
class FeatureMaps:
    """What one layer gives for a picture, (H, W, C) in float64: C maps.

    layer : its name.   function : the activation right after it, which these maps have gone through; "" for none.
    """

    layer: str
    function: str
    maps: Array


def feature_maps(model: TrainedModel | Sequential, x: Any, layer: str | None = None) -> list[FeatureMaps]:
    """The feature maps for the picture x (H, W, C), as recorded.

    Parameters
    ----------
    layer : the name of one, whose very output is given. None: those of every layer that gives maps, after its
        activation; none where the network is dense.

    Raises
    ------
    ShapeError where the samples are no pictures, or the layer gives no maps; ParameterError where it has none such.
    """
    trace, _, _ = trace_picture(model, x)
    network = trace.network
    if layer is not None:
        if layer not in network.names:
            hint = nearest(layer, network.names) or f"It has {', '.join(network.names)}."
            raise ParameterError(f"The network has no layer {layer!r:.60}.", hint)
        k = network.names.index(layer)
        if len(network.shapes[k]) != 3:
            able = [name for name, shape in zip(network.names, network.shapes, strict=True) if len(shape) == 3]
            raise ShapeError(
                f"{layer} gives {network.shapes[k]} numbers, and no maps.",
                f"These give some: {', '.join(able)}." if able else "Only convolutions and poolings do.",
            )
        return [FeatureMaps(layer, "", trace.signals[k + 1][0])]
    found = []
    for neurons in trace.neurons:
        if len(network.shapes[neurons.end - 1]) == 3:
            activation = None if neurons.activation is None else network.layers[neurons.activation]
            function = activation.function if isinstance(activation, Activation) else ""
            found.append(FeatureMaps(network.names[neurons.main], function, trace.signals[neurons.end][0]))
    return found
