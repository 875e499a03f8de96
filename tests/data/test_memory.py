import threading
from time import sleep

import pytest

from glassnet.data.memory import MOST, Room, allowed, picture_memory
from glassnet.errors import ParameterError


def test_it_holds_inside_and_ends_with_an_error_too():
    with picture_memory(64_000_000):
        assert allowed() == 64_000_000
        with pytest.raises(ZeroDivisionError), picture_memory(2**40):
            assert allowed() // 0
        assert allowed() == 64_000_000
    assert allowed() == MOST == 1_500_000_000


@pytest.mark.parametrize("most", [0, 63_999_999, -1, 1e9, "1GB", True])
def test_too_little_and_what_is_no_number_of_bytes(most):
    with pytest.raises(ParameterError, match=r"picture_memory: most must be a whole number, 64000000 or more. Got "):
        picture_memory(most).__enter__()


def test_what_threads_have_at_a_time_is_never_more_than_there_is():
    with picture_memory(64_000_000):
        room = Room(0.5)
    lock, now, most = threading.Lock(), 0, 0

    def work(size):
        nonlocal now, most
        with room.lent("it") as take:
            take(size)
            with lock:
                now += size
                most = max(most, now)
            sleep(0.002)
            with lock:
                now -= size

    threads = [threading.Thread(target=work, args=((1 + k % 6) * 3_200_000,)) for k in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert not any(thread.is_alive() for thread in threads)
    assert 19_200_000 < most <= 32_000_000
    assert room.free == 32_000_000


def test_more_than_there_is_at_all_is_refused_and_nothing_stays_taken():
    with picture_memory(100_000_000):
        room = Room(0.75)
    with room.lent("'a.png'") as take, pytest.raises(ParameterError) as refused:
        take(90_000_001)
    assert refused.value.message == "Decoding 'a.png' takes 91 MB of memory; 75 MB are there for it."
    assert refused.value.hint == "Allow more with --memory 121MB, or make the picture smaller."
    assert room.free == 75_000_000
