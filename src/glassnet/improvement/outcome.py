"""What training on with corrections has changed."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

from glassnet.data.labels import Label
from glassnet.evaluation import Mistake, Verdict


@dataclass(frozen=True)
class Improvement:
    """What training on has changed.

    answers : for each correction what the network answers now.   right_before, right : how many were right and are.
    before, after : the verdicts on the old test samples.
    broken, mended : the mistakes that are new, and those of before that are none any more.
    """

    answers: list[Label]
    right_before: int
    right: int
    before: Verdict
    after: Verdict
    broken: list[Mistake]
    mended: list[Mistake]

    @property
    def chance(self) -> float:
        """How likely so uneven numbers of broken and mended answers are, where each change is as likely either.

        McNemar's test. Source: Q. McNemar, "Note on the sampling error of the difference between correlated proportions
        or percentages", Psychometrika 1947, in its binomial form.
        """
        fewer, count = min(len(self.broken), len(self.mended)), len(self.broken) + len(self.mended)
        return min(1.0, 2 * sum(comb(count, k) for k in range(fewer + 1)) / 2**count)
