import pytest
from PIL import Image

from glassnet import explain
from glassnet.files import load

PIXELS = ",".join(str(k % 17) for k in range(64))


@pytest.fixture
def convolution(glassnet):
    """A network with a convolution and a pooling that saw digits."""
    net = "conv4 relu pool flatten dense10"
    assert glassnet("train", "digits", "--net", net, "--epochs", "1", "--out", "digits", "--quiet").code == 0
    return "digits"


def size(name):
    with Image.open(name) as picture:
        assert picture.format == "PNG"
        return picture.size


def test_what_a_person_sees(glassnet, convolution):
    called = glassnet("explain", convolution, "--input", PIXELS, "--picture", "why.png")
    assert (called.code, called.err) == (0, "")
    first, second, third = called.out.splitlines()
    assert first.startswith("The network answers ")
    assert ", its sum before the last activation, is " in first
    assert second.startswith("Where 3×3 pixels are covered with grey (7.59), the largest fall is ")
    assert third == "The picture is in why.png."
    assert size("why.png")[1] > 700  # panels, and a strip for each of two layers
    assert (
        "'why.png' exists already."
        in glassnet("explain", convolution, "--input", PIXELS, "--picture", "why.png").refusal()
    )
    again = glassnet("explain", convolution, "--input", PIXELS, "--picture", "why.png", "--force", "--quiet")
    assert (again.code, again.out, again.err) == (0, "", "")


def test_json_names_the_file_and_holds_the_figures(glassnet, convolution):
    words = ("explain", convolution, "--input", PIXELS, "--json", "--picture")
    called = glassnet(*words, "why.png", "--target", "8")
    sample = [[[k % 17] for k in range(row, row + 8)] for row in range(0, 64, 8)]
    wanted = explain.attribution(load(convolution), sample, 8)
    assert called.json == {
        "picture": "why.png",
        "answer": wanted.answer,
        "label": 8,
        "score": wanted.score,
        "patch": 3,
        "stride": 1,
        "fill": wanted.fill,
    }
    called = glassnet(*words, "maps.png", "--maps", "max_pooling2d_1")
    assert called.json == {"picture": "maps.png", "layer": "max_pooling2d_1", "shape": [3, 3, 4]}
    assert size("maps.png")[1] < size("why.png")[1]
    called = glassnet("explain", convolution, "--input", PIXELS, "--picture", "more.png", "--maps", "conv2d_1")
    assert called.out == "4 maps of conv2d_1 are in more.png.\n"


def test_a_dense_network_has_no_maps_but_a_picture(glassnet, models):
    called = glassnet("explain", models / "digits", "--input", PIXELS, "--picture", "why.png")
    assert called.code == 0
    assert size("why.png")[1] < 500
    said = glassnet(
        "explain", models / "digits", "--input", PIXELS, "--picture", "m.png", "--maps", "dense_1"
    ).refusal()
    assert "dense_1 gives (64,) numbers, and no maps. Only convolutions and poolings do." in said


def test_a_network_with_numbers_for_answers(glassnet, folder, models):
    from glassnet.files import TrainedModel, save

    save(TrainedModel(load(models / "digits").network), "bare")
    called = glassnet("explain", "bare", "--input", PIXELS, "--picture", "why.png", "--target", "3", "--json")
    assert called.json["label"] == 3
    said = glassnet("explain", "bare", "--input", PIXELS, "--picture", "w.png", "--target", "1,2").refusal()
    assert "--picture asks about one output." in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["people", "--input", "1,2", "--picture", "p.png"], "there is no picture to draw. Leave --picture out"),
        (["digits", "--input", PIXELS, "--maps", "conv2d_1"], "--maps draws, but not where. Add --picture maps.png"),
        (["digits", "--input", PIXELS, "--picture", "digits"], "is named twice, and would be lost."),
        (
            ["digits", "--input", PIXELS, "--picture", "p.png", "--format", "html"],
            "--format is about the arithmetic, --picture draws. Give one of them.",
        ),
        (["digits", "--input", PIXELS, "--picture", "p.png", "--unit", "dense_1[0]"], "--unit is about the arithmetic"),
        (["digits", "--input", PIXELS, "--picture", "p.png", "--weight", "dense_1.b[0]"], "--weight is about the"),
        (
            ["digits", "--input", PIXELS, "--picture", "p.png", "--target", "10"],
            "--target: '10' is none of the classes",
        ),
        (
            ["digits", "--input", PIXELS, "--picture", "p.png", "--maps", "conv2d_1", "--target", "1"],
            "The maps of a layer are the same for every --target.",
        ),
        (["digits", "--input", PIXELS, "--picture", "none/p.png"], "there is no folder 'none'."),
    ],
)
@pytest.mark.usefixtures("convolution")
def test_what_it_refuses(glassnet, folder, words, said):
    assert said in glassnet("explain", *words).refusal()
    assert not (folder / "p.png").exists()


def test_what_it_refuses_leaves_a_picture_as_it_was(glassnet, folder, convolution):
    (folder / "why.png").write_bytes(b"mine")
    said = glassnet(
        "explain", convolution, "--input", PIXELS, "--picture", "why.png", "--force", "--maps", "dense_1"
    ).refusal()
    assert "no maps" in said
    assert (folder / "why.png").read_bytes() == b"mine"
