"""Which engine computes."""

from __future__ import annotations

from functools import cache

from glassnet.checks import check_choice
from glassnet.engines.cpu import compiling
from glassnet.engines.cpu.engine import Cpu
from glassnet.engines.engine import Engine, Task
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


def check_precision(engine: Engine, task: Task) -> None:
    """Raise ParameterError where an engine cannot compute in the precision that a task asks for.

    No other one does it in its place: what a recipe says is what happens.
    """
    if task.precision != "float32" and (why := engine.why_not(task)):
        other = "" if engine.name == "cpu" else ", or --engine cpu"
        raise ParameterError(
            f"The engine {engine.name} cannot train this in {task.precision}: {why}.",
            f'Take --precision float32{other}; in Python Recipe(..., precision="float32").',
        )


@cache
def why_not_cpu() -> str:
    """Why compiled kernels do not work on this machine; "" where they do."""
    try:
        compiling.address("product.product")
        compiling.address("span.run")
    except Exception as error:  # whatever a compiler or a linker may say: the reference always works
        return f"{type(error).__name__}: {error}".split("\n")[0]
    return ""
