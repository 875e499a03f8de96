'''Convolutions on MNIST with Keras 2, data format asked of the backend.'''
import keras
from keras import backend as K
from keras.datasets import mnist
from keras.layers import Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from keras.models import Sequential, load_model

img_rows, img_cols = 28, 28
(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train, y_train, x_test, y_test = x_train[:600], y_train[:600], x_test[:200], y_test[:200]

if K.image_data_format() == 'channels_first':
    shape = (1, img_rows, img_cols)
else:
    shape = (img_rows, img_cols, 1)
x_train = x_train.reshape((len(x_train),) + shape).astype('float32')
x_test = x_test.reshape((len(x_test),) + shape).astype('float32')
x_train /= 255
x_test /= 255
y_train = keras.utils.to_categorical(y_train, 10)
y_test = keras.utils.to_categorical(y_test, 10)

model = Sequential()
model.add(Conv2D(8, kernel_size=(3, 3), activation='relu', input_shape=shape))
model.add(Conv2D(16, (3, 3), strides=(2, 2), activation='relu'))
model.add(MaxPooling2D(pool_size=(2, 2)))
model.add(Dropout(0.25))
model.add(Flatten())
model.add(Dense(32, activation='relu'))
model.add(Dense(10, activation='softmax'))
model.compile(loss=keras.losses.categorical_crossentropy, optimizer=keras.optimizers.Adadelta(lr=1.0),
              metrics=['acc'])
history = model.fit(x_train, y_train, batch_size=20, epochs=5, verbose=0, validation_split=0.1)
print(sorted(history.history))
loss, acc = model.evaluate(x_test, y_test, verbose=0)
print('accuracy %.3f' % acc)

model.save('digits.h5')
again = load_model('digits.h5')
assert (again.predict(x_test) == model.predict(x_test)).all()
print('saved and loaded')
