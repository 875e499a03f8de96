"""A cache of its own for each test."""

import pytest

from glassnet.data.picture_folder import cache


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    """The folder of the cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    return cache.folder()
