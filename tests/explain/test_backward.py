import numpy as np
import pytest

from glassnet.engines import fit_task
from glassnet.explain.asking import find_weight
from glassnet.explain.backward import explain_gradient, full_gradient
from glassnet.explain.step import _data
from glassnet.explain.trace import Trace
from glassnet.layers import LAYERS, Activation, Conv2D, Dense, Flatten
from glassnet.losses import LOSSES, MeanSquaredError
from glassnet.model import Sequential
from glassnet.optimizers import SGD
from tests.explain.networks import STACKS, random_network, target_for


def traced(name, seed):
    layers, shape, loss = STACKS[name]
    network, x = random_network(layers, shape, seed)
    data = _data(x[None], target_for(loss, network, seed), None, loss, network)
    task = fit_task(network, data, loss, SGD(0.1), total_steps=1, seed=0)
    return Trace(network, x[None]), task


def some_weights(network, seed, count=4):
    """Places in every parameter, written as one asks for them."""
    random = np.random.default_rng(seed)
    for name, view in network.weights().items():
        for flat in random.permutation(view.size)[:count]:
            yield f"{name}[{','.join(map(str, np.unravel_index(flat, view.shape)))}]"


def explained(trace, task, text, **limits):
    weight = find_weight(trace.network, text)
    grads = full_gradient(trace, task.depth, task.loss, task.t)
    value = float(grads[weight.layer][weight.short][weight.index])
    return explain_gradient(trace, task.depth, task.loss, task.t, weight, value, **limits)


def test_every_layer_and_loss_is_in_a_stack():
    assert {type(layer).__name__ for layers, _, _ in STACKS.values() for layer in layers} == set(LAYERS)
    assert {type(loss).__name__ for _, _, loss in STACKS.values()} == set(LOSSES)


@pytest.mark.parametrize("seed", range(10))  # 110 networks
@pytest.mark.parametrize("name", STACKS)
def test_all_paths_together_are_the_engines_gradient(name, seed):
    trace, task = traced(name, seed)
    for text in some_weights(trace.network, seed):
        gradient = explained(trace, task, text, shown=10**9, kept=10**9)
        assert gradient.rest is None
        assert sum(path.value for path in gradient.paths) == pytest.approx(gradient.value, rel=1e-10, abs=1e-10)
        assert gradient.error < 1e-5 or gradient.value == pytest.approx(gradient.numeric, abs=1e-9)


@pytest.mark.parametrize("name", STACKS)
def test_factors_and_parts_multiply_to_what_they_say(name):
    trace, task = traced(name, 5)
    for text in some_weights(trace.network, 5, count=1):
        for path in explained(trace, task, text).paths:
            assert np.prod([factor.value for factor in path.factors]) == pytest.approx(path.value, rel=1e-12)
            for factor in path.factors:
                assert factor.formula
                if factor.parts:
                    assert np.prod([part.value for part in factor.parts]) == pytest.approx(factor.value, rel=1e-12)


def named_signals(trace):
    """Every signal by its name."""
    return {
        trace.name(level, unit): value
        for level, signal in enumerate(trace.signals)
        for unit, value in enumerate(signal.reshape(-1))
    }


@pytest.mark.parametrize("name", STACKS)
def test_formulas_that_name_a_signal_or_a_weight_have_its_value(name):
    trace, task = traced(name, 3)
    signals, found = named_signals(trace), 0
    for text in some_weights(trace.network, 3, count=3):
        gradient = explained(trace, task, text, shown=20)
        for factor in [factor for path in gradient.paths for factor in path.factors]:
            for part in factor.parts or (factor,):
                if part.formula in signals:
                    assert signals[part.formula] == pytest.approx(part.value, rel=1e-12)
                elif part.formula.startswith("W["):
                    index = tuple(int(k) for k in part.formula[2:-1].split(","))
                    alike = [p["W"] for p in trace.p if "W" in p and p["W"].ndim == len(index)]
                    assert part.value in [W[index] for W in alike if (np.array(W.shape) > index).all()]
                found += part.formula in signals or part.formula.startswith("W[")
    assert found > 1


def test_a_weight_outside_the_picture():
    network, x = random_network([Conv2D(1, 3, padding="same"), Flatten(), Dense(1)], (1, 1, 1), 0)
    data = _data(x[None], 1.0, None, MeanSquaredError(), network)
    task = fit_task(network, data, MeanSquaredError(), SGD(0.1), total_steps=1, seed=0)
    (path,) = explained(Trace(network, x[None]), task, "conv2d_1.W[0,0,0,0]").paths
    assert (path.factors[-1].formula, path.value) == ("0, outside the picture", 0)


@pytest.mark.parametrize("name", ["dense", "convolution"])
def test_the_largest_paths_and_the_exact_rest(name):
    trace, task = traced(name, 1)
    (text, *_) = some_weights(trace.network, 1)
    everything = explained(trace, task, text, shown=10**9, kept=10**9)
    shown = explained(trace, task, text)
    assert len(everything.paths) > 3
    assert shown.paths == everything.paths[:3]
    assert sum(path.value for path in shown.paths) + shown.rest == pytest.approx(shown.value, abs=1e-15)


def test_an_input_of_0_corrects_nothing_and_is_shown():
    network = Sequential([Dense(1, use_bias=False), Activation("sigmoid")], (3,), dtype="float64")
    x = np.array([[0.0, 0.0, 1.0]])
    data = _data(x, 0.0, None, MeanSquaredError(), network)
    task = fit_task(network, data, MeanSquaredError(), SGD(1.0), total_steps=1, seed=0)
    gradient = explained(Trace(network, x), task, "dense_1.W[0,0]")
    assert (gradient.value, gradient.numeric, gradient.error, gradient.rest) == (0, 0, 0, None)
    (path,) = gradient.paths
    assert [factor.name for factor in path.factors] == ["∂L/∂y", "∂y/∂w"]
    assert [part.value for part in path.factors[1].parts][1] == 0
