"""The file of a lab's rows, one line of JSON a run, written as they come."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from glassnet.atomic import check_target
from glassnet.errors import DataFileError, OutputError
from glassnet.files import differences
from glassnet.lab.job import Job, Row

ANOTHER = "Choose another name with --out, or start anew with --force."
MOST_CHANGES = 5  # that are told of, where a row is of another lab


class Results:
    """Rows on the disk. A line that was torn by a sudden end is forgotten; every other one counts.

    Parameters
    ----------
    path : the file; a new one, or that of a lab that was interrupted.   jobs : all runs of this lab.
    force : start anew where the file holds anything else.

    Attributes
    ----------
    rows : what is done of `jobs`.   left : the jobs that are still to do.

    Raises
    ------
    OutputError where the file cannot be written, or holds runs of other settings, which the message names;
    DataFileError where it is no such file.
    """

    def __init__(self, path: Path, jobs: Sequence[Job], *, force: bool = False) -> None:
        check_target(path)
        self.path = path
        planned = {job.key: job for job in jobs}
        try:
            whole, found = _read(path)
            for row in found:
                _check_same(path, row, planned.get(_key(row)), jobs)
        except (OutputError, DataFileError):
            if not force:
                raise
            whole, found = b"", []
        done = {_key(row): row for row in found if _key(row) in planned}
        self.rows = list(done.values())
        self.left = [job for job in jobs if job.key not in done]
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        os.ftruncate(self._file, len(whole))
        os.lseek(self._file, 0, os.SEEK_END)

    def add(self, row: Row) -> None:
        """Write a row down; when this returns it is on the disk."""
        line = json.dumps(row).encode() + b"\n"
        try:
            while line:
                line = line[os.write(self._file, line) :]
            os.fsync(self._file)
        except OSError as error:
            raise OutputError(
                f"Cannot write {str(self.path)!r}: {error.strerror}.", "The runs before are kept; then go on."
            ) from error
        self.rows.append(row)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        os.close(self._file)


def _read(path: Path) -> tuple[bytes, list[Row]]:
    """The whole lines of a file, and their rows; none where there is no file."""
    try:
        content = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise DataFileError(f"Cannot read {str(path)!r}: {error.strerror}.", ANOTHER) from None
    whole = content[: content.rfind(b"\n") + 1]
    return whole, [_parse(path, number, line) for number, line in enumerate(whole.split(b"\n")[:-1], 1)]


def _key(row: Row) -> tuple[str, Any, int]:
    """What tells a run from the others of its lab, as Job.key."""
    return row["over"], row["value"], row["seed"]


def _parse(path: Path, number: int, line: bytes) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    kinds = {"over": str, "seed": int, "right": int, "samples": int, "accuracy": float, "settings": dict}
    if not isinstance(row, dict) or not all(isinstance(row.get(name), kind) for name, kind in kinds.items()):
        raise DataFileError(f"Line {number} of {str(path)!r} is no run of a lab.", ANOTHER)
    if not isinstance(row.get("value"), str | int | float | None):
        raise DataFileError(f"Line {number} of {str(path)!r} is no run of a lab.", ANOTHER)
    return row


def _check_same(path: Path, row: Row, planned: Job | None, jobs: Sequence[Job]) -> None:
    """Raise OutputError, naming what differs, where a row is of another lab than `jobs`."""
    if row["over"] != jobs[0].over or row["value"] not in {job.value for job in jobs}:
        raise OutputError(f"{str(path)!r} holds runs of {_name(row)}, which is not asked for.", ANOTHER)
    changed = differences(row["settings"], _plain(planned.settings)) if planned else []
    if changed:
        more = f"; and {len(changed) - MOST_CHANGES} more" if len(changed) > MOST_CHANGES else ""
        raise OutputError(
            f"{str(path)!r} holds runs of other settings: {'; '.join(changed[:MOST_CHANGES])}{more}.", ANOTHER
        )


def _name(row: Row) -> str:
    return f"{row['over']}={row['value']}" if row["over"] else "one setting"


def _plain(settings: dict[str, Any]) -> Any:
    """As it comes back from JSON."""
    return json.loads(json.dumps(settings))
