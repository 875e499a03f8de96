"""Files that a stranger could make: parts of a good file changed, and its checksum made right again.

Written from docs/model-file.md, so that a mistake of the writer in src is not repeated here.
"""

import hashlib
import json
import warnings

import numpy as np

from glassnet.files import TrainedModel, load, load_checkpoint, save, save_checkpoint
from glassnet.layers import Activation, BatchNormalization, Dense
from glassnet.model import Sequential

PLACE = slice(53, 117)


def tiny():
    """A trained model with a state, a history and classes."""
    network = Sequential([Dense(2), BatchNormalization(), Dense(2), Activation("softmax")], (3,), seed=1)
    return TrainedModel(network, ("no", "yes"), receipt={"seed": 1}, history={"loss": [0.5, 0.25]})


def good(kind, folder):
    """The bytes of a good file of this kind."""
    path = folder / "good"
    if kind == "model":
        save(tiny(), path)
    else:
        save_checkpoint(path, {"step": 1}, {"weights": np.arange(3.0)})
    return path.read_bytes()


def read(kind, path):
    """Through the one public function that reads files of this kind; nothing it says may be a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return load(path) if kind == "model" else load_checkpoint(path)


def taken_apart(file):
    """The header as an object, the document in it as an object, and the data."""
    end = 8 + int.from_bytes(file[:8], "little")
    header = json.loads(file[8:end])
    return header, json.loads(header["__metadata__"]["glassnet"]), file[end:]


def put_together(header, document, data):
    """The file of these parts, with the right checksum, whatever else may be wrong with it."""
    document["checksum"] = "0" * 64
    header["__metadata__"]["glassnet"] = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return sealed(json.dumps(header, separators=(",", ":")).encode(), data)


def sealed(header, data):
    """The file of a header, given as bytes, and its data, with the right lengths and checksum."""
    header += b" " * (-len(header) % 8)
    file = len(header).to_bytes(8, "little") + header + data
    empty = file[: PLACE.start] + b"0" * 64 + file[PLACE.stop :]
    return file[: PLACE.start] + hashlib.sha256(empty).hexdigest().encode() + file[PLACE.stop :]
