import sys
from importlib import import_module

import pytest

from glassnet import keras as face
from glassnet.tutorials.names import PLACES, REASONS, TABLE, canonical, is_module, reason
from glassnet.tutorials.stand_ins import stand_ins


@pytest.mark.parametrize(
    "line",
    [
        "from tensorflow.keras.layers import Dense",
        "from tensorflow.python.keras.layers import Dense",
        "from tensorflow.python.keras.layers.core import Dense",
        "from keras.layers.core import Dense",
        "from keras.layers import *",
        "import keras; Dense = keras.layers.Dense",
        "from tensorflow import keras; Dense = keras.layers.Dense",
        "import tensorflow as tf; Dense = tf.keras.layers.Dense",
        "import tensorflow.keras.layers as L; Dense = L.Dense",
        "import tensorflow.compat.v1 as tf; Dense = tf.keras.layers.Dense",
        "import tensorflow as tf; Dense = tf.compat.v1.keras.layers.Dense",
    ],
)
def test_every_way_to_a_layer(run, line):
    assert run(f"{line}\nprint(Dense.__module__)").out == f"{face.layers.Dense.__module__}\n"


@pytest.mark.parametrize(
    ("line", "translated"),
    [
        ("import keras.layers, keras.models", ["keras → glassnet.keras"]),
        ("from tensorflow.keras.models import Sequential", ["tensorflow.keras → glassnet.keras"]),
        (
            "from keras.layers.convolutional import MaxPooling2D",
            ["keras → glassnet.keras", "keras.layers.convolutional → glassnet.keras.layers"],
        ),
        ("from keras.utils import np_utils", ["keras → glassnet.keras", "keras.utils.np_utils → glassnet.keras.utils"]),
        ("from mnist import MNIST", ["mnist → glassnet.read_idx"]),
        ("import tensorflow_datasets as tfds", ["tensorflow_datasets → glassnet.load_data"]),
        ("import tensorflow as tf\ntf.zeros(2), tf.ones(2)", ["tensorflow → glassnet.keras and NumPy"]),
    ],
)
def test_what_is_listed(run, line, translated):
    assert run(line).translated == translated


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("from keras.layers import LSTM", "keras.layers.LSTM. glassnet has no layers for"),
        ("from tensorflow.keras.layers import LSTM", "tensorflow.keras.layers.LSTM. glassnet has no layers for"),
        ("import keras\nkeras.layers.Dence", "keras.layers.Dence. Did you mean 'Dense'?"),
        ("from keras.models import Dense", "keras.models.Dense. There are Model, Sequential,"),
        (
            "from keras.wrappers.scikit_learn import KerasClassifier",
            "keras.wrappers.scikit_learn.KerasClassifier. glassnet wraps",
        ),
        ("from keras.datasets import imdb", "keras.datasets.imdb. There is mnist; glassnet.load_data knows"),
        (
            "import keras.datasets.boston_housing",
            "keras.datasets.boston_housing. There is mnist; glassnet.load_data knows",
        ),
        (
            "from keras.preprocessing.image import ImageDataGenerator",
            "keras.preprocessing.image.ImageDataGenerator. glassnet",
        ),
        ("import tensorflow as tf\ntf.Session()", "tensorflow.Session. glassnet has no graphs of operations;"),
        ("import tensorflow as tf\ntf.nn.softmx", "tensorflow.nn.softmx. Did you mean 'nn.softmax'?"),
        ("import tensorflow as tf\ntf.distribute.MirroredStrategy()", "tensorflow.distribute. Of TensorFlow there are"),
        ("import tensorflow as tf\ntf.data.Dataset", "tensorflow.data. Give arrays to fit(x, y, batch_size=32)."),
        (
            "from tensorflow.examples.tutorials.mnist import input_data",
            "tensorflow.examples. Write: (x_train, y_train)",
        ),
        ("from keras import ops", "keras.ops. Use NumPy."),
        ("from mnist import Mnist", "mnist.Mnist. There is MNIST(folder) with load_training()"),
        (
            "import tensorflow_datasets as tfds\ntfds.builder('mnist')",
            "tensorflow_datasets.builder. There are load('mnist',",
        ),
    ],
)
def test_what_is_missing_is_refused_by_its_full_name(run, line, said):
    number = line.count("\n") + 1
    assert run(line).refusal().startswith(f"line {number} of script.py: glassnet has nothing in place of {said}")


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("from keras.preprocessing.image import save_img", "do it in NumPy"),
        ("from tensorflow.keras.utils import plot_model", "model.summary() prints the layers"),
        ("from keras.constraints import maxnorm", "kernel_regularizer keeps them small"),
    ],
)
def test_a_refusal_says_what_to_write_instead(run, line, hint):
    assert hint in run(line).refusal()


def test_a_script_may_ask_whether_a_name_is_there(run):
    ran = run(
        "import tensorflow as tf\n"
        "print(hasattr(tf, 'Session'), getattr(tf.keras.layers, 'LSTM', 'none'), hasattr(tf, 'zeros'))\n"
        "try:\n"
        "    from keras.utils.vis_utils import plot_model\n"
        "except ImportError:\n"
        "    print('no plot')\n"
    )
    assert ran.out == "False none True\nno plot\n"


def test_ours_stand_before_what_is_installed(run, folder, monkeypatch):
    (folder / "installed" / "tensorflow").mkdir(parents=True)
    (folder / "installed" / "tensorflow" / "__init__.py").write_text("constant = 'the real one'\n")
    (folder / "scripts").mkdir()
    monkeypatch.syspath_prepend(folder / "installed")
    script = "import tensorflow as tf\nprint(tf.__version__)\n"
    assert run(script, name="scripts/main.py").out == f"{face.__version__}\n"
    real = import_module("tensorflow")
    assert real.constant == "the real one"
    assert run(script, name="scripts/main.py").out == f"{face.__version__}\n"
    assert sys.modules.pop("tensorflow") is real


def test_a_module_beside_the_script_is_the_scripts_own(run, folder):
    (folder / "mnist.py").write_text("digits = [7]\n")
    assert run("import mnist\nprint(mnist.digits)").out == "[7]\n"
    (folder / "keras").mkdir()
    (folder / "keras" / "__init__.py").write_text("mine = True\n")
    assert run("import keras\nprint(keras.mine)").out == "True\n"


def test_neither_the_script_itself_nor_a_folder_of_data_is_taken_for_a_module(run, folder):
    (folder / "mnist").mkdir()
    assert run("from mnist import MNIST\nprint(MNIST.__name__)", name="mnist.py").out == "MNIST\n"


def test_the_hook_is_gone_after_an_error(folder):
    before = [*sys.meta_path]

    def fail():
        with stand_ins(folder / "script.py"):
            assert import_module("keras").layers.Dense is face.layers.Dense
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert sys.meta_path == before
    assert "keras" not in sys.modules


def test_the_table_agrees_with_itself():
    for place in PLACES.values():
        assert canonical(place) == place
        assert is_module(place)
    for name in REASONS:
        assert name not in TABLE
        assert reason(f"{name}.more") == REASONS[name]
