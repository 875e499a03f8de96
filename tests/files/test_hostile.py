"""Every hostile file through every function that reads files, with the checksum that its maker can compute as well."""

import gzip
import io
import json
import os
import pickle
import re
import zipfile

import numpy as np
import pytest
from safetensors.numpy import save as save_safetensors

from glassnet.errors import ModelFileError, ParameterError, VersionError
from glassnet.files import load
from glassnet.files.container import write_container
from tests.files.crafting import good, put_together, read, sealed, taken_apart

kinds = pytest.mark.parametrize("kind", ["model", "checkpoint"])


def refused(kind, path, file, words, error=ModelFileError):
    path.write_bytes(file)
    with pytest.raises(error, match=words) as caught:
        read(kind, path)
    assert repr(str(path)) in str(caught.value)
    assert path.read_bytes() == file


class Bomb:
    """What unpickles to a call that would leave a file."""

    def __reduce__(self):
        return os.mkdir, ("exploded",)


def saved_by_numpy(array):
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def zipped():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("data.pkl", pickle.dumps(Bomb()))
    return buffer.getvalue()


FOREIGN = {
    "a Python pickle": pickle.dumps(Bomb()),
    "a Python pickle, and a pickle runs": pickle.dumps(Bomb(), 0),
    "pickle": pickle.dumps({"weights": [1]}, 1),
    "Python pickle": pickle.dumps({"weights": [1]}, 0),
    "a NumPy array of Python objects: a Python pickle": saved_by_numpy(np.array([Bomb()], object)),
    "a NumPy array": saved_by_numpy(np.zeros(3)),
    "a ZIP archive": zipped(),
    "an HDF5 file": b"\x89HDF\r\n\x1a\n" + bytes(100),
    "a gzip file": gzip.compress(b"model"),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "a web page": b"<!DOCTYPE html><title>Not found</title>",
    "Git LFS's note": b"version https://git-lfs.github.com/spec/v1\n",
    "a safetensors file that glassnet did not write": save_safetensors({"W": np.zeros(3)}),
    "empty": b"",
    "not a model file": b"import os",
}


@kinds
@pytest.mark.parametrize("suffix", ["safetensors", "pkl", "h5", "npy", "keras", ""])
@pytest.mark.parametrize("words", FOREIGN)
def test_row_01_foreign_files_are_told_by_their_content(tmp_path, monkeypatch, kind, suffix, words):
    monkeypatch.chdir(tmp_path)
    refused(kind, tmp_path / f"model.{suffix}", FOREIGN[words], f"it is .*{words}")
    assert not (tmp_path / "exploded").exists()


def test_row_01_the_message_says_what_glassnet_reads(tmp_path):
    words = "reads only the safetensors files that it wrote, and never runs code from a file"
    refused("model", tmp_path / "model.pkl", pickle.dumps(Bomb()), words)


def test_row_01_a_pickle_behind_our_first_bytes_is_refused(tmp_path):
    file = good("model", tmp_path)
    refused("model", tmp_path / "file", file[:117] + pickle.dumps(Bomb()), "header claims|not those that were written")
    refused(
        "model", tmp_path / "file", sealed(file[8:117] + pickle.dumps(Bomb()), b""), "not what safetensors prescribes"
    )


def changed(file, change):
    header, document, data = taken_apart(file)
    data = change(header, document, data) or data
    return put_together(header, document, data)


FORMATS = [0, -1, 1.0, True, None, "1", [1], 0.5]


@kinds
@pytest.mark.parametrize("number", FORMATS)
def test_row_03_there_is_no_older_format_to_hide_in(tmp_path, kind, number):
    file = changed(good(kind, tmp_path), lambda header, document, data: document.update(format=number))
    refused(kind, tmp_path / "file", file, "its format is .*; expected a number from 1")


@kinds
def test_row_03_a_document_without_a_format_is_refused(tmp_path, kind):
    file = changed(good(kind, tmp_path), lambda header, document, data: document.__delitem__("format"))
    refused(kind, tmp_path / "file", file, "its format is None")


@kinds
@pytest.mark.parametrize("length", [1, 7, 2**22 + 8, 2**31, 2**62, 2**64 - 1])
def test_row_04_a_header_longer_than_the_file_or_the_cap_is_refused(tmp_path, kind, length):
    file = good(kind, tmp_path)
    if length < 8:  # as many bytes more than the file has
        length += len(file) - 8
    refused(kind, tmp_path / "file", length.to_bytes(8, "little") + file[8:], f"its header claims {length} bytes")


@kinds
def test_row_04_a_header_over_the_cap_in_a_file_that_has_it(tmp_path, kind):
    file = changed(good(kind, tmp_path), lambda header, document, data: document.update(version="v" * 2**22))
    refused(kind, tmp_path / "file", file, "a header at most 4194304")


def offsets(*places):
    """Four tensors of the type U8 at these places, so that shapes can fit whatever the places are."""

    def change(header, document, data):
        for name in [name for name in header if name != "__metadata__"]:
            del header[name]
        for number, (begin, end) in enumerate(places):
            header[f"a_{number}"] = {"dtype": "U8", "shape": [max(end - begin, 0)], "data_offsets": [begin, end]}
        return bytes(100)

    return change


@kinds
@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([(0, 60), (40, 100)], "begins at byte 40 of the data, expected 60"),  # overlap
        ([(0, 100), (0, 100)], "begins at byte 0 of the data, expected 100"),
        ([(0, 40), (60, 100)], "begins at byte 60 of the data, expected 40"),  # gap
        ([(8, 100)], "begins at byte 8 of the data, expected 0"),
        ([(0, 99)], "end at byte 99 of the data, which has 100"),
        ([(0, 101)], "end at byte 101 of the data, which has 100"),
        ([(0, 2**62)], "end at byte 4611686018427387904"),
        ([(-8, 92), (92, 100)], "not whole numbers from 0 on"),  # negative
        ([(0, 100), (100, 40)], "takes 0 bytes, but its offsets give -60"),
        ([], "end at byte 0 of the data, which has 100"),
    ],
)
def test_row_05_offsets_that_overlap_leave_gaps_or_are_negative(tmp_path, kind, places, words):
    refused(kind, tmp_path / "file", changed(good(kind, tmp_path), offsets(*places)), words)


@kinds
@pytest.mark.parametrize("wrong", [[0], [0, 8, 16], 0, None, ["0", "8"], [0.0, 8.0], [False, True], [0, 2**64]])
def test_row_05_offsets_that_are_none(tmp_path, kind, wrong):
    def change(header, document, data):
        header[list(header)[1]]["data_offsets"] = wrong

    refused(kind, tmp_path / "file", changed(good(kind, tmp_path), change), "not whole numbers from 0 on")


@kinds
@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ([1], "takes .* bytes, but its offsets give"),
        ([3, 3], "takes .* bytes, but its offsets give"),
        ([], "takes .* bytes, but its offsets give"),
        ([0], "takes 0 bytes, but its offsets give"),
        ([2**32, 2**32], "larger than any memory"),  # overflows 64 bits, to 0
        ([2**31, 2**31, 0], "larger than any memory"),
        ([2**62], "larger than any memory"),
        ([2**60], "larger than any memory|takes .* bytes"),
        ([2**63], "not whole numbers"),
        ([-3], "not whole numbers"),
        ([3.0], "not whole numbers"),
        ([True], "not whole numbers"),
        ([None], "not whole numbers"),
        (3, "not whole numbers"),
        ([1] * 9, "not whole numbers"),
    ],
)
def test_row_06_a_shape_that_does_not_fill_its_bytes(tmp_path, kind, shape, words):
    def change(header, document, data):
        header[list(header)[1]]["shape"] = shape

    refused(kind, tmp_path / "file", changed(good(kind, tmp_path), change), words)


@kinds
@pytest.mark.parametrize("dtype", ["F16", "BF16", "I32", "BOOL", "U64", "C64", "O", "", None, 8, ["F32"], {}])
def test_row_06_types_beyond_the_list_are_refused(tmp_path, kind, dtype):
    def change(header, document, data):
        header[list(header)[1]]["dtype"] = dtype

    refused(kind, tmp_path / "file", changed(good(kind, tmp_path), change), "glassnet reads F32, F64, I64, U8")


@kinds
@pytest.mark.parametrize("entry", [None, [], "F32", {}, {"dtype": "F32", "shape": [1]}])
def test_row_06_an_entry_that_lacks_something_or_has_more(tmp_path, kind, entry):
    def replace(header, document, data):
        header[list(header)[1]] = entry

    def add(header, document, data):
        header[list(header)[1]]["more"] = 1

    for change in (replace, add):
        file = changed(good(kind, tmp_path), change)
        refused(kind, tmp_path / "file", file, "needs a dtype, a shape and data_offsets, and nothing else")


def header_text(file):
    return file[8 : 8 + int.from_bytes(file[:8], "little")].rstrip()


@kinds
@pytest.mark.parametrize(
    ("text", "more"),
    [
        (b'"data_offsets":[0', b'"shape":[0],"data_offsets":[0'),  # twice in a tensor
        (b'"__metadata__":{', b'"__metadata__":{'),  # the whole of the metadata
        (rb"\"format\":1", rb"\"format\":1,\"format\":1"),  # in the document
        (rb"\"content\":{", rb"\"content\":{\"twice\":1,\"twice\":1,"),  # and inside it
    ],
)
def test_row_07_a_key_that_stands_there_twice(tmp_path, kind, text, more):
    file = good(kind, tmp_path)
    header = header_text(file)
    data = file[8 + int.from_bytes(file[:8], "little") :]
    if more == text:
        header = header[:-1] + b',"__metadata__":{"glassnet":"{}"}}'
    else:
        assert header.count(text) == 1
        header = header.replace(text, more)
    refused(kind, tmp_path / "file", sealed(header, data), "the key '.*' stands there twice")


@kinds
def test_row_07_a_second_key_of_metadata(tmp_path, kind):
    def change(header, document, data):
        header["__metadata__"]["format"] = "pt"

    refused(kind, tmp_path / "file", changed(good(kind, tmp_path), change), "more than the one key")


NESTED = {
    "lists": b"[" * 100_000,
    "closed lists": b"[" * 100_000 + b"]" * 100_000,
    "objects": b'{"a":' * 100_000,
    "closed objects": b'{"a":' * 100_000 + b"0" + b"}" * 100_000,
    "thirty-three": b"[" * 33 + b"]" * 33,
    "entries": b"[" + b"0," * 100_001 + b"0]",
    "empty entries": b"[" + b"[]," * 100_001 + b"0]",
    "named entries": b"{" + b",".join(b'"%d":0' % number for number in range(100_002)) + b"}",
}


@kinds
@pytest.mark.parametrize("name", NESTED)
@pytest.mark.parametrize("inside", [False, True], ids=["in the header", "in the document"])
def test_row_08_depth_and_number_are_capped(tmp_path, kind, name, inside):
    file = good(kind, tmp_path)
    header, data = header_text(file), file[8 + int.from_bytes(file[:8], "little") :]
    if inside:
        more = NESTED[name].replace(b'"', rb"\"")
        header = header.replace(rb"\"content\":{", rb"\"content\":{\"more\":" + more + b",")
    else:
        header = header[:-1] + b',"more":' + NESTED[name] + b"}"
    refused(kind, tmp_path / "file", sealed(header, data), "levels deep, with .* commas; more than any model's")


@kinds
@pytest.mark.parametrize("text", [rb"\"\\\\\"" * 200_000, rb"\"" * 800_001, rb"\\\\" * 400_000])
def test_row_08_quotes_and_backslashes_take_no_longer_than_other_text(tmp_path, kind, text):
    file = good(kind, tmp_path)
    header, data = header_text(file), file[8 + int.from_bytes(file[:8], "little") :]
    refused(kind, tmp_path / "file", sealed(header.replace(b'"}', b'"}' + text, 1), data), "its JSON is not valid")


def test_row_06_a_network_larger_than_any_memory(tmp_path):
    """The numbers are promised by the architecture alone: no tensor of the file is large."""

    def change(header, document, data):
        document["content"]["network"]["input_shape"] = [2**31 - 1]
        document["content"]["network"]["layers"][0]["units"] = 2**31 - 1

    refused(
        "model",
        tmp_path / "file",
        changed(good("model", tmp_path), change),
        "its network is too large for this machine",
    )


PATHS = [
    "../W",
    "/etc/passwd",
    "..",
    "a/b",
    "a\\b",
    "C:W",
    ".W",
    "W.",
    "a..b",
    "",
    " ",
    "a b",
    "ä",
    "a\n",
    "W\0",
    "a" * 101,
]


@kinds
@pytest.mark.parametrize("name", PATHS)
def test_row_09_a_tensor_named_like_a_path_is_refused_on_reading(tmp_path, kind, name):
    def change(header, document, data):
        first = list(header)[1]
        header[name] = header.pop(first)

    file = changed(good(kind, tmp_path), change)
    refused(kind, tmp_path / "file", file, f"{re.escape(repr(name))} is no name for a tensor")


@pytest.mark.parametrize("name", PATHS)
def test_row_09_a_tensor_named_like_a_path_is_refused_on_writing(tmp_path, name):
    with pytest.raises(ParameterError, match=f"{re.escape(repr(name))} is no name for a tensor"):
        write_container(tmp_path / "file", "model", {}, {name: np.zeros(1)})
    assert os.listdir(tmp_path) == []


@kinds
def test_row_13_a_newer_format_names_both_versions(tmp_path, kind):
    def change(header, document, data):
        document.update(format=2, version="7.8.9", unheard_of=True)

    file = changed(good(kind, tmp_path), change)
    refused(
        kind, tmp_path / "file", file, r"format 2, written by glassnet '7\.8\.9'; this is glassnet \d", VersionError
    )


@kinds
@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 5000, "01", "+1", ".5", "nan", "0x1"]
)
def test_numbers_that_json_does_not_have(tmp_path, kind, number):
    file = good(kind, tmp_path)
    header, data = header_text(file), file[8 + int.from_bytes(file[:8], "little") :]
    header = header.replace(rb"\"format\":1", rb"\"format\":" + number.encode())
    refused(kind, tmp_path / "file", sealed(header, data), "its JSON is not valid")


@kinds
def test_a_header_that_is_not_utf8(tmp_path, kind):
    file = good(kind, tmp_path)
    header, data = header_text(file), file[8 + int.from_bytes(file[:8], "little") :]
    refused(kind, tmp_path / "file", sealed(header.replace(b'"shape"', b'"shap\xff"', 1), data), "utf-8")


@kinds
def test_what_safetensors_itself_refuses(tmp_path, kind):
    file = good(kind, tmp_path)
    header, data = header_text(file), file[8 + int.from_bytes(file[:8], "little") :]
    header = header.replace(b'"data_offsets":[0,', b'"data_offsets":[-0,')  # Python reads this as 0
    refused(kind, tmp_path / "file", sealed(header, data), "not what safetensors prescribes")


@kinds
@pytest.mark.parametrize("content", [None, [], "text", 1])
def test_content_that_is_no_object(tmp_path, kind, content):
    file = changed(good(kind, tmp_path), lambda header, document, data: document.update(content=content))
    refused(kind, tmp_path / "file", file, "must hold a checksum, content, format, kind and version")


@kinds
def test_the_other_kind_of_file(tmp_path, kind):
    other = {"model": "checkpoint", "checkpoint": "model"}[kind]
    refused(kind, tmp_path / "file", good(other, tmp_path), f"it is a {other!r}, not a {kind!r}")


def leaves(value, path=()):
    """The path of everything inside a JSON value."""
    yield path
    if isinstance(value, (dict, list)):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from leaves(value[key], (*path, key))


ODD: list[object] = [None, True, -1, 0, 0.5, 1e308, 10**30, 2**31 - 1, "", "x", "softmax", "\udc80", "\x1b[2J"]
ODD += [[], [[]], [1, 2], {}]
OBJECTS = [{"class": name} for name in ("Dense", "Zeros", "Flatten", "Scale", "Preparation", "DigitBox", "os.system")]


def test_row_02_any_value_anywhere_in_a_model_loads_or_is_a_named_error(tmp_path):
    """Each value inside the content is replaced by each odd one: there is no other way out than a ModelFileError."""
    header, document, data = taken_apart(good("model", tmp_path))
    text = json.dumps(document)
    path = tmp_path / "file"
    loaded, words = 0, set()
    for place in leaves(document["content"]):
        for odd in (*ODD, *OBJECTS):
            document = json.loads(text)
            parent = document
            for key in ("content", *place)[:-1]:
                parent = parent[key]
            parent[("content", *place)[-1]] = odd
            path.write_bytes(put_together(header, document, data))
            try:
                load(path)
                loaded += 1
            except ModelFileError as error:
                words.add(str(error).startswith(f"Cannot read {str(path)!r}: ") and str(error).isprintable())
    assert words == {True}
    assert loaded > 10  # a receipt may hold anything, and many fields have more than one good value


@pytest.mark.parametrize("key", ["kind", "version", "format", "content"])
def test_nothing_of_a_hostile_file_reaches_the_terminal_as_it_is(tmp_path, key):
    """Escape sequences are shown, not obeyed, and long texts are cut."""
    text = "\x1b]0;owned\x07" * 10_000

    def change(header, document, data):
        if key == "version":
            document["format"] = 2
        document[key] = {text: 1} if key == "content" else text

    (tmp_path / "file").write_bytes(changed(good("model", tmp_path), change))
    with pytest.raises(ModelFileError) as caught:
        load(tmp_path / "file")
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 1000
