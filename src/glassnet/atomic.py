"""Writing a file so that, whatever happens meanwhile, its name stands for the whole old file or the whole new one."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from glassnet.errors import GlassnetError, OutputError

SUFFIX = ".glassnet-part"  # of temporary files: what a killed process left under such a name may be removed

FULL = "Free some space, or write to another disk."
FORBIDDEN = "Choose a folder that you may write to."
HINTS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
    errno.EROFS: FORBIDDEN,
    errno.ENAMETOOLONG: "Choose a shorter name.",
}


@contextmanager
def atomic_write(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a binary file for writing that takes the name `path` only when the block has ended well.

    The bytes go to a temporary file beside the target, are forced to the disk, and the temporary file is then renamed.
    After any failure the old file is as it was and the temporary one is gone. A file that is replaced hands its
    permissions on; a new one gets the usual ones.

    Raises
    ------
    OutputError for every OSError inside the block, so an error of reading is worded before it leaves the block; for a
    missing folder; and where `path` is a folder, a device, a symbolic link or a read-only file.
    """
    target = Path(path)
    mode = check_target(target)
    temporary = target.with_name(f".{target.name}.{os.urandom(6).hex()}{SUFFIX}")
    try:
        with open(temporary, "xb") as file:  # x fails where the name exists: a planted link is never followed
            yield file
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError) and not isinstance(error, GlassnetError):
            raise _worded(target, error) from error
        raise
    sync_folder(target)


def sync_folder(path: str | os.PathLike[str]) -> None:
    """Make a rename to `path` last: until the folder is on the disk, a power cut may bring the old name back.

    Raises
    ------
    OutputError where the disk fails.
    """
    if os.name != "posix":  # only POSIX systems open folders
        return
    try:
        folder = os.open(Path(path).parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EACCES):  # a file system that cannot do it, a folder not to be read
            raise OutputError(
                f"{os.fspath(path)!r} is written, but the disk did not confirm its name: {error.strerror}.",
                "Check the disk, then write it once more.",
            ) from error


def remove_stale(path: str | os.PathLike[str]) -> None:
    """Remove what killed processes left of writing `path`; call it only where no other process may be writing it."""
    target = Path(path)
    leftover = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{12}}{re.escape(SUFFIX)}")
    with suppress(OSError):
        for file in target.parent.iterdir():
            if leftover.fullmatch(file.name):
                file.unlink()


def check_target(path: str | os.PathLike[str]) -> int | None:
    """Raise OutputError where `path` cannot be written; ask before a long computation, not after it.

    Returns the permissions of the file that would be replaced, None where there is none.
    """
    target = Path(path)
    try:
        mode = os.lstat(target).st_mode
    except FileNotFoundError:
        if not target.parent.is_dir():
            raise _refusal(target, f"there is no folder {str(target.parent)!r}", "Make that folder first.") from None
        return None
    except (OSError, ValueError) as error:  # ValueError: a name that no disk can hold, such as one with a NUL
        raise _worded(target, error) from error
    if stat.S_ISDIR(mode):
        raise _refusal(target, "it is a folder", "Give the name of a file in it.")
    if stat.S_ISLNK(mode):  # a rename would cut the link, and writing through it would let a stranger choose the place
        raise _refusal(target, "it is a symbolic link", f"Write to {os.path.realpath(target)!r} instead.")
    if not stat.S_ISREG(mode):
        raise _refusal(target, "it is not an ordinary file", "Choose another name.")
    if not os.access(target, os.W_OK):  # a rename would not mind, but whoever made the file read-only would
        raise _refusal(target, "it is read-only", "Make it writable, or choose another name.")
    return stat.S_IMODE(mode)


def _worded(target: Path, error: OSError | ValueError) -> OutputError:
    if isinstance(error, OSError) and error.errno is not None:
        return _refusal(target, os.strerror(error.errno), HINTS.get(error.errno, ""))
    return _refusal(target, str(error), "")


def _refusal(target: Path, reason: str, hint: str) -> OutputError:
    return OutputError(f"Cannot write {str(target)!r}: {reason}.", hint)
