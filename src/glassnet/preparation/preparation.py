"""The whole way from a person's input to the first layer, and from the last one to an answer, as one description."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glassnet.arrays import Array
from glassnet.errors import DataError, ParameterError
from glassnet.preparation.columns import KINDS, Columns
from glassnet.preparation.digit_box import DigitBox
from glassnet.preparation.fit import Fit
from glassnet.preparation.scale import Scale
from glassnet.preparation.table import Table

Step = DigitBox | Fit | Columns
STEPS: tuple[type, ...] = (DigitBox, Fit, Columns)  # what may stand before the scale


@dataclass(frozen=True)
class Preparation:
    """What stands between a person's input and the first layer.

    Parameters
    ----------
    steps : applied in order, from a person's input to what a Dataset stores; none where that is the same.
    scale : from what is stored to numbers for the first layer.
    target : from target numbers, in their own unit, to those that the last layer learns; answers go the way back.
        It changes nothing where targets are classes.

    Raises
    ------
    ParameterError for a step or a scale of any other kind, and for a target that has no way back.
    """

    steps: tuple[Step, ...] = ()
    scale: Scale = Scale()
    target: Scale = Scale()

    def __post_init__(self) -> None:
        if not isinstance(self.steps, tuple) or not all(isinstance(step, STEPS) for step in self.steps):
            known = ", ".join(kind.__name__ for kind in STEPS)
            raise ParameterError(f"Preparation: steps must be a tuple of {known}. Got {self.steps!r:.100}.")
        for name in ("scale", "target"):
            if not isinstance(getattr(self, name), Scale):
                raise ParameterError(f"Preparation: {name} must be a Scale. Got {getattr(self, name)!r:.100}.")
        factor = self.target.factor
        if 0 in (factor if isinstance(factor, tuple) else (factor,)):
            raise ParameterError("Preparation: target must not have the factor 0, from which no answer comes back.")

    @property
    def columns(self) -> Columns | None:
        """The columns of the table that samples are rows of; None where they are something else."""
        return next((step for step in self.steps if isinstance(step, Columns)), None)

    def rows(self, table: Table) -> Array:
        """The rows of a table as samples (N, F), as its `columns` make them, which must be there.

        Raises
        ------
        DataError as Columns, and for a number that is too large for the first layer, with its line and column.
        """
        assert self.columns is not None
        samples = self.columns(table)
        with np.errstate(over="ignore"):
            ends = self.scale(np.stack([samples.min(0), samples.max(0)]), np.float64)
        far = np.abs(ends).max(0) > np.finfo(np.float32).max
        if far.any():
            feature = int(far.argmax())
            row = int(np.abs(samples[:, feature]).argmax())
            raise DataError(
                f"{table.name}, line {table.lines[row]}: {samples[row, feature]:.3g} in the column "
                f"{self.columns.features[feature]!r} is too large to compute with.",
                "Mend that cell, or leave it empty.",
            )
        return samples


PREPARATIONS: dict[str, type] = {kind.__name__: kind for kind in (Preparation, Scale, *STEPS, *KINDS)}
