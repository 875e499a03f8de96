from __future__ import annotations

import json

import pytest

from glassnet import notation
from glassnet.descriptions import to_config
from glassnet.errors import ParameterError
from glassnet.functions import ACTIVATIONS, HeNormal
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
from glassnet.notation import parse_network, read_network

WORDS = {
    "dense128": Dense(128),
    "dense1/nobias": Dense(1, use_bias=False),
    "conv32": Conv2D(32),
    "conv32/5x5": Conv2D(32, (5, 5)),
    "conv32/5": Conv2D(32, (5, 5)),
    "conv32/3x5/stride2/same/nobias": Conv2D(32, (3, 5), stride=2, padding="same", use_bias=False),
    "pool": MaxPooling2D(2),
    "pool3": MaxPooling2D(3),
    "pool3/stride2": MaxPooling2D(3, stride=2),
    "avgpool": AveragePooling2D(2),
    "avgpool3/stride1": AveragePooling2D(3, stride=1),
    "dropout0.5": Dropout(0.5),
    "dropout.25": Dropout(0.25),
    "dropout0": Dropout(0.0),
    "reshape28x28x1": Reshape((28, 28, 1)),
    "reshape784": Reshape((784,)),
    "flatten": Flatten(),
    "batchnorm": BatchNormalization(),
    **{name: Activation(name) for name in ACTIVATIONS},
}


@pytest.mark.parametrize("word", WORDS)
def test_words(word):
    assert parse_network(word) == [WORDS[word]]


def test_every_layer_has_a_word():
    assert {type(layer) for layer in WORDS.values()} == set(LAYERS.values())


def test_a_network():
    layers = parse_network("conv32 relu pool flatten dense128 relu dropout0.5 dense10")
    assert [type(layer) for layer in layers] == [
        Conv2D,
        Activation,
        MaxPooling2D,
        Flatten,
        Dense,
        Activation,
        Dropout,
        Dense,
    ]


def test_the_network_that_the_module_shows():
    assert notation.__doc__
    assert len(parse_network(notation.__doc__.splitlines()[2])) == 8


@pytest.mark.parametrize("text", ["dense2,relu,dense1", "dense2, relu, dense1", "  Dense2   RELU\tdense1\n"])
def test_commas_spaces_and_capitals(text):
    assert parse_network(text) == [Dense(2), Activation("relu"), Dense(1)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", 'The network is empty. Write "dense16 relu dense2", say.'),
        (" , ", "The network is empty."),
        ("dens128", "The network has the word 'dens128', which names no layer. Did you mean 'dense'?"),
        ("dense2 rely", "The network has the word 'rely', which names no layer. Did you mean 'relu'?"),
        ("dense", "The network has the word 'dense', which names no layer. It needs a number, as in dense32."),
        ("dropout", "It needs a number, as in dropout0.5."),
        ("reshape", "It needs a number, as in reshape28x28x1."),
        ("zebra", "which names no layer. Known are dense, conv, pool"),
        ("conv32/6x", "The word 'conv32/6x' has the option '6x'. Its options are: 5x5, stride2, same, nobias."),
        ("dense2/same", "The word 'dense2/same' has the option 'same'. Its options are: nobias."),
        ("flatten/2", "The word 'flatten/2' has the option '2'. Its options are: none."),
        ("conv32/strided", "The word 'conv32/strided' has the option 'strided'."),
        ("dense-3", "The network has the word 'dense-3', which names no layer. Did you mean 'dense'?"),
        ("relu/2", "The network has the word 'relu/2', which names no layer."),
    ],
)
def test_errors_point_at_the_word(text, message):
    with pytest.raises(ParameterError) as caught:
        parse_network(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dense0", "Dense: units must be a whole number, 1 or more. Got 0."),
        ("conv8/stride0", "Conv2D: stride must be a whole number, 1 or more. Got 0."),
        ("dropout1.5", "Dropout: rate must be a number in [0, 1). Got 1.5."),
        ("reshape0x2", "Reshape: one axis at most may be -1, and none 0. Got (0, 2)."),
        ("dense" + "9" * 5000, "which names no layer"),
    ],
)
def test_row_55_numbers_out_of_range(text, message):
    with pytest.raises(ParameterError) as caught:
        parse_network(f"relu {text}")
    assert message in str(caught.value)


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_json_file(tmp_path, wrapped):
    layers = [Conv2D(8, kernel_initializer=HeNormal()), Activation("relu"), Flatten(), Dense(10)]
    content = [to_config(layer) for layer in layers]
    file = tmp_path / "ein Netz.json"
    file.write_text(json.dumps({"layers": content} if wrapped else content), encoding="utf-8")
    assert read_network(file) == layers


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", 'holds no list of "layers"'),
        ('{"layers": 3}', 'holds no list of "layers"'),
        ('"dense2"', 'holds no list of "layers"'),
        ('[{"class": "Dens", "units": 2}]', "Unknown class 'Dens'. Did you mean 'Dense'?"),
        ('[{"class": "Dense"}]', "Dense needs the parameter 'units'."),
        ('[{"class": "Dense", "units": "two"}]', "Dense: units must be a whole number, 1 or more. Got 'two'."),
        ('[{"class": "Zeros"}]', "names Zeros, which is not a layer"),
        ('["dense2"]', "Expected an object with a \"class\", got 'dense2'."),
    ],
)
def test_files_that_hold_no_network(tmp_path, content, message):
    file = tmp_path / "net.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ParameterError) as caught:
        read_network(file)
    assert message in str(caught.value)


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(ParameterError, match=r"none\.json cannot be read: No such file"):
        read_network(tmp_path / "none.json")
    (tmp_path / "latin.json").write_bytes(b'[{"class": "\xe4"}]')
    with pytest.raises(ParameterError, match=r"latin\.json is not JSON"):
        read_network(tmp_path / "latin.json")
