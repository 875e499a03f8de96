# Один нейрон, который находит правило: ответ равен первому входу
from numpy import array, dot, exp, random


class Neuron():
    def __init__(self):
        random.seed(1)
        self.weights = 2 * random.random((3, 1)) - 1

    def think(self, inputs):
        return 1 / (1 + exp(-dot(inputs, self.weights)))

    def learn(self, inputs, outputs, times):
        for _ in range(times):
            out = self.think(inputs)
            self.weights += dot(inputs.T, (outputs - out) * out * (1 - out))


if __name__ == "__main__":
    neuron = Neuron()
    neuron.learn(array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]]), array([[0, 1, 1, 0]]).T, 10000)
    print("Вопрос [1, 0, 0]:", neuron.think(array([1, 0, 0])))
