"""What model files and checkpoints have in common: JSON and named arrays in one safetensors file, under a checksum.

docs/model-file.md is the specification. Reading builds arrays and plain JSON values and nothing else: no code runs.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

from glassnet.arrays import Array
from glassnet.atomic import atomic_write
from glassnet.errors import GlassnetError, ModelFileError, ParameterError, VersionError
from glassnet.files.header import check_tensors, parse_json
from glassnet.files.sealed import ZEROS, check_start, header_length, read_sealed, seal

FORMAT = 1
TYPES = ("float32", "float64", "int64", "uint8")

Content = dict[str, Any]


def write_container(path: str | os.PathLike[str], kind: str, content: Content, tensors: Mapping[str, Array]) -> None:
    """Write `content`, which is JSON, and `tensors` to `path`: the whole new file or the whole old one.

    The same content gives the same bytes.

    Raises
    ------
    ParameterError where no reader would take the file: NaN in the content, an odd name or type of a tensor.
    OutputError where the file cannot be written.
    """
    try:
        data = _pack(kind, content, tensors)
        check_start(data, len(data))
        _unpack(data, kind)
    except ModelFileError as error:
        raise ParameterError(f"Cannot write {os.fspath(path)!r}: {error.message}", error.hint) from None
    with atomic_write(path) as file:
        file.write(data)


def read_container(path: str | os.PathLike[str], kind: str) -> tuple[Content, dict[str, Array]]:
    """Content and tensors of the file at `path`, which must be of this `kind`, "model" or "checkpoint".

    Raises
    ------
    ModelFileError where it is anything else; ChecksumError where its bytes have changed; VersionError where it is
    newer than this glassnet.
    """
    with naming(path):
        return _unpack(read_sealed(path), kind)


@contextmanager
def naming(path: str | os.PathLike[str]) -> Iterator[None]:
    """Word every error inside the block as a ModelFileError that names the file."""
    try:
        yield
    except GlassnetError as error:
        kind = type(error) if isinstance(error, ModelFileError) else ModelFileError
        raise kind(f"Cannot read {os.fspath(path)!r}: {error.message}", error.hint) from None


def _pack(kind: str, content: Content, tensors: Mapping[str, Array]) -> bytes:
    from safetensors.numpy import save

    whole = {"checksum": ZEROS, "content": content, "format": FORMAT, "kind": kind, "version": _version()}
    try:
        text = json.dumps(whole, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise ModelFileError(f"its content is not JSON: {error}.") from None
    arrays = {name: np.asarray(array, order="C") for name, array in tensors.items()}
    for name, array in arrays.items():
        if array.dtype not in TYPES:
            raise ModelFileError(f"tensor {name!r} has the type {array.dtype}; expected one of {', '.join(TYPES)}.")
    return seal(save(arrays, {"glassnet": text}))


def _unpack(data: bytes, kind: str) -> tuple[Content, dict[str, Array]]:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    end = 8 + header_length(data)
    try:
        header = parse_json(data[8:end].decode())
        metadata = header.pop("__metadata__")  # check_start has seen it, and its first key
        if len(metadata) > 1:
            raise ModelFileError("its metadata has more than the one key that glassnet writes.")
        content = _content(parse_json(metadata["glassnet"]), kind)
        check_tensors(header, len(data) - end)
        return content, load(data)
    except (UnicodeDecodeError, SafetensorError) as error:
        raise ModelFileError(f"its header is not what safetensors prescribes: {error}.") from error


def _content(whole: Content, kind: str) -> Content:
    written = whole.get("format")
    if type(written) is not int or written < 1:
        raise ModelFileError(f"it says that its format is {written!r:.40}; expected a number from 1 to {FORMAT}.")
    if written > FORMAT:
        raise VersionError(
            f"it has format {written}, written by glassnet {whole.get('version')!r:.40}; "
            f"this is glassnet {_version()}, which reads up to format {FORMAT}.",
            "Install the newer one: pip install --upgrade glassnet",
        )
    if set(whole) != {"checksum", "content", "format", "kind", "version"} or not isinstance(whole["content"], dict):
        raise ModelFileError("it must hold a checksum, content, format, kind and version, and nothing else.")
    if whole["kind"] != kind:
        raise ModelFileError(f"it is a {whole['kind']!r:.40}, not a {kind!r}.")
    return dict(whole["content"])


def _version() -> str:
    from importlib.metadata import version  # 20 ms to import, for those who read and write files alone

    return version("glassnet")
