# Мужчина или женщина по весу и росту: сеть 2-2-1, всё руками
import numpy as np
import matplotlib.pyplot as plt


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def slope(x):
    return sigmoid(x) * (1 - sigmoid(x))


class Net:
    def __init__(self):
        self.W = np.random.normal(size=(2, 2))
        self.b = np.random.normal(size=2)
        self.v = np.random.normal(size=2)
        self.c = np.random.normal()

    def __call__(self, x):
        return sigmoid(sigmoid(x @ self.W + self.b) @ self.v + self.c)

    def train(self, data, answers, rate=0.1, epochs=1000):
        losses = []
        for epoch in range(epochs):
            for x, t in zip(data, answers):
                z = x @ self.W + self.b
                h = sigmoid(z)
                s = h @ self.v + self.c
                d = -2 * (t - sigmoid(s)) * slope(s)
                dz = d * self.v * slope(z)
                self.v = self.v - rate * d * h
                self.c = self.c - rate * d
                self.W = self.W - rate * np.outer(x, dz)
                self.b = self.b - rate * dz
            if epoch % 10 == 0:
                losses.append(((answers - np.array([self(x) for x in data])) ** 2).mean())
                if epoch % 250 == 0:
                    print("Epoch %d loss: %.3f" % (epoch, losses[-1]))
        return losses


np.random.seed(0)
data = np.array([[-2, -1], [25, 6], [17, 4], [-15, -6]])
answers = np.array([1, 0, 0, 1])
net = Net()
plt.plot(net.train(data, answers))
plt.xlabel("epoch / 10")
plt.show()
print("Emily: %.3f" % net(np.array([-7, -3])))
print("Frank: %.3f" % net(np.array([20, 2])))
