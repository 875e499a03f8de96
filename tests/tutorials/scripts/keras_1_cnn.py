'''Convolutions on MNIST with Keras 1: sizes one by one, borders by border_mode.'''
import numpy as np
np.random.seed(123)

from keras import backend as K
from keras.datasets import mnist
from keras.layers import Dense, Dropout, Activation, Flatten
from keras.layers import Convolution2D, MaxPooling2D
from keras.models import Sequential
from keras.utils import np_utils

rows, cols = 28, 28
(X_train, y_train), (X_test, y_test) = mnist.load_data()
X_train, y_train, X_test, y_test = X_train[:600], y_train[:600], X_test[:150], y_test[:150]

if K.image_dim_ordering() == 'th':
    X_train = X_train.reshape(X_train.shape[0], 1, rows, cols)
    X_test = X_test.reshape(X_test.shape[0], 1, rows, cols)
    input_shape = (1, rows, cols)
else:
    X_train = X_train.reshape(X_train.shape[0], rows, cols, 1)
    X_test = X_test.reshape(X_test.shape[0], rows, cols, 1)
    input_shape = (rows, cols, 1)
X_train = X_train.astype('float32') / 255
X_test = X_test.astype('float32') / 255
Y_train = np_utils.to_categorical(y_train, 10)
Y_test = np_utils.to_categorical(y_test, 10)

model = Sequential()
model.add(Convolution2D(8, 3, 3, border_mode='valid', input_shape=input_shape, activation='relu'))
model.add(Convolution2D(8, 3, 3, border_mode='same', subsample=(2, 2), dim_ordering='tf', init='he_normal'))
model.add(Activation('relu'))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Dropout(p=0.25))
model.add(Flatten())
model.add(Dense(output_dim=48, activation='relu', W_regularizer=None, bias=True))
model.add(Dense(10, activation='softmax'))
model.compile(loss='categorical_crossentropy', optimizer='adadelta', metrics=['accuracy'])

model.fit(X_train, Y_train, batch_size=32, nb_epoch=6, verbose=0, validation_data=(X_test, Y_test))
score = model.evaluate(X_test, Y_test, verbose=0)
print('Test loss: %.3f, accuracy: %.3f' % (score[0], score[1]))
