"""The header of a safetensors file, checked before anything in it is believed.

Whoever makes a hostile file also makes its checksum right, so every statement of the header is held against a limit
and against the length of the file. docs/model-file.md states these rules.
"""

from __future__ import annotations

import json
import math
import re
from itertools import accumulate
from typing import Any

from glassnet.errors import ModelFileError

DEEPEST = 32  # brackets inside brackets: a network's own description takes eight
MOST = 100_000  # commas, so that a short text cannot become a large object
ITEM_BYTES = {"F32": 4, "F64": 8, "I64": 8, "U8": 1}
NAME = re.compile(r"\w{1,100}(\.\w{1,100}){0,3}", re.ASCII)  # dense_1.W: no path can be written with this
STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
BRACKETS = {"[": 1, "{": 1, "]": -1, "}": -1}

Header = dict[str, Any]


def parse_json(text: str) -> Any:
    """The object that a JSON text tells of.

    Raises
    ------
    ModelFileError where it is not JSON, has a key twice, a number that is not finite, or is too deep or too long.
    """
    skeleton = STRING.sub("", text)
    depth = max(accumulate(BRACKETS[sign] for sign in re.findall(r"[][{}]", skeleton)), default=0)
    if depth > DEEPEST or skeleton.count(",") > MOST:
        raise ModelFileError(
            f"its JSON is {depth} levels deep, with {skeleton.count(',')} commas; more than any model's."
        )
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_float=_finite, parse_constant=_finite)
    except ValueError as error:
        raise ModelFileError(f"its JSON is not valid: {error}.") from None


def check_tensors(header: Header, data_length: int) -> None:
    """Hold what the header says of its tensors against the `data_length` bytes that follow it.

    Raises
    ------
    ModelFileError for a name with more than words and points in it; an unknown type; a shape that does not fill its
    bytes; and offsets that leave a gap, overlap, or do not end where the file ends.
    """
    places = []
    for name, entry in header.items():
        if not NAME.fullmatch(name):
            raise ModelFileError(f"{name!r:.120} is no name for a tensor; one like 'dense_1.W' was expected.")
        places.append((*_place(name, entry), name))
    reached = 0
    for begin, end, name in sorted(places):
        if begin != reached:
            raise ModelFileError(f"tensor {name!r} begins at byte {begin} of the data, expected {reached}.")
        reached = end
    if reached != data_length:
        raise ModelFileError(f"its tensors end at byte {reached} of the data, which has {data_length}.")


def _place(name: str, entry: Any) -> tuple[int, int]:
    """Where one tensor begins and ends."""
    if not isinstance(entry, dict) or set(entry) != {"dtype", "shape", "data_offsets"}:
        raise ModelFileError(f"tensor {name!r} needs a dtype, a shape and data_offsets, and nothing else.")
    kind, shape, offsets = entry["dtype"], entry["shape"], entry["data_offsets"]
    if not isinstance(kind, str) or kind not in ITEM_BYTES:
        raise ModelFileError(f"tensor {name!r} has the type {kind!r:.20}; glassnet reads {', '.join(ITEM_BYTES)}.")
    if not _are_lengths(shape) or len(shape) > 8 or not _are_lengths(offsets) or len(offsets) != 2:
        raise ModelFileError(f"tensor {name!r} has a shape or offsets that are not whole numbers from 0 on.")
    if math.prod(length or 1 for length in shape) * ITEM_BYTES[kind] >= 2**63:
        raise ModelFileError(f"tensor {name!r} has a shape that is larger than any memory: {shape!r:.100}.")
    begin, end = offsets
    wanted = math.prod(shape) * ITEM_BYTES[kind]
    if end - begin != wanted:
        raise ModelFileError(
            f"tensor {name!r} of shape {shape} takes {wanted} bytes, but its offsets give {end - begin}."
        )
    return begin, end


def _are_lengths(value: Any) -> bool:
    return isinstance(value, list) and all(type(item) is int and 0 <= item < 2**63 for item in value)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; where a key stands twice, two readers could see two different files."""
    keys = set()
    for key, _ in pairs:
        if key in keys:
            raise ValueError(f"the key {key!r:.100} stands there twice")
        keys.add(key)
    return dict(pairs)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text:.20} is not a finite number")
    return number
