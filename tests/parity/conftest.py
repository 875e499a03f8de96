import pytest


@pytest.fixture(autouse=True)
def _compiled(kernels):
    """Kernels are compiled before the first test, not inside one."""
