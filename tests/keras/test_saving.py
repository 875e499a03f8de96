from __future__ import annotations

import json
import zipfile

import numpy as np
import pytest

import glassnet
from glassnet.errors import ModelFileError, OutputError, ParameterError
from glassnet.explain import step
from glassnet.keras.layers import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Dropout,
    GlobalAveragePooling2D,
    MaxPooling2D,
    Softmax,
)
from glassnet.keras.models import Sequential, load_model, model_from_json, save_model
from glassnet.keras.notes import translated
from glassnet.keras.optimizers import Adam
from glassnet.keras.regularizers import l2
from tests.keras.working import LABELS, X, two_classes, yes_or_no

PICTURES = np.arange(6 * 36.0).reshape(6, 6, 6, 1) % 7


def network_of_many_kinds():
    inner = Sequential(
        [
            Conv2D(3, 3, padding="same", activation="relu", kernel_regularizer=l2(0.1), input_shape=(6, 6, 1)),
            BatchNormalization(name="norm"),
            MaxPooling2D(padding="same"),
            GlobalAveragePooling2D(),
        ],
        name="inner",
    )
    model = Sequential([inner, Dense(4, "tanh"), Activation("relu"), Dropout(0.2), Dense(2), Softmax()], name="outer")
    model.compile(Adam(0.01, beta_1=0.8), "sparse_categorical_crossentropy", metrics=["acc", "mse"])
    return model


@pytest.mark.parametrize("name", ["model.keras", "model.h5", "model", "model.safetensors"])
def test_a_model_comes_back_as_it_was(tmp_path, name):
    model = network_of_many_kinds()
    model.fit(PICTURES, LABELS, epochs=2, verbose=0)
    model.save(tmp_path / name)
    again = load_model(tmp_path / name)
    for one, other in zip(model.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(again.predict(PICTURES), model.predict(PICTURES))
    assert again.evaluate(PICTURES, LABELS, verbose=0) == model.evaluate(PICTURES, LABELS, verbose=0)
    assert again.metrics_names == ["loss", "acc", "mse"]
    assert again.optimizer.describe() == model.optimizer.describe()
    assert [type(layer).__name__ for layer in again.layers] == [type(layer).__name__ for layer in model.layers]
    assert [layer.name for layer in again.get_layer("inner").layers] == [
        layer.name for layer in model.get_layer("inner").layers
    ]
    again.fit(PICTURES, LABELS, verbose=0)
    foreign = name.endswith((".h5", ".keras"))
    assert any("glassnet's own format" in line for line in translated()) == foreign


def test_glassnet_reads_the_file_and_knows_the_classes(tmp_path):
    model = yes_or_no()
    model.fit(X, LABELS, epochs=2, verbose=0)
    save_model(model, tmp_path / "model.h5")
    trained = glassnet.load(tmp_path / "model.h5")
    assert trained.classes == (0, 1)
    assert len(trained.history["loss"]) == 2
    np.testing.assert_array_equal(glassnet.predict(trained, X), model.predict(X))
    told = str(step(trained, X[1], 1))  # what it was trained with
    assert "SGD" in told
    assert "ln(1 + eᶻ) − t·z" in told


def test_a_model_that_glassnet_trained_is_read_too(tmp_path):
    network = glassnet.Sequential([glassnet.Dense(2), glassnet.Activation("softmax")], (2,))
    glassnet.save(glassnet.TrainedModel(network, (0, 1)), tmp_path / "model.safetensors")
    model = load_model(tmp_path / "model.safetensors")
    np.testing.assert_array_equal(model.predict(X), glassnet.predict(network, X))
    assert [layer.name for layer in model.layers] == ["dense_1", "activation_1"]
    with pytest.raises(ParameterError, match=r"evaluate needs a loss and an optimizer\. Write model\.compile"):
        model.evaluate(X, LABELS)


def test_files_of_keras_and_others_are_refused(tmp_path):
    hdf5, archive, text = tmp_path / "old.h5", tmp_path / "new.keras", tmp_path / "text.h5"
    hdf5.write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(100))
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("config.json", "{}")
    text.write_text("weights")
    for path, said in (
        (hdf5, "it is an HDF5 file, such as Keras once wrote (.h5). Files of Keras's own are not read here: train"),
        (archive, "it is a ZIP archive, such as .keras"),
        (text, "it is not a model file."),
        (tmp_path / "none.h5", "there is no such file."),
    ):
        for read in (load_model, two_classes().load_weights):
            with pytest.raises(ModelFileError) as caught:
                read(path)
            assert said in str(caught.value)


def test_a_receipt_that_does_not_fit_is_an_error(tmp_path):
    network = glassnet.Sequential([glassnet.Dense(2)], (2,))
    dense = {"name": "a", "class": "Dense", "takes": 1}
    for told in (
        {"layers": [dense, dense]},
        {"layers": [dense | {"takes": 0}]},
        {"layers": [dense | {"class": "os.system"}]},
        {"layers": [dense], "compiled": {"optimizer": {}}},
        {"layers": "Dense"},
    ):
        path = tmp_path / "model"
        glassnet.save(glassnet.TrainedModel(network, receipt={"keras": told}), path)
        with pytest.raises(ModelFileError, match="its receipt does not fit its network"):
            load_model(path)


def test_weights_alone(tmp_path):
    model, other = two_classes(), two_classes()
    model.save_weights(tmp_path / "weights.h5")
    other.load_weights(tmp_path / "weights.h5")
    np.testing.assert_array_equal(other.predict(X), model.predict(X))
    with pytest.raises(OutputError, match=r"weights.h5' exists\. Say overwrite=True to replace it"):
        model.save_weights(tmp_path / "weights.h5", overwrite=False)


def test_layers_as_json():
    model = network_of_many_kinds()
    again = model_from_json(model.to_json())
    assert [array.shape for array in again.get_weights()] == [array.shape for array in model.get_weights()]
    again.set_weights(model.get_weights())
    np.testing.assert_array_equal(again.predict(PICTURES), model.predict(PICTURES))
    for text in ("", "{}", json.dumps({"network": {}, "keras": {}})):
        with pytest.raises(ParameterError):
            model_from_json(text)
