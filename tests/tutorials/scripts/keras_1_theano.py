'''Keras 1 over Theano: the channel stands in front of height and width.'''
import numpy
from keras import backend as K
from keras.datasets import mnist
from keras.layers import Dense, Dropout, Flatten
from keras.layers.convolutional import Convolution2D, MaxPooling2D
from keras.models import Sequential
from keras.utils import np_utils

K.set_image_dim_ordering('th')
seed = 7
numpy.random.seed(seed)

(X_train, y_train), (X_test, y_test) = mnist.load_data()
X_train = X_train[:800].reshape(800, 1, 28, 28).astype('float32') / 255
X_test = X_test[:200].reshape(200, 1, 28, 28).astype('float32') / 255
y_train = np_utils.to_categorical(y_train[:800])
y_test = np_utils.to_categorical(y_test[:200])
num_classes = y_test.shape[1]


def baseline_model():
    model = Sequential()
    model.add(Convolution2D(8, 5, 5, border_mode='valid', input_shape=(1, 28, 28), activation='relu'))
    model.add(MaxPooling2D(pool_size=(2, 2)))
    model.add(Dropout(0.2))
    model.add(Flatten())
    model.add(Dense(32, activation='relu'))
    model.add(Dense(num_classes, activation='softmax'))
    model.compile(loss='categorical_crossentropy', optimizer='adam', metrics=['accuracy'])
    return model


model = baseline_model()
model.fit(X_train, y_train, validation_data=(X_test, y_test), nb_epoch=8, batch_size=25, verbose=2)
scores = model.evaluate(X_test, y_test, verbose=0)
print("Accuracy: %.3f, error: %.2f%%" % (scores[1], 100 - scores[1] * 100))
