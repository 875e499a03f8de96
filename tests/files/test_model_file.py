import math
import warnings
from dataclasses import replace

import numpy as np
import pytest

from glassnet.certainty import Certainty
from glassnet.errors import GlassnetError, ModelFileError, ParameterError
from glassnet.files import ModelWarning, TrainedModel, load, save
from glassnet.layers import (
    LAYERS,
    Activation,
    AveragePooling2D,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
    Reshape,
)
from glassnet.model import Sequential
from glassnet.preparation import Category, Columns, Date, DigitBox, Number, Preparation, Scale
from tests.files.crafting import good, put_together, taken_apart, tiny

EVERY_LAYER = [
    Reshape((8, 8, 1)),
    Conv2D(2, 3),
    BatchNormalization(),
    Activation("relu"),
    MaxPooling2D(2),
    AveragePooling2D(2),
    Flatten(),
    Dropout(0.25),
    Dense(2),
    Activation("softmax"),
]


def round_trip(trained, folder):
    save(trained, folder / "model")
    return load(folder / "model")


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_everything_comes_back(tmp_path, dtype):
    network = Sequential(EVERY_LAYER, (64,), dtype=dtype, seed=3)
    network.vectors.state[:] += 0.125
    preparation = Preparation((DigitBox(8, 8, "box", 16),), Scale(1 / 16, (-0.5,) * 64))
    receipt = {"seed": 3, "figures": {"accuracy": 0.97, "interval": [0.95, 0.98]}, "note": 'ä "\n', "none": None}
    history = {"loss": [0.5, math.inf, 0.1], "validation_accuracy": [0.1, 0.2, 0.3], "rate": []}
    back = round_trip(TrainedModel(network, ("no", "yes"), preparation, receipt, history), tmp_path)
    assert {type(layer) for layer in EVERY_LAYER} == set(LAYERS.values())
    assert back.network.layers == network.layers
    assert back.network.dtype == dtype
    assert back.network.vectors.weights.tobytes() == network.vectors.weights.tobytes()
    assert back.network.vectors.state.tobytes() == network.vectors.state.tobytes()
    assert (back.classes, back.preparation, back.receipt, back.history) == (
        ("no", "yes"),
        preparation,
        receipt,
        history,
    )
    assert back.healthy


def test_the_columns_of_a_table_come_back(tmp_path):
    columns = Columns((Number("a", 0.5), Category("ö", ("x", "y")), Date("d", "dmy", 3.0, clock=True)), "t")
    preparation = Preparation((columns,), Scale((0.5,) * 10), Scale(2.0, (-1.0,)))
    network = Sequential([Dense(1)], (10,))
    assert round_trip(TrainedModel(network, preparation=preparation), tmp_path).preparation == preparation


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ([], "columns must be a tuple of Number, Category, Date"),
        ([{"class": "Scale"}], "columns must be a tuple of Number, Category, Date"),
        ([{"class": "open"}], "Unknown class 'open'"),
        ([{"class": "Number", "name": "a", "fill": "x"}], "fill must be a number"),
        ([{"class": "Category", "name": "a", "values": [["x"]]}], "values must be a tuple of texts"),
        ([{"class": "Date", "name": "a", "order": "%c"}], "order must be one of ymd, dmy, mdy"),
        ([{"class": "Number", "name": "t"}], "the name 't' stands there twice"),
    ],
)
def test_row_02_columns_that_are_none(tmp_path, columns, said):
    header, content, data = taken_apart(good("model", tmp_path))
    content["content"]["preparation"]["steps"] = [{"class": "Columns", "columns": columns, "target": "t"}]
    (tmp_path / "model").write_bytes(put_together(header, content, data))
    with pytest.raises(GlassnetError, match=said):
        load(tmp_path / "model")


def test_the_vectors_of_a_loaded_network_are_aligned_and_its_own(tmp_path):
    back = round_trip(tiny(), tmp_path)
    for vector in (back.network.vectors.weights, back.network.vectors.state):
        assert vector.ctypes.data % 64 == 0
        assert vector.flags.writeable


def test_saving_changes_nothing_and_gives_the_same_bytes_again(tmp_path):
    trained = tiny()
    before = trained.network.vectors.weights.tobytes()
    back = round_trip(trained, tmp_path)
    save(back, tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == (tmp_path / "model").read_bytes()
    assert trained.network.vectors.weights.tobytes() == before


@pytest.mark.parametrize(
    "classes", [("no", "yes"), (0, 1), (-1, 7), (0.5, 2.0), (1, "one"), ("ü", "\udc80"), (2**60, 0.1)]
)
def test_row_50_classes_come_back_with_their_types(tmp_path, classes):
    back = round_trip(TrainedModel(tiny().network, classes), tmp_path)
    assert back.classes == classes
    assert [type(label) for label in back.classes or ()] == [type(label) for label in classes]


def test_regression_and_a_single_output(tmp_path):
    network = Sequential([Dense(1)], (2,))
    assert round_trip(TrainedModel(network), tmp_path).classes is None
    assert round_trip(TrainedModel(network, ("no", "yes")), tmp_path).classes == ("no", "yes")


@pytest.mark.parametrize(
    ("classes", "words"),
    [
        (("a",), r"outputs have shape \(2,\), but there are 1 classes"),
        (("a", "b", "c"), "there are 3 classes"),
        (("a", "a"), "A class stands there twice"),
        ((b"a", 1), "A class must be a string, a finite number, True or False. Got b'a'"),
        ((None, "a"), "Got None"),
        ((math.nan, 1.0), "Got nan"),
        ((np.int64(1), np.int64(2)), "Got np.int64"),
    ],
)
def test_classes_that_do_not_fit(classes, words):
    with pytest.raises(ParameterError, match=words):
        TrainedModel(tiny().network, classes)


def test_a_receipt_that_json_cannot_hold_is_refused(tmp_path):
    with pytest.raises(ParameterError, match="its content is not JSON"):
        save(TrainedModel(tiny().network, receipt={"accuracy": math.nan}), tmp_path / "model")
    with pytest.raises(ParameterError, match=r"'history\.a/b\' is no name for a tensor"):
        save(TrainedModel(tiny().network, history={"a/b": [1.0]}), tmp_path / "model")


def refused(folder, change, words):
    header, document, data = taken_apart(good("model", folder))
    data = change(header, document["content"], data) or data
    (folder / "file").write_bytes(put_together(header, document, data))
    with pytest.raises(ModelFileError, match=words) as caught:
        load(folder / "file")
    assert f"Cannot read {str(folder / 'file')!r}: " in str(caught.value)


@pytest.mark.parametrize("name", ["Lambda", "os.system", "dense", "__import__", "Sequential", "", "TFOpLambda"])
def test_row_02_a_layer_that_is_not_on_the_list_is_named(tmp_path, name):
    def change(header, content, data):
        content["network"]["layers"][0] = {"class": name}

    refused(tmp_path, change, f"Unknown class '{name}'")


def test_row_02_what_is_on_another_list_is_no_layer(tmp_path):
    def as_layer(header, content, data):
        content["network"]["layers"][0] = {"class": "Zeros"}

    def as_step(header, content, data):
        content["preparation"]["steps"] = [{"class": "Dense", "units": 1}]

    def as_preparation(header, content, data):
        content["preparation"] = {"class": "Scale"}

    refused(tmp_path, as_layer, "Zeros is not a layer")
    refused(tmp_path, as_step, "Unknown class 'Dense'")
    refused(tmp_path, as_preparation, "its preparation is a Scale")


def test_row_02_a_parameter_that_a_layer_does_not_have(tmp_path):
    def change(header, content, data):
        content["network"]["layers"][0]["module"] = "os"

    refused(tmp_path, change, "Dense has no parameter 'module'")


def test_tensors_that_are_not_those_of_the_network(tmp_path):
    def missing(header, content, data):
        del header["history.loss"], header["dense_1.W"]
        end = 0
        for entry in list(header.values())[1:]:
            length = entry["data_offsets"][1] - entry["data_offsets"][0]
            entry["data_offsets"] = [end, end + length]
            end += length
        return data[:end]

    def renamed(header, content, data):
        header["dense_9.W"] = header.pop("dense_1.W")

    def more(header, content, data):
        header["extra"] = {"dtype": "U8", "shape": [0], "data_offsets": [0, 0]}

    refused(tmp_path, missing, r"its network and its tensors do not fit each other: dense_1\.W")
    refused(tmp_path, renamed, r"do not fit each other: dense_1\.W, dense_9\.W")
    refused(tmp_path, more, "do not fit each other: extra")


def test_tensors_of_another_shape_or_type(tmp_path):
    def turned(header, content, data):
        header["dense_1.W"]["shape"].reverse()

    def shorter(header, content, data):
        header["dense_1.b"].update(dtype="F64", shape=[1])

    def other(header, content, data):
        content["network"]["dtype"] = "float64"

    refused(
        tmp_path, turned, r"'dense_1\.W' has type float32 and shape \(2, 3\); its network expects float32 and \(3, 2\)"
    )
    refused(
        tmp_path, shorter, r"'dense_1\.b' has type float64 and shape \(1,\); its network expects float32 and \(2,\)"
    )
    refused(tmp_path, other, "has type float32 .*; its network expects float64")


def test_a_history_that_is_no_list_of_numbers(tmp_path):
    def change(header, content, data):
        header["history.loss"]["shape"] = [1, 2]

    refused(tmp_path, change, "its history of 'loss' is not one float64 number for each epoch")


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("classes", "ab", "its classes must be a list or null"),
        ("classes", ["a"], "there are 1 classes"),
        ("classes", [["a"], "b"], "A class must be a string"),
        ("receipt", [], "its receipt an object"),
        ("receipt", None, "its receipt an object"),
        ("certainty", None, "Expected an object with a"),
        ("certainty", {"class": "Scale"}, "Unknown class 'Scale'"),
        ("certainty", {"class": "Certainty", "temperature": 0}, "temperature must be a number"),
        (
            "certainty",
            {"class": "Certainty", "none": "perhaps"},
            "class of strangers, 'perhaps', is none of the classes",
        ),
        ("more", 1, "a model has classes, network, preparation and receipt; it has .*more"),
    ],
)
def test_content_that_does_not_fit(tmp_path, key, value, words):
    refused(tmp_path, lambda header, content, data: content.update({key: value}), words)


@pytest.mark.parametrize("certainty", [None, Certainty(1.25), Certainty(0.5, -3.5, "no", 0.005, 0.97)])
def test_how_sure_it_may_be_comes_back(tmp_path, certainty):
    trained = replace(tiny(), certainty=certainty)
    back = round_trip(trained, tmp_path)
    assert (back.certainty, back.stranger) == (certainty, 0 if certainty and certainty.none else None)


@pytest.mark.parametrize(
    ("network", "classes"),
    [
        (Sequential([Dense(2), Activation("relu")], (3,)), ("no", "yes")),
        (Sequential([Dense(2), Activation("sigmoid")], (3,)), ("no", "yes")),
        (Sequential([Dense(2), Activation("softmax")], (3,)), None),
    ],
)
def test_only_probabilities_of_classes_have_a_certainty(network, classes):
    with pytest.raises(ParameterError, match="the network's outputs are no probabilities of classes"):
        TrainedModel(network, classes, certainty=Certainty())


def test_a_certainty_of_another_kind():
    with pytest.raises(ParameterError, match=r"A certainty must be such as Certainty\(1\.5\)\. Got 1\.5\."):
        replace(tiny(), certainty=1.5)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("which", ["weights", "state"])
def test_row_12_numbers_that_are_not_finite_load_with_a_warning_and_are_not_healthy(tmp_path, value, which):
    trained = tiny()
    getattr(trained.network.vectors, which)[-1] = value
    assert not trained.healthy
    save(trained, tmp_path / "model")
    name = {"weights": "dense_2.b", "state": "batch_normalization_1.variance"}[which]
    with pytest.warns(ModelWarning, match=f"{name} hold numbers that are not finite. Predict nothing") as caught:
        back = load(tmp_path / "model")
    assert caught[0].filename == __file__  # the warning points at the line that loads
    assert not back.healthy


def test_row_12_a_history_that_diverged_is_no_reason_to_distrust_the_weights(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        back = round_trip(TrainedModel(tiny().network, history={"loss": [1.0, math.inf]}), tmp_path)
    assert back.healthy
    assert back.history == {"loss": [1.0, math.inf]}


def test_a_long_history_fits(tmp_path):
    history = {name: [0.1] * 200_000 for name in ("loss", "accuracy", "validation_loss")}
    assert round_trip(TrainedModel(tiny().network, history=history), tmp_path).history == history


def test_true_and_false_come_back_as_they_went_in(tmp_path):
    save(TrainedModel(Sequential([Dense(1)], (2,)), (False, True)), tmp_path / "m.safetensors")
    assert [type(label) for label in load(tmp_path / "m.safetensors").classes or ()] == [bool, bool]
