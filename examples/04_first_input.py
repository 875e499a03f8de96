"""One neuron finds out the rule of four samples: the answer is the first input.

Its correction of a weight is error × input × slope of the sigmoid at the output; an input of 0 corrects nothing. The
slope of a squared error is twice the error, so half the rate makes the correction exactly this.
"""

import numpy as np

from glassnet import SGD, Activation, Dataset, Dense, MeanSquaredError, Recipe, Sequential, Uniform, predict, train

inputs = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
answers = np.array([0, 1, 1, 0])
data = Dataset.from_arrays(inputs, answers)

layers = [Dense(1, use_bias=False, kernel_initializer=Uniform(-1.0, 1.0)), Activation("sigmoid")]
neuron = Sequential(layers, input_shape=(3,), dtype="float64", seed=0)
weights = neuron.weights()["dense_1.W"][:, 0]
print("Weights at the start:", weights.round(4))

outputs = predict(neuron, inputs)[:, 0]
for sample, answer, output in zip(inputs, answers, outputs, strict=True):
    error, slope = answer - output, output * (1 - output)
    print(f"{sample} → {answer}: output {output:.4f}, corrections {(error * sample * slope).round(4) + 0.0}")

recipe = Recipe(MeanSquaredError("sum"), SGD(0.5), epochs=10_000, batch_size=4, shuffle=False)
train(neuron, data, recipe)
print("Weights after 10 000 steps:", neuron.weights()["dense_1.W"][:, 0].round(4))
print(f"The question [1 0 0]: {predict(neuron, [[1, 0, 0]])[0, 0]:.4f}")
