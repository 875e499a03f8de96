# The cells of a book's first chapter, one after the other: names as "network" and "train_images".
from keras.datasets import mnist

(train_images, train_labels), (test_images, test_labels) = mnist.load_data()
print(train_images.ndim, train_images.dtype, len(train_labels))

from keras import models
from keras import layers

network = models.Sequential()
network.add(layers.Dense(128, activation='relu', input_shape=(28 * 28,)))
network.add(layers.Dense(10, activation='softmax'))
network.compile(optimizer='rmsprop', loss='categorical_crossentropy', metrics=['accuracy'])

from keras.utils import to_categorical

flat = train_images.reshape((len(train_images), 28 * 28)).astype('float32') / 255
flat_test = test_images.reshape((len(test_images), 28 * 28)).astype('float32') / 255
network.fit(flat, to_categorical(train_labels), epochs=5, batch_size=64)
test_loss, test_acc = network.evaluate(flat_test, to_categorical(test_labels))
print('test_acc:', test_acc)

import matplotlib.pyplot as plt

plt.imshow(train_images[4], cmap=plt.cm.binary)
plt.show()
