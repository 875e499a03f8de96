"""Article row 5: XOR in Keras's words, as the article writes it and a reader pastes it."""

import numpy as np
import pytest

from tests.articles.test_5_xor import ANSWERS, INPUTS, TRAINED, has_learnt

X, Y = np.array(INPUTS), np.array([[0], [1], [1], [0]])


def built():
    from glassnet.keras.layers import Dense
    from glassnet.keras.models import Sequential
    from glassnet.keras.optimizers import SGD

    model = Sequential()
    model.add(Dense(2, input_dim=2, activation="relu"))
    model.add(Dense(1, activation="sigmoid"))
    model.compile(loss="binary_crossentropy", optimizer=SGD(lr=0.1))
    return model


def test_the_summary_counts_nine_parameters_inside_a_print(capsys):
    model = built()
    capsys.readouterr()
    print(model.summary())
    lines = capsys.readouterr().out.splitlines()
    names = [layer.name for layer in model.layers]
    assert lines[4].split() == [names[0], "(Dense)", "(None,", "2)", "6"]
    assert lines[6].split() == [names[1], "(Dense)", "(None,", "1)", "3"]
    assert lines[8:] == ["Total params: 9", "Trainable params: 9", "Non-trainable params: 0", "_" * 65, "None"]


def test_the_trained_example_answers_as_printed():
    model = built()
    model.set_weights(list(TRAINED.values()))
    np.testing.assert_allclose(model.predict_proba(X)[:, 0], ANSWERS, rtol=3e-6)
    np.testing.assert_allclose(model.predict(X), model.predict_proba(X))
    assert model.predict_classes(X).tolist() == [[0], [1], [1], [0]]


def test_weights_are_read_and_set_in_keras_order():
    model = built()
    model.set_weights(list(TRAINED.values()))
    W1, b1, W2, b2 = model.get_weights()
    assert (W1.shape, b1.shape, W2.shape, b2.shape) == ((2, 2), (2,), (2, 1), (1,))
    np.testing.assert_array_equal(model.get_weights()[0], np.array(TRAINED["dense_1.W"], np.float32))
    np.testing.assert_array_equal(model.layers[1].get_weights()[1], np.array(TRAINED["dense_2.b"], np.float32))


def learn(seed):
    from glassnet.keras.utils import set_random_seed

    set_random_seed(seed)
    model = built()
    model.fit(X, Y, batch_size=1, epochs=1000, verbose=0)
    return model


@pytest.fixture
def own_seed():
    """Seeds that a test sets are its own."""
    from glassnet.keras import seeds

    state, given = np.random.get_state(), list(seeds._given)  # noqa: NPY002
    yield
    np.random.set_state(state)  # noqa: NPY002
    seeds._given[:] = given


@pytest.mark.usefixtures("own_seed")
def test_some_starts_succeed_and_others_are_started_again(capsys):
    outcomes = [has_learnt(learn(seed).predict(X)[:, 0]) for seed in range(12)]
    assert 0 < sum(outcomes) < 12
    assert capsys.readouterr().out == ""  # verbose=0


@pytest.mark.usefixtures("own_seed")
def test_weights_are_written_to_disk_and_used_later(tmp_path):
    from glassnet.keras.models import load_model

    model = learn(3)
    model.save(tmp_path / "xor.h5")
    np.testing.assert_array_equal(load_model(tmp_path / "xor.h5").predict(X), model.predict(X))


def test_what_the_article_imports_is_there():
    from glassnet.keras.layers import (
        Activation,
        AveragePooling2D,
        BatchNormalization,
        Conv2D,
        Dense,
        Dropout,
        Flatten,
        MaxPooling2D,
    )
    from glassnet.keras.models import Sequential
    from glassnet.keras.optimizers import SGD, Adam, RMSprop

    model = Sequential(
        [
            Conv2D(2, (3, 3), input_shape=(8, 8, 1)),
            BatchNormalization(),
            Activation("relu"),
            MaxPooling2D((2, 2)),
            AveragePooling2D(1),
            Flatten(),
            Dropout(0.1),
            Dense(2, activation="softmax"),
        ]
    )
    for optimizer in (SGD(), RMSprop(), Adam()):
        model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
        history = model.fit(np.ones((4, 8, 8, 1)), np.eye(2)[[0, 1, 1, 0]], verbose=0).history
        assert list(history) == ["loss", "accuracy"]
