import numpy as np
import pytest

from glassnet.explain.update import RULES, explain_update
from glassnet.optimizers import OPTIMIZERS, SGD, Adagrad, Adam, AdamW, RMSprop

W, G, DECAYS = np.array([0.5, -1.25, 2.0]), np.array([0.3, -0.02, -4.0]), np.array([1.0, 1.0, 0.0])
CHOSEN = [
    *(kind() for kind in OPTIMIZERS.values()),
    SGD(0.1, momentum=0.9),
    SGD(0.1, momentum=0.9, nesterov=True),
    SGD(0.1, weight_decay=0.1, clip_norm=1.0),
    RMSprop(clip_norm=100.0),
    AdamW(weight_decay=0.5),
    Adagrad(initial=0.1),
]


def test_every_optimizer_is_explained():
    assert set(RULES) == set(OPTIMIZERS)


def evaluated(numbers):
    """The numbers of a line, worked out as they are printed."""
    text = numbers.replace("−", "-").replace("·", "*").replace("^", "**").replace("²", "**2")
    for piece in text.split("√")[1:]:
        if not piece.startswith("("):
            end = next((k for k, sign in enumerate(piece) if sign in " )"), len(piece))
            text = text.replace(f"√{piece}", f"√({piece[:end]}){piece[end:]}")
    return eval(text.replace("√", "sqrt"), {"sqrt": np.sqrt})


@pytest.mark.parametrize("optimizer", CHOSEN, ids=repr)
@pytest.mark.parametrize("place", range(3))
def test_the_lines_say_what_the_optimizer_does(optimizer, place):
    slots = np.full((optimizer.slots, 3), 0.25)
    w, kept = W.copy(), slots.copy()
    update = explain_update(optimizer, W, G, DECAYS, place, 4, 10, slots)
    optimizer.descend(w, G, kept, DECAYS, 4, 10)
    assert (update.before, update.after, update.step) == (W[place], w[place], 4)
    assert update.changes[-1].value == w[place]
    for change in update.changes:
        assert evaluated(change.numbers) == pytest.approx(change.value, rel=2e-5)
    assert (slots == 0.25).all()  # what was given stays
    assert W[0] == 0.5


def test_adams_moments():
    update = explain_update(Adam(), W, G, DECAYS, 0, 0, 1, None)
    assert [change.name for change in update.changes] == ["m", "v", "m̂", "v̂", "w"]
    assert [change.value for change in update.changes[:4]] == pytest.approx([0.03, 0.00009, 0.3, 0.09])
    assert update.after == pytest.approx(0.499, abs=1e-8)


def test_a_penalty_comes_to_the_gradient():
    # λ₁ = 0.5, λ₂ = 0.25, w = −1.25: g = −0.02 + 0.5·(−1) + 2·0.25·(−1.25) = −1.145, with rate 0.1 w = −1.25 + 0.1145
    pairs = np.array([[0, 0.5, 0], [0, 0.25, 0]])
    update = explain_update(SGD(0.1), W, G, DECAYS, 1, 0, 1, None, pairs)
    assert [change.name for change in update.changes] == ["g", "w"]
    assert [change.value for change in update.changes] == pytest.approx([-1.145, -1.1355])
    assert evaluated(update.changes[0].numbers) == pytest.approx(-1.145)
    assert len(explain_update(SGD(0.1), W, G, DECAYS, 0, 0, 1, None, pairs).changes) == 1
