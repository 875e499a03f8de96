"""How good a network is: the verdict of a test, with the interval of every share."""

from glassnet.evaluation.interval import wilson_interval
from glassnet.evaluation.verdict import Fit, Mistake, Verdict, examine, judge, judge_numbers

__all__ = ["Fit", "Mistake", "Verdict", "examine", "judge", "judge_numbers", "wilson_interval"]
