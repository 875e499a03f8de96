import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from glassnet.errors import DataError, DataFileError, OutputError
from glassnet.improvement import Correction, Corrections

CLASSES, SHAPE = ("cat", "dog"), (6, 5, 1)


def correction(seed=0, label="cat", shape=SHAPE):
    picture = np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)
    return Correction(picture, label, f"{seed}.png", "dog")


@pytest.fixture
def kept(tmp_path):
    return Corrections(tmp_path / "model.safetensors", CLASSES, SHAPE)


def again(kept):
    return Corrections(kept.folder.with_name("model.safetensors"), kept.classes, kept.shape)


def test_they_come_back_as_they_were(kept):
    for seed in (3, 1, 2):
        assert kept.add(correction(seed)) is None
    found = again(kept)
    assert kept.folder.name == "model.safetensors.corrections"
    assert found.items == kept.items == [correction(3), correction(1), correction(2)]
    for one, seed in zip(found.items, (3, 1, 2), strict=True):
        np.testing.assert_array_equal(one.picture, correction(seed).picture)
    with Image.open(kept.folder / kept.items[0].file) as picture:
        assert (picture.size, picture.mode) == ((5, 6), "L")


def test_pictures_in_colour(tmp_path):
    kept = Corrections(tmp_path / "model", (0, 1), (4, 4, 3))
    one = Correction(correction(shape=(4, 4, 3)).picture, 1, "a.png", 0)
    kept.add(one)
    found = Corrections(tmp_path / "model", (0, 1), (4, 4, 3)).items[0]
    assert found == one
    np.testing.assert_array_equal(found.picture, one.picture)


def test_the_same_picture_replaces_what_was_said_of_it(kept):
    kept.add(correction(1, "dog"))
    kept.add(correction(2))
    old = kept.add(correction(1, "cat"))
    assert old is not None
    assert old.label == "dog"
    assert again(kept).items == [correction(2), correction(1, "cat")]
    assert len(list(kept.folder.iterdir())) == 3


def test_the_latest_is_undone_first(kept):
    kept.add(correction(1))
    kept.add(correction(2))
    assert kept.undo() == correction(2)
    assert again(kept).items == [correction(1)]
    assert len(list(kept.folder.iterdir())) == 2
    again(kept).undo()
    with pytest.raises(DataError, match=r"There are no corrections in '.*corrections', so none can be undone"):
        again(kept).undo()


def test_they_are_copied_to_another_model_in_place_of_its_own(kept, tmp_path):
    kept.add(correction(1))
    other = Corrections(tmp_path / "other", CLASSES, SHAPE)
    other.add(correction(7))
    kept.copy_to(tmp_path / "other")
    assert Corrections(tmp_path / "other", CLASSES, SHAPE).items == [correction(1)]
    kept.copy_to(tmp_path / "model.safetensors")
    assert again(kept).items == [correction(1)]


@pytest.mark.parametrize("shape", [(3,), (6, 5, 4), (6, 5, 2)])
def test_samples_that_are_no_pictures(tmp_path, shape):
    with pytest.raises(DataError, match="does not learn from pictures: its samples have the shape"):
        Corrections(tmp_path / "model", CLASSES, shape)


ENTRY = {"file": correction().file, "label": "cat", "source": "0.png", "answered": "dog"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Expecting value"),
        ("[]", "list indices"),
        ("{}", "'corrections'"),
        ('{"corrections": 3}', "not iterable"),
        ('{"corrections": [{}]}', "missing 4 required"),
        (json.dumps({"corrections": [{**ENTRY, "more": 1}]}), "unexpected keyword"),
        (json.dumps({"corrections": [{**ENTRY, "file": "../../secret.png"}]}), "is no name of a picture"),
        (json.dumps({"corrections": [{**ENTRY, "file": 3}]}), "is no name of a picture"),
        (json.dumps({"corrections": [{**ENTRY, "file": "0" * 16 + ".png"}]}), "No such file"),
        (json.dumps({"corrections": [{**ENTRY, "label": "cow"}]}), "which the network does not know"),
        (json.dumps({"corrections": [{**ENTRY, "label": ["cat"]}]}), "which the network does not know"),
        (json.dumps({"corrections": [{**ENTRY, "answered": True}]}), "which the network does not know"),
        ("[" * 100_000, "recursion"),
    ],
    ids=range(13),
)
def test_an_index_that_others_wrote(kept, text, said):
    kept.add(correction())
    (kept.folder / "index.json").write_text(text)
    with pytest.raises(DataFileError, match=r"Cannot read '.*index\.json' as corrections: ") as caught:
        again(kept)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        (np.zeros((6, 5), np.uint8), "is not the picture that was corrected"),
        (np.zeros((5, 6), np.uint8), "has 6×5 pixels"),
        (np.zeros((6, 5, 3), np.uint8), "cannot reshape"),
    ],
    ids=["other", "turned", "colour"],
)
def test_a_picture_that_was_changed(kept, picture, said):
    kept.add(correction())
    Image.fromarray(picture).save(kept.folder / kept.items[0].file)
    with pytest.raises(DataFileError, match="as corrections") as caught:
        again(kept)
    assert said in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_a_picture_that_is_none(kept, content):
    kept.add(correction())
    (kept.folder / kept.items[0].file).write_bytes(content)
    with pytest.raises(DataFileError, match="as corrections"):
        again(kept)


def test_a_place_that_cannot_be_written(kept):
    kept.folder.write_text("a file")
    with pytest.raises(OutputError, match="Cannot make the folder"):
        kept.add(correction())
    assert kept.items == []


def test_a_failure_leaves_everything_as_it_was(kept, monkeypatch):
    kept.add(correction(1))
    before = (kept.folder / "index.json").read_bytes()
    (kept.folder / "index.json").chmod(0o444)
    monkeypatch.setattr("os.access", lambda path, mode: Path(path).name != "index.json")
    with pytest.raises(OutputError, match="it is read-only"):
        kept.add(correction(2))
    assert kept.items == [correction(1)]
    assert (kept.folder / "index.json").read_bytes() == before
    assert again(kept).items == [correction(1)]
