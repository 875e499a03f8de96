from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binomtest

from glassnet.data import load_data
from glassnet.engines import Reference, answer, certainty_of
from glassnet.errors import DataError, ModelFileError
from glassnet.evaluation import Mistake, judge
from glassnet.files import load, save
from glassnet.improvement import Correction, Improvement, Improving, mixing
from glassnet.improvement.mixing import recognised
from glassnet.model import Sequential
from glassnet.notation import parse_network
from glassnet.presets import complete, preset
from glassnet.reproduction import Retraining, find_parts
from glassnet.session import Session


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A network that reads digits not very well."""
    data = load_data("digits").train
    layers, loss = complete(parse_network("flatten dense32 relu dense10"), data)
    recipe = replace(preset("mlp", data).recipe, loss=loss, epochs=8, batch_size=32)
    session = Session(
        Sequential(layers, data.sample_shape, seed=0), data, recipe, tmp_path_factory.mktemp("m") / "model"
    )
    for _ in session.events():
        pass
    return session.finish({"accuracy": 0.5})


@pytest.fixture(scope="module")
def wrong(trained):
    """Ten corrections of what it says of the test samples."""
    test = load_data("digits").test
    mistakes = judge(trained, test).mistakes[:10]
    return [Correction(test.x[one.index], one.true, f"{one.index}.png", one.predicted) for one in mistakes]


def improved(trained, corrections, **options):
    one = Improving(trained, corrections, load_data("digits"), **options)
    for _ in one.events():
        pass
    return one


@pytest.fixture(scope="module")
def ten(trained, wrong):
    """The network after ten corrections."""
    return improved(trained, wrong)


def test_corrections_are_learnt_and_old_answers_stay(ten, trained):
    found = ten.outcome()
    assert (found.right_before, len(found.answers)) == (0, 10)
    assert found.right >= 8
    assert ten.epochs <= ten.run.step // 47 <= 20
    assert found.after.accuracy >= found.before.accuracy - 0.01
    assert found.after.samples == 349  # the ten corrected ones are not asked any more
    before = answer(trained, load_data("digits").test.x).indices
    now = answer(replace(trained, network=ten.network), load_data("digits").test.x).indices
    true = load_data("digits").test.y
    changed = [set(np.intersect1d(np.flatnonzero(which), ten.asked)) for which in
               ((before == true) & (now != true), (before != true) & (now == true))]  # fmt: skip
    assert {one.index for one in found.broken} == changed[0]
    assert {one.index for one in found.mended} == changed[1]
    assert all(one.predicted == now[one.index] for one in found.broken)
    assert all(one.predicted == before[one.index] for one in found.mended)


def test_the_same_bits_again_and_the_old_network_is_left_alone(ten, trained, wrong):
    before = trained.network.vectors.fingerprint
    again = improved(trained, wrong)
    assert again.network.vectors.fingerprint == ten.network.vectors.fingerprint != before
    assert trained.network.vectors.fingerprint == before


def test_corrections_that_are_right_from_the_first_are_learnt_for_a_while(trained):
    test = load_data("digits").test
    right = int((answer(trained, test.x).indices == test.y).argmax())
    label = test.labels[right]
    one = improved(trained, [Correction(test.x[right], label, "right.png", label)])
    assert one.outcome().right_before == 1
    assert one.run.step == one.epochs * -(-len(one.data) // 32)
    assert one.epochs > 2


def test_it_is_gentle_and_rehearses(ten, wrong):
    then = ten.trained.receipt["settings"]["recipe"]["optimizer"]["learning_rate"]
    assert ten.recipe.optimizer.learning_rate == pytest.approx(then / 10)
    assert (ten.recipe.validation, ten.recipe.patience) == (0, None)
    assert ten.copies == 20
    assert 1284 <= len(ten.data) - 20 * 10 <= 1294  # but for those that look like corrections
    one = improved(ten.trained, wrong[:1], engine=Reference())
    assert one.copies == 26  # two in a hundred of 1294


def test_what_was_learnt_in_bf16_is_improved_in_float32_on_any_processor(trained, wrong):
    settings = trained.receipt["settings"]
    recipe = {**settings["recipe"], "precision": "bf16"}
    coarse = replace(trained, receipt={**trained.receipt, "settings": {**settings, "recipe": recipe}})
    assert Improving(coarse, wrong, load_data("digits")).recipe.precision == "float32"


def test_of_many_old_samples_some_are_rehearsed(trained, wrong, monkeypatch):
    monkeypatch.setattr(mixing, "REHEARSED", 100)
    one = Improving(trained, wrong, load_data("digits"))
    assert 90 <= len(one.data) - 20 * 10 <= 100


def test_how_sure_it_may_be_is_learnt_again_from_what_was_held_out_and_is_not_rehearsed(ten, trained):
    assert ten.held is not None
    assert 134 <= len(ten.held) <= 144  # but for those that look like corrections
    rehearsed = {row.tobytes() for row in ten.data.x}
    assert not [row for row in ten.held.x if row.tobytes() in rehearsed]
    now = ten.model({}, "model")
    assert now.certainty == certainty_of(ten.network, ten.held, ten.engine) != trained.certainty
    verdict = judge(now, load_data("digits").test.take(ten.asked))
    assert ten.outcome().after.calibration.error == verdict.calibration.error


def test_how_sure_it_may_be_stays_where_nothing_was_held_out(trained, wrong):
    settings = trained.receipt["settings"]
    recipe = {**settings["recipe"], "validation": 0.0}
    then = replace(trained, receipt={**trained.receipt, "settings": {**settings, "recipe": recipe}})
    one = Improving(then, wrong, load_data("digits"))
    assert one.held is None
    assert one.model({}, "model").certainty == trained.certainty is not None


def test_a_correction_of_what_was_held_out_is_not_asked_how_sure_it_may_be(trained):
    held = Improving(trained, [Correction(np.zeros((8, 8, 1), np.uint8), 1, "a", 2)], load_data("digits")).held
    assert held is not None
    one = Improving(trained, [Correction(held.x[3], 1, "a", 2)], load_data("digits"))
    assert one.held is not None
    assert len(one.held) == len(held) - 1
    assert not (one.held.x == held.x[3]).all((1, 2, 3)).any()


def test_an_old_sample_with_a_wrong_label_is_not_rehearsed(trained):
    old = load_data("digits").train
    other = int(old.y[4] + 1) % 10
    one = Improving(trained, [Correction(old.x[4], other, "4.png", old.labels[4])], load_data("digits"))
    same = (one.data.x == old.x[4]).all((1, 2, 3))
    assert {one.data.labels[row] for row in np.flatnonzero(same)} == {other}
    assert same.sum() == one.copies


def test_the_receipt_tells_where_it_comes_from(ten, trained, tmp_path):
    made = ten.model({"accuracy": 0.9}, "old.safetensors")
    (step,) = made.receipt["improved"]
    assert step["from"] == "old.safetensors"
    assert step["weights"] == trained.network.vectors.fingerprint
    assert [one["label"] for one in step["corrections"]] == [one.label for one in ten.corrections]
    assert (step["rehearsed"], step["copies"], step["steps"]) == (len(ten.data) - 200, 20, ten.run.step)
    assert made.receipt["data"] == trained.receipt["data"]
    assert made.receipt["figures"] == {"accuracy": 0.9}
    save(made, tmp_path / "new")
    again = load(tmp_path / "new")
    assert find_parts(again).train.fingerprint == trained.receipt["data"]["fingerprint"]
    with pytest.raises(ModelFileError, match="trained on with corrections, after the training that its receipt tells"):
        Retraining(again, load_data("digits").train)
    twice = improved(again, ten.corrections[:2]).model({}, "new")
    assert [one["from"] for one in twice.receipt["improved"]] == ["old.safetensors", "new"]


def test_without_corrections_or_the_data_of_then(trained, wrong):
    with pytest.raises(DataError, match="There are no corrections to learn from"):
        Improving(trained, [], load_data("digits"))
    with pytest.raises(DataError, match=r"blobs is not what this model learnt from: its fingerprint is sha256"):
        Improving(trained, wrong, load_data("blobs"))
    with pytest.raises(ModelFileError, match="does not say how it was trained"):
        Improving(replace(trained, receipt={}), wrong, load_data("digits"))


def test_test_samples_that_corrections_were_made_of():
    test = load_data("digits").test
    darker = np.rint(0.8 * test.x[[7, 3]]).astype(np.uint8)
    assert recognised(test.x, darker).tolist() == [3, 7]
    noise = np.random.default_rng(0).integers(0, 16, (2, 8, 8, 1))
    assert recognised(test.x, noise).tolist() == []


@pytest.mark.parametrize(("broken", "mended"), [(0, 0), (0, 5), (12, 8), (3, 30)])
def test_chance_agrees_with_scipy(broken, mended):
    one = Mistake(0, 0, 1, 0.5)
    verdict = judge.__annotations__  # any: chance looks at the counts alone
    found = Improvement([], 0, 0, verdict, verdict, [one] * broken, [one] * mended)  # type: ignore[arg-type]
    count = broken + mended
    assert found.chance == pytest.approx(binomtest(broken, count).pvalue if count else 1)
