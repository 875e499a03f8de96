"""The public names with their types, for type checkers and editors; __init__.py imports them when they are used."""

from glassnet.data import (
    Dataset as Dataset,
    load_data as load_data,
    pack_folder as pack_folder,
    read_idx as read_idx,
    unpack_folder as unpack_folder,
    write_idx as write_idx,
)
from glassnet.engines import answer as answer, predict as predict
from glassnet.errors import (
    ChecksumError as ChecksumError,
    DataError as DataError,
    DataFileError as DataFileError,
    DivergedError as DivergedError,
    GlassnetError as GlassnetError,
    ModelFileError as ModelFileError,
    OutputError as OutputError,
    ParameterError as ParameterError,
    ShapeError as ShapeError,
    VersionError as VersionError,
)
from glassnet.evaluation import judge as judge, judge_numbers as judge_numbers
from glassnet.explain import Finding as Finding, diagnose as diagnose
from glassnet.files import (
    TrainedModel as TrainedModel,
    load as load,
    save as save,
)
from glassnet.functions import (
    GlorotNormal as GlorotNormal,
    GlorotUniform as GlorotUniform,
    HeNormal as HeNormal,
    HeUniform as HeUniform,
    Normal as Normal,
    Ones as Ones,
    Uniform as Uniform,
    Zeros as Zeros,
)
from glassnet.layers import (
    Activation as Activation,
    AveragePooling2D as AveragePooling2D,
    BatchNormalization as BatchNormalization,
    Conv2D as Conv2D,
    Dense as Dense,
    Dropout as Dropout,
    Flatten as Flatten,
    MaxPooling2D as MaxPooling2D,
    Reshape as Reshape,
)
from glassnet.losses import (
    BinaryCrossentropy as BinaryCrossentropy,
    CategoricalCrossentropy as CategoricalCrossentropy,
    MeanSquaredError as MeanSquaredError,
    Perceptron as Perceptron,
)
from glassnet.model import Sequential as Sequential
from glassnet.notation import parse_network as parse_network
from glassnet.optimizers import (
    SGD as SGD,
    Adadelta as Adadelta,
    Adagrad as Adagrad,
    Adam as Adam,
    AdamW as AdamW,
    Constant as Constant,
    Cosine as Cosine,
    Exponential as Exponential,
    InverseTime as InverseTime,
    OneCycle as OneCycle,
    RMSprop as RMSprop,
    Step as Step,
)
from glassnet.pictures import (
    load_picture as load_picture,
    prepare_picture as prepare_picture,
    read_picture as read_picture,
    save_history as save_history,
    save_weights as save_weights,
    weight_pictures as weight_pictures,
)
from glassnet.preparation import Fit as Fit, Preparation as Preparation, Scale as Scale
from glassnet.presets import preset as preset
from glassnet.recipe import Recipe as Recipe
from glassnet.training import train as train

__all__: list[str]
__version__: str
