import io
import os
import zlib

import numpy as np
import pytest
from PIL import Image

from glassnet.data.picture_file import SeveralFrames, decode, open_grey, open_picture
from glassnet.errors import DataFileError, ParameterError

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


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "CMYK", "YCbCr"])
def test_row_21_colours_come_as_they_are(tmp_path, mode):
    colours = np.array([[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [204, 204, 0]]], np.uint8).repeat(8, 0)
    path = saved(tmp_path, Image.fromarray(colours).convert(mode), "p.png" if mode in ("RGB", "RGBA", "P") else "p.tif")
    picture = open_picture(path)
    assert picture.mode == "RGB"
    assert np.abs(np.asarray(picture).astype(int) - colours).max() <= 3


def test_a_large_jpeg_comes_smaller_where_it_may_and_its_own_size_is_known(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 8
    path = saved(tmp_path, Image.new("RGB", (800, 640), (200, 30, 30)), "p.jpg", exif=exif)
    assert open_picture(path).size == (640, 800)
    opened = decode(path, least=80)
    assert (opened.picture.size, opened.size) == ((80, 100), (800, 640))


def test_row_22_the_first_of_several_frames(tmp_path):
    frames = [Image.fromarray(GREY), Image.fromarray(255 - GREY)]
    path = saved(tmp_path, frames[0], "p.gif", save_all=True, append_images=frames[1:])
    with pytest.warns(SeveralFrames, match=r"p\.gif' has several frames; the first is taken\."):
        assert pixels(path) == GREY.tolist()


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


def chunk(kind, content):
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


def test_row_15_a_png_that_claims_ten_thousand_million_pixels(tmp_path):
    header = chunk(b"IHDR", (100_000).to_bytes(4) * 2 + bytes([8, 2, 0, 0, 0]))
    data = chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    (tmp_path / "p.png").write_bytes(b"\x89PNG\r\n\x1a\n" + header + data)
    with pytest.raises(DataFileError, match=r"p\.png' has more than 50,000,000 pixels, says its header\."):
        open_grey(tmp_path / "p.png")


def test_row_15_the_limit_can_be_set(tmp_path, monkeypatch):
    path = saved(tmp_path, Image.fromarray(GREY))
    monkeypatch.setenv("GLASSNET_MOST_PIXELS", "6")
    assert pixels(path) == GREY.tolist()
    monkeypatch.setenv("GLASSNET_MOST_PIXELS", "5")
    with pytest.raises(DataFileError, match=r"more than 5 pixels, .* or set GLASSNET_MOST_PIXELS\."):
        open_grey(path)
    for wrong in ("0", "-1", "many", "1e9", "999999999999"):
        monkeypatch.setenv("GLASSNET_MOST_PIXELS", wrong)
        with pytest.raises(ParameterError, match=r"GLASSNET_MOST_PIXELS must be a whole number of pixels, 1 to \d+"):
            open_grey(path)


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt"])
def test_row_16_a_text_chunk_bomb(tmp_path, kind):
    bomb = zlib.compress(bytes(2**26), 9)
    text = b"Comment\0\0" + bomb if kind == b"zTXt" else b"Comment\0\1\0\0\0" + bomb
    content = saved(tmp_path, Image.fromarray(GREY)).read_bytes()
    (tmp_path / "bomb.png").write_bytes(content[:33] + chunk(kind, text) + content[33:])
    with pytest.raises(DataFileError, match=r"bomb\.png' as a picture: Decompressed data too large"):
        open_grey(tmp_path / "bomb.png")


def test_row_18_a_wrong_checksum(tmp_path):
    path = saved(tmp_path, Image.fromarray(GREY))
    content = bytearray(path.read_bytes())
    content[content.index(b"IDAT") + 6] ^= 1
    path.write_bytes(content)
    with pytest.raises(DataFileError, match=r"Cannot read .*picture\.png' as a picture: broken data stream"):
        open_grey(path)


@pytest.mark.parametrize(
    ("content", "is_"),
    [
        (b"<html></html>", "it is a web page"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>", "it is a web page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "it is an SVG drawing"),
        (b"<?xml version='1.0'?><!-- drawn --><svg/>", "it is an SVG drawing"),
        (b"%PDF-1.7", "it is a PDF document"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "pictures of this kind have to be saved as JPEG or PNG first"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "it is no picture"),
        (b"MZ\x90\0", "it is no picture"),
        (b"", "it is empty"),
    ],
)
def test_row_19_other_files_named_png(tmp_path, content, is_):
    (tmp_path / "p.png").write_bytes(content)
    with pytest.raises(DataFileError, match=rf"p\.png' as a picture: {is_}\."):
        open_grey(tmp_path / "p.png")


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(DataFileError, match="No such file or directory"):
        open_grey(tmp_path / "none")
    with pytest.raises(DataFileError, match="is a folder"):
        open_grey(tmp_path)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DataFileError, match=r"pipe' is no ordinary file\. Give the name of a picture\."):
        open_grey(tmp_path / "pipe")
