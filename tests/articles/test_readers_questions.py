"""What the readers asked under the articles: questions 2, 3 and 4."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from glassnet import (
    Activation,
    Adam,
    CategoricalCrossentropy,
    Dataset,
    Dense,
    Flatten,
    Perceptron,
    Recipe,
    Sequential,
    ShapeError,
    TrainedModel,
    judge,
    load_data,
    pack_folder,
    predict,
    read_idx,
    train,
    write_idx,
)
from glassnet.presets import preset

# 2. How do I add my own 28×28 pictures to the set?


def draw(folder, seed, count):
    """Own 28×28 pictures: noughts in the folder 0 and strokes in the folder 1, of many sizes and places."""
    numbers = np.random.default_rng(seed)
    rows, columns = np.mgrid[:28, :28]
    for name in ("0", "1"):
        (folder / name).mkdir(parents=True)
        for k in range(count):
            middle_row, middle_column, size = numbers.uniform((11, 11, 5), (17, 17, 9))
            if name == "0":
                ink = np.abs(np.hypot(rows - middle_row, columns - middle_column) - size) < 1.5
            else:
                ink = (np.abs(columns - middle_column) < 1.5) & (np.abs(rows - middle_row) < size)
            Image.fromarray((ink * 255).astype(np.uint8)).save(folder / name / f"{k:03}.png")
    return folder


def test_own_pictures_become_a_set_that_a_network_learns(command, tmp_path):
    drawn = draw(tmp_path / "drawn", seed=1, count=60)
    report = command("data", "pack", drawn, "--out", tmp_path / "set", "--json").document
    assert report["counts"] == {"0": 60, "1": 60}
    parts = load_data(tmp_path / "set", seed=0)
    assert parts.train.sample_shape == (28, 28, 1)
    assert (len(parts.train), len(parts.test)) == (96, 24)
    file = tmp_path / "own.safetensors"
    report = command(
        "train", tmp_path / "set", "--net", "flatten dense16 relu dense2", "--epochs", "5", "--out", file, "--json"
    ).document
    assert report["accuracy"] > 0.9
    more = draw(tmp_path / "more", seed=2, count=1)
    (answer,) = command("predict", file, more / "0" / "000.png", "--json").document["answers"]
    assert answer["class"] == 0


def test_a_28_by_28_picture_is_packed_pixel_for_pixel(tmp_path):
    drawn = draw(tmp_path / "drawn", seed=3, count=2)
    packed = pack_folder(drawn, tmp_path / "set")
    x = read_idx(packed.folder / "train-images-idx3-ubyte.gz")
    y = read_idx(packed.folder / "train-labels-idx1-ubyte.gz")
    assert y.tolist() == [0, 0, 1, 1]
    np.testing.assert_array_equal(x[2], np.asarray(Image.open(drawn / "1" / "000.png")))


@pytest.mark.mnist
def test_own_pictures_join_mnist(mnist_folder, command, tmp_path):
    mine = tmp_path / "mnist-and-mine"
    mine.mkdir()
    for name in (
        "train-images-idx3-ubyte",
        "train-labels-idx1-ubyte",
        "t10k-images-idx3-ubyte",
        "t10k-labels-idx1-ubyte",
    ):
        write_idx(mine / name, read_idx(mnist_folder / f"{name}.gz"))
    drawn = draw(tmp_path / "drawn", seed=4, count=3)
    command("data", "pack", drawn, "--append", "--out", mine)
    alone, together = load_data("mnist", seed=0), load_data(mine, seed=0)
    assert (len(together.train), len(together.test)) == (60_006, 10_000)
    assert together.train.classes == alone.train.classes
    assert together.train.preparation == alone.train.preparation
    np.testing.assert_array_equal(together.train.x[:60_000], alone.train.x)
    assert together.train.y[60_000:].tolist() == [0, 0, 0, 1, 1, 1]
    np.testing.assert_array_equal(together.train.x[-1, :, :, 0], np.asarray(Image.open(drawn / "1" / "002.png")))


# 3. Why do I get another accuracy each time?


def accuracy(seed):
    parts = load_data("digits", seed=seed)
    chosen = preset("perceptron", parts.train)
    network = Sequential(chosen.layers, parts.train.sample_shape, seed=seed)
    train(network, parts.train, replace(chosen.recipe, seed=seed))
    return judge(TrainedModel(network, parts.train.classes, parts.train.preparation), parts.test).accuracy


def test_the_seed_decides_and_nothing_else():
    assert isinstance(preset("perceptron", load_data("digits", seed=0).train).recipe.loss, Perceptron)
    each = [accuracy(seed) for seed in range(5)]
    assert each == [accuracy(seed) for seed in range(5)]
    assert len(set(each)) > 1


def test_the_seed_is_printed_and_gives_the_same_again(command, tmp_path):
    printed = []
    for name in ("first", "second"):
        file = tmp_path / name
        printed.append(command("train", "digits", "--net", "perceptron", "--seed", "7", "--out", file))
        assert "seed 7" in printed[-1].err
        assert "seed 7" in command("show", file).out
    verdicts = [one.out.splitlines()[:2] for one in printed]
    assert verdicts[0] == verdicts[1]
    report = command("train", "digits", "--net", "perceptron", "--seed", "7", "--out", tmp_path / "third", "--json")
    assert report.document["seed"] == 7
    assert report.document["accuracy"] == accuracy(7)


# 4. operands could not be broadcast together with shapes (784,) (28,): what now?


def vectors():
    return Sequential([Dense(10), Activation("softmax")], (784,))


@pytest.mark.parametrize(
    ("got", "line"),
    [
        ((28, 28), "x.reshape(1, 784)"),  # one picture
        ((5, 28, 28), "x.reshape(-1, 784)"),  # several
        ((784,), "x[None]"),  # one picture, laid out already
        ((28,), "sample.reshape(1, 784)"),  # a row of a picture: the readers' own case
    ],
)
def test_pictures_given_to_a_network_for_vectors(got, line):
    with pytest.raises(ShapeError) as raised:
        predict(vectors(), np.zeros(got))
    assert f"Layer 1, dense_1, expects samples of shape (N, 784), got {got}." in str(raised.value)
    assert line in raised.value.hint


def test_the_line_that_the_error_gives_mends_it():
    picture = np.zeros((28, 28))
    assert predict(vectors(), picture.reshape(1, 784)).shape == (1, 10)


def test_a_row_is_told_apart_from_a_picture():
    with pytest.raises(ShapeError, match=r"A sample is 784 numbers, but 28 came\."):
        predict(vectors(), np.zeros(28))


def test_training_says_the_same_before_it_begins():
    pictures = Dataset.from_arrays(np.zeros((6, 28, 28)), range(6))
    recipe = Recipe(CategoricalCrossentropy(), Adam())
    with pytest.raises(
        ShapeError, match=r"dense_1, expects .* \(N, 784\), got \(6, 28, 28\)\. .*x\.reshape\(-1, 784\)"
    ):
        train(vectors(), pictures, recipe)


def test_a_layer_that_wants_vectors_says_so_when_the_network_is_built():
    with pytest.raises(
        ShapeError, match=r"Layer 1, dense_1: .* shape \(I,\), got \(28, 28\)\. Put Flatten\(\) before it"
    ):
        Sequential([Dense(10)], (28, 28))
    assert Sequential([Flatten(), Dense(10)], (28, 28)).output_shape == (10,)
