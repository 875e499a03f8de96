"""What computes: the protocol of an engine, the reference, and prediction."""

from glassnet.engines.choosing import ENGINES, choose_engine
from glassnet.engines.engine import Engine, Span, Task
from glassnet.engines.fitting import fit_task
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
    "choose_engine",
    "fit_task",
    "predict",
]
