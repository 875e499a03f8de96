import io
import pickle
import zipfile

import numpy as np
import pytest

from glassnet.data import load_data, load_npz, read_npz
from glassnet.errors import DataError, DataFileError, ParameterError
from glassnet.preparation import Number, Scale

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(5, 3, (40, 3))
LABELS = np.array(["a", "b"] * 20)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data.npz"


def npy(array):
    """The bytes of an array in NumPy's format."""
    buffer = io.BytesIO()
    np.lib.format.write_array(buffer, np.asarray(array), allow_pickle=True)
    return buffer.getvalue()


def archive(path, **members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(f"{name}.npy", content)


def test_features_with_names_are_the_columns_of_a_table(path):
    np.savez(path, x=X, y=LABELS, names=["height", "weight", "age"])
    train, test = load_npz(path)
    columns = train.preparation.columns
    assert columns is not None
    assert columns.columns == tuple(map(Number, ("height", "weight", "age"), np.median(train.x, 0).tolist()))
    assert (len(train), len(test), train.classes) == (32, 8, ("a", "b"))
    scaled = train.preparation.scale(train.x, np.float64)
    assert (scaled.mean(0), scaled.std(0)) == (pytest.approx(np.zeros(3), abs=1e-12), pytest.approx(np.ones(3)))
    assert load_data(path).train.fingerprint == train.fingerprint


def test_samples_that_are_given_for_the_test(path):
    np.savez_compressed(path, x=X, y=np.arange(40) % 3, x_test=X[:5], y_test=[2, 1, 0, 2, 1])
    train, test = load_npz(path)
    assert (train.x.tolist(), test.labels) == (X.tolist(), [2, 1, 0, 2, 1])
    assert train.preparation == test.preparation


@pytest.mark.parametrize(
    ("y", "classes"),
    [
        (np.arange(40) % 3, (0, 1, 2)),
        (np.arange(40.0) % 2, (0, 1)),
        (np.eye(2)[np.arange(40) % 2], (0, 1)),
        (LABELS.astype("S1"), ("a", "b")),
        (np.arange(40) % 2 == 0, (False, True)),
        (np.linspace(0, 1, 40), None),
        (np.arange(40), None),
        (X[:, :2], None),
    ],
)
def test_what_targets_are(path, y, classes):
    np.savez(path, x=X, y=y)
    assert load_npz(path).train.classes == classes
    assert (load_npz(path).train.preparation.target == Scale()) == (classes is not None)


def test_the_kind_of_the_target_can_be_forced(path):
    np.savez(path, x=X, y=np.arange(40) % 3)
    assert load_npz(path, task="numbers").train.y.shape == (32, 1)


def test_pictures(path):
    np.savez(path, x=np.zeros((40, 4, 5), np.uint8), y=LABELS)
    train = load_npz(path).train
    assert (train.sample_shape, train.preparation.scale) == ((4, 5, 1), Scale(1 / 255))
    np.savez(path, x=RANDOM.normal(size=(40, 4, 5, 3)), y=LABELS)
    assert load_npz(path).train.sample_shape == (4, 5, 3)


def test_fortran_order(path):
    np.savez(path, x=np.asfortranarray(X), y=LABELS)
    assert read_npz(path)["x"].tolist() == X.tolist()


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"x": X}, "data.npz holds x; x and y go together"),
        ({"z": X}, "holds none of x and y"),
        ({"x": X, "y": LABELS, "x_test": X}, "x and y go together"),
        ({"x": X, "y": LABELS[:-1]}, "x has 40 samples, but y has the shape"),
        ({"x": X, "y": LABELS, "names": ["a", "b"]}, "x has 3 features, names the shape"),
        (
            {"x": X, "y": LABELS, "x_test": X[:, :2], "y_test": LABELS},
            r"samples of x have shape \(3,\), x_test's \(2,\)",
        ),
        ({"x": np.where(X > 5, np.nan, X), "y": LABELS}, "row 0 holds nan|holds nan"),
        ({"x": X.astype(complex), "y": LABELS}, "x holds complex128, where numbers or texts belong"),
        ({"x": X, "y": LABELS, "x_test": X, "y_test": ["c"] * 40}, "label 'c', which is not one of the classes"),
    ],
)
def test_arrays_that_do_not_fit(path, arrays, said):
    np.savez(path, **arrays)
    with pytest.raises(DataError, match=said):
        load_npz(path)


def test_row_01_objects_are_never_read(path):
    class Bomb:
        def __reduce__(self):
            return pytest.fail, ("it went off",)

    archive(path, x=npy(np.array([Bomb()], object)), y=npy([0]))
    with pytest.raises(DataFileError, match=r"x holds object, where numbers or texts belong\. Objects are never read"):
        read_npz(path)
    archive(path, x=pickle.dumps(Bomb()), y=npy([0]))
    with pytest.raises(DataFileError, match="is no archive of arrays"):
        read_npz(path)


def header(shape, kind="<f8"):
    """The header of an array of this shape, and no data."""
    buffer = io.BytesIO()
    np.lib.format.write_array_header_1_0(buffer, {"descr": kind, "fortran_order": False, "shape": shape})
    return buffer.getvalue()


@pytest.mark.parametrize("shape", [(2**62,), (10**9, 10**9), (2**40, 3), (5,), (-1, 4), (0, 2**62)])
def test_sizes_are_held_against_the_bytes_before_anything_is_allocated(path, shape):
    archive(path, x=header(shape) + bytes(32), y=npy([0]))
    with pytest.raises(DataFileError, match=r"x of \(.*\) float64 does not fit its 32 bytes"):
        read_npz(path)


def test_more_than_the_memory(path, monkeypatch):
    np.savez(path, x=X, y=LABELS)
    monkeypatch.setattr("os.sysconf", lambda name: 16)
    with pytest.raises(ParameterError, match=r"The arrays in '.*data.npz' would need about"):
        read_npz(path)


@pytest.mark.parametrize("cut", [10, 100, 400])
def test_truncated(path, cut):
    np.savez(path, x=X, y=LABELS)
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(DataFileError, match="is no archive of arrays"):
        read_npz(path)


def test_a_flipped_bit(path):
    np.savez(path, x=X, y=LABELS)
    data = bytearray(path.read_bytes())
    data[300] ^= 1
    path.write_bytes(data)
    with pytest.raises(DataFileError, match=r"is no archive of arrays: Bad CRC-32"):
        read_npz(path)
