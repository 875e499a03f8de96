'''A dense network on MNIST with Keras 2, with its history drawn.'''
from __future__ import print_function

import keras
import matplotlib.pyplot as plt
from keras.datasets import mnist
from keras.layers import Dense, Dropout
from keras.models import Sequential
from keras.optimizers import RMSprop

batch_size = 50
num_classes = 10
epochs = 5

(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train, y_train, x_test, y_test = x_train[:1000], y_train[:1000], x_test[:250], y_test[:250]
x_train = x_train.reshape(-1, 784).astype('float32') / 255
x_test = x_test.reshape(-1, 784).astype('float32') / 255
print(x_train.shape[0], 'train samples')
print(x_test.shape[0], 'test samples')
y_train = keras.utils.to_categorical(y_train, num_classes)
y_test = keras.utils.to_categorical(y_test, num_classes)

model = Sequential()
model.add(Dense(80, activation='relu', input_shape=(784,), kernel_initializer='he_uniform'))
model.add(Dropout(0.2))
model.add(Dense(40, activation='relu', kernel_regularizer=keras.regularizers.l2(1e-4)))
model.add(Dense(num_classes, activation='softmax'))
model.summary()

model.compile(loss='categorical_crossentropy', optimizer=RMSprop(), metrics=['accuracy'])
history = model.fit(x_train, y_train, batch_size=batch_size, epochs=epochs, verbose=1,
                    validation_data=(x_test, y_test))
score = model.evaluate(x_test, y_test, verbose=0)
print('Test loss:', score[0])
print('Test accuracy:', score[1])

name = 'acc' if 'acc' in history.history else 'accuracy'
plt.plot(history.history[name])
plt.plot(history.history['val_' + name])
plt.legend(['train', 'test'], loc='upper left')
plt.show()
