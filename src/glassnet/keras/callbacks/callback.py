"""What every callback answers to, and the history that fit returns."""

from __future__ import annotations

from typing import Any

from glassnet.keras.notes import note

OLD_FIGURES = {"acc": "accuracy", "val_acc": "val_accuracy", "accuracy": "acc", "val_accuracy": "val_acc"}
BATCH_HOOKS = ("on_batch_begin", "on_batch_end", "on_train_batch_begin", "on_train_batch_end")


class Figures(dict[str, Any]):
    """Figures by name; what Keras once called 'acc' is found under 'accuracy', and the other way round."""

    def __missing__(self, name: str) -> Any:
        other = OLD_FIGURES.get(name)
        if other is None or other not in self:
            raise KeyError(f"{name}; there are {', '.join(self)}")
        note(f"figure {name}", f"The figure {name!r} is read as {other!r}")
        return self[other]

    def get(self, name: str, default: Any = None) -> Any:
        """The figure of this name, or the default."""
        try:
            return self[name]
        except KeyError:
            return default


class Callback:
    """Base of callbacks. `self.model` is the model, `self.params` tells epochs, steps and verbose."""

    def __init__(self) -> None:
        self.model: Any = None
        self.params: dict[str, Any] = {}

    @property
    def looks_at_batches(self) -> bool:
        """Whether a batch means anything to it; if none of the callbacks cares, training goes through many at once."""
        return any(getattr(type(self), hook) is not getattr(Callback, hook) for hook in BATCH_HOOKS)

    def set_model(self, model: Any) -> None:
        """Called before anything else."""
        self.model = model

    def set_params(self, params: dict[str, Any]) -> None:
        """Called before anything else."""
        self.params = params

    def on_train_begin(self, logs: Any = None) -> None:
        """Before the first epoch."""

    def on_train_end(self, logs: Any = None) -> None:
        """After the last epoch."""

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        """Before an epoch; the first is 0."""

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """After an epoch, with its figures."""

    def on_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Before a batch; on_train_batch_begin calls it."""

    def on_batch_end(self, batch: int, logs: Any = None) -> None:
        """After a batch; on_train_batch_end calls it."""

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Before a batch."""
        self.on_batch_begin(batch, logs)

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """After a batch, with its loss."""
        self.on_batch_end(batch, logs)


class History(Callback):
    """What fit returns: `.history` has a list for each figure, `.epoch` the epochs."""

    def __init__(self) -> None:
        super().__init__()
        self.history, self.epoch = Figures(), []  # type: ignore[var-annotated]

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.epoch.append(epoch)
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(value)
