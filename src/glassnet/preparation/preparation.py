"""The whole way from a person's input to the first layer, as one description."""

from __future__ import annotations

from dataclasses import dataclass

from glassnet.errors import ParameterError
from glassnet.preparation.digit_box import DigitBox
from glassnet.preparation.fit import Fit
from glassnet.preparation.scale import Scale

STEPS: tuple[type, ...] = (DigitBox, Fit)  # what may stand before the scale


@dataclass(frozen=True)
class Preparation:
    """What stands between a person's input and the first layer.

    Parameters
    ----------
    steps : applied in order, from a person's input to what a Dataset stores; none where that is the same.
    scale : from what is stored to numbers for the first layer.

    Raises
    ------
    ParameterError for a step or a scale of any other kind.
    """

    steps: tuple[DigitBox | Fit, ...] = ()
    scale: Scale = Scale()

    def __post_init__(self) -> None:
        if not isinstance(self.steps, tuple) or not all(isinstance(step, STEPS) for step in self.steps):
            known = ", ".join(kind.__name__ for kind in STEPS)
            raise ParameterError(f"Preparation: steps must be a tuple of {known}. Got {self.steps!r:.100}.")
        if not isinstance(self.scale, Scale):
            raise ParameterError(f"Preparation: scale must be a Scale. Got {self.scale!r:.100}.")


PREPARATIONS: dict[str, type] = {kind.__name__: kind for kind in (Preparation, Scale, *STEPS)}
