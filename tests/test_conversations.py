"""The visitor's conversations: several, one of them open, and none is lost by what is done with another."""

import itertools

import pytest
from hypothesis import given

from playground.conversations import Conversations, Entry, as_row
from playground.revisions import Record
from playground.transcript import Transcript
from tests.talks import said


@pytest.fixture(autouse=True)
def a_second_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever happens takes a second: else two conversations are changed in the same millisecond."""
    seconds = itertools.count(1_795_000_000)
    monkeypatch.setattr("playground.revisions.time.time_ns", lambda: next(seconds) * 1_000_000_000)


def talk_about(question: str, shelf: Conversations) -> Transcript:
    talk = shelf.open if not shelf.open.tree.newest else shelf.new()
    turn = talk.begin(question)
    turn.add("Yes.")
    turn.end("complete", None)
    return talk


def with_one_in_the_browser(*talks: Transcript) -> Conversations:
    """These conversations, and one of which the browser has told no more than the title."""
    shelf = Conversations()
    for talk in talks:
        shelf.take(talk)
    shelf.index([as_row(Entry("elsewhere", "Title"))])
    return shelf


def titles(shelf: Conversations, search: str = "") -> list[str]:
    return [entry.title for entry in shelf.entries(search)]


def browser_of(shelf: Conversations) -> tuple[list[dict[str, object]], dict[str, list[Record]]]:
    """What a browser holds after it was given everything."""
    saved = shelf.unsaved()
    return [as_row(entry) for entry, _ in saved], {entry.id: records for entry, records in saved}


def test_a_new_conversation_is_listed_once_something_was_said_in_it() -> None:
    shelf = Conversations("Be brief.")
    talk_about("One", shelf)

    shelf.new("Be brief.")

    assert titles(shelf) == ["One"]
    talk_about("Two", shelf)
    assert titles(shelf) == ["Two", "One"]


def test_an_empty_conversation_leaves_nothing_behind() -> None:
    shelf = Conversations()
    for _ in range(5):
        shelf.new()

    assert (len(shelf.talks), titles(shelf), shelf.unsaved()) == (1, [], [])


def test_the_search_finds_titles_by_their_words_in_any_order_and_case() -> None:
    shelf = Conversations()
    talk_about("A haiku about the SEA", shelf)
    talk_about("바다에 대한 하이쿠", shelf)

    assert titles(shelf, "sea haiku") == ["A haiku about the SEA"]
    assert titles(shelf, "하이쿠") == ["바다에 대한 하이쿠"]
    assert titles(shelf, "moon") == []


def test_a_conversation_that_was_deleted_comes_back_as_it_was() -> None:
    shelf = Conversations()
    first, second = talk_about("One", shelf), talk_about("Two", shelf)
    records = dict(second.records)

    shelf.delete(second.id)

    assert (titles(shelf), shelf.open.id) == (["One"], first.id)
    assert shelf.undoable and shelf.undoable.title == "Two"
    shelf.undo()
    assert (titles(shelf), shelf.open.id) == (["Two", "One"], second.id)
    assert {key: record for key, record in second.records.items() if key != "gone"} == records


def test_what_comes_back_is_stored_again_for_a_store_may_have_dropped_it() -> None:
    shelf = Conversations()
    talk = talk_about("One", shelf)
    shelf.unsaved()
    shelf.delete(talk.id)
    shelf.unsaved()

    shelf.undo()

    ((_, records),) = shelf.unsaved()
    assert {record["key"] for record in records} == set(talk.records)


def test_after_the_only_conversation_was_deleted_there_is_a_new_one() -> None:
    shelf = Conversations("Be brief.")
    talk = talk_about("One", shelf)

    shelf.delete(talk.id)

    assert (titles(shelf), shelf.open.system, shelf.open.path()) == ([], "Be brief.", [])


def test_a_copy_goes_its_own_way() -> None:
    shelf = Conversations()
    talk = talk_about("One", shelf)

    shelf.duplicate(talk.id, "One (copy)")
    shelf.open.edit(shelf.open.path()[0].id, "Uno")

    assert [node.text for node in talk.path()] == ["One", "Yes."]
    assert [node.text for node in shelf.open.path()] == ["Uno", "Yes."]
    assert titles(shelf) == ["One (copy)", "One"]


def test_the_way_back_leads_through_the_conversations_that_were_open() -> None:
    shelf = Conversations()
    first, second = talk_about("One", shelf), talk_about("Two", shelf)
    shelf.new()

    assert shelf.back() and shelf.open is second
    assert shelf.back() and shelf.open is first


def test_after_a_reload_the_list_is_there_first_and_the_records_come_when_wanted() -> None:
    before = Conversations()
    talk = talk_about("One", before)
    entries, records = browser_of(before)
    shelf = Conversations()

    shelf.index(entries)
    assert titles(shelf) == ["One"]
    shelf.switch(talk.id)
    assert shelf.wanted == (talk.id, None)
    shelf.arrived(talk.id, records[talk.id])

    assert shelf.wanted is None
    assert [node.text for node in shelf.open.path()] == ["One", "Yes."]


def test_a_copy_of_what_only_the_browser_has_is_made_when_it_comes() -> None:
    before = Conversations()
    talk = talk_about("One", before)
    entries, records = browser_of(before)
    shelf = Conversations()
    shelf.index(entries)

    shelf.duplicate(talk.id, "Copy")
    shelf.arrived(talk.id, records[talk.id])

    assert (shelf.open.title, titles(shelf)) == ("Copy", ["Copy", "One"])
    assert [node.text for node in shelf.open.path()] == ["One", "Yes."]


def test_a_title_and_a_deletion_need_no_records() -> None:
    before = Conversations()
    one, two = talk_about("One", before), talk_about("Two", before)
    entries, records = browser_of(before)
    shelf = Conversations()
    shelf.index(entries)

    shelf.rename(one.id, "Uno")
    shelf.delete(two.id)

    assert titles(shelf) == ["Uno"]
    written = {entry.id: [record["key"] for record in found] for entry, found in shelf.unsaved()}
    assert written == {one.id: ["title"], two.id: ["gone"]}
    shelf.arrived(one.id, records[one.id])
    assert titles(shelf) == ["Uno"]


def test_what_another_tab_deleted_is_gone_here_too() -> None:
    here = Conversations()
    talk = talk_about("One", here)
    entries, records = browser_of(here)
    there = Conversations()
    there.index(entries)
    there.arrived(talk.id, records[talk.id])

    there.delete(talk.id)
    here.arrived(talk.id, [record for _, found in there.unsaved() for record in found])

    assert titles(here) == []


@given(said, said)
def test_forgetting_leaves_nothing(one: Transcript, two: Transcript) -> None:
    shelf = with_one_in_the_browser(one, two)

    shelf.forget()

    assert (titles(shelf), shelf.unsaved(), shelf.undoable, shelf.before) == ([], [], None, None)


@given(said, said)
def test_all_that_was_forgotten_comes_back_as_it_was_and_is_stored_again(one: Transcript, two: Transcript) -> None:
    shelf = with_one_in_the_browser(one, two)
    before = shelf.entries(), shelf.open.id, shelf.before
    shelf.unsaved()

    shelf.forget()
    assert shelf.forgotten
    assert shelf.recall()

    assert (shelf.entries(), shelf.open.id, shelf.before) == before
    assert {entry.id for entry, _ in shelf.unsaved()} == {one.id, two.id}
    assert not shelf.forgotten and not shelf.recall()


def test_what_was_forgotten_is_gone_once_something_is_said_or_another_tab_forgot_it() -> None:
    here, there = Conversations(), Conversations()
    talk_about("One", here)
    talk_about("One", there)

    here.forget()
    talk_about("Two", here)
    there.forget(for_good=True)

    assert (here.recall(), titles(here)) == (False, ["Two"])
    assert (there.recall(), titles(there)) == (False, [])


def test_what_was_forgotten_stays_gone_when_what_was_said_since_is_deleted() -> None:
    shelf = Conversations()
    talk_about("One", shelf)
    shelf.forget()
    said = talk_about("Two", shelf)

    shelf.delete(said.id)

    assert not shelf.forgotten
    assert shelf.unsaved()
    assert not shelf.recall()
    assert shelf.undo()
    assert titles(shelf) == ["Two"]


def test_what_another_tab_said_meanwhile_stays_when_the_forgotten_comes_back() -> None:
    shelf = Conversations()
    talk_about("One", shelf)
    shelf.forget()
    shelf.index([as_row(Entry("elsewhere", "Two"))])

    assert shelf.recall()

    assert set(titles(shelf)) == {"One", "Two"}


def test_a_browser_may_send_anything() -> None:
    shelf = Conversations()
    talk = talk_about("One", shelf)

    shelf.index([None, 3, {"id": 4}, {"id": "a", "title": "A", "at": -1, "messages": 1}, {"id": "", "title": ""}])
    shelf.arrived(talk.id, [None, {"key": 3}, {"key": "message/x/1", "at": 10**30, "by": "x"}, {"key": "other"}])

    assert titles(shelf) == ["One"]
    assert [node.text for node in talk.path()] == ["One", "Yes."]
