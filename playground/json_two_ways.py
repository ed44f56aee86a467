"""JSON out of a text without calling anything: as the arguments of a forced function, or as the answer's own format.

>>> by_function("gpt-4", "Hi", SCHEMA)["function_call"], by_format("gpt-4", "Hi", SCHEMA)["response_format"]["type"]
({'name': 'save_person'}, 'json_schema')
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from playground.exchange import Exchange
from playground.loop import parse_calls
from playground.messages import Body, user
from playground.tools import Tool

NAME = "save_person"
DESCRIPTION = "Save a person who is introduced in a text"
TEXT = "My name is Kim Minsu, I'm 28 years old and I live in Busan."
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "description": "The name of the person"},
        "age": {"type": ["integer", "null"], "description": "The age in years"},
        "city": {"type": ["string", "null"], "description": "The city where the person lives"},
    },
    "required": ["name", "age", "city"],
    "additionalProperties": False,
}


def by_function(model: str, text: str, schema: Mapping[str, Any]) -> Body:
    """Ask for the arguments of a function that is never run."""
    tool = Tool(NAME, DESCRIPTION, dict(schema), lambda: "")
    return {
        "model": model,
        "messages": [user(text)],
        "functions": [tool.definition],
        "function_call": {"name": NAME},
    }


def by_format(model: str, text: str, schema: Mapping[str, Any]) -> Body:
    """Ask for an answer that keeps to a schema."""
    told = {"name": NAME, "description": DESCRIPTION, "strict": True, "schema": dict(schema)}
    return {
        "model": model,
        "messages": [user(text)],
        "response_format": {"type": "json_schema", "json_schema": told},
    }


def written_by(exchange: Exchange) -> str:
    """The JSON text that an answer holds, in its call or in its content."""
    calls = parse_calls(exchange.message)
    return calls[0].arguments if calls else str((exchange.message or {}).get("content") or "")


def rows(text: str) -> list[tuple[str, str]]:
    """Lay a JSON object out as rows of path and value; none for what is no JSON object.

    >>> rows('{"name": "Kim", "tags": ["a", "b"]}')
    [('name', 'Kim'), ('tags[0]', 'a'), ('tags[1]', 'b')]
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return list(_leaves(value, "", 0)) if isinstance(value, dict) else []


def _leaves(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and value and depth < 20:
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}".removeprefix("."), depth + 1)
    elif isinstance(value, list) and value and depth < 20:
        for at, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{at}]", depth + 1)
    else:
        yield path, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
