"""What the API refuses in messages, functions and tools: shapes, roles, and tool results without their calls.

>>> next(of_messages([{"role": "robot", "content": "Hi"}])).message[:50]
"Invalid value: 'robot'. Supported values are: 'sys"
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simulator.function_rules import of_parameters
from simulator.refusals import Refusal, empty, missing, no_match, wrong_type, wrong_value

ROLES = ("system", "assistant", "user", "function", "tool", "developer")
PARTS = ("text", "image_url", "input_audio", "refusal", "audio", "file")
NAME = r"^[^\s<|\\/>]+$"
FUNCTION_NAME = "^[a-zA-Z0-9_-]+$"
_CONTENT = "one of a string or array of objects"


def of_messages(messages: object) -> Iterator[Refusal]:
    """Give what is wrong with the messages, first things first."""
    if not isinstance(messages, list):
        yield wrong_type("messages", "an array of objects", messages)
        return
    if not messages:
        yield empty("messages")
    for at, message in enumerate(messages):
        yield from _message(message, at)
    yield from _order(messages)


def _message(message: object, at: int) -> Iterator[Refusal]:
    path = f"messages[{at}]"
    if not isinstance(message, dict):
        yield wrong_type(path, "an object", message)
        return
    role = message.get("role")
    if role is None:
        yield missing(f"{path}.role")
    elif not isinstance(role, str):
        yield wrong_type(f"{path}.role", "a string", role)
    elif role not in ROLES:
        yield wrong_value(f"{path}.role", role, ROLES)
    yield from _content(message, role, at)
    name = message.get("name")
    if name is None and role == "function":
        yield missing(f"{path}.name")
    elif name is not None and not isinstance(name, str):
        yield wrong_type(f"{path}.name", "a string", name)
    elif isinstance(name, str) and not re.match(NAME, name):
        yield no_match(f"{path}.name", NAME)
    if role == "tool" and not isinstance(message.get("tool_call_id"), str):
        if message.get("tool_call_id") is None:
            yield missing(f"{path}.tool_call_id")
        else:
            yield wrong_type(f"{path}.tool_call_id", "a string", message["tool_call_id"])
    yield from _calls(message, path)


def _content(message: Mapping[str, Any], role: object, at: int) -> Iterator[Refusal]:
    path, content = f"messages[{at}].content", message.get("content")
    if content is None:
        calls = role == "assistant" and (message.get("tool_calls") or message.get("function_call"))
        if "content" not in message and not calls:
            yield missing(path)
        elif not calls:
            yield Refusal(
                400, "Invalid value for 'content': expected a string, got null.", param=f"messages.[{at}].content"
            )
    elif not isinstance(content, str | list):
        yield wrong_type(path, _CONTENT, content)
    for number, part in enumerate(content if isinstance(content, list) else []):
        place = f"{path}[{number}]"
        if not isinstance(part, dict):
            yield wrong_type(place, "an object", part)
        elif part.get("type") is None:
            yield missing(f"{place}.type")
        elif part["type"] not in PARTS:
            yield wrong_value(f"{place}.type", part["type"], PARTS)
        elif part["type"] == "text" and not isinstance(part.get("text"), str):
            yield (
                missing(f"{place}.text")
                if part.get("text") is None
                else wrong_type(f"{place}.text", "a string", part["text"])
            )


def _calls(message: Mapping[str, Any], path: str) -> Iterator[Refusal]:
    calls = message.get("tool_calls")
    if calls is not None and not isinstance(calls, list):
        yield wrong_type(f"{path}.tool_calls", "an array of objects", calls)
    elif calls == []:
        yield empty(f"{path}.tool_calls")
    for number, call in enumerate(calls if isinstance(calls, list) else []):
        place = f"{path}.tool_calls[{number}]"
        if not isinstance(call, dict):
            yield wrong_type(place, "an object", call)
            continue
        for key in ("id", "type"):
            yield from _string(call, key, place)
        yield from _called(call.get("function"), f"{place}.function", optional=call.get("type") == "custom")
    yield from _called(message.get("function_call"), f"{path}.function_call", optional=True)


def _called(function: object, path: str, optional: bool) -> Iterator[Refusal]:
    if function is None:
        if not optional:
            yield missing(path)
    elif not isinstance(function, dict):
        yield wrong_type(path, "an object", function)
    else:
        for key in ("name", "arguments"):
            yield from _string(function, key, path)


def _string(holder: Mapping[str, Any], key: str, path: str) -> Iterator[Refusal]:
    if holder.get(key) is None:
        yield missing(f"{path}.{key}")
    elif not isinstance(holder[key], str):
        yield wrong_type(f"{path}.{key}", "a string", holder[key])


def _order(messages: list[Any]) -> Iterator[Refusal]:
    """Each tool message answers a call right before it, and each call is answered."""
    open_: list[str] = []
    for at, message in enumerate([*messages, {"role": "end"}]):
        answered = message.get("role") == "tool"
        if answered and message.get("tool_call_id") not in open_:
            said = "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'."
            yield Refusal(400, f"Invalid parameter: {said}", param=f"messages.[{at}].role")
            return
        if answered:
            open_.remove(message["tool_call_id"])
            continue
        if open_:
            said = "An assistant message with 'tool_calls' must be followed by tool messages responding to each "
            said += f"'tool_call_id'. The following tool_call_ids did not have response messages: {', '.join(open_)}"
            yield Refusal(400, said, param=f"messages.[{at}].role" if at < len(messages) else "messages")
            return
        open_ = [call["id"] for call in message.get("tool_calls") or ()] if message.get("role") == "assistant" else []


def of_functions(body: Mapping[str, Any]) -> Iterator[Refusal]:
    """Give what is wrong with functions, tools, and the choice among them."""
    names: dict[str, list[str]] = {"functions": [], "tools": []}
    for key in ("functions", "tools"):
        offered = body.get(key)
        if offered is None:
            continue
        if not isinstance(offered, list):
            yield wrong_type(key, "an array of objects", offered)
            continue
        if not offered:
            yield empty(key)
        for at, one in enumerate(offered):
            path = f"{key}[{at}]"
            if not isinstance(one, dict):
                yield wrong_type(path, "an object", one)
            elif key == "functions":
                yield from _function(one, path)
            else:
                yield from _tool(one, path)
            names[key].append(_name(one))
    yield from _chosen(body, "function_call", "functions", ("none", "auto"), names["functions"])
    yield from _chosen(body, "tool_choice", "tools", ("none", "auto", "required"), names["tools"])


def _tool(tool: Mapping[str, Any], path: str) -> Iterator[Refusal]:
    if tool.get("type") is None:
        yield missing(f"{path}.type")
    elif tool["type"] not in ("function", "custom"):
        yield wrong_value(f"{path}.type", tool["type"], ("function", "custom"))
    key = "custom" if tool.get("type") == "custom" else "function"
    if tool.get(key) is None:
        yield missing(f"{path}.{key}")
    elif not isinstance(tool[key], dict):
        yield wrong_type(f"{path}.{key}", "an object", tool[key])
    else:
        yield from _function(tool[key], f"{path}.{key}")


def _function(function: Mapping[str, Any], path: str) -> Iterator[Refusal]:
    yield from _string(function, "name", path)
    name = function.get("name")
    if isinstance(name, str) and not re.match(FUNCTION_NAME, name):
        yield no_match(f"{path}.name", FUNCTION_NAME)
    description = function.get("description")
    if description is not None and not isinstance(description, str):
        yield wrong_type(f"{path}.description", "a string", description)
    parameters = function.get("parameters")
    if parameters is not None and not isinstance(parameters, dict):
        yield wrong_type(f"{path}.parameters", "an object", parameters)
    else:
        yield from of_parameters(function, path)


def _chosen(
    body: Mapping[str, Any], key: str, among: str, words: tuple[str, ...], names: list[str]
) -> Iterator[Refusal]:
    choice = body.get(key)
    if choice is None:
        return
    if not isinstance(choice, str | dict):
        yield wrong_type(key, "one of a string or object", choice)
    elif body.get(among) is None:
        said = f"Invalid value for '{key}': '{key}' is only allowed when '{among}' are specified."
        yield Refusal(400, said, param=key)
    elif isinstance(choice, str):
        if choice not in words:
            yield wrong_value(key, choice, words)
    elif key == "function_call":
        yield from _string(choice, "name", key)
        name = choice.get("name")
        if name not in names:
            said = f"no function named '{name}' was specified in the 'functions' parameter."
            yield Refusal(400, f"Invalid value for 'function_call': {said}", param=key)
    elif choice.get("type") in ("function", "custom", None):
        name = _name(choice)
        if name not in names:
            yield Refusal(400, f"Tool choice '{name}' not found in 'tools' parameter.", param=key)


def _name(holder: object) -> str:
    """Find the name in a function, a tool, or a choice of one."""
    if not isinstance(holder, dict):
        return ""
    inner = holder.get("function", holder.get("custom", holder))
    name = inner.get("name") if isinstance(inner, dict) else None
    return name if isinstance(name, str) else ""
