from __future__ import annotations

import threading
from dataclasses import replace
from math import inf

import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.engines import Reference, fit_task, predict
from glassnet.engines.cpu.engine import Cpu
from glassnet.errors import DataError, ShapeError
from glassnet.layers import Activation, Dense
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError
from glassnet.measuring import measure
from glassnet.model import Sequential
from glassnet.optimizers import SGD, Adam, InverseTime
from glassnet.recipe import Recipe
from glassnet.run import Run
from glassnet.training import train, training
from tests.small_trainings import RECIPE, blobs, deep, one_weight, ones

FOUR = Recipe(CategoricalCrossentropy(), Adam(0.01, schedule=InverseTime(0.1)), epochs=4, batch_size=8, shuffle=False)


def network_of_two():
    """Without dropout, whose masks depend on the step."""
    return Sequential([Dense(4), Activation("relu"), Dense(3), Activation("softmax")], (2,), seed=3)


@pytest.mark.parametrize("seconds", [0.0, 1e-3, inf])
def test_the_same_bits_wherever_spans_end(seconds):
    one, other = deep(), deep()
    runs = [Run.start(one, RECIPE), Run.start(other, RECIPE)]
    losses = []
    for network, run, length in zip((one, other), runs, (0.05, seconds), strict=True):
        events = list(training(network, blobs(), RECIPE, blobs(9, 2), run=run, seconds=length))
        losses.append(np.concatenate([event.losses for event in events]))
    np.testing.assert_array_equal(one.vectors.weights, other.vectors.weights)
    np.testing.assert_array_equal(one.vectors.state, other.vectors.state)
    np.testing.assert_array_equal(losses[0], losses[1])
    assert runs[0].history == runs[1].history


@pytest.mark.parametrize("seconds", [0.0, 1e-3, inf])
def test_events_add_up(seconds):
    events = list(training(deep(), blobs(), RECIPE, seconds=seconds))
    done = np.cumsum([len(event.losses) for event in events])
    assert [event.step for event in events] == done.tolist()
    assert done[-1] == 20 == events[0].total_steps  # ⌈30/8⌉ batches, five times
    assert sum(event.samples for event in events) == 150
    assert [event.epoch for event in events] == [step // 4 for step in done]
    assert [event.epoch_ended for event in events] == [step % 4 == 0 for step in done]
    assert [event.ended for event in events] == [""] * (len(events) - 1) + ["all epochs done"]
    assert all(len(event.hits) == len(event.losses) for event in events)
    assert events[-1].rate == RECIPE.optimizer.rate(19, 20)
    if not seconds:
        assert done.tolist() == list(range(1, 21))
    assert events[0].loss == pytest.approx(events[0].losses.mean())


def test_spans_longer_than_an_epoch_end_with_one():
    longer = replace(RECIPE, epochs=100)
    steps = [event.step for event in training(deep(), blobs(), longer, seconds=inf)]
    assert steps[:2] == [1, 64]  # one batch to begin with; then up to 64 times as many, to the end of an epoch
    assert all(step % 4 == 0 for step in steps[1:])


def test_a_small_network_trains_in_one_span():
    data = Dataset.from_arrays([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
    network = Sequential([Dense(2), Activation("relu"), Dense(1), Activation("sigmoid")], (2,), seed=1)
    recipe = Recipe(BinaryCrossentropy(), SGD(0.1), epochs=1000, batch_size=1)
    (event,) = training(network, data, recipe, engine=Cpu(1))
    assert (event.step, event.epoch, event.ended) == (4000, 1000, "all epochs done")
    stopped = list(training(network, data, recipe, engine=Cpu(1), until=7))
    assert [one.step for one in stopped] == [4, 7]  # the whole epochs first


def test_validation_comes_after_every_epoch():
    network, run = deep(), Run.start(deep(), RECIPE)
    held = blobs(9, 2)
    for event in training(network, blobs(), RECIPE, held, engine=Reference(), run=run, seconds=inf):
        assert event.step <= 4 * (event.epoch + 1)
        if event.epoch_ended:
            assert len(run.history["validation_loss"]) == event.epoch
    task = fit_task(network, held, RECIPE.loss, RECIPE.optimizer, total_steps=1, seed=0)
    loss, accuracy = measure(task, network.vectors, Reference())
    assert run.history["validation_loss"][-1] == loss
    assert run.history["validation_accuracy"][-1] == accuracy
    assert set(run.history) == {"loss", "rate", "accuracy", "validation_loss", "validation_accuracy"}


def test_it_learns():
    network = deep()
    run = train(network, blobs(90), Recipe(CategoricalCrossentropy(), Adam(0.02), epochs=40))
    assert run.history["loss"][-1] < 0.2 * run.history["loss"][0]
    unseen = blobs(60, 5)
    assert (predict(network, unseen.x).argmax(1) == unseen.y).mean() > 0.95


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_the_figures_of_an_epoch_are_of_all_samples(reduction):
    """Three samples in batches of two, with weights that stand still: w = 0, so the losses are 1, 4 and 16."""
    data = Dataset.from_arrays([[1.0], [1.0], [1.0]], [1.0, 2.0, 4.0], regression=True)
    recipe = Recipe(MeanSquaredError(reduction), SGD(1e-12), epochs=2, batch_size=2, shuffle=False)
    network = one_weight()
    run = train(network, data, recipe, data)
    assert run.history["loss"] == pytest.approx([21 if reduction == "sum" else 7] * 2)
    assert run.history["validation_loss"] == pytest.approx(run.history["loss"])
    assert run.history["rate"] == [1e-12] * 2
    assert "accuracy" not in run.history


def test_early_stopping_keeps_the_best_weights():
    # w ← w + 0.1·(1 − w) from 0: 0.1, 0.19, 0.271, 0.3439, …; for a validation target of 0.3 the third is the best
    recipe = Recipe(MeanSquaredError(), SGD(0.05), epochs=100, patience=2)
    network = one_weight()
    run = Run.start(network, recipe)
    seen = [(event.epoch, event.ended) for event in training(network, ones(), recipe, ones(0.3), run=run)]
    assert seen[-1] == (5, "early stopping: no better for 2 epochs")
    assert network.vectors.weights == pytest.approx([0.271])
    assert run.vectors.weights == pytest.approx([1 - 0.9**5])
    assert run.best_loss == pytest.approx(0.029**2)


def test_patience_keeps_the_best_weights_at_the_end_too_and_else_the_last():
    patient = Recipe(MeanSquaredError(), SGD(0.05), epochs=4, patience=50)
    network = one_weight()
    assert train(network, ones(), patient, ones(0.3)).ended == "all epochs done"
    assert network.vectors.weights == pytest.approx([0.271])
    network = one_weight()
    train(network, ones(), Recipe(MeanSquaredError(), SGD(0.05), epochs=4), ones(0.3))
    assert network.vectors.weights == pytest.approx([0.3439])


def test_predictions_meanwhile_are_of_one_moment():
    network, data = deep(), blobs()
    published = {predict(network, data.x).tobytes()}
    seen: set[bytes] = set()
    done = threading.Event()

    def look():
        while not done.is_set():
            seen.add(predict(network, data.x).tobytes())

    thread = threading.Thread(target=look)
    thread.start()
    for _ in training(
        network, data, Recipe(CategoricalCrossentropy(), Adam(0.01), epochs=50, batch_size=8), seconds=0.0
    ):
        published.add(predict(network, data.x).tobytes())
    done.set()
    thread.join()
    assert len(published) == 201
    assert seen <= published


def test_sample_weights_reach_the_loss():
    network = one_weight()
    recipe = Recipe(MeanSquaredError(), SGD(0.25), epochs=1)
    list(training(network, ones(), recipe, sample_weight=np.array([0.5])))
    assert network.vectors.weights.tolist() == [0.25]  # 0.25·½·2·(1 − 0)


def test_what_does_not_fit_is_told_before_the_first_step():
    with pytest.raises(ShapeError, match="Layer 1, dense_1, expects samples of shape"):
        train(Sequential([Dense(3)], (5,)), blobs(), Recipe(MeanSquaredError()))
    with pytest.raises(DataError, match="is for classes"):
        train(Sequential([Dense(2)], (1,)), ones(), Recipe(CategoricalCrossentropy(from_sums=True)))
    wide = Dataset.from_arrays(np.ones((2, 3)), np.ones(2), regression=True)
    with pytest.raises(ShapeError, match="Layer 1, dense_1, expects samples of shape"):
        train(one_weight(), ones(), Recipe(MeanSquaredError()), wide)


@pytest.mark.parametrize("until", [1, 4, 7, 20, 999])
@pytest.mark.parametrize("seconds", [0.0, inf])
def test_it_stops_after_the_step_that_is_asked_for(until, seconds):
    """Five epochs of four steps."""
    network, run = deep(), Run.start(deep(), RECIPE)
    events = list(training(network, blobs(), RECIPE, run=run, seconds=seconds, until=until))
    assert (events[-1].step, run.step) == (min(until, 20), min(until, 20))
    assert events[-1].total_steps == 20  # schedules do not change
    assert run.ended == ("all epochs done" if until >= 20 else "")
    for _ in training(network, blobs(), RECIPE, run=run):
        pass
    whole = deep()
    for _ in training(whole, blobs(), RECIPE):
        pass
    assert network.vectors.fingerprint == whole.vectors.fingerprint


def test_a_second_training_goes_on_with_the_optimizers_memory():
    one, two = network_of_two(), network_of_two()
    whole, recipe = Run.start(one, FOUR), replace(FOUR, epochs=2)
    list(training(one, blobs(), FOUR, run=whole))
    first = Run.start(two, recipe)
    list(training(two, blobs(), recipe, run=first))
    second = Run.start(two, recipe)
    second.slots, second.earlier = first.slots, first.step
    events = list(training(two, blobs(), recipe, run=second))
    np.testing.assert_array_equal(one.vectors.weights, two.vectors.weights)
    assert first.history["rate"] + second.history["rate"] == whole.history["rate"]
    assert events[-1].rate == whole.history["rate"][-1]
    assert (events[-1].step, second.earlier) == (8, 8)


def test_no_span_goes_beyond_an_epoch_for_those_who_look_at_each():
    events = list(training(deep(), blobs(), RECIPE, seconds=inf, by_epoch=True))
    assert [event.step for event in events] == [1, 4, 8, 12, 16, 20]


def test_measuring_counts_each_sample_as_much_as_it_weighs():
    # ŷ = 0: squares 1, 4, 9 with weights 2, 0, 1 give (2·1 + 0·4 + 1·9) / 3
    network = Sequential([Dense(1)], (1,), seed=None)
    data = Dataset.from_arrays([[1.0], [1.0], [1.0]], [1.0, 2.0, 3.0], regression=True)
    weight = np.array([2.0, 0.0, 1.0])
    task = fit_task(network, data, MeanSquaredError(), SGD(), total_steps=1, seed=0, sample_weight=weight)
    assert measure(task, network.vectors, batch_size=2)[0] == pytest.approx(11 / 3)
