from __future__ import annotations

import numpy as np
import pytest

from glassnet.errors import ParameterError
from glassnet.keras import backend
from glassnet.keras.callbacks import (
    Callback,
    CSVLogger,
    EarlyStopping,
    LambdaCallback,
    LearningRateScheduler,
    ModelCheckpoint,
    ReduceLROnPlateau,
    TerminateOnNaN,
)
from glassnet.keras.models import load_model
from glassnet.keras.notes import translated
from glassnet.keras.optimizers import SGD
from glassnet.keras.utils import set_random_seed
from tests.keras.working import LABELS, X, yes_or_no


class Diary(Callback):
    """Writes down what it is called with."""

    def __init__(self):
        self.lines = []

    def on_train_begin(self, logs=None):
        self.lines.append("train")

    def on_train_end(self, logs=None):
        self.lines.append("end")

    def on_epoch_begin(self, epoch, logs=None):
        self.lines.append(f"epoch {epoch}")

    def on_epoch_end(self, epoch, logs=None):
        self.lines.append(f"end {epoch} {' '.join(logs)}")


class BatchDiary(Diary):
    def on_batch_begin(self, batch, logs=None):
        self.lines.append(f"batch {batch}")

    def on_train_batch_end(self, batch, logs=None):
        self.lines.append(f"after {batch} {' '.join(logs)}")


def test_hooks_come_in_order():
    diary = Diary()
    model = yes_or_no()
    model.fit(X, LABELS, epochs=2, verbose=0, callbacks=[diary])
    figures = "loss accuracy"
    assert diary.lines == ["train", "epoch 0", f"end 0 {figures}", "epoch 1", f"end 1 {figures}", "end"]
    assert diary.model is model
    assert diary.params["epochs"] == 2


def test_hooks_of_batches():
    diary = BatchDiary()
    yes_or_no().fit(X, LABELS, batch_size=4, epochs=2, verbose=0, callbacks=diary)
    epoch = ["batch 0", "after 0 loss accuracy", "batch 1", "after 1 loss accuracy"]
    figures = "loss accuracy"
    first, second = ["epoch 0", *epoch, f"end 0 {figures}"], ["epoch 1", *epoch, f"end 1 {figures}"]
    assert diary.lines == ["train", *first, *second, "end"]


def test_functions_as_hooks():
    seen = []
    hook = LambdaCallback(
        on_epoch_end=lambda epoch, logs: seen.append(epoch), on_batch_end=lambda batch, logs: seen.append(-1 - batch)
    )
    yes_or_no().fit(X, LABELS, batch_size=3, epochs=2, verbose=0, callbacks=[hook, TerminateOnNaN()])
    assert seen == [-1, -2, 0, -1, -2, 1]


def scripted(model, losses):
    """Held-out losses as if they were these: what a callback goes by is put into the figures before it."""

    class Script(Callback):
        def on_epoch_end(self, epoch, logs=None):
            logs["val_loss"] = losses[epoch]

    return Script()


def fit_with(callback, losses, **settings):
    model = yes_or_no(**settings)
    history = model.fit(X, LABELS, epochs=len(losses), verbose=0, callbacks=[scripted(model, losses), callback])
    return model, history


def test_early_stopping_waits():
    callback = EarlyStopping(patience=2)
    model, history = fit_with(callback, [3, 2, 2.5, 2, 1, 1])
    assert (history.epoch[-1], callback.stopped_epoch, model.stop_training) == (3, 3, True)  # twice no better than 2
    assert fit_with(EarlyStopping(patience=3), [3, 2, 2.5, 2, 1, 1])[1].epoch[-1] == 5
    assert fit_with(EarlyStopping(patience=1, min_delta=0.5), [3, 2.8, 1])[1].epoch[-1] == 1
    assert fit_with(EarlyStopping(baseline=1.0), [3, 2, 2])[1].epoch[-1] == 1  # never after the first
    assert fit_with(EarlyStopping(mode="max"), [1, 2, 3, 2, 1])[1].epoch[-1] == 3


def test_early_stopping_restores_the_best_weights(capsys):
    kept = []
    model = yes_or_no()
    keep = LambdaCallback(on_epoch_end=lambda epoch, logs: kept.append(model.get_weights()))
    stop = EarlyStopping(patience=2, restore_best_weights=True, verbose=1)
    model.fit(X, LABELS, epochs=9, verbose=0, callbacks=[keep, scripted(model, [3, 1, 2, 2, 2]), stop])
    assert capsys.readouterr().out == "Epoch 4: early stopping\n"
    np.testing.assert_array_equal(model.get_weights()[0], kept[1][0])
    assert not np.array_equal(kept[1][0], kept[3][0])


def test_a_figure_that_is_not_there_is_told_once():
    history = yes_or_no().fit(X, LABELS, epochs=3, verbose=0, callbacks=[EarlyStopping()])
    assert len(history.epoch) == 3
    assert translated() == ["EarlyStopping watches 'val_loss', but there are loss, accuracy alone: it does nothing"]


def test_old_names_of_figures_are_found():
    model = yes_or_no()
    callback = EarlyStopping(monitor="val_acc", patience=1)
    history = model.fit(X, LABELS, epochs=9, verbose=0, validation_data=(X, LABELS), callbacks=[callback])
    assert callback.sign == -1  # an accuracy should be large
    assert len(history.epoch) < 9


def test_a_plateau_makes_the_rate_smaller(capsys):
    callback = ReduceLROnPlateau(factor=0.5, patience=2, min_lr=0.02, verbose=1)
    model, _ = fit_with(callback, [3, 3, 3, 3, 3, 3, 3, 3, 3], optimizer=SGD(0.1))
    assert model.optimizer.learning_rate == pytest.approx(0.02)  # 0.1, 0.05, 0.025, then not below
    assert capsys.readouterr().out.startswith("Epoch 3: the learning rate is 0.05 now\n")
    model, _ = fit_with(ReduceLROnPlateau(factor=0.5, patience=1, cooldown=2), [3] * 5, optimizer=SGD(0.1))
    assert model.optimizer.learning_rate == pytest.approx(0.025)  # after the second epoch, rest, after the fifth


@pytest.mark.parametrize("schedule", [lambda epoch: 0.1 / (epoch + 1), lambda epoch, rate: 0.1 / (epoch + 1)])
def test_a_rate_for_each_epoch(schedule):
    # ŷ = w, target 0, so that w shrinks by 1 − 2·rate in each epoch: 0.8·0.9
    from glassnet.keras.layers import Dense
    from glassnet.keras.models import Sequential

    model = Sequential([Dense(1, use_bias=False, input_shape=(1,))])
    model.compile("sgd", "mse")
    model.set_weights([[[1.0]]])
    model.fit([1.0], [0.0], epochs=2, verbose=0, callbacks=[LearningRateScheduler(schedule)])
    assert model.get_weights()[0].item() == pytest.approx(0.72)
    assert model.optimizer.lr == pytest.approx(0.05)


def test_a_callback_may_set_rate_and_weights():
    class Meddler(Callback):
        def on_epoch_end(self, epoch, logs=None):
            backend.set_value(self.model.optimizer.lr, backend.get_value(self.model.optimizer.lr) / 2)
            if epoch == 1:
                self.model.set_weights([np.zeros_like(array) for array in self.model.get_weights()])

        def on_epoch_begin(self, epoch, logs=None):
            if epoch == 2:
                assert not any(array.any() for array in self.model.get_weights())

    model = yes_or_no(optimizer=SGD(0.4))
    model.fit(X, LABELS, epochs=3, verbose=0, callbacks=[Meddler()])
    assert model.optimizer.learning_rate == pytest.approx(0.05)
    assert np.abs(model.get_weights()[3]).item() < 0.2  # one step away from 0
    with pytest.raises(ParameterError, match="set_value sets a learning rate"):
        backend.set_value(3, 4)


def test_a_callback_may_end_the_training():
    class Enough(Callback):
        def on_epoch_end(self, epoch, logs=None):
            self.model.stop_training = epoch == 1

    model = yes_or_no()
    assert model.fit(X, LABELS, epochs=9, verbose=0, callbacks=[Enough()]).epoch == [0, 1]
    assert model.fit(X, LABELS, epochs=2, verbose=0).epoch == [0, 1]  # and the next one begins as usual


def test_looking_on_changes_nothing():
    ends = []
    for callbacks in ([], [Diary()], [BatchDiary()], [EarlyStopping("loss", patience=99)]):
        set_random_seed(2)
        model = yes_or_no(optimizer="adam")
        model.fit(X, LABELS, batch_size=2, epochs=6, verbose=0, callbacks=callbacks)
        ends.append(model.get_weights()[0])
    for end in ends[1:]:
        np.testing.assert_array_equal(ends[0], end)


def test_checkpoints(tmp_path, capsys):
    every = ModelCheckpoint(tmp_path / "{epoch:02d}-{val_loss:.1f}.keras", verbose=1)
    best = ModelCheckpoint(str(tmp_path / "best.h5"), save_best_only=True, save_weights_only=True)
    model = yes_or_no()
    model.fit(X, LABELS, epochs=3, verbose=0, callbacks=[scripted(model, [3, 1, 2]), every, best])
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["01-3.0.keras", "02-1.0.keras", "03-2.0.keras", "best.h5"]
    assert capsys.readouterr().out.splitlines()[1] == f"Epoch 2: saving model to {tmp_path / '02-1.0.keras'}"
    second = load_model(tmp_path / "02-1.0.keras").get_weights()[0]
    model.load_weights(tmp_path / "best.h5")
    np.testing.assert_array_equal(model.get_weights()[0], second)
    with pytest.raises(ParameterError, match="names 'val_los'; there are epoch, loss, accuracy"):
        model.fit(X, LABELS, verbose=0, callbacks=[ModelCheckpoint("{val_los}")])


def test_a_table_of_the_epochs(tmp_path):
    file = tmp_path / "log.csv"
    model = yes_or_no()
    history = model.fit(X, LABELS, epochs=2, verbose=0, callbacks=[CSVLogger(file, separator=";")]).history
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines == ["epoch;loss;accuracy", *(f"{k};{history['loss'][k]};{history['accuracy'][k]}" for k in (0, 1))]
    model.fit(X, LABELS, verbose=0, callbacks=[CSVLogger(file, ";", append=True)])
    assert len(file.read_text(encoding="utf-8").splitlines()) == 4


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: EarlyStopping(patients=3), "EarlyStopping has no argument 'patients'. Did you mean 'patience'?"),
        (lambda: EarlyStopping(mode="mini"), "EarlyStopping: mode must be one of auto, min, max. Got 'mini'."),
        (lambda: ReduceLROnPlateau(factor=2), "ReduceLROnPlateau: factor must be a number in (0, 1). Got 2."),
        (lambda: ModelCheckpoint("x", save_freq=100), "The model is saved after every epoch."),
    ],
)
def test_bad_arguments_are_told(make, said):
    with pytest.raises(ParameterError) as caught:
        make()
    assert str(caught.value).startswith(said) or said in str(caught.value)


def test_figures_are_found_by_their_old_names_in_a_callback():
    class Course(Callback):
        def on_epoch_end(self, epoch, logs={}):  # noqa: B006  # as courses teach it
            if logs.get("acc") > -1 and logs.get("val_loss") is None:
                self.model.stop_training = True

    assert len(yes_or_no().fit(X, LABELS, epochs=5, verbose=0, callbacks=[Course()]).epoch) == 1
    assert translated() == ["The figure 'acc' is read as 'accuracy'"]
