import pytest

from glassnet.cli.axis import Axis, parse_axis, plan
from glassnet.data import Choice, load_data
from glassnet.layers import Dense
from glassnet.optimizers import SGD, Adam
from glassnet.presets import preset


@pytest.mark.parametrize(
    ("over", "axis"),
    [
        ("learning_rate=0.01,0.1,1", Axis("learning_rate", (0.01, 0.1, 1.0))),
        ("learning-rate = 0.01, 0.1", Axis("learning_rate", (0.01, 0.1))),
        ("optimizer=sgd,adam", Axis("optimizer", ("sgd", "adam"))),
        ("net=dense4,relu dense1; dense8 relu dense1;", Axis("net", ("dense4,relu dense1", "dense8 relu dense1"))),
        ("batch_size=4,8,4", Axis("batch_size", (4, 8))),
        ("shuffle=yes,No", Axis("shuffle", (True, False))),
    ],
)
def test_names_and_values(over, axis):
    assert parse_axis(None, over) == axis


def test_hidden_is_an_axis_and_none_at_all_is_one_setting():
    assert parse_axis("2,4", None) == parse_axis(None, "hidden=2,4") == Axis("hidden", (2, 4))
    assert parse_axis(None, None) == Axis("", (None,))


def jobs(source, over, runs=2, net=None, seed=0):
    return plan(
        source, parse_axis(None, over), Choice(), runs=runs, net=net, epochs=None, seed=seed, engine="reference"
    )[0]


def test_every_job_is_the_preset_but_for_the_axis_and_the_seed():
    usual = preset("xor", load_data("xor", 0).train)
    one, other = (job for job in jobs("xor", "optimizer=sgd,adam", seed=7) if job.recipe.seed == 8)
    assert list(one.layers) == usual.layers
    assert (one.recipe.epochs, one.recipe.batch_size) == (1000, 1)
    assert (type(one.recipe.optimizer), type(other.recipe.optimizer)) == (SGD, Adam)


def test_seed_after_seed_so_that_an_interrupted_lab_knows_something_of_each():
    assert [job.key for job in jobs("xor", "hidden=2,4")] == [("hidden", k, seed) for seed in (0, 1) for k in (2, 4)]


def test_hidden_changes_every_dense_layer_but_the_last():
    (job,) = jobs("moons", "hidden=5", runs=1)
    assert [layer.units for layer in job.layers if isinstance(layer, Dense)] == [5, 5, 2]
