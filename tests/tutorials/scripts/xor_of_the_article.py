# -*- coding: utf-8 -*-
# Учим сеть складывать по модулю два. Два скрытых нейрона, один выходной.
import numpy as np
import tensorflow as tf
import tensorflow_datasets as tfds
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Conv2D, MaxPooling2D, Flatten
from tensorflow.keras.layers import Dense, Dropout, Activation, BatchNormalization, AveragePooling2D
from tensorflow.keras.optimizers import SGD, RMSprop, Adam

tf.logging.set_verbosity(tf.logging.ERROR)
tf.get_logger().setLevel('ERROR')
tf.random.set_seed(14)

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([[0], [1], [1], [0]])

model = Sequential()
model.add(Dense(2, input_dim=2, activation='relu'))
model.add(Dense(1, activation='sigmoid'))

for attempt in range(20):
    # Неудачный старт не редкость: тогда пробуем ещё раз
    model = Sequential()
    model.add(Dense(2, input_dim=2, activation='relu'))
    model.add(Dense(1, activation='sigmoid'))
    model.compile(loss='binary_crossentropy', optimizer=SGD(lr=0.1))
    model.fit(X, y, batch_size=1, epochs=1000, verbose=0)
    answers = model.predict_proba(X)
    if ((answers > 0.5) == y).all():
        break

print(model.summary())
print("Попыток:", attempt + 1)
print(answers)
print("Первые веса:", model.get_weights()[0])

# И те же числа, что были напечатаны после удачного обучения
model.set_weights([
    np.array([[2.8668058, -2.904025], [-2.871452, 2.9036295]]), np.array([-0.00128211, -0.00191825]),
    np.array([[3.9633768], [3.9168582]]), np.array([-4.897212]),
])
print("Из статьи:", model.predict(X).ravel())
