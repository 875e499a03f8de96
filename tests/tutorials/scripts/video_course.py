# Урок из видеокурса: цифры, плотная сеть, разбор ошибок
import os
os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'

import matplotlib.pyplot as plt
import numpy as np
from tensorflow import keras
from tensorflow.keras.datasets import mnist
from tensorflow.keras.layers import Dense, Flatten

(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train, x_test = x_train / 255, x_test / 255
y_train_cat = keras.utils.to_categorical(y_train, 10)
y_test_cat = keras.utils.to_categorical(y_test, 10)

plt.figure(figsize=(6, 3))
for i in range(10):
    plt.subplot(2, 5, i + 1)
    plt.xticks([])
    plt.yticks([])
    plt.imshow(x_train[i], cmap=plt.cm.binary)
plt.show()

model = keras.Sequential([
    Flatten(input_shape=(28, 28, 1)),
    Dense(64, activation='relu'),
    Dense(10, activation='softmax')
])
print(model.summary())
model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.003), loss='categorical_crossentropy',
              metrics=['accuracy'])
model.fit(x_train, y_train_cat, batch_size=32, epochs=5, validation_split=0.2)
model.evaluate(x_test, y_test_cat)

x = np.expand_dims(x_test[1], axis=0)
print('Ответ сети:', np.argmax(model.predict(x)), 'верно:', y_test[1])

pred = np.argmax(model.predict(x_test), axis=1)
mask = pred == y_test
wrong = x_test[~mask]
print('Ошибок:', len(wrong))
plt.imshow(wrong[0], cmap=plt.cm.binary)
plt.show()
