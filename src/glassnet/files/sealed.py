"""The bytes of a safetensors file under a checksum of all of them: docs/model-file.md, "The bytes"."""

from __future__ import annotations

import hashlib
import os
import stat

from glassnet.errors import ChecksumError, ModelFileError
from glassnet.files.foreign import recognise

START = b'{"__metadata__":{"glassnet":"{\\"checksum\\":\\"'  # how the header begins, so that the checksum has one place
CHECKSUM = slice(8 + len(START), 8 + len(START) + 64)
ZEROS = "0" * 64  # what stands there while the checksum is computed
LONGEST = 4 * 2**20  # bytes of header: 10 000 tensors and as many class names take half of it; parsing it takes 0.1 s


def seal(data: bytes) -> bytes:
    """`data` with its SHA-256, as 64 hexadecimal digits, in the place of the zeros."""
    return data[: CHECKSUM.start] + _digest(data) + data[CHECKSUM.stop :]


def read_sealed(path: str | os.PathLike[str]) -> bytes:
    """The whole file, once its first bytes, the length of its header and its checksum are right.

    Raises
    ------
    ModelFileError where it is another kind of file, or cannot be read; ChecksumError where its bytes have changed.
    """
    try:
        mode = os.stat(path).st_mode  # asked first: opening a pipe would wait for its other end
        if not stat.S_ISREG(mode):
            what = "a folder" if stat.S_ISDIR(mode) else "not an ordinary file"
            raise ModelFileError(f"it is {what}.", "Give the name of a model file.")
        with open(path, "rb") as file:
            head = file.read(4096)
            check_start(head, os.fstat(file.fileno()).st_size)
            data = head + file.read()
    except FileNotFoundError:
        stopped = os.path.exists(f"{os.fspath(path)}.checkpoint")
        hint = "Its training was stopped: give the train command once more, with --resume."
        raise ModelFileError(
            "there is no such file.", hint if stopped else "Look for a typing error in its name."
        ) from None
    except (OSError, MemoryError, ValueError) as error:  # ValueError: a name that no disk can hold, as one with a NUL
        raise ModelFileError(f"{getattr(error, 'strerror', None) or error or 'it is too large for memory'}.") from error
    if data[CHECKSUM] != _digest(data):
        raise ChecksumError(
            "its bytes are not those that were written; it is cut short or damaged.", "Copy or download it once more."
        )
    return data


def check_start(head: bytes, size: int) -> None:
    """Raise ModelFileError unless a file of `size` bytes that begins with `head` may be one of ours."""
    if head[8 : CHECKSUM.start] != START:
        raise ModelFileError(
            f"it is {recognise(head)}.",
            "glassnet reads only the safetensors files that it wrote, and never runs code from a file.",
        )
    length = header_length(head)
    if length > min(LONGEST, size - 8):
        raise ModelFileError(f"its header claims {length} bytes; the file has {size}, and a header at most {LONGEST}.")


def header_length(data: bytes) -> int:
    """What the first eight bytes say."""
    return int.from_bytes(data[:8], "little")


def _digest(data: bytes) -> bytes:
    digest = hashlib.sha256(data[: CHECKSUM.start] + ZEROS.encode())
    digest.update(memoryview(data)[CHECKSUM.stop :])
    return digest.hexdigest().encode()
