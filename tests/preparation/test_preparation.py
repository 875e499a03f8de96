import json

import pytest

from glassnet.descriptions import from_config, to_config
from glassnet.errors import ParameterError
from glassnet.preparation import PREPARATIONS, DigitBox, Preparation, Scale

MNIST = Preparation((DigitBox(28, 20, "mass", 255),), Scale(1 / 255))


@pytest.mark.parametrize("preparation", [Preparation(), MNIST, Preparation((), Scale(1, (-135, -66)))])
def test_config_round_trip_through_json(preparation):
    config = json.loads(json.dumps(to_config(preparation)))
    assert from_config(config, PREPARATIONS) == preparation


def test_row_02_a_step_that_is_not_on_the_list():
    with pytest.raises(ParameterError, match=r"Unknown class 'os\.system'"):
        from_config({"class": "Preparation", "steps": [{"class": "os.system"}]}, PREPARATIONS)


@pytest.mark.parametrize("steps", [(Scale(),), (Preparation(),), ("DigitBox",), "DigitBox", 5, [DigitBox()]])
def test_steps_of_other_kinds_are_refused(steps):
    with pytest.raises(ParameterError, match="steps must be a tuple of DigitBox"):
        Preparation(steps)


@pytest.mark.parametrize("scale", [None, 1 / 255, DigitBox()])
def test_scales_of_other_kinds_are_refused(scale):
    with pytest.raises(ParameterError, match="scale must be a Scale"):
        Preparation((), scale)
