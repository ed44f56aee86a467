"""The history that a request carries, what becomes of turns that end badly, and that nothing said is ever lost."""

from datetime import UTC, datetime

import pytest
from hypothesis import given

from playground import transcript
from playground.exchange import Exchange
from playground.messages import assistant, system, tool, user
from playground.transcript import Node, Transcript
from tests.talks import Steps, change, changes, lived, said, steps, talks


def talk_of(*turns: tuple[str, str]) -> Transcript:
    talk = Transcript("Be brief.")
    for question, answer in turns:
        turn = talk.begin(question)
        turn.add(answer)
        turn.end("complete", None)
    return talk


def test_the_whole_history_is_sent_again() -> None:
    talk = talk_of(("Hello! I'm John.", "Hello John!"))

    messages = talk.begin("Do you know my name?").request(talk, "all")

    assert messages == [
        system("Be brief."),
        user("Hello! I'm John."),
        assistant("Hello John!"),
        user("Do you know my name?"),
    ]


def test_the_last_message_alone_knows_nothing_of_the_history() -> None:
    talk = talk_of(("Hello! I'm John.", "Hello John!"))

    messages = talk.begin("Do you know my name?").request(talk, "last")

    assert messages == [system("Be brief."), user("Do you know my name?")]


def test_an_empty_system_message_is_not_sent() -> None:
    talk = Transcript("  ")

    assert talk.begin("Hi").request(talk, "all") == [user("Hi")]


def test_a_question_without_an_answer_is_left_out_of_the_next_request() -> None:
    talk = Transcript("")
    talk.begin("Lost?").end("failed", None)

    assert talk.begin("Hi").request(talk, "all") == [user("Hi")]


def test_the_same_question_twice_is_two_turns() -> None:
    talk = talk_of(("Hi", "Hello!"))

    messages = talk.begin("Hi").request(talk, "all")

    assert messages == [system("Be brief."), user("Hi"), assistant("Hello!"), user("Hi")]


def test_a_stopped_stream_keeps_what_arrived() -> None:
    talk = Transcript("")
    stopped, silent = talk.begin("One"), talk.begin("Two")
    stopped.add("Half an ans")

    talk.settle()

    assert (stopped.status, stopped.answer) == ("partial", "Half an ans")
    assert silent.status == "failed"


def seen(talk: Transcript) -> list[tuple[str, dict[str, object]]]:
    return [(node.id, node.message) for node in talk.path()]


def exchange(id: str, body: str = "{}", size: int = 0) -> Exchange:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    return Exchange(id, now, "POST", "http://x.invalid", (), bytes(size), 200, response_body=body.encode())


@given(talks)
def test_whatever_is_done_every_wording_of_every_message_is_still_there(talk: Transcript) -> None:
    wordings = {id: talk.revisions(id) for id in talk.tree.newest}

    lived([("delete", 0, ""), ("edit", 1, "new"), ("regenerate", 2, "x"), ("choose", 3, "")], talk)

    for id, messages in wordings.items():
        assert talk.revisions(id)[: len(messages)] == messages


@given(talks)
def test_every_message_that_is_not_deleted_can_be_reached(talk: Transcript) -> None:
    reached: list[str] = []
    waiting = [""]
    while waiting:
        following = talk.tree.after(waiting.pop())
        reached += following
        waiting += following

    deleted = {key.partition("/")[2] for key, record in talk.records.items() if record.get("deleted")}

    assert sorted(reached) == sorted(set(talk.tree.newest) - deleted)


@given(talks, changes)
def test_undo_restores_what_was_shown(talk: Transcript, done: tuple[str, int, str]) -> None:
    before = seen(talk)

    if change(talk, *done):
        assert talk.undo()

    assert seen(talk) == before


@given(talks)
def test_everything_can_be_undone_step_by_step(talk: Transcript) -> None:
    before = seen(talk)
    count = 0
    for number, action in enumerate(("delete", "edit", "choose", "delete", "delete")):
        count += change(talk, action, number, "other")

    for _ in range(count):
        talk.undo()

    assert seen(talk) == before


@given(steps, steps, steps)
def test_two_tabs_that_go_on_apart_see_the_same_when_they_meet(start: Steps, one: Steps, two: Steps) -> None:
    here = lived(start)
    there = Transcript(id=here.id)
    there.merge([dict(record) for record in here.records.values()])
    lived(one, here)
    lived(two, there)

    mine, theirs = list(here.records.values()), list(there.records.values())
    here.merge(theirs)
    there.merge(mine)

    assert here.records == there.records
    assert (seen(here), here.system, here.title) == (seen(there), there.system, there.title)
    assert not here.merge(theirs)


@given(said)
def test_a_sibling_that_is_chosen_is_shown(talk: Transcript) -> None:
    for node in talk.path():
        for sibling in node.siblings:
            talk.choose(sibling)

            assert sibling in [each.id for each in talk.path()]
        talk.choose(node.id)


@given(said)
def test_what_is_shown_says_which_of_how_many_it_is(talk: Transcript) -> None:
    for node in talk.path():
        assert node.siblings[node.place - 1] == node.id


def test_another_answer_is_shown_beside_the_first() -> None:
    talk = talk_of(("Write a haiku", "Old pond"))

    turn = talk.regenerate(talk.turns[0].id)
    turn.add("Winter sea")
    turn.end("complete", None)

    assert [each.answer for each in talk.turns] == ["Winter sea"]
    shown = talk.path()[-1]
    assert (shown.place, len(shown.siblings)) == (2, 2)
    talk.choose(shown.siblings[0])
    assert [each.answer for each in talk.turns] == ["Old pond"]


def test_another_answer_is_asked_for_with_what_came_before_it_only() -> None:
    talk = talk_of(("One", "1"), ("Two", "2"), ("Three", "3"))

    turn = talk.regenerate(talk.turns[1].id)

    assert [message["content"] for message in turn.request(talk, "all")] == ["Be brief.", "One", "1", "Two"]


def test_a_question_in_other_words_is_a_branch_and_the_first_one_stays() -> None:
    talk = talk_of(("One", "1"), ("Two", "2"))
    first = talk.turns[1].question_id
    assert first

    turn = talk.ask_instead(first, "Deux")
    turn.add("deux")

    assert [each.question for each in talk.turns] == ["One", "Deux"]
    talk.choose(first)
    assert [each.answer for each in talk.turns] == ["1", "2"]


def test_an_edited_message_keeps_its_place_and_its_earlier_wording() -> None:
    talk = talk_of(("Hello! I'm John.", "Hello John!"), ("Do you know my name?", "John."))
    first = talk.path()[0].id

    talk.edit(first, "Hello! I'm Mina.")

    assert talk.messages()[1] == user("Hello! I'm Mina.")
    assert talk.revisions(first) == [user("Hello! I'm John."), user("Hello! I'm Mina.")]
    assert talk.path()[0].edits == 1


def test_a_message_can_be_given_to_another_role() -> None:
    talk = talk_of(("Answer in verse.", "Yes."))

    talk.edit(talk.path()[0].id, role="developer")

    assert talk.messages()[1] == {"role": "developer", "content": "Answer in verse."}
    assert [turn.question for turn in talk.turns] == [""]


def test_an_edit_that_changes_nothing_is_none() -> None:
    talk = talk_of(("One", "1"))

    talk.edit(talk.path()[0].id, "One", "user")

    assert (talk.undoable, talk.path()[0].edits) == ("", 0)


def test_a_deleted_message_is_not_sent_and_what_follows_it_is() -> None:
    talk = talk_of(("One", "1"), ("Two", "2"))

    talk.delete(talk.path()[1].id)

    assert talk.messages() == [system("Be brief."), user("One"), user("Two"), assistant("2")]
    talk.undo()
    assert talk.messages() == [system("Be brief."), user("One"), assistant("1"), user("Two"), assistant("2")]


def test_a_conversation_goes_on_after_its_last_message_was_deleted_and_that_may_come_back() -> None:
    talk = talk_of(("One", "1"))
    talk.delete(talk.path()[-1].id)
    turn = talk.begin("Two")
    turn.add("2")
    turn.end("complete", None)

    talk.undo()

    assert [node.text for node in talk.path()] == ["One", "1", "Two", "2"]


def test_several_choices_stand_side_by_side_and_one_is_gone_on_with() -> None:
    talk = Transcript()
    turn = talk.begin("A name for a cat?", n=2)
    turn.add("Nabi")
    turn.add("Tom", choice=1)
    turn.add("by", choice=1)
    turn.end("complete", None)

    assert [choice.text for choice in turn.choices] == ["Nabi", "Tomby"]
    assert talk.messages()[-1] == assistant("Nabi")
    talk.choose(turn.choices[1].id)
    assert talk.begin("Why?").request(talk, "all") == [user("A name for a cat?"), assistant("Tomby"), user("Why?")]


def test_a_choice_that_nobody_announced_is_kept_too() -> None:
    talk = Transcript()
    turn = talk.begin("A name for a cat?")
    turn.add("Nabi")
    turn.add("Tom", choice=1)
    turn.end("complete", None)

    assert [choice.text for choice in turn.choices] == ["Nabi", "Tom"]
    assert talk.turns[0].answer == "Nabi"


def test_another_answer_is_no_choice_of_the_first_request() -> None:
    talk = talk_of(("One", "1"))

    again = talk.regenerate(talk.turns[0].id)
    again.add("uno")

    assert [choice.text for choice in again.choices] == ["uno"]
    assert talk.path()[-1].choices == ()


def test_a_partial_answer_is_continued_by_a_request_that_ends_with_it() -> None:
    talk = Transcript()
    turn = talk.begin("Count to four")
    turn.add("One, two")
    talk.settle()

    turn.resume()

    assert turn.request(talk, "all") == [user("Count to four"), assistant("One, two")]
    turn.add(", three, four")
    turn.end("complete", None)
    assert (turn.answer, turn.status) == ("One, two, three, four", "complete")
    assert len(talk.turns) == 1


def test_a_failed_continuation_keeps_what_had_arrived() -> None:
    talk = Transcript()
    turn = talk.begin("Count")
    turn.add("One")
    talk.settle()
    turn.resume()

    turn.end("failed", None)

    assert (turn.answer, turn.status) == ("One", "partial")


def test_a_stream_of_a_session_that_is_gone_is_partial() -> None:
    talk = Transcript()
    talk.begin("Tell me a story").add("Once upon")
    talk.begin("And then?")

    later = Transcript(id=talk.id)
    later.merge(talk.unsaved())

    assert [turn.status for turn in talk.turns] == ["streaming", "streaming"]
    assert [turn.status for turn in later.turns] == ["partial", "failed"]


def test_a_piece_that_comes_after_the_stop_is_kept_too() -> None:
    talk = Transcript()
    turn = talk.begin("One")
    turn.add("Half")
    talk.settle()

    turn.add(" more")
    turn.end("partial", None)

    assert (turn.answer, turn.status) == ("Half more", "partial")


def test_the_same_turn_is_the_same_object() -> None:
    talk = talk_of(("One", "1"), ("Two", "2"))

    assert talk.turns[1] is talk.turns[1]
    assert talk.turns.index(talk.turns[1]) == 1


def test_messages_of_tools_belong_to_the_turn_they_answer() -> None:
    talk = Transcript()
    calls = {"role": "assistant", "content": None, "tool_calls": [{"id": "call_1", "type": "function"}]}
    talk.extend([user("Weather?"), calls, tool("call_1", "25"), assistant("25 degrees.")])

    (turn,) = talk.turns

    assert (turn.question, turn.answer) == ("Weather?", "25 degrees.")
    assert turn.messages == [user("Weather?"), calls, tool("call_1", "25"), assistant("25 degrees.")]
    assert talk.messages() == turn.messages


def test_an_answer_that_calls_a_tool_is_sent_with_its_calls() -> None:
    body = """{"model": "gpt-4", "choices": [{"index": 0, "finish_reason": "tool_calls", "message":
        {"role": "assistant", "content": null, "tool_calls": [{"id": "call_1", "type": "function"}]}}]}"""
    talk = Transcript()

    talk.begin("Weather?").end("complete", exchange("a", body))

    assert talk.messages()[-1]["tool_calls"] == [{"id": "call_1", "type": "function"}]


def test_what_made_an_answer_outlives_its_exchange() -> None:
    body = """{"model": "gpt-4-0613", "usage": {"prompt_tokens": 23, "completion_tokens": 11},
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Hi"}}]}"""
    talk = Transcript()
    turn = talk.begin("Hello")
    turn.add("Hi")
    turn.end("complete", exchange("a", body))

    later = Transcript(id=talk.id)
    later.merge(talk.unsaved())

    facts = later.turns[0].facts
    assert later.turns[0].exchange is None
    assert (facts["model"], facts["finish_reason"], facts["simulated"]) == ("gpt-4-0613", "stop", False)
    assert facts["usage"] == {"prompt_tokens": 23, "completion_tokens": 11, "cached_tokens": 0, "reasoning_tokens": 0}


def test_choices_share_the_exchange_that_made_them() -> None:
    body = '{"choices": [{"index": 0, "finish_reason": "stop"}, {"index": 1, "finish_reason": "length"}]}'
    talk = Transcript()
    turn = talk.begin("A name?", n=2)
    turn.add("Nabi")
    turn.add("Tom", choice=1)
    turn.end("complete", exchange("a", body))

    assert [choice.facts["finish_reason"] for choice in turn.choices] == ["stop", "length"]
    assert [each.id for each in talk.exchanges] == ["a"]
    talk.choose(turn.choices[1].id)
    assert talk.turns[0].exchange is turn.exchange


def test_old_exchanges_leave_when_there_are_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcript, "EXCHANGE_BYTES", 250)
    talk = Transcript()

    for id in "abc":
        turn = talk.begin(id)
        turn.add(id)
        turn.end("complete", exchange(id, "{}", size=100))

    assert [each.id for each in talk.exchanges] == ["b", "c"]
    assert [turn.answer for turn in talk.turns] == ["a", "b", "c"]


def test_the_mark_on_a_message_says_what_the_next_request_carries() -> None:
    talk = talk_of(("One", "1"))
    talk.begin("Lost?").end("failed", None)
    talk.extend([user("Two"), assistant("2")])
    shown = talk.path()

    def carried(history: transcript.History) -> list[str]:
        return [node.text for node in shown if node.id in talk.carried(history)]

    assert carried("all") == ["One", "1", "Two", "2"]
    assert carried("last") == ["Two", "2"]
    assert talk.messages("all", "Three") == [
        system("Be brief."),
        *(user("One"), assistant("1"), user("Two"), assistant("2")),
        user("Three"),
    ]
    assert talk.messages("last", "Three") == [system("Be brief."), user("Three")]


def test_the_request_of_a_turn_is_what_was_announced_for_it() -> None:
    talk = talk_of(("One", "1"), ("Two", "2"))
    announced = talk.messages("all", "Three")

    assert talk.begin("Three").request(talk, "all") == announced


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Write a haiku", "Write a haiku"),
        ("  Two\n\nlines\tand\x00more ", "Two lines andmore"),
        ("가" * 200, "가" * 47 + "…"),
        ("\n", ""),
        ("👩‍👩‍👧 says\u202e hi", "👩‍👩‍👧 says hi"),
    ],
)
def test_a_title_is_the_first_words(question: str, title: str) -> None:
    talk = talk_of((question, "Yes"))

    assert talk.title == title
    talk.rename("Mine")
    assert talk.title == "Mine"
    talk.rename("")
    assert talk.title == title


@given(steps, steps)
def test_what_was_read_before_a_change_is_never_shown_after_it(first: Steps, then: Steps) -> None:
    talk = lived(first)

    for step in then:
        _ = talk.title, talk.path(), talk.turns, talk.carried("all"), talk.carried("last"), talk.messages()
        lived([step], talk)

    anew = Transcript(id=talk.id)
    anew.merge(talk.records.values())
    assert (anew.title, anew.path(), anew.messages()) == (talk.title, talk.path(), talk.messages())
    assert [anew.carried(each) for each in ("all", "last")] == [talk.carried(each) for each in ("all", "last")]
    assert [turn.messages for turn in anew.turns] == [turn.messages for turn in talk.turns]


def test_an_answer_that_grows_is_read_as_it_is() -> None:
    talk = talk_of(("Hi", "Hello!"))
    turn = talk.begin("And you?")

    seen = []
    for piece in ("I ", "am ", "well."):
        turn.add(piece)
        seen.append(talk.path()[-1].text)
    before = talk.carried()
    turn.end("complete", None)

    assert seen == ["I ", "I am ", "I am well."]
    assert (talk.path()[-1].status, talk.carried()) == ("complete", before)


def test_what_is_saved_is_what_changed_since() -> None:
    talk = talk_of(("One", "1"))
    assert {record["key"].split("/")[0] for record in talk.unsaved()} == {"system", "message"}
    assert talk.unsaved() == []

    talk.delete(talk.path()[0].id)

    assert [record["key"].split("/")[0] for record in talk.unsaved()] == ["deleted"]


def test_what_is_saved_can_be_sent_though_an_emoji_came_in_halves() -> None:
    talk = Transcript()
    turn = talk.begin("Thumb?")
    for half in "\ud83d", "\udc4d":
        turn.add(half)
    turn.end("complete", None)

    assert [record["message"]["content"] for record in talk.unsaved()] == ["Thumb?", "👍"]


def test_a_megabyte_is_a_message_like_any_other() -> None:
    talk = talk_of(("가" * 1_000_000, "Long."))

    assert talk.messages()[1] == user("가" * 1_000_000)
    assert len(talk.title) == 48


def test_records_that_hang_on_nothing_are_shown_at_the_beginning() -> None:
    talk = talk_of(("One", "1"), ("Two", "2"))
    late = [record for record in talk.unsaved() if record.get("message", {}).get("content") in ("Two", "2")]

    other = Transcript()
    other.merge(late)

    assert [node.text for node in other.path()] == ["Two", "2"]


def test_records_that_follow_each_other_in_a_circle_are_shown_all_the_same() -> None:
    talk = talk_of(("One", "1"))
    one, two = (record for record in talk.unsaved() if "node" in record)
    one["parent"] = two["node"]

    other = Transcript()
    other.merge([one, two])

    assert sorted(node.text for node in other.path()) == ["1", "One"]


def test_a_node_knows_the_text_of_a_list_of_parts() -> None:
    parts = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": "data:,"}}]

    assert Node("a", {"role": "user", "content": parts}).text == "What is this?"
