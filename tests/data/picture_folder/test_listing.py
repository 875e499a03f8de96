import os

import pytest

from glassnet.data.picture_folder.listing import list_pictures, listed
from glassnet.errors import DataFileError


def put(folder, *names):
    """Files of these names; nothing is read of them here."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode(errors="surrogateescape"))


def found(listing):
    return [(file.name, listing.classes[file.label], file.test) for file in listing.files]


def test_a_folder_for_each_class(tmp_path):
    put(tmp_path, "dog/b.JPG", "dog/a.png", "cat/1.webp", "cat/no suffix")
    listing = list_pictures(tmp_path)
    assert listing.classes == ("cat", "dog")
    assert found(listing) == [
        ("cat/1.webp", "cat", False),
        ("cat/no suffix", "cat", False),
        ("dog/a.png", "dog", False),
        ("dog/b.JPG", "dog", False),
    ]
    assert (listing.others, listing.tested) == ([], False)


def test_a_file_that_changes_has_another_stamp(tmp_path):
    put(tmp_path, "cat/1.png", "dog/1.png")
    before = list_pictures(tmp_path).files
    assert list_pictures(tmp_path).files == before
    (tmp_path / "cat" / "1.png").write_bytes(b"other")
    os.utime(tmp_path / "cat" / "1.png", ns=(0, before[0].stamp[1]))
    assert list_pictures(tmp_path).files[0].stamp != before[0].stamp
    assert list_pictures(tmp_path).files[1] == before[1]


def test_parts_of_their_own(tmp_path):
    put(tmp_path, "train/cat/1.png", "train/dog/1.png", "test/dog/2.png", "extra/1.png", "spare.png")
    listing = list_pictures(tmp_path)
    assert found(listing) == [
        ("test/dog/2.png", "dog", True),
        ("train/cat/1.png", "cat", False),
        ("train/dog/1.png", "dog", False),
    ]
    assert (listing.others, listing.tested) == (["extra", "spare.png"], True)


@pytest.mark.parametrize(
    ("parts", "tested"),
    [
        ({"Training": False}, False),
        ({"train": False, "val": True}, True),
        ({"train": False, "Validation": False, "test": True}, True),
    ],
)
def test_which_parts_are_for_the_test(tmp_path, parts, tested):
    for part in parts:
        put(tmp_path, f"{part}/cat/1.png", f"{part}/dog/1.png")
    listing = list_pictures(tmp_path)
    assert {file.name.split("/")[0]: file.test for file in listing.files} == parts
    assert listing.tested == tested


def test_a_class_may_be_called_train(tmp_path):
    put(tmp_path, "train/1.png", "test/1.png", "bus/1.png")
    assert list_pictures(tmp_path).classes == ("bus", "test", "train")


def test_classes_called_by_numbers_are_numbers(tmp_path):
    put(tmp_path, "10/1.png", "9/1.png", "0/1.png")
    assert list_pictures(tmp_path).classes == (0, 9, 10)
    put(tmp_path, "07/1.png")
    assert list_pictures(tmp_path).classes == ("0", "07", "10", "9")


def test_row_59_names_in_any_script(tmp_path):
    names = ["кот", "猫", 'it\'s a "cat"', "two\nlines", "\udcff"]
    put(tmp_path, *(f"{name}/мой 1.png" for name in names))
    assert list_pictures(tmp_path).classes == tuple(sorted(names))


def test_what_is_hidden_or_no_picture(tmp_path):
    put(tmp_path, "cat/1.png", "cat/.DS_Store", "cat/Thumbs.db", "dog/1.png", ".git/x.png", "__MACOSX/1.png")
    put(tmp_path, "notes.txt", "cover.jpg", "dog/old/1.png")
    listing = list_pictures(tmp_path)
    assert len(listing.files) == 2
    assert listing.others == ["cat/Thumbs.db", "dog/old", "cover.jpg"]


def test_links_are_followed(tmp_path):
    put(tmp_path, "elsewhere/1.png", "pictures/dog/1.png")
    (tmp_path / "pictures" / "cat").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "pictures" / "dog" / "2.png").symlink_to(tmp_path / "elsewhere" / "1.png")
    (tmp_path / "pictures" / "dog" / "lost.png").symlink_to(tmp_path / "nowhere")
    assert [file.name for file in list_pictures(tmp_path / "pictures").files] == [
        "cat/1.png",
        "dog/1.png",
        "dog/2.png",
        "dog/lost.png",
    ]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], "holds neither folders of pictures nor IDX files. Make a folder for each class, and put its pictures"),
        (["1.png", "2.jpg"], "holds pictures, but no folders. Make a folder for each class"),
        (
            ["cat/1.png"],
            "holds one class alone, 'cat'. There must be two to tell apart: what it is not, is a class too.",
        ),
        (
            ["pets/cat/1.png", "pets/dog/1.png"],
            "holds one class alone, 'pets'. Give the folder that holds the classes: '",
        ),
        (["cat/1.png", "dog/"], "dog' holds no pictures. Put some there, or take the folder away."),
        (["cat/1.png", "dog/notes.txt"], "dog' holds no pictures. Put some there"),
        (
            ["animals/cat/1.png", "animals/dog/1.png", "cars/bus/1.png"],
            "animals' holds no pictures, but folders: cat, d",
        ),
        (["train/cat/1.png"], "holds one class alone, 'cat'"),
        (
            ["train/cat/1.png", "train/dog/1.png", "test/cow/1.png"],
            "has the class 'cow' in test/, but no pictures of it to learn from. Put some into train/cow/.",
        ),
    ],
)
def test_a_folder_that_is_none_is_told_how_to_become_one(tmp_path, names, said):
    for name in names:
        if name.endswith("/"):
            (tmp_path / name).mkdir()
        else:
            put(tmp_path, name)
    with pytest.raises(DataFileError) as error:
        list_pictures(tmp_path)
    assert said in str(error.value)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(DataFileError, match=r"Cannot read the folder '.*none': No such file or directory\."):
        list_pictures(tmp_path / "none")


def test_the_first_few_are_named():
    assert listed(["a", "b", "c"]) == "a, b, c"
    assert listed([str(k) for k in range(1004)]) == "0, 1, 2 and 1,001 more"
