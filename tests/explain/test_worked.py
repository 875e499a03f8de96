import pytest

from glassnet.engines import predict
from glassnet.explain import WORKED

FIGURES = {
    "neuron": ([2, 3], 0.9990889488055994),
    "network": ([2, 3], 0.7216325609518421),
    "people": ([-2, -1], 0.52369517),
    "first-input": ([1, 0, 0], 0.4586060),  # sigmoid(−0.16595599)
    "xor": ([0, 1], 0.99845064),
}


@pytest.mark.parametrize("name", WORKED)
def test_each_answers_as_the_articles_say(name):
    sample, answer = FIGURES[name]
    assert predict(WORKED[name](), [sample]).item() == pytest.approx(answer, abs=5e-8)


def test_each_call_gives_a_network_of_its_own():
    assert WORKED["xor"]().network is not WORKED["xor"]().network
