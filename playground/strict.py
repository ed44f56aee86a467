"""The linter for strict schemas: what OpenAI's structured outputs don't take, with the place. It fills no schema.

Rules: OpenAI's guide to structured outputs, read 2026-11-23. Two are the simulator's own: a `pattern` is one that RE2
takes and stands without `format`, and anyOf and $ref stand alone.

>>> age = {"type": "object", "properties": {"age": {"type": "integer", "default": 1}}, "required": []}
>>> for problem in problems(age):
...     print(problem)
In context=(), 'additionalProperties' is required to be supplied and to be false.
In context=(), 'required' is required to name every key in properties. Missing 'age'.
In context=('properties', 'age'), 'default' is not permitted.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playground import patterns

Schema = Mapping[str, Any]
Path = tuple[str, ...]

TYPES: Mapping[str, Callable[[object], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: is_number(value) and value % 1 == 0,  # type: ignore[operator]
    "number": lambda value: is_number(value),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
FORMATS = ("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid")
LARGEST = 1e300
"""Numbers beyond it are refused as limits."""
DEEPEST, MOST_PROPERTIES, MOST_VALUES = 10, 5000, 1000

_NOTES = frozenset({"title", "description", "$schema", "$defs", "definitions"})
_LOOSE_NOTES = frozenset({"default", "examples", "$comment", "deprecated", "readOnly", "writeOnly"})
_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_COUNTS = ("minItems", "maxItems")
_INSIDE = ("properties", "required", "additionalProperties", "items", *_COUNTS)
_SHAPES = frozenset({"type", "enum", "const", "anyOf", "$ref"})
_KNOWN = (
    _NOTES
    | _SHAPES
    | {"properties", "required", "additionalProperties", "items", "format", "pattern"}
    | {*_NUMBERS, *_COUNTS}
)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a schema, in the API's words."""

    path: Path
    keyword: str
    said: str

    def __str__(self) -> str:
        context = "(" + ", ".join(f"'{one}'" for one in self.path) + ("," if len(self.path) == 1 else "") + ")"
        return f"In context={context}, {self.said}"


def problems(schema: object, strict: bool = True) -> Iterator[Problem]:
    """Give what is wrong with a schema; not strict, its objects may be open and their properties optional."""
    yield from _root(schema)
    if not isinstance(schema, dict):
        return
    properties, values = 0, 0
    seen: set[int] = set()
    references: list[tuple[Path, str]] = []
    waiting: list[tuple[Path, object, int]] = [((), schema, 1)]
    while waiting:
        path, one, depth = waiting.pop()
        if not isinstance(one, dict):
            yield Problem(path, path[-1] if path else "", "schema must be an object.")
            continue
        if depth > DEEPEST:
            yield Problem(path, "properties", f"the schema is nested deeper than {DEEPEST} levels.")
            return
        seen.add(id(one))
        yield from _keywords(path, one, strict)
        if all(fits(one[keyword]) for keyword, fits, _ in _EXPECTED if keyword in one):
            references += [(path, one["$ref"])] if "$ref" in one else []
            inner = list(_inner(path, one, depth))
            properties += len(one.get("properties", ()))
            values += len(one.get("enum", ()))
            waiting += reversed(inner)
        if properties > MOST_PROPERTIES or values > MOST_VALUES:
            said = f"the schema has more than {MOST_PROPERTIES} properties or {MOST_VALUES} enum values."
            yield Problem((), "properties", said)
            return
    for path, reference in references:
        if id(target(schema, reference)) not in seen:
            yield Problem(path, "$ref", f"reference '{reference}' points to no schema in this one.")


def target(root: Schema, reference: str) -> Schema | None:
    """Find what a $ref of this document points to; None when nothing is there, or it points to another document."""
    if not reference.startswith("#"):
        return None
    found: Any = root
    for step in reference[1:].split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, list):
            found = dict(zip(map(str, range(len(found))), found, strict=True))
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else None


def is_number(value: object) -> bool:
    """Say whether a value is a JSON number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _root(schema: object) -> Iterator[Problem]:
    if not isinstance(schema, dict):
        yield Problem((), "", "schema must be an object.")
    elif "anyOf" in schema:
        yield Problem((), "anyOf", "'anyOf' is not permitted.")
    elif "$ref" not in schema and schema.get("type") != "object":
        said = "schema must be a JSON Schema of 'type: \"object\"', got 'type: "
        yield Problem((), "type", said + f'"{schema.get("type")}"\'.')


def _keywords(path: Path, one: Schema, strict: bool) -> Iterator[Problem]:
    for keyword in one:
        if keyword not in _KNOWN and (strict or keyword not in _LOOSE_NOTES):
            yield Problem(path, keyword, f"'{keyword}' is not permitted.")
    if not _SHAPES & one.keys():
        yield Problem(path, "type", "schema must have a 'type' key.")
    for keyword in ("anyOf", "$ref"):
        beside = [other for other in one if other != keyword and other not in _NOTES | _LOOSE_NOTES]
        if keyword in one and beside:
            yield Problem(path, beside[0], f"'{beside[0]}' is not permitted beside '{keyword}'.")
    if "pattern" in one and "format" in one:
        yield Problem(path, "pattern", "'pattern' is not permitted beside 'format'.")
    inside = [other for other in _INSIDE if other in one]
    if inside and ("enum" in one or "const" in one):
        yield Problem(path, inside[0], f"'{inside[0]}' is not permitted beside 'enum' or 'const'.")
    for keyword, fits, expected in _EXPECTED:
        if keyword in one and not fits(one[keyword]):
            yield Problem(path, keyword, f"'{keyword}' must be {expected}.")
            return
    types = one.get("type")
    if types == "object" or (isinstance(types, list) and "object" in types):
        yield from _object(path, one, strict)
    if (types == "array" or (isinstance(types, list) and "array" in types)) and "items" not in one:
        yield Problem(path, "items", "array schema missing items.")


def _object(path: Path, one: Schema, strict: bool) -> Iterator[Problem]:
    properties, required = one.get("properties", {}), one.get("required", [])
    if strict and one.get("additionalProperties") is not False:
        said = "'additionalProperties' is required to be supplied and to be false."
        yield Problem(path, "additionalProperties", said)
    missing = [name for name in properties if name not in required] if strict else []
    unknown = [name for name in required if name not in properties]
    if missing:
        said = "'required' is required to name every key in properties. "
        yield Problem(path, "required", said + f"Missing '{missing[0]}'.")
    if unknown:
        yield Problem(path, "required", f"'required' names '{unknown[0]}', which is no key in properties.")


def _inner(path: Path, one: Schema, depth: int) -> Iterator[tuple[Path, object, int]]:
    for keyword in ("properties", "$defs", "definitions"):
        for name, inner in one.get(keyword, {}).items():
            yield (*path, keyword, name), inner, depth + 1 if keyword == "properties" else depth
    if "items" in one:
        yield (*path, "items"), one["items"], depth + 1
    for at, inner in enumerate(one.get("anyOf", ())):
        yield (*path, "anyOf", str(at)), inner, depth


def _is_types(value: object) -> bool:
    names = value if isinstance(value, list) else [value]
    return bool(names) and all(isinstance(name, str) and name in TYPES for name in names)


def _is_finite(value: object) -> bool:
    return is_number(value) and -LARGEST <= value <= LARGEST  # type: ignore[operator]


def _is_json(value: object) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    return True


_EXPECTED: tuple[tuple[str, Callable[[Any], bool], str], ...] = (
    ("type", _is_types, "one of " + ", ".join(TYPES) + ", or an array of them"),
    (
        "enum",
        lambda value: isinstance(value, list) and bool(value) and _is_json(value),
        "an array with at least one value",
    ),
    ("const", _is_json, "a value of JSON"),
    ("anyOf", lambda value: isinstance(value, list) and bool(value), "an array with at least one schema"),
    ("$ref", lambda value: isinstance(value, str), "a string"),
    *((name, lambda value: isinstance(value, dict), "an object") for name in ("properties", "$defs", "definitions")),
    (
        "required",
        lambda value: isinstance(value, list) and all(isinstance(name, str) for name in value),
        "an array of strings",
    ),
    ("additionalProperties", lambda value: isinstance(value, bool), "true or false"),
    ("items", lambda value: isinstance(value, dict), "a schema"),
    ("format", lambda value: isinstance(value, str) and value in FORMATS, "one of " + ", ".join(FORMATS)),
    (
        "pattern",
        lambda value: isinstance(value, str) and patterns.compiled(value) is not None,
        "a pattern that RE2 takes",
    ),
    ("multipleOf", lambda value: _is_finite(value) and value > 0, "a number above 0"),
    *((name, _is_finite, "a number") for name in _NUMBERS[:-1]),
    *(
        (name, lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0, "a whole number")
        for name in _COUNTS
    ),
)
