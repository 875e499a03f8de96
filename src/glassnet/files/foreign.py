"""What a file that is not ours seems to be, told from its first bytes: for the error message alone."""

from __future__ import annotations

import re

PICKLE = "a Python pickle, and a pickle runs whatever program is in it"
OLD_PICKLE = re.compile(rb"\(?[dl]p0\n|[\]}]q\x00|\(?[ci][\w.]+\n\w")  # protocols 0 and 1: a container or an import
SIGNS = {
    b"\x89HDF\r\n\x1a\n": "an HDF5 file, such as Keras once wrote (.h5)",
    b"PK\x03\x04": "a ZIP archive, such as .keras, .npz or PyTorch's .pt, which may hold a pickle",
    b"\x93NUMPY": "a NumPy array (.npy)",
    b"\x1f\x8b": "a gzip file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"version https://git-lfs": "Git LFS's note of where the file lies, not the file itself",
    b"<": "a web page or another XML document",
}


def recognise(head: bytes) -> str:
    """A phrase that follows "it is": what a file that begins with these bytes seems to be."""
    if not head:
        return "empty"
    if (
        head[8:9] == b"{" and int.from_bytes(head[:8], "little") < 100_000_000
    ):  # the largest header of a safetensors file
        return "a safetensors file that glassnet did not write, or a damaged one"
    if head.startswith(b"\x93NUMPY") and b"|O" in head:
        return "a NumPy array of Python objects: " + PICKLE
    for sign, name in SIGNS.items():
        if head.startswith(sign):
            return name
    return PICKLE if OLD_PICKLE.match(head) or re.match(rb"\x80[\x02-\x05]", head) else "not a model file"
