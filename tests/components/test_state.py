"""The session's memory keeps what was typed and stays within its bounds."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from components import state
from playground.exchange import Exchange


def exchange(size: int) -> Exchange:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    return Exchange(str(size), now, "POST", "http://x.invalid", (), b"", response_body=bytes(size))


@given(st.lists(st.integers(0, state.LOG_BYTES * 2), min_size=1, max_size=4))
def test_the_log_keeps_the_newest_that_fit(sizes: list[int]) -> None:
    log: list[Exchange] = []
    added = [exchange(size) for size in sizes]

    for each in added:
        state.append_bounded(log, each)

    assert log == added[len(added) - len(log) :]
    assert log[-1] is added[-1]
    assert len(log) == 1 or sum(each.size for each in log) <= state.LOG_BYTES


def test_the_connection_holds_no_key() -> None:
    assert set(vars(state.Connection())) == {"kind", "base_url", "model", "instant", "fit"}
