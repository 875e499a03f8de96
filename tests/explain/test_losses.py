import pytest

from glassnet.explain.losses import loss_formula, slope_formula
from glassnet.losses import LOSSES


@pytest.mark.parametrize("kind", LOSSES.values(), ids=LOSSES)
def test_every_loss_is_written(kind):
    for loss in (kind(), kind().on_sums()):
        for outputs in (1, 3):
            assert loss_formula(loss, outputs)
            assert slope_formula(loss, outputs)
