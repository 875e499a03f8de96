"""Data sets; MNIST alone."""

from glassnet.keras.datasets import mnist
from glassnet.keras.names import refusing

__all__ = ["mnist"]

_INSTEAD = dict.fromkeys(
    ("boston_housing", "california_housing", "cifar10", "cifar100", "fashion_mnist", "imdb", "reuters"),
    "There is mnist; glassnet.load_data knows more: 'digits', folders of IDX files, small sets.",
)
__getattr__ = refusing(__name__, __all__, _INSTEAD)
