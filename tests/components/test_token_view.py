"""What the token view sends to the browser; how it is drawn there: tests/browser/test_tokenizer.py."""

import json
import struct
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

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


@settings(deadline=None)
@given(TEXTS)
@example("\r\n\r\n")
@example("👨‍👩‍👧‍👦 \ud83d")
def test_the_cuts_that_are_sent_are_the_segments(text: str) -> None:
    for name in ("r50k_base", "cl100k_base", "o200k_base"):
        tokenization = tokenize(text, name)

        ((_ids, lengths),) = unpack(pack({name: tokenization}, {})).lists

        cuts = [number for number, length in enumerate(lengths, 1) if length & CUT]
        segments = [segment.tokens[-1] for segment in tokenization.segments]
        assert [tokenization.tokens[cut - 1] for cut in cuts] == segments


@settings(deadline=None)
@given(TEXTS)
def test_the_text_and_the_ids_arrive_whole(text: str) -> None:
    message = unpack(pack(compare(text, NAMES), {}))

    assert message.text == as_read(text)
    for described, (ids, lengths) in zip(message.head["lists"], message.lists, strict=True):
        assert ids == tokenize(text, described["names"][0]).ids
        assert sum(length & ~CUT for length in lengths) == len(message.text.encode())


def test_seven_encodings_are_sent_as_four_lists() -> None:
    message = unpack(pack(compare("one vocabulary, two names", NAMES), {}))

    assert [each["names"] for each in message.head["lists"]] == [
        [name for name in NAMES if ordinary(name) == vocabulary]
        for vocabulary in ("r50k_base", "p50k_base", "cl100k_base", "o200k_base")
    ]


def view(text: str, language: str) -> None:
    import streamlit as st

    from components.token_view import token_view
    from playground.tokens import compare

    st.session_state["language"] = language
    token_view(compare(text, ["r50k_base", "o200k_base"]), {"r50k_base": "GPT-3"}, key="view")


def head_of(text: str, language: str = "en") -> dict[str, Any]:
    at = AppTest.from_function(view, kwargs={"text": text, "language": language}).run()
    assert not at.exception
    (component,) = at.get("bidi_component")
    return unpack(component.proto.bytes).head


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
