"""One request in the other dialect: functions of 2023 as tools of today, and back. It sends nothing.

>>> body, lost = in_dialect({"functions": [{"name": "f"}], "function_call": {"name": "f"}, "messages": []}, "tools")
>>> body["tools"], body["tool_choice"], lost
([{'type': 'function', 'function': {'name': 'f'}}], {'type': 'function', 'function': {'name': 'f'}}, ())
"""

from collections.abc import Iterator, Sequence
from typing import Any

from playground.language import mark
from playground.loop import Dialect, dialect_of, parse_calls
from playground.messages import Body, Message

LOST = {
    "required": mark("functions know no “required”: a function can only be forced by its name"),
    "parallel": mark("functions know no parallel_tool_calls: an answer holds one call"),
    "strict": mark("functions know no strict"),
    "several": mark("several calls of one answer become one answer each"),
}
"""What the older dialect can't say -> why, marked for translation."""


def in_dialect(body: Body, dialect: Dialect) -> tuple[Body, tuple[str, ...]]:
    """Translate a request; also names what of it can't be said there, by the keys of LOST."""
    if dialect == dialect_of(body) and ("functions" in body or "tools" in body):
        return body, ()
    lost: list[str] = []
    write = _as_tools if dialect == "tools" else _as_functions
    translated: Body = {}
    for key, value in body.items():
        if key == "messages" and isinstance(value, list):
            translated[key] = list(_messages(value, dialect, lost))
        else:
            translated |= write(key, value, lost)
    return translated, tuple(dict.fromkeys(lost))


def _as_tools(key: str, value: Any, lost: list[str]) -> Body:
    if key == "functions":
        return {"tools": [{"type": "function", "function": function} for function in value]}
    if key == "function_call":
        return {"tool_choice": {"type": "function", "function": value} if isinstance(value, dict) else value}
    return {key: value}


def _as_functions(key: str, value: Any, lost: list[str]) -> Body:
    if key == "tools":
        functions = [tool.get("function", {}) for tool in value]
        lost += ["strict"] if any("strict" in function for function in functions) else []
        return {"functions": [{name: one for name, one in each.items() if name != "strict"} for each in functions]}
    if key == "tool_choice":
        if value == "required":
            lost.append("required")
            return {}
        return {"function_call": value.get("function") if isinstance(value, dict) else value}
    if key == "parallel_tool_calls":
        lost.append("parallel")
        return {}
    return {key: value}


def _messages(messages: Sequence[Message], dialect: Dialect, lost: list[str]) -> Iterator[Message]:
    results: dict[str, Message] = {
        str(each.get("tool_call_id")): each for each in messages if each.get("role") == "tool"
    }
    number = 0
    for message in messages:
        calls = parse_calls(message)
        rest = {key: value for key, value in message.items() if key not in ("tool_calls", "function_call")}
        if calls and dialect == "tools":
            number += 1
            function = {"name": calls[0].name, "arguments": calls[0].arguments}
            yield {**rest, "tool_calls": [{"id": f"call_{number}", "type": "function", "function": function}]}
        elif calls:
            lost += ["several"] if len(calls) > 1 else []
            for call in calls:
                yield {**rest, "function_call": {"name": call.name, "arguments": call.arguments}}
                if result := results.get(call.id):
                    yield {"role": "function", "name": call.name, "content": result.get("content")}
        elif message.get("role") == "function" and dialect == "tools":
            yield {"role": "tool", "tool_call_id": f"call_{number}", "content": message.get("content")}
        elif message.get("role") != "tool":
            yield message
