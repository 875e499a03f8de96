import pytest

from glassnet.engines import ENGINES, Reference, choose_engine
from glassnet.errors import ParameterError


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_by_its_own_name(name):
    assert choose_engine(name).name == name


def test_the_reference():
    assert isinstance(choose_engine("reference"), Reference)


def test_an_engine_that_is_not_there():
    with pytest.raises(ParameterError, match=r"engine must be one of reference.*\. Got 'refference'\. Did you mean"):
        choose_engine("refference")
