"""What is asked for and is not there."""

from __future__ import annotations

import importlib

import pytest

import glassnet.keras
from glassnet.errors import MissingNameError, ParameterError

MODULES = {
    "activations": ["relu", "get"],
    "backend": ["image_data_format", "clear_session"],
    "callbacks": ["EarlyStopping", "History"],
    "datasets": ["mnist"],
    "initializers": ["GlorotUniform", "he_normal"],
    "layers": ["Dense", "Conv2D"],
    "losses": ["BinaryCrossentropy", "mse"],
    "metrics": ["Accuracy", "mae"],
    "models": ["Sequential", "load_model"],
    "optimizers": ["SGD", "schedules"],
    "preprocessing": ["image"],
    "regularizers": ["l2", "L1L2"],
    "utils": ["to_categorical", "set_random_seed", "load_img", "img_to_array"],
}


@pytest.mark.parametrize("name", MODULES)
def test_modules_have_what_users_import(name):
    module = importlib.import_module(f"glassnet.keras.{name}")
    assert getattr(glassnet.keras, name) is module
    for one in MODULES[name]:
        assert getattr(module, one)
    for one in getattr(module, "__all__", []):
        assert getattr(module, one) is not None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("from glassnet.keras.layers import Densse", "glassnet.keras.layers has no 'Densse'. Did you mean 'Dense'?"),
        ("from glassnet.keras.layers import LSTM", "no 'LSTM'. glassnet has no layers for sequences"),
        ("from glassnet.keras.layers import Conv1D", "The one convolution here is Conv2D"),
        ("from glassnet.keras.layers import concatenate", "a network that branches cannot be built"),
        ("from glassnet.keras.layers.recurrent import GRU", "no layers for sequences"),
        ("from glassnet.keras.optimizers import Nadam", "Did you mean 'Adam'?"),
        ("from glassnet.keras.callbacks import ProgbarLogger", "fit(verbose=1) shows the progress"),
        ("from glassnet.keras.utils import plot_model", "model.summary() prints the layers"),
        ("from glassnet.keras.datasets import cifar10", "There is mnist"),
        ("from glassnet.keras.losses import Huber", "glassnet.keras.losses has no 'Huber'. There are"),
        ("from glassnet.keras import applications", "glassnet.keras has no 'applications'"),
        ("from glassnet.keras.models import Sequental", "Did you mean 'Sequential'?"),
        ("from glassnet.keras.regularizers import l3", "glassnet.keras.regularizers has no 'l3'."),
        ("from glassnet.keras.metrics import AUC", "glassnet.keras.metrics has no 'AUC'."),
        ("from glassnet.keras.initializers import Orthogonal", "glassnet.keras.initializers has no 'Orthogonal'."),
        ("from glassnet.keras.activations import rellu", "Did you mean 'relu'?"),
        ("from glassnet.keras.backend import image_data_fromat", "Did you mean 'image_data_format'?"),
        ("from glassnet.keras.optimizers.schedules import CosineDecay", "has no 'CosineDecay'."),
    ],
)
def test_missing_names_are_import_errors_that_teach(line, said):
    with pytest.raises(ImportError) as caught:
        exec(line)
    assert isinstance(caught.value, MissingNameError)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "line",
    [
        "from glassnet.keras.layers.core import Activation, Dense, Dropout, Flatten, Reshape",
        "from glassnet.keras.layers.convolutional import Conv2D, Convolution2D, MaxPooling2D",
        "from glassnet.keras.layers.normalization import BatchNormalization",
        "from glassnet.keras.layers.pooling import MaxPooling2D, AveragePooling2D",
        "from glassnet.keras.layers.advanced_activations import LeakyReLU, ELU",
        "from glassnet.keras.utils.np_utils import to_categorical",
        "from glassnet.keras.utils import np_utils; np_utils.to_categorical",
        "from glassnet.keras.optimizers.legacy import SGD",
        "from glassnet.keras.optimizers.schedules import ExponentialDecay",
        "import glassnet.keras.backend as K; K.image_data_format()",
        "from glassnet.keras import Sequential, Input, Model, layers",
        "from glassnet.keras.datasets import mnist; mnist.load_data",
    ],
)
def test_old_and_new_paths(line):
    exec(line)


def test_the_version_can_be_compared():
    assert int(glassnet.keras.__version__.split(".")[0]) == 2
    assert "glassnet" in glassnet.keras.__version__
    assert dir(glassnet.keras) == glassnet.keras.__all__


def test_unknown_arguments_are_told_with_the_nearest():
    from glassnet.keras.layers import Dense, MaxPooling2D

    for call, said in (
        (lambda: Dense(unts=3), "Dense has no argument 'unts'. Did you mean 'units'?"),
        (lambda: Dense(3, actvation="relu"), "Dense has no argument 'actvation'. Did you mean 'activation'?"),
        (lambda: MaxPooling2D(pol_size=2), "MaxPooling2D has no argument 'pol_size'. Did you mean 'pool_size'?"),
        (lambda: Dense(), "Dense: missing a required argument: 'units'."),
        (lambda: Dense(3, output_dim=3), "Dense: multiple values for argument 'units'."),
        (lambda: Dense(output_dim=3, units=3), "Dense has both 'output_dim' and 'units', which mean the same."),
    ):
        with pytest.raises(ParameterError) as caught:
            call()
        assert str(caught.value).startswith(said)
