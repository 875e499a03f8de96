from __future__ import annotations

import zlib

import numpy as np
import pytest
from PIL import Image

from glassnet.errors import DataFileError
from glassnet.pictures import load_picture, load_reduced

GREY = np.array([[0, 100, 200], [50, 150, 255]], np.uint8)


def test_a_picture_comes_as_grey_numbers(tmp_path):
    Image.fromarray(GREY).save(tmp_path / "p.png")
    picture = load_picture(tmp_path / "p.png")
    assert picture.dtype == np.uint8
    assert np.array_equal(picture, GREY)


@pytest.mark.parametrize("mode", ["1", "P", "RGBA", "LA", "CMYK", "I;16"])
def test_row_21_every_kind_of_pixel_is_one_byte_of_grey(tmp_path, mode):
    white = Image.fromarray(np.full((4, 3), 65535, np.uint16)) if mode == "I;16" else Image.new("L", (3, 4), 255)
    white.convert(mode).save(tmp_path / "p.tif")
    picture = load_picture(tmp_path / "p.tif")
    assert picture.shape == (4, 3)
    assert picture.dtype == np.uint8
    assert (picture == 255).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 10_000), (10_000, 1)])
def test_row_20_any_shape(tmp_path, shape):
    Image.fromarray(np.full(shape, 7, np.uint8)).save(tmp_path / "p.png")
    assert load_picture(tmp_path / "p.png").shape == shape


def png_that_claims(side):
    header = b"IHDR" + side.to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    data = b"IDAT" + zlib.compress(b"\0")
    chunks = [(13, header), (len(data) - 4, data), (0, b"IEND")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        length.to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big") for length, chunk in chunks
    )


@pytest.mark.parametrize("side", [7072, 100_000])
def test_row_15_a_header_that_claims_too_many_pixels(tmp_path, side):
    (tmp_path / "huge.png").write_bytes(png_that_claims(side))
    with pytest.raises(DataFileError, match=r"huge\.png.*pixels"):
        load_picture(tmp_path / "huge.png")


@pytest.mark.parametrize(
    "content", [b"", b"<!doctype html><html>", b"<svg/>", b"%PDF-1.7\n", b"%!PS-Adobe-3.0 EPSF-3.0\n"]
)
def test_row_19_what_is_no_picture_is_refused_whatever_its_name(tmp_path, content):
    (tmp_path / "p.png").write_bytes(content)
    with pytest.raises(DataFileError, match=r"Cannot read '.*p\.png' as a picture"):
        load_picture(tmp_path / "p.png")


def test_row_17_a_truncated_photo(tmp_path):
    noise = np.arange(10_000, dtype=np.uint32).reshape(100, 100) * 2_654_435_761 >> 24
    Image.fromarray(noise.astype(np.uint8)).save(tmp_path / "photo.jpg")
    content = (tmp_path / "photo.jpg").read_bytes()
    (tmp_path / "photo.jpg").write_bytes(content[: len(content) // 2])
    with pytest.raises(DataFileError, match=r"photo\.jpg.*truncated"):
        load_picture(tmp_path / "photo.jpg")


def test_a_large_photo_comes_no_larger_than_reading_needs_it(tmp_path):
    colours = np.zeros((900, 1200, 3), np.uint8)
    colours[:, 600:] = 200, 30, 90
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its side
    Image.fromarray(colours).save(tmp_path / "p.jpg", exif=exif, quality=95)
    Image.fromarray(np.rot90(colours, -1)).save(tmp_path / "p.png")
    for name in ("p.jpg", "p.png"):
        grey, factor = load_reduced(tmp_path / name, 300)
        assert (grey.shape, factor) == ((300, 225), 4)
        assert np.abs(grey[10:140].astype(int)).max() <= 2
        assert np.abs(grey[160:290].astype(int) - 88).max() <= 2  # 0.299·200 + 0.587·30 + 0.114·90
    assert load_reduced(tmp_path / "p.png")[0].shape == (1200, 900)
