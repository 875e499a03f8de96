"""What can go wrong, said so that it can be mended.

    GlassnetError                   everything that glassnet says no to
    ├── ParameterError              an argument outside its range, an unknown name   (a ValueError)
    ├── ShapeError                  an array that does not fit a layer               (a ValueError)
    ├── DataError                   samples or labels that nothing can be learnt from (a ValueError)
    │   └── DataFileError           a data file that cannot be read: IDX, gzip, picture
    ├── ModelFileError              a model file or checkpoint that cannot be trusted
    │   ├── ChecksumError           its bytes are not those that were written
    │   └── VersionError            it was written by a newer glassnet
    ├── MissingNameError            a name to import that glassnet does not have     (an ImportError)
    ├── MissingAttributeError       a name behind a point that it does not have      (an AttributeError)
    ├── OutputError                 a file that may not or cannot be written         (an OSError)
    ├── DivergedError               training ran away from every answer              (an ArithmeticError)
    └── ScriptError                 a script that cannot be run

A message says who expected what, what came instead and, after that, what to write: the hint.
"""

from __future__ import annotations


class GlassnetError(Exception):
    """Everything that glassnet says no to.

    Parameters
    ----------
    message : what was expected and what came instead, a whole sentence.
    hint : what to write instead, a whole sentence; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message} {hint}".rstrip())
        self.message = message
        self.hint = hint


class ParameterError(GlassnetError, ValueError):
    """An argument outside its range, or a name that is not known."""


class ShapeError(GlassnetError, ValueError):
    """An array that does not fit a layer."""


class DataError(GlassnetError, ValueError):
    """Samples or labels that nothing can be learnt from."""


class DataFileError(DataError):
    """A data file that cannot be read: IDX, gzip, a picture."""


class ModelFileError(GlassnetError):
    """A model file or a checkpoint that cannot be trusted."""


class ChecksumError(ModelFileError):
    """A file whose bytes are not those that were written."""


class VersionError(ModelFileError):
    """A file written by a newer version of glassnet."""


class MissingNameError(GlassnetError, ImportError):
    """A name to import that glassnet does not have."""


class MissingAttributeError(GlassnetError, AttributeError):
    """A name behind a point that glassnet does not have; hasattr() and getattr() give their answers."""


class OutputError(GlassnetError, OSError):
    """A file that may not be written, or cannot be."""


class DivergedError(GlassnetError, ArithmeticError):
    """Training that ran away from every answer."""


class ScriptError(GlassnetError):
    """A script that cannot be run."""
