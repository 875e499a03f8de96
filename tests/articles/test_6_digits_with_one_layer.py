"""Article row 6: digits with one layer, a perceptron of ten outputs over MNIST."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from glassnet import (
    SGD,
    Activation,
    Dense,
    Flatten,
    Perceptron,
    Recipe,
    Sequential,
    TrainedModel,
    Uniform,
    explain,
    judge,
    load_data,
    predict,
    save,
    train,
    weight_pictures,
)
from glassnet.presets import preset

pytestmark = pytest.mark.mnist

SPREAD = Uniform(-0.1, 0.1)
LAYERS = [Flatten(), Dense(10, kernel_initializer=SPREAD, bias_initializer=SPREAD), Activation("relu")]
ONE_PASS = Recipe(Perceptron(), SGD(1.0), epochs=1, batch_size=1, shuffle=False)


@cache
def mnist():
    return load_data("mnist", seed=0)


@cache
def trained():
    """One pass over the 60 000 samples from seed 0; do not change it."""
    data = mnist().train
    network = Sequential(LAYERS, data.sample_shape, seed=0)
    history = train(network, data, ONE_PASS).history
    return TrainedModel(network, data.classes, data.preparation, history=history)


def articles_loop(weights, biases, images, labels):
    """The article's program: the weights (10, 784) and biases (10,) after one pass, and how many answers were wrong."""
    weights, biases, wrong = weights.copy(), biases.copy(), 0
    for image, label in zip(images, labels, strict=True):
        outputs = np.maximum(weights @ image + biases, 0)
        answer = outputs.argmax()
        error = np.zeros(10)
        error[answer] += 1
        error[label] -= 1
        weights -= np.outer(error, image)
        biases -= error
        wrong += answer != label
    return weights, biases, wrong


def test_the_data(mnist_folder):
    train_part, test_part = mnist()
    assert train_part.x.shape == (60_000, 28, 28, 1)
    assert test_part.x.shape == (10_000, 28, 28, 1)
    pixels = train_part.preparation.scale(train_part.x[:1000], "float32")
    assert (pixels.min(), pixels.max()) == (0, 1)


def test_the_preset_is_the_articles_network(mnist_folder):
    chosen = preset("perceptron", mnist().train)
    assert (chosen.layers, chosen.recipe) == (LAYERS, ONE_PASS)


def test_weights_start_evenly_between_minus_and_plus_a_tenth(mnist_folder):
    views = Sequential(LAYERS, (28, 28, 1), seed=1).weights()
    assert (views["dense_1.W"].shape, views["dense_1.b"].shape) == ((784, 10), (10,))
    assert np.abs(views["dense_1.W"]).max() < 0.1
    assert np.histogram(views["dense_1.W"], 4, (-0.1, 0.1))[0].tolist() == pytest.approx([1960] * 4, rel=0.1)
    assert 0.04 < np.abs(views["dense_1.b"]).max() < 0.1


def test_the_rule_is_the_articles_loop(mnist_folder):
    samples = mnist().train.take(np.arange(200))
    network = Sequential(LAYERS, samples.sample_shape, dtype="float64", seed=3)
    start = {name: view.copy() for name, view in network.weights().items()}
    history = train(network, samples, ONE_PASS).history
    weights, biases, wrong = articles_loop(
        start["dense_1.W"].T, start["dense_1.b"], samples.x.reshape(200, 784) / 255, samples.y
    )
    np.testing.assert_allclose(network.weights()["dense_1.W"].T, weights, rtol=0, atol=1e-14)
    np.testing.assert_allclose(network.weights()["dense_1.b"], biases, rtol=0, atol=1e-14)
    assert history["accuracy"] == [(200 - wrong) / 200]


def test_an_output_is_the_relu_of_its_sum_and_the_answer_the_largest(mnist_folder):
    views = trained().network.weights()
    images = mnist().test.x[:100]
    sums = (images.reshape(100, 784) / 255).astype(np.float32) @ views["dense_1.W"] + views["dense_1.b"]
    outputs = predict(trained().network, images, trained().preparation.scale)
    np.testing.assert_allclose(outputs, np.maximum(sums, 0), rtol=1e-5, atol=1e-3)


def test_about_88_percent_and_the_list_of_mistakes(mnist_folder):
    test = mnist().test
    verdict = judge(trained(), test)
    assert 0.85 <= verdict.accuracy <= 0.90
    answers = predict(trained().network, test.x, trained().preparation.scale).argmax(1)
    wrong = [(int(k), int(answers[k]), int(test.y[k])) for k in np.flatnonzero(answers != test.y)]
    assert sorted((mistake.index, mistake.predicted, mistake.true) for mistake in verdict.mistakes) == wrong
    assert len(wrong) == round(10_000 * (1 - verdict.accuracy))


def test_ten_weight_pictures_look_a_little_like_digits(mnist_folder):
    pictures = weight_pictures(trained().network, trained().classes)
    assert [picture.title for picture in pictures] == [str(digit) for digit in range(10)]
    assert [picture.weights.shape for picture in pictures] == [(28, 28)] * 10
    data = mnist().train
    usual = np.array([data.x[data.y == digit].mean(0).ravel() for digit in range(10)])
    alike = np.corrcoef([picture.weights.ravel() for picture in pictures], usual - usual.mean(0))[:10, 10:]
    assert (alike.diagonal() > 0.3).all()  # each is bright where its digit is brighter than the others …
    assert alike.argmax(1).tolist() == list(range(10))  # … and is like no other digit as much


def test_on_the_command_line(mnist_folder, command, tmp_path):
    file = tmp_path / "perceptron.safetensors"
    printed = command("train", "mnist", "--net", "perceptron", "--seed", "0", "--out", file)
    verdict = judge(trained(), mnist().test)  # the same seed in the library
    right = round(10_000 * verdict.accuracy)
    assert "seed 0" in printed.err
    assert f"{right:,} of 10,000 test samples are right" in printed.out
    report = command("evaluate", file, "mnist", "--json").document
    assert report["accuracy"] == verdict.accuracy
    assert [(m["index"], m["predicted"], m["true"]) for m in report["mistakes"]] == [
        (m.index, m.predicted, m.true) for m in verdict.mistakes
    ]
    command("show", file, "--weights", tmp_path / "weights.png", "--quiet")
    assert (tmp_path / "weights.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("right", [False, True])
def test_the_rule_explained(mnist_folder, command, tmp_path, right):
    file = tmp_path / "perceptron.safetensors"
    receipt = {"settings": {"recipe": ONE_PASS.to_config()}}
    save(replace(trained(), receipt=receipt), file)
    test = mnist().test
    answers = predict(trained().network, test.x[:200], trained().preparation.scale).argmax(1)
    k = int(np.flatnonzero((answers == test.y[:200]) == right)[0])
    image, label, answer = test.x[k].ravel(), int(test.y[k]), int(answers[k])
    bright = int(image.argmax())
    pixel = float(image[bright]) / 255
    unconcerned = next(output for output in range(10) if output not in (label, answer))
    for output in (label, answer, unconcerned):
        asked = ("explain", file, "--input", ",".join(map(str, image)), "--target", label)
        document = command(*asked, "--weight", f"dense_1.W[{bright},{output}]", "--json").document
        error = (output == answer) - (output == label)  # one-hot(answer) − one-hot(label)
        assert document["gradient"]["value"] == pytest.approx(error * pixel, abs=1e-12)
        update = document["update"]
        assert update["before"] - update["after"] == pytest.approx(error * pixel, abs=1e-12)


def test_accuracies_of_several_seeds_in_the_lab(mnist_folder, command, tmp_path):
    words = ("lab", "mnist", "--net", "perceptron", "--runs", "2", "--out", tmp_path / "lab", "--json")
    (setting,) = command(*words).document["settings"]
    assert 0.85 < setting["accuracy"]["least"] < setting["accuracy"]["most"] < 0.9


def test_what_made_it_answer_so(mnist_folder):
    test = mnist().test
    found = explain.attribution(trained(), test.x[0])
    column = trained().network.weights()["dense_1.W"][:, found.label].reshape(28, 28, 1)
    np.testing.assert_array_equal(found.gradient, column.astype(np.float64))  # one layer: the slopes are the weights
