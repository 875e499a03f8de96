"""What every layer promises, through one table. A registered layer without a row fails here."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from glassnet.descriptions import from_config, to_config
from glassnet.errors import ShapeError
from glassnet.functions import INITIALIZERS
from glassnet.layers import LAYERS, Activation, AveragePooling2D, Conv2D, Dense, MaxPooling2D, Reshape
from tests.contract.table import ROWS, both_modes, every_row

both_types = pytest.mark.parametrize("dtype", ["float32", "float64"])


def run(row, training, dtype="float64", x=None, dy=None, dx_wanted=True):
    """y, dx and the gradients of a row."""
    p, x, dy = row.params(dtype), row.x(dtype) if x is None else x, row.dy(dtype) if dy is None else dy
    y, saved = row.layer.forward(p, row.state(dtype), x, row.context(training))
    return y, *row.layer.backward(p, saved, dy, dx_wanted)


def assert_close(one, other, tolerance):
    """Arrays that agree to `tolerance` of the largest number."""
    one, other = np.asarray(one), np.asarray(other)
    assert one.shape == other.shape
    np.testing.assert_allclose(one, other, rtol=0, atol=tolerance * max(np.abs(other).max(initial=0), 1e-30))


def test_every_registered_layer_has_a_row():
    assert {type(row.layer) for row in ROWS} == set(LAYERS.values())
    assert [kind.__name__ for kind in LAYERS.values()] == list(LAYERS)


@every_row
@both_types
@both_modes
def test_shapes_and_types(row, dtype, training):
    p, s, x, dy = row.params(dtype), row.state(dtype), row.x(dtype), row.dy(dtype)
    y, saved = row.layer.forward(p, s, x, row.context(training))
    dx, grads = row.layer.backward(p, saved, dy, True)
    assert (y.shape, y.dtype) == (dy.shape, dtype)
    assert (dx.shape, dx.dtype) == (x.shape, dtype)
    assert {name: (grad.shape, grad.dtype) for name, grad in grads.items()} == {
        name: (value.shape, np.dtype(dtype)) for name, value in p.items()
    }
    if training:
        after = row.layer.advance(s, saved)
        assert {name: (value.shape, value.dtype) for name, value in after.items()} == {
            name: (value.shape, np.dtype(dtype)) for name, value in s.items()
        }


@every_row
def test_first_values_fit_their_specs(row):
    built = row.layer.build(row.in_shape)
    for spec in [*built.params.values(), *built.state.values()]:
        assert spec.initializer(spec.shape, lambda count: np.full(count, 0.3)).shape == spec.shape


@pytest.mark.parametrize(
    ("layer", "in_shape", "expected"),
    [
        (Dense(3), (28, 28), "Dense expects inputs of shape (I,), got (28, 28). Put Flatten() before it."),
        (Conv2D(3), (784,), "Conv2D expects inputs of shape (H, W, C), got (784,). Put Reshape("),
        (Conv2D(3, 5), (28, 4, 1), "Conv2D slides a window of 5×5, but its inputs are 28×4: the width is too small."),
        (MaxPooling2D(), (28, 28), "MaxPooling2D expects inputs of shape (H, W, C), got (28, 28)."),
        (MaxPooling2D(3), (2, 8, 1), "MaxPooling2D slides a window of 3×3, but its inputs are 2×8: the height"),
        (AveragePooling2D(), (5,), "AveragePooling2D expects inputs of shape (H, W, C), got (5,)."),
        (AveragePooling2D((9, 1)), (8, 8, 1), "AveragePooling2D slides a window of 9×1, but its inputs are 8×8"),
        (Reshape((3, 3)), (8,), "Reshape cannot lay (8,), 8 numbers, out as (3, 3)."),
        (Reshape((-1, 3)), (2, 4), "Reshape cannot lay (2, 4), 8 numbers, out as (-1, 3)."),
        (Activation("softmax"), (2, 3), "Activation expects inputs of shape (K,), got (2, 3). Softmax shares out"),
    ],
)
def test_bad_shapes_are_told_by_name(layer, in_shape, expected):
    with pytest.raises(ShapeError) as caught:
        layer.build(in_shape)
    assert expected in str(caught.value)


@every_row
def test_configuration_travels_as_json(row):
    text = json.dumps(to_config(row.layer))
    assert from_config(json.loads(text), {**LAYERS, **INITIALIZERS}) == row.layer


@every_row
def test_frozen_and_hashable(row):
    assert hash(row.layer) == hash(from_config(to_config(row.layer), {**LAYERS, **INITIALIZERS}))
    with pytest.raises(FrozenInstanceError):
        row.layer.units = 5


@every_row
def test_a_batch_of_one(row):
    x, dy = row.x(), row.dy()
    y, dx, _ = run(row, training=False)
    y_one, dx_one, _ = run(row, training=False, x=x[:1], dy=dy[:1])
    assert_close(y_one, y[:1], 1e-14)
    assert_close(dx_one, dx[:1], 1e-14)
    y_one, dx_one, grads = run(row, training=True, x=x[:1], dy=dy[:1])
    assert all(np.isfinite(array).all() for array in (y_one, dx_one, *grads.values()))


@every_row
@both_modes
def test_row_54_given_arrays_are_never_changed(row, training):
    """Nothing is written into what comes in: these arrays may only be read."""
    p, s, x, dy = row.params(), row.state(), row.x(), row.dy()
    for array in (*p.values(), *s.values(), x, dy):
        array.flags.writeable = False
    y, saved = row.layer.forward(p, s, x, row.context(training))
    row.layer.backward(p, saved, dy, True)
    if training:
        row.layer.advance(s, saved)
    again = row.layer.forward(p, s, x, row.context(training))[0]
    np.testing.assert_array_equal(y, again)


def fortran(array):
    return np.asfortranarray(array)


def strided(array):
    """The same numbers, every second one of an array twice as long, from the end."""
    wide = np.zeros((2 * len(array), *array.shape[1:]), array.dtype)
    wide[::-2] = array
    return wide[::-2]


@every_row
@both_modes
@pytest.mark.parametrize("laid", [fortran, strided])
def test_row_49_memory_order_does_not_matter(row, training, laid):
    y, dx, grads = run(row, training)
    y_laid, dx_laid, grads_laid = run(row, training, x=laid(row.x()), dy=laid(row.dy()))
    assert_close(y_laid, y, 1e-14)
    assert_close(dx_laid, dx, 1e-14)
    for name, grad in grads.items():
        assert_close(grads_laid[name], grad, 1e-14)


@every_row
@both_modes
def test_dx_only_where_it_is_wanted(row, training):
    _, _, wanted = run(row, training)
    _, dx, grads = run(row, training, dx_wanted=False)
    assert dx is None
    assert grads.keys() == wanted.keys()
    for name, grad in wanted.items():
        np.testing.assert_array_equal(grads[name], grad)


def assert_arrays_alone(saved):
    if isinstance(saved, (tuple, dict)):
        for part in saved.values() if isinstance(saved, dict) else saved:
            assert_arrays_alone(part)
    else:
        assert isinstance(saved, np.ndarray)


@every_row
@both_modes
def test_saved_holds_arrays_alone(row, training):
    assert_arrays_alone(row.layer.forward(row.params(), row.state(), row.x(), row.context(training))[1])


@every_row
def test_the_same_under_jit(row):
    """One source: JAX traces forward and backward as they stand, and gets NumPy's numbers."""
    import jax

    p, s, x, dy = row.params("float32"), row.state("float32"), row.x("float32"), row.dy("float32")

    def step(training, p, s, x, dy):
        y, saved = row.layer.forward(p, s, x, row.context(training))
        dx, grads = row.layer.backward(p, saved, dy, True)
        after = row.layer.advance(s, saved) if training else {}
        return [y, dx, *grads.values(), *after.values()]

    for training in (True, False) if training_differs(row) else (True,):
        traced = jax.jit(step, static_argnums=0)(training, p, s, x, dy)
        for one, other in zip(traced, step(training, p, s, x, dy), strict=True):
            assert one.dtype == np.float32
            assert_close(one, other, 1e-5)


def training_differs(row):
    return not np.array_equal(run(row, training=True)[0], run(row, training=False)[0])
