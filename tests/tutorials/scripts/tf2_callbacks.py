"""TensorFlow 2: a callback of one's own, early stopping, the best epoch kept in a file."""
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class EnoughIsEnough(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if (logs or {}).get('accuracy', 0) > 0.93:
            print('\nReached 93%, stopping after epoch', epoch + 1)
            self.model.stop_training = True


keras.utils.set_random_seed(7)
(x_train, y_train), _ = keras.datasets.mnist.load_data()
x_train = np.expand_dims(x_train[:900], -1).astype(np.float32) / 255
y_train = keras.utils.to_categorical(y_train[:900], num_classes=10)

model = keras.Sequential()
model.add(layers.Conv2D(8, (5, 5), activation='relu', padding='same', input_shape=(28, 28, 1)))
model.add(layers.MaxPool2D())
model.add(layers.Flatten())
model.add(layers.Dense(10, activation='softmax'))
model.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=0.005), loss='categorical_crossentropy',
              metrics=['accuracy'])
history = model.fit(
    x_train, y_train, epochs=30, batch_size=32, validation_split=0.2, verbose=0,
    callbacks=[EnoughIsEnough(), keras.callbacks.EarlyStopping(monitor='val_loss', patience=3),
               keras.callbacks.ModelCheckpoint('best.h5', save_best_only=True)])
print(len(history.history['loss']), 'epochs of 30')

best = keras.models.load_model('best.h5')
print('best: %.3f' % best.evaluate(x_train, y_train, verbose=0)[1])
