"""compile, fit, evaluate, predict."""

from __future__ import annotations

import numpy as np
import pytest

from glassnet.errors import DataError, DivergedError, ParameterError, ShapeError
from glassnet.keras.layers import Dense
from glassnet.keras.models import Sequential
from glassnet.keras.notes import translated
from glassnet.keras.optimizers import SGD, Adam
from glassnet.keras.utils import set_random_seed, to_categorical
from tests.keras.working import LABELS, X, two_classes, yes_or_no


def test_the_history():
    model = yes_or_no()
    history = model.fit(X, LABELS, epochs=3, verbose=0, validation_data=(X[:2], LABELS[:2]))
    assert history is model.history
    assert list(history.history) == ["loss", "accuracy", "val_loss", "val_accuracy"]
    assert all(len(figures) == 3 for figures in history.history.values())
    assert history.epoch == [0, 1, 2]
    assert history.params == {"verbose": 0, "epochs": 3, "steps": 1}
    assert model.metrics_names == ["loss", "accuracy"]


def test_names_of_figures_are_those_that_were_asked_for():
    model = yes_or_no(metrics=["acc", "mae"])
    history = model.fit(X, LABELS, verbose=0, validation_split=0.5).history
    assert list(history) == ["loss", "acc", "mae", "val_loss", "val_acc", "val_mae"]
    assert history["accuracy"] is history["acc"]
    assert yes_or_no().fit(X, LABELS, verbose=0).history["acc"] is not None  # as it was called until Keras 2.3
    with pytest.raises(KeyError, match="there are loss, acc"):
        _ = history["val_los"]
    assert "The figure 'acc' is read as 'accuracy'" in translated()


def test_old_arguments_of_fit_have_their_effect():
    model = yes_or_no(metrics=None)
    history = model.fit(X, LABELS, nb_epoch=4, show_accuracy=True, validation_data=[X, LABELS], verbose=0)
    assert len(history.history["accuracy"]) == len(history.history["val_loss"]) == 4
    said = " ".join(translated())
    for old in ("nb_epoch", "show_accuracy", "validation_data=[x, y]"):
        assert old in said


def test_training_does_not_depend_on_who_looks():
    ends = []
    for settings in ({"verbose": 0}, {"verbose": 2}, {"verbose": 0, "validation_data": (X, LABELS)}):
        set_random_seed(5)
        model = two_classes()
        model.fit(X, LABELS, epochs=20, batch_size=2, **settings)
        ends.append(model.get_weights())
    for one, other in zip(ends[0], ends[1], strict=True):
        np.testing.assert_array_equal(one, other)
    for one, other in zip(ends[0], ends[2], strict=True):
        np.testing.assert_array_equal(one, other)


def test_seeds():
    set_random_seed(3)
    one = two_classes().get_weights()[0]
    other = two_classes().get_weights()[0]
    assert not np.array_equal(one, other)
    set_random_seed(3)
    np.testing.assert_array_equal(two_classes().get_weights()[0], one)


def test_numpys_seed_counts_where_no_other_was_given():
    from glassnet.keras import seeds

    seeds._given.clear()
    starts = []
    for seed in (7, 7, 8):
        np.random.seed(seed)  # noqa: NPY002  # as old scripts do
        starts.append(two_classes().get_weights()[0])
    np.testing.assert_array_equal(starts[0], starts[1])
    assert not np.array_equal(starts[0], starts[2])


def test_a_second_fit_goes_on_with_weights_and_memory():
    ends = []
    for parts in ((4,), (1, 3), (2, 1, 1)):
        set_random_seed(9)
        model = two_classes(optimizer=Adam(0.1))
        for epochs in parts:
            model.fit(X, LABELS, batch_size=6, epochs=epochs, shuffle=False, verbose=0)
        assert model.optimizer.iterations == 4
        ends.append(model.get_weights())
    for end in ends[1:]:
        for one, other in zip(ends[0], end, strict=True):
            np.testing.assert_array_equal(one, other)


def test_initial_epoch_counts_towards_epochs():
    history = yes_or_no().fit(X, LABELS, epochs=5, initial_epoch=3, verbose=0)
    assert history.epoch == [3, 4]


def test_compiling_again_begins_with_a_new_memory_and_the_old_weights():
    model = two_classes()
    model.fit(X, LABELS, verbose=0)
    weights = model.get_weights()
    model.compile("adam", "sparse_categorical_crossentropy")
    assert model.optimizer.iterations == 0
    np.testing.assert_array_equal(model.get_weights()[0], weights[0])


def test_the_last_share_is_held_out():
    model = yes_or_no()
    x, y = X.copy(), LABELS.copy()
    history = model.fit(x, y, validation_split=1 / 3, epochs=1, verbose=0).history
    assert history["val_loss"][0] == pytest.approx(model.evaluate(X[4:], LABELS[4:], verbose=0)[0])
    with pytest.raises(ParameterError, match="leaves none to train on, or to measure"):
        model.fit(X, LABELS, validation_split=0.99, verbose=0)


def test_weights_of_samples_and_classes():
    # one weight w on x = 1, targets 1 and 0, ŷ = 0: squares 1 and 0; weights 3 and 1 give 3/2
    model = Sequential([Dense(1, use_bias=False, init="zeros", input_shape=(1,))])
    model.compile(SGD(0.5), "mse")
    x, y = np.ones((2, 1)), np.array([1, 0])
    assert model.evaluate(x, y, sample_weight=[3, 1], verbose=0) == pytest.approx(1.5)
    model.fit(x, y, class_weight={1: 3.0}, verbose=0)
    # ∂ = 2·(0 − 1)·3/2 = −3, so that w = 1.5
    assert model.get_weights()[0].item() == pytest.approx(1.5)
    for given, said in (
        ("auto", "class_weight must be such as"),
        ({2: 1.0}, "class_weight has 2, but the labels are 0 to 1."),
    ):
        with pytest.raises(ParameterError, match=said):
            model.fit(x, y, class_weight=given, verbose=0)
    with pytest.raises(ShapeError, match="sample_weight has 3 numbers; there are 2 samples"):
        model.fit(x, y, sample_weight=[1, 2, 3], verbose=0)


def test_one_step_at_a_time():
    one, other = two_classes(metrics=["accuracy"]), two_classes(metrics=["accuracy"])
    other.set_weights(one.get_weights())
    before = one.evaluate(X, LABELS, verbose=0)
    for _ in range(3):
        figures = one.train_on_batch(X, LABELS)
        other.fit(X, LABELS, batch_size=6, shuffle=False, verbose=0)
    np.testing.assert_array_equal(one.get_weights()[0], other.get_weights()[0])
    assert len(figures) == 2
    assert figures[0] < before[0]
    assert one.test_on_batch(X, LABELS) == one.evaluate(X, LABELS, verbose=0)
    assert set(one.train_on_batch(X, LABELS, return_dict=True)) == {"loss", "accuracy"}


def test_evaluate_gives_a_number_a_list_or_a_dict():
    assert isinstance(yes_or_no(metrics=None).evaluate(X, LABELS, verbose=0), float)
    model = yes_or_no(metrics=["accuracy", "mse"])
    loss, accuracy, squares = model.evaluate(X, LABELS, verbose=0)
    y = model.predict(X)[:, 0]
    assert loss == pytest.approx(-np.log(np.where(LABELS, y, 1 - y)).mean(), rel=1e-5)
    assert accuracy == pytest.approx(((y > 0.5) == LABELS).mean())
    assert squares == pytest.approx(((y - LABELS) ** 2).mean(), rel=1e-6)
    figures = model.evaluate(X, LABELS, verbose=0, return_dict=True)
    assert figures == {"loss": loss, "accuracy": accuracy, "mse": squares}


def test_predictions_by_all_their_names():
    model, one = two_classes(), yes_or_no()
    y = model.predict(X)
    for again in (model.predict_proba(X), model.predict_on_batch(X), model.predict(X, batch_size=2, verbose=1)):
        np.testing.assert_array_equal(again, y)
    assert model.predict_classes(X).tolist() == y.argmax(1).tolist()
    assert one.predict_classes(X).tolist() == (one.predict(X) > 0.5).astype(int).tolist()


def test_progress_as_keras_users_know_it(capsys):
    model = yes_or_no()
    model.fit(X, LABELS, epochs=2, batch_size=4, verbose=2)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0::2] == ["Epoch 1/2", "Epoch 2/2"]
    assert lines[1].startswith("2/2 - ")
    assert "/step - loss: 0." in lines[1]
    assert " - accuracy: 0." in lines[1]
    model.fit(X, LABELS, batch_size=4)
    assert capsys.readouterr().out.splitlines()[1].startswith(f"2/2 [{'=' * 30}] - ")
    model.evaluate(X, LABELS)
    assert capsys.readouterr().out.startswith(f"1/1 [{'=' * 30}] - 0s")
    model.fit(X, LABELS, verbose=0)
    model.evaluate(X, LABELS, verbose=0)
    assert capsys.readouterr().out == ""


def test_training_that_runs_away_is_told():
    model = Sequential([Dense(1, input_shape=(2,))])
    model.compile(SGD(1e10), "mse")
    with pytest.raises(DivergedError, match=r"^fit: the training diverged at step \d\. The model holds the last good"):
        model.fit(X, LABELS, epochs=50, verbose=0)
    assert all(np.isfinite(array).all() for array in model.get_weights())


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Sequential([Dense(1)]).fit(X, LABELS), "fit needs a loss and an optimizer. Write model.compile("),
        (lambda: yes_or_no().fit(X), "y is missing: each sample needs its target."),
        (lambda: yes_or_no().fit(X, LABELS, epoch=3), "fit has no argument 'epoch'. Did you mean 'epochs'?"),
        (lambda: yes_or_no().fit(X, LABELS, epochs=-1), "fit: epochs must be a whole number, 0 or more. Got -1."),
        (lambda: yes_or_no().fit(X, LABELS, batch_size=0), "batch_size must be a whole number, 1 or more. Got 0."),
        (lambda: yes_or_no().fit(X, LABELS, validation_data=X), "validation_data must be (x, y)"),
        (lambda: yes_or_no().fit(X, LABELS, callbacks=[print]), "a callback must be such as EarlyStopping()"),
        (lambda: yes_or_no().fit(X, LABELS, steps_per_epoch=2), "An epoch goes through all samples."),
        (lambda: yes_or_no().fit(iter([X]), LABELS), "Generators and tf.data are not read here"),
        (lambda: yes_or_no(loss=None), "compile: the loss is missing."),
        (lambda: yes_or_no(loss="msee"), "There is no loss 'msee' here. Did you mean 'mse'?"),
        (lambda: yes_or_no(loss=lambda t, y: 0), "A function of one's own has no slope"),
        (lambda: yes_or_no(optimizer="adm"), "There is no optimizer 'adm' here. Did you mean 'adam'?"),
        (lambda: yes_or_no(metrics=["acuracy"]), "There is no metric 'acuracy' here. Did you mean 'accuracy'?"),
        (lambda: yes_or_no(loss_weights=[1]), "compile: loss_weights=[1] is not offered here."),
    ],
)
def test_what_cannot_be_is_told(call, said):
    with pytest.raises(ParameterError) as caught:
        call()
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("model", "y", "said"),
    [
        (
            lambda: two_classes(loss="categorical_crossentropy"),
            LABELS,
            "Use loss='sparse_categorical_cross",
        ),
        (lambda: two_classes(), to_categorical(LABELS), "For one-hot rows use loss='categorical_crossentropy', or y ="),
        (
            lambda: two_classes(),
            LABELS + 1,
            "row 1 of y has 2, but the last layer has 2 outputs",
        ),
        (lambda: two_classes(), LABELS / 2, "row 1 of y has 0.5"),
        (lambda: two_classes(loss="mse"), LABELS, "The last layer has 2 outputs, but y has one number a sample."),
        (lambda: two_classes(loss="categorical_crossentropy"), np.ones((6, 2)), "must hold one 1 and else 0"),
        (lambda: two_classes(loss="categorical_crossentropy"), np.eye(6), "y has the shape (6, 6). Make it Dense(6)"),
        (lambda: yes_or_no(loss="sparse_categorical_crossentropy"), LABELS, "use loss='binary_crossentropy'"),
        (lambda: yes_or_no(loss="categorical_crossentropy"), LABELS, "use loss='binary_crossentropy'"),
        (lambda: yes_or_no(), LABELS * 3, "BinaryCrossentropy is for targets from 0 to 1, but row 1"),
        (lambda: yes_or_no(), to_categorical(LABELS), "The last layer has 1 output, but y has the shape (6, 2)."),
        (lambda: yes_or_no(), LABELS[:4], "x has 6 samples, but y has 4."),
        (lambda: yes_or_no(), ["yes"] * 6, "y: expected real numbers"),
    ],
)
def test_targets_that_do_not_fit_say_what_to_write(model, y, said):
    with pytest.raises((ShapeError, DataError)) as caught:
        model().fit(X, y, verbose=0)
    assert said in str(caught.value)


def test_pictures_that_do_not_fit_say_what_to_write():
    from glassnet.keras.layers import Conv2D, Flatten

    model = Sequential([Conv2D(2, 3, input_shape=(8, 6, 1)), Flatten(), Dense(2, activation="softmax")])
    model.compile("adam", "sparse_categorical_crossentropy")
    for x, said in (
        (np.zeros((6, 1, 8, 6)), "The channels come first there: x = np.moveaxis(x, 1, -1)."),
        (np.zeros((6, 8, 6, 3)), "Axis 3 clashes: 1 is expected, 3 came."),
        (np.full((6, 8, 6, 1), np.nan), "row 0 holds nan"),
    ):
        with pytest.raises((ShapeError, DataError)) as caught:
            model.fit(x, LABELS, verbose=0)
        assert said in str(caught.value)


def test_a_channel_axis_that_is_missing_or_too_many_is_put_right_and_noted():
    from glassnet.keras.layers import Flatten

    pictures = np.random.default_rng(0).random((6, 4, 3)).astype(np.float32)
    for wanted, given in (((4, 3, 1), pictures), ((4, 3), pictures[..., None])):
        model = Sequential([Flatten(input_shape=wanted), Dense(2)])
        expected = model.predict(pictures.reshape(6, *wanted), verbose=0)
        np.testing.assert_array_equal(model.predict(given, verbose=0), expected)
    assert "samples of shape (4, 3) are read as (4, 3, 1)" in translated()


def test_names_that_are_gone_say_what_to_write():
    with pytest.raises(AttributeError, match=r"Sequential has no 'fit_generator'\. Write fit\(x, y\)"):
        _ = Sequential().fit_generator
    assert not hasattr(Sequential(), "fitt")


def test_columns_lists_and_bytes_are_taken():
    model = Sequential([Dense(1, input_dim=1)])
    model.compile("sgd", "mse", metrics=["mae"])
    model.fit([1, 2, 3], [2, 4, 6], verbose=0)  # one number a sample
    model.fit(np.array([[1], [2]], np.uint8), [[2], [4]], verbose=0)
    assert model.predict([1.0, 2.0]).shape == (2, 1)


def test_the_first_keras_still_works():
    model = yes_or_no(metrics=None, class_mode="binary")
    assert len(model.evaluate(X, LABELS, show_accuracy=True, verbose=0)) == 2
    assert translated() == [
        "compile(class_mode=…): the loss says so already",
        "evaluate(show_accuracy=…) is read as show_accuracy=True",
    ]
    assert [layer.output_shape for layer in model.layers] == [(None, 3), (None, 1)]
