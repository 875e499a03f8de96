"""How each layer is explained, one a file; the layers themselves know nothing of it."""

from glassnet.explain.layers.activation import ActivationExplainer
from glassnet.explain.layers.average_pool2d import AveragePooling2DExplainer
from glassnet.explain.layers.batch_norm import BatchNormalizationExplainer
from glassnet.explain.layers.conv2d import Conv2DExplainer
from glassnet.explain.layers.dense import DenseExplainer
from glassnet.explain.layers.dropout import DropoutExplainer
from glassnet.explain.layers.explainer import Explainer, Index, Link, Reading
from glassnet.explain.layers.flatten import FlattenExplainer
from glassnet.explain.layers.max_pool2d import MaxPooling2DExplainer
from glassnet.explain.layers.reshape import ReshapeExplainer

__all__ = ["EXPLAINERS", "Explainer", "Index", "Link", "Reading"]

EXPLAINERS: dict[str, Explainer] = {
    "Dense": DenseExplainer(),
    "Conv2D": Conv2DExplainer(),
    "MaxPooling2D": MaxPooling2DExplainer(),
    "AveragePooling2D": AveragePooling2DExplainer(),
    "Flatten": FlattenExplainer(),
    "Reshape": ReshapeExplainer(),
    "Activation": ActivationExplainer(),
    "Dropout": DropoutExplainer(),
    "BatchNormalization": BatchNormalizationExplainer(),
}
