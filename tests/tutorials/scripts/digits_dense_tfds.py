"""Плотная сеть для рукописных цифр, данные берём через tensorflow_datasets."""
import tensorflow as tf
import tensorflow_datasets as tfds
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Dropout, Flatten
from tensorflow.keras.optimizers import Adam

tf.get_logger().setLevel('ERROR')
tf.random.set_seed(3)

data = tfds.as_numpy(tfds.load('mnist', batch_size=-1, as_supervised=True))
(x_train, y_train), (x_test, y_test) = data['train'], data['test']
x_train, x_test = x_train / 255.0, x_test / 255.0
print(x_train.shape, y_train[:5])

model = Sequential()
model.add(Flatten(input_shape=(28, 28, 1)))
model.add(Dense(64, activation='relu'))
model.add(Dropout(0.2))
model.add(Dense(10, activation='softmax'))
model.compile(optimizer=Adam(lr=0.003), loss='sparse_categorical_crossentropy', metrics=['accuracy'])
model.fit(x_train[:1000], y_train[:1000], batch_size=32, epochs=8, verbose=2)

loss, accuracy = model.evaluate(x_test[:300], y_test[:300], verbose=0)
print('Точность:', round(float(accuracy), 3))
print('Первая цифра:', model.predict_classes(x_test[:1])[0], 'на самом деле', y_test[0])
