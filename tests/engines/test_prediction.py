from __future__ import annotations

import numpy as np
import pytest

from glassnet.engines import Reference, predict
from glassnet.errors import DataError, ParameterError, ShapeError
from glassnet.layers import Activation, Conv2D, Dense, Dropout, Flatten
from glassnet.model import Sequential
from glassnet.preparation import Preparation, Scale
from tests.engines.trained import SAME, trained

X = np.random.default_rng(1).normal(size=(7, 4))


def network(dtype="float64", seed=2):
    return Sequential(
        [Dense(5), Activation("tanh"), Dropout(0.5), Dense(3), Activation("softmax")], (4,), dtype=dtype, seed=seed
    )


def test_by_hand():
    # σ(1·ln 3 + 0·0) = ¾
    one = Sequential([Dense(1, use_bias=False), Activation("sigmoid")], (2,), dtype="float64")
    one.set_weights({"dense_1.W": [[np.log(3)], [5]]})
    np.testing.assert_allclose(predict(one, [[1, 0], [0, 0]]), [[0.75], [0.5]], rtol=1e-15)


@pytest.mark.parametrize("batch_size", [1, 3, 7, 100])
def test_batches_make_no_difference(batch_size):
    np.testing.assert_allclose(predict(network(), X, batch_size=batch_size), predict(network(), X), rtol=1e-14)


def test_many_samples_go_to_the_engine_by_megabytes():
    given = []

    class Listening(Reference):
        def forward(self, network, vectors, x, depth=None):
            given.append(len(x))
            return super().forward(network, vectors, x, depth)

    wide = Sequential([Dense(1)], (2**20,), seed=None)
    x = np.zeros((5, 2**20), np.float32)
    assert predict(wide, x, engine=Listening()).shape == (5, 1)
    assert given == [2, 2, 1]


def test_the_reference_takes_what_it_has_room_for_at_a_time():
    many = np.random.default_rng(0).normal(size=(600, *X.shape[1:]))
    whole = Reference().forward(network(), network().vectors, many)
    parts = [Reference().forward(network(), network().vectors, many[k : k + 100]) for k in range(0, 600, 100)]
    np.testing.assert_allclose(whole, np.concatenate(parts), rtol=1e-12)


def test_the_scale_is_of_training():
    """A year is told from the next in float32 only if it is shifted before it is narrowed."""
    years = np.array([[1.7e9 + k] for k in range(4)])
    one = Sequential([Dense(1, use_bias=False)], (1,))
    one.set_weights({"dense_1.W": [[1]]})
    assert predict(one, years, Scale(offset=-1.7e9)).ravel().tolist() == [0, 1, 2, 3]
    assert predict(one, np.array([[51]], np.uint8), Scale(1 / 51)).tolist() == [[1]]


@pytest.mark.parametrize(
    ("got", "hint"),
    [
        ((28, 28), "The numbers are as many: write x.reshape(1, 784)."),
        ((5, 28, 28), "The numbers are as many: write x.reshape(-1, 784)."),
        ((784,), "One sample is a batch of one: write x[None]."),
        ((5, 783), "Axis 1 clashes: 784 is expected, 783 came."),
        ((5, 8, 8), "Give 2 axes, the first for the samples."),
    ],
)
def test_row_52_samples_of_another_shape(got, hint):
    with pytest.raises(ShapeError) as caught:
        predict(Sequential([Dense(10)], (784,)), np.zeros(got))
    assert str(caught.value) == f"Layer 1, dense_1, expects samples of shape (N, 784), got {got}. {hint}"


@pytest.mark.parametrize(
    ("got", "hint"),
    [
        ((28, 28, 1), "write x[None]."),
        ((28, 28), "write x.reshape(1, 28, 28, 1)."),
        ((9, 28, 28), "write x.reshape(-1, 28, 28, 1)."),
        ((9, 784), "write x.reshape(-1, 28, 28, 1)."),
        ((9, 28, 27, 1), "Axis 2 clashes: 28 is expected, 27 came."),
        ((9, 28, 28, 3), "Axis 3 clashes: 1 is expected, 3 came."),
        ((), "Give 4 axes, the first for the samples."),
    ],
)
def test_row_52_pictures_of_another_shape(got, hint):
    with pytest.raises(ShapeError) as caught:
        predict(Sequential([Conv2D(2)], (28, 28, 1)), np.zeros(got))
    assert "Layer 1, conv2d_1, expects samples of shape (N, 28, 28, 1), got " in str(caught.value)
    assert str(caught.value).endswith(hint)


def test_row_40_the_row_that_is_not_finite():
    bad = X.copy()
    bad[4, 2] = np.inf
    with pytest.raises(DataError, match=r"predict: row 4 holds inf, at index \[4, 2\]"):
        predict(network(), bad)


def test_row_44_a_number_too_large_for_the_network():
    with pytest.raises(DataError, match=r"1e\+300 is too large for float32, which ends at 3\.4e\+38"):
        predict(network("float32"), X * 0 + 1e300)
    assert np.isfinite(predict(network("float64"), X * 0 + 1e300)).all()


def test_row_47_none_one_and_one_feature():
    assert predict(network(), np.zeros((0, 4))).shape == (0, 3)
    assert predict(network(), X[:1]).shape == (1, 3)
    assert predict(Sequential([Dense(1)], (1,)), [[1], [2]]).shape == (2, 1)
    with pytest.raises(ShapeError, match=r"expects samples of shape \(N, 4\), got \(0,\)"):
        predict(network(), [])


@pytest.mark.parametrize("bad", [[["a", "b", "c", "d"]], [[1j, 0, 0, 0]], [[None, 1, 2, 3]], [[1, 2, 3, 4], [5]]])
def test_row_48_what_is_no_real_number(bad):
    with pytest.raises(DataError, match="predict: expected real numbers, got an array of type "):
        predict(network(), bad)


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.int8, np.uint8, np.int64, np.bool_, ">f4", ">i2"])
def test_row_48_every_real_type_is_taken(kind):
    x = np.array([[1, 0, 0, 1], [0, 1, 1, 0]])
    np.testing.assert_array_equal(predict(network(), x.astype(kind)), predict(network(), x))


def test_row_49_layout_makes_no_difference(tmp_path):
    expected = predict(network(), X)
    np.save(tmp_path / "x.npy", X)
    read_only = X.copy()
    read_only.flags.writeable = False
    mapped = np.load(tmp_path / "x.npy", mmap_mode="r")
    wide = np.repeat(X, 2, axis=1)[:, ::2]
    for x in (np.asfortranarray(X), read_only, mapped, wide, X[::-1][::-1], X.tolist()):
        np.testing.assert_allclose(predict(network(), x), expected, rtol=1e-13)


def test_row_53_permuted_rows_have_permuted_predictions():
    order = np.random.default_rng(3).permutation(7)
    np.testing.assert_allclose(predict(network(), X[order]), predict(network(), X)[order], rtol=1e-13)


@pytest.mark.parametrize("scale", [Scale(), Scale(2.0, 1.0)])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_row_54_the_callers_array_is_never_changed(scale, dtype):
    x = X.astype(dtype)
    before = x.copy()
    outputs = predict(network(dtype), x, scale)
    np.testing.assert_array_equal(x, before)
    assert not np.shares_memory(outputs, x)


def test_a_network_that_passes_its_input_on_gives_a_copy():
    x = np.ones((2, 3), np.float32)
    outputs = predict(Sequential([Flatten()], (3,)), x)
    outputs[:] = 5
    assert (x == 1).all()


def test_the_outputs_of_a_hidden_layer():
    network = Sequential([Dense(2), Activation("relu"), Dense(1)], (2,))
    network.set_weights({"dense_1.W": np.eye(2)})
    assert predict(network, [[3, -4]], depth=1).tolist() == [[3, -4]]
    assert predict(network, [[3, -4]], depth=2).tolist() == [[3, 0]]
    with pytest.raises(ParameterError, match=r"predict: depth must be a whole number, 1 to 3\. Got 4"):
        predict(network, [[3, -4]], depth=4)


def test_inputs_too_large_to_compute_with_are_told_of():
    network = Sequential([Dense(2)], (2,))
    network.set_weights({"dense_1.W": [[1e30, 1], [1, 1]]})
    with pytest.raises(DataError, match=r"the outputs for row 1 are no finite numbers\. Its inputs, or the network's"):
        predict(network, [[1, 1], [1e20, 1]])


def test_a_trained_model_brings_its_scale():
    model = trained([Dense(2)], (0, 1), SAME, Preparation(scale=Scale(0.5)))
    assert predict(model, [[2, 4]]).tolist() == [[1, 2]]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"batch_size": 0}, r"predict: batch_size must be a whole number, 1 or more\. Got 0"),
        ({"batch_size": -1}, r"predict: batch_size must be a whole number, 1 or more\. Got -1"),
        ({"scale": 1 / 255}, r"predict: scale must be such as Scale\(1 / 255\)\. Got 0\.0039"),
    ],
)
def test_wrong_settings_of_a_prediction(wrong, message):
    with pytest.raises(ParameterError, match=message):
        predict(Sequential([Dense(1)], (1,)), [[1.0]], **wrong)


def test_a_trained_model_answers_in_the_unit_of_its_targets():
    model = trained([Dense(1)], None, {"dense_1.W": [[1], [1]]}, Preparation(target=Scale(0.5, -100.0)))
    answers = predict(model, [[1, 2], [-4, 0]])
    assert (answers.tolist(), answers.dtype) == ([[106], [92]], np.float64)
    assert predict(model.network, [[1, 2]]).tolist() == [[3]]
    assert predict(model, [[1, 2]], depth=1).tolist() == [[3]]
