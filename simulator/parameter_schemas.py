"""A function's parameters, read as far as filling them needs: through $ref, allOf and anyOf. It checks nothing."""

from collections.abc import Mapping
from typing import Any

from playground.strict import target

Schema = Mapping[str, Any]
DEEPEST = 6
"""Levels of objects and arrays that are filled, and of references that are followed."""
WIDEST = 4
"""Branches that are looked at: with the levels they multiply."""
NOTHING: Any = object()
"""Nobody has said it; None is a value."""


def plain(schema: Any, root: Schema, depth: int = 0) -> Schema:
    """Read a schema through $ref, allOf and the branches of anyOf, as far as filling needs to know it."""
    if not isinstance(schema, Mapping) or depth > DEEPEST:
        return {}
    notes = {key: schema[key] for key in ("description", "default", "title") if key in schema}
    if isinstance(schema.get("$ref"), str):
        return {**plain(target(root, schema["$ref"]), root, depth + 1), **notes}
    for keyword in ("anyOf", "oneOf"):
        branches = schema.get(keyword)
        if isinstance(branches, list) and branches:
            read = (plain(branch, root, depth + 1) for branch in branches[:WIDEST])
            return {**next((one for one in read if one.get("type") != "null"), {}), **notes}
    if isinstance(schema.get("allOf"), list):
        merged: dict[str, Any] = {}
        for branch in schema["allOf"][:WIDEST]:
            merged |= plain(branch, root, depth + 1)
        return {**merged, **{key: value for key, value in schema.items() if key != "allOf"}}
    kinds = schema.get("type")
    if isinstance(kinds, list):
        return {**schema, "type": next((kind for kind in kinds if kind != "null"), "null")}
    return schema


def takes_null(schema: Any) -> bool:
    """Say whether null is a value that a schema says it takes."""
    if not isinstance(schema, Mapping):
        return False
    branches = [branch for key in ("anyOf", "oneOf") if isinstance(schema.get(key), list) for branch in schema[key]]
    kinds = schema.get("type")
    return kinds == "null" or (isinstance(kinds, list) and "null" in kinds) or any(map(takes_null, branches))


def members(schema: Schema) -> tuple[Mapping[str, Any], list[str]]:
    """Give the properties of an object, and the names of those that have to be there."""
    properties, required = schema.get("properties"), schema.get("required")
    known = properties if isinstance(properties, Mapping) else {}
    return known, [name for name in required if isinstance(name, str)] if isinstance(required, list) else []


def is_only_text(properties: Mapping[str, Any], needed: list[str], root: Schema, name: str) -> bool:
    """Say whether a property is the only text that has to be there."""
    texts = [one for one in needed if plain(properties.get(one), root).get("type") in ("string", None)]
    return texts == [name]


def numeric(digits: str) -> int | float:
    """Read a number from its digits."""
    return float(digits) if "." in digits else int(digits)


def whole(value: int | float, schema: Schema) -> int | float:
    """Cut a number down to an integer where the schema wants one."""
    return int(value) if schema.get("type") == "integer" else value


def fitted(value: Any, schema: Schema) -> Any:
    """Take a result as an argument, where its kind is the one that is wanted."""
    kind = schema.get("type")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind in ("integer", "number"):
        return whole(value, schema) if is_number else NOTHING
    if kind in ("string", None):
        return value if isinstance(value, str) else str(value) if is_number else NOTHING
    fits = (kind == "array" and isinstance(value, list)) or (kind == "object" and isinstance(value, dict))
    return value if fits else NOTHING
