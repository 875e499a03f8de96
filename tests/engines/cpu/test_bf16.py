"""Whole trainings in bf16, and who refuses them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from glassnet.data import load_data
from glassnet.engines import Reference, check_precision, fit_task
from glassnet.engines.cpu import compiling, running
from glassnet.engines.cpu.engine import Cpu
from glassnet.errors import ParameterError
from glassnet.losses import CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.notation import parse_network
from glassnet.optimizers import Adam
from glassnet.recipe import Recipe
from glassnet.training import train, training
from tests.engines.cpu.calling import HAS_BF16

NETS = (
    "conv8 relu pool conv32 relu flatten dense64 relu dropout0.5 dense10",
    "conv8/same relu conv16/stride2 relu conv6/same batchnorm pool flatten dense48 tanh dense32 relu dense10",
)
DIGITS = load_data("digits", 0).train
RECIPE = Recipe(CategoricalCrossentropy(), Adam(0.003), epochs=2, batch_size=50, precision="bf16")
needs_bf16 = pytest.mark.skipif(not HAS_BF16, reason="this processor has no AVX512-BF16")


def network(words, dtype="float32"):
    return Sequential([*parse_network(words), *parse_network("softmax")], DIGITS.sample_shape, seed=1, dtype=dtype)


def task(words, dtype="float32", precision="bf16", data=DIGITS):
    settings = {"total_steps": 9, "seed": 0, "precision": precision}
    return fit_task(network(words, dtype), data, RECIPE.loss, RECIPE.optimizer, **settings)


def trained(words, threads, recipe=RECIPE, seconds=1.0):
    made = network(words)
    losses = [event.losses for event in training(made, DIGITS, recipe, engine=Cpu(threads), seconds=seconds)]
    return made.vectors.weights.tobytes(), made.vectors.state.tobytes(), np.concatenate(losses)


@needs_bf16
@pytest.mark.parametrize("words", NETS)
def test_the_same_bits_for_every_number_of_threads_and_however_spans_are_cut(words, monkeypatch):
    monkeypatch.setattr(running, "WORTH", -1)
    monkeypatch.setattr(running.Pace, "next", lambda self: (0, running.PIECE))
    one = trained(words, 1)
    for threads, seconds in ((2, 1.0), (3, 1.0), (2, 0.0)):
        again = trained(words, threads, seconds=seconds)
        assert again[:2] == one[:2]
        assert again[2].tobytes() == one[2].tobytes()


@needs_bf16
@pytest.mark.parametrize("words", NETS)
def test_a_training_comes_to_nearly_the_same_loss_as_in_float32(words):
    coarse = trained(words, 1)[2]
    fine = trained(words, 1, replace(RECIPE, precision="float32"))[2]
    assert coarse.tobytes() != fine.tobytes()
    np.testing.assert_allclose(coarse[:5], fine[:5], rtol=0.01)
    assert fine[-5:].mean() < fine[:5].mean() / 2
    assert abs(coarse[-5:].mean() - fine[-5:].mean()) < 0.1 * fine[-5:].mean()


@needs_bf16
def test_a_network_of_a_few_neurons_is_in_bf16_too():
    words = "flatten dense32 relu dense10"
    recipe = replace(RECIPE, batch_size=1, epochs=1)
    assert trained(words, 1, recipe)[0] != trained(words, 1, replace(recipe, precision="float32"))[0]


@needs_bf16
def test_predictions_are_in_float32():
    made = network(NETS[0])
    before = Cpu(1).forward(made, made.vectors, DIGITS.x[:9].astype(np.float32))
    engine = Cpu(1)
    engine.prepare(task(NETS[0]))
    assert engine.forward(made, made.vectors, DIGITS.x[:9].astype(np.float32)).tobytes() == before.tobytes()


@needs_bf16
@pytest.mark.parametrize(
    ("engine", "asked", "message"),
    [
        (Reference(), task(NETS[0]), "The engine reference cannot train this in bf16: it computes in the type of the "
         "network. Take --precision float32, or --engine cpu; in Python"),
        (Cpu(), task(NETS[0], "float64"), "The engine cpu cannot train this in bf16: it computes in float32, and the "
         "network is in float64. Take --precision float32; in Python Recipe(..., precision=\"float32\")."),
        (Cpu(), task("conv5 relu flatten dense10"), "bf16: no layer here gains by it, as dense layers of 32 or more"),
        (Cpu(), task("flatten dense31 relu dense10"), "bf16: no layer here gains by it, as dense layers of 32 or more"),
    ],
    ids=["reference", "float64", "channels", "narrow"],
)  # fmt: skip
def test_who_refuses_it(engine, asked, message):
    with pytest.raises(ParameterError) as caught:
        check_precision(engine, asked)
    assert message in str(caught.value)
    check_precision(engine, replace(asked, precision="float32"))


def test_a_processor_that_cannot_refuses_before_the_first_step(monkeypatch):
    monkeypatch.setattr(compiling, "processor", lambda: ("x86-64-v3", "+avx,+avx2,+fma,-avx512bf16"))
    made = network(NETS[0])
    first = made.vectors.fingerprint
    with pytest.raises(ParameterError, match=r"bf16: this processor has no instructions for it \(AVX512-BF16\)\."):
        train(made, DIGITS, RECIPE)
    assert made.vectors.fingerprint == first
    assert Cpu().why_not(task(NETS[0], precision="float32")) == ""
