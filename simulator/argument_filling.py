"""With which arguments a function is asked for: its parameters, filled from what the messages say.

Whatever its schema asks for that nobody has said is filled so that it shows: null where that may be, the default, the
example of the description, else "unknown", 0. That it keeps to the schema is seen to elsewhere: valid_values.py.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from simulator import facts, measures, spans, text_lists
from simulator.argument_choices import chosen, switched, undecided
from simulator.argument_texts import SUMS, every, phrase
from simulator.conversation import Offer
from simulator.parameter_schemas import (
    DEEPEST,
    NOTHING,
    Schema,
    fitted,
    is_only_text,
    members,
    numeric,
    plain,
    takes_null,
    whole,
)
from simulator.word_forms import parts, stem, synonyms, table, without_particle

_QUERIES = frozenset(
    (
        *("query", "q", "question", "search", "prompt", "request", "instruction", "instructions", "task", "topic"),
        *(
            "text",
            "content",
            "message",
            "body",
            "input",
            "sentence",
            "problem",
            "keyword",
            "keywords",
            "term",
            "command",
        ),
        *("note", "description", "subject", "title", "item", "name", "product", "goal"),
        *("summary", "details", "comment", "feedback", "review", "complaint"),
    )
)
MOST_OBJECTS = 60
"""Objects of one call that are filled."""
_ASKING = frozenset(("query", "q", "question", "search", "prompt", "request", "topic", "instruction", "keywords"))
_MONEY, _SIGNS = frozenset(("price", "total", "amount", "cost", "fee", "budget", "sum")), ("$", "₩", "€", "£", "¥")
_PERCENT = ("%", "percent", "퍼센트", "프로")


@dataclass(frozen=True)
class Sources:
    """Where arguments may come from, besides the words of the task itself."""

    whole: str
    """All that the user said last."""
    results: Mapping[str, Any] = field(default_factory=dict)
    """What functions have answered in this turn, by its key; a bare answer has none: ""."""
    today: date = field(default_factory=date.today)
    left: list[int] = field(default_factory=lambda: [MOST_OBJECTS])
    """How many more objects are filled: those that hold themselves would else multiply."""


@dataclass(frozen=True)
class Filled:
    """The arguments of one call."""

    arguments: dict[str, Any]
    said: frozenset[str]
    """Those that the text of the task itself gave."""
    plain: frozenset[str]
    """Those of them whose value is of the property's own kind, not just a name or a quotation that was left."""
    missing: tuple[str, ...]
    """Those that had to be there and that nobody has said."""
    stated: frozenset[str] = frozenset()
    """Those that the text gives by their own name, format or kind of word."""


def fill(offer: Offer, text: str, sources: Sources) -> Filled:
    """Fill a function's parameters from the text of its task."""
    limited = replace(sources, left=[MOST_OBJECTS])
    return _Filling(offer.parameters, text, limited, parts(offer.name)).filled(offer.parameters, 0)


class _Filling:
    """One text, read for one object: no number and no quotation goes into two of its properties."""

    def __init__(self, root: Schema, text: str, sources: Sources, verbs: list[str]) -> None:
        self._root, self._text, self._sources, self._verbs = root, text, sources, verbs
        sum_ = spans.expression(text)
        operands = re.findall(r"(?<![\d.)])-?\d+(?:\.\d+)?|(?<=[\d)])\d+", re.sub(r"\s", "", sum_)) if sum_ else []
        self._operands = [numeric(digits) for digits in operands]
        self._numbers = spans.numbers(text)
        self._used: set[int] = set()
        self._taken: list[str] = []

    def filled(self, schema: Schema, depth: int) -> Filled:
        """Fill an object: first what is said plainly, then what is left for those that have to be there."""
        self._sources.left[0] -= 1
        if self._sources.left[0] < 0:
            return Filled({}, frozenset(), frozenset(), ())
        properties, needed = members(schema)
        found: dict[str, Any] = {}
        for name, one in properties.items():
            value = self._said(name, plain(one, self._root), depth, name in needed or len(properties) == 1)
            if value is not NOTHING:
                found[name] = value
                self._taken.append(str(value))
        stated = frozenset(found)
        said, plain_ = set(found), set(found)
        missing = []
        for name in needed:
            if name in found:
                continue
            one = properties.get(name, {})
            read = plain(one, self._root)
            value = self._left(name, read)
            if value is not NOTHING:
                said.add(name)
                plain_ |= set() if isinstance(value, str) else {name}
            else:
                value = self._elsewhere(name, read)
            if value is NOTHING:
                missing.append(name)
                value = self._honest(name, one, read, depth, alone=is_only_text(properties, needed, self._root, name))
            found[name] = value
            self._taken.append(str(value))
        order = [*properties, *(name for name in needed if name not in properties)]
        return Filled(
            {name: found[name] for name in order if name in found},
            frozenset(said),
            frozenset(plain_),
            tuple(missing),
            stated,
        )

    def _said(self, name: str, schema: Schema, depth: int, needed: bool) -> Any:
        """Find what the text says plainly of a property."""
        if "const" in schema:
            return schema["const"] if needed else NOTHING
        values = schema.get("enum")
        if isinstance(values, list):
            named = chosen(name, [value for value in values if isinstance(value, str)], self._text)
            numbers = [one.value for one in self._numbers if one.value in values and not isinstance(one.value, bool)]
            return named[0] if named else numbers[0] if numbers else NOTHING
        match schema.get("type"):
            case "boolean":
                return NOTHING if (on := switched(name, self._text)) is None else on
            case "integer" | "number":
                return self._counted(name, schema)
            case "array" if depth < DEEPEST:
                return self._many(name, schema, depth, needed)
            case "object" if depth < DEEPEST:
                inner = _Filling(self._root, self._text, self._sources, self._verbs)
                filled = inner.filled(schema, depth + 1)
                # What may be left out needs more than a name that nobody else wanted.
                return filled.arguments if (filled.said if needed else filled.stated) else NOTHING
            case "string" | None:
                found = every(name, schema, self._text, self._sources.today)
                return next((one for one in found if one not in self._taken), NOTHING)
        return NOTHING

    def _counted(self, name: str, schema: Schema) -> Any:
        """Find the number that counts what a property is called, or that stands beside its name."""
        age = facts.said(name, self._text) if facts.known(name) else None
        if isinstance(age, int):
            return age
        words = parts(name)
        meant = {stem(part) for part in words} | {
            stem(one) for part in words for one in synonyms(part) if one.isascii()
        }
        listed = table()["counted"]
        for at, number in enumerate(self._numbers):
            if at in self._used:
                continue
            counts = stem(without_particle(number.unit)) in meant and len(number.unit) > 2
            counts = counts or any(spans.counts(number, unit) for unit in listed if stem(unit) in meant)
            in_unit = measures.as_unit(number.value, number.unit, words[-1]) if len(words) > 1 else None
            if in_unit is not None:
                self._used.add(at)
                return whole(in_unit, schema)
            counts = counts or (bool(_MONEY & set(words)) and self._text[: number.start].endswith(_SIGNS))
            counts = counts or (number.unit in _PERCENT and schema.get("maximum") == 100)
            counts = counts or ("year" in words and 1900 <= number.value <= 2100)
            if counts or self._beside(words, number.start):
                self._used.add(at)
                return whole(number.value, schema)
        return NOTHING

    def _beside(self, words: list[str], at: int) -> bool:
        """Say whether the name of a property stands right before a number."""
        cues = [re.escape(one) for part in words if len(part) > 2 or len(words) == 1 for one in synonyms(part)]
        particle, joint = "(?:을|를|은|는|이|가)?", r"(?:is|of|to|=|:|at|by|as|about|under)?"
        pattern = rf"(?<![A-Za-z])(?:{'|'.join(cues)})s?{particle}\s*{joint}\s*\$?$"
        return bool(cues) and bool(re.search(pattern, self._text[:at], re.IGNORECASE))

    def _many(self, name: str, schema: Schema, depth: int, needed: bool) -> Any:
        """Find a list: all values of an enum, all numbers, or the words between commas."""
        items = plain(schema.get("items"), self._root)
        most = schema.get("maxItems") if isinstance(schema.get("maxItems"), int) else spans.MOST
        values = items.get("enum")
        if isinstance(values, list):
            found: list[Any] = list(chosen(name, [value for value in values if isinstance(value, str)], self._text))
        elif items.get("type") in ("integer", "number"):
            free = [at for at in range(len(self._numbers)) if at not in self._used]
            values_ = [self._numbers[at].value for at in free] or self._operands
            found = [whole(value, items) for value in values_]
            self._used.update(free)
        elif items.get("type") == "object":
            found = list(self._objects(items, depth)) if needed else []
        elif items.get("type") in ("string", None):
            found = every(name, items, self._text, self._sources.today) or (
                text_lists.words(self._text) if needed else []
            )
        else:
            found = []
        return found[:most] or NOTHING

    def _objects(self, schema: Schema, depth: int) -> Iterator[dict[str, Any]]:
        """Fill an object from each piece of a list."""
        pieces = text_lists.listed(self._text)
        read = [_Filling(self._root, piece, self._sources, self._verbs).filled(schema, depth + 1) for piece in pieces]
        whole = [one.arguments for one in read if one.said and not one.missing]
        if whole:
            yield from whole
            return
        filled = _Filling(self._root, self._text, self._sources, self._verbs).filled(schema, depth + 1)
        if filled.said:
            yield filled.arguments

    def _left(self, name: str, schema: Schema) -> Any:
        """Give a property that has to be there what no other has taken."""
        kind = schema.get("type")
        if isinstance(schema.get("enum"), list):
            return NOTHING
        if kind in ("integer", "number"):
            if self._operands:
                return whole(self._operands.pop(0), schema)
            for at, number in enumerate(self._numbers):
                if at not in self._used:
                    self._used.add(at)
                    return whole(number.value, schema)
        if kind not in ("string", None) or "format" in schema:
            return NOTHING
        counted = text_lists.counted(self._text)
        if counted or name.lower() in facts.PLACES | facts.AGES or set(parts(name)) & SUMS:
            return counted or NOTHING
        asks = not facts.known(name) and bool(set(parts(name)) & _ASKING)
        for found in ([] if asks else spans.quoted(self._text), [] if asks else spans.capitals(self._text)):
            for one in found:
                if not any(one in taken or taken in one for taken in self._taken):
                    return one
        return NOTHING

    def _elsewhere(self, name: str, schema: Schema) -> Any:
        """Look into the results of this turn, then into all that the user said."""
        results = self._sources.results
        for key, value in results.items():
            if key and (key.lower() == name.lower() or parts(key) == parts(name)):
                return fitted(value, schema)
        if self._text != self._sources.whole:
            inner = _Filling(self._root, self._sources.whole, self._sources, self._verbs)
            value = inner._said(name, schema, 0, needed=False)
            if value is not NOTHING:
                return value
        return fitted(results[""], schema) if "" in results else NOTHING

    def _honest(self, name: str, one: Any, schema: Schema, depth: int, alone: bool) -> Any:
        """Fill what nobody has said, so that it shows."""
        if takes_null(one):
            return None
        if "default" in schema:
            return schema["default"]
        values = schema.get("enum")
        if isinstance(values, list) and values:
            return undecided(values)
        match schema.get("type"):
            case "integer" | "number":
                return 0
            case "boolean":
                return True
            case "array":
                return []
            case "object":
                nested = _Filling(self._root, self._text, self._sources, self._verbs)
                return nested.filled(schema, depth + 1).arguments if depth < DEEPEST else {}
            case "null":
                return None
        if (alone or set(parts(name)) & _QUERIES) and not facts.known(name):
            return phrase(self._text, self._verbs)
        return facts.filler(schema)
