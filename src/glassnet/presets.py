"""Networks and settings that are ready to use.

The settings of `mlp` and `cnn` were chosen on training samples held out for validation, never on a test set; those of
`pictures` on drawn cats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from glassnet.augmentation import AUGMENTATIONS, Augmentation, Flip
from glassnet.checks import check_choice
from glassnet.data import Dataset
from glassnet.functions import HeNormal, Normal, Uniform
from glassnet.layers import Activation, Conv2D, Dense, Dropout, Flatten, Layer, MaxPooling2D
from glassnet.losses import BinaryCrossentropy, CategoricalCrossentropy, Loss, MeanSquaredError, Perceptron
from glassnet.optimizers import SGD, Adam, AdamW, Cosine, OneCycle
from glassnet.preparation import Fit
from glassnet.recipe import Recipe

MANY_ROWS = 3000  # of a table, from which on a wider network pays
SAMPLES_SEEN = 3_000_000  # by a network for a large table, at most: its epochs are fewer
DECAY_OF_CLASSES, DECAY_OF_NUMBERS = 30.0, 100.0  # times features / rows; numbers have more noise than classes have
STRONGEST_DECAY = 3.0
LOOKS = 30_000  # at pictures, that a training on few of them has
FEW_PICTURES = 5_000  # below so many, they are changed anew each time they are seen
ENOUGH_PICTURES = 100  # from so many on, some can be spared for validation
FEW_PLACES = 10  # on the longer side of the last feature map, at most
SMALL_PICTURE = 16  # below this side a picture has no room for two convolutions and two poolings without padding


@dataclass(frozen=True)
class Preset:
    """Layers, from input to output, and how to train them."""

    layers: list[Layer]
    recipe: Recipe


def preset(name: str, data: Dataset) -> Preset:
    """The network called `name` for these data; ParameterError where there is none."""
    check_choice("train", "net", name, PRESETS)
    return PRESETS[name](data)


def default_name(data: Dataset) -> str:
    """The preset that fits the data best: the article's own for its sets, pictures for those that were fitted into a
    field, cnn for other pictures, table for features with units of their own, mlp for other rows.
    """
    if any(isinstance(step, Fit) for step in data.preparation.steps):
        return "pictures"
    if len(data.sample_shape) == 1 and isinstance(data.preparation.scale.factor, tuple):
        return "table"
    if data.name in TAUGHT:
        return data.name
    return "cnn" if len(data.sample_shape) == 3 else "mlp"


def complete(layers: list[Layer], data: Dataset) -> tuple[list[Layer], Loss]:
    """Layers with the last activation that the targets want, where there is none, and the loss that goes with it."""
    last = layers[-1]
    if data.classes is None:
        return layers, MeanSquaredError()
    if isinstance(last, Activation) and last.function == "softmax":
        return layers, CategoricalCrossentropy()
    if isinstance(last, Activation) and last.function == "sigmoid":
        return layers, BinaryCrossentropy()
    if isinstance(last, Activation):
        return layers, MeanSquaredError()
    if isinstance(last, Dense) and last.units == 1:
        return [*layers, Activation("sigmoid")], BinaryCrossentropy()
    return [*layers, Activation("softmax")], CategoricalCrossentropy()


def _flat(data: Dataset) -> list[Layer]:
    return [Flatten()] if len(data.sample_shape) > 1 else []


def _outputs(data: Dataset) -> int:
    return len(data.classes) if data.classes is not None else int(data.y.shape[1])


def _perceptron(data: Dataset) -> Preset:
    """One layer that learns sample by sample from its mistakes, in one pass, as the digits article does."""
    weights = Uniform(-0.1, 0.1)
    dense = Dense(_outputs(data), kernel_initializer=weights, bias_initializer=weights)
    recipe = Recipe(Perceptron(), SGD(1.0), epochs=1, batch_size=1, shuffle=False)
    return Preset([*_flat(data), dense, Activation("relu")], recipe)


def _mlp(data: Dataset) -> Preset:
    """Two hidden layers; wide ones with dropout for pictures, narrow ones for tables."""
    if len(data.sample_shape) == 1:
        layers = [Dense(32), Activation("relu"), Dense(32), Activation("relu"), Dense(_outputs(data))]
        return Preset(*_with_loss(layers, data, Recipe(MeanSquaredError(), Adam(0.01, schedule=Cosine()), 100, 32)))
    hidden: list[Layer] = []
    for units in (512, 256):
        hidden += [Dense(units, kernel_initializer=HeNormal()), Activation("relu"), Dropout(0.3)]
    recipe = Recipe(CategoricalCrossentropy(), Adam(0.001, schedule=Cosine()), 15, 128, validation=0.1)
    return Preset(*_with_loss([Flatten(), *hidden, Dense(_outputs(data))], data, recipe))


def _table(data: Dataset) -> Preset:
    """Two hidden layers, with the more pull of the weights to zero the fewer rows there are for each feature.

    Chosen by cross-validation on drawn sets of 40 to 64 000 rows, benchmarks/tables.py.
    """
    rows, features = data.x.shape
    large = rows >= MANY_ROWS
    hidden = [Dense(64 if large else 32), Activation("relu")] * 2
    pull = (DECAY_OF_CLASSES if data.classes else DECAY_OF_NUMBERS) * features / rows
    optimizer = AdamW(0.01, schedule=Cosine(), weight_decay=min(pull, STRONGEST_DECAY))
    recipe = Recipe(MeanSquaredError(), optimizer, 100, 32)
    if large:
        recipe = replace(recipe, epochs=max(3, min(100, SAMPLES_SEEN // rows)), batch_size=128)
    return Preset(*_with_loss([*hidden, Dense(_outputs(data))], data, recipe))


def _cnn(data: Dataset) -> Preset:
    """Two convolutions, as small pictures of digits want them."""
    he = HeNormal()
    relu, pool = Activation("relu"), MaxPooling2D()
    if min(data.sample_shape[:2]) < SMALL_PICTURE:
        body: list[Layer] = [
            Conv2D(32, padding="same", kernel_initializer=he),
            relu,
            Conv2D(64, padding="same", kernel_initializer=he),
            relu,
            pool,
            Flatten(),
            Dropout(0.5),
        ]
        recipe = Recipe(CategoricalCrossentropy(), Adam(0.002, schedule=Cosine()), 30, 32, validation=0.1)
    else:
        body = [
            Conv2D(32, kernel_initializer=he),
            relu,
            pool,
            Conv2D(64, kernel_initializer=he),
            relu,
            pool,
            Flatten(),
            Dense(128, kernel_initializer=he),
            relu,
            Dropout(0.5),
        ]
        recipe = Recipe(CategoricalCrossentropy(), Adam(0.002, schedule=OneCycle()), 10, 128, validation=0.1)
    return Preset(*_with_loss([*body, Dense(_outputs(data))], data, recipe))


def _pictures(data: Dataset) -> Preset:
    """For pictures of one's own, few or many, of any size: convolutions, each halving the field, until little is left.

    Few pictures are seen often, and changed each time. A mirrored cat is a cat, but a mirrored sign is no such sign.
    """
    he, relu = HeNormal(), Activation("relu")
    body: list[Layer] = []
    (height, width), filters = data.sample_shape[:2], 16
    while max(height, width) > FEW_PLACES and min(height, width) > 1:
        body += [Conv2D(filters, padding="same", kernel_initializer=he), relu, MaxPooling2D()]
        height, width, filters = height // 2, width // 2, min(2 * filters, 64)
    few = len(data) < FEW_PICTURES
    recipe = Recipe(
        CategoricalCrossentropy(),
        Adam(0.002, schedule=OneCycle()),
        epochs=max(10, min(300, LOOKS // len(data))),
        batch_size=32,
        validation=0.1 if len(data) >= ENOUGH_PICTURES else 0.0,
        augmentation=_changes(data) if few else None,
    )
    return Preset(*_with_loss([*body, Flatten(), Dropout(0.5), Dense(_outputs(data))], data, recipe))


def _changes(data: Dataset) -> Augmentation:
    """What changes pictures, but not their classes; mirrors none where a class is called by one sign or a number."""
    changes = AUGMENTATIONS["pictures"].changes
    signs = any(isinstance(label, int) or len(str(label)) == 1 for label in data.classes or ())
    return Augmentation(tuple(change for change in changes if not (signs and isinstance(change, Flip))))


def _with_loss(layers: list[Layer], data: Dataset, recipe: Recipe) -> tuple[list[Layer], Recipe]:
    layers, loss = complete(layers, data)
    return layers, replace(recipe, loss=loss)


def _xor(data: Dataset) -> Preset:
    """Nine parameters, as the XOR article has them; not every start succeeds."""
    layers: list[Layer] = [Dense(2), Activation("relu"), Dense(1), Activation("sigmoid")]
    return Preset(layers, Recipe(BinaryCrossentropy(), SGD(0.1), epochs=1000, batch_size=1))


def _people(data: Dataset) -> Preset:
    """Two neurons and one, as the article on weight and height has them."""
    normal = Normal(1.0)
    layers: list[Layer] = [
        Dense(2, kernel_initializer=normal, bias_initializer=normal),
        Activation("sigmoid"),
        Dense(1, kernel_initializer=normal, bias_initializer=normal),
        Activation("sigmoid"),
    ]
    return Preset(layers, Recipe(MeanSquaredError(), SGD(0.1), epochs=1000, batch_size=1, shuffle=False))


def _first_input(data: Dataset) -> Preset:
    """One neuron that finds out that the answer is its first input.

    The article moves a weight by error × input × slope. The slope of a squared error is twice that, hence the rate ½.
    """
    layers: list[Layer] = [Dense(1, use_bias=False, kernel_initializer=Uniform(-1.0, 1.0)), Activation("sigmoid")]
    return Preset(layers, Recipe(MeanSquaredError("sum"), SGD(0.5), epochs=10_000, batch_size=4, shuffle=False))


TAUGHT = ("xor", "people", "first-input")  # sets with a network of their own, called alike
PRESETS: dict[str, Callable[[Dataset], Preset]] = {
    "perceptron": _perceptron,
    "mlp": _mlp,
    "table": _table,
    "cnn": _cnn,
    "pictures": _pictures,
    "xor": _xor,
    "people": _people,
    "first-input": _first_input,
}
