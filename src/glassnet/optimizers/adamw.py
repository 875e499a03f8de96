"""AdamW."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from glassnet.optimizers.adam import Adam


@dataclass(frozen=True)
class AdamW(Adam):
    """Adam whose weight decay does not pass through the moments.

    Update    w ← w − rate·weight_decay·w first (not for biases and the like), then as Adam
    Source    I. Loshchilov, F. Hutter, arXiv:1711.05101, algorithm 2, which multiplies the decay by the schedule alone.
    """

    weight_decay: float = field(default=0.01, kw_only=True)
    decoupled: ClassVar[bool] = True
