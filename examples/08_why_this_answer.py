"""What made it say so? A convolutional network reads a scan, and the scan is searched for what its answer rests on.

Covering the scan piece by piece shows which pieces the answer needs. The slope of the answer's score at every pixel,
which goes back through the layers as in training, shows where more ink would help or harm. Each map of a convolution
shows where in the scan one small pattern was found.
"""

from pathlib import Path

from glassnet import (
    Adam,
    CategoricalCrossentropy,
    Recipe,
    Sequential,
    TrainedModel,
    explain,
    load_data,
    parse_network,
    train,
)

digits, test = load_data("digits", seed=0)
layers = parse_network("conv8 relu conv16 relu pool flatten dense10 softmax")
network = Sequential(layers, input_shape=digits.sample_shape, seed=0)
train(network, digits, Recipe(CategoricalCrossentropy(), Adam(0.005), epochs=8))
model = TrainedModel(network, digits.classes, digits.preparation)

scan = test.x[5]
found = explain.attribution(model, scan)
print(f"The network answers {found.answer}; the scan is a {test.labels[5]}. Its score is {found.score:.2f}.")
print("By how much the score falls where 3×3 pixels are covered:")
for row in found.occlusion:
    print("  ".join(f"{fall:5.1f}" for fall in row))

for layer in explain.feature_maps(model, scan):
    height, width, count = layer.maps.shape
    print(f"{layer.layer}: {count} maps of {height}×{width}, the largest number is {layer.maps.max():.2f}")

Path("demo").mkdir(exist_ok=True)
explain.save_picture(model, scan, Path("demo/why.png"))
print("All of it is drawn in demo/why.png.")
