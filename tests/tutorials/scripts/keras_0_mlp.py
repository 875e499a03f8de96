'''A plain network on MNIST, as one wrote it for the first Keras, in 2015.'''
from __future__ import absolute_import
from __future__ import print_function
import numpy as np
np.random.seed(1337)

from keras.datasets import mnist
from keras.models import Sequential
from keras.layers.core import Dense, Dropout, Activation
from keras.optimizers import SGD, Adam, RMSprop
from keras.utils import np_utils

(X_train, y_train), (X_test, y_test) = mnist.load_data()
X_train = X_train[:900].reshape(900, 784).astype("float32")
X_test = X_test[:200].reshape(200, 784).astype("float32")
X_train /= 255
X_test /= 255
Y_train = np_utils.to_categorical(y_train[:900], 10)
Y_test = np_utils.to_categorical(y_test[:200], 10)

model = Sequential()
model.add(Dense(64, input_dim=784, init='glorot_normal'))
model.add(Activation('relu'))
model.add(Dropout(0.2))
model.add(Dense(input_dim=64, output_dim=10, init='uniform'))
model.add(Activation('softmax'))

model.compile(loss='categorical_crossentropy', optimizer=SGD(lr=0.1, decay=1e-6, momentum=0.9, nesterov=True))
model.fit(X_train, Y_train, batch_size=30, nb_epoch=6, show_accuracy=True, verbose=2, validation_data=(X_test, Y_test))
score = model.evaluate(X_test, Y_test, show_accuracy=True, verbose=0)
print('Test score:', score[0])
print('Test accuracy:', score[1])
classes = model.predict_classes(X_test, batch_size=32)
print(classes[:10], y_test[:10])
