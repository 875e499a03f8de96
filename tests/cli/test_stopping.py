import signal

import pytest

from glassnet.cli.stopping import stop_wish


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_first_signal_is_a_wish_and_the_second_an_order(number, code):
    before = signal.getsignal(number)
    with stop_wish() as wish:
        assert wish.signal == 0
        signal.raise_signal(number)
        assert (wish.signal, wish.exit_code) == (number, code)
        with pytest.raises(SystemExit) as left:
            signal.raise_signal(number)
        assert left.value.code == code
    assert signal.getsignal(number) is before
