"""A convolutional network reads digit scans of 8×8 pixels: convolution and subsampling first, dense layers after it.

A convolution slides small windows over a picture, so that a stroke is found wherever it is; pooling keeps the strongest
response of each 2×2 pixels; the dense layers decide.
"""

from glassnet import (
    Activation,
    Adam,
    CategoricalCrossentropy,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    MaxPooling2D,
    Recipe,
    Sequential,
    TrainedModel,
    judge,
    load_data,
    train,
)

digits, test = load_data("digits", seed=0)
relu = Activation("relu")
body = [Conv2D(16, padding="same"), relu, MaxPooling2D(), Conv2D(32, padding="same"), relu, MaxPooling2D()]
head = [Flatten(), Dense(64), relu, Dropout(0.3), Dense(10), Activation("softmax")]
network = Sequential([*body, *head], input_shape=digits.sample_shape, seed=0)
print(network.summary())

run = train(network, digits, Recipe(CategoricalCrossentropy(), Adam(0.002), epochs=8))
for epoch, accuracy in enumerate(run.history["accuracy"], start=1):
    print(f"epoch {epoch}: {accuracy:.1%} of the training digits")

verdict = judge(TrainedModel(network, digits.classes, digits.preparation), test)
print(
    f"{verdict.accuracy:.1%} of {verdict.samples} digits that it has not seen ({verdict.low:.1%} to {verdict.high:.1%})"
)
