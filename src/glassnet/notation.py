"""Networks in a short readable form, and from JSON files.

conv32 relu pool flatten dense128 relu dropout0.5 dense10

dense128          Dense(128)                      dense1/nobias       without a bias
conv32            Conv2D(32, 3×3)                 conv32/5x5/stride2/same
pool, pool3       MaxPooling2D(2), (3)            pool3/stride2/same
avgpool, avgpool3 AveragePooling2D(2), (3)        avgpool3/stride2/same
dropout0.5        Dropout(0.5)                    reshape28x28x1      Reshape((28, 28, 1))
flatten           Flatten()                       batchnorm           BatchNormalization()
relu, sigmoid, …  Activation(…)
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from glassnet.checks import nearest
from glassnet.descriptions import from_config
from glassnet.errors import ParameterError
from glassnet.functions import ACTIVATIONS, INITIALIZERS
from glassnet.layers import (
    LAYERS,
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    Reshape,
)

Options = dict[str, Any]


def _dense(number: str, options: Options) -> Layer:
    return Dense(int(number), **options)


def _conv(number: str, options: Options) -> Layer:
    return Conv2D(int(number), **options)


def _pool(kind: type[MaxPooling2D] | type[AveragePooling2D]) -> Callable[[str, Options], Layer]:
    return lambda number, options: kind(int(number or 2), **options)


WHOLE, DECIMAL, NONE = r"\d{1,9}", r"\d*\.?\d+", ""
SHAPE = rf"{WHOLE}(?:x{WHOLE})*"

# word: (what its number looks like, which options it takes, how it becomes a layer)
WORDS: dict[str, tuple[str, tuple[str, ...], Callable[[str, Options], Layer]]] = {
    "dense": (WHOLE, ("nobias",), _dense),
    "conv": (WHOLE, ("size", "stride", "same", "nobias"), _conv),
    "pool": (rf"(?:{WHOLE})?", ("stride", "same"), _pool(MaxPooling2D)),
    "avgpool": (rf"(?:{WHOLE})?", ("stride", "same"), _pool(AveragePooling2D)),
    "dropout": (DECIMAL, (), lambda number, options: Dropout(float(number))),
    "reshape": (SHAPE, (), lambda number, options: Reshape(tuple(int(part) for part in number.split("x")))),
    "flatten": (NONE, (), lambda number, options: Flatten()),
    "batchnorm": (NONE, (), lambda number, options: BatchNormalization()),
}


def parse_network(text: str) -> list[Layer]:
    """The layers that `text` names, in order; ParameterError points at the word that is not understood."""
    words = text.replace(",", " ").split()
    if not words:
        raise ParameterError("The network is empty.", 'Write "dense16 relu dense2", say.')
    return [_parse_word(word) for word in words]


def read_network(path: Path) -> list[Layer]:
    """The layers in a JSON file: a list of objects such as {"class": "Dense", "units": 10}, or {"layers": [...]}."""
    if path.exists() and not path.is_file():  # opening a pipe would wait for its other end
        raise ParameterError(f"The network file {path} is not an ordinary file.")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ParameterError(f"The network file {path} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError) as error:
        raise ParameterError(f"The network file {path} is not JSON: {error}.") from None
    layers = content.get("layers") if isinstance(content, dict) else content
    if not isinstance(layers, list) or not layers:
        raise ParameterError(f'The network file {path} holds no list of "layers".')
    try:
        found = [from_config(layer, {**LAYERS, **INITIALIZERS}) for layer in layers]
    except RecursionError:
        raise ParameterError(f"The network file {path} is nested too deeply.") from None
    for layer in found:
        if not isinstance(layer, Layer):
            raise ParameterError(f"The network file {path} names {type(layer).__name__}, which is not a layer.")
    return found


def _parse_word(word: str) -> Layer:
    name, *options = word.lower().split("/")
    if name in ACTIVATIONS and not options:
        return Activation(name)
    for key, (number, allowed, build) in WORDS.items():
        if match := re.fullmatch(rf"{key}({number})", name):
            return build(match[1], _parse_options(word, options, allowed))
    known = [*WORDS, *ACTIVATIONS]
    hint = nearest(name.rstrip("0123456789.x"), known) or f"Known are {', '.join(known)}."
    if name in WORDS:
        hint = (
            f"It needs a number, as in {name}{'0.5' if name == 'dropout' else '28x28x1' if name == 'reshape' else 32}."
        )
    raise ParameterError(f"The network has the word {word!r}, which names no layer.", hint)


def _parse_options(word: str, options: list[str], allowed: tuple[str, ...]) -> Options:
    parsed: Options = {}
    for option in options:
        if option == "nobias" and "nobias" in allowed:
            parsed["use_bias"] = False
        elif option == "same" and "same" in allowed:
            parsed["padding"] = "same"
        elif (match := re.fullmatch(rf"stride({WHOLE})", option)) and "stride" in allowed:
            parsed["stride"] = int(match[1])
        elif (match := re.fullmatch(rf"({WHOLE})(?:x({WHOLE}))?", option)) and "size" in allowed:
            parsed["kernel_size"] = (int(match[1]), int(match[2] or match[1]))
        else:
            takes = ", ".join({"size": "5x5", "stride": "stride2"}.get(name, name) for name in allowed) or "none"
            raise ParameterError(f"The word {word!r} has the option {option!r}.", f"Its options are: {takes}.")
    return parsed
