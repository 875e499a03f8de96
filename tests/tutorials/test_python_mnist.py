from array import array

import numpy as np
import pytest

from glassnet.data import write_idx
from glassnet.errors import DataFileError, ParameterError
from glassnet.tutorials.python_mnist import MNIST

PICTURES = np.arange(3 * 28 * 28, dtype=np.uint8).reshape(3, 28, 28)
LABELS = np.array([7, 0, 9], np.uint8)


@pytest.fixture(params=["", ".gz"], ids=["plain", "gzip"])
def samples(request, tmp_path):
    for part, count in (("train", 3), ("t10k", 2)):
        write_idx(tmp_path / f"{part}-images-idx3-ubyte{request.param}", PICTURES[:count])
        write_idx(tmp_path / f"{part}-labels-idx1-ubyte{request.param}", LABELS[:count])
    return tmp_path


def test_pictures_are_lists_and_labels_an_array_of_bytes(samples):
    loader = MNIST(str(samples))
    images, labels = loader.load_training()
    assert images == PICTURES.reshape(3, 784).tolist()
    assert labels == array("B", [7, 0, 9])
    assert (loader.train_images, loader.train_labels) == (images, labels)
    images, labels = loader.load_testing()
    assert (len(images), len(images[1]), list(labels)) == (2, 784, [7, 0])
    assert (loader.test_images, loader.test_labels) == (images, labels)


def test_arrays_where_they_are_asked_for(samples):
    images, labels = MNIST(samples, return_type="numpy").load_training()
    np.testing.assert_array_equal(images, PICTURES.reshape(3, 784))
    np.testing.assert_array_equal(labels, LABELS)


def test_gz_says_which_of_two_files_is_meant(tmp_path):
    for end, label in (("", 1), (".gz", 2)):
        write_idx(tmp_path / f"train-images-idx3-ubyte{end}", PICTURES[:1])
        write_idx(tmp_path / f"train-labels-idx1-ubyte{end}", np.array([label], np.uint8))
    assert list(MNIST(tmp_path).load_training()[1]) == [1]
    assert list(MNIST(tmp_path, gz=True).load_training()[1]) == [2]
    loader = MNIST(tmp_path)
    loader.gz = True
    assert list(loader.load_training()[1]) == [2]


def test_names_with_a_point_as_some_archives_have_them(tmp_path):
    write_idx(tmp_path / "t10k-images.idx3-ubyte", PICTURES)
    write_idx(tmp_path / "t10k-labels.idx1-ubyte", LABELS)
    assert list(MNIST(tmp_path).load_testing()[1]) == [7, 0, 9]


def test_names_of_ones_own(tmp_path):
    write_idx(tmp_path / "cats", PICTURES)
    write_idx(tmp_path / "which", LABELS)
    loader = MNIST(tmp_path)
    loader.train_img_fname, loader.train_lbl_fname = "cats", "which"
    assert list(loader.load_training()[1]) == [7, 0, 9]
    assert list(loader.load(str(tmp_path / "cats"), str(tmp_path / "which"))[1]) == [7, 0, 9]


def test_training_in_pieces(samples):
    pieces = list(MNIST(samples).load_training_in_batches(2))
    assert [(len(images), list(labels)) for images, labels in pieces] == [(2, [7, 0]), (1, [9])]


def test_a_picture_in_signs():
    assert MNIST.display([0, 201, 200, 255], width=2) == "\n.@\n.@"
    assert MNIST.display([0, 201, 200, 255], width=4, threshold=100) == "\n.@@@"


def test_a_folder_where_nothing_lies(tmp_path):
    with pytest.raises(DataFileError) as caught:
        MNIST(str(tmp_path / "none")).load_training()
    assert caught.value.message == f"MNIST: there is no train-images-idx3-ubyte in {str(tmp_path / 'none')!r}."
    assert caught.value.hint.startswith("Name the folder with MNIST's four files, plain or .gz")


def test_pictures_and_labels_that_do_not_belong_together(tmp_path):
    write_idx(tmp_path / "train-images-idx3-ubyte", PICTURES)
    write_idx(tmp_path / "train-labels-idx1-ubyte", LABELS[:2])
    with pytest.raises(DataFileError, match=r"holds \(3, 28, 28\) and .* \(2,\): not a label for each picture."):
        MNIST(tmp_path).load_training()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"return_type": "list"}, "return_type must be one of lists, numpy. Got 'list'. Did you mean 'lists'?"),
        ({"mode": "randomly_binarized"}, "mode must be one of vanilla."),
    ],
)
def test_what_it_does_not_offer(options, said):
    with pytest.raises(ParameterError) as caught:
        MNIST(".", **options)
    assert said in str(caught.value)


def test_the_other_package_of_that_name(run, small_mnist):
    ran = run(
        "import mnist\n"
        "x, y = mnist.train_images(), mnist.train_labels()\n"
        "print(x.shape, x.dtype, y.shape, y.dtype, mnist.test_images().shape, mnist.test_labels()[:3])\n"
        "x[0] = 0\n"
    )
    first = " ".join(map(str, small_mnist.test.y[:3]))
    assert (ran.code, ran.out) == (0, f"(1438, 28, 28) uint8 (1438,) uint8 (359, 28, 28) [{first}]\n")
    assert ran.translated == ["mnist → glassnet.read_idx"]
