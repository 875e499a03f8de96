"""What calling a model or a loss gives: an array that knows .numpy(), and the mark of an input in Model(…)."""

from __future__ import annotations

from typing import Any

import numpy as np


class Tensor(np.ndarray[Any, Any]):
    """A NumPy array with the one method of TensorFlow's that scripts call."""

    def numpy(self) -> Any:
        """The same numbers as a plain array, or as a plain number where there is one alone."""
        return self[()] if self.ndim == 0 else np.asarray(self)


def as_tensor(values: Any) -> Tensor:
    """`values` as a Tensor, without a copy where they are an array."""
    return np.asarray(values).view(Tensor)
