"""MNIST for beginners with TensorFlow 2: logits, a loss that knows of them, and probabilities at the end."""
import tensorflow as tf

print("TensorFlow version:", tf.__version__)
print("GPUs:", len(tf.config.list_physical_devices('GPU')))
tf.random.set_seed(42)

mnist = tf.keras.datasets.mnist
(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train, x_test = x_train[:1000] / 255.0, x_test[:200] / 255.0
y_train, y_test = y_train[:1000], y_test[:200]

model = tf.keras.models.Sequential([
    tf.keras.layers.Flatten(input_shape=(28, 28)),
    tf.keras.layers.Dense(96, activation=tf.nn.relu),
    tf.keras.layers.Dropout(0.2),
    tf.keras.layers.Dense(10),
])

predictions = model(x_train[:1]).numpy()
print(predictions.shape, "%.3f" % tf.nn.softmax(predictions).numpy().sum())

loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
print("untrained loss: %.1f" % loss_fn(y_train[:1], predictions).numpy())

model.compile(optimizer='adam', loss=loss_fn, metrics=['accuracy'])
model.fit(x_train, y_train, epochs=6)
loss, accuracy = model.evaluate(x_test, y_test, verbose=2)

probability_model = tf.keras.Sequential([model, tf.keras.layers.Softmax()])
first = probability_model(x_test[:5])
print(tf.argmax(first, axis=1).numpy(), y_test[:5])
