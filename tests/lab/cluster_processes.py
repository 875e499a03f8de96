"""A Dask scheduler and its workers, each a process of its own on this machine."""

import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[2]  # from where workers import the functions of tests


class Cluster:
    """Starts a scheduler; `start` adds workers.

    folder : for what the processes write, their home among it.
    """

    def __init__(self, folder):
        self.folder = folder
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.workers = []
        self.scheduler = self._process("scheduler", "--port", str(port), "--dashboard-address", "127.0.0.1:0")

    def start(self, *options, **environment):
        """One more worker, which is there a second or two later."""
        words = (
            self.address,
            "--no-nanny",
            "--local-directory",
            str(self.folder),
            "--dashboard-address",
            "127.0.0.1:0",
        )
        self.workers.append(self._process("worker", *words, *options, **environment))
        return self.workers[-1]

    def fill(self, *threads):
        """Start as many workers as there are numbers of threads, less those that live."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        for count in threads[len(self.workers) :]:
            self.start("--nthreads", str(count))

    def kill_workers(self):
        """Without a warning."""
        for worker in self.workers:
            worker.kill()
            worker.wait()

    def end(self):
        """Nothing is left."""
        self.kill_workers()
        self.scheduler.kill()
        self.scheduler.wait()

    def _process(self, kind, *words, **environment):
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--host", "127.0.0.1", *words]
        threads = {"OPENBLAS_NUM_THREADS": str(os.cpu_count())}  # whatever whoever runs the tests has said
        environment = {**os.environ, **threads, "HOME": str(self.folder), **environment}
        with open(self.folder / "log", "ab") as log:
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
