import gzip

import numpy as np
import pytest
from PIL import Image

from glassnet.atomic import SUFFIX
from glassnet.data import load_data, pack_folder, read_idx, unpack_folder, write_idx
from glassnet.data.pack import PackWarning
from glassnet.errors import DataError, DataFileError, OutputError, ParameterError


def picture(path, value=0, shape=(28, 28)):
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = (np.arange(np.prod(shape)).reshape(shape) + value).astype(np.uint8)
    Image.fromarray(pixels).save(path)
    return pixels


@pytest.fixture
def cats(tmp_path):
    """Two cats, three pictures."""
    source = tmp_path / "cats"
    picture(source / "Tom" / "1.png", 1)
    picture(source / "Tom" / "2.png", 2)
    picture(source / "Murr, мой" / "1.png", 3)
    (source / "Tom" / ".DS_Store").write_bytes(b"junk")
    (source / ".git").mkdir()
    (source / "notes.txt").write_text("about them")
    return source


def test_question_2_pictures_of_28_by_28_are_taken_pixel_for_pixel(cats, tmp_path):
    report = pack_folder(cats, tmp_path / "out")
    assert report.counts == {"Murr, мой": 1, "Tom": 2}
    assert report.folder == tmp_path / "out"
    assert sorted(path.name for path in report.folder.iterdir()) == [
        "classes.txt",
        "train-images-idx3-ubyte.gz",
        "train-labels-idx1-ubyte.gz",
    ]
    assert read_idx(tmp_path / "out" / "train-labels-idx1-ubyte.gz").tolist() == [0, 1, 1]
    images = read_idx(tmp_path / "out" / "train-images-idx3-ubyte.gz")
    assert images[2].tolist() == picture(tmp_path / "again.png", 2).tolist()


def test_question_1_a_set_of_ones_own_comes_back_with_its_names(tmp_path):
    for k in range(5):
        picture(tmp_path / "cats" / "Tom" / f"{k}.png", k)
        picture(tmp_path / "cats" / "Murr" / f"{k}.png", 100 + k)
    pack_folder(tmp_path / "cats", tmp_path / "out")
    train, test = load_data(tmp_path / "out", 0)
    assert train.classes == test.classes == ("Murr", "Tom")
    assert (train.x.shape, test.x.shape) == ((8, 28, 28, 1), (2, 28, 28, 1))


def test_the_same_pictures_give_the_same_bytes(cats, tmp_path):
    files = [pack_folder(cats, tmp_path / name).folder / "train-images-idx3-ubyte.gz" for name in ("a", "b")]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_folders_called_by_numbers_are_labels(tmp_path):
    for name in ("10", "9", "3"):
        picture(tmp_path / "own" / name / "p.png", int(name))
    pack_folder(tmp_path / "own", tmp_path / "out")
    assert not (tmp_path / "out" / "classes.txt").exists()
    assert read_idx(tmp_path / "out" / "train-labels-idx1-ubyte.gz").tolist() == [10, 3, 9]


@pytest.mark.parametrize("names", [("1", "two"), ("01", "02"), ("255", "256"), ("٣", "٤")])
def test_other_names_are_names(tmp_path, names):
    for name in names:
        picture(tmp_path / "own" / name / "p.png")
    pack_folder(tmp_path / "own", tmp_path / "out")
    assert (tmp_path / "out" / "classes.txt").read_text("utf-8").split() == sorted(names)


@pytest.mark.parametrize(
    ("shape", "inside"),
    [
        ((56, 56), np.s_[:, :]),
        ((14, 14), np.s_[:, :]),
        ((28, 14), np.s_[:, 7:21]),
        ((10, 28), np.s_[9:19, :]),
        ((100, 50), np.s_[:, 7:21]),
        ((1, 1), np.s_[:, :]),
        ((1, 10_000), np.s_[13:14, :]),
        ((10_000, 1), np.s_[:, 13:14]),
    ],
)
def test_row_20_the_shape_of_a_picture_is_kept(tmp_path, shape, inside):
    path = tmp_path / "own" / "0" / "p.png"
    path.parent.mkdir(parents=True)
    pixels = np.full(shape, 40, np.uint8)
    pixels[shape[0] // 4 : shape[0] - shape[0] // 4, shape[1] // 4 : shape[1] - shape[1] // 4] = 200
    pixels[[0, -1]] = pixels[:, [0, -1]] = 40
    Image.fromarray(pixels).save(path)
    pack_folder(tmp_path / "own", tmp_path / "out")
    packed = read_idx(tmp_path / "out" / "train-images-idx3-ubyte.gz")[0]
    outside = np.ones((28, 28), bool)
    outside[inside] = False
    assert (packed[outside] == 40).all()
    if min(shape) > 1:
        assert (packed[inside] > 190).any()


def test_another_size(cats, tmp_path):
    pack_folder(cats, tmp_path / "out", size=(8, 12))
    assert read_idx(tmp_path / "out" / "train-images-idx3-ubyte.gz").shape == (3, 8, 12)


def test_question_2_own_digits_are_added_to_a_set(tmp_path):
    old = np.zeros((3, 28, 28), np.uint8)
    write_idx(tmp_path / "set-images", old)
    target = tmp_path / "set"
    target.mkdir()
    write_idx(target / "train-images.idx3-ubyte", old)
    write_idx(target / "train-labels-idx1-ubyte.gz", np.array([5, 0, 4], np.uint8))
    mine = picture(tmp_path / "own" / "7" / "p.png")
    assert pack_folder(tmp_path / "own", target, append=True).counts == {"7": 1}
    assert sorted(path.name for path in target.iterdir()) == ["train-images.idx3-ubyte", "train-labels-idx1-ubyte.gz"]
    assert read_idx(target / "train-labels-idx1-ubyte.gz").tolist() == [5, 0, 4, 7]
    assert read_idx(target / "train-images.idx3-ubyte")[3].tolist() == mine.tolist()
    picture(tmp_path / "named" / "cat" / "p.png")
    with pytest.raises(DataError, match=r"no classes\.txt: its classes are numbers, the new ones are cat\. Call the"):
        pack_folder(tmp_path / "named", target, append=True)


@pytest.mark.parametrize(("ground", "ink"), [(0, 255), (255, 20)])
def test_question_2_own_digits_with_paper_and_ink_swapped(tmp_path, ground, ink):
    """Who adds ink on paper to MNIST's light ink on a dark ground is warned, and told what to do."""
    digit = np.full((28, 28), ground, np.uint8)
    digit[8:20, 12:16] = ink
    for name, pixels in (("set", digit), ("own", 255 - digit)):
        (tmp_path / name / "7").mkdir(parents=True)
        for k in range(3):
            Image.fromarray(pixels).save(tmp_path / name / "7" / f"{k}.png")
    out = pack_folder(tmp_path / "set", tmp_path / "out").folder
    pack_folder(tmp_path / "own", out, append=True, invert=True)
    x = read_idx(out / "train-images-idx3-ubyte.gz")
    assert np.abs(x.astype(int) - digit).max() == 0
    paper, around = ("light", "dark") if ground == 0 else ("dark", "light")
    said = f"3 of 3 pictures are {paper} at their edge, where those of the set are {around}: .* --invert swaps"
    with pytest.warns(PackWarning, match=said):
        pack_folder(tmp_path / "own", out, append=True)


def test_new_classes_come_behind_the_old_ones(cats, tmp_path):
    pack_folder(cats, tmp_path / "out")
    picture(tmp_path / "more" / "Alice" / "p.png", 9)
    picture(tmp_path / "more" / "Tom" / "p.png", 8)
    pack_folder(tmp_path / "more", tmp_path / "out", append=True)
    assert (tmp_path / "out" / "classes.txt").read_text("utf-8") == "Murr, мой\nTom\nAlice\n"
    assert read_idx(tmp_path / "out" / "train-labels-idx1-ubyte.gz").tolist() == [0, 1, 1, 2, 1]


def test_append_where_there_is_nothing(cats, tmp_path):
    with pytest.raises(DataError, match="holds no training files to add to"):
        pack_folder(cats, tmp_path / "out", append=True)


def test_append_pictures_of_another_size(cats, tmp_path):
    pack_folder(cats, tmp_path / "out", size=(8, 8))
    with pytest.raises(DataError, match=r"holds pictures \(8, 8, 1\) .*\(28, 28, 1\) .*Give the size that it holds"):
        pack_folder(cats, tmp_path / "out", append=True)


@pytest.mark.parametrize("name", ["classes.txt", "t10k-labels-idx1-ubyte", "train-images.idx3-ubyte.gz"])
def test_row_60_a_data_set_is_not_written_over(cats, tmp_path, name):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_bytes(b"old")
    with pytest.raises(OutputError, match=r"holds a data set already. Add to it with append"):
        pack_folder(cats, tmp_path / "out")
    assert [path.read_bytes() for path in (tmp_path / "out").iterdir()] == [b"old"]


def test_a_picture_that_cannot_be_read_is_named_and_nothing_is_written(cats, tmp_path):
    (cats / "Tom" / "3.png").write_bytes((cats / "Tom" / "1.png").read_bytes()[:60])
    with pytest.raises(DataFileError, match=r"Cannot read '.*Tom.*3\.png' as a picture"):
        pack_folder(cats, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_row_77_a_failure_while_writing_leaves_the_old_files(cats, tmp_path, monkeypatch):
    out = pack_folder(cats, tmp_path / "out").folder
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    calls = []

    def fails_late(*args, **named):
        calls.append(args)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("glassnet.data.pack.encode_idx", fails_late)
    with pytest.raises(OutputError, match="No space left"):
        pack_folder(cats, out, append=True)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_folder_without_folders_or_pictures(tmp_path):
    with pytest.raises(DataError, match=r"holds no folders\. Make one for each class"):
        pack_folder(tmp_path, tmp_path / "out")
    (tmp_path / "cat").mkdir()
    with pytest.raises(DataError, match=r"cat' holds no pictures"):
        pack_folder(tmp_path, tmp_path / "out")
    with pytest.raises(DataError, match=r"Cannot read the folder '.*none': No such file"):
        pack_folder(tmp_path / "none", tmp_path / "out")


def test_a_folder_inside_a_class_is_not_passed_over(cats, tmp_path):
    (cats / "Tom" / "old").mkdir()
    with pytest.raises(DataFileError, match=r"Tom/old' is a folder\. Name the pictures in it: "):
        pack_folder(cats, tmp_path / "out")


@pytest.mark.parametrize("name", ["two\nlines", "re\rturn", "not text \udcff"])
def test_row_59_names_that_no_line_can_hold(tmp_path, name):
    picture(tmp_path / "own" / name / "p.png")
    with pytest.raises(DataError, match=r"does not fit into a line of classes\.txt"):
        pack_folder(tmp_path / "own", tmp_path / "out")


def test_more_classes_than_a_byte_can_count(tmp_path):
    for k in range(257):
        picture(tmp_path / "own" / f"c{k}" / "p.png")
    with pytest.raises(DataError, match="There are 257 classes, 256 are the most"):
        pack_folder(tmp_path / "own", tmp_path / "out")


@pytest.mark.parametrize("size", [(0, 28), (28, -1), (28.0, 28), (28, 70_000)])
def test_sizes_outside_are_refused(cats, tmp_path, size):
    with pytest.raises(ParameterError, match=r"Fit: (height|width) must be a whole number"):
        pack_folder(cats, tmp_path / "out", size=size)


def test_unpacked_pictures_are_those_that_were_packed(cats, tmp_path):
    pack_folder(cats, tmp_path / "packed")
    report = unpack_folder(tmp_path / "packed", tmp_path / "pictures")
    assert report.counts == {"Murr, мой": 1, "Tom": 2}
    written = sorted(str(path.relative_to(report.folder)) for path in report.folder.rglob("*.png"))
    assert written == ["train/Murr, мой/00000.png", "train/Tom/00001.png", "train/Tom/00002.png"]
    pack_folder(tmp_path / "pictures" / "train", tmp_path / "again")
    for path in (tmp_path / "packed").iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


def test_unpacked_parts_and_colours(tmp_path):
    colours = np.arange(2 * 4 * 4 * 3, dtype=np.uint8).reshape(2, 4, 4, 3)
    for part in ("train", "t10k"):
        write_idx(tmp_path / f"{part}-images-idx4-ubyte", colours)
        write_idx(tmp_path / f"{part}-labels-idx1-ubyte", np.array([7, 2], np.uint8))
    assert unpack_folder(tmp_path, tmp_path / "out").counts == {"2": 2, "7": 2}
    assert np.asarray(Image.open(tmp_path / "out" / "test" / "2" / "00001.png")).tolist() == colours[1].tolist()


@pytest.mark.parametrize("name", ["../out", "/tmp/out", "..", ".hidden", "a\\b", "C:", "a/b"])
def test_row_09_class_names_that_lead_elsewhere(tmp_path, name):
    write_idx(tmp_path / "train-images-idx3-ubyte", np.zeros((1, 2, 2), np.uint8))
    write_idx(tmp_path / "train-labels-idx1-ubyte", np.zeros(1, np.uint8))
    (tmp_path / "classes.txt").write_text(name)
    with pytest.raises(DataFileError, match=r"in classes\.txt is no name for a folder"):
        unpack_folder(tmp_path, tmp_path / "pictures")
    assert not (tmp_path / "pictures").exists()


def test_row_30_unpacking_a_label_beyond_the_names(tmp_path):
    write_idx(tmp_path / "train-images-idx3-ubyte", np.zeros((1, 2, 2), np.uint8))
    write_idx(tmp_path / "train-labels-idx1-ubyte", np.array([9], np.uint8))
    (tmp_path / "classes.txt").write_text("a\nb\n")
    with pytest.raises(DataError, match="row 0 has the label 9"):
        unpack_folder(tmp_path, tmp_path / "pictures")


def test_unpacking_what_is_no_picture(tmp_path):
    write_idx(tmp_path / "train-images-idx3-ubyte", np.zeros((1, 2, 2), np.float32))
    write_idx(tmp_path / "train-labels-idx1-ubyte", np.zeros(1, np.uint8))
    with pytest.raises(DataFileError, match=r"Pictures are uint8 .* These are float32"):
        unpack_folder(tmp_path, tmp_path / "pictures")


def test_unpacking_nothing(tmp_path):
    with pytest.raises(DataFileError, match="holds no IDX files"):
        unpack_folder(tmp_path, tmp_path / "pictures")


def test_row_60_unpacking_over_something(cats, tmp_path):
    pack_folder(cats, tmp_path / "packed")
    with pytest.raises(OutputError, match=r"cats' exists already. Choose another name"):
        unpack_folder(tmp_path / "packed", cats)


def test_row_77_a_failure_while_unpacking_leaves_nothing(cats, tmp_path, monkeypatch):
    pack_folder(cats, tmp_path / "packed")
    original = Image.Image.save

    def fails_late(self, path, *args, **named):
        if path.name == "00002.png":
            raise OSError(28, "No space left on device")
        original(self, path, *args, **named)

    monkeypatch.setattr(Image.Image, "save", fails_late)
    with pytest.raises(OutputError, match=r"Cannot write '.*pictures': No space left"):
        unpack_folder(tmp_path / "packed", tmp_path / "pictures")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cats", "packed"]
    assert not list(tmp_path.rglob(f"*{SUFFIX}"))


@pytest.mark.mnist
def test_question_2_own_pictures_are_added_to_mnist(mnist_folder, tmp_path):
    target = tmp_path / "mnist"
    target.mkdir()
    for path in mnist_folder.glob("t10k*"):  # the smaller part, to be quick
        (target / path.name.replace("t10k", "train")).write_bytes(path.read_bytes())
    picture(tmp_path / "own" / "4" / "p.png")
    pack_folder(tmp_path / "own", target, append=True)
    train, test = load_data(target, 0)
    assert len(train) + len(test) == 10_001
    assert train.classes == tuple(range(10))
    assert gzip.decompress((target / "train-labels-idx1-ubyte.gz").read_bytes())[-1] == 4
