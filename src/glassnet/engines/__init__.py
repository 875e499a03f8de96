"""What computes: the protocol of an engine, the reference, the compiled engine, and prediction."""

from glassnet.engines.answering import Answers, answer, certainty_of
from glassnet.engines.choosing import ENGINES, check_precision, choose_engine, why_not_cpu
from glassnet.engines.cpu.engine import Cpu
from glassnet.engines.engine import PRECISIONS, Engine, Span, Task
from glassnet.engines.fitting import fit_task
from glassnet.engines.prediction import predict
from glassnet.engines.reference import Reference

__all__ = [
    "ENGINES",
    "PRECISIONS",
    "Answers",
    "Cpu",
    "Engine",
    "Reference",
    "Span",
    "Task",
    "answer",
    "certainty_of",
    "check_precision",
    "choose_engine",
    "fit_task",
    "predict",
    "why_not_cpu",
]
