"""Events are cut the same however the network cuts them; chunks fold into what they spell."""

import itertools
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from playground.stream import EventSplitter, fold, parse_events

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "choices",
                    "delta",
                    "content",
                    "tool_calls",
                    "function_call",
                    "index",
                    "usage",
                    "logprobs",
                    "role",
                    "id",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


def split(stream: bytes, cuts: list[int]) -> list[str]:
    splitter = EventSplitter()
    edges = [0, *sorted(cut % (len(stream) + 1) for cut in cuts), len(stream)]
    return [data for start, end in itertools.pairwise(edges) for data in splitter.feed(stream[start:end])]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1)), st.lists(st.integers(0)))
def test_events_do_not_depend_on_where_the_network_cuts(payloads: list[str], cuts: list[int]) -> None:
    stream = "".join(f"data: {payload}\n\n" for payload in payloads).encode()

    events = split(stream, cuts)

    assert events == payloads


@given(st.sampled_from(["\n", "\r\n", "\r"]), st.lists(st.integers(0)))
def test_every_line_ending_of_the_standard_ends_a_line(ending: str, cuts: list[int]) -> None:
    lines = [": keep-alive", "", "event: message", "data: one", "data: two", "", "data:three", "", ""]

    # The last CR may be half of a CRLF, so something has to follow it.
    events = split((ending.join(lines) + ": end").encode(), cuts)

    assert events == ["one\ntwo", "three"]


def test_an_event_without_its_empty_line_is_not_complete() -> None:
    assert EventSplitter().feed(b"data: half") == []


@given(st.lists(st.dictionaries(st.sampled_from(["id", "choices", "usage", "error", "object"]), JSON), max_size=4))
def test_folding_takes_whatever_a_foreign_server_sends(chunks: list[dict[str, Any]]) -> None:
    assert isinstance(fold(chunks), dict)


@given(st.lists(st.tuples(st.integers(0, 2), st.text())))
def test_contents_of_several_choices_are_joined_each_in_order(pieces: list[tuple[int, str]]) -> None:
    chunks = [{"choices": [{"index": index, "delta": {"content": text}}]} for index, text in pieces]

    folded = fold(chunks)

    for choice in folded.get("choices", []):
        expected = "".join(text for index, text in pieces if index == choice["index"])
        assert choice["message"]["content"] == expected


def test_tool_calls_are_put_together_by_their_index() -> None:
    def chunk(*calls: dict[str, Any]) -> dict[str, Any]:
        return {"choices": [{"index": 0, "delta": {"tool_calls": list(calls)}}]}

    folded = fold(
        [
            chunk({"index": 0, "id": "call_a", "type": "function", "function": {"name": "add", "arguments": ""}}),
            chunk({"index": 1, "id": "call_b", "type": "function", "function": {"name": "sub", "arguments": '{"x"'}}),
            chunk({"index": 0, "function": {"arguments": "{}"}}),
            chunk({"index": 1, "function": {"arguments": ": 1}"}}),
        ]
    )

    assert folded["choices"][0]["message"]["tool_calls"] == [
        {"id": "call_a", "type": "function", "function": {"name": "add", "arguments": "{}"}},
        {"id": "call_b", "type": "function", "function": {"name": "sub", "arguments": '{"x": 1}'}},
    ]


def test_the_usage_chunk_without_choices_ends_up_in_the_completion() -> None:
    chunks = [
        {"object": "chat.completion.chunk", "usage": None, "choices": [{"index": 0, "delta": {"content": "Hi"}}]},
        {"object": "chat.completion.chunk", "usage": {"prompt_tokens": 9, "completion_tokens": 2}, "choices": []},
    ]

    folded = fold(chunks)

    assert folded["object"] == "chat.completion"
    assert folded["usage"] == {"prompt_tokens": 9, "completion_tokens": 2}


def test_half_an_emoji_becomes_a_character_that_a_screen_can_show() -> None:
    chunk = r'{"a": "\ud83d", "b": ["\ud83d\ude00"], "\udc00": 1}'

    assert list(parse_events([chunk])) == [{"a": "\ufffd", "b": ["😀"], "\ufffd": 1}]


def test_an_object_nested_too_deep_is_no_object() -> None:
    assert list(parse_events(['{"a":' * 500 + "1" + "}" * 500])) == []


def test_what_is_no_json_object_is_passed_over() -> None:
    data = ["[DONE]", "not json", "[1]", '{"id": "a"}', "[" * 100_000, json.dumps({"id": "b"})]

    assert [chunk["id"] for chunk in parse_events(data)] == ["a", "b"]
