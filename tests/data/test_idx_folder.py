import numpy as np
import pytest

from glassnet.data import read_idx_folder, write_idx
from glassnet.data.idx_folder import DIGITS
from glassnet.errors import DataFileError
from glassnet.preparation import Preparation, Scale

IMAGES = np.arange(10 * 4 * 5, dtype=np.uint8).reshape(10, 4, 5)
LABELS = np.array([3, 7, 3, 7, 3, 7, 3, 7, 3, 7], np.uint8)


@pytest.fixture
def folder(tmp_path):
    """Ten pictures to learn from, four to test with."""
    place = tmp_path / "mine"
    place.mkdir()
    put(place, IMAGES, LABELS)
    put(place, IMAGES[:4], LABELS[:4], "t10k")
    return place


def put(place, images, labels, part="train"):
    write_idx(place / f"{part}-images-idx3-ubyte", images)
    write_idx(place / f"{part}-labels-idx1-ubyte.gz", labels)


def test_both_parts_are_read(folder):
    train, test = read_idx_folder(folder)
    assert train.x.shape == (10, 4, 5, 1)
    assert test.x.shape == (4, 4, 5, 1)
    assert train.x.dtype == np.uint8
    assert train.name == test.name == "mine"
    assert train.preparation == test.preparation == Preparation((), Scale(1 / 255))


def test_row_50_gapped_labels_are_the_classes(folder):
    train, test = read_idx_folder(folder)
    assert train.classes == test.classes == (3, 7)
    assert train.y.tolist() == [0, 1] * 5


@pytest.mark.parametrize(
    "images", ["train-images.idx3-ubyte", "train-images.idx3-ubyte.gz", "train-images-idx3-ubyte.gz"]
)
@pytest.mark.parametrize("labels", ["train-labels.idx1-ubyte", "train-labels.idx1-ubyte.gz", "train-labels-idx1-ubyte"])
def test_names_with_dots_and_gz(tmp_path, images, labels):
    write_idx(tmp_path / images, IMAGES)
    write_idx(tmp_path / labels, LABELS)
    (tmp_path / "train-images-idx3-ubyte").mkdir()  # as some archives unpack
    train, test = read_idx_folder(tmp_path)
    assert len(train) + len(test) == 10


def test_the_unpacked_file_is_taken_where_both_lie_there(folder):
    write_idx(folder / "train-images-idx3-ubyte.gz", IMAGES[:3])
    assert len(read_idx_folder(folder).train) == 10


def test_without_test_files_a_fifth_of_each_class_is_held_out(tmp_path):
    put(tmp_path, IMAGES, LABELS)
    train, test = read_idx_folder(tmp_path, seed=1)
    assert sorted(test.y.tolist()) == [0, 1]
    both = [*train.x[:, 0, 0, 0].tolist(), *test.x[:, 0, 0, 0].tolist()]
    assert sorted(both) == IMAGES[:, 0, 0].tolist()
    assert read_idx_folder(tmp_path, seed=1).test.fingerprint == test.fingerprint
    assert len({read_idx_folder(tmp_path, seed=seed).test.fingerprint for seed in range(5)}) > 1


def test_names_of_classes(folder):
    (folder / "classes.txt").write_bytes("a\r\nb\r\n名\r\nd e\r\n4\r\n5\r\n6\r\ncat\r\n".encode("utf-8-sig"))
    train, _ = read_idx_folder(folder)
    assert train.classes == ("a", "b", "名", "d e", "4", "5", "6", "cat")
    assert train.y.tolist() == LABELS.tolist()


@pytest.mark.parametrize("text", [b"", b"a\n\nb\n", b"a\nb\na\n"])
def test_names_of_classes_that_are_missing_or_the_same(folder, text):
    (folder / "classes.txt").write_bytes(text)
    with pytest.raises(DataFileError, match=r"classes\.txt' must hold a name of its own in each line"):
        read_idx_folder(folder)


def test_names_of_classes_in_another_encoding(folder):
    (folder / "classes.txt").write_bytes("é".encode("latin-1"))
    with pytest.raises(DataFileError, match=r"Cannot read '.*classes\.txt'.*UTF-8"):
        read_idx_folder(folder)


def test_digits_as_in_mnist_can_be_read_from_photos(tmp_path):
    images = np.zeros((20, 28, 28), np.uint8)
    put(tmp_path, images, np.arange(20, dtype=np.uint8) % 10)
    assert read_idx_folder(tmp_path).train.preparation == DIGITS
    put(tmp_path, images, np.arange(20, dtype=np.uint8) % 9)
    assert read_idx_folder(tmp_path).train.preparation == Preparation((), Scale(1 / 255))


def test_pictures_with_colours_and_tables_of_numbers(tmp_path):
    put(tmp_path, IMAGES.reshape(10, 2, 2, 5), LABELS)
    assert read_idx_folder(tmp_path).train.sample_shape == (2, 2, 5)
    put(tmp_path, IMAGES.reshape(10, 20).astype(np.float32), LABELS.astype(np.int32) * 100_000_000)
    train = read_idx_folder(tmp_path).train
    assert train.sample_shape == (20,)
    assert train.preparation == Preparation()


def test_no_idx_files(tmp_path):
    with pytest.raises(
        DataFileError, match=r"holds no IDX files to learn from\. The names are train-images-idx3-ubyte"
    ):
        read_idx_folder(tmp_path)
    with pytest.raises(DataFileError, match=r"Cannot read the folder '.*none': No such file"):
        read_idx_folder(tmp_path / "none")


@pytest.mark.parametrize(("gone", "there"), [("images", "labels"), ("labels", "images")])
def test_one_of_two_files(folder, gone, there):
    next(folder.glob(f"t10k-{gone}*")).unlink()
    with pytest.raises(DataFileError, match=f"holds t10k-{there}, but no t10k-{gone}"):
        read_idx_folder(folder)


def test_row_24_images_and_labels_swapped(folder):
    write_idx(folder / "train-images-idx3-ubyte", LABELS)
    write_idx(folder / "train-labels-idx1-ubyte.gz", IMAGES)
    with pytest.raises(
        DataFileError, match=r"holds labels \(10,\) and .* pictures \(10, 4, 5\)\. The two files are swapped"
    ):
        read_idx_folder(folder)


@pytest.mark.parametrize("labels", [np.ones(10, np.float32), np.ones((10, 2), np.uint8)])
def test_row_24_labels_that_are_none(folder, labels):
    write_idx(folder / "train-labels-idx1-ubyte.gz", labels)
    with pytest.raises(DataFileError, match="one whole number for each"):
        read_idx_folder(folder)


def test_row_29_counts_that_differ(folder):
    write_idx(folder / "train-labels-idx1-ubyte.gz", LABELS[:9])
    with pytest.raises(DataFileError, match=r"holds 10 pictures, but 'train-labels-idx1-ubyte\.gz' holds 9 labels"):
        read_idx_folder(folder)


def test_row_30_a_label_beyond_the_classes_that_occur(folder):
    put(folder, IMAGES[:4], np.array([3, 7, 8, 3], np.uint8), "t10k")
    with pytest.raises(
        DataFileError, match=r"t10k-labels: row 2 has the label 8, which is not one of the classes 3, 7\."
    ):
        read_idx_folder(folder)


def test_row_30_a_label_beyond_the_names(folder):
    (folder / "classes.txt").write_text("a\nb\nc\nd\n")
    with pytest.raises(DataFileError, match=r"train-labels: row 1 has the label 7, which is not .* 0, 1, 2, 3\."):
        read_idx_folder(folder)


def test_row_30_many_classes_are_not_all_listed(folder):
    (folder / "classes.txt").write_text("\n".join(f"c{k}" for k in range(30)))
    put(folder, IMAGES, np.full(10, 99, np.uint8))
    with pytest.raises(DataFileError, match=r"row 0 has the label 99, .* 18, 19, …\."):
        read_idx_folder(folder)


def test_pictures_of_two_shapes(folder):
    put(folder, IMAGES[:4, :2], LABELS[:4], "t10k")
    with pytest.raises(DataFileError, match=r"differ in shape: \(4, 5, 1\) to learn from, \(2, 5, 1\) to test with"):
        read_idx_folder(folder)


def test_row_40_numbers_that_are_not_finite(folder):
    images = IMAGES.astype(np.float32)
    images[6, 1, 2] = np.nan
    write_idx(folder / "train-images-idx3-ubyte", images)
    with pytest.raises(DataFileError, match="row 6 holds nan"):
        read_idx_folder(folder)
