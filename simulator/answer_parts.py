"""Small parts of an answer, in the API's shape: an empty tool call, a token with its log probability. It draws none."""

from typing import Any
from uuid import uuid4

from simulator.calls import Call
from simulator.generation import Chosen

JSON = dict[str, Any]


def tool_call(call: Call) -> JSON:
    """Begin a call: its arguments are still to be drawn."""
    return {"id": f"call_{uuid4().hex[:24]}", "type": "function", "function": {"name": call.name, "arguments": ""}}


def token(chosen: Chosen) -> JSON:
    """Explain a token that was drawn."""
    top = [_weighed(data, logprob) for data, logprob in chosen.top]
    return _weighed(chosen.data, chosen.logprob) | {"top_logprobs": top}


def _weighed(data: bytes, logprob: float) -> JSON:
    # The end of the answer has no bytes; the API names it so among the alternatives.
    text = data.decode("utf-8", "backslashreplace") if data else "<|end|>"
    return {"token": text, "logprob": logprob, "bytes": list(data) or None}


def logprobs(tokens: list[JSON]) -> JSON:
    """Put the explained tokens where the API has them."""
    return {"content": tokens, "refusal": None}
