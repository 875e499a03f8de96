"""Which engine computes."""

from __future__ import annotations

from functools import cache

from glassnet.checks import check_choice
from glassnet.engines.cpu import compiling
from glassnet.engines.cpu.engine import Cpu
from glassnet.engines.engine import Engine
from glassnet.engines.reference import Reference
from glassnet.errors import ParameterError

ENGINES = ("auto", "cpu", "reference")


def choose_engine(name: str = "auto", threads: int | None = None) -> Engine:
    """An engine of its own for whoever asks: "auto" is `cpu` where that works, else `reference`.

    threads : the most that `cpu` works with; None for as many as there are cores.

    Raises
    ------
    ParameterError for another name, and where `cpu` is asked for and does not work here.
    """
    check_choice("choose_engine", "engine", name, ENGINES)
    if name == "reference" or (name == "auto" and why_not_cpu()):
        return Reference()
    if why_not_cpu():
        raise ParameterError(f"The engine cpu does not work here: {why_not_cpu()}.", "Take --engine reference.")
    return Cpu(threads)


@cache
def why_not_cpu() -> str:
    """Why compiled kernels do not work on this machine; "" where they do."""
    try:
        compiling.address("product.product")
        compiling.address("span.run")
    except Exception as error:  # whatever a compiler or a linker may say: the reference always works
        return f"{type(error).__name__}: {error}".split("\n")[0]
    return ""
