import numpy as np
import pytest

from glassnet.explain.diagnosis import strange_inputs
from glassnet.files import TrainedModel
from glassnet.files.input_range import InputRange
from glassnet.layers import Dense, Flatten
from glassnet.model import Sequential


def knowing(x):
    """A network that learnt from x."""
    network = Sequential([Flatten(), Dense(1)], x.shape[1:])
    return TrainedModel(network, receipt={"inputs": InputRange.of(x).to_receipt()})


PEOPLE = knowing(np.array([[133.0, 65], [160, 72], [152, 70], [120, 60]]))
PICTURES = knowing(np.array([[[0.0, 1.0], [0.5, 0.2]]]).reshape(1, 2, 2, 1))


def test_a_person_in_centimetres():
    found = strange_inputs(PEOPLE, np.array([[130.0, 66], [60, 165]]))
    assert found is not None
    assert found.says.startswith(
        "Inputs lie far outside the range that the network learnt from, so its answers there mean"
    )
    assert found.shown == "input 2 is 165, in training it was 60 to 72. So far out: 1 of 2."
    assert found.evidence == {"input": 2, "reaches": 165.0, "least": 60.0, "most": 72.0, "strangers": 1, "samples": 2}


@pytest.mark.parametrize(("pounds", "strange"), [(80, False), (79.9, True), (200, False), (200.1, True), (130, False)])
def test_far_is_as_far_out_as_the_range_is_wide(pounds, strange):
    """The four people weigh 120 to 160."""
    assert (strange_inputs(PEOPLE, np.array([[pounds, 66.0]])) is not None) == strange


def test_a_few_of_many_say_nothing():
    x = np.tile([130.0, 66.0], (200, 1))
    x[0, 0] = 1000
    assert strange_inputs(PEOPLE, x) is None
    x[1, 0] = -1000
    found = strange_inputs(PEOPLE, x)
    assert found is not None
    assert found.evidence["strangers"] == 2


def test_bytes_where_there_were_shares():
    found = strange_inputs(PICTURES, np.array([[[0, 255], [7, 0]]], np.uint8).reshape(1, 2, 2, 1))
    assert found is not None
    assert found.shown == "one input is 255, in training it was 0 to 1. So far out: 1 of 1."
    assert found.evidence["input"] is None
    assert strange_inputs(PICTURES, np.ones((1, 2, 2, 1), np.uint8)) is None


def test_shares_where_there_were_bytes():
    bytes_ = knowing(np.array([0, 255, 7, 128], np.uint8).reshape(1, 2, 2, 1))
    x = np.linspace(0, 1, 64).reshape(16, 2, 2, 1)
    found = strange_inputs(bytes_, x)
    assert found is not None
    assert found.says.endswith("they seem to be on another scale.")
    assert found.shown == "they go from 0 to 1; in training it was 0 to 255."
    assert strange_inputs(bytes_, x[:15]) is None  # too few to tell
    assert strange_inputs(bytes_, x * 20) is None


def test_a_scale_is_seen_by_the_features_that_vary():
    x = np.random.default_rng(0).normal(size=(40, 2)) * 100
    x[:, 1] = 7
    assert strange_inputs(knowing(x), x) is None
    found = strange_inputs(knowing(x), x * [0.01, 1])
    assert found is not None
    assert found.says.endswith("they seem to be on another scale.")
    constant = np.full((40, 2), 7.0)
    assert strange_inputs(knowing(constant), constant) is None


def test_a_model_that_tells_no_range():
    assert strange_inputs(TrainedModel(PEOPLE.network), np.array([[1e9, 0]])) is None
