from typing import Any

import numpy as np
import pytest

from glassnet.errors import ParameterError
from glassnet.tutorials import tensorflow_datasets as tfds

pytestmark = pytest.mark.usefixtures("small_mnist")
WHOLE: dict[str, Any] = {"batch_size": -1, "as_supervised": True}


def test_without_a_split_both_parts_by_name(small_mnist):
    data = tfds.load("mnist", **WHOLE)
    assert list(data) == ["test", "train"]
    x, y = data["train"]
    assert (x.shape, x.dtype, y.shape, y.dtype) == ((1438, 28, 28, 1), np.uint8, (1438,), np.int64)
    np.testing.assert_array_equal(data["test"][0], small_mnist.test.x)


def test_a_split_and_a_list_of_them():
    x, y = tfds.load("mnist", split="test", **WHOLE)
    assert (len(x), len(y)) == (359, 359)
    train, test = tfds.load("mnist", split=["train", "test"], **WHOLE)
    assert (len(train[0]), len(test[1])) == (1438, 359)


@pytest.mark.parametrize(
    ("split", "rows"),
    [
        ("train[:100]", slice(0, 100)),
        ("train[100:]", slice(100, 1438)),
        ("train[:80%]", slice(0, 1150)),  # 1150.4
        ("train[80%:]", slice(1150, 1438)),
        ("train[-7:]", slice(1431, 1438)),
        ("train[10:20]", slice(10, 20)),
    ],
)
def test_a_piece_of_a_split(small_mnist, split, rows):
    _, y = tfds.load("mnist", split=split, **WHOLE)
    np.testing.assert_array_equal(y, small_mnist.train.y[rows])


def test_unsupervised_is_by_name():
    data = tfds.load(name="mnist:3.*.*", split="test", batch_size=-1)
    assert {name: array.shape for name, array in data.items()} == {"image": (359, 28, 28, 1), "label": (359,)}


def test_what_is_told_of_the_data():
    _, info = tfds.load("mnist", with_info=True, **WHOLE)
    assert info.splits["train"].num_examples == 1438
    assert info.features["label"].num_classes == 10
    assert info.features["image"].shape == (28, 28, 1)


def test_as_numpy_goes_into_everything():
    plain = tfds.as_numpy({"a": tfds.load("mnist", split="test", **WHOLE), "b": [tfds.tensor(np.ones(2))]})
    assert [type(array) for array in (*plain["a"], *plain["b"])] == [np.ndarray] * 3
    assert isinstance(plain["a"], tuple)


def test_tensors_give_their_numbers_and_may_be_changed(small_mnist):
    x, _ = tfds.load("mnist", split="test", **WHOLE)
    assert type(x.numpy()) is np.ndarray
    x += 1
    assert small_mnist.test.x.min() == 0


@pytest.mark.parametrize(
    ("arguments", "options", "said"),
    [
        (["cifar10"], WHOLE, "glassnet has no data set 'cifar10'. It has 'mnist'."),
        (["mnist"], {}, "batch_size must be -1, for whole arrays. Got None. Write tfds.load('mnist',"),
        (["mnist"], {**WHOLE, "split": "trian"}, "there is no split 'trian'. Write 'train', 'test' or"),
        (["mnist"], {**WHOLE, "split": "train[:5]x"}, "there is no split 'train[:5]x'."),
    ],
)  # fmt: skip
def test_what_it_does_not_have(arguments, options, said):
    with pytest.raises(ParameterError) as caught:
        tfds.load(*arguments, **options)
    assert said in str(caught.value)
