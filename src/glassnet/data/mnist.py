"""MNIST: 60 000 handwritten digits to learn from and 10 000 to test with, 28×28 grey pixels each.

Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits".
"""

from __future__ import annotations

import hashlib
import os
from io import BytesIO
from pathlib import Path

from glassnet.arrays import Array
from glassnet.atomic import atomic_write
from glassnet.data.dataset import Dataset, Parts
from glassnet.data.idx import decode_idx, idx_header, read_idx
from glassnet.data.idx_folder import DIGITS, find_idx
from glassnet.errors import DataFileError, OutputError

MIRRORS = "https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"
CHECKSUMS = {  # SHA-256 of the unpacked files
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
LARGEST = 16 * 2**20  # bytes of a download; the largest of the four files has 9.9 million
PATIENCE = 20.0  # seconds without a byte


def load_mnist() -> Parts:
    """MNIST from `$GLASSNET_DATA/mnist`, or else the user's cache, or else downloaded into that cache.

    The checksums of all four files are compared, wherever they come from.

    Raises
    ------
    DataFileError where a file is not MNIST's, or is nowhere and cannot be downloaded.
    OutputError where the cache cannot be written.
    """
    return Parts(*(_part(part) for part in ("train", "t10k")))


def _part(part: str) -> Dataset:
    images, labels = _array(part, "images", 3), _array(part, "labels", 1)
    return Dataset("mnist", images[..., None], labels, tuple(range(10)), DIGITS)


def _array(part: str, kind: str, axes: int) -> Array:
    name = f"{part}-{kind}-idx{axes}-ubyte"
    for folder in _folders():
        path = find_idx(folder, part, kind) if folder.is_dir() else None
        if path is not None:
            array = read_idx(path)
            if not _genuine(array, name):
                raise DataFileError(
                    f"{str(path)!r} is not the {name} of MNIST: its checksum differs.",
                    "Remove it, and it is fetched anew; a set of your own goes by the name of its folder.",
                )
            return array
    return _download(name, _folders()[-1])


def _folders() -> list[Path]:
    """Where MNIST may lie; the last one is the cache, into which it is downloaded."""
    import platformdirs

    given = os.environ.get("GLASSNET_DATA")
    roots = [given] if given else []
    return [Path(root, "mnist") for root in (*roots, platformdirs.user_cache_dir("glassnet"))]


def _genuine(array: Array, name: str) -> bool:
    digest = hashlib.sha256(idx_header(array))
    digest.update(array.data)
    return digest.hexdigest() == CHECKSUMS[name]


def _download(name: str, folder: Path) -> Array:
    """Fetch a file from the first mirror that has the right one, and keep it in `folder`."""
    refusals = []
    for mirror in MIRRORS:
        try:
            packed = _fetch(f"{mirror}{name}.gz")
            array = decode_idx(BytesIO(packed), len(packed), name)
            if not _genuine(array, name):
                raise DataFileError(f"{name!r} has a wrong checksum.")
        except DataFileError as error:
            refusals.append(f"{mirror} ({error.message.rstrip('.')})")
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"Cannot make the folder {str(folder)!r} for MNIST: {error.strerror}.",
                "Set GLASSNET_DATA to a folder that holds mnist/ with its four files.",
            ) from error
        with atomic_write(folder / f"{name}.gz") as file:
            file.write(packed)
        return array
    raise DataFileError(
        f"MNIST is not on this machine and could not be downloaded from {' or '.join(refusals)}.",
        f"Put its four files into {str(folder)!r}, or use 'digits', which is always there.",
    )


def _fetch(url: str) -> bytes:
    """The bytes behind a URL; DataFileError where they do not come or are more than MNIST's."""
    from http.client import HTTPException
    from urllib.error import HTTPError
    from urllib.request import urlopen

    try:
        with urlopen(url, timeout=PATIENCE) as response:
            content: bytes = response.read(LARGEST + 1)
    except (OSError, HTTPException) as error:
        if isinstance(error, HTTPError):
            error.close()  # it holds what the server answered
        reason = getattr(error, "reason", None)  # of a URLError: the OSError that it stands for
        raise DataFileError(f"{getattr(reason, 'strerror', None) or error}") from error
    if len(content) > LARGEST:
        raise DataFileError(f"more than {LARGEST} bytes came")
    return content
