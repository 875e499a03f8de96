"""XOR with nine parameters: a trained example by its numbers, and training that has to be started again.

With two hidden neurons not every start succeeds: some five in six stay where two of the four answers or more are wrong.
"""

from itertools import count

from glassnet import SGD, Activation, BinaryCrossentropy, Dense, Recipe, Sequential, load_data, predict, train

xor = load_data("xor", seed=0).train
LAYERS = [Dense(2), Activation("relu"), Dense(1), Activation("sigmoid")]

example = Sequential(LAYERS, input_shape=(2,))
print(example.summary())
example.set_weights(
    {
        "dense_1.W": [[2.8668058, -2.904025], [-2.871452, 2.9036295]],
        "dense_1.b": [-0.00128211, -0.00191825],
        "dense_2.W": [[3.9633768], [3.9168582]],
        "dense_2.b": [-4.897212],
    }
)
for sample, output in zip(xor.x, predict(example, xor.x)[:, 0], strict=True):
    print(f"{sample} → {output:.8f}")

print("\nNow from the beginning, each time from other weights:")
for seed in count():
    network = Sequential(LAYERS, input_shape=(2,), seed=seed)
    train(network, xor, Recipe(BinaryCrossentropy(), SGD(0.1), epochs=1000, batch_size=1, seed=seed))
    outputs = predict(network, xor.x)[:, 0]
    learnt = ((outputs > 0.5) == xor.y).all()
    print(f"seed {seed:2}: {outputs.round(3)} {'learnt' if learnt else 'stuck'}")
    if learnt:
        break

for name, values in network.weights().items():
    print(f"{name} = {values.tolist()}")
