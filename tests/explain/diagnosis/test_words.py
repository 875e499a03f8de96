"""What each finding says, with figures that are known from elsewhere."""

import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.explain.diagnosis import diagnose
from glassnet.files import TrainedModel
from glassnet.layers import Activation, Dense
from glassnet.losses import CategoricalCrossentropy
from glassnet.model import Sequential
from glassnet.optimizers import SGD, Adam
from glassnet.recipe import Recipe
from tests.explain.diagnosis.planted import found_in, points

RECIPE = Recipe(CategoricalCrossentropy(), SGD(0.1))


def told(history, recipe=RECIPE, ended="all epochs done"):
    """The findings on a course of training alone: the samples are too few to say more."""
    data = Dataset("some", np.zeros((20, 1)), np.arange(20) % 2, (0, 1))
    network = Sequential([Dense(2), Activation("softmax")], (1,), seed=1)  # not the recipe's: its weights have moved
    receipt = {"ended": ended, "settings": {"recipe": recipe.to_config()}, "split": {"train": 100}}
    return diagnose(TrainedModel(network, data.classes, data.preparation, receipt, history), data)


def one_told(*of, **named):
    (found,) = told(*of, **named)
    return found


def test_xor_on_its_plateau_says_what_the_lab_says():
    found = found_in("XOR at 0.665 ×3, 0.002")[0]
    assert found.says.startswith("The training is stuck on a plateau: the loss stands still, and samples that should")
    assert found.shown == (
        "the outputs are 0.665, 0.665, 0.665, 0.00133; they should be 0, 1, 1, 0. The loss has stayed near 0.486."
    )
    # the loss of two thirds where one of three is 0: (3·H(1/3)) / 4 = 0.4774, and noise
    assert found.evidence["loss"] == pytest.approx(0.477, abs=0.01)
    assert found.advice.startswith(
        "a new start from other first weights (--seed 10), or more hidden neurons. About 1 start"
    )
    assert "'glassnet lab xor --hidden 2,4,6,8' counts it." in found.advice


def test_dead_units_are_counted():
    data = points("moons")
    network = Sequential([Dense(8), Activation("relu"), Dense(2), Activation("softmax")], (2,))
    bias = np.zeros(8)
    for count in (3, 4, 5):
        bias[:count] = -100
        network.set_weights({"dense_1.b": bias})
        found = [one for one in diagnose(network, data, RECIPE) if one.name == "dead-relu"]
        assert len(found) == (count > 3)
    (dead,) = found
    assert dead.evidence == {"layer": "activation_1", "dead": 5, "units": 8, "samples": 400}
    assert dead.says.startswith("ReLU units of activation_1 are dead: they give 0 for every sample")
    assert dead.shown == "5 of its 8 units gave 0 for each of the 400 samples that were looked at."
    assert dead.advice.startswith("a smaller learning rate (--learning-rate 0.01), first weights made for ReLU")


@pytest.mark.parametrize(("function", "flat"), [("sigmoid", 4.3566), ("tanh", 2.1783)])
def test_a_slope_is_flat_below_a_twentieth_of_the_steepest(function, flat):
    """4·y(1 − y) = 0.05 at z = ±4.3566, 1 − tanh² = 0.05 at half of it."""
    z = np.concatenate([np.full(60, flat + 0.001), np.full(40, flat - 0.001)])[:, None]
    data = Dataset("some", z, np.arange(100) % 2, (0, 1))
    network = Sequential([Dense(1), Activation(function), Dense(2), Activation("softmax")], (1,), dtype="float64")
    network.set_weights({"dense_1.W": [[1.0]]})
    (found,) = diagnose(network, data)
    assert (found.name, found.evidence) == ("saturation", {"layer": "activation_1", "function": function, "share": 0.6})
    assert found.shown == "at 60% of its outputs the slope is below a twentieth of the steepest."
    assert found.advice == f"smaller first weights (GlorotUniform), or relu in place of {function}."
    network.set_weights({"dense_1.W": [[20.0]]})
    data = Dataset("some", z * 10, np.arange(100) % 2, (0, 1))
    assert diagnose(network, data)[0].advice.startswith("scaling the inputs to about −1 to 1, as they reach ")


def test_the_gradient_is_told_layer_by_layer():
    """A chain of numbers: ∂L/∂z of one layer is that of the next times its weight."""
    layers = [Dense(1, use_bias=False) for _ in range(5)]
    network = Sequential(layers, (1,), dtype="float64")
    weights = {f"dense_{k}.W": [[0.1]] for k in range(1, 6)}
    network.set_weights(weights)
    data = Dataset("some", np.array([[0.0], [1.0], [2.0]]), np.array([[0.0], [4.0], [8.0]]), None)
    (found,) = diagnose(network, data)
    last = found.evidence["layers"]["dense_5"]
    assert last == pytest.approx(np.mean([0, 8 - 2e-5, 16 - 4e-5]))  # 2·|y − t|, y = x/100000
    assert list(found.evidence["layers"].values()) == pytest.approx([last * 10.0**-k for k in (4, 3, 2, 1, 0)])
    assert found.evidence["ratio"] == pytest.approx(1e-4)
    assert found.name == "vanishing-gradients"
    assert found.shown == "its mean length, layer by layer: dense_1 0.0008, dense_2 0.008, dense_4 0.8, dense_5 8."
    network.set_weights({name: [[-4.0]] for name in weights})
    (found,) = diagnose(network, data)
    assert (found.name, found.evidence["ratio"]) == ("exploding-gradients", pytest.approx(256))
    network.set_weights({name: [[-3.0]] for name in weights})
    assert diagnose(network, data) == []  # 81 times as long


def test_a_training_that_ran_away():
    found = one_told({}, ended="diverged at step 7")
    assert found.says == "The learning rate is too high: the loss grew beyond every bound."
    assert found.shown == "the training diverged at step 7."
    assert found.advice == "a smaller learning rate (--learning-rate 0.01)."


def test_a_loss_that_jumps():
    """Guessing one of two classes that are as common costs ln 2; a jump is a fifth of it, and half as much again."""
    calm = [0.6, 0.5, 0.4, 0.3, 0.2, 0.3, 0.2, 0.15]
    assert told({"loss": calm}) == []  # 0.1 is less than 0.139
    found = one_told({"loss": [0.6, 0.5, 0.4, 0.3, 0.2, 0.35, 0.2, 0.4]})
    assert found.says == "The learning rate looks too high: the loss jumps in place of falling."
    assert found.shown == "from one epoch to the next it rose from 0.2 to 0.4; the last is 0.4."
    assert told({"loss": [0.6, 0.5, 0.4, 0.3, 0.2, 0.35, 0.2, 0.19]}) == []  # once, and overcome


def test_a_loss_above_guessing():
    losses = [0.9, 0.71, 0.72, 0.71, 0.72, 0.71]
    found = one_told({"loss": losses})
    assert found.says.endswith("what was learnt is worse than not looking at the inputs at all.")
    assert found.shown == "the loss stays at 0.7133; without a look at the inputs it could be 0.6931."
    assert found.evidence["guess"] == pytest.approx(np.log(2))


def test_a_loss_that_hardly_falls():
    losses = (0.7 - np.arange(10) * 0.001).tolist()
    found = one_told({"loss": losses})
    assert (
        found.says == "The learning rate looks too low: the loss hardly fell, the training is still at its beginning."
    )
    assert found.shown == "in 10 epochs it went from 0.7 to 0.691."
    assert found.advice == "a larger learning rate (--learning-rate 1), or more epochs."
    assert told({"loss": [*losses[:3], *[losses[3]] * 7]}) == []  # it fell at first, and then no more
    assert told({"loss": losses[:4]}) == []  # too short to tell
    waning = (0.7 - np.cumsum(np.arange(10, 0, -1) ** 2) * 1e-4).tolist()
    assert told({"loss": waning}) == []
    assert one_told({"loss": waning, "rate": (np.arange(10, 0, -1) ** 2 * 0.01).tolist()})  # so does the rate


def test_curves_that_part():
    own = [0.6, 0.4, 0.3, 0.2, 0.1]
    held = [0.6, 0.5, 0.5, 0.7, 0.9]
    found = one_told({"loss": own, "validation_loss": held})
    assert found.name == "overfitting"
    assert found.shown == (
        "the loss on its own samples fell to 0.1; on those held out it was 0.5 after epoch 2 and is 0.9 now."
    )
    assert "--patience 5" in found.advice
    assert told({"loss": own, "validation_loss": own}) == []
    assert told({"loss": own, "validation_loss": [0.6, 0.5, 0.45, 0.46, 0.5]}) == []
    patient = Recipe(CategoricalCrossentropy(), Adam(), validation=0.1, patience=5)
    assert told({"loss": own, "validation_loss": held}, patient) == []


def test_accuracies_that_part():
    history = {"loss": [0.6, 0.3, 0.1], "validation_loss": [0.7, 0.6, 0.6], "accuracy": [0.5, 0.8, 1.0]}
    found = one_told({**history, "validation_accuracy": [0.5, 0.7, 0.75]})
    assert found.shown == "100.0% of its own samples are right, and 75.0% of those held out."
    assert told({**history, "validation_accuracy": [0.5, 0.8, 0.95]}) == []


@pytest.mark.parametrize(
    ("planted", "says", "shown", "advice"),
    [
        (
            "weights that know one answer",
            "The network answers 1 to nearly everything.",
            "400 of 400 answers are 1, which is right for 33.2% of the data.",
            "more epochs, another learning rate, or more hidden neurons.",
        ),
        (
            "a rare class",
            "The network answers 0 to nearly everything.",
            "208 of 208 answers are 0, which is right for 96.2% of the data.",
            "as many samples of each class, or sample_weight for the rarer ones, and more epochs.",
        ),
    ],
)
def test_one_answer_to_everything(planted, says, shown, advice):
    (found,) = found_in(planted)
    assert (found.says, found.shown, found.advice) == (says, shown, advice)


def test_a_plateau_of_many():
    (found,) = found_in("a line through a ring")
    assert found.says.startswith(
        "The training is stuck on a plateau: the loss stands still, and every sample gets about"
    )
    assert found.shown.startswith("over 400 samples the standard deviation of an output is 0.0")
    assert found.shown.endswith("The loss has stayed near 0.693.")


def test_guessing_does_not_depend_on_which_samples_come():
    """A test of one class alone must not make the training look worse than guessing."""
    data = Dataset("some", np.zeros((20, 1)), np.zeros(20, np.int64), (0, 1))
    network = Sequential([Dense(2), Activation("softmax")], (1,), seed=1)
    network.set_weights({"dense_1.b": [0.0, 1.0]})
    history = {"loss": [0.6, 0.5, 0.4, 0.35, 0.34, 0.34]}
    receipt = {"settings": {"recipe": RECIPE.to_config()}, "split": {"train": 100}}
    assert diagnose(TrainedModel(network, (0, 1), data.preparation, receipt, history), data) == []


def test_one_step_back_on_the_way_down_is_no_high_rate():
    down = [0.9, 0.7, 0.4, 0.8, 0.5, 0.3, 0.2, 0.1, 0.05]
    assert told({"loss": [*down, 0.004, 0.011]}) == []
    assert [one.name for one in told({"loss": [*down, 0.004, 0.31]})] == ["rate-too-high"]
