"""How good a network is: the verdict of a test, with the interval of every share."""

from glassnet.evaluation.calibration import Calibration, calibration
from glassnet.evaluation.confusion import most_confused, precisions, recalls
from glassnet.evaluation.interval import wilson_interval
from glassnet.evaluation.nearest import Nearest, nearest_neighbour
from glassnet.evaluation.numbers import NumbersVerdict, judge_numbers
from glassnet.evaluation.verdict import Mistake, Verdict, examine, judge

__all__ = [
    "Calibration",
    "Mistake",
    "Nearest",
    "NumbersVerdict",
    "Verdict",
    "calibration",
    "examine",
    "judge",
    "judge_numbers",
    "most_confused",
    "nearest_neighbour",
    "precisions",
    "recalls",
    "wilson_interval",
]
