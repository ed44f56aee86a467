"""An answer of the older Completions API: a text goes in, text comes out. No messages, no roles, no functions.

The simulator answers a prompt as it would answer a user's message; a prompt that one of its stories begins with, it
continues.
"""

import codecs
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import getrandbits
from typing import Any
from uuid import uuid4

from playground import encodings
from simulator.completion import FINGERPRINT, LONGEST, answering
from simulator.generation import Chosen, Generation, score
from simulator.intents import plan
from simulator.model import Paraphrase
from simulator.phrases import book, fill, weighted
from simulator.sampler import requested

MAX_TOKENS = 16
"""What this API assumes when the request says nothing."""
BEGINNING = "<|endoftext|>"
"""The prompt of a request without one: a new document begins."""

JSON = dict[str, Any]
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Prompt:
    """One of the prompts of a request: its tokens, and the text that they are."""

    ids: tuple[int, ...]
    text: str


@dataclass
class Choice:
    """One text, while it is drawn and after."""

    index: int
    prompt: Prompt
    answers: tuple[Paraphrase, ...]
    generation: Generation
    text: str = ""
    tokens: list[Chosen | None] = field(default_factory=list)
    """None stands for the first token of a prompt: nothing came before it that could make it likely."""
    offset: int = 0
    """Characters before the token that is described next."""
    decoder: codecs.IncrementalDecoder = field(default_factory=lambda: codecs.getincrementaldecoder("utf-8")("replace"))


class TextCompletion:
    """One request's answer; ask it for whole() or for chunks(), once."""

    def __init__(self, body: Body, prompts: tuple[Prompt, ...], seed: int | None = None) -> None:
        """The seed counts when the body names none; without both, chance decides."""
        self._body = body
        self._encoding = encodings.for_model(body["model"])[0]
        self._decode_token = encodings.load(encodings.ordinary(self._encoding)).decode_single_token_bytes
        self._prompt_tokens = sum(len(prompt.ids) for prompt in prompts)
        own = body.get("seed")
        self._seed: int = own if own is not None else getrandbits(48) if seed is None else seed
        each: int = body.get("n") or 1
        self._choices = [
            self._choice(number * each + way, way, prompt)
            for number, prompt in enumerate(prompts)
            for way in range(each)
        ]
        self.n = len(self._choices)
        self._head = {
            "id": f"cmpl-{uuid4().hex[:29]}",
            "object": "text_completion",
            "created": int(time.time()),
            "model": answering(body["model"]),
        }

    @property
    def tokens(self) -> int:
        """The longest answer so far, in tokens."""
        return max(choice.generation.tokens for choice in self._choices)

    def whole(self) -> JSON:
        """Draw everything and give the answer in one piece."""
        for choice in self._choices:
            for _ in self._pieces(choice):
                pass
        choices = [
            {
                "text": choice.text,
                "index": choice.index,
                "logprobs": self._logprobs(choice, choice.tokens),
                "finish_reason": choice.generation.finish_reason,
            }
            for choice in self._choices
        ]
        return self._head | {"choices": choices, "usage": self._usage(), "system_fingerprint": FINGERPRINT}

    def chunks(self) -> Iterator[JSON]:
        """Draw while the chunks are taken; the choices take turns."""
        wanted = bool((self._body.get("stream_options") or {}).get("include_usage"))
        more: JSON = {"usage": None} if wanted else {}
        running = [(choice, self._pieces(choice)) for choice in self._choices]
        while running:
            for choice, pieces in list(running):
                before = len(choice.tokens)
                text = next(pieces, None)
                if text is None:
                    running.remove((choice, pieces))
                    yield self._chunk(choice, "", None, choice.generation.finish_reason) | more
                else:
                    yield self._chunk(choice, text, self._logprobs(choice, choice.tokens[before:]), None) | more
        if wanted:
            yield self._head | {"choices": [], "usage": self._usage(), "system_fingerprint": FINGERPRINT}

    def _choice(self, index: int, way: int, prompt: Prompt) -> Choice:
        """Prepare a choice: choice i of a prompt is what the seed i numbers further would give alone."""
        body = self._body
        stop = body.get("stop") or []
        limit = body.get("max_tokens")
        answers = said_after(prompt.text)
        generation = Generation(
            self._encoding,
            answers,
            requested(body),
            seed=self._seed + way,
            stop=[stop] if isinstance(stop, str) else stop,
            limit=min(MAX_TOKENS if limit is None else limit, LONGEST),
            logit_bias={int(token): float(value) for token, value in (body.get("logit_bias") or {}).items()},
            top_logprobs=body.get("logprobs"),
        )
        return Choice(index, prompt, answers, generation, offset=0 if body.get("echo") else len(prompt.text))

    def _pieces(self, choice: Choice) -> Iterator[str]:
        """Draw the text of a choice, behind the prompt where it is to be repeated."""
        if self._body.get("echo"):
            if self._body.get("logprobs") is not None:
                choice.tokens += score(self._encoding, choice.answers, choice.prompt.ids, self._body["logprobs"])
            choice.text += choice.prompt.text
            yield choice.prompt.text
        for piece in choice.generation:
            choice.text += piece.text
            choice.tokens += piece.tokens
            yield piece.text

    def _chunk(self, choice: Choice, text: str, logprobs: JSON | None, finish_reason: str | None) -> JSON:
        one = {"text": text, "index": choice.index, "logprobs": logprobs, "finish_reason": finish_reason}
        return self._head | {"choices": [one], "system_fingerprint": FINGERPRINT}

    def _logprobs(self, choice: Choice, tokens: list[Chosen | None]) -> JSON | None:
        """Describe the next tokens as this API does; their offsets count from the beginning of the prompt."""
        asked = self._body.get("logprobs")
        if asked is None:
            return None
        offsets, data = [], []
        for one in tokens:
            data.append(self._decode_token(choice.prompt.ids[0]) if one is None else one.data)
            offsets.append(choice.offset)
            choice.offset += len(choice.decoder.decode(data[-1]))
        return {
            "tokens": [_shown(one) for one in data],
            "token_logprobs": [one and one.logprob for one in tokens],
            "top_logprobs": [one and _top(one) for one in tokens] if asked else None,
            "text_offset": offsets,
        }

    def _usage(self) -> JSON:
        completion = sum(choice.generation.tokens for choice in self._choices)
        return {
            "prompt_tokens": self._prompt_tokens,
            "completion_tokens": completion,
            "total_tokens": self._prompt_tokens + completion,
        }


def prompts(body: Body) -> tuple[Prompt, ...]:
    """Read the prompts: one text, one list of token ids, or a list of either. They have been checked."""
    asked = body.get("prompt")
    asked = BEGINNING if asked is None else asked
    each = [asked] if isinstance(asked, str) or isinstance(asked[0], int) else asked
    encoding = encodings.load(encodings.ordinary(encodings.for_model(body["model"])[0]))

    def read(one: str | list[int]) -> Prompt:
        if isinstance(one, str):
            # This API reads the names of special tokens in a text as those tokens.
            return Prompt(tuple(encoding.encode(one, allowed_special={BEGINNING}, disallowed_special=())), one)
        return Prompt(tuple(one), encoding.decode(one))

    return tuple(read(one) for one in each)


def said_after(prompt: str) -> tuple[Paraphrase, ...]:
    """Find what may follow a prompt: the rest of a story that begins so, else an answer two lines further down."""
    begun = prompt.strip().lower()
    stories = [fill(text, topic="the sea") for text in book("creative")["story"]["en"]]
    rest = [text[len(begun) :] for text in stories if len(begun) > 3 and text.lower().startswith(begun)]
    if any(rest):
        return weighted([text for text in rest if text], even=True)
    text = "" if prompt == BEGINNING else prompt
    answer = plan({"messages": [{"role": "user", "content": text}]})
    return tuple((weight, f"\n\n{said}") for weight, said in answer.text)


def _shown(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return "bytes:" + "".join(f"\\x{byte:02x}" for byte in data)


def _top(chosen: Chosen) -> dict[str, float]:
    """The likeliest tokens and, always, the one that was drawn."""
    named = {_shown(data) if data else BEGINNING: logprob for data, logprob in chosen.top}
    return named | {_shown(chosen.data): chosen.logprob}
