from __future__ import annotations

import pytest

from glassnet import optimizers as own
from glassnet.errors import ParameterError
from glassnet.keras import optimizers
from glassnet.keras.notes import translated
from glassnet.keras.optimizers import SGD, Adadelta, Adagrad, Adam, AdamW, RMSprop
from glassnet.keras.optimizers.schedules import ExponentialDecay, InverseTimeDecay


@pytest.mark.parametrize(
    ("made", "described"),
    [
        (lambda: SGD(), own.SGD(0.01)),
        (lambda: SGD(0.1, momentum=0.9, nesterov=True), own.SGD(0.1, 0.9, True)),
        (lambda: SGD(lr=0.1, decay=1e-6), own.SGD(0.1, schedule=own.InverseTime(1e-6))),
        (lambda: SGD(lr=1), own.SGD(1.0)),
        (lambda: RMSprop(), own.RMSprop(0.001, 0.9, 1e-7)),
        (lambda: RMSprop(lr=0.01, epsilon=None, decay=0.0), own.RMSprop(0.01)),
        (lambda: Adam(), own.Adam(0.001, 0.9, 0.999, 1e-7)),
        (lambda: Adam(global_clipnorm=1.0, weight_decay=0.1), own.Adam(clip_norm=1.0, weight_decay=0.1)),
        (lambda: AdamW(), own.AdamW(weight_decay=0.004)),
        (lambda: AdamW(0.01, beta_1=0.8), own.AdamW(0.01, 0.8, weight_decay=0.004)),
        (lambda: Adagrad(0.001), own.Adagrad(0.001, 1e-7, 0.1)),
        (lambda: Adagrad(), own.Adagrad(0.01, 1e-7, 0.1)),
        (lambda: Adadelta(0.001), own.Adadelta(0.001, 0.95, 1e-7)),
        (lambda: Adadelta(), own.Adadelta(1.0, 0.95, 1e-7)),
        (lambda: SGD(ExponentialDecay(0.1, 10, 0.5)), own.SGD(0.1, schedule=own.Exponential(0.5, 10))),
        (lambda: SGD(InverseTimeDecay(0.1, 10, 0.5, True)), own.SGD(0.1, schedule=own.InverseTime(0.5, 10, True))),
        (lambda: optimizers.get("ADAM"), own.Adam()),
        (lambda: optimizers.get(SGD), own.SGD()),
    ],
)
def test_what_an_optimizer_is_made_of(made, described):
    assert made().describe() == described
    again = optimizers.from_config(made().to_config())
    assert again.describe() == described


def test_rates_of_the_first_years_are_told():
    Adadelta()
    Adagrad()
    SGD(lr=1)
    assert translated() == [
        "Adadelta() takes the rate 1.0, as Keras did before TensorFlow 2 made it 0.001",
        "Adagrad() takes the rate 0.01, as Keras did before TensorFlow 2 made it 0.001",
        "SGD(lr=…) is read as learning_rate",
        "SGD: the rate 1 is read as 1.0",
    ]


def test_the_rate_may_change():
    optimizer = SGD(0.1)
    optimizer.lr = 0.2
    assert (optimizer.learning_rate, optimizer.lr.numpy(), optimizer.describe().learning_rate) == (0.2, 0.2, 0.2)
    optimizer.learning_rate.assign(0.3)
    assert optimizer.get_config()["learning_rate"] == 0.3
    assert [ExponentialDecay(0.4, 2, 0.25)(step) for step in (0, 1, 2)] == pytest.approx([0.4, 0.2, 0.1])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: SGD(learning_rat=0.1), "SGD has no argument 'learning_rat'. Did you mean 'learning_rate'?"),
        (lambda: SGD(-1), "SGD: learning_rate must be a number in (0, inf). Got -1."),
        (lambda: SGD(lr=0.1, learning_rate=0.1), "SGD has both 'lr' and 'learning_rate', which mean the same."),
        (lambda: SGD(0.1, decay=-1.0), "SGD: decay must be a number in [0, inf). Got -1.0."),
        (lambda: Adam(amsgrad=True), "Adam: amsgrad=True is not offered here."),
        (lambda: Adam(clipnorm=1.0), "Adam: clipnorm=1.0 is not offered here. global_clipnorm clips"),
        (lambda: RMSprop(momentum=0.9), "RMSprop: momentum=0.9 is not offered here."),
        (lambda: Adam(beta_1=1), "Adam: beta_1 must be a number in [0, 1). Got 1."),
        (lambda: optimizers.get(3), "compile: optimizer must be such as 'adam' or Adam(0.001). Got 3."),
    ],
)
def test_bad_arguments_are_told(make, said):
    with pytest.raises(ParameterError) as caught:
        make()
    assert str(caught.value).startswith(said)
