import gzip
import hashlib
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import platformdirs
import pytest

from glassnet.data import load_data, mnist, write_idx
from glassnet.errors import DataFileError, OutputError
from glassnet.preparation import DigitBox, Preparation, Scale

COUNTS = {"train": 6, "t10k": 4}


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A folder with four tiny files whose checksums stand for MNIST's."""
    folder = tmp_path / "source"
    folder.mkdir()
    checksums = {}
    for part, count in COUNTS.items():
        images = np.arange(count * 784, dtype=np.uint8).reshape(count, 28, 28)
        for name, array in ((f"{part}-images-idx3-ubyte", images), (f"{part}-labels-idx1-ubyte", images[:, 0, 0] % 10)):
            write_idx(folder / f"{name}.gz", array)
            checksums[name] = hashlib.sha256(gzip.decompress((folder / f"{name}.gz").read_bytes())).hexdigest()
    monkeypatch.setattr(mnist, "CHECKSUMS", checksums)
    monkeypatch.setattr(mnist, "MIRRORS", ())
    return folder


@pytest.fixture
def serve():
    """Serves folders on this machine; gives their addresses."""
    servers = []

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    def start(folder):
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def cache():
    return Path(platformdirs.user_cache_dir("glassnet"), "mnist")


@pytest.fixture(autouse=True)
def empty_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert tmp_path in cache().parents


def copied(source, target):
    """The files of one folder in another, unpacked."""
    target.mkdir(parents=True)
    for path in source.iterdir():
        (target / path.stem).write_bytes(gzip.decompress(path.read_bytes()))
    return target


def test_files_in_glassnet_data(small, tmp_path, monkeypatch):
    copied(small, tmp_path / "data" / "mnist")
    monkeypatch.setenv("GLASSNET_DATA", str(tmp_path / "data"))
    train, test = load_data("mnist", 0)
    assert (train.x.shape, train.x.dtype, train.name) == ((6, 28, 28, 1), np.uint8, "mnist")
    assert test.x.shape == (4, 28, 28, 1)
    assert train.classes == tuple(range(10))
    assert train.preparation == Preparation((DigitBox(28, 20, "mass", 255),), Scale(1 / 255))


def test_files_in_the_cache(small, tmp_path, monkeypatch):
    copied(small, cache())
    monkeypatch.setenv("GLASSNET_DATA", str(tmp_path / "none"))
    assert len(load_data("mnist", 0).train) == 6


def test_a_wrong_file_is_named(small):
    write_idx(copied(small, cache()) / "t10k-labels-idx1-ubyte", np.zeros(4, np.uint8))
    with pytest.raises(
        DataFileError, match=r"t10k-labels-idx1-ubyte' is not the t10k-labels-idx1-ubyte of MNIST: .*Remove it"
    ):
        load_data("mnist", 0)


def test_the_second_mirror_is_asked_where_the_first_is_broken(small, serve, tmp_path, monkeypatch):
    broken, empty = tmp_path / "broken", tmp_path / "empty"
    broken.mkdir()
    empty.mkdir()
    for path in small.iterdir():
        (broken / path.name).write_bytes(path.read_bytes()[:-3])
    monkeypatch.setattr(mnist, "MIRRORS", (serve(broken), serve(empty), serve(small)))
    assert len(load_data("mnist", 0).test) == 4
    assert {path.name for path in cache().iterdir()} == {path.name for path in small.iterdir()}

    monkeypatch.setattr(mnist, "MIRRORS", ())  # the next time nothing is fetched
    assert len(load_data("mnist", 0).train) == 6


def test_a_wrong_checksum_is_not_kept(small, serve, monkeypatch):
    write_idx(small / "train-images-idx3-ubyte.gz", np.zeros((6, 28, 28), np.uint8))
    monkeypatch.setattr(mnist, "MIRRORS", (serve(small),))
    with pytest.raises(
        DataFileError, match=r"could not be downloaded .*'train-images-idx3-ubyte' has a wrong checksum"
    ):
        load_data("mnist", 0)
    assert not cache().exists()


def test_no_more_than_the_cap_is_fetched(small, serve, monkeypatch):
    monkeypatch.setattr(mnist, "MIRRORS", (serve(small),))
    monkeypatch.setattr(mnist, "LARGEST", 100)
    with pytest.raises(DataFileError, match="more than 100 bytes came"):
        load_data("mnist", 0)


def test_an_error_page_and_a_closed_port(small, serve, monkeypatch, tmp_path):
    nowhere = serve(tmp_path / "none")
    monkeypatch.setattr(mnist, "MIRRORS", (nowhere, "http://127.0.0.1:1/"))
    with pytest.raises(
        DataFileError, match=r"from http://127.* \(HTTP Error 404: .*\) or .*:1/ \(Connection refused\)\. "
    ):
        load_data("mnist", 0)


def test_without_a_network_one_sentence_offers_digits():
    with pytest.raises(DataFileError) as caught:
        load_data("mnist", 0)
    assert caught.value.message.startswith("MNIST is not on this machine and could not be downloaded from https://")
    assert str(caught.value).count(". ") == 1
    assert caught.value.hint.endswith("or use 'digits', which is always there.")
    assert str(cache()) in caught.value.hint


def test_a_cache_that_cannot_be_made(small, serve, tmp_path, monkeypatch):
    monkeypatch.setattr(mnist, "MIRRORS", (serve(small),))
    (tmp_path / "cache").write_text("a file where the folder is meant")
    with pytest.raises(OutputError, match=r"Cannot make the folder .*Set GLASSNET_DATA"):
        load_data("mnist", 0)


@pytest.mark.mnist
def test_the_real_files(mnist_folder):
    train, test = load_data("mnist", 0)
    assert (train.x.shape, test.x.shape) == ((60000, 28, 28, 1), (10000, 28, 28, 1))
    assert train.y[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert np.bincount(test.y).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]


@pytest.mark.mnist
def test_mnist_needs_no_scikit_learn(mnist_folder):
    code = "import sys; from glassnet.data import load_data; load_data('mnist', 0); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "glassnet.data" in loaded
    assert not {"sklearn", "scipy", "cv2", "PIL", "matplotlib", "urllib.request"} & set(loaded)
