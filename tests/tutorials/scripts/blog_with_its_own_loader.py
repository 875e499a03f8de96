"""A blog's lesson: the package `mnist`, pictures from -0.5 to 0.5, one convolution, weights kept for later."""
import mnist
import numpy as np
from tensorflow.keras.layers import Conv2D, Dense, Flatten, MaxPooling2D
from tensorflow.keras.models import Sequential
from tensorflow.keras.utils import to_categorical

pictures = np.expand_dims(mnist.train_images() / 255 - 0.5, axis=3)
labels = to_categorical(mnist.train_labels())
unseen = np.expand_dims(mnist.test_images() / 255 - 0.5, axis=3)


def build():
    net = Sequential([
        Conv2D(6, 3, input_shape=(28, 28, 1)),
        MaxPooling2D(pool_size=2),
        Flatten(),
        Dense(10, activation='softmax'),
    ])
    net.compile('adam', loss='categorical_crossentropy', metrics=['accuracy'])
    return net


first = build()
first.fit(pictures, labels, epochs=3, verbose=2, validation_data=(unseen, to_categorical(mnist.test_labels())))
first.save_weights('lesson.h5')

second = build()
second.load_weights('lesson.h5')
guesses = np.argmax(second.predict(unseen), axis=1)
print('same answers:', (guesses == np.argmax(first.predict(unseen), axis=1)).all())
print('accuracy %.3f' % (guesses == mnist.test_labels()).mean())
