import gzip
import struct
import tracemalloc

import numpy as np
import pytest

from glassnet.data import read_idx, write_idx
from glassnet.errors import DataError, DataFileError, OutputError

PIXELS = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
HEADER = b"\0\0\x08\x03" + struct.pack(">III", 2, 3, 4)
FILE = HEADER + PIXELS.tobytes()


@pytest.fixture(params=["plain", "gzip"])
def put(request, tmp_path):
    """Writes bytes into a file, as they are or in gzip, and gives its path."""

    def write(content):
        path = tmp_path / "file"  # its name says nothing: gzip is seen from the content
        path.write_bytes(gzip.compress(content) if request.param == "gzip" else content)
        return path

    return write


def test_the_bytes_are_those_of_the_format(put, tmp_path):
    assert read_idx(put(FILE)).tolist() == PIXELS.tolist()
    write_idx(tmp_path / "plain", PIXELS)
    assert (tmp_path / "plain").read_bytes() == FILE
    write_idx(tmp_path / "packed.gz", PIXELS)
    assert gzip.decompress((tmp_path / "packed.gz").read_bytes()) == FILE


@pytest.mark.parametrize("name", ["file", "file.gz"])
@pytest.mark.parametrize("kind", ["uint8", "int8", "int16", "int32", "float32", "float64"])
def test_every_type_comes_back(tmp_path, kind, name):
    ends = np.finfo(kind) if kind.startswith("float") else np.iinfo(kind)
    for array in (np.array([ends.min, 0, 1, ends.max], kind), np.arange(120).reshape(2, 3, 4, 5).astype(kind)):
        write_idx(tmp_path / name, array)
        back = read_idx(tmp_path / name)
        assert back.tolist() == array.tolist()
        assert back.dtype == array.dtype
        assert back.dtype.isnative


def test_arrays_in_any_order_of_memory_give_the_same_bytes(tmp_path):
    array = np.arange(24, dtype=np.int32).reshape(4, 6)
    for number, variant in enumerate([array, np.asfortranarray(array), array.astype(">i4"), array[::-1][::-1]]):
        write_idx(tmp_path / f"{number}.gz", variant)
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1


@pytest.mark.parametrize("kind", ["int64", "uint16", "bool", "complex64", "object", "<U1", "float16"])
def test_types_that_idx_does_not_have(tmp_path, kind):
    with pytest.raises(DataError, match="IDX holds uint8, int8, int16, int32, float32, float64, not"):
        write_idx(tmp_path / "file", np.ones(3).astype(kind))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("shape", [(), (0,), (3, 0), (1,) * 9])
def test_shapes_that_idx_does_not_have(tmp_path, shape):
    with pytest.raises(DataError, match=r"1 to 8 axes .* Got the shape"):
        write_idx(tmp_path / "file", np.zeros(shape, np.uint8))


def test_writing_into_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(OutputError, match="no folder"):
        write_idx(tmp_path / "nowhere" / "file", PIXELS)


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(DataFileError, match=r"Cannot read '.*none': it is not there\."):
        read_idx(tmp_path / "none")
    with pytest.raises(DataFileError, match=r"it is a folder\. Give the name of an IDX file"):
        read_idx(tmp_path)


@pytest.mark.parametrize(
    "magic",
    [
        "00 01 08 03",
        "01 00 08 03",
        "00 00 07 03",
        "00 00 0a 03",
        "00 00 08 00",
        "00 00 08 09",
        "00 00 08 ff",
        "89 50 4e 47",
    ],
)
def test_row_24_bad_magic(put, magic):
    with pytest.raises(DataFileError, match=rf"is no IDX file: its first bytes are {magic}\. IDX begins with 00 00"):
        read_idx(put(bytes.fromhex(magic) + FILE[4:]))


@pytest.mark.parametrize("content", [b"", b"\0", b"\0\0\x08"])
def test_row_24_less_than_magic(put, content):
    with pytest.raises(DataFileError, match=f"is no IDX file: its first bytes are {content.hex(' ') or 'missing'}"):
        read_idx(put(content))


@pytest.mark.parametrize("lengths", [(2**32 - 1,), (2**32 - 1,) * 3, (2**31, 2), (2**32 - 1,) * 8])
def test_row_25_a_header_that_claims_more_than_the_file(put, lengths):
    content = bytes([0, 0, 0x0E, len(lengths)]) + struct.pack(f">{len(lengths)}I", *lengths) + b"\0" * 1000
    path = put(content)
    tracemalloc.start()
    try:
        with pytest.raises(DataFileError, match=r"too short: its header promises \d+ bytes .* holds no more than \d+"):
            read_idx(path)
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("lengths", [(0, 3, 4), (2, 0, 4), (2, 3, 0)])
def test_row_26_zero_items(put, lengths):
    with pytest.raises(DataFileError, match=r"holds no items: its header gives the shape \("):
        read_idx(put(b"\0\0\x08\x03" + struct.pack(">III", *lengths)))


@pytest.mark.parametrize("more", [b"\0", b"\0" * 100_000])
def test_row_26_bytes_left_over(put, more):
    with pytest.raises(DataFileError, match=r"bytes left over after the 24 of shape \(2, 3, 4\)"):
        read_idx(put(FILE + more))


@pytest.mark.parametrize("length", range(len(FILE)))
def test_row_27_truncated_at_every_byte(put, length):
    with pytest.raises(DataFileError, match=r"is truncated|is too short|is no IDX file"):
        read_idx(put(FILE[:length]))


def test_row_27_gzip_truncated_at_every_byte(tmp_path):
    packed, path = gzip.compress(FILE), tmp_path / "file.gz"
    for length in range(len(packed)):
        path.write_bytes(packed[:length])
        with pytest.raises(DataFileError, match=r"is damaged|is no IDX file|is too short"):
            read_idx(path)


def test_row_27_every_flipped_byte_of_gzip_is_found_or_harmless(tmp_path):
    packed, path = gzip.compress(FILE, mtime=0), tmp_path / "file.gz"
    for place in range(len(packed)):
        path.write_bytes(packed[:place] + bytes([packed[place] ^ 0xFF]) + packed[place + 1 :])
        try:
            array = read_idx(path)
        except DataFileError:
            continue
        assert 4 <= place < 10  # the time and the kind of machine in the gzip header
        assert array.tolist() == PIXELS.tolist()


def test_row_27_wrong_crc(tmp_path):
    packed = bytearray(gzip.compress(FILE))
    packed[-8] ^= 1
    (tmp_path / "file.gz").write_bytes(packed)
    with pytest.raises(DataFileError, match=r"is damaged: CRC check failed.*Fetch or write it anew"):
        read_idx(tmp_path / "file.gz")


def test_row_27_bytes_after_the_gzip_stream(tmp_path):
    (tmp_path / "file.gz").write_bytes(gzip.compress(FILE) + b"junk")
    with pytest.raises(DataFileError, match="is damaged"):
        read_idx(tmp_path / "file.gz")


def test_row_28_a_gzip_bomb_is_unpacked_no_further_than_the_header_allows(tmp_path):
    path = tmp_path / "bomb.gz"
    with gzip.open(path, "wb", 1) as file:
        file.write(FILE)
        for _ in range(200):
            file.write(bytes(2**20))
    tracemalloc.start()
    try:
        with pytest.raises(DataFileError, match="bytes left over after the 24"):
            read_idx(path)
        assert tracemalloc.get_traced_memory()[1] < 2 * 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.mnist
def test_mnist_reads_as_it_is(mnist_folder):
    images = read_idx(mnist_folder / "t10k-images-idx3-ubyte.gz")
    assert (images.shape, images.dtype, int(images.sum(dtype=np.int64))) == ((10000, 28, 28), np.uint8, 264923200)
