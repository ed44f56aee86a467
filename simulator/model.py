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

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
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
STATES = 256
"""States of the corpus whose probabilities are kept: about 5 MB an encoding."""

Context = str
"""The tokens before, a character each: what is compared and looked up is a slice of a text."""
Paraphrase = tuple[float, str]
"""Weight and text of one way to say it."""

CORPUS = Path(__file__).parent / "corpus"


class Background:
    """The corpus of one encoding: an n-gram model with absolute discounting, each order interpolated with the next."""

    def __init__(self, encoding: str) -> None:
        encode = encodings.load(encoding).encode
        sentences = [encode(line) for file in sorted(CORPUS.glob("*.txt")) for line in _lines(file)]
        self._counts = _count(sentences)
        self.ids: Sequence[int] = (EOS, *sorted({token for ids in sentences for token in ids}))
        self.index = {token: at for at, token in enumerate(self.ids)}
        self._tables: dict[Context, tuple[np.ndarray, Vector, float]] = {}
        self._mixed = lru_cache(maxsize=STATES)(self._mix)

    def next(self, context: Context) -> tuple[Vector, Vector]:
        """Give the probability of each token after this context, and those before each added up; not to be changed."""
        known = 0
        while known < ORDER - 1 and context[len(context) - known - 1 :] in self._counts:
            known += 1
        return self._mixed(context[len(context) - known :])

    def _mix(self, known: Context) -> tuple[Vector, Vector]:
        # From the longest context down, so that what is left for the shorter ones is one number and not a vector.
        share, added = 1.0, []
        for table in (self._table(known[at:]) for at in range(len(known) + 1)):
            added.append((table[0], table[1] * share))
            share *= table[2]
        probabilities: Vector = np.full(len(self.ids), share / len(self.ids))
        for at, more in added:
            probabilities[at] += more
        return probabilities, np.concatenate(([0.0], np.cumsum(probabilities)))

    def _table(self, context: Context) -> tuple[np.ndarray, Vector, float]:
        """Give what follows a context, with discounted probabilities, and what is left; made when first needed."""
        if context not in self._tables:
            following = self._counts[context]
            at = np.array([self.index[token] for token in following])
            seen = np.array(list(following.values()))
            self._tables[context] = at, (seen - DISCOUNT) / seen.sum(), DISCOUNT * len(seen) / float(seen.sum())
        return self._tables[context]


@dataclass(frozen=True)
class Steps:
    """The few tokens that have nearly all the probability, on the ladder that all tokens make when it is added up."""

    at: tuple[int, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    total: float
    likeliest: int

    def climb(self, number: float) -> int | None:
        """Draw with a number from 0 to 1; None where it falls between these steps, on another token."""
        wanted = number * self.total
        step = bisect_right(self.upper, wanted)
        return self.at[step] if step < len(self.at) and wanted >= self.lower[step] else None


class LanguageModel:
    """Answers in front of a corpus."""

    def __init__(self, encoding: str, paraphrases: Sequence[Paraphrase]) -> None:
        encode = encodings.load(encoding).encode
        self.background = background(encoding)
        answers = [encode(text, disallowed_special=()) for _, text in paraphrases]
        known = self.background.index
        own = sorted(set[int]().union(*answers) - known.keys())
        self.ids: Sequence[int] = (*self.background.ids, *own)
        self.index = known | {token: len(known) + at for at, token in enumerate(own)}
        texts = [_text(ids) for ids in answers]
        self.order = _order(texts)
        self.start: Context = _text([BOS]) * (self.order - 1)
        whole = [self.start + text + _text([EOS]) for text in texts]
        self._answers = "".join(whole)
        self._ends = list(accumulate(map(len, whole)))
        self._weights = [weight for weight, _ in paraphrases]

    def next(self, context: Context) -> Vector:
        """Give the probability of each token after this context, in the order of ids."""
        share, following = self._known(context)
        probabilities: Vector = np.full(len(self.ids), FLOOR)
        probabilities[: len(self.background.ids)] += (1 - share) * self.background.next(context)[0]
        for at, part in following.items():
            probabilities[at] += share * part
        probabilities /= probabilities.sum()
        return probabilities

    def steps(self, context: Context) -> Steps | None:
        """Give the steps of next(), added up, on which the answers go on; None where they don't know the way."""
        share, following = self._known(context)
        if share < 1 - EPSILON:
            return None
        corpus, end = self.background.next(context)[1], len(self.background.ids)
        rest, answers, likeliest = 1 - share, 0.0, (0.0, 0)
        at, lower, upper = sorted(following), list[float](), list[float]()
        for place in at:
            lower.append(FLOOR * place + rest * float(corpus[min(place, end)]) + answers)
            answers += share * following[place]
            upper.append(FLOOR * (place + 1) + rest * float(corpus[min(place + 1, end)]) + answers)
            likeliest = max(likeliest, (upper[-1] - lower[-1], -place))
        total = FLOOR * len(self.ids) + rest * float(corpus[-1]) + answers
        return Steps(tuple(at), tuple(lower), tuple(upper), total, -likeliest[1])

    def after(self, context: Context, token: int) -> Context:
        """Move the context on by one token."""
        return context[1:] + chr(token - BOS)

    def _known(self, context: Context) -> tuple[float, dict[int, float]]:
        """Give the share of the answers after a context, and what they go on with."""
        for length in range(len(context), 0, -1):
            if following := self._following(context[len(context) - length :]):
                return 1 - EPSILON if length >= len(CONFIDENCE) else CONFIDENCE[length], following
        return CONFIDENCE[0], {}

    def _following(self, context: Context) -> dict[int, float]:
        """Weigh what the answers go on with, each time that these tokens stand in them."""
        found = dict[int, float]()
        at = self._answers.find(context)
        while at >= 0:
            behind = at + len(context)
            token = ord(self._answers[behind : behind + 1] or _text([BOS])) + BOS
            # Behind the end of an answer stands the beginning of the next one, and that follows nothing.
            if token != BOS:
                place = self.index[token]
                found[place] = found.get(place, 0.0) + self._weights[bisect_right(self._ends, behind)]
            at = self._answers.find(context, at + 1)
        total = sum(found.values())
        return {place: weight / total for place, weight in found.items()}


class ExactModel:
    """Answers and nothing else: after each token only those go on that began so. For JSON, which must stay valid."""

    def __init__(self, encoding: str, paraphrases: Sequence[Paraphrase]) -> None:
        encode = encodings.load(encodings.ordinary(encoding)).encode
        self._answers = [(weight, [*encode(text, disallowed_special=()), EOS]) for weight, text in paraphrases]
        self.ids: Sequence[int] = (EOS, *sorted({token for _, ids in self._answers for token in ids[:-1]}))
        self.index = {token: at for at, token in enumerate(self.ids)}
        self.start: Context = "".join(map(chr, (0, *range(len(self._answers)))))
        """How many tokens there are, and which answers begin with them: a character each, as all contexts are texts."""

    def next(self, context: Context) -> Vector:
        """Give the probability of each token after this context; what no answer goes on with has none."""
        probabilities: Vector = np.zeros(len(self.ids))
        at, *alive = map(ord, context)
        for answer in alive:
            weight, ids = self._answers[answer]
            probabilities[self.index[ids[at]]] += weight
        probabilities /= probabilities.sum()
        return probabilities

    def after(self, context: Context, token: int) -> Context:
        """Move the context on by one token."""
        at, *alive = map(ord, context)
        return chr(at + 1) + "".join(chr(answer) for answer in alive if self._answers[answer][1][at] == token)


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


def _text(ids: Iterable[int]) -> Context:
    return "".join([chr(token - BOS) for token in ids])


def _count(sentences: Iterable[list[int]]) -> dict[Context, dict[int, int]]:
    """Count what follows each context of up to ORDER - 1 tokens."""
    counts: dict[Context, dict[int, int]] = defaultdict(dict)
    for ids in sentences:
        padded = _text([*[BOS] * (ORDER - 1), *ids])
        for at, token in enumerate([*ids, EOS], ORDER - 1):
            for length in range(ORDER):
                following = counts[padded[at - length : at]]
                following[token] = following.get(token, 0) + 1
    return dict(counts)


def _order(texts: list[Context]) -> int:
    """Find the smallest order, from ORDER on, at which no answer goes on in two ways after the same context.

    Two sentences of one answer that end alike would otherwise end it early, or turn it in a circle at temperature 0.
    What all answers share (a name, a topic) is seen past: it doesn't tell in which of them it stands.
    """
    order = min(ORDER + _shared(texts), LONGEST_ORDER)
    while order < LONGEST_ORDER and any(_contradicts_itself(text, order) for text in texts):
        order += 1
    return order


def _shared(texts: list[Context]) -> int:
    """Measure the longest run of tokens that is in every text; 0 when there is only one text."""
    first, *others = sorted(texts, key=len)
    if not others:
        return 0
    # Where a run is shared, its beginning is: so the lengths are sorted by whether one of them is missing.
    return bisect_left(
        range(1, LONGEST_ORDER + 1),
        True,
        key=lambda length: not any(all(run in text for text in others) for run in _runs(first, length)),
    )


def _contradicts_itself(text: Context, order: int) -> bool:
    padded = _text([BOS]) * (order - 1) + text
    contexts = _runs(padded, order - 1)
    followed = _runs(padded + _text([EOS]), order)
    return len(set(followed)) > len(set(contexts))


def _runs(text: Context, length: int) -> list[Context]:
    """List all that stands in a row of this length."""
    return [text[at : at + length] for at in range(len(text) - length + 1)]
