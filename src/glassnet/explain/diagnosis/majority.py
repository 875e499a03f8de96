"""One answer to everything, though there are several classes."""

from __future__ import annotations

import numpy as np

from glassnet.explain import phrases
from glassnet.explain.diagnosis.finding import Finding, finding
from glassnet.explain.diagnosis.observation import Observation

NEARLY_ALL = 0.99  # of the answers; and where so large a share of the data is of that class, the answer is right
LONGEST = 60  # signs of a class's name
COMMON = 1.5  # times its fair share of the data: then the others are too rare


def majority(o: Observation) -> Finding | None:
    """The class that nearly all answers are."""
    if o.data.classes is None:
        return None
    answers = np.bincount(o.decided, minlength=len(o.data.classes))
    common = int(answers.argmax())
    share = float((o.data.y == common).mean())
    if answers[common] < NEARLY_ALL * o.samples or share > NEARLY_ALL:
        return None
    rare = share > COMMON / len(answers)
    pieces = {"remedy": phrases.BALANCE if rare else phrases.ANOTHER_WAY}
    answer, count = str(o.data.classes[common])[:LONGEST], int(answers[common])
    return finding(
        "majority-class", phrases.MAJORITY, pieces, answer=answer, count=count, samples=o.samples, share=share
    )
