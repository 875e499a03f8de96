import json
import os
import subprocess
import sys

import pytest

SAVES = ["model", "model over an old one", "checkpoint", "second checkpoint", "third checkpoint"]


def counts(way, folder):
    """Run one way of dying; it checks the disk after every death, and counts them."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # a fork copies one thread only
    command = [sys.executable, "-m", "tests.files.dying", way, str(folder)]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.parametrize("way", SAVES)
def test_row_76_and_77_a_save_that_dies_anywhere_leaves_the_old_file_or_the_new_one(tmp_path, way):
    counted = counts(way, tmp_path)
    assert counted["killed"] >= 8  # look at the target, open, write, flush, sync, rename, open the folder, sync
    assert counted["cut"] >= 10  # killed by the kernel while it was writing
    assert counted["refused"] == counted["cut"]  # the same, where the error came back: "File too large"


def test_row_76_a_removal_of_checkpoints_that_dies_anywhere_brings_no_old_one_back(tmp_path):
    assert counts("removal", tmp_path)["killed"] >= 3
