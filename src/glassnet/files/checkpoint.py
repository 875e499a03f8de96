"""Checkpoints of a training: two generations, so that one whole checkpoint lies on the disk at any moment.

    <name>.new        complete, but not yet in its place: there only after a sudden end, and then the youngest
    <name>            the newest
    <name>.previous   the one before it

A save completes <name>.new, renames <name> to <name>.previous and then <name>.new to <name>.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from glassnet.arrays import Array
from glassnet.atomic import check_target, remove_stale, sync_folder
from glassnet.errors import ModelFileError, OutputError, VersionError
from glassnet.files.container import Content, read_container, write_container

StrPath = str | os.PathLike[str]


def save_checkpoint(path: StrPath, content: Content, tensors: Mapping[str, Array]) -> None:
    """Make this the newest checkpoint, and keep the one before it.

    Raises
    ------
    OutputError where the disk refuses, ParameterError where the content is no JSON. An old checkpoint is still there.
    """
    new, newest, previous = _generations(path)
    check_target(newest)
    write_container(new, "checkpoint", content, tensors)
    try:
        if newest.exists():
            os.replace(newest, previous)
        os.replace(new, newest)
    except OSError as error:
        raise OutputError(f"Cannot rename {str(new)!r}: {error.strerror}.", "The checkpoint in it is whole.") from error
    sync_folder(newest)


def load_checkpoint(path: StrPath) -> tuple[Content, dict[str, Array], str] | None:
    """Content and tensors of the youngest checkpoint that is whole, and a note where that is not the newest one.

    None where no training was interrupted. Leftovers of killed saves are removed: call it under `claim(path)`.

    Raises
    ------
    ModelFileError where there are checkpoints and none is whole; VersionError where a newer glassnet wrote the newest.
    """
    found = [generation for generation in _generations(path) if generation.exists()]
    for generation in _generations(path):
        remove_stale(generation)
    failures: list[ModelFileError] = []
    for generation in found:
        try:
            content, tensors = read_container(generation, "checkpoint")
        except VersionError:
            raise
        except ModelFileError as error:
            failures.append(error)
            continue
        note = f"{failures[0].message} The checkpoint before it is taken, {str(generation)!r}." if failures else ""
        return content, tensors, note
    if failures:
        raise ModelFileError(f"No checkpoint is whole. {failures[0].message}", "Remove it to start afresh.")
    return None


def remove_checkpoint(path: StrPath) -> None:
    """Remove all generations, the oldest first, so that a sudden end leaves none that looks newer than it is."""
    for generation in reversed(_generations(path)):
        generation.unlink(missing_ok=True)


@contextmanager
def claim(path: StrPath) -> Iterator[None]:
    """Hold `path` for one training: refused where it cannot be written, or while another process holds it.

    The lock lies beside the file as .<name>.lock and ends with the process, however that ends.

    Raises
    ------
    OutputError, naming the file.
    """
    from filelock import FileLock, Timeout

    check_target(path)
    target = Path(path)
    lock = FileLock(target.with_name(f".{target.name}.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise OutputError(
            f"Another training is writing {str(target)!r}.", "Wait until it ends, or choose another name."
        ) from None
    except OSError as error:
        raise OutputError(
            f"Cannot write beside {str(target)!r}: {error.strerror}.", "Choose another folder."
        ) from error
    try:
        yield
    finally:
        lock.release()


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What two settings do not have in common, a line for each: "optimizer.learning_rate: 0.1 then, 0.2 now"."""
    old, new = _flat(then), _flat(now)
    return [
        f"{name}: {old.get(name, 'not set')} then, {new.get(name, 'not set')} now"
        for name in sorted(old.keys() | new.keys(), key=_kind_first)
        if name not in old or name not in new or old[name] != new[name]
    ]


def _kind_first(name: str) -> str:
    """What a thing is comes before its settings."""
    return name.removesuffix("class")


def _flat(value: Any, name: str = "") -> dict[str, Any]:
    """The leaves of objects and lists by their path: {"layers.0.units": 16}."""
    if isinstance(value, Mapping):
        items = list(value.items())
    elif isinstance(value, (list, tuple)):
        items = list(enumerate(value))
    else:
        return {name: value}
    branches = [_flat(item, f"{name}.{key}" if name else str(key)) for key, item in items]
    return {path: leaf for branch in branches for path, leaf in branch.items()}


def _generations(path: StrPath) -> tuple[Path, Path, Path]:
    """The youngest first."""
    newest = Path(path)
    return newest.with_name(newest.name + ".new"), newest, newest.with_name(newest.name + ".previous")
