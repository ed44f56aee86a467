"""Why a call failed: from the record of an exchange to an ApiError with one sentence on what to do. It asks nobody.

The statuses, types and codes are those of OpenAI's error guide and of public reports (read November 2026).
"""

import dataclasses
import json
import re
from collections.abc import Iterator
from typing import Any

import httpx2

from playground import models
from playground.exchange import ApiError, ErrorKind, Event, Exchange, header
from playground.language import mark
from playground.stream import DONE, parse_object

REMEDIES: dict[str, str] = {
    "invalid_api_key": mark(
        "Check the key in the connection: it is wrong, was revoked, or belongs to another service."
    ),
    "model_not_found": mark("Choose another model: this one is retired, misspelt, or not open to this key."),
    "insufficient_quota": mark(
        "The account has no credit left: add some, or use the simulator. Waiting does not help."
    ),
    "credit_balance_exhausted": mark(
        "The account has no credit left: add some, or use the simulator. Waiting does not help."
    ),
    "organization_spend_limit_exceeded": mark(
        "A spending limit is reached: raise it in the account, or use the simulator. Waiting does not help."
    ),
    "project_spend_limit_exceeded": mark(
        "A spending limit is reached: raise it in the account, or use the simulator. Waiting does not help."
    ),
    "organization_usage_limit_exceeded": mark(
        "A spending limit is reached: raise it in the account, or use the simulator. Waiting does not help."
    ),
    "rate_limit_exceeded": mark("Too many requests in a short time: wait a little and send it again."),
    "slow_down": mark("The number of requests rose too fast: wait a little, then send fewer at a time."),
    "unsupported_country_region_territory": mark(
        "OpenAI does not serve this country or network: use another network or the simulator."
    ),
    "context_length_exceeded": mark(
        "The conversation is longer than the model's window: remove messages or shorten them."
    ),
    "unsupported_parameter": mark("This model does not take that parameter: remove it and send again."),
    "unsupported_value": mark("This model does not take that value: change it and send again."),
}
"""By the API's own code (or type, where it sends no code)."""

STATUS_REMEDIES: dict[int, str] = {
    400: mark("The API did not accept the request: the message says which part; change it and send again."),
    401: mark("Enter a valid key in the connection, or go back to the simulator."),
    403: mark("This key, country or network may not do that: use another key or the simulator."),
    404: mark("Nothing answers at this address: check the base URL and the model in the connection."),
    408: mark("The server waited too long for the request: send it again."),
    429: mark("Too many requests in a short time: wait a little and send it again."),
    500: mark("The server failed, not your request: send it again in a moment."),
    502: mark("The server failed, not your request: send it again in a moment."),
    503: mark("The server is overloaded: wait a little and send it again."),
}
_ANY_STATUS = mark("The server refused the request: read its message, change what it names, and send again.")

KIND_REMEDIES: dict[ErrorKind, str] = {
    "connection": mark("No connection to the server: check the base URL and the network, or use the simulator."),
    "timeout": mark("The server did not answer in time: send it again, or use the simulator."),
    "not_json": mark("A web page or an empty body came instead of an answer: check that the base URL ends with /v1."),
    "broken_chunk": mark("A piece of the stream was damaged; what arrived before it is kept: send it again."),
    "stream_error": mark("The server reported an error in mid-stream; what arrived before it is kept: send it again."),
    "cut_short": mark("The stream ended before the answer did; what arrived is kept: send it again."),
}

TOGETHER = 100
"""Events parsed in one piece: a third of the time of one by one, and few enough not to wake the garbage collector."""

RETIRED = mark("This model is shut down: use {model} instead.")
BROKE_OFF = mark("The connection broke off; what arrived is kept: send it again.")
UNREADABLE = mark("The API would not answer like this; what was read is kept: check the base URL in the connection.")
UNSENDABLE = mark("There is a character in the key that can't be sent: type the key again.")


NOTICES: dict[str, str] = {
    "length": mark("The answer was cut off at its limit of tokens: raise max_tokens, or ask for a shorter one."),
    "thought": mark(
        "The model thought until the limit of tokens and wrote nothing: raise max_completion_tokens, "
        "or lower reasoning_effort."
    ),
    "content_filter": mark("A filter cut the answer: what had come by then is kept; say it in another way."),
    "refusal": mark("The model refused and said so in refusal, not in content: a program has to look for both."),
    "arguments": mark("The arguments of a call are no JSON object: tell the model so, or ask again; don't run it."),
    "unknown_tool": mark("The model asks for a function that the request didn't offer: answer the call with an error."),
}
"""What a whole answer may still hold that a program has to handle."""


def notice(exchange: Exchange) -> str | None:
    """One sentence on an answer that came whole and is still not what was wanted; None for any other."""
    if exchange.error or not exchange.ok:
        return None
    message = exchange.message or {}
    if message.get("refusal"):
        return NOTICES["refusal"]
    silent = exchange.finish_reason == "length" and not any(
        message.get(said) for said in ("content", "tool_calls", "function_call")
    )
    if silent and exchange.usage and exchange.usage.reasoning_tokens:
        return NOTICES["thought"]
    if exchange.finish_reason in ("length", "content_filter"):
        return NOTICES[exchange.finish_reason]
    asked = [call.get("function") for call in exchange.tool_calls] + [message.get("function_call")]
    called = [call for call in asked if isinstance(call, dict)]
    if any(not _is_object(call.get("arguments")) for call in called):
        return NOTICES["arguments"]
    offered = _offered(exchange.request)
    if offered and any(call.get("name") not in offered for call in called):
        return NOTICES["unknown_tool"]
    return None


def _is_object(arguments: object) -> bool:
    return isinstance(arguments, str) and bool(parse_object(arguments) or arguments.strip() in ("{}", ""))


def _offered(request: dict[str, Any]) -> set[object]:
    """Names of the functions that a request offers."""
    tools, functions = request.get("tools"), request.get("functions")
    listed = [tool.get("function") for tool in tools if isinstance(tool, dict)] if isinstance(tools, list) else []
    listed += functions if isinstance(functions, list) else []
    return {one.get("name") for one in listed if isinstance(one, dict)}


def diagnose(exchange: Exchange) -> Exchange:
    """Answer the same exchange with its error, where the record shows one; an error already there stays."""
    error = exchange.error or _status_error(exchange) or _body_error(exchange)
    if error is None:
        return exchange
    # The SDK leaves a stream at the first chunk that it can't read: that is not the reader's doing.
    outcome = "broken" if exchange.outcome == "closed" else exchange.outcome
    return dataclasses.replace(exchange, error=error, outcome=outcome)


class Unreadable(httpx2.ReadError):
    """A body that is not read any further: too long, or not what it says it is."""


def wire_error(error: httpx2.TransportError) -> ApiError:
    """Name a failure below HTTP: refused, broken, too slow, or more than anybody wants to read."""
    message = str(error) or type(error).__name__
    if isinstance(error, Unreadable):
        return ApiError("not_json", message, UNREADABLE)
    if isinstance(error, httpx2.TimeoutException):
        return ApiError("timeout", message, KIND_REMEDIES["timeout"])
    if isinstance(error, httpx2.LocalProtocolError):
        # Its message quotes the header that could not be sent, and that may be the key.
        return ApiError("connection", "A header can't be sent.", UNSENDABLE)
    broke_off = isinstance(error, (httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError))
    return ApiError("connection", message, BROKE_OFF if broke_off else KIND_REMEDIES["connection"])


def unsent(message: str) -> ApiError:
    """Name a failure before anything left: the SDK itself refused."""
    return ApiError("connection", message, KIND_REMEDIES["connection"])


def _status_error(exchange: Exchange) -> ApiError | None:
    if exchange.status is None or exchange.status < 300:
        return None
    body = parse_object(exchange.response_body).get("error")
    if not isinstance(body, dict):
        message = f"HTTP {exchange.status}: {_as_words(exchange.response_body)}"
        return ApiError("status", message, STATUS_REMEDIES.get(exchange.status, _ANY_STATUS))
    error = _api_error("status", body, STATUS_REMEDIES.get(exchange.status, _ANY_STATUS))
    model = models.find(str(exchange.request.get("model")))
    if exchange.status == 404 and model and model.gone(exchange.started.date()):
        return dataclasses.replace(error, remedy=RETIRED, instead=models.DEFAULT)
    return error


def _body_error(exchange: Exchange) -> ApiError | None:
    if exchange.status is None:
        return None
    if not exchange.streamed:
        if exchange.response or exchange.outcome == "closed":
            return None
        kind = header(exchange.response_headers, "content-type") or "no content type"
        return ApiError("not_json", f"{kind}: {_as_words(exchange.response_body)}", KIND_REMEDIES["not_json"])
    finished: dict[object, bool] = {}
    for event, chunk in zip(exchange.events, _chunks(exchange.events), strict=True):
        _finish(finished, chunk)
        if not chunk and event.data != DONE:
            return ApiError("broken_chunk", event.data[:200], KIND_REMEDIES["broken_chunk"])
        if isinstance(chunk.get("error"), dict):
            return _api_error("stream_error", chunk["error"], KIND_REMEDIES["stream_error"])
        if "message" in chunk and "choices" not in chunk:
            # An error's own fields without their frame: the SDK passes that on as if it were a chunk.
            return _api_error("stream_error", chunk, KIND_REMEDIES["stream_error"])
    if exchange.outcome == "closed":
        return None
    if not finished or not all(finished.values()):
        return ApiError("cut_short", "No finish_reason arrived.", KIND_REMEDIES["cut_short"])
    return None


def _chunks(events: tuple[Event, ...]) -> Iterator[dict[str, Any]]:
    """Parse events; an empty object stands for `[DONE]` and for what is no JSON object."""
    for first in range(0, len(events), TOGETHER):
        sound = ["{}" if event.data == DONE else event.data for event in events[first : first + TOGETHER]]
        try:
            parsed = json.loads(f"[{','.join(sound)}]")
            if len(parsed) == len(sound) and all(type(chunk) is dict for chunk in parsed):
                yield from parsed
                continue
        except (ValueError, RecursionError):
            pass
        yield from map(parse_object, sound)


def _finish(finished: dict[object, bool], chunk: dict[str, Any]) -> None:
    """Note, by the index of each choice, whether its finish_reason came."""
    choices = chunk.get("choices")
    for choice in choices if isinstance(choices, list) else []:
        if isinstance(choice, dict):
            index = choice.get("index")
            index = index if isinstance(index, int) else 0
            finished[index] = finished.get(index, False) or choice.get("finish_reason") is not None


def _api_error(kind: ErrorKind, body: dict[str, Any], otherwise: str) -> ApiError:
    code, type_, param = (str(body[key]) if body.get(key) else None for key in ("code", "type", "param"))
    remedy = REMEDIES.get(code or "") or REMEDIES.get(type_ or "") or otherwise
    return ApiError(kind, str(body.get("message") or code or type_), remedy, type_, code, param)


def _as_words(body: bytes) -> str:
    """The words of a body that is no JSON, for one line: markup removed, 200 characters."""
    text = re.sub(r"<[^<>]{0,500}>", " ", body[:5000].decode("utf-8", "replace"))
    return " ".join(text.split())[:200] or "(empty)"
