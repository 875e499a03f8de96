"""A network with a loss, an optimizer and metrics: what it answers, and how good its answers are."""

from __future__ import annotations

from typing import Any

from glassnet.arrays import Array
from glassnet.data import Dataset
from glassnet.engines import fit_task, predict
from glassnet.errors import ParameterError
from glassnet.keras import losses, metrics, optimizers
from glassnet.keras.arguments import keras_arguments, only
from glassnet.keras.layers.layer import Symbol
from glassnet.keras.notes import note
from glassnet.keras.progress import Progress, level
from glassnet.keras.samples import Samples, as_dataset, as_samples, targets_of, weighed, with_channels
from glassnet.keras.stack import Stack
from glassnet.keras.tensors import as_tensor
from glassnet.measuring import measure

Logs = dict[str, float]

SPEED = dict.fromkeys(("workers", "use_multiprocessing", "max_queue_size"))  # arguments that change speed alone


class Compiled(Stack):
    """Layers that can be evaluated.

    Attributes
    ----------
    optimizer, loss, metrics_names : as in Keras.   criterion : the loss as an object of keras.losses.
    measures : the metrics as objects.   slots : (slots, P), what the optimizer remembers after a training, or None.
    """

    def __init__(self, layers: Any = None, name: str | None = None) -> None:
        super().__init__(layers, name)
        self.optimizer: Any = None
        self.loss: Any = None
        self.criterion: Any = None
        self.measures: list[metrics.Metric] = []
        self.slots: Array | None = None

    @keras_arguments(class_mode=lambda mode: {})  # Keras 0.3 said here what the loss says
    def compile(
        self,
        optimizer: Any = "rmsprop",
        loss: Any = None,
        metrics: Any = None,
        loss_weights: Any = None,
        weighted_metrics: Any = None,
        run_eagerly: Any = None,
        steps_per_execution: Any = None,
        jit_compile: Any = None,
        sample_weight_mode: Any = None,
    ) -> None:
        """Say what is made small, how, and what is measured. The optimizer then begins anew; the weights stay."""
        only("compile", "loss_weights", loss_weights, (None,))
        only("compile", "weighted_metrics", weighted_metrics, (None, []))
        only("compile", "sample_weight_mode", sample_weight_mode, (None,))
        for argument in (run_eagerly, steps_per_execution, jit_compile):
            if argument:
                note(
                    "speed", "run_eagerly, steps_per_execution and jit_compile change nothing here but what is said now"
                )
        if loss is None:
            raise ParameterError("compile: the loss is missing.", "Write loss='binary_crossentropy', say.")
        self.optimizer = optimizers.get(optimizer)
        self.loss, self.criterion = loss, losses.get(loss)
        asked = metrics if isinstance(metrics, (list, tuple)) else [] if metrics is None else [metrics]
        self.measures = [metric(one) for one in asked]
        self.slots = None

    @property
    def metrics_names(self) -> list[str]:
        """What evaluate gives, in its order."""
        return ["loss", *(metric.name for metric in self.measures)]

    def show_accuracy(self, shown: bool) -> None:
        """Measure the accuracy, as fit and evaluate once were told to."""
        if shown and not self.measures:
            self.measures = [metric("accuracy")]

    @keras_arguments(**SPEED, show_accuracy=lambda shown: {"_show_accuracy": shown})
    def evaluate(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        verbose: Any = "auto",
        sample_weight: Any = None,
        return_dict: bool = False,
        callbacks: Any = None,
        steps: Any = None,
        _show_accuracy: bool = False,
    ) -> Any:
        """The loss, or a list of the loss and the metrics."""
        self.show_accuracy(_show_accuracy)
        only("evaluate", "steps", steps, (None,))
        only("evaluate", "callbacks", callbacks, (None, []))
        given = weighed(self.dataset("evaluate", x, y), sample_weight)
        progress = Progress(level(verbose), 0, -(-len(given.data) // (batch_size or 32)))
        figures = self.figures(given)
        progress.end_epoch(figures)
        return figures if return_dict else flat(figures)

    @keras_arguments()
    def test_on_batch(self, x: Any, y: Any = None, sample_weight: Any = None, return_dict: bool = False) -> Any:
        """The figures of these samples."""
        return self.evaluate(x, y, sample_weight=sample_weight, verbose=0, return_dict=return_dict)

    @keras_arguments(**SPEED)
    def predict(
        self, x: Any, batch_size: int | None = None, verbose: Any = 0, steps: Any = None, callbacks: Any = None
    ) -> Array:
        """Outputs (N, …) for samples x (N, …)."""
        only("predict", "steps", steps, (None,))
        only("predict", "callbacks", callbacks, (None, []))
        samples = self.samples(x)
        return predict(self.network, samples)

    def predict_on_batch(self, x: Any) -> Any:
        """As predict."""
        return self.predict(x)

    @keras_arguments()
    def predict_proba(self, x: Any, batch_size: int | None = None, verbose: int = 0) -> Any:
        """As predict, by its old name."""
        note("predict_proba", "model.predict_proba(x) is read as model.predict(x)")
        return self.predict(x)

    @keras_arguments()
    def predict_classes(self, x: Any, batch_size: int | None = None, verbose: int = 0) -> Any:
        """The class of each sample: the largest output, or whether the one output is above one half."""
        note("predict_classes", "model.predict_classes(x) is read as argmax, or > 0.5, of model.predict(x)")
        outputs = self.predict(x)
        return outputs.argmax(-1) if outputs.shape[-1] > 1 else (outputs > 0.5).astype("int32")

    def __call__(self, x: Any, training: bool = False) -> Any:
        """The next Symbol of a chain; or, for numbers, the outputs, outside training."""
        if isinstance(x, Symbol):
            return Symbol(x.input_shape, (*x.layers, self))
        if training:
            raise ParameterError("A network is called outside training here.", "fit() trains it; write model(x).")
        return as_tensor(self.predict(x))

    def samples(self, x: Any) -> Array:
        """x as samples; the first ones tell their shape, where nobody did."""
        x = as_samples(x)
        if not self.built:
            self.build((None, *x.shape[1:]))
        return with_channels(self.name, self.network.input_shape, x)

    def dataset(self, caller: str, x: Any, y: Any, name: str = "the training data") -> Dataset:
        """x and y as the loss and the last layer want them."""
        if self.optimizer is None:
            raise ParameterError(
                f"{caller} needs a loss and an optimizer.",
                "Write model.compile(optimizer='adam', loss='mse') before it.",
            )
        return as_dataset(self.samples(x), y, self.network, self.criterion, name)

    def figures(self, given: Samples) -> Logs:
        """The loss and the metrics of samples, outside training."""
        network, data = self.network, given.data
        described = self.criterion.described, self.optimizer.describe()
        task = fit_task(network, data, *described, total_steps=1, seed=0, sample_weight=given.weight)
        loss, accuracy = measure(task, network.vectors)
        found = self.measured(data, self.uncounted(data))
        return {"loss": loss} | {one.name: found.get(one.name, accuracy) for one in self.measures}

    def uncounted(self, data: Dataset) -> list[metrics.Metric]:
        """The metrics that are not the share of right answers, which training and measuring count anyway."""
        outputs = self.network.output_shape[0]
        return [one for one in self.measures if data.classes is None or not one.counted(outputs)]

    def measured(self, data: Dataset, metrics: list[metrics.Metric]) -> Logs:
        """What these metrics say of the outputs."""
        if not metrics:
            return {}
        y = predict(self.network, data.x)
        t = targets_of(data, y.shape[1])
        return {metric.name: metric.result_of(t, y) for metric in metrics}


def metric(identifier: Any) -> metrics.Metric:
    """The metric of that name."""
    if identifier == "acc":
        note("acc", "The metric 'acc' is 'accuracy'; its figures keep the name 'acc'")
    return metrics.get(identifier)


def flat(figures: Logs) -> Any:
    """One figure as a number, several as a list."""
    values = list(figures.values())
    return values[0] if len(values) == 1 else values
