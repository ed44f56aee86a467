"""Which messages are drawn, and what stands under each: taken from the records, made up nowhere."""

from hypothesis import given
from hypothesis import strategies as st

from components import message_view, turn_view
from components.chat_costs import Bill
from components.turn_view import NEWEST, NEWEST_LENGTH, chip, newest
from playground.branches import Node
from playground.exchange import Usage
from playground.transcript import Transcript


def said(text: str, **facts: object) -> Node:
    return Node("a", {"role": "assistant", "content": text}, facts=facts)


@given(st.lists(st.integers(0, 30_000), max_size=120), st.integers(1, 4))
def test_as_many_messages_are_drawn_as_there_is_room_for(lengths: list[int], times: int) -> None:
    path = [said("a" * length) for length in lengths]

    count = newest(path, times)

    drawn = sum(min(len(node.text), message_view.LONGEST) for node in path[len(path) - count :])
    assert min(2, len(path)) <= count <= min(NEWEST * times, len(path))
    assert drawn <= NEWEST_LENGTH * times or count == 2


def test_more_is_drawn_each_time_somebody_asks() -> None:
    path = [said("a" * 100)] * 200

    assert [newest(path, times) for times in (1, 2, 5, 6)] == [40, 80, 200, 200]


def test_the_chip_says_who_answered_what_it_took_and_what_is_missing() -> None:
    bill = Bill(Usage(23, 11), None, simulated=True)

    assert chip(said("Hi", simulated=True), True, bill).startswith("simulated · 34 tokens · ")
    assert chip(said("Hi", finish_reason="length"), True, None) == "cut by the token limit"
    assert chip(said("Hi"), False, None) == "not in the next request"
    stopped = Node("a", {"role": "assistant", "content": "H"}, "partial", edits=1)
    assert chip(stopped, True, None) == "stopped: this is what arrived · edited"


def test_with_the_last_message_only_nothing_that_was_said_goes_along() -> None:
    talk = Transcript("", [])
    turn = talk.begin("One")
    turn.add("Two")

    assert turn_view.carried(talk, "last", turn) == {turn.question_id}
    turn.end("complete", None)
    assert turn_view.carried(talk, "last", None) == frozenset()
    assert turn_view.carried(talk, "all", None) == {turn.question_id, turn.answer_id}
