"""Свёрточная сеть для рукописных цифр: свёртка, подвыборка, ещё раз, и решение."""
import numpy as np
import tensorflow_datasets as tfds
from tensorflow.keras.layers import (
    Activation, AveragePooling2D, BatchNormalization, Conv2D, Dense, Dropout, Flatten, MaxPooling2D)
from tensorflow.keras.models import Sequential
from tensorflow.keras.optimizers import RMSprop
import tensorflow as tf

tf.set_random_seed(1)

train, test = tfds.load('mnist', split=['train', 'test'], batch_size=-1, as_supervised=True)
x_train, y_train = tfds.as_numpy(train)
x_test, y_test = tfds.as_numpy(test)

model = Sequential([
    Conv2D(8, (3, 3), padding='same', input_shape=x_train.shape[1:]),
    BatchNormalization(),
    Activation('relu'),
    MaxPooling2D((2, 2)),
    Conv2D(12, 3, activation='relu'),
    AveragePooling2D(2),
    Flatten(),
    Dropout(0.25),
    Dense(10),
    Activation('softmax'),
])
model.summary()
model.compile(loss='sparse_categorical_crossentropy', optimizer=RMSprop(lr=0.003), metrics=['acc'])
history = model.fit(x_train[:800] / 255., y_train[:800], batch_size=40, epochs=5, verbose=0,
                    validation_data=(x_test[:200] / 255., y_test[:200]))
print('по эпохам:', [round(float(v), 2) for v in history.history['val_acc']])
answers = np.argmax(model.predict(x_test[:200] / 255.), axis=1)
print('верно %d из 200' % (answers == y_test[:200]).sum())
