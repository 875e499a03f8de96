"""Saves that die: run by test_sudden_death.py in a process of its own, which forks one for each death.

Death comes by SIGKILL before the first, second, third … call of a save into the operating system, and from the kernel
in the middle of writing, at a limit on the length of files. After each, `check` looks at what lies on the disk.
"""

import json
import os
import resource
import signal
import sys
from pathlib import Path

import numpy as np

from glassnet.errors import OutputError
from glassnet.files import load, load_checkpoint, remove_checkpoint, save, save_checkpoint
from tests.files.crafting import tiny


def is_system_call(function):
    return getattr(function, "__module__", "") in ("posix", "io", "_io") or hasattr(
        getattr(function, "__self__", None), "fileno"
    )


def killed_at(number, action):
    """Do `action` in a child that SIGKILL ends before its call number `number`; whether it was killed."""
    child = os.fork()
    if not child:
        calls = 0

        def count(frame, event, function):
            nonlocal calls
            if event == "c_call" and is_system_call(function):
                calls += 1
                if calls == number:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
        action()
        sys.setprofile(None)
        os._exit(0)
    return ended_by(child) == signal.SIGKILL


def limited_to(length, action, dies):
    """Do `action` in a child that may write files of `length` bytes: it dies, or gets an error. Whether it did."""
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (length, length))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL if dies else signal.SIG_IGN)
        try:
            action()
        except OutputError as error:
            os._exit(77 if "File too large" in str(error) else 1)
        os._exit(0)
    return ended_by(child) == (signal.SIGXFSZ if dies else -77)


def ended_by(child):
    """The signal that ended the process, or minus its exit status; a traceback there is one here."""
    status = os.waitpid(child, 0)[1]
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    assert os.WEXITSTATUS(status) in (0, 77)
    return -os.WEXITSTATUS(status)


def deaths(prepare, action, check, length):
    """How often a save died before a call, in the middle of writing, and how often it got an error instead."""
    counts = {"killed": 0, "cut": 0, "refused": 0}
    while True:
        prepare()
        if not killed_at(counts["killed"] + 1, action):
            break
        counts["killed"] += 1
        check(new_allowed=True)
    check(new_allowed=True)
    for limit in range(0, length, 97):
        for dies, name in ((True, "cut"), (False, "refused")):
            prepare()
            counts[name] += limited_to(limit, action, dies)
            check(new_allowed=False)
    return counts


def model(folder, old_exists):
    path = folder / "model"
    old, new = tiny(), tiny()
    new.network.set_weights({"dense_1.W": np.full((3, 2), 9.0)})
    save(new, path)
    new_bytes = path.read_bytes()
    save(old, path)
    old_bytes = path.read_bytes()

    def prepare():
        for file in folder.iterdir():
            file.unlink()
        if old_exists:
            path.write_bytes(old_bytes)

    def check(new_allowed):
        if path.exists():
            assert path.read_bytes() in ([old_bytes] if old_exists else []) + ([new_bytes] if new_allowed else [])
            load(path)
        else:
            assert not old_exists

    return deaths(prepare, lambda: save(new, path), check, len(new_bytes))


def checkpoint(folder, generations):
    path = folder / "checkpoint"

    def keep(step):
        save_checkpoint(path, {"step": step}, {"weights": np.full(100, float(step))})

    for step in range(max(generations, 1)):
        keep(step)
    generation_bytes = {file.name: file.read_bytes() for file in folder.iterdir()} if generations else {}

    def prepare():
        for file in folder.iterdir():
            file.unlink()
        for name, data in generation_bytes.items():
            (folder / name).write_bytes(data)

    def check(new_allowed):
        loaded = load_checkpoint(path)
        if loaded is None:
            assert generations == 0
            return
        content, tensors, note = loaded
        assert content["step"] in (generations - 1, generations if new_allowed else None)
        assert set(tensors["weights"]) == {content["step"]}
        assert note == ""
        keep(99)  # and the training goes on
        content, tensors, note = load_checkpoint(path) or ({}, {}, "")
        assert content == {"step": 99}
        assert [file.name for file in folder.iterdir() if file.name.startswith(".")] == []

    return deaths(prepare, lambda: keep(generations), check, 1000)


def removal(folder):
    """A removal that dies leaves no older checkpoint than the newest."""
    path = folder / "checkpoint"
    number = 0
    killed = True
    while killed:
        number += 1
        for step in range(2):
            save_checkpoint(path, {"step": step}, {})
        killed = killed_at(number, lambda: remove_checkpoint(path))
        loaded = load_checkpoint(path)
        assert loaded is None or loaded[0] == {"step": 1}
    assert loaded is None
    return {"killed": number - 1}


WAYS = {
    "model": lambda folder: model(folder, old_exists=False),
    "model over an old one": lambda folder: model(folder, old_exists=True),
    "checkpoint": lambda folder: checkpoint(folder, 0),
    "second checkpoint": lambda folder: checkpoint(folder, 1),
    "third checkpoint": lambda folder: checkpoint(folder, 2),
    "removal": removal,
}

if __name__ == "__main__":
    print(json.dumps(WAYS[sys.argv[1]](Path(sys.argv[2]))))
