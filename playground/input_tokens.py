"""A chat request as POST /responses/input_tokens takes it: the API's own count of a prompt. It sends nothing.

That endpoint speaks the Responses API's shape. What has no place there is left out, and said to be.

>>> body, lost = as_responses({"model": "gpt-4o", "messages": [{"role": "user", "name": "John", "content": "Hi"}]})
>>> body
{'model': 'gpt-4o', 'input': [{'role': 'user', 'content': 'Hi'}]}
>>> lost
('messages[0].name',)
"""

from collections.abc import Iterator, Mapping
from typing import Any

from playground.declarations import of_request
from playground.exchange import Exchange
from playground.messages import Body
from playground.schemas import listed, mapping, text_of

ENDPOINT = "responses/input_tokens"


def as_responses(body: Mapping[str, Any]) -> tuple[Body, tuple[str, ...]]:
    """Write a chat request for the endpoint; answers it and the places of what it can't say."""
    lost: list[str] = []
    asked: Body = {"model": body.get("model"), "input": list(_items(body, lost))}
    if functions := of_request(body)[0]:
        asked["tools"] = [{"type": "function", **function} for function in functions]
    choice = body.get("tool_choice", body.get("function_call"))
    if isinstance(choice, Mapping):
        asked["tool_choice"] = {"type": "function", "name": mapping(choice.get("function", choice)).get("name")}
    elif choice is not None:
        asked["tool_choice"] = choice
    answer = mapping(body.get("response_format"))
    if answer.get("type") == "json_schema":
        asked["text"] = {"format": {"type": "json_schema", **mapping(answer.get("json_schema"))}}
    elif answer:
        asked["text"] = {"format": dict(answer)}
    return asked, tuple(lost)


def counted(exchange: Exchange) -> int | None:
    """Read the count out of the endpoint's answer; None when there is none."""
    tokens = exchange.response.get("input_tokens")
    return tokens if isinstance(tokens, int) else None


def _items(body: Mapping[str, Any], lost: list[str]) -> Iterator[dict[str, Any]]:
    last_call = ""
    for at, message in enumerate(map(mapping, listed(body.get("messages")))):
        role, content = text_of(message.get("role")), message.get("content")
        if role in ("tool", "function"):
            # A result of 2023 names its function; here it needs the id of the call before it.
            call_id = text_of(message.get("tool_call_id")) or last_call
            yield {"type": "function_call_output", "call_id": call_id, "output": _output(content)}
            continue
        if message.get("name"):
            lost.append(f"messages[{at}].name")
        calls = list(map(mapping, listed(message.get("tool_calls"))))
        if content or not (calls or message.get("function_call")):
            yield {"role": role, "content": _content(content, role, f"messages[{at}].content", lost)}
        if function := mapping(message.get("function_call")):
            calls.append({"id": f"call_{at}", "function": function})
        for call in calls:
            last_call = text_of(call.get("id"))
            function = mapping(call.get("function"))
            said = {"name": text_of(function.get("name")), "arguments": text_of(function.get("arguments"))}
            yield {"type": "function_call", "call_id": last_call, **said}


def _output(content: object) -> str:
    return "".join(text_of(mapping(part).get("text")) for part in listed(content)) or text_of(content)


def _content(content: object, role: str, where: str, lost: list[str]) -> object:
    if not isinstance(content, list):
        return text_of(content)
    found = []
    for at, part in enumerate(map(mapping, content)):
        if part.get("type") == "text":
            kind = "output_text" if role == "assistant" else "input_text"
            found.append({"type": kind, "text": text_of(part.get("text"))})
        elif part.get("type") == "image_url":
            picture = mapping(part.get("image_url"))
            detail = {"detail": picture["detail"]} if "detail" in picture else {}
            found.append({"type": "input_image", "image_url": text_of(picture.get("url")), **detail})
        else:
            lost.append(f"{where}[{at}]")
    return found
