"""A contender as another process, which is asked through pipes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from glassnet.errors import GlassnetError

START = "import sys; sys.path.append(sys.argv.pop(1)); from contenders.worker import main; main()"
REST = 0.1  # seconds before each turn, in which the threads of whoever was on before fall asleep


class ContenderError(GlassnetError):
    """A contender that is not there or ended; it is left out and named."""


@dataclass(frozen=True)
class Start:
    """How to start a contender on a workload.

    python : the one that has it.   module : its file in `contenders`.   work : the file that it reads.
    """

    python: str
    module: str
    peer: str
    workload: str
    work: Path
    threads: int

    def process(self, seed: int = 0) -> Process:
        """A new process; its threads are not sent the signals of the terminal."""
        words = [self.module, self.peer, self.workload, str(self.work), str(self.threads), str(seed)]
        if self.module == "ours":
            return Process([sys.executable, "-P", "-m", "glassnet.benchmarks.contenders.worker", *words])
        return Process([self.python, "-P", "-c", START, str(Path(__file__).parent), *words])


class Process:
    """A running contender. The first answer tells its versions, or that it is missing."""

    def __init__(self, command: list[str]) -> None:
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115
        try:
            self.popen = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True, encoding="utf-8",
                start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            self.errors.close()
            raise ContenderError(f"{command[0]!r} does not start: {error.strerror}") from error

    def answer(self) -> dict[str, Any]:
        """The next line that it says; ContenderError where there is none."""
        assert self.popen.stdout is not None
        line = self.popen.stdout.readline()
        if not line:
            raise ContenderError(f"it ended with {self.popen.wait()}: {self._last_words()}")
        answer: dict[str, Any] = json.loads(line)
        if "missing" in answer:
            raise ContenderError(answer["missing"])
        return answer

    def ask(self, what: str) -> Any:
        """Have it "check" or "run", and give what comes of it."""
        assert self.popen.stdin is not None
        with suppress(BrokenPipeError):  # `answer` says why
            print(what, file=self.popen.stdin, flush=True)
        return self.answer()[what]

    def close(self) -> None:
        """End it."""
        self.popen.kill()
        self.popen.communicate()
        self.errors.close()

    def _last_words(self) -> str:
        self.errors.seek(0)
        said = self.errors.read().decode(errors="replace").split("\n")
        return next((line.strip() for line in reversed(said) if line.strip()), "it said nothing")[:200]


class Serving:
    """A contender that was made ready once, and does the timed piece each time."""

    def __init__(self, start: Start) -> None:
        self.process = start.process()
        try:
            self.versions: dict[str, str] = self.process.answer()["versions"]
            self.numbers: list[float] = self.process.ask("check")
        except BaseException:
            self.process.close()
            raise

    def run(self) -> float:
        """Seconds."""
        sleep(REST)
        return float(self.process.ask("run"))

    def close(self) -> None:
        """End it."""
        self.process.close()


class Whole:
    """A contender whose whole process is timed, each time with another seed."""

    def __init__(self, start: Start) -> None:
        self.start = start
        self.versions: dict[str, str] = {}
        self.results: list[float] = []  # such as accuracies
        self.peaks: list[int] = []  # bytes
        self.run()  # so that everything it needs is compiled, and in the cache of files
        self.results, self.peaks = [], []

    def run(self) -> float:
        """Seconds from the start of a process to its answer."""
        sleep(REST)
        began = perf_counter()
        process = self.start.process(seed=len(self.results))
        try:
            answer = process.answer()
            seconds = perf_counter() - began
        finally:
            process.close()
        self.versions = answer["versions"]
        self.results.append(answer["result"])
        self.peaks.append(answer["peak"])
        return seconds

    def close(self) -> None:
        """Nothing runs between two turns."""
