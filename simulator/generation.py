"""Draws an answer, token by token, and cuts it where the request says. It yields text once that can't change any more.

>>> hello = ((1.0, "Hello John! How can I assist you today?"),)
>>> drawn = Generation("cl100k_base", hello, Sampling(temperature=0), limit=3)
>>> [piece.text for piece in drawn], drawn.finish_reason, drawn.tokens
(['Hello', ' John', '!'], 'length', 3)
"""

import codecs
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Literal

import numpy as np

from playground import encodings
from simulator.model import (
    EOS,
    FLOOR,
    Context,
    ExactModel,
    LanguageModel,
    Paraphrase,
    Steps,
    exact_model,
    language_model,
)
from simulator.sampler import Sampling, Vector, climb, draw, penalised, probabilities

MOST_TOKENS = 400
"""Where an answer ends at the latest. A real model that has broken down goes on to the end of its context."""
LADDERS, STEPS = 512, 4096
"""Contexts whose probabilities are kept, added up: of all tokens about 8 MB, of the few likely ones 4."""
IMPOSSIBLE = -9999.0
"""How the API writes the log probability of what can't happen."""


@dataclass(frozen=True)
class Chosen:
    """A token that was drawn, and what else might have been."""

    data: bytes
    logprob: float
    """Natural logarithm, of the distribution that was drawn from; at temperature 0 of that at temperature 1."""
    top: tuple[tuple[bytes, float], ...]


@dataclass(frozen=True)
class Piece:
    """Text that is certain, and the tokens drawn for it: several where a character spreads over tokens."""

    text: str
    tokens: tuple[Chosen, ...]


class Generation:
    """One answer in the making; iterate it once. The other attributes are right when it has ended."""

    def __init__(
        self,
        encoding: str,
        paraphrases: tuple[Paraphrase, ...],
        sampling: Sampling,
        seed: int | str = 0,
        stop: Sequence[str] = (),
        limit: int = MOST_TOKENS,
        logit_bias: Mapping[int, float] | None = None,
        top_logprobs: int | None = None,
        exact: bool = False,
    ) -> None:
        """Exact: one of the paraphrases is drawn to its letter, at any temperature."""
        self.finish_reason: Literal["stop", "length"] = "length"
        self.ended = False
        """Whether the model drew its own end, rather than being cut."""
        self.tokens = 0
        """Tokens drawn, the end not counted."""
        self.text = ""
        self._decode_token = encodings.load(encodings.ordinary(encoding)).decode_single_token_bytes
        self._model: LanguageModel | ExactModel = (
            exact_model(encoding, paraphrases) if exact else language_model(encoding, paraphrases)
        )
        self._least = 0.0 if exact else FLOOR
        self._vocabulary, self._bias = self._biased(self._model, logit_bias or {})
        self._sampling, self._limit, self._top = sampling, limit, top_logprobs or 0
        self._explain = top_logprobs is not None
        penalties = sampling.frequency_penalty or sampling.presence_penalty
        self._plain = not (self._explain or logit_bias or penalties)
        # A text as seed is hashed by Random itself, the same way on every machine; neighbouring seeds share nothing.
        self._random = Random(f"simulator {seed}")
        self._stop = tuple(text for text in stop if text)

    def __iter__(self) -> Iterator[Piece]:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        waiting, chosen = "", []
        for token in self._draw():
            chosen.append(token)
            waiting += decoder.decode(token.data)
            cut = self._cut(waiting)
            if cut is not None:
                self.finish_reason = "stop"
                yield from self._emit(waiting[:cut], chosen)
                return
            certain = len(waiting) - self._possible_stop(waiting)
            if certain:
                yield from self._emit(waiting[:certain], chosen)
                waiting, chosen = waiting[certain:], []
        waiting += decoder.decode(b"", final=True)
        cut = self._cut(waiting)
        if cut is not None:
            self.finish_reason = "stop"
        yield from self._emit(waiting[:cut], chosen)

    def _draw(self) -> Iterator[Chosen]:
        model, context = self._model, self._model.start
        counts: Vector = np.zeros(len(self._vocabulary))
        while self.tokens < self._limit:
            at = self._plainly(context) if self._plain else None
            if at is None:
                next_: Vector = np.full(len(self._vocabulary), self._least)
                next_[: len(model.ids)] = model.next(context)
                with np.errstate(divide="ignore"):
                    logits = penalised(np.log(next_), counts, self._bias, self._sampling)
                shaped = probabilities(logits, self._sampling)
                at = draw(shaped, self._random)
            if self._vocabulary[at] == EOS:
                self.finish_reason, self.ended = "stop", True
                return
            self.tokens += 1
            counts[at] += 1
            context = model.after(context, self._vocabulary[at])
            yield self._chosen(at, logits, shaped) if self._explain else Chosen(self._bytes(at), 0.0, ())

    def _plainly(self, context: Context) -> int:
        """Draw where nothing but the context decides: what was added up for one answer serves the next."""
        temperature, top_p = self._sampling.temperature, self._sampling.top_p
        number = self._random.random() if temperature > 0 else 0.0
        if isinstance(self._model, LanguageModel) and (temperature, top_p) in ((0, top_p), (1, 1)):
            # Mostly the answers know the way, and the hundreds of tokens beside it needn't be looked at.
            steps = _steps(self._model, context)
            at = None if steps is None else steps.climb(number) if temperature else steps.likeliest
            if at is not None:
                return at
        ladder, likeliest = _ladder(self._model, context, temperature, top_p)
        return climb(ladder, likeliest, number) if temperature > 0 else likeliest

    def _chosen(self, at: int, logits: Vector, shaped: Vector) -> Chosen:
        # At temperature 0 one token has it all; what is told is how likely it was before it took all.
        weights = shaped if self._sampling.temperature > 0 else probabilities(logits, Sampling())
        top = []
        for one in np.argsort(-weights, kind="stable")[: self._top] if self._top else ():
            top.append((self._bytes(int(one)), _logprob(weights[one])))
        return Chosen(self._bytes(at), _logprob(weights[at]), tuple(top))

    def _bytes(self, at: int) -> bytes:
        token = self._vocabulary[at]
        return b"" if token == EOS else self._decode_token(token)

    def _emit(self, text: str, chosen: list[Chosen]) -> Iterator[Piece]:
        if text or chosen:
            self.text += text
            yield Piece(text, tuple(chosen))

    def _cut(self, text: str) -> int | None:
        """Find where the first of the stop texts begins."""
        found = [at for stop in self._stop if (at := text.find(stop)) >= 0]
        return min(found, default=None)

    def _possible_stop(self, text: str) -> int:
        """Count the characters at the end of a text that may be the beginning of a stop text."""
        for length in range(min(len(text), max((len(stop) for stop in self._stop), default=0)), 0, -1):
            if any(stop.startswith(text[-length:]) for stop in self._stop):
                return length
        return 0

    def _biased(
        self, model: LanguageModel | ExactModel, logit_bias: Mapping[int, float]
    ) -> tuple[tuple[int, ...], Vector]:
        """Add the tokens that logit_bias names to the vocabulary, those that exist."""
        more = []
        for token in logit_bias:
            if token not in model.index and self._exists(token):
                more.append(token)
        vocabulary = (*model.ids, *more)
        bias: Vector = np.zeros(len(vocabulary))
        if logit_bias:
            for at, token in enumerate(vocabulary):
                bias[at] = logit_bias.get(token, 0.0)
        return vocabulary, bias

    def _exists(self, token: int) -> bool:
        try:
            self._decode_token(token)
        except (KeyError, OverflowError):
            return False
        return True


@lru_cache(maxsize=STEPS)
def _steps(model: LanguageModel, context: Context) -> Steps | None:
    return model.steps(context)


@lru_cache(maxsize=LADDERS)
def _ladder(
    model: LanguageModel | ExactModel, context: Context, temperature: float, top_p: float
) -> tuple[Vector, int]:
    """Add up the probabilities after a context, and name the likeliest."""
    distribution = model.next(context)
    likeliest = int(np.argmax(distribution))
    if temperature <= 0:
        return distribution[:0], likeliest
    if temperature != 1 or top_p < 1:
        with np.errstate(divide="ignore"):
            distribution = probabilities(np.log(distribution), Sampling(temperature, top_p))
    return np.cumsum(distribution), likeliest


def score(
    encoding: str, paraphrases: tuple[Paraphrase, ...], ids: Sequence[int], top: int = 0
) -> Iterator[Chosen | None]:
    """Weigh tokens that were not drawn, each after those before it; before the first there is nothing, so None."""
    model = language_model(encoding, paraphrases)
    decode = encodings.load(encodings.ordinary(encoding)).decode_single_token_bytes
    context = model.start
    for number, token in enumerate(ids):
        if number == 0:
            yield None
        else:
            weights = model.next(context)
            likeliest = [int(at) for at in np.argsort(-weights, kind="stable")[:top]] if top else []
            data = [b"" if model.ids[at] == EOS else decode(model.ids[at]) for at in likeliest]
            named = tuple((one, _logprob(weights[at])) for one, at in zip(data, likeliest, strict=True))
            at = model.index.get(token)
            yield Chosen(decode(token), _logprob(FLOOR if at is None else weights[at]), named)
        context = model.after(context, token)


def _logprob(probability: float) -> float:
    return max(math.log(probability), IMPOSSIBLE) if probability > 0 else IMPOSSIBLE
