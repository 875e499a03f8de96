# Десять нейронов без скрытых слоёв, правило персептрона, только numpy
import random
import sys

import matplotlib.pyplot as plt
import numpy as np
from mnist import MNIST

folder = sys.argv[1] if len(sys.argv) > 1 else './samples'
mndata = MNIST(folder)
images, labels = mndata.load_training()
test_images, test_labels = mndata.load_testing()
print(type(images).__name__, type(images[0]).__name__, len(images), len(images[0]), max(images[0]))
print(mndata.display(images[0]))

random.seed(5)
np.random.seed(5)
weights = np.random.uniform(-0.1, 0.1, (10, 784))
biases = np.random.uniform(-0.1, 0.1, 10)


def relu(x):
    return x if x > 0 else 0


def answer(image):
    sums = weights.dot(image) + biases
    return int(np.argmax([relu(s) for s in sums]))


def train(image, label):
    global weights, biases
    guess = answer(image)
    if guess == label:
        return
    error = np.zeros(10)
    error[guess] += 1
    error[label] -= 1
    weights -= np.outer(error, image)
    biases -= error


for picture, label in zip(images, labels):
    train(np.array(picture) / 255., label)

misclassified = []
for number, (picture, label) in enumerate(zip(test_images, test_labels)):
    guess = answer(np.array(picture) / 255.)
    if guess != label:
        misclassified.append((number, guess, label))

print('accuracy', 1 - len(misclassified) / len(test_images))
print('mistakes', misclassified[:3])

figure, axes = plt.subplots(2, 5)
for digit, ax in enumerate(axes.ravel()):
    ax.imshow(weights[digit].reshape(28, 28), cmap='gray')
    ax.set_title(digit)
    ax.axis('off')
plt.show()
