"""Gradients of whole networks against a framework that differentiates by itself.

The forward passes are written here once more in JAX, with its own convolution and pooling, and none of our layers.
"""

from __future__ import annotations

import numpy as np
import pytest

from glassnet.engines.engine import Task
from glassnet.engines.reference import backward, contexts, forward
from glassnet.layers import Activation, AveragePooling2D, BatchNormalization, Conv2D, Dense, Flatten, MaxPooling2D
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy
from glassnet.model import Sequential, head_and_loss
from glassnet.optimizers import SGD
from glassnet.preparation import Scale


def dense(p, x, t):
    import jax
    import jax.numpy as jnp

    hidden = jax.nn.relu(x @ p["dense_1.W"] + p["dense_1.b"])
    hidden = jax.nn.gelu(hidden @ p["dense_2.W"] + p["dense_2.b"], approximate=True)
    logits = hidden @ p["dense_3.W"] + p["dense_3.b"]
    return -jnp.mean(jax.nn.log_softmax(logits)[jnp.arange(len(t)), t])


def convolution(p, x, t):
    import jax
    import jax.numpy as jnp
    from jax import lax

    def convolve(x, name, padding, stride):
        numbers = ("NHWC", "HWIO", "NHWC")
        return lax.conv_general_dilated(x, p[f"{name}.W"], stride, padding, dimension_numbers=numbers) + p[f"{name}.b"]

    x = convolve(x, "conv2d_1", "SAME", (1, 1))
    x = (x - jnp.mean(x, (0, 1, 2))) / jnp.sqrt(jnp.var(x, (0, 1, 2)) + 1e-3)
    x = jax.nn.elu(x * p["batch_normalization_1.gamma"] + p["batch_normalization_1.beta"])
    x = lax.reduce_window(x, -jnp.inf, lax.max, (1, 3, 3, 1), (1, 2, 2, 1), "VALID")
    x = jnp.tanh(convolve(x, "conv2d_2", "VALID", (2, 1)))
    x = lax.reduce_window(x, 0.0, lax.add, (1, 1, 2, 1), (1, 1, 2, 1), "VALID") / 2
    y = jax.nn.sigmoid(x.reshape(len(x), -1) @ p["dense_1.W"] + p["dense_1.b"])
    return -jnp.mean(t * jnp.log(y) + (1 - t) * jnp.log(1 - y))


CASES = [
    (
        dense,
        [Dense(9), Activation("relu"), Dense(7), Activation("gelu"), Dense(4), Activation("softmax")],
        (6,),
        CategoricalCrossentropy(),
        np.array([0, 3, 1, 2, 2]),
    ),
    (
        convolution,
        [
            Conv2D(4, (3, 2), padding="same"),
            BatchNormalization(),
            Activation("elu"),
            MaxPooling2D(3, stride=2),
            Conv2D(3, 2, stride=(2, 1)),
            Activation("tanh"),
            AveragePooling2D((1, 2)),
            Flatten(),
            Dense(2),
            Activation("sigmoid"),
        ],
        (9, 11, 2),
        BinaryCrossentropy(),
        np.array([[0, 1], [1, 1], [0, 0], [1, 0], [1, 1]], np.float32),
    ),
]


@pytest.mark.parametrize(("written_again", "layers", "in_shape", "loss", "t"), CASES)
def test_gradients_of_whole_networks(written_again, layers, in_shape, loss, t):
    import jax

    network = Sequential(layers, in_shape, seed=2)
    random = np.random.default_rng(3)
    x = random.normal(size=(5, *in_shape)).astype(np.float32)
    weights = network.vectors.weights
    weights += random.normal(size=weights.size) / 10  # biases, γ and β away from their first values
    depth, head_loss = head_and_loss(network, loss)
    task = Task(network, depth, head_loss, SGD(), x, Scale(), t, None, None, total_steps=1, seed=0)
    walked, p = network.layers[:depth], network.weight_layout.views(weights)

    y, saved = forward(walked, p, network.state_layout.views(network.vectors.state), x, contexts(task, 0))
    value, dy = head_loss(y, t)
    own = np.zeros_like(weights)
    for views, grads in zip(network.weight_layout.views(own), backward(walked, p, saved, dy), strict=False):
        for name, grad in grads.items():
            views[name][...] = grad

    expected_value, expected = jax.jit(jax.value_and_grad(written_again))(network.weight_layout.named(weights), x, t)
    assert value == pytest.approx(float(expected_value), rel=1e-5)
    largest = max(float(abs(grad).max()) for grad in expected.values())
    for name, grad in network.weight_layout.named(own).items():
        np.testing.assert_allclose(grad, expected[name], rtol=0, atol=1e-5 * largest, err_msg=name)
