import json
import os
import platform

import numpy as np
import threadpoolctl

from glassnet.files import machine, receipt


def test_the_machine_is_described_and_json_can_hold_it():
    told = machine()
    assert json.loads(json.dumps(told)) == told
    assert told["python"] == platform.python_version()
    assert told["numpy"] == np.__version__
    assert told["glassnet"].count(".") == 2
    assert told["cores"] >= 1
    assert told["processor"]


def test_openblas_names_its_kernel():
    told = machine()
    if (told["blas"] or "").startswith("openblas"):
        assert told["blas_kernel"].isprintable()


def test_nothing_tells_whose_machine_it_is():
    told = machine()
    assert platform.node() not in told.values()
    assert os.path.expanduser("~") not in told.values()
    assert os.getcwd() not in json.dumps(told)


def test_a_system_without_a_list_of_processors(monkeypatch):
    class Missing:
        def __init__(self, name):
            pass

        def read_text(self):
            raise FileNotFoundError

    monkeypatch.setattr(receipt, "Path", Missing)
    assert machine()["processor"] == (platform.processor() or platform.machine())


def test_blas_is_that_of_numpy_where_scipy_has_brought_another(monkeypatch):
    def library(package, version):
        path = f"/site-packages/{package}.libs/libscipy_openblas.so"
        return {"user_api": "blas", "internal_api": "openblas", "version": version, "filepath": path}

    openmp = {"user_api": "openmp", "filepath": "/usr/lib/libgomp.so"}
    found = [openmp, library("scipy", "1"), library("numpy", "2")]
    monkeypatch.setattr(threadpoolctl, "threadpool_info", lambda: found)
    assert machine()["blas"] == "openblas 2"
    found.remove(found[2])
    assert machine()["blas"] == "openblas 1"
    found.clear()
    assert machine()["blas"] is None
