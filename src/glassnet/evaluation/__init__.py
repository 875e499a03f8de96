"""How good a network is: the verdict of a test, with the interval of every share."""

from glassnet.evaluation.interval import wilson_interval
from glassnet.evaluation.verdict import Fit, Mistake, Verdict, judge

__all__ = ["Fit", "Mistake", "Verdict", "judge", "wilson_interval"]
