"""The popover with the conversations, and what of them goes to the browser and comes back. No JavaScript runs here."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.browser_store import conversation_store
from playground import conversation_files
from playground.conversations import Conversations, as_row
from playground.revisions import Record, merged
from playground.transcript import Transcript


def page() -> None:
    import streamlit as st

    from components import conversations, state

    talk = state.transcript()
    keep = conversations.draw()
    for node in talk.path():
        st.text(node.text)
    if question := st.chat_input("Say", key="chat_input"):
        turn = talk.begin(question)
        keep()
        turn.add("Yes.")
        turn.end("complete", None)
        st.rerun()
    keep()


@pytest.fixture
def app() -> AppTest:
    return opened(AppTest.from_function(page, default_timeout=20))


def opened(at: AppTest) -> AppTest:
    """Run with the popover open, for AppTest forgets that it was."""
    at.session_state["conversations_popover"] = True
    at.run()
    assert not at.exception
    return at


def click(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    return opened(at)


def say(at: AppTest, *questions: str) -> AppTest:
    for question in questions:
        at.chat_input(key="chat_input").set_value(question)
        opened(at)
    return at


def shown(at: AppTest) -> list[str]:
    return [each.value for each in at.text]


def listed(at: AppTest) -> list[str]:
    return [each.label for each in at.button if (each.key or "").startswith("conversations_open_")]


def keys(at: AppTest) -> set[str]:
    return {each.key for each in at.button if each.key}


def file_of(at: AppTest) -> Any:
    return next(each for each in at.file_uploader if (each.key or "").startswith("conversations_file"))


def sent(at: AppTest) -> dict[str, Any]:
    """What the page tells the browser's store."""
    stores = [json.loads(each.proto.json) for each in at.get("bidi_component")]
    return next(each for each in stores if "answered" in each)


def answers(at: AppTest, **said: Any) -> AppTest:
    """Have the browser answer."""
    number = f"tab-{at.session_state['scratch_conversation_store']['answered']}"
    at.session_state[conversation_store.KEY] = {"answer": {"session": sent(at)["session"], "id": number, **said}}
    return opened(at)


def parts(id: str, records: list[Record]) -> dict[str, Any]:
    return {"id": id, "records": records, "stamp": 3}


def kept(at: AppTest) -> dict[str, list[dict[str, Any]]]:
    """Confirm what was sent until nothing is left; answers all of it by conversation."""
    found: dict[str, list[dict[str, Any]]] = {}
    while batch := sent(at)["batch"]:
        for item in batch["items"]:
            found.setdefault(item["entry"]["id"], []).extend(item["records"])
        answers(at, kept=batch["number"])
    return found


def test_nothing_is_listed_before_something_was_said(app: AppTest) -> None:
    assert listed(app) == []
    assert "conversations_delete" not in keys(app)
    assert "conversations_search" not in {each.key for each in app.text_input}


def test_another_conversation_is_opened_and_the_first_one_is_found_again(app: AppTest) -> None:
    say(app, "One")

    click(app, "conversations_new")
    assert shown(app) == []
    say(app, "Two")
    first = next(each.key for each in app.button if each.label == "One")
    click(app, first)

    assert shown(app) == ["One", "Yes."]
    assert sorted(listed(app)) == ["One", "Two"]


def test_a_title_is_text_whatever_is_in_it(app: AppTest) -> None:
    say(app, "**bold** :red[x] $y$ <b>")

    (label,) = listed(app)

    assert label.replace("\\", "") == "**bold** :red[x] $y$ <b>"
    assert "\\*\\*bold" in label


def test_a_conversation_is_renamed_copied_deleted_and_brought_back(app: AppTest) -> None:
    say(app, "One")
    title = next(each for each in app.text_input if (each.key or "").startswith("conversations_title"))

    title.set_value("Uno")
    opened(app)
    assert listed(app) == ["Uno"]
    click(app, "conversations_duplicate")
    assert sorted(listed(app)) == ["Uno", "Uno \\(copy\\)"]
    click(app, "conversations_delete")
    assert listed(app) == ["Uno"]
    click(app, "conversations_undo")

    assert sorted(listed(app)) == ["Uno", "Uno \\(copy\\)"]
    assert shown(app) == ["One", "Yes."]


def test_a_deletion_can_be_taken_back_outside_of_the_popover_until_another_one_is_opened(app: AppTest) -> None:
    say(app, "One")
    click(app, "conversations_delete")

    app.button(key="conversations_back").click().run()
    assert shown(app) == ["One", "Yes."]
    assert "conversations_back" not in keys(app)

    click(opened(app), "conversations_delete")
    click(app, "conversations_new")
    assert "conversations_back" not in keys(app)


def test_from_nine_conversations_on_there_is_a_search(app: AppTest) -> None:
    for number in range(9):
        say(app, f"Question {number}")
        click(app, "conversations_new")
    assert len(listed(app)) == 9

    app.text_input(key="conversations_search").set_value("7")
    opened(app)

    assert listed(app) == ["Question 7"]


def test_everything_is_forgotten_by_one_click(app: AppTest) -> None:
    say(app, "One")

    click(app, "conversations_forget")

    assert (listed(app), shown(app)) == ([], [])
    assert (sent(app)["forget"], sent(app)["recall"]) == (1, 0)
    assert sent(app)["batch"] is None


def test_what_was_forgotten_is_brought_back_and_written_again(app: AppTest) -> None:
    say(app, "One")
    everything = {id: merged(records) for id, records in kept(app).items()}
    click(app, "conversations_forget")
    answers(app, forgot=1)

    click(app, "conversations_recall")

    assert (listed(app), shown(app)) == (["One"], ["One", "Yes."])
    assert sent(app)["recall"] == 1
    assert {id: merged(records) for id, records in kept(app).items()} == everything
    assert "conversations_recall" not in keys(app)


def test_once_something_was_said_what_was_forgotten_is_gone(app: AppTest) -> None:
    say(app, "One")
    click(app, "conversations_forget")

    say(app, "Two")

    assert listed(app) == ["Two"]
    assert "conversations_recall" not in keys(app)


def test_a_file_becomes_a_conversation_beside_the_others(app: AppTest) -> None:
    say(app, "One")
    talk = Transcript("Be brief.")
    talk.extend([{"role": "user", "content": "Two"}])

    file_of(app).upload("talk.json", conversation_files.to_json(talk), "application/json")
    opened(app)

    assert shown(app) == ["Two"]
    assert sorted(listed(app)) == ["One", "Two"]
    assert app.session_state["chat_system"] == "Be brief."


def test_what_a_body_held_besides_messages_is_named(app: AppTest) -> None:
    body = {"model": "gpt-4", "top_p": 1, "messages": [{"role": "user", "content": "Two"}]}

    file_of(app).upload("body.json", json.dumps(body).encode(), "application/json")
    opened(app)

    assert shown(app) == ["Two"]
    assert "model, top\\_p" in app.info[0].value


def test_a_corrupt_file_says_where_and_touches_nothing(app: AppTest) -> None:
    say(app, "One")

    file_of(app).upload("talk.json", b'{"messages": [{"role": "user"}, {"role": "bot"}]}', "application/json")
    opened(app)

    assert "messages\\[1\\]\\.role" in app.error[0].value
    assert (shown(app), listed(app)) == (["One", "Yes."], ["One"])


def test_what_was_said_goes_to_the_browser_record_by_record(app: AppTest) -> None:
    say(app, "One")

    (item,) = sent(app)["batch"]["items"]

    assert item["entry"] | {"id": "", "at": 0} == {"id": "", "title": "One", "at": 0, "messages": 2, "gone": False}
    answers(app, kept=sent(app)["batch"]["number"])
    ((answer,),) = (each["records"] for each in sent(app)["batch"]["items"])
    assert [record["message"]["content"] for record in item["records"] if "message" in record] == ["One", ""]
    assert (answer["message"]["content"], answer["status"]) == ("Yes.", "complete")
    answers(app, kept=sent(app)["batch"]["number"])
    assert sent(app)["batch"] is None


def test_a_key_that_was_typed_does_not_go_to_the_browser(app: AppTest) -> None:
    app.session_state["connection_key"] = "sk-secret-1234"

    say(app, "My key is sk-secret-1234")

    assert "sk-secret" not in json.dumps(sent(app))
    assert shown(app)[0] == "My key is sk-secret-1234"


def test_what_is_not_confirmed_is_sent_again(app: AppTest) -> None:
    say(app, "One")
    batch = sent(app)["batch"]

    answers(app, kept=batch["number"] - 1)

    assert sent(app)["batch"] == batch


def test_much_goes_in_pieces_and_all_of_it(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation_store, "PART", 600)
    for number in range(4):
        say(app, f"{number}" * 200)
    assert len(sent(app)["batch"]["items"][0]["records"]) < 3

    (records,) = kept(app).values()

    newest = Transcript()
    newest.merge(records)
    assert [node.text for node in newest.path()] == shown(app)


def test_the_browser_tells_what_was_open_and_it_is_opened(app: AppTest) -> None:
    before = Conversations("Be brief.")
    before.open.extend([{"role": "user", "content": "Before"}])
    ((entry, records),) = before.unsaved()

    answers(app, listed=True, entries=[as_row(entry)], open=entry.id, records=[parts(entry.id, records)])

    assert shown(app) == ["Before"]
    assert app.session_state["chat_system"] == "Be brief."
    assert sent(app)["seen"][entry.id]["stamp"] == 3


def test_what_was_begun_meanwhile_stays_open(app: AppTest) -> None:
    say(app, "One")
    before = Conversations()
    before.open.extend([{"role": "user", "content": "Before"}])
    ((entry, records),) = before.unsaved()

    answers(app, listed=True, entries=[as_row(entry)], open=entry.id, records=[parts(entry.id, records)])

    assert shown(app) == ["One", "Yes."]
    assert sorted(listed(app)) == ["Before", "One"]


def test_a_conversation_of_the_list_is_opened_when_its_records_have_come(app: AppTest) -> None:
    before = Conversations()
    before.open.extend([{"role": "user", "content": "Before"}])
    ((entry, records),) = before.unsaved()
    say(app, "One")
    answers(app, listed=True, entries=[as_row(entry)])

    click(app, f"conversations_open_{entry.id}")
    assert shown(app) == ["One", "Yes."]
    assert sent(app)["seen"][entry.id]["stamp"] == 0
    answers(app, records=[parts(entry.id, records)])

    assert shown(app) == ["Before"]


def test_what_another_tab_adds_is_shown(app: AppTest) -> None:
    say(app, "One")
    (id,) = kept(app)
    other = Transcript(id=id)
    other.merge([dict(record) for record in app.session_state["transcript"].records.values()])
    other.extend([{"role": "user", "content": "From the other tab"}])

    answers(app, records=[parts(id, other.unsaved())])

    assert shown(app) == ["One", "Yes.", "From the other tab"]


def test_what_another_tab_forgets_is_forgotten_here(app: AppTest) -> None:
    say(app, "One")
    kept(app)

    answers(app, forgotten=True, entries=[])

    assert (shown(app), listed(app), sent(app)["batch"]) == ([], [], None)


def test_nothing_is_written_until_the_browser_has_forgotten(app: AppTest) -> None:
    say(app, "One")
    click(app, "conversations_forget")
    say(app, "Two")
    assert sent(app)["batch"] is None

    answers(app, forgot=1)

    assert sent(app)["forget"] == 0
    assert [item["entry"]["title"] for item in sent(app)["batch"]["items"]] == ["Two"]


def troubles(at: AppTest) -> int:
    """How often the page says that nothing is kept, besides in the popover."""
    return len(at.warning) - 1


@pytest.mark.parametrize("trouble", ["full", "forbidden"])
def test_a_browser_that_keeps_nothing_is_named_until_that_was_read(app: AppTest, trouble: str) -> None:
    say(app, "One")

    answers(app, trouble=trouble)
    say(app, "Two")
    assert troubles(app) == 1
    click(app, "conversations_trouble_read")
    answers(app, trouble=trouble)

    assert troubles(app) == 0
    assert sent(app)["batch"] is None
    assert shown(app) == ["One", "Yes.", "Two", "Yes."]


def test_room_that_was_made_is_used(app: AppTest) -> None:
    say(app, "One")
    click(app, "conversations_new")
    say(app, "Two")
    answers(app, trouble="full")

    click(app, "conversations_delete")

    titles = {item["entry"]["title"]: item["entry"]["gone"] for item in sent(app)["batch"]["items"]}
    assert titles == {"One": False, "Two": True}


@pytest.mark.parametrize(
    "said",
    [
        {"entries": 3, "records": "x", "open": [], "stamps": [1], "kept": {}, "trouble": 4},
        {"entries": [[], {"id": None}], "records": [3, {"id": 4}, {"id": "a", "records": 7}], "stamps": {"a": "x"}},
        {"records": [{"id": "a", "records": [{"key": "message/a/1"}], "stamp": -1}], "open": "a", "forgot": "x"},
    ],
)
def test_a_browser_may_answer_anything(app: AppTest, said: dict[str, Any]) -> None:
    say(app, "One")

    answers(app, **said)

    assert shown(app) == ["One", "Yes."]
    assert listed(app) == ["One"]


def test_the_answer_to_another_session_is_not_taken(app: AppTest) -> None:
    app.session_state[conversation_store.KEY] = {"answer": {"session": "other", "id": "x", "trouble": "full"}}

    opened(app)

    assert not app.error


def test_what_no_browser_takes_is_not_sent_and_that_is_said(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation_store, "CAP", 1_000)

    say(app, "x" * 1_500)
    assert sent(app)["batch"] is None
    assert troubles(app) == 1
    assert all("Delete some" in each.value for each in app.warning)
