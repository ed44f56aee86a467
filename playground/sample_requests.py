"""Requests to look at: the course's four calls, the last two in both dialects, and how one grows. It sends none.

>>> [sample.name for sample in samples("gpt-4")][:2]
['Hello! (the course)', 'Do you know my name? (the course)']
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.language import mark
from playground.loop import Dialect, first_body, parse_calls, second_body
from playground.messages import Body, Message, assistant, system, user
from playground.schemas import listed
from playground.tools import GET_CURRENT_WEATHER, run_tool

_HELLO = (system("You are a helpful assistant."), user("Hello! I'm John."))
_KNOWN = (*_HELLO, assistant("Hello John! How can I assist you today?"), user("Do you know my name?"))
_WEATHER = "What's the weather like in Seoul?"
_CALLED = {"name": GET_CURRENT_WEATHER.name, "arguments": '{\n  "location": "Seoul"\n}'}


@dataclass(frozen=True)
class SampleRequest:
    """A request and what it is called."""

    name: str
    """In English, marked for translation."""
    body: Body


def samples(model: str) -> tuple[SampleRequest, ...]:
    """Write the course's requests for a model."""
    return (
        SampleRequest(mark("Hello! (the course)"), {"model": model, "messages": list(_HELLO)}),
        SampleRequest(mark("Do you know my name? (the course)"), {"model": model, "messages": list(_KNOWN)}),
        SampleRequest(mark("functions: the first request (the course)"), _first("functions", model)),
        SampleRequest(mark("functions: the second request (the course)"), _second("functions", model)),
        SampleRequest(mark("tools: the first request"), _first("tools", model)),
        SampleRequest(mark("tools: the second request"), _second("tools", model)),
    )


def with_message(body: Body, role: str, text: str) -> Body:
    """Add a message behind the others.

    >>> with_message({"model": "gpt-4"}, "user", "Hi")
    {'model': 'gpt-4', 'messages': [{'role': 'user', 'content': 'Hi'}]}
    """
    return body | {"messages": [*listed(body.get("messages")), {"role": role, "content": text}]}


def with_function(body: Body, function: Mapping[str, Any], dialect: Dialect) -> Body:
    """Offer one function more.

    >>> with_function({"model": "gpt-4"}, {"name": "now"}, "tools")
    {'model': 'gpt-4', 'tools': [{'type': 'function', 'function': {'name': 'now'}}]}
    """
    offered = dict(function) if dialect == "functions" else {"type": "function", "function": dict(function)}
    return body | {dialect: [*listed(body.get(dialect)), offered]}


def _first(dialect: Dialect, model: str) -> Body:
    return first_body(dialect, model, _WEATHER, GET_CURRENT_WEATHER)


def _second(dialect: Dialect, model: str) -> Body:
    message: Message = {"role": "assistant", "content": None}
    if dialect == "functions":
        message["function_call"] = dict(_CALLED)
    else:
        message["tool_calls"] = [{"id": "call_1", "type": "function", "function": dict(_CALLED)}]
    results = [run_tool(GET_CURRENT_WEATHER, call.id, call.name, call.arguments) for call in parse_calls(message)]
    return second_body(_first(dialect, model), message, results, dialect)
