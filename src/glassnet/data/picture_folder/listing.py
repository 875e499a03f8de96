"""Which files of a folder are pictures, of which classes, to learn from or to test with."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from glassnet.data.labels import Label
from glassnet.errors import DataFileError

SUFFIXES = (
    *(".apng", ".avif", ".bmp", ".gif", ".heic", ".heif", ".ico", ".j2k", ".jfif", ".jp2", ".jpe", ".jpeg", ".jpg"),
    *(".pbm", ".pgm", ".png", ".pnm", ".ppm", ".svg", ".tif", ".tiff", ".webp"),
)
TRAIN, TEST, VALIDATION = ("train", "training"), ("test", "testing"), ("val", "valid", "validation")
HINT = "Make a folder for each class, and put its pictures there: pictures/Tom/1.jpg, pictures/other/1.jpg."
NAMED = 3  # files that are called by name, where there are many


class File(NamedTuple):
    """A picture file: its name below the folder, the number of its class, whether it is for the test, its stamp.

    The stamp, size and times of change, is another one where the content is.
    """

    name: str
    label: int
    test: bool
    stamp: tuple[int, int, int]


@dataclass(frozen=True)
class Listing:
    """The picture files of a folder, in the order of their names, and the names of what lies there besides.

    tested : whether the folder says itself which ones are for the test.
    """

    root: Path
    classes: tuple[Label, ...]
    files: list[File]
    others: list[str]
    tested: bool


def list_pictures(folder: str | os.PathLike[str]) -> Listing:
    """The pictures in a folder that holds a folder for each class, or `train` and `test` that hold such folders.

    A picture is told by its suffix, or has none. Names that begin with a dot are passed over; symbolic links are
    followed. Classes that are all called by whole numbers are these numbers. Without `test`, `validation` is the test;
    with it, its pictures are learnt from.

    Raises
    ------
    DataFileError where the folder is no such folder, saying what to change.
    """
    root = Path(folder)
    folders, beside = _entries(root)
    parts = _parts(root, folders)
    if not parts:
        parts = {"": False}
        if not folders:
            _refuse_flat(root, beside)
    found = {part: _entries(root / part)[0] for part in parts}
    classes = _classes(root, parts, found)
    numbers = {str(label): number for number, label in enumerate(classes)}
    files: list[File] = []
    others = [] if "" in parts else [name for name in folders if name not in parts]
    for part, test in parts.items():
        for name in found[part]:
            pictures, rest = _pictures(root, os.path.join(part, name))
            files += [File(below, numbers[name], test, stamp) for below, stamp in pictures]
            others += rest
    others += [name for name in beside if _is_picture(name)]
    return Listing(root, classes, sorted(files), others, any(parts.values()))


def listed(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _parts(root: Path, folders: Iterable[str]) -> dict[str, bool]:
    """The folders of parts, and whether each is for the test; none where the folders are classes.

    A class may be called "train": then pictures lie in it.
    """
    called = {name.lower(): name for name in folders}
    train, test, validation = (
        next((called[name] for name in names if name in called), None) for names in (TRAIN, TEST, VALIDATION)
    )
    if train is None or not _holds_folders(root / train):
        return {}
    parts = {train: False}
    if validation is not None:
        parts[validation] = test is None
    if test is not None:
        parts[test] = True
    return parts


def _holds_folders(folder: Path) -> bool:
    folders, files = _entries(folder)
    return bool(folders) and not any(map(_is_picture, files))


def _classes(root: Path, parts: dict[str, bool], found: dict[str, list[str]]) -> tuple[Label, ...]:
    learnt = {name for part, names in found.items() if not parts[part] for name in names}
    for part, names in found.items():
        for name in names:
            if name not in learnt:
                raise DataFileError(
                    f"{str(root)!r} has the class {name!r} in {part}/, but no pictures of it to learn from.",
                    f"Put some into {next(iter(parts))}/{name}/.",
                )
    if len(learnt) < 2:
        only = f"one class alone, {next(iter(learnt))!r}" if learnt else "no folders of classes"
        hint = f"There must be two to tell apart: what it is not, is a class too. {HINT}"
        if "" in parts and _holds_folders(root / next(iter(learnt))):
            hint = f"Give the folder that holds the classes: {str(root / next(iter(learnt)))!r}."
        raise DataFileError(f"{str(root)!r} holds {only}.", hint)
    if all(name.isdecimal() and name == str(int(name)) for name in learnt):
        return tuple(sorted(map(int, learnt)))
    return tuple(sorted(learnt))


def _pictures(root: Path, below: str) -> tuple[list[tuple[str, tuple[int, int, int]]], list[str]]:
    """Name and stamp of each picture in a class folder, and the names of what else is there."""
    folders, files = _entries(root / below)
    pictures = [name for name in files if _is_picture(name)]
    if not pictures and folders:
        raise DataFileError(
            f"{str(root / below)!r} holds no pictures, but folders: {listed(folders)}.",
            "Pictures lie in the folder of their class itself. Where these folders are the classes, give the one that "
            "holds them.",
        )
    if not pictures:
        raise DataFileError(f"{str(root / below)!r} holds no pictures.", "Put some there, or take the folder away.")
    rest = [*folders, *(name for name in files if not _is_picture(name))]
    stamped = [(os.path.join(below, name), _stamp(root / below / name)) for name in pictures]
    return stamped, [os.path.join(below, name) for name in rest]


def _entries(folder: Path) -> tuple[list[str], list[str]]:
    """The names of folders and of everything else, each in order."""
    try:
        with os.scandir(folder) as entries:
            shown = sorted((e.name, e.is_dir()) for e in entries if not e.name.startswith((".", "__MACOSX")))
    except OSError as error:
        raise DataFileError(f"Cannot read the folder {str(folder)!r}: {error.strerror}.") from error
    return [name for name, is_folder in shown if is_folder], [name for name, is_folder in shown if not is_folder]


def _is_picture(name: str) -> bool:
    suffix = os.path.splitext(name)[1].lower()
    return not suffix or suffix in SUFFIXES


def _stamp(path: Path) -> tuple[int, int, int]:
    try:
        status = os.stat(path)
    except OSError:  # a link that leads nowhere: opening it will say so
        return 0, 0, 0
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _refuse_flat(root: Path, files: list[str]) -> None:
    pictures = [name for name in files if _is_picture(name)]
    holds = "pictures, but no folders" if pictures else "neither folders of pictures nor IDX files"
    raise DataFileError(f"{str(root)!r} holds {holds}.", HINT)
