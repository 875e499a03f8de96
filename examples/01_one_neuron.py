"""One neuron: it multiplies its inputs by weights, adds a bias, and passes the sum through an activation."""

from glassnet import Activation, Dense, Sequential, predict

WEIGHTS, BIAS, INPUTS = [0, 1], 4, [2, 3]

total = WEIGHTS[0] * INPUTS[0] + WEIGHTS[1] * INPUTS[1] + BIAS
print(f"The sum by hand: 0·2 + 1·3 + 4 = {total}")

for activation in ("step", "linear", "relu", "sigmoid"):
    neuron = Sequential([Dense(1), Activation(activation)], input_shape=(2,), dtype="float64")
    neuron.set_weights({"dense_1.W": [[WEIGHTS[0]], [WEIGHTS[1]]], "dense_1.b": [BIAS]})
    outputs = predict(neuron, [INPUTS])  # a list of samples goes in, a row of outputs for each comes out
    print(f"{activation:8} {outputs[0, 0]}")
