import numpy as np
import pytest
from scipy.stats import bootstrap
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score

from glassnet.data import Dataset
from glassnet.evaluation import judge_numbers, numbers
from glassnet.files import TrainedModel
from glassnet.layers import Dense
from glassnet.model import Sequential


def judged(count, outputs=1, seed=1):
    """A verdict, what was answered, and what was asked for."""
    draw = np.random.default_rng(seed)
    network = Sequential([Dense(outputs)], (3,), seed=3)
    x = draw.normal(size=(count, 3)).astype(np.float32)
    answered = (x @ network.weights()["dense_1.W"]).astype(np.float64)
    y = answered + draw.normal(size=(count, outputs))
    return judge_numbers(TrainedModel(network), Dataset.from_arrays(x, y, regression=True)), answered, y


def test_numbers_agree_with_scikit_learn():
    fit, answered, y = judged(50, outputs=2)
    assert fit.mean_squared_error == pytest.approx(mean_squared_error(y, answered), rel=1e-5)
    assert fit.root_mean_squared_error == pytest.approx(np.sqrt(mean_squared_error(y, answered)), rel=1e-5)
    assert fit.mean_absolute_error == pytest.approx(mean_absolute_error(y, answered), rel=1e-5)
    # with outputs weighed by their variance, as one number for all outputs has it
    assert fit.r2 == pytest.approx(r2_score(y, answered, multioutput="variance_weighted"), rel=1e-5)
    assert fit.baseline == pytest.approx(np.sqrt(mean_squared_error(y, np.tile(y.mean(0), (50, 1)))))
    assert fit.samples == 50


@pytest.mark.parametrize(("groups", "near"), [(10_000, 0.05), (100, 0.2)])
def test_the_interval_is_that_of_the_bootstrap(monkeypatch, groups, near):
    """As scikit-learn's R² and SciPy's bootstrap have it, where samples are drawn one by one or in groups."""
    monkeypatch.setattr(numbers, "MOST_GROUPS", groups)
    fit, answered, y = judged(1000)
    pairs = bootstrap((y[:, 0], answered[:, 0]), r2_score, paired=True, n_resamples=1000, method="percentile", rng=0,
                      vectorized=False)  # fmt: skip
    low, high = pairs.confidence_interval
    assert fit.low == pytest.approx(low, abs=near * (high - low))
    assert fit.high == pytest.approx(high, abs=near * (high - low))
    assert fit.low < fit.r2 < fit.high


def test_two_outputs_have_one_interval():
    fit, _, _ = judged(200, outputs=2)
    assert fit.low < fit.r2 < fit.high


@pytest.mark.parametrize("y", [np.ones(4), np.ones(1), np.array([1.0, 2.0])], ids=len)
def test_few_numbers_and_numbers_that_are_all_the_same(y):
    data = Dataset.from_arrays(np.ones((len(y), 3)), y, regression=True)
    fit = judge_numbers(TrainedModel(Sequential([Dense(1)], (3,))), data)
    assert np.isfinite([fit.low, fit.r2, fit.high]).all()
    assert fit.low <= fit.r2 <= fit.high
    assert (fit.r2 == 0) == (y.min() == y.max())
