"""Inputs from outside the range that a network learnt from: there, nothing is known of its answers."""

from __future__ import annotations

import numpy as np

from glassnet.arrays import Array
from glassnet.explain import phrases
from glassnet.explain.diagnosis.finding import Finding, finding
from glassnet.files import TrainedModel
from glassnet.files.input_range import InputRange

FAR = 1.0  # widths of the range
SHARE = 0.01  # of the samples: some lie far out in any large set
SMALL, SEVERAL = 0.05, 16  # of the range, filled by at least so many samples: another scale


def strange_inputs(trained: TrainedModel, x: Array) -> Finding | None:
    """Whether samples x (N, …), as recorded, lie further outside the trained range than it is wide, or fill a small
    part of it; None where the model file does not tell the range.
    """
    known = InputRange.from_receipt(trained.receipt)
    if known is None or not len(x):
        return None
    distance = known.distance(x)
    far = distance > FAR
    if far.mean() >= SHARE:
        columns = trained.preparation.columns
        names = columns.features if columns else None
        return _far_out(known, x[int(distance.argmax())], int(far.sum()), len(x), names)
    return _on_another_scale(known, x)


def _on_another_scale(known: InputRange, x: Array) -> Finding | None:
    given = InputRange.of(x)
    if len(x) < SEVERAL or given.least.shape != known.least.shape:
        return None
    varied = known.most > known.least
    small = given.most - given.least < SMALL * (known.most - known.least)
    if not varied.any() or not small[varied].all():
        return None
    return finding(
        "inputs-out-of-range",
        phrases.OTHER_SCALE,
        low=float(given.least.min()),
        high=float(given.most.max()),
        least=float(known.least.min()),
        most=float(known.most.max()),
    )


def _far_out(known: InputRange, worst: Array, strangers: int, samples: int, names: tuple[str, ...] | None) -> Finding:
    """With the input of the strangest sample that lies the furthest out."""
    row = worst.reshape(-1).astype(np.float64)
    feature = int((np.maximum(known.least - row, row - known.most) / known.width).argmax())
    named = worst.ndim == 1
    where = phrases.INPUT.format(number=feature + 1) if named else phrases.ONE_INPUT
    where = phrases.NAMED.format(name=names[feature]) if names else where
    own = feature if known.least.size > 1 else 0
    return finding(
        "inputs-out-of-range",
        phrases.OUT_OF_RANGE,
        {"where": where},
        input=feature + 1 if named else None,
        reaches=float(row[feature]),
        least=float(known.least[own]),
        most=float(known.most[own]),
        strangers=strangers,
        samples=samples,
    )
