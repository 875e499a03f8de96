"""What computes: the protocol of an engine, the reference, and prediction."""

from glassnet.engines.engine import Engine, Span, Task
from glassnet.engines.fitting import fit_task
from glassnet.engines.named import ENGINES, engine_named
from glassnet.engines.prediction import Answers, answer, predict
from glassnet.engines.reference import Reference

__all__ = [
    "ENGINES",
    "Answers",
    "Engine",
    "Reference",
    "Span",
    "Task",
    "answer",
    "engine_named",
    "fit_task",
    "predict",
]
