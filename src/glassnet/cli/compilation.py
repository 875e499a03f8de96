"""What a person sees while kernels are compiled, which happens once for a machine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from glassnet.cli.output import say

if TYPE_CHECKING:
    from glassnet.engines import Engine


def open_engine(name: str, threads: int | None, quiet: bool) -> Engine:
    """The engine of that name; whatever it compiles from now on is told of, unless `quiet`."""
    from glassnet.engines import choose_engine, why_not_cpu
    from glassnet.engines.cpu import compiling

    compiling.listener = _Told(quiet)
    engine = choose_engine(name, threads)
    if name == "auto" and why_not_cpu() and not quiet:
        say(f"The engine reference computes, because compiled kernels do not work here: {why_not_cpu()}.")
    return engine


class _Told:
    """Says once that kernels are compiled, and counts them on a terminal."""

    def __init__(self, quiet: bool) -> None:
        self.quiet, self.count = quiet, 0

    def __call__(self, kernel: str) -> None:
        if self.quiet:
            return
        if not self.count:
            say("Compiling kernels for this processor. This happens once, and takes some seconds.")
        self.count += bool(kernel)
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[2Kkernel {self.count}" if kernel else "\r\x1b[2K")
            sys.stderr.flush()
