"""Layers in bf16: each product against float64, computed from factors that were rounded to bf16."""

from __future__ import annotations

import numpy as np
import pytest
from ml_dtypes import bfloat16

from glassnet.engines.cpu.planning.conv2d_pool import conv2d_pool
from glassnet.engines.cpu.planning.layers import plan_layer
from glassnet.engines.cpu.planning.plan import Plan
from glassnet.engines.cpu.running import run_steps
from glassnet.engines.cpu.tape import Bound
from glassnet.engines.cpu.taped import first_waits
from glassnet.engines.reference import no_words
from glassnet.layers import Context, Conv2D, Dense, MaxPooling2D
from glassnet.model import Sequential
from tests.engines.cpu.calling import HAS_BF16

pytestmark = pytest.mark.skipif(not HAS_BF16, reason="this processor has no AVX512-BF16")
OUTSIDE = Context(training=False, words=no_words)


def rounded(x):
    return x.astype(bfloat16).astype(np.float64)


def numbers(shape, seed):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def run(network, batch, x, dy, threads=1, lay_out=plan_layer):
    """y, dx, the gradients by name, and the kernels, of a first layer that is asked for dx."""
    plan = Plan(network, batch, training=True, precision="bf16")
    place_x, place_dy = plan.numbers(network.input_shape), plan.numbers(network.output_shape)
    place_y, back = lay_out(plan, 0, place_x, -np.inf)
    place_dx = back(place_dy, True)
    phases = [plan.before, plan.forward + plan.backward, plan.after]
    operations = [one for phase in phases if phase for one in first_waits(phase)]
    plan.tape.finish(operations)
    gradient = np.zeros_like(network.vectors.weights)
    blocks = {"weights": network.vectors.weights, "gradient": gradient, "zeros": np.zeros(plan.zeros_size, np.float32)}
    bound = Bound(plan.tape, blocks)

    def array(place, like):
        return plan.tape.arena[place.offset :][: like.nbytes].view(np.float32).reshape(like.shape)

    array(place_x, x)[...], array(place_dy, dy)[...] = x, dy
    run_steps(bound.operations, np.arange(len(x)), np.array([0, len(x)]), 0, 1, 0, threads)
    grads = network.weight_layout.views(gradient)[0]
    return array(place_y, dy), array(place_dx, x), grads, {one.kernel for one in operations}


def expected(layer, p, x, dy):
    """The same in float64. The gradient of the bias is no product."""
    coarse = {name: rounded(value) if name == "W" else value.astype(np.float64) for name, value in p.items()}
    y, saved = layer.forward(coarse, {}, rounded(x), OUTSIDE)
    dx, grads = layer.backward(coarse, saved, rounded(dy), True)
    if "b" in p:
        grads["b"] = dy.astype(np.float64).reshape(-1, dy.shape[-1]).sum(0)
    return y, dx, grads


def assert_near(got, wanted):
    assert np.linalg.norm(got - wanted) <= 1e-5 * np.linalg.norm(wanted) + 1e-7


CASES = [
    (Dense(32), (32,)),
    (Dense(33), (47,)),
    (Dense(128, use_bias=False), (300,)),
    (Conv2D(4, 3), (9, 8, 2)),
    (Conv2D(64, 3, padding="same"), (7, 7, 32)),
    (Conv2D(18, (2, 3), stride=(2, 1)), (10, 11, 6)),
    (Conv2D(8, 5, stride=2, use_bias=False), (13, 13, 4)),
    (Conv2D(6, 1), (3, 1, 4)),
]


@pytest.mark.parametrize(("layer", "shape"), CASES, ids=lambda case: str(case)[:24])
@pytest.mark.parametrize("count", [1, 7, 20])
def test_every_product_of_a_layer(layer, shape, count):
    network = Sequential([layer], shape, seed=3)
    (p,) = network.weight_layout.views(network.vectors.weights)
    x, dy = numbers((count, *shape), 1), numbers((count, *network.output_shape), 2)
    y, dx, grads, kernels = run(network, 20, x, dy)
    assert "bf16.rounded" in kernels
    wanted_y, wanted_dx, wanted = expected(layer, p, x, dy)
    assert_near(y, wanted_y)
    assert_near(dx, wanted_dx)
    assert grads.keys() == wanted.keys()
    for name in grads:
        assert_near(grads[name], wanted[name])
    for threads in (2, 3):
        again = run(network, 20, x, dy, threads)
        assert [y.tobytes(), dx.tobytes()] == [again[0].tobytes(), again[1].tobytes()]
        assert all(grads[name].tobytes() == again[2][name].tobytes() for name in grads)


@pytest.mark.parametrize(
    ("layer", "shape"), [(Dense(31), (40,)), (Dense(40), (31,)), (Conv2D(4), (6, 6, 3)), (Conv2D(3), (6, 6, 4))]
)
def test_what_comes_in_no_pairs_or_would_not_gain_stays_in_float32(layer, shape):
    network = Sequential([layer], shape, seed=3)
    (p,) = network.weight_layout.views(network.vectors.weights)
    x, dy = numbers((5, *shape), 1), numbers((5, *network.output_shape), 2)
    y, dx, _, kernels = run(network, 5, x, dy)
    assert not any(kernel.startswith("bf16") for kernel in kernels)
    wanted_y, saved = layer.forward(p, {}, x, OUTSIDE)
    assert_near(y, wanted_y)
    assert_near(dx, layer.backward(p, saved, dy, True)[0])


def test_a_convolution_and_its_pooling():
    """Forward in bf16; back in float32, to the places of the windows whose sums were the largest."""
    layer, pool, shape = Conv2D(24, 3), MaxPooling2D(), (8, 10, 6)
    network = Sequential([layer, pool], shape, seed=3)
    p = network.weight_layout.views(network.vectors.weights)[0]
    x, dy = numbers((9, *shape), 1), numbers((9, *network.output_shape), 2)
    y, dx, grads, _ = run(network, 9, x, dy, lay_out=lambda plan, k, at, floor: conv2d_pool(plan, k, 2, False, at))
    exact = {name: value.astype(np.float64) for name, value in p.items()}
    sums = layer.forward({**exact, "W": rounded(p["W"])}, {}, rounded(x), OUTSIDE)[0]
    largest, kept = pool.forward({}, {}, sums, OUTSIDE)
    dz, _ = pool.backward({}, kept, dy.astype(np.float64), True)
    assert dz is not None
    wanted_dx, wanted = layer.backward(exact, layer.forward(exact, {}, x.astype(float), OUTSIDE)[1], dz, True)
    assert_near(y, largest)
    assert_near(dx, wanted_dx)
    assert_near(grads["W"], wanted["W"])
    assert_near(grads["b"], wanted["b"])
