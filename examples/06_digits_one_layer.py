"""One layer of ten outputs learns to read the digits of MNIST in a single pass, sample by sample.

Where the largest output is not the true one, the image is added to the weights of the true one and taken off those of
the other: the perceptron's rule with rate 1. Some 87% of the test digits are then right.
"""

from pathlib import Path

from glassnet import (
    SGD,
    Activation,
    Dense,
    Flatten,
    Perceptron,
    Recipe,
    Sequential,
    TrainedModel,
    Uniform,
    judge,
    load_data,
    save_weights,
    train,
    weight_pictures,
)

SEED = 0
digits, test = load_data("mnist", seed=SEED)

tenth = Uniform(-0.1, 0.1)
layers = [Flatten(), Dense(10, kernel_initializer=tenth, bias_initializer=tenth), Activation("relu")]
network = Sequential(layers, input_shape=(28, 28, 1), seed=SEED)
train(network, digits, Recipe(Perceptron(), SGD(1.0), epochs=1, batch_size=1, shuffle=False))

verdict = judge(TrainedModel(network, digits.classes, digits.preparation), test)
print(f"Seed {SEED}: {verdict.accuracy:.4f} of {verdict.samples} test digits are right.")
print("Misclassified, the first ten:")
for mistake in sorted(verdict.mistakes, key=lambda one: one.index)[:10]:
    print(f"  image {mistake.index}: {mistake.true} was taken for {mistake.predicted}")

Path("demo").mkdir(exist_ok=True)
save_weights(weight_pictures(network, digits.classes), Path("demo/digit-weights.png"))
print("The ten weights of 28×28 are drawn in demo/digit-weights.png.")
