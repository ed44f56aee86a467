"""Which functions a prompt asks for: by name, description and parameters, in English and Korean. It fills no argument.

A prompt is cut where one thing that is asked ends and another begins; each piece is weighed against each function. A
word counts by where the function uses it, and less the more of the functions use it. Below the threshold none is meant.

>>> offers = (Offer("get_time", "Get the local time", {}), Offer("calculate", "Evaluate an arithmetic expression", {}))
>>> [(task.offer.name, task.text) for task in tasks("What time is it in Seoul, and what is 12*7", offers)]
[('get_time', 'What time is it in Seoul'), ('calculate', 'what is 12*7')]
>>> tasks("Hello! I'm John.", offers)
()
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simulator import course, spans, units
from simulator.argument_choices import OPEN, spots
from simulator.conversation import Offer
from simulator.phrases import Language, pattern
from simulator.word_forms import meanings, parts, stem

ENOUGH = 2.0
"""What a function has to reach to be asked for."""
IN_NAME, IN_DESCRIPTION, IN_PARAMETERS, NAMED = 3.0, 1.0, 0.75, 12.0
"""What a word counts in each place, and what the function's own name counts."""
VERBS = 0.5
"""The share of a word that many functions are named by."""

_COMMON = frozenset(
    ("create", "update", "list", "read", "write", "send", "insert", "delete", "run", "set", "add", "name")
)
_CUT = re.compile(
    r"(?<=[.!?;\n])\s+|\n+|\s*,\s*(?:and\s+(?:then\s+|also\s+)?|then\s+|also\s+)?|\s+(?:and|then|also|plus)\s+(?:then\s+|also\s+)?"
    r"|(?<=[가-힣][주하내려리켜꺼찾하]고),?\s+|(?<=[해줘][줘서])\s+|\s*그리고\s+|\s+또\s+|(?<=[가-힣])(?:와|과|이랑|하고|랑)\s+",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\([^)]{0,300}\)|\d,\d{3}(?!\d)|\bplus\s+-?\d|\b[Bb]etween\b[^.?!]{1,60}?\band\b"
    r"|\b(?:in|for|at|near|to|from)\s+[A-Z][\w'’]*(?: [A-Z]\w+)*,\s"
    r"(?:[A-Z]{2}\b|[A-Z]\w+(?: [A-Z]\w+)*(?!\s*,|\s+and\b|\w))"
)
_TOGETHER = (spans.QUOTED, spans.EXPRESSION, spans.DATE)
_SIGN_MEANINGS = (("+", "add"), ("-", "subtract"), ("*", "multiply"), ("/", "divide"), ("**", "power"))
_PRICED = re.compile(
    r"\bhow much (?:do|does|is|are|for|would)\b.{1,80}\bcosts?\b|\b(?:price|cost) of\b"
    r"|[가-힣] ?얼마(?:예요|에요|야|인가요|입니까|\?)|가격",
    re.IGNORECASE,
)
_SIGNS_OF = (
    (spans.EMAIL, "email"),
    (spans.URL, stem("url")),
    (spans.FILE, "file"),
    (re.compile(r"\bselect\b.+\bfrom\b", re.IGNORECASE), "database"),
    (re.compile(r"\d\s?%"), "percent"),
    (
        re.compile(r"\b(?:how (?:do i|to|can i) get|the way) (?:from|to)\b|어떻게 가|가는 (?:법|방법)", re.IGNORECASE),
        "route",
    ),
    (_PRICED, "price"),
    (_PRICED, "product"),
    (
        re.compile(
            r"\b(?:temperature|rain|sunny|snow|(?:need|take|bring|carry|use)\b.{0,20}\bumbrella)|기온|우산.{0,12}(?:가져|챙|필요|써)",
            re.IGNORECASE,
        ),
        "weather",
    ),
)
_NO_TOOLS = re.compile(
    r"\b(?:do not|don['’]t|without|never) (?:use|using|call|calling)\b[^.]{0,20}\b(?:tools?|functions?)\b"
    r"|(?:함수|도구)[^.]{0,10}(?:쓰지|사용하지|호출하지) ?(?:말|마)",
    re.IGNORECASE,
)
_ASKS_FACT = re.compile(
    r"^\W*(?:who|when|where|which|how (?:many|much|old|tall|far)|what (?:is|are|was|were|happened))\b"
    r"(?!.*\b(?:i|my|me|you|your)\b)"
    r"|^(?!.*(?:나|내|너|네|당신)(?:는|가|의)? ).*(?:누구|언제|어디|몇|무엇|뭐)[^.]{0,12}\?",
    re.IGNORECASE,
)
ORDERS = re.compile(
    r"^\W*(?:please |then |also )*(?:set|turn|switch|change|dim|open|close|lock|unlock|start|stop|pause|cancel|delete"
    r"|book|order|send|email|play|remind|create|schedule|add|remove)\b(?! (?:it|that|them|this)\b)",
    re.IGNORECASE,
)
"""A piece that gives an order of its own tells no more about the one before."""
_FINDS = frozenset(("search", "web", "wikipedia", "retriever", "knowledge"))


@dataclass(frozen=True)
class Task:
    """One thing that a prompt asks for, and the function that does it."""

    offer: Offer
    text: str
    whole: str
    """All that was said about it, as it stands in the prompt."""
    before: tuple[str, ...] = ()
    """Pieces before the one that names the function: they may say for what else."""
    after: tuple[str, ...] = ()
    """Pieces after it that name no function of their own."""


def tasks(
    prompt: str, offers: tuple[Offer, ...], belongs: Callable[[Offer, str], bool] | None = None
) -> tuple[Task, ...]:
    """Cut a prompt into what it asks for, in its order.

    belongs says of a piece that names the same function as the one before whether it only tells more about that one.
    """
    if not offers or _NO_TOOLS.search(prompt):
        return ()
    weighing = Weighing(offers)
    found: list[tuple[Offer, list[tuple[int, int]], int]] = []  # the function, its pieces, which of them names it
    waiting: list[tuple[int, int]] = []
    for start, end in pieces(prompt):
        offer = weighing.best(prompt[start:end])
        more = offer is not None and found and found[-1][0] == offer and belongs and belongs(offer, prompt[start:end])
        if found and (offer is None or more):
            found[-1][1].append((start, end))
        elif offer is None:
            waiting.append((start, end))
        else:
            found.append((offer, [*waiting, (start, end)], len(waiting)))
            waiting = []
    if not found:
        # What no piece says by itself, all of them may say together.
        whole = weighing.best(prompt)
        if whole is None and _asks_fact(prompt):
            whole = next((one for one in offers if _FINDS & meanings(one.name)), None)
        return (Task(whole, prompt, prompt),) if whole else ()
    return tuple(_task(prompt, *one) for one in found)


def _asks_fact(prompt: str) -> bool:
    """Say whether a prompt asks for a fact that the model doesn't know by itself; the words of the course it knows."""
    language: Language = "ko" if re.search("[가-힣]", prompt) else "en"
    known = spans.expression(prompt) or course.term(prompt, language)
    return bool(_ASKS_FACT.search(prompt.strip())) and not known


def _task(prompt: str, offer: Offer, where: list[tuple[int, int]], at: int) -> Task:
    texts = [prompt[start:end] for start, end in where]
    return Task(offer, texts[at], prompt[where[0][0] : where[-1][1]], tuple(texts[:at]), tuple(texts[at + 1 :]))


def pieces(prompt: str) -> list[tuple[int, int]]:
    """Cut a prompt at commas, full stops and conjunctions, but nothing that belongs together; give begins and ends."""
    kept = [match.span() for found in (_JOINED, *_TOGETHER) for match in found.finditer(prompt)]
    found, start = [], 0
    for begin, end in [match.span() for match in _CUT.finditer(prompt)] + [(len(prompt), len(prompt))]:
        if begin < len(prompt) and any(inside[0] < end and begin < inside[1] for inside in kept):
            continue
        if re.search(r"\w", prompt[start:begin]):
            found.append((start, begin))
        start = end
    return found


def is_answer(offer: Offer) -> bool:
    """Say whether a function takes the answer itself rather than doing something: final_result, respond, submit."""
    return bool(_ANSWERS.search(offer.name) or _ANSWERS_TOLD.search(offer.description))


_ANSWERS = re.compile(r"(?:^|_)(?:final|answer|respond|response|finish|submit|reply|done)(?:_|$)", re.IGNORECASE)
_ANSWERS_TOLD = re.compile(
    r"\bfinal (?:response|answer|result|output)\b|\bends (?:this|the) conversation\b", re.IGNORECASE
)


class Weighing:
    """The words of some functions, weighed by how many of them use each."""

    def __init__(self, offers: tuple[Offer, ...]) -> None:
        """A word of names is shared by those that are named by it; any other by all that use it."""
        self._offers = offers
        self._words = [_words(offer) for offer in offers]
        self._used = Counter(word for words in self._words for word in words)
        self._named = Counter(word for offer in offers for word in meanings(offer.name))

    def best(self, piece: str) -> Offer | None:
        """Give the function that a piece of a prompt asks for; None when it asks for none."""
        scored = [(self.score(piece, at), -at) for at in range(len(self._offers))]
        score, at = max(scored, default=(0.0, 0))
        return self._offers[-at] if score >= ENOUGH else None

    def score(self, piece: str, at: int) -> float:
        """Weigh a piece of a prompt against a function."""
        offer, words = self._offers[at], self._words[at]
        # The sign of a sum is none of its words: 6 times 7 asks for no time.
        said = meanings(spans.EXPRESSION.sub(" ", piece)) | set(_implied(piece))
        named = meanings(offer.name)
        shared = {word: (self._named if word in named else self._used)[word] for word in said if word in words}
        total = sum(words[word] / math.sqrt(users) for word, users in shared.items())
        if _names(piece, offer.name):
            total += NAMED
        if _takes_number(offer) and len(said & _listed(offer)) > 1 and re.search(r"\d", piece):
            # A number, what it is in and what it shall be in: "How many kilometers are 26 miles?"
            total += ENOUGH
        given, wanted = units.given(piece), units.converts(offer)
        if wanted:
            # A function that converts one unit into the other is meant by its units, and by nothing else.
            return total + NAMED if given and given[1] == wanted[0] else 0.0
        return total


def _words(offer: Offer) -> Mapping[str, float]:
    """Weigh the words of a function: those of its name most, those of its parameters least."""
    named_there = {word for name in _properties(offer) for word in meanings(name)}
    found = dict.fromkeys(named_there | _listed(offer), IN_PARAMETERS)
    for word in meanings(offer.description[:2000]):
        found[word] = max(IN_DESCRIPTION, found.get(word, 0.0))
    named = meanings(offer.name)
    for word in named:
        found[word] = IN_NAME * (VERBS if word in _COMMON and len(parts(offer.name)) > 1 else 1)
    return found


def _properties(offer: Offer) -> Mapping[str, Mapping[str, Any]]:
    properties = offer.parameters.get("properties")
    known = properties if isinstance(properties, Mapping) else {}
    return {name: schema if isinstance(schema, Mapping) else {} for name, schema in known.items()}


def _listed(offer: Offer) -> frozenset[str]:
    """Give the words of the values that parameters of a function may have."""
    lists = [schema.get("enum") for schema in _properties(offer).values()]
    texts = [
        " ".join(value for value in values[:50] if isinstance(value, str))
        for values in lists
        if isinstance(values, list)
    ]
    return meanings(" ".join(texts))


def _takes_number(offer: Offer) -> bool:
    required = offer.parameters.get("required")
    needed = required if isinstance(required, list) else []
    return any(_properties(offer).get(str(name), {}).get("type") in ("number", "integer") for name in needed)


def _implied(piece: str) -> Iterator[str]:
    """Give what a piece means without saying it: a sum asks to calculate, a question about rain for the weather."""
    if pattern("weather").search(piece):
        yield "weather"
    sum_ = spans.expression(piece)
    if sum_:
        yield "calculate"
        yield from (
            meaning for sign, meaning in _SIGN_MEANINGS if re.search(rf"\d\)*\s*{re.escape(sign)}\s*\(*-?\d", sum_)
        )
    yield from (meaning for pattern_, meaning in _SIGNS_OF if pattern_.search(piece))
    if re.search(r"\d", piece) and len({spot[2] for spot in spots(OPEN["currency"], piece)}) > 1:
        yield "currency"


def _names(piece: str, name: str) -> bool:
    """Say whether a piece names a function as a program would: magic_function, getTime."""
    if len(parts(name)) < 2:
        return bool(re.search(rf"(?<![\w-]){re.escape(name)}\s?(?:\(|function\b|tool\b)", piece, re.IGNORECASE))
    return bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", piece, re.IGNORECASE))
