# -*- coding: cp1251 -*-
# Исключающее ИЛИ: сеть в JSON, веса в файле
import numpy
from keras.models import Sequential, model_from_json
from keras.layers import Dense

numpy.random.seed(7)
X = numpy.array([[0, 0], [0, 1], [1, 0], [1, 1]], "float32")
Y = numpy.array([[0], [1], [1], [0]], "float32")

model = Sequential()
model.add(Dense(16, input_dim=2, init='uniform', activation='relu'))
model.add(Dense(1, init='uniform', activation='sigmoid'))
model.compile(loss='mean_squared_error', optimizer='adam', metrics=['binary_accuracy'])
model.fit(X, Y, nb_epoch=700, verbose=0)
print("%s: %.2f%%" % (model.metrics_names[1], model.evaluate(X, Y, verbose=0)[1] * 100))

with open("net.json", "w") as file:
    file.write(model.to_json())
model.save_weights("net.h5")

with open("net.json") as file:
    again = model_from_json(file.read())
again.load_weights("net.h5")
print("Ответ:", again.predict(X).round().ravel())
