"""Which samples a network is judged by: such as it has not learnt from."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from glassnet.data import Dataset
    from glassnet.files import TrainedModel


class Judging(NamedTuple):
    """What a network is judged by.

    train : what it learnt from, where that is there.   test : the samples.   remark : which ones these are, where they
    are not simply those for the test, or "".
    """

    train: Dataset | None
    test: Dataset
    remark: str = ""


def data_to_judge(trained: TrainedModel, source: str, seed: int) -> Judging:
    """The samples in `source` that `trained` has not learnt from.

    Of a built-in set and of the data that it learnt from they are those for the test; of other data all. A folder that
    is called as the one that it learnt from may have grown since: its pictures are divided as they were, by what they
    show, so that those for the test were not learnt from.
    """
    from glassnet.data import BUILT_IN, load_again, load_data
    from glassnet.data.sources import is_table, load_whole

    whole = None
    if is_table(source) and trained.preparation.columns is not None:
        parts, whole = load_again(source, seed, trained.preparation, trained.classes)
    else:
        parts = load_data(source, seed, trained.fit)
    told, name = trained.receipt.get("data"), parts.train.name
    told = told if isinstance(told, dict) else {}
    if source in BUILT_IN or told.get("fingerprint") == parts.train.fingerprint:
        return Judging(*parts)
    if whole is None and told.get("name") == name:
        remark = f"The network learnt from data that were called {name}, too: it is judged by those for the test."
        return Judging(*parts, remark)
    if whole is None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they were said when it was loaded
            whole = load_whole(source, seed, trained.fit)
    return Judging(None, whole, f"The network did not learn from {name}: it is judged by all of its samples.")
