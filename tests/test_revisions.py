"""Records: united they are the same whatever came first, and no text is too odd to be sent."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from playground.revisions import Clock, Record, Records, all_mended, mended, merged, newer

KEYS = ("message/a/1", "message/a/2", "message/b/1", "deleted/a", "title")

records = st.builds(
    lambda key, at, by, text: {"key": key, "at": at, "by": by, "text": text},
    st.sampled_from(KEYS),
    st.integers(0, 3),
    st.sampled_from("xy"),
    st.text(max_size=2),
)
tabs = st.lists(records, max_size=8)


def once(found: list[Record]) -> Records:
    return merged(found)


@given(tabs, tabs)
def test_it_does_not_matter_which_tab_comes_first(here: list[Record], there: list[Record]) -> None:
    assert merged(here, there) == merged(there, here)


@given(tabs, tabs, tabs)
def test_it_does_not_matter_which_two_of_three_tabs_are_united_first(
    one: list[Record], two: list[Record], three: list[Record]
) -> None:
    left = merged(merged(one, two).values(), three)
    right = merged(one, merged(two, three).values())

    assert left == right


@given(tabs)
def test_uniting_something_with_itself_changes_nothing(found: list[Record]) -> None:
    assert merged(found, found) == once(found)


@given(tabs, tabs)
def test_the_union_has_the_keys_of_both_and_nothing_else(here: list[Record], there: list[Record]) -> None:
    union = merged(here, there)

    assert set(union) == {record["key"] for record in (*here, *there)}
    assert all(record in (*here, *there) for record in union.values())


@given(records, records)
def test_the_later_of_two_records_counts(one: Record, other: Record) -> None:
    assert newer(one, other) == newer(other, one)
    assert newer(one, other)["at"] == max(one["at"], other["at"])


@given(st.lists(st.integers(0, 4_000_000_000_000), max_size=5))
def test_a_time_comes_after_every_time_that_was_seen(seen: list[int]) -> None:
    clock = Clock()
    for at in seen:
        clock.saw(at)

    times = [clock.now() for _ in range(5)]

    assert times == sorted(set(times))
    assert all(at < times[0] for at in seen)


@given(st.text(st.characters(exclude_categories=())))
def test_every_text_can_be_sent_once_it_is_mended(text: str) -> None:
    whole = mended(text)

    assert whole.encode().decode() == whole
    assert mended(whole) == whole


@given(st.text())
def test_a_text_without_lone_halves_stays_as_it_is(text: str) -> None:
    assert mended(text) == text


def test_an_emoji_that_was_cut_in_two_is_whole_again() -> None:
    first, second = "👍".encode("utf-16-be")[:2], "👍".encode("utf-16-be")[2:]
    halves = [half.decode("utf-16-be", "surrogatepass") for half in (first, second)]

    assert mended(f"{halves[0]}{halves[1]}!") == "👍!"


def test_plain_data_is_mended_to_its_last_corner() -> None:
    odd: Any = {"role": "user", "content": [{"type": "text", "text": "\udc4d"}], "\ud83d": 1}

    assert all_mended(odd) == {"role": "user", "content": [{"type": "text", "text": "�"}], "�": 1}
