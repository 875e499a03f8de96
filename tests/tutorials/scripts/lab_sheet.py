"""Laboratory work 3. Optimizers on two classes that a line cannot part. Usage: lab_sheet.py [EPOCHS]"""
import os
import sys

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'

import numpy as np
import tensorflow as tf
from tensorflow.keras import Sequential
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Activation, Dense, InputLayer
from tensorflow.keras.optimizers import SGD, Adadelta, Adagrad, Adam, RMSprop

assert int(tf.__version__.split('.')[0]) == 2, 'TensorFlow 2 is needed'
epochs = int(sys.argv[1]) if len(sys.argv) > 1 else 20

points = np.random.RandomState(0).uniform(-1, 1, (400, 2))
classes = (points[:, 0] * points[:, 1] > 0).astype(int)


def build(optimizer):
    K.clear_session()
    tf.random.set_seed(1)
    model = Sequential(name='quadrants')
    model.add(InputLayer(input_shape=(2,)))
    model.add(Dense(12))
    model.add(Activation('tanh'))
    model.add(Dense(1, activation='sigmoid'))
    model.compile(optimizer, tf.keras.losses.BinaryCrossentropy(), [tf.keras.metrics.BinaryAccuracy(name='acc')])
    return model


for optimizer in [SGD(learning_rate=0.5, momentum=0.9), Adam(0.02), RMSprop(0.02), Adagrad(0.3), Adadelta(1)]:
    model = build(optimizer)
    history = model.fit(points, classes, epochs=epochs, batch_size=16, verbose=0)
    print('%-10s %.3f' % (type(optimizer).__name__, history.history['acc'][-1]))

for layer in model.layers:
    print(layer.name, [array.shape for array in layer.get_weights()])
model.summary()
