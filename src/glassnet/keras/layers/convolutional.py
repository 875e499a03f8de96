"""Convolution over pictures."""

from __future__ import annotations

from typing import Any

from glassnet import layers as own
from glassnet.keras.arguments import keras_arguments, only
from glassnet.keras.formats import is_first
from glassnet.keras.layers.core import WEIGHTS_OLD, activated, weighted
from glassnet.keras.layers.layer import COMMON, Layer
from glassnet.keras.layers.pooling import PICTURES_OLD, AveragePooling2D, MaxPooling2D, lower, pair
from glassnet.keras.notes import note

__all__ = ["AveragePooling2D", "Conv2D", "Convolution2D", "MaxPooling2D"]  # Keras 1 had pooling here, too

CONVOLUTION_OLD = {**PICTURES_OLD, **WEIGHTS_OLD, "nb_filter": "filters", "subsample": "strides"}


SETTINGS = (
    "strides",
    "padding",
    "data_format",
    "activation",
    "use_bias",
    "kernel_initializer",
    "bias_initializer",
    "kernel_regularizer",
    "bias_regularizer",
)


class Conv2D(Layer):
    """A weighted sum over a window of the picture, with the same weights at every place, then the activation."""

    @keras_arguments(*COMMON, **CONVOLUTION_OLD)
    def __init__(
        self,
        filters: int,
        kernel_size: Any,
        strides: Any = (1, 1),
        padding: str = "valid",
        data_format: Any = None,
        dilation_rate: Any = (1, 1),
        groups: int = 1,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        **common: Any,
    ) -> None:
        only("Conv2D", "dilation_rate", pair(dilation_rate), (1, (1, 1)))
        only("Conv2D", "groups", groups, (1,))
        settings = weighted(
            "Conv2D",
            use_bias=use_bias,
            kernel_initializer=kernel_initializer,
            bias_initializer=bias_initializer,
            kernel_regularizer=kernel_regularizer,
            bias_regularizer=bias_regularizer,
            activity_regularizer=activity_regularizer,
            kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
        )
        described = own.Conv2D(filters, pair(kernel_size), pair(strides), lower(padding), **settings)
        super().__init__(*activated(described, activation), **common)
        self.channels_first = is_first("Conv2D", data_format)


@keras_arguments(*COMMON, *SETTINGS, **CONVOLUTION_OLD, nb_row="kernel_size")
def Convolution2D(filters: int, kernel_size: Any, nb_col: int | None = None, **given: Any) -> Conv2D:  # noqa: N802
    """Conv2D by its first name: Convolution2D(32, 3, 3) has a kernel of 3×3."""
    if nb_col is None:
        note("Convolution2D", "Convolution2D is read as Conv2D")
        return Conv2D(filters, kernel_size, **given)
    note("Convolution2D", "Convolution2D(filters, rows, columns) is read as Conv2D(filters, (rows, columns))")
    return Conv2D(filters, (kernel_size, nb_col), **given)
