import threading
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor, wait

import pytest

from glassnet.lab import batching
from glassnet.lab.batching import Batching


class Held(Executor):
    """Keeps what it is given until it is let go."""

    def __init__(self):
        self.kept = []

    def submit(self, work, /, *arguments, **named):
        self.kept.append((Future(), lambda: work(*arguments, **named)))
        return self.kept[-1][0]

    def let_go(self):
        """Do the oldest batch; how many calls it had."""
        future, call = self.kept.pop(0)
        try:
            result = call()
        except Exception as error:
            future.set_exception(error)
            return None
        future.set_result(result)
        return len(result[1])


def wrong(number):
    raise ValueError(f"no luck with {number}")


def test_each_call_gets_its_own_result():
    with ThreadPoolExecutor(3) as pool:
        executor = Batching(pool, 3)
        futures = [executor.submit(pow, number, 2, mod=101) for number in range(500)]
        assert [future.result(10) for future in futures] == [number**2 % 101 for number in range(500)]


def test_quick_calls_travel_together_and_the_last_ones_are_shared():
    held = Held()
    executor = Batching(held, 2)
    futures = [executor.submit(abs, -number) for number in range(304)]
    assert len(held.kept) == 4  # two for each place, of one call each, as nobody knows how long they take
    sizes = []
    while held.kept:
        sizes.append(held.let_go())
    assert sizes[:4] == [1, 1, 1, 1]
    assert sizes[4:6] == [100, 100]  # the largest
    assert sizes[6] == 50  # half of what is left
    assert sum(sizes) == 304
    assert [future.result(0) for future in futures] == list(range(304))


def test_long_calls_go_one_by_one(monkeypatch):
    monkeypatch.setattr(batching, "SECONDS", 0.001)
    held = Held()
    executor = Batching(held, 1)
    for _ in range(6):
        executor.submit(time.sleep, 0.002)
    sizes = []
    while held.kept:
        sizes.append(held.let_go())
    assert sizes == [1] * 6


def test_more_places_take_more_at_once():
    held = Held()
    executor = Batching(held, 1)
    for number in range(40):
        executor.submit(abs, number)
    assert len(held.kept) == 2
    executor.places = 3
    held.let_go()
    assert len(held.kept) == 6


def test_what_fails_takes_along_what_is_not_done():
    held = Held()
    executor = Batching(held, 1)
    first, second, third, fourth = (executor.submit(work, 7) for work in (abs, wrong, abs, abs))
    held.let_go()
    held.let_go()
    assert first.result(0) == 7
    for future in (second, third, fourth):
        with pytest.raises(ValueError, match="no luck with 7"):
            future.result(0)
    held.let_go()  # it was on its way
    with pytest.raises(ValueError, match="no luck"):
        third.result(0)
    again = executor.submit(abs, -3)
    held.let_go()
    assert again.result(0) == 3


@pytest.mark.parametrize("how", ["cancelled", "given up"])
def test_what_is_given_up_is_broken(how):
    held = Held()
    executor = Batching(held, 1)
    futures = [executor.submit(abs, number) for number in range(5)]
    if how == "cancelled":
        held.kept[0][0].cancel()
        held.kept[0][0].set_running_or_notify_cancel()
    else:
        executor.give_up(BrokenExecutor("it is gone"))
    for future in futures:
        with pytest.raises(BrokenExecutor, match=r"it was given up|it is gone"):
            future.result(0)


def test_calls_from_many_threads():
    with ThreadPoolExecutor(4) as pool:
        executor = Batching(pool, 4)
        futures: list[Future[int]] = []
        threads = [
            threading.Thread(target=lambda: futures.extend(executor.submit(abs, -k) for k in range(200)))
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wait(futures, 10).not_done
        assert sum(future.result() for future in futures) == 4 * sum(range(200))
