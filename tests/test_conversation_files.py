"""Conversations as files: what was written is read again, and a file that is none says where and why."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.conversation_files import FORMAT, Read, read, to_json, to_markdown
from playground.errors import NotAConversation, NotTheJson, PlaygroundError
from playground.messages import assistant, system, user
from playground.record_checks import DEEPEST
from playground.transcript import Transcript
from tests.talks import said

odd_texts = st.text(max_size=30) | st.sampled_from(
    [
        "## user",
        "\\## user",
        "## assistant (JSON)",
        "\r\n",
        "\n\nspace\n\n",
        "\x00\x1b[31m",
        "```json",
        "# title",
        "﻿mark",
    ]
)
messages = st.builds(
    lambda role, content: {"role": role, "content": content},
    st.sampled_from(["system", "developer", "user", "assistant", "tool", "function"]),
    odd_texts,
)


def told(found: Read) -> list[dict[str, Any]]:
    return found.talk.messages()


def as_bytes(value: object) -> bytes:
    return json.dumps(value).encode()


def own(*records: dict[str, Any]) -> bytes:
    return as_bytes({"format": FORMAT, "version": 1, "records": list(records)})


def record(**wishes: Any) -> dict[str, Any]:
    usual = {"key": "message/a/1", "at": 1, "by": "x", "node": "a", "parent": None, "born": 1, "index": 0, "batch": ""}
    return usual | {"message": user("Hi"), "status": "complete", "facts": {}} | wishes


@given(said)
def test_json_keeps_every_branch_and_wording(talk: Transcript) -> None:
    again = read(to_json(talk)).talk

    assert again.records == talk.records
    assert [node.text for node in again.path()] == [node.text for node in talk.path()]
    assert again.id != talk.id


@given(st.lists(messages, min_size=1, max_size=6))
def test_markdown_keeps_every_message_that_is_shown(given_messages: list[dict[str, Any]]) -> None:
    talk = Transcript()
    talk.extend(given_messages)

    assert told(read(to_markdown(talk))) == told(read(as_bytes(given_messages)))


@given(st.text(max_size=60))
def test_a_title_survives_in_both(title: str) -> None:
    talk = Transcript()
    talk.extend([user("One")])
    talk.rename(title)
    line = " ".join(title.split())

    assert read(to_json(talk)).talk.title == talk.title
    if line == title.strip() and line.isprintable() and not line.startswith("#"):
        assert read(to_markdown(talk)).talk.title == talk.title


@given(st.lists(messages, min_size=1, max_size=6))
def test_the_body_of_a_request_is_a_conversation(given_messages: list[dict[str, Any]]) -> None:
    found = read(as_bytes({"model": "gpt-4", "temperature": 0, "messages": given_messages}))

    assert found.left_out == ("model", "temperature")
    assert told(found) == told(read(as_bytes(given_messages)))


def test_the_first_text_that_instructs_is_the_system_message() -> None:
    found = read(as_bytes([system("Be brief."), user("One"), assistant("1"), system("Be long.")]))

    assert found.talk.system == "Be brief."
    assert told(found) == [system("Be brief."), user("One"), assistant("1"), system("Be long.")]


def test_parts_and_calls_are_kept_as_they_are() -> None:
    said_before = [
        user("Weather?"),
        {"role": "assistant", "content": None, "tool_calls": [{"id": "call_1", "function": {"name": "f"}}]},
        {"role": "tool", "tool_call_id": "call_1", "content": "25"},
        {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:,"}}]},
    ]
    talk = read(as_bytes(said_before)).talk

    assert told(read(to_markdown(talk))) == said_before
    assert told(read(to_json(talk))) == said_before


def test_markdown_is_what_a_person_would_write() -> None:
    talk = Transcript("Be brief.")
    turn = talk.begin("A haiku?")
    turn.add("Old pond\n\n## user")
    turn.end("complete", None)

    assert to_markdown(talk).decode() == (
        "# A haiku?\n\n## system\n\nBe brief.\n\n## user\n\nA haiku?\n\n## assistant\n\nOld pond\n\n\\## user\n"
    )


def test_a_file_that_a_person_wrote_is_read() -> None:
    written = "My talk\r\n\r\n## user\r\nHello\r\n## assistant   \r\n\r\n\r\nHi!\r\n"

    assert told(read(written.encode(), "talk.md")) == [user("Hello"), assistant("Hi!")]


def test_a_key_does_not_leave_with_a_file() -> None:
    talk = Transcript()
    talk.extend([user("My key is sk-secret-1234, is it?")])

    for contents in to_json(talk, ["sk-secret-1234"]), to_markdown(talk, ["sk-secret-1234"]):
        assert b"sk-secret" not in contents
        assert b"My key is [key], is it?" in contents
    assert talk.messages() == [user("My key is sk-secret-1234, is it?")]


def test_a_conversation_that_was_deleted_is_not_deleted_where_it_is_read() -> None:
    talk = Transcript()
    talk.extend([user("One")])
    talk.bury(True)

    assert "gone" not in read(to_json(talk)).talk.records


@pytest.mark.parametrize(
    ("contents", "where"),
    [
        (b"{", "This is no JSON: line 1, column 2"),
        (b'{"messages": [\n {"role": "user",}]}', "This is no JSON: line 2, column 18"),
        (b"[" * 100_000, "This JSON is too deep"),
        (b"[1" + b"0" * 5000 + b"]", "This JSON is too deep, or holds a number that is too long"),
        (b"[NaN]", "JSON has no NaN"),
        (b"{}", "$: there are no messages"),
        (b"[]", "$: the list of messages is empty"),
        (b'{"messages": []}', "messages: the list of messages is empty"),
        (b'{"messages": {}}', "messages: a list of messages is expected here"),
        (b'{"input": "Hi"}', "$: there are no messages"),
        (b"[1]", "[0]: a message is an object"),
        (as_bytes({"messages": [user("Hi"), {"content": "x"}]}), "messages[1]: the message has no role"),
        (as_bytes({"messages": [user("Hi"), {"role": "bot"}]}), "messages[1].role: 'bot' is no role"),
        (as_bytes([{"role": "user", "content": 3}]), "[0].content: the content is a text"),
        (as_bytes([{"role": "user", "content": ["Hi"]}]), "[0].content"),
        (as_bytes([{"role": "assistant", "tool_calls": {}}]), "[0].tool_calls"),
        (as_bytes([{"role": "user", "content": "", "name": 3}]), "[0].name"),
        (as_bytes([{"role": ["user"], "content": ""}]), "[0].role"),
        (b"Hello\n", "Line 1: no message begins"),
        (b"## user (JSON)\n\nHi", "Line 1: a message in JSON"),
        (b"# T\n\n## user (JSON)\n\n```json\n{\n```", "This is no JSON: line 6, column 2"),
        (b'## user (JSON)\n\n```json\n{"role": "bot"}\n```', "L1.role"),
        (own(), "records: there is no message"),
        (own({"key": "message/a/1"}), "records[0].at"),
        (own(record(), record(key="other")), "records[1].key"),
        (own(record(at=10**20)), "records[0].at"),
        (own(record(at=True)), "records[0].at"),
        (own(record(by=3)), "records[0].by"),
        (own(record(status="done")), "records[0].status"),
        (own(record(node="b")), "records[0].key: the key names another message"),
        (own(record(parent="b")), "records[0].parent: the message follows 'b'"),
        (own(record(parent="a")), "records[0].parent: the message follows itself"),
        (own(record(message={"role": "bot"})), "records[0].message.role"),
        (own(record(), {"key": "title", "at": 1, "by": "x"}), "records[1].text"),
        (own(record(), {"key": "deleted/a", "at": 1, "by": "x", "deleted": 1}), "records[1].deleted"),
        (as_bytes({"format": FORMAT, "version": 2, "records": []}), "version"),
        (as_bytes({"format": FORMAT, "version": 1}), "records: a list"),
    ],
)
def test_a_file_that_is_no_conversation_says_where_and_why(contents: bytes, where: str) -> None:
    with pytest.raises((NotAConversation, NotTheJson)) as caught:
        read(contents, "talk.md" if contents[:1] in (b"#", b"H") else "talk.json")

    assert str(caught.value).startswith(where)
    assert caught.value.message.format(**caught.value.values) == str(caught.value)


def test_data_that_goes_too_deep_is_refused() -> None:
    deep: Any = "x"
    for _ in range(DEEPEST + 1):
        deep = [{"type": "text", "deeper": deep}]

    with pytest.raises(NotAConversation, match=r"\[0\]: lists and objects go deeper"):
        read(as_bytes([{"role": "user", "content": deep}]))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(contents: bytes) -> None:
    try:
        found = read(contents)
    except PlaygroundError:
        return

    assert found.talk.messages()


@given(said, st.data())
def test_a_damaged_file_is_read_or_refused(talk: Transcript, data: st.DataObject) -> None:
    contents = bytearray(to_json(talk))
    place = data.draw(st.integers(0, 10_000)) % len(contents)
    contents[place] = data.draw(st.integers(0, 255))

    try:
        found = read(bytes(contents))
    except PlaygroundError:
        return

    assert found.talk.tree.newest


def test_lone_halves_of_an_emoji_are_replaced_when_they_come_from_a_file() -> None:
    found = read(b'[{"role": "user", "content": "\\ud83d! \\ud83d\\udc4d"}]')

    assert told(found) == [user("�! 👍")]


def test_a_megabyte_comes_back() -> None:
    text = "가나다 " * 250_000

    for write in to_json, to_markdown:
        talk = Transcript()
        talk.extend([user(text)])
        assert told(read(write(talk))) == [user(text)]
