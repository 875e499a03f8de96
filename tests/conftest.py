"""What every test may rely on: no test reads the user's files or speaks to the network."""

import os
import socket
from pathlib import Path

import pytest
from filelock import FileLock

from glassnet.engines.cpu import compiling
from tests.engines.cpu.calling import every_kernel

GLASSNET_DATA = os.environ.get("GLASSNET_DATA", "")  # where MNIST lies; the tests themselves start without it
FONTS = Path(__file__).parents[1] / ".pytest_cache" / "matplotlib"  # listing the fonts takes it four seconds
KERNELS = Path(__file__).parents[1] / ".pytest_cache" / "kernels"  # compiling all of them takes twenty
AT_HOME = {"127.0.0.1", "::1", "localhost", "0.0.0.0", ""}


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """A home folder, new but for the compiled kernels, which all runs of the tests share."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "cache" / "glassnet").mkdir(parents=True)
    KERNELS.mkdir(parents=True, exist_ok=True)
    (folder / "cache" / "glassnet" / "kernels").symlink_to(KERNELS)
    return folder


@pytest.fixture(scope="session", autouse=True)
def kernels(home):
    """Every kernel of the compiled engine, compiled once however many processes run tests, and before the first test:
    none finds them missing, or has them written into a cache of its own.
    """
    with pytest.MonkeyPatch.context() as patch, FileLock(KERNELS.with_suffix(".lock")):
        patch.setenv("XDG_CACHE_HOME", str(home / "cache"))
        compiling.folder.cache_clear()
        for name in every_kernel():
            compiling.address(name)


@pytest.fixture(autouse=True)
def isolated(monkeypatch, home):
    """A home of its own, and no names but this machine's."""
    monkeypatch.delenv("GLASSNET_DATA", raising=False)
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("MPLCONFIGDIR", str(FONTS))
    resolve = socket.getaddrinfo

    def resolve_at_home(host, *rest, **named):
        if host is not None and host not in AT_HOME:
            raise socket.gaierror(f"tests use no network, not {host} either")
        return resolve(host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", resolve_at_home)


@pytest.fixture
def mnist_folder(monkeypatch):
    """The folder with MNIST's four files; load_data("mnist") finds it too. For tests that bear the marker `mnist`."""
    folder = Path(GLASSNET_DATA, "mnist")
    if not GLASSNET_DATA or not folder.is_dir():
        pytest.skip("set GLASSNET_DATA to the folder that holds mnist/ to run this test")
    monkeypatch.setenv("GLASSNET_DATA", GLASSNET_DATA)
    return folder
