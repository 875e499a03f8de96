"""Whole tutorials, in the manner of each year: what they print, how well they learn, what was translated for them."""

import re
from pathlib import Path

import numpy as np
import pytest

from glassnet.data import write_idx

SCRIPTS = Path(__file__).parent / "scripts"
KERAS, TF_KERAS = "keras → glassnet.keras", "tensorflow.keras → glassnet.keras"
TF, SEED = "tensorflow → glassnet.keras and NumPy", "tf.random.set_seed → glassnet.keras.utils.set_random_seed"
NO_LOG = "tf.get_logger → a logger for nothing: glassnet writes no log"


@pytest.fixture
def tutorial(run):
    """tutorial("xor") runs that script to its end, and gives what it printed and what was translated."""

    def call(name, *arguments):
        ran = run(SCRIPTS / f"{name}.py", *arguments)
        assert (ran.code, ran.said) == (0, "")
        return ran

    return call


def number_after(words, text):
    """The number that a script printed behind these words."""
    found = re.search(rf"{words}\s*([\d.]+)", text)
    assert found
    return float(found[1])


def test_every_script_is_run():
    run_here = Path(__file__).read_text("utf-8")
    for script in SCRIPTS.glob("*.py"):
        assert f'"{script.stem}"' in run_here


def test_xor_of_the_article(tutorial):
    ran = tutorial("xor_of_the_article")
    assert "Total params: 9" in ran.out
    assert "None\n" in ran.out  # what print(model.summary()) adds
    answers = np.array(re.findall(r"\[(0\.\d+)", ran.out.partition("Попыток:")[2]), float)[:4]
    assert ((answers > 0.5) == [False, True, True, False]).all()
    assert "Из статьи: [0.00741202 0.99845064 0.9984376  0.00741202]" in ran.out
    assert ran.translated == [
        "tensorflow_datasets → glassnet.load_data",
        TF_KERAS,
        TF,
        "tf.logging.set_verbosity → nothing: glassnet writes no log",
        NO_LOG,
        SEED,
        "Dense(input_dim=…) is read as input_shape=(2,)",
        "SGD(lr=…) is read as learning_rate",
        "model.predict_proba(x) is read as model.predict(x)",
    ]


def test_one_neuron_of_the_article_untouched(tutorial):
    ran = tutorial("one_neuron_numpy")
    assert 0.9999 < number_after(r"Вопрос \[1, 0, 0\]: \[", ran.out) < 1
    assert ran.translated == []


def test_people_of_the_article_untouched(tutorial, folder):
    ran = tutorial("people_numpy")
    assert 0.9 < number_after("Emily:", ran.out) < 1
    assert number_after("Frank:", ran.out) < 0.1
    assert number_after("Epoch 750 loss:", ran.out) < 0.01
    assert (ran.translated, ran.err) == ([], "Figure 1 is in people_numpy-figure-1.png\n")
    assert (folder / "people_numpy-figure-1.png").is_file()


@pytest.mark.parametrize("end", ["", ".gz"], ids=["plain", "gzip"])
def test_one_layer_of_the_article(tutorial, folder, enlarged_digits, end):
    (folder / "digits").mkdir()
    for part, data in (("train", enlarged_digits.train), ("t10k", enlarged_digits.test)):
        write_idx(folder / "digits" / f"{part}-images-idx3-ubyte{end}", data.x[..., 0])
        write_idx(folder / "digits" / f"{part}-labels-idx1-ubyte{end}", data.y.astype(np.uint8))
    ran = tutorial("one_layer_numpy", "digits")
    assert ran.out.startswith("list list 1438 784 239\n")
    assert number_after("accuracy", ran.out) > 0.85
    assert re.search(r"mistakes \[\(\d+, \d, \d\),", ran.out)
    assert ran.translated == ["mnist → glassnet.read_idx"]
    assert (folder / "one_layer_numpy-figure-1.png").is_file()


def test_xor_kept_in_files_in_the_russian_encoding_of_windows(tutorial, folder):
    ran = tutorial("xor_kept_as_json")
    assert "binary_accuracy: 100.00%\nОтвет: [0. 1. 1. 0.]\n" in ran.out
    assert {"net.json", "net.h5"} <= {path.name for path in folder.iterdir()}


def test_a_lab_sheet_that_compares_optimizers(tutorial):
    ran = tutorial("lab_sheet", "25")
    for name in ("SGD", "Adam", "RMSprop", "Adagrad"):
        assert number_after(name, ran.out) > 0.9, name
    assert number_after("Adadelta", ran.out) > 0.6  # it needs longer
    assert "dense [(2, 12), (12,)]\nactivation []\ndense_1 [(12, 1), (1,)]\n" in ran.out
    assert 'Model: "quadrants"' in ran.out


@pytest.mark.usefixtures("small_mnist")
class TestDigits:
    def test_dense_through_tensorflow_datasets(self, tutorial):
        ran = tutorial("digits_dense_tfds")
        assert number_after("Точность:", ran.out) > 0.9
        assert re.search(r"Первая цифра: (\d) на самом деле \1", ran.out)
        assert ran.translated == [
            "tensorflow_datasets → glassnet.load_data",
            TF_KERAS,
            TF,
            NO_LOG,
            SEED,
            "Adam(lr=…) is read as learning_rate",
            "model.predict_classes(x) is read as argmax, or > 0.5, of model.predict(x)",
        ]

    def test_convolutions_through_tensorflow_datasets(self, tutorial):
        ran = tutorial("digits_cnn_tfds")
        assert number_after("верно", ran.out) > 170
        assert "RMSprop(lr=…) is read as learning_rate" in ran.translated

    def test_the_first_keras(self, tutorial):
        ran = tutorial("keras_0_mlp")
        assert number_after("Test accuracy:", ran.out) > 0.9
        for line in (
            "keras.layers.core → glassnet.keras.layers",
            "keras.utils.np_utils → glassnet.keras.utils",
            "Dense(init=…) is read as kernel_initializer",
            "Dense(output_dim=…) is read as units",
            "SGD(lr=…) is read as learning_rate",
        ):
            assert ran.translated.count(line) == 1, line
        for old in ("nb_epoch", "show_accuracy"):
            assert sum(f"fit({old}=" in line for line in ran.translated) == 1, old
        assert any("SGD(decay=1e-06)" in line for line in ran.translated)

    def test_keras_1(self, tutorial):
        ran = tutorial("keras_1_cnn")
        assert number_after("accuracy:", ran.out) > 0.8
        for old in ("border_mode", "subsample", "dim_ordering", "W_regularizer", "bias", "nb_epoch", "init"):
            assert any(f"({old}=" in line for line in ran.translated), old

    def test_keras_1_over_theano(self, tutorial):
        ran = tutorial("keras_1_theano")
        assert number_after("Accuracy:", ran.out) > 0.85
        assert "set_image_dim_ordering('th') is read as set_image_data_format('channels_first')" in ran.translated
        assert "channels_first: pictures (1, H, W) are read as (H, W, 1), and layers give (H, W, C)" in ran.translated

    def test_keras_2(self, tutorial, folder):
        ran = tutorial("keras_2_mlp")
        assert "Total params: 66,450" in ran.out
        assert "Epoch 5/5" in ran.out
        assert number_after("Test accuracy:", ran.out) > 0.85
        assert ran.translated == [KERAS]
        assert (folder / "keras_2_mlp-figure-1.png").is_file()

    def test_keras_2_with_convolutions_saved_and_loaded(self, tutorial, folder):
        ran = tutorial("keras_2_cnn")
        assert "['acc', 'loss', 'val_acc', 'val_loss']" in ran.out
        assert number_after("accuracy", ran.out) > 0.8
        assert ran.out.endswith("saved and loaded\n")
        assert (folder / "digits.h5").is_file()
        assert "Adadelta(lr=…) is read as learning_rate" in ran.translated

    def test_tensorflow_2(self, tutorial):
        ran = tutorial("tf2_beginner")
        assert "GPUs: 0\n(1, 10) 1.000\n" in ran.out
        assert 1 < number_after("untrained loss:", ran.out) < 5
        assert float(re.findall(r"accuracy: ([\d.]+)", ran.out)[-1]) > 0.85
        guesses, labels = re.findall(r"\[([\d ]+)\]", ran.out.splitlines()[-1])
        assert sum(a == b for a, b in zip(guesses.split(), labels.split(), strict=True)) >= 4
        assert ran.translated == [TF, SEED, TF_KERAS]

    def test_tensorflow_2_with_callbacks(self, tutorial):
        ran = tutorial("tf2_callbacks")
        assert "Reached 93%, stopping after epoch" in ran.out
        assert number_after("best:", ran.out) > 0.9
        assert number_after("", ran.out.partition("epochs of 30")[0].splitlines()[-1]) < 30

    def test_keras_3(self, tutorial, folder):
        ran = tutorial("keras_3_cnn")
        assert "(None, 5, 5, 16)" in ran.out
        assert number_after("Test accuracy:", ran.out) > 0.8
        assert ran.translated[0] == KERAS
        assert (folder / "digits.keras").is_file()

    def test_a_books_cells(self, tutorial, folder):
        ran = tutorial("book_manner")
        assert ran.out.startswith("3 uint8 1438\n")
        assert number_after("test_acc:", ran.out) > 0.9
        assert (folder / "book_manner-figure-1.png").is_file()

    def test_a_video_course_whose_pictures_have_no_axis_for_channels(self, tutorial, folder):
        ran = tutorial("video_course")
        assert re.search(r"Ответ сети: (\d) верно: \1\n", ran.out)
        assert 0 < number_after("Ошибок:", ran.out) < 40
        assert "samples of shape (28, 28) are read as (28, 28, 1)" in ran.translated
        assert ran.err == "Figure 1 is in video_course-figure-1.png\nFigure 1 is in video_course-figure-2.png\n"

    def test_a_notebook_of_colab(self, tutorial):
        ran = tutorial("notebook_of_colab")
        assert number_after("last epoch:", ran.out) > 0.85
        right, count = map(int, re.findall(r"(\d+) of (\d+)", ran.out)[0])
        assert number_after("accuracy:", ran.out) == pytest.approx(right / count, abs=0.001)
        assert right / count > 0.85
        assert [line for line in ran.translated if line.startswith("line ")] == [
            "line 1: !pip install -q tensorflow==2.1.0 → left out, a notebook's line",
            "line 4: %tensorflow_version 2.x → left out, a notebook's line",
            "line 7: %matplotlib inline → left out, a notebook's line",
        ]
        assert "tf.train.AdamOptimizer → glassnet.keras.optimizers.Adam" in ran.translated

    def test_the_other_package_called_mnist(self, tutorial):
        ran = tutorial("blog_with_its_own_loader")
        assert "same answers: True" in ran.out
        assert number_after("accuracy", ran.out.partition("same")[2]) > 0.85


@pytest.mark.mnist
class TestRealDigits:
    def test_one_layer_of_the_article(self, tutorial, mnist_folder):
        ran = tutorial("one_layer_numpy", str(mnist_folder))
        assert ran.out.startswith("list list 60000 784 255\n")
        assert 0.84 < number_after("accuracy", ran.out) < 0.9  # readers saw 0.8697 to 0.8817

    @pytest.mark.usefixtures("mnist_folder")
    def test_a_network_in_tensorflows_words(self, tutorial):
        ran = tutorial("digits_dense_tfds")
        assert ran.out.startswith("(60000, 28, 28, 1) [5 0 4 1 9]\n")
        assert number_after("Точность:", ran.out) > 0.85
