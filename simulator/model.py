"""The language model: what may come next, with probabilities. It is tiny, it is honest about it, and it draws nothing.

It knows a few written answers (paraphrases with weights) and, behind them, a small corpus of everyday sentences:
P = (1 - epsilon) * P_answers + epsilon * P_corpus. Both are n-gram models over the tokens of the model's encoding.
On the trodden path the answers speak; a token off the path, which a high temperature draws now and then, leaves the
corpus to go on: that is how this model breaks down, as a real one does.

>>> model = language_model("cl100k_base", ((0.9, "Hello John!"), (0.1, "Hi John!")))
>>> likeliest = model.next(model.start).argmax()
>>> model.ids[likeliest], round(float(model.next(model.start)[likeliest]), 3)
(9906, 0.9)
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from playground import encodings
from simulator.sampler import Vector

EOS = -1
"""The end of an answer: an ordinary entry of the vocabulary, drawn like any other."""
BOS = -2
"""What stands before the first token. It is never EOS: a model that begins where it ends says nothing."""

ORDER = 6
"""A token depends on the five before it; on more where an answer would else contradict itself."""
LONGEST_ORDER = 48
EPSILON = 2e-5
"""The share of the corpus on the trodden path: at temperature 1 once in 2 500 answers, at 2 in most of them."""
CONFIDENCE = (0.0, 0.03, 0.3)
"""The share of the answers when they know only the last 0, 1 or 2 tokens of the context."""
FLOOR = 1e-10
"""No token is impossible, so that logit_bias can reach each one."""
DISCOUNT = 0.75

Context = tuple[int, ...]
Paraphrase = tuple[float, str]
"""Weight and text of one way to say it."""

CORPUS = Path(__file__).parent / "corpus"


class Background:
    """The corpus of one encoding: an n-gram model with absolute discounting, each order interpolated with the next."""

    def __init__(self, encoding: str) -> None:
        encode = encodings.load(encoding).encode
        sentences = [encode(line) for file in sorted(CORPUS.glob("*.txt")) for line in _lines(file)]
        self._counts = _count(((1.0, ids) for ids in sentences), ORDER, shortest=0)
        self.ids: Sequence[int] = (EOS, *sorted({token for ids in sentences for token in ids}))
        self.index = {token: at for at, token in enumerate(self.ids)}
        self._tables: dict[Context, tuple[np.ndarray, Vector, float]] = {}

    def _table(self, context: Context) -> tuple[np.ndarray, Vector, float] | None:
        """Give what follows a context, with discounted probabilities, and what is left; made when first needed."""
        known = self._tables.get(context)
        following = self._counts.get(context) if known is None else None
        if following is None:
            return known
        at = np.array([self.index[token] for token in following])
        seen = np.array(list(following.values()))
        known = at, (seen - DISCOUNT) / seen.sum(), DISCOUNT * len(seen) / float(seen.sum())
        self._tables[context] = known
        return known

    def next(self, context: Context) -> Vector:
        """Give the probability of each token after this context."""
        tables = []
        for length in range(ORDER):
            known = self._table(context[len(context) - length :])
            if known is None:
                break
            tables.append(known)
        # From the longest context down, so that what is left for the shorter ones is one number and not a vector.
        share, added = 1.0, []
        for at, discounted, left in reversed(tables):
            added.append((at, discounted * share))
            share *= left
        probabilities: Vector = np.full(len(self.ids), share / len(self.ids))
        for at, more in added:
            probabilities[at] += more
        return probabilities


class LanguageModel:
    """Answers in front of a corpus."""

    def __init__(self, encoding: str, paraphrases: Sequence[Paraphrase]) -> None:
        encode = encodings.load(encoding).encode
        self.background = background(encoding)
        answers = [(weight, encode(text, disallowed_special=())) for weight, text in paraphrases]
        self.order = _order(ids for _, ids in answers)
        known = self.background.index
        own = sorted({token for _, ids in answers for token in ids if token not in known})
        self.ids: Sequence[int] = (*self.background.ids, *own)
        self.index = {token: at for at, token in enumerate(self.ids)}
        self.start: Context = (BOS,) * (self.order - 1)
        self._answers = [(weight, [*self.start, *ids, EOS]) for weight, ids in answers]
        self._behind: dict[int, list[tuple[int, int]]] = defaultdict(list)
        """Token -> where the answers go on behind it: which answer, and which place in it."""
        for which, (_, ids) in enumerate(self._answers):
            for at in range(self.order - 1, len(ids)):
                self._behind[ids[at - 1]].append((which, at))
        self._tables: dict[Context, tuple[int, tuple[np.ndarray, Vector] | None]] = {}

    def next(self, context: Context) -> Vector:
        """Give the probability of each token after this context, in the order of ids."""
        matched, table = self._longest(context)
        share = 1 - EPSILON if matched >= len(CONFIDENCE) else CONFIDENCE[matched]
        probabilities: Vector = np.full(len(self.ids), FLOOR)
        probabilities[: len(self.background.ids)] += (1 - share) * self.background.next(context)
        if table is not None:
            at, following = table
            probabilities[at] += share * following
        probabilities /= probabilities.sum()
        return probabilities

    def after(self, context: Context, token: int) -> Context:
        """Move the context on by one token."""
        return (*context[1:], token)

    def _longest(self, context: Context) -> tuple[int, tuple[np.ndarray, Vector] | None]:
        """Give how many last tokens of a context the answers know, and what follows those; made when first needed."""
        if context not in self._tables:
            self._tables[context] = self._counted(context)
        return self._tables[context]

    def _counted(self, context: Context) -> tuple[int, tuple[np.ndarray, Vector] | None]:
        longest, following = 0, dict[int, float]()
        for which, at in self._behind.get(context[-1], ()):
            weight, ids = self._answers[which]
            known = 1
            while known < self.order - 1 and ids[at - 1 - known] == context[-1 - known]:
                known += 1
            if known > longest:
                longest, following = known, {}
            if known == longest:
                following[ids[at]] = following.get(ids[at], 0.0) + weight
        if not longest:
            return 0, None
        weights = np.array(list(following.values()))
        return longest, (np.array([self.index[token] for token in following]), weights / weights.sum())


class ExactModel:
    """Answers and nothing else: after each token only those go on that began so. For JSON, which must stay valid."""

    def __init__(self, encoding: str, paraphrases: Sequence[Paraphrase]) -> None:
        encode = encodings.load(encodings.ordinary(encoding)).encode
        self._answers = [(weight, [*encode(text, disallowed_special=()), EOS]) for weight, text in paraphrases]
        self.ids: Sequence[int] = (EOS, *sorted({token for _, ids in self._answers for token in ids[:-1]}))
        self.index = {token: at for at, token in enumerate(self.ids)}
        self.start: Context = (0, *range(len(self._answers)))
        """How many tokens there are, and which answers begin with them."""

    def next(self, context: Context) -> Vector:
        """Give the probability of each token after this context; what no answer goes on with has none."""
        probabilities: Vector = np.zeros(len(self.ids))
        at, *alive = context
        for answer in alive:
            weight, ids = self._answers[answer]
            probabilities[self.index[ids[at]]] += weight
        probabilities /= probabilities.sum()
        return probabilities

    def after(self, context: Context, token: int) -> Context:
        """Move the context on by one token."""
        at, *alive = context
        return (at + 1, *(answer for answer in alive if self._answers[answer][1][at] == token))


@lru_cache(maxsize=256)
def language_model(encoding: str, paraphrases: tuple[Paraphrase, ...]) -> LanguageModel:
    """Build the model of some answers; the last 256 are kept."""
    return LanguageModel(encodings.ordinary(encoding), paraphrases)


@lru_cache(maxsize=64)
def exact_model(encoding: str, paraphrases: tuple[Paraphrase, ...]) -> ExactModel:
    """Build the model of answers that come to the letter; the last 64 are kept: an agent asks for the same again."""
    return ExactModel(encoding, paraphrases)


@cache
def background(encoding: str) -> Background:
    """Build the corpus model of an encoding, once."""
    return Background(encoding)


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line]


def _count(texts: Iterable[tuple[float, list[int]]], order: int, shortest: int) -> dict[Context, dict[int, float]]:
    """Count what follows each context of up to order - 1 tokens, each text with its weight."""
    counts: dict[Context, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for weight, ids in texts:
        padded = [BOS] * (order - 1) + ids + [EOS]
        for at in range(order - 1, len(padded)):
            for length in range(shortest, order):
                counts[tuple(padded[at - length : at])][padded[at]] += weight
    return counts


def _order(answers: Iterable[list[int]]) -> int:
    """Find the smallest order, from ORDER on, at which no answer goes on in two ways after the same context.

    Two sentences of one answer that end alike would otherwise end it early, or turn it in a circle at temperature 0.
    What all answers share (a name, a topic) is seen past: it doesn't tell in which of them it stands.
    """
    texts = list(answers)
    order = min(ORDER + _shared(texts), LONGEST_ORDER)
    while order < LONGEST_ORDER and any(_contradicts_itself(ids, order) for ids in texts):
        order += 1
    return order


def _shared(texts: list[list[int]]) -> int:
    """Measure the longest run of tokens that is in every text; 0 when there is only one text."""
    length = 0
    while len(texts) > 1 and length < LONGEST_ORDER:
        runs = ({tuple(ids[at : at + length + 1]) for at in range(len(ids) - length)} for ids in texts)
        if not set.intersection(*runs):
            break
        length += 1
    return length


def _contradicts_itself(ids: list[int], order: int) -> bool:
    padded = [BOS] * (order - 1) + ids + [EOS]
    following: dict[Context, int] = {}
    for at in range(order - 1, len(padded)):
        if following.setdefault(tuple(padded[at - order + 1 : at]), padded[at]) != padded[at]:
            return True
    return False
