"""How the network in the box is made: what it learns from, beside MNIST, is drawn here. Not part of the package."""
