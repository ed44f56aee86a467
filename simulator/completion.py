"""An answer in the shape of the API: one chat.completion, or the chunks of a stream. It refuses and sends nothing.

Both come from the same draws: the deltas of a stream, put together, are the message of the answer in one piece.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import getrandbits
from typing import Any
from uuid import uuid4

from playground import encodings, ledger, models
from simulator.answer_parts import logprobs, token, tool_call
from simulator.faults import Answer
from simulator.generation import MOST_TOKENS, Generation, Piece
from simulator.intents import plan
from simulator.sampler import requested
from simulator.spoilt_answers import spoilt

FINGERPRINT = "fp_simulator"
MARK = "-simulated"
"""What the name of the answering model ends in."""
LONGEST = 4096
"""Tokens of an answer at most, whatever the request allows."""
VEIL = 16
"""Chunks are made as long as a multiple of this."""
LONGEST_JSON = 1_000_000
"""Tokens of an answer that has to be whole; its parts are limited elsewhere."""
CALL_HEAD = 4
"""Tokens of a call around its name that count against max_tokens."""

JSON = dict[str, Any]
Body = Mapping[str, Any]


@dataclass
class Choice:
    """One of the n answers, while it is drawn and after."""

    index: int
    generations: tuple[Generation, ...]
    message: JSON
    logprobs: list[JSON] = field(default_factory=list)


class Completion:
    """One request's answer; ask it for whole() or for chunks(), once."""

    def __init__(self, body: Body, prompt_tokens: int, seed: int | None = None, fault: Answer | None = None) -> None:
        """The seed counts when the body names none; without both, chance decides."""
        self._body, self._prompt_tokens = body, prompt_tokens
        self._encoding = encodings.for_model(body["model"])[0]
        self._fault = fault
        self._plan = spoilt(plan(body, pretty=self._encoding == "cl100k_base" or not body.get("tools")), fault)
        self._says = "refusal" if fault == "refusal" else "content"
        self._calm = requested(body).temperature <= 1
        own = body.get("seed")
        chance = getrandbits(48) if seed is None else seed
        self._seed: int = chance if own is None else own
        self.n: int = body.get("n") or 1
        self._choices = [self._choice(index) for index in range(self.n)]
        self._head = {
            "id": f"chatcmpl-{uuid4().hex[:29]}",
            "created": int(time.time()),
            "model": answering(body["model"]),
        }
        self._tier = body.get("service_tier") if body.get("service_tier") not in (None, "auto") else "default"

    @property
    def tokens(self) -> int:
        """The longest answer so far, in tokens: how long a real model would have taken to write them all at once."""
        return max(sum(generation.tokens for generation in choice.generations) for choice in self._choices)

    def whole(self) -> JSON:
        """Draw everything and give the answer in one piece."""
        choices = []
        for choice in self._choices:
            for _ in self._deltas(choice):
                pass
            choices.append(
                {
                    "index": choice.index,
                    "message": choice.message,
                    "logprobs": logprobs(choice.logprobs) if self._body.get("logprobs") else None,
                    "finish_reason": self._finish_reason(choice),
                }
            )
        return {
            "id": self._head["id"],
            "object": "chat.completion",
            "created": self._head["created"],
            "model": self._head["model"],
            "choices": choices,
            "usage": self._usage(),
            "service_tier": self._tier,
            "system_fingerprint": FINGERPRINT,
        }

    def chunks(self) -> Iterator[JSON]:
        """Draw while the chunks are taken; the choices take turns."""
        usage = bool((self._body.get("stream_options") or {}).get("include_usage"))
        for chunk in self._chunks(usage):
            yield self._veiled(chunk)

    def _chunks(self, usage: bool) -> Iterator[JSON]:
        running = [(choice, self._deltas(choice)) for choice in self._choices]
        for choice in self._choices:
            yield self._chunk(choice.index, self._opening(), usage)
        while running:
            for choice, deltas in list(running):
                delta = next(deltas, None)
                if delta is None:
                    running.remove((choice, deltas))
                    yield self._chunk(choice.index, {}, usage, finish_reason=self._finish_reason(choice))
                else:
                    explained = logprobs(delta.pop("logprobs")) if "logprobs" in delta else None
                    yield self._chunk(choice.index, delta, usage, logprobs=explained)
        if usage:
            yield self._frame() | {"choices": [], "usage": self._usage()}

    def _choice(self, index: int) -> Choice:
        """Prepare choice number i: it is what the seed i numbers further would give alone."""
        seed, body = self._seed + index, self._body
        stop = body.get("stop") or []
        sampling = requested(body)
        bias = {int(token): float(value) for token, value in (body.get("logit_bias") or {}).items()}
        texts = [call.arguments for call in self._plan.calls] or [self._plan.text]
        generations = tuple(
            Generation(
                self._encoding,
                text,
                sampling,
                seed=f"{seed}.{number}" if number else seed,
                stop=[stop] if isinstance(stop, str) else stop,
                limit=self._limit(number),
                logit_bias=bias,
                top_logprobs=(body.get("top_logprobs") or 0) if body.get("logprobs") else None,
                exact=self._is_exact(number),
            )
            for number, text in enumerate(texts)
        )
        return Choice(index, generations, self._empty_message())

    def _is_exact(self, number: int) -> bool:
        """Say whether a text, or the arguments of a call, come as planned: a high temperature breaks others."""
        if not self._plan.calls:
            return self._plan.exact
        offered = [tool.get("function") or {} for tool in self._body.get("tools") or ()]
        offered += self._body.get("functions") or []
        name = self._plan.calls[number].name
        return self._calm or any(one.get("strict") and one["name"] == name for one in offered)

    def _empty_message(self) -> JSON:
        if self._says == "refusal":
            return {"role": "assistant", "content": None, "refusal": "", "annotations": []}
        message: JSON = {"role": "assistant", "content": None if self._plan.calls else ""}
        if self._plan.calls and self._body.get("tools"):
            message["tool_calls"] = [tool_call(call) for call in self._plan.calls]
        elif self._plan.calls:
            message["function_call"] = {"name": self._plan.calls[0].name, "arguments": ""}
        return message | {"refusal": None, "annotations": []}

    def _asked_limit(self) -> int | None:
        limit = self._body.get("max_completion_tokens") or self._body.get("max_tokens")
        model = models.find(self._body["model"])
        window = (model.context_window if model else None) or LONGEST + self._prompt_tokens
        left = window - self._prompt_tokens
        return min(limit, LONGEST, left) if limit else left if left < MOST_TOKENS else None

    def _limit(self, number: int) -> int:
        """Tokens that this text, or the arguments of this call, may have."""
        limit = self._asked_limit()
        if limit is None:
            # A long answer that was written may be drawn to its end, and a little further.
            longest = max((len(text) for _, text in self._plan.text), default=0)
            return LONGEST_JSON if self._is_exact(number) else max(MOST_TOKENS, longest)
        if not self._plan.calls or self._plan.forced:
            return limit
        before = self._plan.calls[: number + 1]
        return max(0, limit - sum(encodings.count(call.name, self._encoding) + CALL_HEAD for call in before))

    def _opening(self) -> JSON:
        if not self._plan.calls:
            said = {"content": None, "refusal": ""} if self._says == "refusal" else {"content": "", "refusal": None}
            return {"role": "assistant"} | said
        opening: JSON = {"role": "assistant", "content": None}
        if not self._body.get("tools"):
            opening["function_call"] = {"name": self._plan.calls[0].name, "arguments": ""}
        return opening | {"refusal": None}

    def _deltas(self, choice: Choice) -> Iterator[JSON]:
        """Draw the deltas of a choice, and build its message from the same draws."""
        if not self._plan.calls:
            for piece in choice.generations[0]:
                choice.message[self._says] += piece.text
                yield {self._says: piece.text} | self._explained(choice, piece)
        elif self._body.get("tools"):
            yield from self._tool_deltas(choice)
        else:
            function_call = choice.message["function_call"]
            for piece in choice.generations[0]:
                function_call["arguments"] += piece.text
                yield {"function_call": {"arguments": piece.text}}

    def _tool_deltas(self, choice: Choice) -> Iterator[JSON]:
        calls = choice.message["tool_calls"]
        for index, (call, generation) in enumerate(zip(calls, choice.generations, strict=True)):
            yield {"tool_calls": [{"index": index, **call, "function": dict(call["function"])}]}
            for piece in generation:
                call["function"]["arguments"] += piece.text
                yield {"tool_calls": [{"index": index, "function": {"arguments": piece.text}}]}

    def _explained(self, choice: Choice, piece: Piece) -> JSON:
        if not self._body.get("logprobs"):
            return {}
        tokens = [token(chosen) for chosen in piece.tokens]
        choice.logprobs += tokens
        return {"logprobs": tokens}

    def _finish_reason(self, choice: Choice) -> str:
        if self._fault == "content-filter":
            return "content_filter"
        if any(generation.finish_reason == "length" for generation in choice.generations):
            return "length"
        if not self._plan.calls or self._plan.forced:
            return "stop"
        return "tool_calls" if self._body.get("tools") else "function_call"

    def _frame(self) -> JSON:
        return {
            "id": self._head["id"],
            "object": "chat.completion.chunk",
            "created": self._head["created"],
            "model": self._head["model"],
            "service_tier": self._tier,
            "system_fingerprint": FINGERPRINT,
        }

    def _chunk(
        self, index: int, delta: JSON, usage: bool, logprobs: JSON | None = None, finish_reason: str | None = None
    ) -> JSON:
        choice = {"index": index, "delta": delta, "logprobs": logprobs, "finish_reason": finish_reason}
        return self._frame() | {"choices": [choice]} | ({"usage": None} if usage else {})

    def _veiled(self, chunk: JSON) -> JSON:
        """Add letters that mean nothing, so that a chunk's size doesn't tell its text, where that is asked for."""
        if not (self._body.get("stream_options") or {}).get("include_obfuscation"):
            return chunk
        said = sum(len(str(choice["delta"])) for choice in chunk["choices"])
        return chunk | {"obfuscation": uuid4().hex[: 1 + (-said) % VEIL]}

    def _usage(self) -> JSON:
        completion = sum(self._completion_tokens(choice) for choice in self._choices)
        return {
            "prompt_tokens": self._prompt_tokens,
            "completion_tokens": completion,
            "total_tokens": self._prompt_tokens + completion,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {
                "reasoning_tokens": 0,
                "audio_tokens": 0,
                "accepted_prediction_tokens": 0,
                "rejected_prediction_tokens": 0,
            },
        }

    def _completion_tokens(self, choice: Choice) -> int:
        """Count what was drawn: the text as the ledger counts it, plus what another cutting into tokens costs more."""
        drawn = sum(generation.tokens for generation in choice.generations)
        if any(not generation.ended for generation in choice.generations):
            limit = self._asked_limit()
            return limit if limit and self._plan.calls and self._finish_reason(choice) == "length" else drawn
        written = sum(encodings.count(generation.text, self._encoding) for generation in choice.generations)
        message = choice.message if self._says == "content" else {"content": choice.message["refusal"]}
        return ledger.count_completion(message, self._body) + drawn - written


def answering(model: str) -> str:
    """Name the model that answers: the snapshot behind the asked name, and that it is simulated.

    >>> answering("gpt-4"), answering("gpt-6-luna")
    ('gpt-4-0613-simulated', 'gpt-6-luna-simulated')
    """
    found = models.find(model)
    return (found.snapshot if found and found.snapshot else model) + MARK
