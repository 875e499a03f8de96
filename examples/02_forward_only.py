"""Neurons side by side and one after the other: the outputs of h1 and h2 are the inputs of o1.

Every neuron has the weights 0 and 1, the bias 0 and the sigmoid. Nothing is learnt here; numbers only go forward.
"""

from glassnet import Activation, Dense, Sequential, predict

INPUTS = [[2, 3]]

network = Sequential(
    [Dense(2), Activation("sigmoid"), Dense(1), Activation("sigmoid")], input_shape=(2,), dtype="float64"
)
network.set_weights(
    {
        "dense_1.W": [[0, 0], [1, 1]],  # a row for each input, a column for each neuron
        "dense_1.b": [0, 0],
        "dense_2.W": [[0], [1]],
        "dense_2.b": [0],
    }
)
h1, h2 = predict(network, INPUTS, depth=2)[0]  # after the first two layers
print(f"h1 = {h1:.4f}, h2 = {h2:.4f}")
print(f"o1 = {predict(network, INPUTS)[0, 0]}")
print(network.summary())
