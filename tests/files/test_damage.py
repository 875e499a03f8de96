"""Files that nobody meant to be wrong: cut short, damaged, or read while they are written."""

import threading

import numpy as np
import pytest

from glassnet.errors import ChecksumError, ModelFileError
from glassnet.files import TrainedModel, load, load_checkpoint, save, save_checkpoint
from glassnet.layers import Dense
from glassnet.model import Sequential
from tests.files.crafting import good, read

kinds = pytest.mark.parametrize("kind", ["model", "checkpoint"])


@kinds
def test_row_10_truncated_at_every_byte(tmp_path, kind):
    file = good(kind, tmp_path)
    path = tmp_path / "file"
    for length in range(len(file)):
        path.write_bytes(file[:length])
        with pytest.raises(ModelFileError, match=r"Cannot read '.*/file': it"):
            read(kind, path)


@kinds
def test_row_10_a_byte_too_many(tmp_path, kind):
    (tmp_path / "file").write_bytes(good(kind, tmp_path) + b"\0")
    with (
        pytest.raises(ChecksumError, match="cut short or damaged") if kind == "model" else pytest.raises(ModelFileError)
    ):
        read(kind, tmp_path / "file")


def smallest(kind, folder):
    """The fewest bits there are: a checkpoint, or a model of two numbers."""
    if kind == "model":
        save(TrainedModel(Sequential([Dense(1)], (1,))), folder / "smallest")
        return (folder / "smallest").read_bytes()
    return good(kind, folder)


@kinds
def test_row_11_every_single_flipped_bit_is_found(tmp_path, kind):
    file = bytearray(smallest(kind, tmp_path))
    path = tmp_path / "file"
    by_checksum = 0
    for bit in range(8 * len(file)):
        file[bit // 8] ^= 1 << bit % 8
        path.write_bytes(file)
        with pytest.raises(ModelFileError, match=r"Cannot read '.*/file': it") as caught:
            read(kind, path)
        by_checksum += "its bytes are not those that were written" in str(caught.value)
        file[bit // 8] ^= 1 << bit % 8
    assert by_checksum >= 8 * (len(file) - 53)  # the first 53 bytes tell a model file from others before that
    path.write_bytes(file)
    read(kind, path)


def constant(value):
    """A model whose every number is `value`, more than one page of them."""
    network = Sequential([Dense(64)], (64,), seed=None)
    network.vectors.weights[:] = value
    return TrainedModel(network, receipt={"value": value}, history={"loss": [float(value)] * 100})


def test_row_14_a_file_that_is_saved_while_it_is_read_is_old_or_new(tmp_path):
    path = tmp_path / "model"
    save(constant(0), path)
    ended = threading.Event()
    seen = set()
    failures = []

    def reader():
        try:
            while not ended.is_set():
                trained = load(path)
                values = {
                    trained.receipt["value"],
                    *np.unique(trained.network.vectors.weights),
                    *trained.history["loss"],
                }
                assert len(values) == 1
                seen.update(values)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=reader) for _ in range(2)]
    for thread in threads:
        thread.start()
    for value in range(1, 101):
        save(constant(value), path)
    ended.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert seen <= set(range(101))
    assert load(path).receipt == {"value": 100}


def loaded(path):
    found = load_checkpoint(path)
    assert found is not None
    return found


def test_row_80_a_corrupt_checkpoint_gives_way_to_the_one_before_it_and_says_so(tmp_path):
    path = tmp_path / "run.checkpoint"
    for step in range(3):
        save_checkpoint(path, {"step": step}, {"weights": np.full(3, float(step))})
    content, tensors, note = loaded(path)
    assert (content, note) == ({"step": 2}, "")
    damaged = bytearray(path.read_bytes())
    damaged[-1] ^= 1
    for broken in (bytes(damaged), b"", bytes(damaged[:100])):
        path.write_bytes(broken)
        content, tensors, note = loaded(path)
        assert content == {"step": 1}
        np.testing.assert_array_equal(tensors["weights"], [1.0, 1.0, 1.0])
        assert note.startswith(f"Cannot read {str(path)!r}: it")
        assert note.endswith(f"The checkpoint before it is taken, '{path}.previous'.")
