"""What the token view sends to the browser; how it is drawn there: tests/browser/test_tokenizer.py."""

import json
import struct
from dataclasses import asdict, dataclass
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from components.token_view import Chosen
from components.token_view.packing import CUT, pack
from playground.encodings import NAMES, ordinary
from playground.tokens import as_read, compare, tokenize

TEXTS = st.text(max_size=60) | st.text(alphabet="aA1 \n\t\r가한글é👩‍💻🇰🇷\u200d\u0301\ufeff\ud83dशि", max_size=30)


@dataclass(frozen=True)
class Unpacked:
    """The message as the browser reads it."""

    head: dict[str, Any]
    text: str
    lists: list[tuple[tuple[int, ...], tuple[int, ...]]]
    """Ids and lengths of each vocabulary."""


def unpack(message: bytes) -> Unpacked:
    (size,) = struct.unpack_from("<I", message)
    head = json.loads(message[4 : 4 + size])
    at = 4 + size
    text = message[at : at + head["text_bytes"]].decode()
    at += head["text_bytes"]
    lists = []
    for each in head["lists"]:
        tokens = each["tokens"]
        ids = struct.unpack_from(f"<{tokens}I", message, at)
        lengths = struct.unpack_from(f"<{tokens}H", message, at + 4 * tokens)
        lists.append((ids, lengths))
        at += 6 * tokens
    assert at == len(message)
    return Unpacked(head, text, lists)


@given(TEXTS)
@example("\r\n\r\n")
@example("👨‍👩‍👧‍👦 \ud83d")
def test_the_cuts_that_are_sent_are_the_segments(text: str) -> None:
    for name in ("r50k_base", "cl100k_base", "o200k_base"):
        tokenization = tokenize(text, name)

        ((_ids, lengths),) = unpack(pack({name: tokenization}, {}, as_read(text))).lists

        cuts = [number for number, length in enumerate(lengths, 1) if length & CUT]
        segments = [segment.tokens[-1] for segment in tokenization.segments]
        assert [tokenization.tokens[cut - 1] for cut in cuts] == segments


@given(TEXTS)
def test_the_text_and_the_ids_arrive_whole(text: str) -> None:
    message = unpack(pack(compare(text, NAMES), {}, as_read(text)))

    assert message.text == as_read(text)
    for described, (ids, lengths) in zip(message.head["lists"], message.lists, strict=True):
        assert ids == tokenize(text, described["names"][0]).ids
        assert sum(length & ~CUT for length in lengths) == len(message.text.encode())


def test_seven_encodings_are_sent_as_four_lists() -> None:
    text = "one vocabulary, two names"

    message = unpack(pack(compare(text, NAMES), {}, text))

    assert [each["names"] for each in message.head["lists"]] == [
        [name for name in NAMES if ordinary(name) == vocabulary]
        for vocabulary in ("r50k_base", "p50k_base", "cl100k_base", "o200k_base")
    ]


def test_a_special_token_read_as_one_is_sent_with_its_length() -> None:
    text = "a<|start|>한"

    message = unpack(pack(compare(text, ["o200k_base", "o200k_harmony", "gpt2"], special="allow"), {}, text))

    for described, (ids, lengths) in zip(message.head["lists"], message.lists, strict=True):
        assert ids == tokenize(text, described["names"][0], special="allow").ids
        assert sum(length & ~CUT for length in lengths) == len(text.encode())
    assert [each["names"] for each in message.head["lists"]] == [["o200k_base"], ["o200k_harmony"], ["gpt2"]]


def view(text: str, wishes: dict) -> None:  # type: ignore[type-arg]
    from dataclasses import asdict

    import streamlit as st

    from components.token_view import token_view
    from playground.tokens import compare

    st.session_state["language"] = "en"
    compared = compare(text, ["r50k_base", "o200k_base"])
    chosen = token_view(compared, {"r50k_base": "GPT-3"}, key="view", **wishes)
    st.json(asdict(chosen) if chosen else {})


def drawn(text: str, **wishes: Any) -> AppTest:
    at = AppTest.from_function(view, kwargs={"text": text, "wishes": wishes}).run()
    assert not at.exception
    return at


def message_of(at: AppTest) -> Unpacked:
    (component,) = at.get("bidi_component")
    return unpack(component.proto.bytes)


def head_of(text: str, **wishes: Any) -> dict[str, Any]:
    return message_of(drawn(text, **wishes)).head


def test_each_encoding_has_its_count_and_the_name_it_was_given() -> None:
    rows = head_of("ChatGPT")["rows"]

    assert [(row["title"], row["name"], row["value"]) for row in rows] == [
        ("GPT-3", "r50k_base", 3),
        ("o200k_base", "o200k_base", 2),
    ]
    assert rows[1]["note"] == "3.50 characters per token"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a", "1 character · 1 byte in UTF-8"),
        ("챗GPT", "4 characters · 6 bytes in UTF-8"),
        ("a\ud83d", "2 characters · 4 bytes in UTF-8"),
    ],
)
def test_characters_and_bytes_are_counted_as_they_were_read(text: str, said: str) -> None:
    assert head_of(text)["summary"] == said


def test_a_note_of_the_page_replaces_the_component_s_own_for_that_encoding_only() -> None:
    rows = head_of("ChatGPT", notes={"r50k_base": "half of the other"})["rows"]

    assert [row["note"] for row in rows] == ["half of the other", "3.50 characters per token"]


def test_what_is_to_be_guessed_never_reaches_the_browser() -> None:
    message = message_of(drawn("ChatGPT", hidden=True, notes={"r50k_base": "3 tokens"}))

    assert message.lists == []
    assert [(row["value"], row["note"]) for row in message.head["rows"]] == [(None, ""), (None, "")]
    assert message.text == "ChatGPT"


def test_how_pieces_look_is_what_the_page_asked_for() -> None:
    asked = {"colour": "id", "show": "bytes", "budget": 2, "merges": True}

    head = head_of("ChatGPT", **asked)

    assert {name: head[name] for name in asked} == asked


def test_a_piece_that_the_reader_asks_about_is_answered() -> None:
    at = drawn("챗 ChatGPT", merges=True)

    at.session_state["view"] = {"chosen": {"name": "o200k_base", "text": " Chat", "start": 1}}
    at.run()

    assert json.loads(at.json[0].value) == asdict(Chosen("o200k_base", " Chat", 1))


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        7,
        {"name": "o200k_base", "text": "Chat"},
        {"name": "no_encoding", "text": "Chat", "start": 0},
        {"name": "o200k_base", "text": "Chat", "start": 1},
        {"name": "o200k_base", "text": "", "start": 0},
        {"name": "o200k_base", "text": "T", "start": -1},
        {"name": ["o200k_base"], "text": "Chat", "start": 0},
    ],
)
def test_a_piece_that_is_not_in_the_text_is_none(nonsense: Any) -> None:
    at = drawn("ChatGPT", merges=True)

    at.session_state["view"] = {"chosen": nonsense}
    at.run()

    assert not at.exception
    assert json.loads(at.json[0].value) == {}
