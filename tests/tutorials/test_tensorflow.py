import logging

import numpy as np
import pytest

from glassnet.tutorials.tensorflow import NAMES


def tf(name):
    return NAMES[name]


def test_python_numbers_become_narrow_and_arrays_stay():
    assert tf("constant")([[0.5, 1]]).dtype == np.float32
    assert tf("constant")(3).dtype == np.int32
    assert tf("convert_to_tensor")(np.zeros(2)).dtype == np.float64
    assert tf("constant")([1, 2], dtype=tf("float64")).dtype == np.float64
    assert tf("constant")(0, shape=(2, 3)).tolist() == [[0, 0, 0], [0, 0, 0]]


def test_tensors_give_their_numbers():
    x = tf("constant")([[1.0, 2.0], [3.0, 4.0]])
    assert type(x.numpy()) is np.ndarray
    assert tf("reduce_mean")(x).numpy() == 2.5
    assert x[..., tf("newaxis")].shape == (2, 2, 1)


@pytest.mark.parametrize(
    ("name", "arguments", "options", "answer"),
    [
        ("one_hot", ([2, 0], 3), {}, [[0, 0, 1], [1, 0, 0]]),
        ("one_hot", (1,), {"depth": 2, "on_value": 5.0, "off_value": -1.0}, [-1, 5]),
        ("argmax", ([[1, 5], [7, 2]],), {}, [1, 0]),
        ("argmax", ([[1, 5], [7, 2]],), {"axis": 1}, [1, 0]),
        ("argmax", ([[1, 5, 9], [7, 2, 3]],), {"axis": -1}, [2, 0]),
        ("reshape", ([1, 2, 3, 4], [2, -1]), {}, [[1, 2], [3, 4]]),
        ("expand_dims", ([1, 2],), {"axis": -1}, [[1], [2]]),
        ("squeeze", ([[1], [2]],), {}, [1, 2]),
        ("concat", ([[[1]], [[2]]],), {"axis": 1}, [[1, 2]]),
        ("reduce_mean", ([[1.0, 3.0], [5.0, 7.0]],), {"axis": 0}, [3, 5]),
        ("reduce_sum", ([[1, 3], [5, 7]], 1), {"keepdims": True}, [[4], [12]]),
        ("reduce_mean", ([1, 2],), {}, 1),  # whole numbers stay whole, as in TensorFlow
        ("math.reduce_max", ([1, 9, 2],), {}, 9),
        ("equal", ([1, 2], [1, 3]), {}, [True, False]),
        ("cast", ([True, False], np.float32), {}, [1, 0]),
        ("matmul", ([[1, 2]], [[3], [4]]), {}, [[11]]),
        ("square", ([3, -2],), {"name": "squares"}, [9, 4]),
        ("shape", ([[1, 2, 3]],), {}, [1, 3]),
        ("math.confusion_matrix", ([0, 1, 1], [0, 1, 0]), {}, [[1, 0], [1, 1]]),
        (
            "math.confusion_matrix",
            ([0, 1],),
            {"predictions": [1, 1], "num_classes": 3},
            [[0, 1, 0], [0, 1, 0], [0, 0, 0]],
        ),
        ("zeros", ([2, 2],), {}, [[0, 0], [0, 0]]),
        ("nn.relu", ([-1.0, 2.0],), {}, [0, 2]),
        ("sigmoid", ([0.0],), {}, [0.5]),
        ("nn.softmax", ([[0.0, 0.0]],), {}, [[0.5, 0.5]]),
    ],
)
def test_functions(name, arguments, options, answer):
    given = tf(name)(*arguments, **options)
    np.testing.assert_array_equal(given.numpy(), answer)


def test_accuracy_as_one_writes_it():
    hits = tf("equal")(tf("argmax")([[0.1, 0.9], [0.8, 0.2]], 1), [1, 1])
    assert tf("reduce_mean")(tf("cast")(hits, tf("float32"))).numpy() == 0.5


def test_there_is_a_processor_and_nothing_else():
    assert [one.device_type for one in tf("config.list_physical_devices")()] == ["CPU"]
    assert tf("config.experimental.list_physical_devices")("GPU") == []
    assert (tf("test.is_gpu_available")(), tf("test.gpu_device_name")()) == (False, "")
    with tf("device")("/gpu:0"):
        assert tf("executing_eagerly")()


def test_logging_is_told_to_be_quiet_and_nothing_listens():
    tf("logging.set_verbosity")(tf("logging.ERROR"))
    tf("get_logger")().setLevel("ERROR")
    assert tf("logging.ERROR") == logging.ERROR
    assert "tensorflow" not in logging.Logger.manager.loggerDict


def test_the_seed_decides(run):
    script = (
        "import tensorflow as tf\n{}\n"
        "print(tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(3,))]).get_weights()[0].ravel())"
    )
    seeds = "random.set_seed(1)", "set_random_seed(1)", "compat.v1.set_random_seed(1)", "random.set_seed(2)"
    printed = [run(script.format(f"tf.{seed}")).out for seed in seeds]
    assert printed[0] == printed[1] == printed[2] != printed[3]


def test_optimizers_of_the_first_tensorflow(run):
    ran = run("import tensorflow as tf\nprint(type(tf.train.AdamOptimizer(0.01)).__name__)")
    assert ran.out == "Adam\n"
    assert "tf.train.AdamOptimizer → glassnet.keras.optimizers.Adam" in ran.translated
