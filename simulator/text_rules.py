"""What the older Completions API refuses, and what each of its parameters does here. Shared checks: validation.py.

>>> text_refusal({"model": "text-davinci-003", "prompt": "Hi", "best_of": 3}).param
'best_of'
"""

from collections.abc import Iterator, Mapping
from typing import Any

from playground import encodings, models
from playground.parameters import Effect
from simulator.refusals import Refusal, empty, missing, too_long, wrong_type
from simulator.validation import RANGES, TYPES, model_refusal, of_ranges, of_types

TEXT_EFFECTS: Mapping[str, Effect] = {
    "model": "effective",
    "prompt": "effective",
    "echo": "effective",
    "frequency_penalty": "effective",
    "logit_bias": "effective",
    "logprobs": "effective",
    "max_tokens": "effective",
    "n": "effective",
    "presence_penalty": "effective",
    "seed": "effective",
    "stop": "effective",
    "stream": "effective",
    "stream_options": "effective",
    "temperature": "effective",
    "top_p": "effective",
    "user": "none",
}
"""Names: the types of the openai SDK 3.54.0 (types/completion_create_params.py)."""
MISSING = ("suffix", "best_of")
"""Parameters that the API has and the simulator hasn't."""
MOST_CHOICES = 128
MOST_PROMPTS = 128
"""The API takes more prompts in one request; a room of learners needs none of that."""

_TYPES = {name: TYPES[name] for name in TYPES if name in TEXT_EFFECTS} | {
    "echo": "a boolean",
    "logprobs": "an integer",
}
_RANGES = {name: RANGES[name] for name in RANGES if name in TEXT_EFFECTS} | {
    "logprobs": (0, 5),
    "max_tokens": (0, 2**63 - 1),
}
_PROMPT = "one of a string, array of strings, array of integers, or array of arrays of integers"


def text_refusal(body: Mapping[str, Any]) -> Refusal | None:
    """Give the first thing that the API would refuse in this request, its length left aside."""
    return next(_refusals(body), None)


def text_length_refusal(body: Mapping[str, Any], longest: int, asked: int) -> Refusal | None:
    """Check the longest prompt, in tokens, and the tokens asked for against the model's context window."""
    model = models.find(body["model"])
    window = model.context_window if model else None
    if window is None or longest + asked <= window:
        return None
    message = f"This model's maximum context length is {window} tokens, however you requested {longest + asked} tokens "
    message += f"({longest} in your prompt; {asked} for the completion). "
    message += "Please reduce your prompt; or completion length."
    return Refusal(400, message, code="context_length_exceeded")


def text_model_refusal(name: str) -> Refusal | None:
    """Check that the model is known and completes texts."""
    model = models.find(name)
    if model and model.completions:
        return None
    if model is None:
        return model_refusal(name)
    message = "This is a chat model and not supported in the v1/completions endpoint. "
    return Refusal(404, message + "Did you mean to use v1/chat/completions?", param="model")


def _refusals(body: Mapping[str, Any]) -> Iterator[Refusal]:
    for name in body:
        if name in MISSING and body[name] is not None:
            yield Refusal(
                400, f"The simulator has no '{name}'. Leave it out.", param=name, code="unsupported_parameter"
            )
        elif name not in TEXT_EFFECTS and name not in MISSING:
            yield Refusal(400, f"Unrecognized request argument supplied: {name}")
    if body.get("model") is None:
        yield Refusal(400, "you must provide a model parameter")
    yield from of_types(body, _TYPES)
    unknown = text_model_refusal(body["model"])
    if unknown:
        yield unknown
    yield from of_ranges(body, _RANGES)
    yield from _prompt(body)
    if body.get("stream_options") is not None and not body.get("stream"):
        said = "The 'stream_options' parameter is only allowed when 'stream' is enabled."
        yield Refusal(400, said, param="stream_options")
    if body.get("max_tokens") == 0 and not body.get("echo"):
        yield Refusal(400, "'max_tokens' can only be 0 when 'echo' is true.", param="max_tokens")


def _prompt(body: Mapping[str, Any]) -> Iterator[Refusal]:
    prompt = body.get("prompt")
    if "prompt" not in body:
        yield missing("prompt")
    if prompt is None or isinstance(prompt, str):
        return
    if not isinstance(prompt, list):
        yield wrong_type("prompt", _PROMPT, prompt)
        return
    if not prompt:
        yield empty("prompt")
    if all(_is_id(one) for one in prompt):
        yield from _ids(prompt, body)
        return
    if len(prompt) > MOST_PROMPTS:
        yield too_long("prompt", MOST_PROMPTS, len(prompt))
    for at, one in enumerate(prompt):
        if isinstance(one, list) and isinstance(prompt[0], list):
            if not one:
                yield empty(f"prompt[{at}]")
            for number, token in enumerate(one):
                if not _is_id(token):
                    yield wrong_type(f"prompt[{at}][{number}]", "an integer", token)
            yield from _ids(one, body)
        elif not isinstance(one, str) or not isinstance(prompt[0], str):
            yield wrong_type(f"prompt[{at}]", "a string", one)
    choices = len(prompt) * (body.get("n") or 1)
    if choices > MOST_CHOICES:
        said = f"{len(prompt)} prompts with {body.get('n') or 1} answers each are {choices} choices. "
        said += f"The simulator gives {MOST_CHOICES} at most."
        yield Refusal(400, said, param="n")


def _ids(prompt: list[int], body: Mapping[str, Any]) -> Iterator[Refusal]:
    encoding = encodings.load(encodings.ordinary(encodings.for_model(body["model"])[0]))
    for token in prompt:
        try:
            encoding.decode_single_token_bytes(token)
        except (KeyError, OverflowError):
            yield Refusal(400, f"Invalid token in 'prompt': {token} is no token of this model.", param="prompt")
            return


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
