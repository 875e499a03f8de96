"""A reader of model files, written from docs/model-file.md alone: the standard library and NumPy."""

import hashlib
import json
import math
import sys

import numpy as np

START = rb'{"__metadata__":{"glassnet":"{\"checksum\":\"'
TYPES = {"F32": "<f4", "F64": "<f8", "I64": "<i8", "U8": "u1"}


def read(path):
    """The document and the tensors of the file at `path`; ValueError where it breaks its rules."""
    with open(path, "rb") as file:
        data = file.read()
    if data[8:53] != START:
        raise ValueError("not a model file of glassnet")
    if hashlib.sha256(data[:53] + b"0" * 64 + data[117:]).hexdigest().encode() != data[53:117]:
        raise ValueError("the checksum is wrong")
    begin_of_data = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:begin_of_data])
    document = json.loads(header.pop("__metadata__")["glassnet"])
    if document["format"] > 1:
        raise ValueError(f"format {document['format']} is newer than this reader")
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        kind = np.dtype(TYPES[entry["dtype"]])
        if end - begin != math.prod(entry["shape"]) * kind.itemsize:
            raise ValueError(f"{name} does not fill its bytes")
        numbers = data[begin_of_data + begin : begin_of_data + end]
        tensors[name] = np.frombuffer(numbers, kind).reshape(entry["shape"])
    return document, tensors


if __name__ == "__main__":
    for part in read(sys.argv[1]):
        print(part)
