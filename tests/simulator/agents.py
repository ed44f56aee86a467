"""An agent of a few lines, for tests: it asks, runs what it is asked for, and ends when it is answered."""

import json
from collections.abc import Callable
from typing import Any

from simulator.intents import plan

Functions = dict[str, tuple[dict[str, Any], Callable[..., Any]]]


def function(name: str, description: str, /, *, required: list[str] | None = None, **properties: Any) -> dict[str, Any]:
    """Describe a function; a property is a type, a list of values, or a schema."""
    schemas = {key: _schema(value) for key, value in properties.items()}
    needed = list(schemas) if required is None else required
    return {
        "name": name,
        "description": description,
        "parameters": {"type": "object", "properties": schemas, "required": needed},
    }


def asked(prompt: str, *functions: dict[str, Any], **more: Any) -> list[tuple[str, dict[str, Any]]]:
    """What the simulator asks for, with the usual arguments."""
    tools = [{"type": "function", "function": one} for one in functions]
    planned = plan({"messages": [{"role": "user", "content": prompt}], "tools": tools, **more})
    return [(call.name, json.loads(call.arguments[0][1])) for call in planned.calls]


def run(prompt: str, functions: Functions, steps: int = 8, **more: Any) -> tuple[list[list[str]], str]:
    """Run an agent to its end: the functions of each step, and what was said in the end."""
    messages: list[dict[str, Any]] = [{"role": "user", "content": prompt}]
    tools = [{"type": "function", "function": described} for described, _ in functions.values()]
    taken = []
    for _ in range(steps):
        planned = plan({"messages": messages, "tools": tools, **more})
        if not planned.calls:
            return taken, planned.text[0][1]
        calls = [(call.name, call.arguments[0][1]) for call in planned.calls]
        taken.append([name for name, _ in calls])
        ids = [f"call_{len(messages)}_{at}" for at in range(len(calls))]
        each = [
            {"id": id_, "type": "function", "function": {"name": name, "arguments": arguments}}
            for id_, (name, arguments) in zip(ids, calls, strict=True)
        ]
        messages.append({"role": "assistant", "content": None, "tool_calls": each})
        for id_, (name, arguments) in zip(ids, calls, strict=True):
            result = functions[name][1](**json.loads(arguments))
            content = result if isinstance(result, str) else json.dumps(result, ensure_ascii=False)
            messages.append({"role": "tool", "tool_call_id": id_, "content": content})
    raise AssertionError(f"no end: {taken}")


def _schema(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    return {"type": "string", "enum": value} if isinstance(value, list) else {"type": value}
