!pip install -q tensorflow==2.1.0
from __future__ import absolute_import, division, print_function
try:
  %tensorflow_version 2.x
except Exception:
  pass
%matplotlib inline
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

tf.compat.v1.logging.set_verbosity(tf.compat.v1.logging.ERROR)
if tf.config.experimental.list_physical_devices('GPU'):
    print('a GPU is there')
np.random.seed(1)
tf.compat.v1.set_random_seed(1)

(x, y), (x_test, y_test) = tf.keras.datasets.mnist.load_data()
x = tf.keras.utils.normalize(x, axis=1)
x_test = tf.keras.utils.normalize(x_test, axis=1)
x = x[..., tf.newaxis]
x_test = x_test[..., tf.newaxis]

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Flatten())
model.add(tf.keras.layers.Dense(64, activation=tf.nn.relu))
model.add(tf.keras.layers.Dense(64, activation=tf.nn.tanh))
model.add(tf.keras.layers.Dense(10, activation=tf.nn.softmax))
model.compile(optimizer=tf.train.AdamOptimizer(0.002), loss='sparse_categorical_crossentropy', metrics=['acc'])
history = model.fit(x, y, epochs=8, batch_size=32, verbose=0, validation_split=0.1)
print('last epoch: %.3f' % history.history['val_acc'][-1])

answers = tf.argmax(model.predict(x_test), axis=1)
print('accuracy: %.3f' % tf.reduce_mean(tf.cast(tf.equal(answers, y_test), tf.float32)).numpy())
print(tf.math.confusion_matrix(y_test, answers).numpy().diagonal().sum(), 'of', len(y_test))

fig, (left, right) = plt.subplots(1, 2)
left.plot(history.epoch, history.history['loss'])
right.plot(history.epoch, history.history['val_loss'])
plt.show()
