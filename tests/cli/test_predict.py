import numpy as np
import pytest
from PIL import Image

from glassnet.data import load_data
from glassnet.files import TrainedModel, load, save
from glassnet.layers import Activation, Conv2D, Dense, Flatten
from glassnet.model import Sequential
from glassnet.preparation import Preparation, Scale

TELLING = """
import atexit, sys
atexit.register(lambda: print("sklearn" in sys.modules))
from glassnet.cli import main
main()
"""


@pytest.fixture
def colours(folder):
    """A network for pictures of 3×4 pixels that knows no way to fit others in; the brighter half is the answer."""
    network = Sequential([Flatten(), Dense(2, use_bias=False), Activation("softmax")], (3, 4, 1))
    weights = np.zeros((3, 4, 2))
    weights[:, :2, 0] = weights[:, 2:, 1] = 1
    network.set_weights({"dense_1.W": weights.reshape(12, 2)})
    save(TrainedModel(network, ("left", "right"), Preparation((), Scale(1 / 255))), "colours")
    return "colours"


def halves(name, left, right, size=(3, 4)):
    pixels = np.full(size, left, np.uint8)
    pixels[:, size[1] // 2 :] = right
    Image.fromarray(pixels).save(name)
    return name


def test_json_has_an_answer_for_each_input(glassnet, models):
    called = glassnet("predict", models / "people", "128,63", "155, 68", "--json")
    assert (called.code, called.err) == (0, "")
    first, second = called.json["answers"]
    assert (first["class"], second["class"]) == (1, 0)
    assert 0.9 < first["confidence"] == pytest.approx(first["outputs"][0])
    assert 0.9 < second["confidence"] == pytest.approx(1 - second["outputs"][0])


def test_what_a_person_sees(glassnet, models):
    called = glassnet("predict", models / "people", "128 63")
    assert called.out == "128 63: 1, 96.7% sure  (output 0.967103)\n"
    called = glassnet("predict", models / "blobs", "-0.5,-.87", "1;0", " 1,0, ")
    assert [line.split(",")[-1][-4:] for line in called.out.splitlines()] == ["sure"] * 3
    assert called.out.startswith("-0.5,-.87: 2, ")
    assert glassnet("predict", models / "people", "1,2", "--quiet").out == ""


def test_it_answers_as_the_library_does(glassnet, models):
    from glassnet.engines import answer

    rows = load_data("blobs", 0).test.x[:20]
    called = glassnet("predict", models / "blobs", "--json", "--", *(",".join(map(str, row.tolist())) for row in rows))
    answers = answer(load(models / "blobs"), rows)
    assert [one["class"] for one in called.json["answers"]] == answers.classes
    assert [one["confidence"] for one in called.json["answers"]] == answers.confidences.tolist()


def test_a_network_that_gives_numbers(glassnet, folder):
    network = Sequential([Dense(2)], (3,))
    network.set_weights({"dense_1.W": [[1, 0], [0, 1], [0, 0.5]]})
    save(TrainedModel(network), "numbers")
    assert glassnet("predict", "numbers", "1,2,3").out == "1,2,3: 1, 3.5\n"
    called = glassnet("predict", "numbers", "1,2,3", "--json")
    answers = [{"class": None, "confidence": None, "refused": False, "outputs": [1.0, 3.5]}]
    assert called.json == {"answers": answers, "findings": []}


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        (["1,2", "1,2,3"], "'1,2,3' is a row of 3, but dense_1 expects 2 numbers."),
        (["1"], "'1' is a row of 1, but dense_1 expects 2 numbers."),
        (["1,2,3", "1,2"], "'1,2,3' is a row of 3"),
        (["1,two"], "'1,two' is no row of numbers. Write 0.5,0.5, say."),
        (["seven.png"], "'seven.png' is no row of numbers."),
        ([""], "'' is no row of numbers."),
        (["1,nan"], "row 0 holds nan, at index [0, 1]."),
        (["1,inf"], "row 0 holds inf"),
        (["1,1e999"], "row 0 holds inf"),
        (["1,1e300"], "is too large for float32"),
        (["1,2", "1" * 5000], "holds inf"),
    ],
    ids=range(11),
)
def test_rows_that_do_not_fit(glassnet, models, folder, inputs, said):
    (folder / "seven.png").write_bytes(b"")
    if inputs[-1] == "1" * 5000:
        inputs = ["1,2", "1," + inputs[-1]]
    assert said in glassnet("predict", models / "people", *inputs).refusal()


def test_an_output_that_is_not_finite_is_no_answer(glassnet, folder):
    network = Sequential([Dense(1)], (2,))
    network.set_weights({"dense_1.W": [[10], [10]]})
    save(TrainedModel(network), "numbers")
    said = glassnet("predict", "numbers", "1,1", "3e38,3e38", "--json").refusal()
    assert "the outputs for row 1 are no finite numbers." in said


@pytest.mark.parametrize("classes", [("no", "yes"), None])
def test_row_12_weights_that_are_not_finite_are_not_served(glassnet, folder, classes):
    network = Sequential([Dense(2)], (2,))
    network.set_weights({"dense_1.W": np.eye(2)})
    network.vectors.weights[1] = np.inf
    save(TrainedModel(network, classes), "sick")
    for words in (["predict", "sick", "1,2"], ["evaluate", "sick", "xor"]):
        said = glassnet(*words).refusal()
        assert "'sick' holds weights that are not finite numbers, so its answers would mean nothing." in said


def test_a_row_may_be_a_picture_pixel_by_pixel(glassnet, models):
    test = load_data("digits", 0).test
    rows = [",".join(map(str, x.ravel().tolist())) for x in test.x[:10]]
    called = glassnet("predict", models / "digits", *rows, "--json")
    assert [one["class"] for one in called.json["answers"]].count(7) < 10
    assert sum(one["class"] == y for one, y in zip(called.json["answers"], test.y, strict=False)) >= 9
    assert "expects 64 numbers" in glassnet("predict", models / "digits", "1,2").refusal()


def test_a_picture_is_prepared_as_those_that_the_network_learnt_from(glassnet, models, folder):
    """Scans that were not learnt from, drawn large and dark on light, are answered as the scans themselves."""
    test = load_data("digits", 0).test
    scans, names = test.x[:40, :, :, 0], []
    for number, scan in enumerate(scans):
        grey = Image.fromarray((255 - scan * 15).astype(np.uint8)).resize((80, 80), Image.Resampling.BICUBIC)
        page = Image.new("L", (300, 200), 255)
        page.paste(grey, (150, 60))
        names.append(f"{number}.png")
        page.save(names[-1])
    found = []
    for name in names:
        called = glassnet("predict", models / "digits", name, "--json")
        if called.code == 0:
            found.append((int(name[:-4]), called.json["answers"][0]["class"]))
        else:
            assert "digits were found in the picture. 'glassnet read' reads more than one." in called.refusal()
    assert len(found) >= 35
    assert np.mean([test.y[row] == digit for row, digit in found]) >= 0.9


def test_pictures_that_show_no_digit(glassnet, models, folder):
    Image.fromarray(np.full((50, 50), 200, np.uint8)).save("empty.png")
    (folder / "broken.png").write_bytes(b"\x89PNG")
    (folder / "folder.png").mkdir()
    for name, said in (
        ("empty.png", "'empty.png': No digit was found in the picture."),
        ("broken.png", "Cannot read 'broken.png' as a picture"),
        ("folder.png", "'folder.png' is a folder. Name the pictures in it: folder.png/*.jpg, say."),
        ("none.png", "There is no picture 'none.png'. Look for a typing error in its name."),
    ):
        assert said in glassnet("predict", models / "digits", name).refusal()


def test_without_a_digit_box_pictures_are_taken_pixel_by_pixel(glassnet, folder, colours):
    called = glassnet("predict", colours, halves("bright-left.png", 200, 10), halves("bright-right.png", 10, 200))
    assert called.out.startswith("bright-left.png: left, 98.9%")
    assert "\nbright-right.png: right, 98.9%" in called.out
    said = glassnet("predict", colours, halves("larger.png", 10, 200, (30, 40))).refusal()
    assert "'larger.png' is 40×30 grey pixels, but the network expects 4×3 of 1 channels" in said


def test_networks_for_colours_are_not_given_grey(glassnet, folder):
    network = Sequential([Conv2D(1), Flatten(), Dense(2), Activation("softmax")], (3, 4, 3))
    save(TrainedModel(network, (0, 1)), "rgb")
    assert "4×3 of 3 channels" in glassnet("predict", "rgb", halves("grey.png", 10, 200)).refusal()


def test_sklearn_is_not_imported(process, models, folder):
    halves("ink.png", 0, 255, (40, 40))
    for words in (["predict", models / "people", "130,66"], ["read", "--model", models / "digits", "ink.png"]):
        called = process(*words, start=("-c", TELLING))
        assert (called.code, called.err) == (0, "")
        assert called.out.splitlines()[-1] == "False"


@pytest.mark.mnist
@pytest.mark.usefixtures("mnist_folder")
def test_training_mnist_does_not_import_sklearn(process):
    words = ["train", "mnist", "--net", "flatten dense10", "--epochs", "1", "--batch-size", "5000", "--quiet"]
    called = process(*words, start=("-c", TELLING))
    assert (called.code, called.out, called.err) == (0, "False\n", "")
