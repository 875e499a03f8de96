import numpy as np
import pytest

from glassnet.explain.asking import find_unit
from glassnet.explain.forward import WIDEST, equation
from glassnet.explain.trace import Trace
from glassnet.layers import Conv2D, Dense, MaxPooling2D
from tests.explain.networks import STACKS, random_network


def every_equation(name, seed=0):
    layers, shape, _ = STACKS[name]
    network, x = random_network(layers, shape, seed)
    trace = Trace(network, x[None])
    for neurons in trace.neurons:
        for unit in range(trace.signals[neurons.end].size):
            yield equation(trace, neurons, unit), trace.value(neurons.end, unit)


@pytest.mark.parametrize("name", STACKS)
def test_terms_add_up_to_what_the_layer_gave(name):
    for one, value in every_equation(name):
        terms = [term.value for term in one.terms]
        assert (max(terms) if one.joint == "max" else sum(terms)) == pytest.approx(one.total, abs=1e-12)
        assert one.value == value
        assert one.function or one.total == one.value


@pytest.mark.parametrize("name", STACKS)
def test_terms_are_the_products_of_their_factors(name):
    for one, _ in every_equation(name):
        for term in one.terms:
            assert term.rest or term.value == np.prod([factor.value for factor in term.factors])


def test_wide_layers_show_the_largest_and_the_rest():
    network, x = random_network([Dense(1)], (100,), 0)
    trace = Trace(network, x[None])
    one = equation(trace, trace.neurons[0], 0)
    *shown, rest = one.terms
    assert (len(shown), rest.rest, rest.factors) == (WIDEST, 101 - WIDEST, ())
    largest = np.sort(np.abs(x * network.weights()["dense_1.W"][:, 0]))[-WIDEST:]
    assert min(abs(term.value) for term in shown) >= largest[0]
    assert [int(term.factors[0].name[1:]) for term in shown if len(term.factors) == 2] == sorted(
        int(term.factors[0].name[1:]) for term in shown if len(term.factors) == 2
    )


def test_a_convolution_shows_its_place_window_and_kernel():
    network, x = random_network([Conv2D(2, 3, padding="same")], (4, 4, 1), 0)
    trace = Trace(network, x[None])
    one = equation(trace, *find_unit(trace, "conv2d_1[0,1,1]"))
    assert one.note == "the window of 3×3 over rows −1 to 1, columns 0 to 2"
    window, kernel = one.tables
    assert (window.name, kernel.name) == ("window", "kernel 1")
    np.testing.assert_array_equal(window.rows, np.vstack([[0, 0, 0], x[:2, :3, 0]]))
    np.testing.assert_array_equal(kernel.rows, network.weights()["conv2d_1.W"][:, :, 0, 1])


def test_of_many_channels_the_two_that_count_most_are_shown():
    network, x = random_network([Conv2D(1, 2)], (2, 2, 5), 0)
    trace = Trace(network, x[None])
    one = equation(trace, trace.neurons[0], 0)
    counts = np.abs((x * network.weights()["conv2d_1.W"][:, :, :, 0]).sum((0, 1)))
    first, second = sorted(np.argsort(-counts)[:2].tolist())
    assert [table.name for table in one.tables] == [
        f"{what}, channel {c}" for c in (first, second) for what in ("window", "kernel 0")
    ]
    np.testing.assert_array_equal(one.tables[2].rows, x[:, :, second])
    assert one.note.endswith("columns 0 to 1, tables of the 2 of 5 channels that count most")


def test_a_pooling_shows_its_window():
    network, x = random_network([MaxPooling2D()], (4, 4, 2), 0)
    trace = Trace(network, x[None])
    one = equation(trace, *find_unit(trace, "max_pooling2d_1[1,0,1]"))
    assert (one.joint, one.note) == ("max", "the window of 2×2 over rows 2 to 3, columns 0 to 1")
    np.testing.assert_array_equal(one.tables[0].rows, x[2:, :2, 1])
    assert one.value == x[2:, :2, 1].max()
