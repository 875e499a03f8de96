"""A network of three neurons learns who is a woman and who a man, from weight and height.

Four people are known. Their pounds and inches are shifted by 135 and 66, so that they lie around zero. After every
epoch the loss is computed anew over all four; it is printed for every tenth epoch, and drawn.
"""

from pathlib import Path

from glassnet import (
    SGD,
    Activation,
    Dense,
    MeanSquaredError,
    Normal,
    Recipe,
    Sequential,
    load_data,
    predict,
    save_history,
    train,
)

people = load_data("people", seed=0).train
shift = people.preparation.scale

normal = Normal(1.0)
network = Sequential(
    [
        Dense(2, kernel_initializer=normal, bias_initializer=normal),
        Activation("sigmoid"),
        Dense(1, kernel_initializer=normal, bias_initializer=normal),
        Activation("sigmoid"),
    ],
    input_shape=(2,),
    seed=0,
)
recipe = Recipe(MeanSquaredError(), SGD(0.1), epochs=1000, batch_size=1, shuffle=False)
losses = train(network, people, recipe, validation=people).history["validation_loss"]
for epoch in range(0, 1000, 10):
    print(f"epoch {epoch:3}  loss {losses[epoch]:.3f}")

for name, person in (("Emily", (128, 63)), ("Frank", (155, 68))):
    print(f"{name}: {predict(network, [person], shift)[0, 0]:.3f}  (1 is a woman, 0 a man)")

Path("demo").mkdir(exist_ok=True)
save_history({"loss": losses}, Path("demo/people-loss.png"))
print("The curve is drawn in demo/people-loss.png.")
