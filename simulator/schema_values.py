"""Fills a strict schema with a value that is valid, always; a schema that nothing satisfies is found before.

How large the smallest value of each part is, is computed first, in one sweep from the leaves: so that no part that
refers to itself is followed for ever. What the value says comes from a Source; it looks at no request.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from playground.strict import TYPES, Path, Schema, target
from simulator import pattern_texts
from simulator.argument_choices import undecided
from simulator.schema_numbers import fits_number, number_within

LARGEST = 20_000
"""Parts of a value at most."""
SPARE = 2_000
"""Parts that may be added to the smallest value, so that it says something."""
SHALLOW, DEEPEST = 8, 100
"""Levels down to which they are added, and levels of a value at most; a reference is a level too."""


class TooDeep(Exception):
    """Even the smallest value is nested too deep to be written."""


EXAMPLES: Mapping[str, str] = {
    "date-time": "1970-01-01T00:00:00Z",
    "time": "00:00:00Z",
    "date": "1970-01-01",
    "duration": "PT0S",
    "email": "unknown@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
"""What stands where a format asks for something that nobody has said."""


class Source(Protocol):
    """Where values come from."""

    def text(self, name: str, format_: str | None, pattern: str | None = None) -> str | None:
        """What was said about a property, as a text; None when nothing was."""

    def numbers(self, name: str) -> Iterator[int | float]:
        """The numbers that a property may be, the likeliest first."""

    def many(self, name: str) -> list[str]:
        """What was said about a property that takes several texts."""

    def chosen(self, name: str, values: list[Any]) -> list[Any]:
        """Those of these values that were named for a property, the likeliest first."""

    def parts(self, name: str, schema: Schema) -> "list[Source]":
        """What was said about each object of a list."""


@dataclass(frozen=True)
class _Way:
    """One way to satisfy a part: a kind of value, and the parts it needs, each as often as it needs it."""

    kind: str
    needs: tuple[tuple[int, int], ...] = ()


@dataclass
class _Part:
    path: Path
    schema: Schema
    ways: list[_Way] = field(default_factory=list)
    size: float = math.inf


class Filler:
    """A schema, measured; ask it for unsatisfiable, then for a value."""

    def __init__(self, schema: Schema) -> None:
        """The schema has no problems: playground.strict has looked."""
        self._root = schema
        self._parts: dict[int, _Part] = {}
        self._read((), schema)
        self._measure()

    @property
    def unsatisfiable(self) -> Path | None:
        """Where the schema can't be satisfied; None when it can."""
        if self._parts[id(self._root)].size < math.inf:
            return None
        stuck = [part for part in self._parts.values() if part.size == math.inf]
        return next((part.path for part in stuck if not part.ways), stuck[0].path)

    @property
    def too_large(self) -> bool:
        """Whether even the smallest value is too large."""
        return self._parts[id(self._root)].size > LARGEST

    def value(self, source: Source) -> Any:
        """Build a value."""
        self._spare = SPARE
        return self._build(self._parts[id(self._root)], "", source, 0)

    def _read(self, path: Path, schema: Schema) -> None:
        waiting = [(path, schema)]
        while waiting:
            path, one = waiting.pop()
            if id(one) in self._parts:
                continue
            part = self._parts[id(one)] = _Part(path, one)
            if "$ref" in one:
                found = target(self._root, one["$ref"]) or {}
                part.ways.append(_Way("same", ((id(found), 1),)))
                waiting.append((path, found))
            elif "anyOf" in one:
                for at, inner in enumerate(one["anyOf"]):
                    part.ways.append(_Way("same", ((id(inner), 1),)))
                    waiting.append(((*path, "anyOf", str(at)), inner))
            elif "enum" in one or "const" in one:
                part.ways += [_Way("listed")] if _listed(one) else []
            else:
                part.ways += [way for kind in _kinds(one) if (way := _way(kind, one))]
                for name, inner in one.get("properties", {}).items():
                    waiting.append(((*path, "properties", name), inner))
                if "items" in one:
                    waiting.append(((*path, "items"), one["items"]))

    def _measure(self) -> None:
        """Find the smallest size of each part: the smallest of all is settled first, then what needs only it."""
        users: dict[int, list[tuple[int, int]]] = defaultdict(list)  # part -> (user, number of its way)
        left: dict[tuple[int, int], int] = {}
        ready: list[tuple[float, int]] = []
        for key, part in self._parts.items():
            for number, way in enumerate(part.ways):
                needed = {inner for inner, times in way.needs if times}
                left[key, number] = len(needed)
                for inner in needed:
                    users[inner].append((key, number))
                if not needed:
                    heapq.heappush(ready, (1, key))
        while ready:
            size, key = heapq.heappop(ready)
            if self._parts[key].size < math.inf:
                continue
            self._parts[key].size = size
            for user, number in users[key]:
                left[user, number] -= 1
                if not left[user, number]:
                    heapq.heappush(ready, (self._size(self._parts[user].ways[number]), user))

    def _size(self, way: _Way) -> float:
        return 1 + sum(times * self._parts[inner].size for inner, times in way.needs if times)

    def _build(self, part: _Part, name: str, source: Source, depth: int) -> Any:
        if depth > DEEPEST:
            raise TooDeep
        way = self._way(part, name, source, depth)
        schema = part.schema
        match way.kind:
            case "same":
                return self._build(self._parts[way.needs[0][0]], name, source, depth + 1)
            case "listed":
                listed = _listed(schema)
                return next(iter(source.chosen(name, listed)), undecided(listed))
            case "object":
                return {
                    key: self._build(self._parts[id(inner)], key, source, depth + 1)
                    for key, inner in schema.get("properties", {}).items()
                    if key in schema.get("required", ()) or self._spend(self._parts[id(inner)].size, depth)
                }
            case "array":
                return self._array(schema, name, source, depth)
            case "string":
                return _text(schema, source.text(name, schema.get("format"), schema.get("pattern")))
            case "boolean":
                return next(iter(source.chosen(name, [False, True])), False)
            case "null":
                return None
        whole = way.kind == "integer"
        fitting = (number for number in source.numbers(name) if fits_number(number, schema, whole))
        return next(fitting, number_within(schema, whole))

    def _way(self, part: _Part, name: str, source: Source, depth: int) -> _Way:
        """Choose how to satisfy a part: as it is listed first, where that may be said and isn't too large."""
        ways = [way for way in part.ways if self._size(way) < math.inf]
        smallest = min(ways, key=self._size)
        nothing = next((way for way in ways if self._is_null(way)), None)
        for way in ways:
            if way is nothing and len(ways) > 1:
                continue
            if not (nothing and self._is_unknown(way, name, source)) and self._spend(
                self._size(way) - self._size(smallest), depth
            ):
                return way
        return nothing or smallest

    def _is_unknown(self, way: _Way, name: str, source: Source) -> bool:
        """Say whether nothing was said of a text, or of the values of a list."""
        if self._is_text(way):
            return source.text(name, None) is None
        part = self._parts[way.needs[0][0]] if way.kind == "same" else None
        listed = part is not None and [one.kind for one in part.ways] == ["listed"]
        return bool(part and listed and not source.chosen(name, _listed(part.schema)))

    def _array(self, schema: Schema, name: str, source: Source, depth: int) -> list[Any]:
        part = self._parts[id(schema["items"])]
        least, most = schema.get("minItems", 0), schema.get("maxItems", math.inf)
        if part.size == math.inf or not most:
            return []
        said = source.many(name) if self._is_text(_Way("same", ((id(schema["items"]), 1),))) else []
        said = [] if {"enum", "format", "pattern"} & part.schema.keys() else said
        each = source.parts(name, schema["items"]) if "properties" in schema["items"] else []
        wanted = max(least, min(most, len(said) or len(each) or 1))
        count = wanted if self._spend((wanted - least) * part.size, depth) else least
        found = [each[at] if at < len(each) else source for at in range(int(count))]
        return [said[at] if at < len(said) else self._build(part, name, one, depth + 1) for at, one in enumerate(found)]

    def _is_null(self, way: _Way) -> bool:
        return way.kind == "null" or (
            way.kind == "same" and [w.kind for w in self._parts[way.needs[0][0]].ways] == ["null"]
        )

    def _is_text(self, way: _Way) -> bool:
        return way.kind == "string" or (
            way.kind == "same" and [w.kind for w in self._parts[way.needs[0][0]].ways] == ["string"]
        )

    def _spend(self, parts: float, depth: int) -> bool:
        if parts > self._spare or (parts and depth > SHALLOW):
            return False
        self._spare -= int(parts)
        return True


def _text(schema: Schema, said: str | None) -> str:
    if "pattern" in schema:
        return said or pattern_texts.text(schema["pattern"]) or ""
    return said or EXAMPLES.get(schema.get("format", ""), "unknown")


def _kinds(schema: Schema) -> list[str]:
    kinds = schema["type"]
    return list(dict.fromkeys(kinds)) if isinstance(kinds, list) else [kinds]


def _way(kind: str, schema: Schema) -> _Way | None:
    """Say what a value of this kind needs; None when there is none."""
    if kind == "object":
        properties, required = schema.get("properties", {}), schema.get("required", ())
        return _Way(kind, tuple((id(inner), 1) for name, inner in properties.items() if name in required))
    if kind == "array":
        least = schema.get("minItems", 0)
        return _Way(kind, ((id(schema["items"]), least),)) if least <= schema.get("maxItems", math.inf) else None
    if kind == "string" and "pattern" in schema and pattern_texts.text(schema["pattern"]) is None:
        return None
    if kind in ("integer", "number") and number_within(schema, kind == "integer") is None:
        return None
    return _Way(kind)


def _listed(schema: Schema) -> list[Any]:
    """Give the values of enum or const that keep to the rest of the schema."""
    values = [schema["const"]] if "const" in schema else schema["enum"]
    if "const" in schema and "enum" in schema:
        values = [value for value in values if value in schema["enum"]]
    types = _kinds(schema) if "type" in schema else list(TYPES)
    numeric = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"} & schema.keys()
    return [
        value
        for value in values
        if any(TYPES[name](value) for name in types)
        and not (numeric and TYPES["number"](value) and not fits_number(value, schema, False))
        and not (isinstance(value, str) and "pattern" in schema and not pattern_texts.takes(schema["pattern"], value))
    ]
