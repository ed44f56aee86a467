"""The plainest value of any JSON schema: null before a text, a text before a list, nothing that may be left out.

It is found by trying, within a budget; what a schema says that no keyword here reads is left to the check of the value.

>>> schema = {"oneOf": [{"type": "array", "minItems": 1}, {"type": "string", "pattern": "^[A-Z]{2}[0-9]+$"}]}
>>> Builder(schema, Checker(schema)).value()
'AA0'
"""

from collections.abc import Iterator, Mapping
from typing import Any

from playground.strict import target
from simulator.pattern_texts import text as pattern_text
from simulator.schema_checks import Checker
from simulator.schema_numbers import number_within
from simulator.schema_values import EXAMPLES

Schema = Mapping[str, Any]
MOST_JOINED = 64
"""Schemas that have to hold at once."""
MOST_STEPS = 800
"""Parts that are built, or tried, for one value."""
DEEPEST = 40
LONGEST_TEXT = 10_000
_RANKS = {"null": 0, "boolean": 1, "integer": 1, "number": 1, "string": 1, "array": 2, "object": 3}


class Unfillable(Exception):
    """No value was found."""


class Builder:
    """Builds the plainest value of a schema, or of a part of it."""

    def __init__(self, root: Schema, checker: Checker) -> None:
        self._root, self._checker = root, checker
        self._steps = 0

    def value(self, schema: Any = None) -> Any:
        """Build a value that is checked.

        Raises: Unfillable.
        """
        self._steps = 0
        self._checker.begin()
        asked = self._root if schema is None else schema
        for value in self._ways(asked, 0):
            if self._checker.accepts(value, asked):
                return value
        raise Unfillable

    def _ways(self, schema: Any, depth: int) -> Iterator[Any]:
        """Give values that may keep to a schema, the plainest first."""
        self._steps += 1
        if self._steps > MOST_STEPS or depth > DEEPEST:
            raise Unfillable
        if schema is True or schema == {}:
            yield "unknown"
            return
        if not isinstance(schema, Mapping):
            return
        if "$ref" in schema:
            found = target(self._root, schema["$ref"])
            rest = {key: one for key, one in schema.items() if key != "$ref"}
            if found is not None:
                yield from self._ways(_merged(found, rest), depth + 1)
            return
        if "allOf" in schema:
            merged: Any = {key: one for key, one in schema.items() if key != "allOf"}
            for branch in schema["allOf"]:
                merged = _merged(merged, self._referred(branch))
            yield from self._ways(merged, depth + 1)
            return
        for keyword in ("anyOf", "oneOf"):
            if keyword in schema:
                rest = {key: one for key, one in schema.items() if key != keyword}
                for branch in sorted(schema[keyword], key=_rank):
                    yield from self._tried(_merged(rest, self._referred(branch)), depth + 1)
                return
        if "if" in schema:
            rest = {key: one for key, one in schema.items() if key not in ("if", "then", "else")}
            branches: list[Any] = [{}, schema.get("then", {}), schema.get("else", {}), schema["if"]]
            for more in branches:
                yield from self._tried(_merged(rest, more), depth + 1)
            yield from self._tried(_merged(_merged(rest, schema["if"]), schema.get("then", {})), depth + 1)
            return
        yield from self._plain(schema, depth)

    def _tried(self, schema: Any, depth: int) -> Iterator[Any]:
        """Give the values of a branch; one that has none leaves the others their turn."""
        try:
            yield from self._ways(schema, depth)
        except Unfillable:
            if self._steps > MOST_STEPS:
                raise

    def _referred(self, schema: Any) -> Any:
        if isinstance(schema, Mapping) and "$ref" in schema:
            found = target(self._root, schema["$ref"])
            if found is not None and "$ref" not in found:
                return _merged(found, {key: one for key, one in schema.items() if key != "$ref"})
        return schema

    def _plain(self, schema: Schema, depth: int) -> Iterator[Any]:
        if "const" in schema:
            yield schema["const"]
            return
        if "enum" in schema:
            yield from schema["enum"]
            return
        for kind in sorted(_kinds(schema), key=lambda one: _RANKS.get(one, 9)):
            match kind:
                case "null":
                    yield None
                case "boolean":
                    yield from (True, False)
                case "integer" | "number":
                    if (number := number_within(schema, kind == "integer")) is not None:
                        yield number
                case "string":
                    yield from _texts(schema)
                case "array":
                    yield from self._arrays(schema, depth)
                case "object":
                    yield from self._objects(schema, depth)

    def _arrays(self, schema: Schema, depth: int) -> Iterator[list[Any]]:
        least = int(schema.get("minItems", 0))
        if least > MOST_STEPS:
            raise Unfillable
        items = schema.get("items", True)
        firsts = schema.get("prefixItems", items if isinstance(items, list) else [])
        rest = schema.get("additionalItems", True) if isinstance(items, list) else items
        found: list[Any] = []
        if "contains" in schema:
            found = [
                self._one(schema["contains"], depth) for _ in range(min(int(schema.get("minContains", 1)), MOST_STEPS))
            ]
        for at in range(len(found), least):
            inner = firsts[at] if at < len(firsts) else rest
            found.append(self._another(inner, found, depth) if schema.get("uniqueItems") else self._one(inner, depth))
        yield found

    def _objects(self, schema: Schema, depth: int) -> Iterator[dict[str, Any]]:
        known = schema.get("properties", {})
        needed = [name for name in known if name in schema.get("required", ())]
        needed += [name for name in schema.get("required", ()) if name not in known]
        for name, others in schema.get("dependentRequired", {}).items():
            needed += [other for other in others if name in needed and other not in needed]
        found = {name: self._one(self._property(schema, name), depth) for name in needed}
        fewest = int(min(schema.get("minProperties", 0), MOST_STEPS))
        for name in known:
            if len(found) >= fewest:
                break
            if name not in found:
                found[name] = self._one(known[name], depth)
        more = 0
        while len(found) < fewest:
            more += 1
            found[f"property{more}"] = self._one(schema.get("additionalProperties", True), depth)
        yield found

    def _property(self, schema: Schema, name: str) -> Any:
        if name in schema.get("properties", {}):
            return schema["properties"][name]
        for pattern, inner in schema.get("patternProperties", {}).items():
            if self._checker.accepts(name, {"pattern": pattern}):
                return inner
        return schema.get("additionalProperties", True)

    def _one(self, schema: Any, depth: int) -> Any:
        for value in self._ways(schema, depth + 1):
            if self._checker.accepts(value, schema):
                return value
        raise Unfillable

    def _another(self, schema: Any, found: list[Any], depth: int) -> Any:
        """Build a value that is not there yet: of an enum the next, of a number the next, of a text a longer one."""
        for value in self._ways(schema, depth + 1):
            for more in range(len(found) + 1):
                varied = _varied(value, more)
                if varied not in found and self._checker.accepts(varied, schema):
                    return varied
        raise Unfillable


def _kinds(schema: Schema) -> list[str]:
    kinds = schema.get("type")
    if isinstance(kinds, list):
        return kinds
    if isinstance(kinds, str):
        return [kinds]
    if {"properties", "required", "additionalProperties", "minProperties"} & schema.keys():
        return ["object"]
    if {"items", "prefixItems", "minItems", "contains"} & schema.keys():
        return ["array"]
    if {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"} & schema.keys():
        return ["number"]
    return ["string", "integer", "boolean", "null", "array", "object"] if "not" in schema else ["string"]


def _rank(schema: Any) -> int:
    """Order branches: null, single values, lists, objects, and last what refers elsewhere."""
    if not isinstance(schema, Mapping) or "$ref" in schema:
        return 4
    return min((_RANKS.get(kind, 5) for kind in _kinds(schema)), default=5)


def _texts(schema: Schema) -> Iterator[str]:
    least, most = int(schema.get("minLength", 0)), int(schema.get("maxLength", LONGEST_TEXT))
    if least > LONGEST_TEXT:
        return
    if "pattern" in schema:
        written = pattern_text(schema["pattern"])
        if written is not None:
            yield written
            yield written.ljust(least, written[-1:] or "a")
            yield written.rjust(least, written[:1] or "a")
    text = EXAMPLES.get(schema.get("format", ""), "unknown")
    yield text.ljust(least, ".")[:most]
    yield ""


def _varied(value: Any, more: int) -> Any:
    if isinstance(value, bool) or value is None or not more:
        return value
    if isinstance(value, int | float):
        return value + more
    return f"{value} {more}" if isinstance(value, str) else value


def _merged(one: Any, other: Any) -> Any:
    """Join two schemas that both hold, as far as their keywords can be joined; what is left out is checked after."""
    if one is False or other is False:
        return False
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return one if isinstance(one, Mapping) else other
    merged = dict(one)
    for key, value in other.items():
        if key not in merged:
            merged[key] = value
        elif key in ("properties", "$defs", "definitions", "patternProperties") and isinstance(value, Mapping):
            names = {**merged[key], **value}
            merged[key] = {
                name: _merged(merged[key][name], value[name]) if name in merged[key] and name in value else inner
                for name, inner in names.items()
            }
        elif key == "required":
            merged[key] = list(dict.fromkeys([*merged[key], *value]))
        elif key == "enum":
            merged[key] = [one for one in merged[key] if one in value]
        elif key in ("minimum", "minLength", "minItems", "minProperties", "exclusiveMinimum"):
            merged[key] = max(merged[key], value)
        elif key in ("maximum", "maxLength", "maxItems", "maxProperties", "exclusiveMaximum"):
            merged[key] = min(merged[key], value)
        elif key == "type":
            mine, theirs = _kinds({"type": merged[key]}), _kinds({"type": value})
            both = [kind for kind in mine if kind in theirs or (kind == "integer" and "number" in theirs)]
            both += ["integer"] if "integer" in theirs and "number" in mine and "integer" not in both else []
            merged[key] = both
        elif key == "allOf":
            merged[key] = _joined(merged[key], value)
        elif key in ("anyOf", "oneOf", "not", "if"):
            merged.setdefault("allOf", [])
            merged["allOf"] = _joined(merged["allOf"], [{key: value}])
        else:
            merged[key] = value
    return merged


def _joined(one: list[Any], other: list[Any]) -> list[Any]:
    """Join two lists of schemas that all hold, each once; references that double would make them endless."""
    joined = [*one, *(schema for schema in other if not any(schema is mine for mine in one))]
    if len(joined) > MOST_JOINED:
        raise Unfillable
    return joined
