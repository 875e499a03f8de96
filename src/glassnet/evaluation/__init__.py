"""How good a network is: the verdict of a test, with the interval of every share."""

from glassnet.evaluation.calibration import Calibration, calibration
from glassnet.evaluation.confusion import most_confused, precisions, recalls
from glassnet.evaluation.fit import Fit, judge_numbers
from glassnet.evaluation.interval import wilson_interval
from glassnet.evaluation.nearest import Nearest, nearest_neighbour
from glassnet.evaluation.verdict import Mistake, Verdict, examine, judge

__all__ = [
    "Calibration",
    "Fit",
    "Mistake",
    "Nearest",
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
