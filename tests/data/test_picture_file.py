import io
import os

import numpy as np
import pytest
from PIL import Image

from glassnet.data.picture_file import open_grey
from glassnet.errors import DataFileError

GREY = np.array([[0, 100, 200], [50, 150, 255]], np.uint8)


def saved(tmp_path, picture, name="picture.png", **options):
    picture.save(tmp_path / name, **options)
    return tmp_path / name


def pixels(path):
    picture = open_grey(path)
    assert picture.mode == "L"
    return np.asarray(picture).tolist()


@pytest.mark.parametrize("name", ["p.png", "p.bmp", "p.tif", "p.pgm", "p.gif", "no suffix.png", "名前.png", "p.webp"])
def test_row_59_grey_pixels_come_as_they_are(tmp_path, name):
    options = {"lossless": True} if name.endswith("webp") else {}
    assert pixels(saved(tmp_path, Image.fromarray(GREY), name, **options)) == GREY.tolist()


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "CMYK", "P", "LA"])
def test_row_21_colour_palette_alpha_and_cmyk(tmp_path, mode):
    path = saved(tmp_path, Image.fromarray(GREY).convert(mode), "p.tif" if mode in ("CMYK", "LA") else "p.png")
    assert np.abs(np.array(pixels(path)) - GREY).max() <= 1


def test_row_21_sixteen_bits(tmp_path):
    deep = np.array([[0, 257, 65535], [12850, 25700, 38550]], np.uint16)
    assert pixels(saved(tmp_path, Image.fromarray(deep))) == [[0, 1, 255], [50, 100, 150]]


def test_row_21_what_is_transparent_lies_on_white(tmp_path):
    clear = Image.new("RGBA", (2, 1), (0, 0, 0, 0))
    clear.putpixel((0, 0), (0, 0, 0, 255))
    assert pixels(saved(tmp_path, clear)) == [[0, 255]]


def test_row_21_turned_as_the_camera_says(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side: turn clockwise
    path = saved(tmp_path, Image.fromarray(GREY), exif=exif)
    assert pixels(path) == np.rot90(GREY, -1).tolist()


def test_row_22_the_first_of_several_frames(tmp_path):
    frames = [Image.fromarray(GREY), Image.fromarray(255 - GREY)]
    assert pixels(saved(tmp_path, frames[0], "p.gif", save_all=True, append_images=frames[1:])) == GREY.tolist()


@pytest.mark.parametrize("side", [7100, 9000, 100_000])
def test_row_15_a_header_that_claims_too_many_pixels(tmp_path, side):
    content = io.BytesIO()
    Image.fromarray(GREY).save(content, "BMP")
    claimed = bytearray(content.getvalue())
    claimed[18:26] = side.to_bytes(4, "little") * 2
    (tmp_path / "p.bmp").write_bytes(claimed)
    with pytest.raises(DataFileError, match=r"p\.bmp.*pixels"):
        open_grey(tmp_path / "p.bmp")


@pytest.mark.parametrize("name", ["p.png", "p.jpg", "p.bmp", "p.gif", "p.tif"])
def test_row_17_truncated_at_every_byte(tmp_path, name):
    path = saved(tmp_path, Image.fromarray(GREY), name)
    content, whole, told = path.read_bytes(), pixels(path), set()
    for length in range(len(content)):
        path.write_bytes(content[:length])
        try:
            read = pixels(path)
        except DataFileError as error:
            told.add(error.hint)
        else:
            assert read == whole  # only the end mark or a checksum is missing
    assert told == {"Replace it, or take it away."}


def test_row_18_a_wrong_checksum(tmp_path):
    path = saved(tmp_path, Image.fromarray(GREY))
    content = bytearray(path.read_bytes())
    content[content.index(b"IDAT") + 6] ^= 1
    path.write_bytes(content)
    with pytest.raises(DataFileError, match=r"Cannot read .*picture\.png' as a picture: broken data stream"):
        open_grey(path)


@pytest.mark.parametrize("content", [b"<html></html>", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b""])
def test_row_19_other_files_named_png(tmp_path, content):
    (tmp_path / "p.png").write_bytes(content)
    with pytest.raises(DataFileError, match=r"p\.png' as a picture: it is no picture\."):
        open_grey(tmp_path / "p.png")


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(DataFileError, match="No such file or directory"):
        open_grey(tmp_path / "none")
    with pytest.raises(DataFileError, match="Is a directory"):
        open_grey(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DataFileError, match=r"pipe' is no ordinary file\. Give the name of a picture\."):
        open_grey(tmp_path / "pipe")
