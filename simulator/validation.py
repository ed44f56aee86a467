"""What the API refuses, in its own order: the key, the JSON, names and types, ranges, messages, functions, the length.

A later issue adds what single models refuse. Each check is a generator; the first refusal is the answer.

>>> refusal({"model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}], "temperature": 3}).code
'decimal_above_max_value'
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from playground import models
from simulator.effects import EFFECTS
from simulator.format_rules import of_format
from simulator.message_rules import of_functions, of_messages
from simulator.refusals import Refusal, missing, out_of_range, too_long, wrong_type

NOT_JSON = Refusal(
    400,
    "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library "
    "correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)",
)
NO_KEY = Refusal(
    401,
    "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth "
    "(i.e. Authorization: Bearer YOUR_KEY). The simulator takes any key.",
)
WRONG = "sk-wrong"
"""A key that begins so is refused; every other one is accepted."""

DEEPEST = 64
"""Levels of nested JSON that are read."""

_NUMBER, _INTEGER, _STRING, _BOOLEAN, _OBJECT = "a decimal", "an integer", "a string", "a boolean", "an object"
_JSON_TYPES: Mapping[str, tuple[type, ...]] = {
    _NUMBER: (int, float),
    _INTEGER: (int,),
    _STRING: (str,),
    _BOOLEAN: (bool,),
    _OBJECT: (dict,),
    "an array of strings": (list,),
}

TYPES: Mapping[str, str] = {
    "model": _STRING,
    "temperature": _NUMBER,
    "top_p": _NUMBER,
    "frequency_penalty": _NUMBER,
    "presence_penalty": _NUMBER,
    "n": _INTEGER,
    "max_tokens": _INTEGER,
    "max_completion_tokens": _INTEGER,
    "top_logprobs": _INTEGER,
    "seed": _INTEGER,
    "stream": _BOOLEAN,
    "logprobs": _BOOLEAN,
    "parallel_tool_calls": _BOOLEAN,
    "store": _BOOLEAN,
    "user": _STRING,
    "safety_identifier": _STRING,
    "prompt_cache_key": _STRING,
    "service_tier": _STRING,
    "reasoning_effort": _STRING,
    "verbosity": _STRING,
    "stream_options": _OBJECT,
    "logit_bias": _OBJECT,
    "metadata": _OBJECT,
    "response_format": _OBJECT,
    "modalities": "an array of strings",
}

RANGES: Mapping[str, tuple[float, float]] = {
    "temperature": (0, 2),
    "top_p": (0, 1),
    "frequency_penalty": (-2, 2),
    "presence_penalty": (-2, 2),
    "n": (1, 128),
    "max_tokens": (1, 2**63 - 1),
    "max_completion_tokens": (1, 2**63 - 1),
    "top_logprobs": (0, 20),
    "seed": (-(2**63), 2**63 - 1),
}
MOST_STOPS = 4
BIAS = 100


def key_refusal(headers: Mapping[str, str]) -> Refusal | None:
    """Check the Authorization header; header names are lower case."""
    scheme, _, key = headers.get("authorization", "").strip().partition(" ")
    key = key.strip()
    if scheme.lower() != "bearer" or not key:
        return NO_KEY
    if key.startswith(WRONG):
        message = f"Incorrect API key provided: {masked(key)}. You can find your API key at "
        return Refusal(401, message + "https://platform.openai.com/account/api-keys.", code="invalid_api_key")
    return None


def masked(key: str) -> str:
    """Hide a key but for its ends, as the API does.

    >>> masked("sk-wrong-0123456789-abcd"), masked("sk-wrong")
    ('sk-wr***************abcd', 'sk-*****')
    """
    shown, end = (5, 4) if len(key) >= 16 else (3, 0)
    return key[:shown] + "*" * (len(key) - shown - end) + (key[-end:] if end else "")


def parse(content: bytes) -> dict[str, Any] | Refusal:
    """Read the body of a request: a JSON object, no NaN, not nested beyond reason."""
    try:
        body = json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return NOT_JSON
    if not isinstance(body, dict) or _depth(body) > DEEPEST:
        return NOT_JSON
    return body


def refusal(body: Mapping[str, Any]) -> Refusal | None:
    """Give the first thing that the API would refuse in this request, its length left aside."""
    return next(_refusals(body), None)


def length_refusal(body: Mapping[str, Any], prompt_tokens: int) -> Refusal | None:
    """Check the request against the model's context window and its largest answer, where those are known."""
    model = models.find(str(body.get("model")))
    asked = body.get("max_completion_tokens") or body.get("max_tokens") or 0
    if model and model.max_output and asked > model.max_output:
        message = (
            f"max_tokens is too large: {asked}. This model supports at most {model.max_output} completion tokens, "
        )
        key = "max_completion_tokens" if body.get("max_completion_tokens") else "max_tokens"
        return Refusal(400, message + f"whereas you provided {asked}.", param=key, code="invalid_value")
    window = model.context_window if model else None
    if window is None or prompt_tokens + asked <= window:
        return None
    message = f"This model's maximum context length is {window} tokens. However, "
    if asked:
        message += f"you requested {prompt_tokens + asked} tokens ({prompt_tokens} in the messages, {asked} in the "
        message += "completion). Please reduce the length of the messages or completion."
    else:
        message += f"your messages resulted in {prompt_tokens} tokens. Please reduce the length of the messages."
    return Refusal(400, message, param="messages", code="context_length_exceeded")


def model_refusal(name: str) -> Refusal | None:
    """Check that the model is known and chats; retired ones do, here."""
    model = models.find(name)
    if model is None:
        message = f"The model `{name}` does not exist or you do not have access to it."
        return Refusal(404, message, code="model_not_found")
    if not model.chat:
        message = "This is not a chat model and thus not supported in the v1/chat/completions endpoint. "
        return Refusal(404, message + "Did you mean to use v1/completions?", param="model")
    return None


def _refusals(body: Mapping[str, Any]) -> Iterator[Refusal]:
    for name in body:
        if name not in EFFECTS:
            yield Refusal(400, f"Unrecognized request argument supplied: {name}")
    if body.get("model") is None:
        yield Refusal(400, "you must provide a model parameter")
    if "messages" not in body:
        yield missing("messages")
    yield from of_types(body, TYPES)
    unknown = model_refusal(body["model"])
    if unknown:
        yield unknown
    yield from of_ranges(body, RANGES)
    yield from of_messages(body["messages"])
    yield from of_functions(body)
    yield from of_format(body)
    yield from _together(body)


def of_types(body: Mapping[str, Any], types: Mapping[str, str]) -> Iterator[Refusal]:
    """Give what has the wrong JSON type."""
    for name, expected in types.items():
        value = body.get(name)
        # bool is an int in Python, not in JSON.
        fits = isinstance(value, _JSON_TYPES[expected]) and (not isinstance(value, bool) or expected == _BOOLEAN)
        if value is not None and not fits:
            yield wrong_type(name, expected, value)


def of_ranges(body: Mapping[str, Any], ranges: Mapping[str, tuple[float, float]]) -> Iterator[Refusal]:
    """Give what is out of range, in the numbers, in stop and in logit_bias."""
    for name, (low, high) in ranges.items():
        value = body.get(name)
        if value is not None and not low <= value <= high:
            yield out_of_range(name, value, high if value > high else low, above=value > high)
    stop = body.get("stop")
    if isinstance(stop, list):
        if len(stop) > MOST_STOPS:
            yield too_long("stop", MOST_STOPS, len(stop))
        for at, text in enumerate(stop):
            if not isinstance(text, str):
                yield wrong_type(f"stop[{at}]", _STRING, text)
    elif stop is not None and not isinstance(stop, str):
        yield wrong_type("stop", "one of a string or array of strings", stop)
    for token, value in (body.get("logit_bias") or {}).items():
        if not token.isascii() or not token.isdecimal() or len(token) > 9:
            said = f"Invalid key in 'logit_bias': {token}. You should only be submitting non-negative integers."
            yield Refusal(400, said, param="logit_bias")
        elif isinstance(value, bool) or not isinstance(value, int | float):
            yield wrong_type(f"logit_bias.{token}", "a decimal", value)
        elif not -BIAS <= value <= BIAS:
            yield out_of_range(f"logit_bias.{token}", value, BIAS if value > BIAS else -BIAS, above=value > BIAS)


def _together(body: Mapping[str, Any]) -> Iterator[Refusal]:
    """Parameters that need, or exclude, each other."""
    if body.get("stream_options") is not None and not body.get("stream"):
        said = "The 'stream_options' parameter is only allowed when 'stream' is enabled."
        yield Refusal(400, said, param="stream_options")
    if body.get("top_logprobs") and not body.get("logprobs"):
        said = "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled."
        yield Refusal(400, said, param="top_logprobs")
    if body.get("max_tokens") is not None and body.get("max_completion_tokens") is not None:
        said = "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported."
        yield Refusal(400, said, param="max_tokens", code="invalid_parameter_combination")


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _depth(value: Any) -> int:
    """Measure nesting level by level: a deep body must not use up the stack."""
    level, depth = [value], 0
    while level and depth <= DEEPEST:
        depth += 1
        level = [inner for one in level if isinstance(one, dict | list) for inner in _inner(one)]
    return depth


def _inner(value: dict[str, Any] | list[Any]) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value
