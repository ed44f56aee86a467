"""A JSON schema as the TypeScript that models are shown since 2024. It counts nothing and checks no schema.

One line where nothing inside has a comment or a default; else a property a line, never indented.

>>> schema = {"type": "object", "properties": {"a": {"type": ["string", "null"]}}, "required": ["a"]}
>>> writer = Writer("tools")
>>> writer.object(schema, "parameters", ("function offered", "", "fitted", "tools"))
>>> "".join(text for _owner, text in writer.said)
'{ a: string|null }'
"""

import marshal
from collections.abc import Mapping, Sequence
from functools import lru_cache

from playground import json_paths
from playground.language import mark
from playground.prompt_text import REMEMBERED, Owner, Piece, pieces_of
from playground.schemas import Schema, Unknown, listed, mapping
from playground.typescript_notes import annotations, comment, examples, in_json, is_annotated, or_null

DEEPEST = 24
"""Schemas nested deeper are written as `any` from there on."""
LONGEST = 20_000
"""So are those that turn out longer, by $refs that multiply."""

_WITHOUT_PROPERTIES = "object"
_NAMES = {"integer": "number", "number": "number", "string": "string", "boolean": "boolean", "null": "null"}
_SPELLED_OUT = frozenset({"anyOf", "oneOf", "const", "enum"})
"""What makes a type more than its name."""
_UNRECORDED = frozenset({"allOf", "const", "examples", "not", "nullable", "oneOf", "prefixItems"})
"""What no recorded tool holds: how it is written is read off openai/harmony, and only an estimate."""
_WITHOUT_REFERENCES = 2
"""The version of marshal that packs what is equal alike."""
_PARAMETER = mark("parameter")


class Writer:
    """Writes the schemas of one function, and keeps a list of what can't be written."""

    def __init__(self, why: str, root: Schema | None = None, where: str = "") -> None:
        self.said: list[tuple[Owner, str]] = []
        self.unknown: list[Unknown] = []
        self._why = why
        self._root = root or {}
        self._where = where
        self._left = LONGEST
        self._open: list[str] = []

    def object(self, schema: Schema, where: str, owner: Owner) -> None:
        """Write an object; its braces belong to the owner."""
        self._object(schema, where, owner, 0, self._is_flat(schema, 0))

    def _object(self, schema: Schema, where: str, owner: Owner, depth: int, flat: bool) -> None:
        say = self.said.append
        given = mapping(schema.get("properties"))
        if not given:
            say((owner, _WITHOUT_PROPERTIES))
            return
        say((owner, "{ " if flat else "{\n"))
        needed, place, left = names(schema.get("required")), json_paths.under(where, "properties"), len(given)
        for name, value in given.items():
            left -= 1
            at = json_paths.under(place, str(name))
            key = f"{name}:" if name in needed else f"{name}?:"
            end = (", " if left else " ") if flat else "\n"
            # Several functions often say the same property; it is also what stays while another one is typed.
            known = _remembered(key, mapping(value), flat, end, self._why) if depth == 0 else ()
            if known:
                self.said += [((what, at + path[1:], sure, why), text) for what, path, text, _n, sure, why in known]
            else:
                self.property(key, mapping(value), at, depth + 1, flat, end)
        say((owner, "}"))

    def property(self, key: str, schema: Schema, where: str, depth: int, flat: bool, end: str) -> None:
        """Write one property of an object."""
        type_, at, ref = self._resolved(schema, where)
        owner = _as_sure((_PARAMETER, at, "fitted", self._why), type_)
        if flat:
            self.said.append((owner, key))
            self._type(type_, at, owner, depth, True)
            self.said.append((owner, end))
        else:
            self._line(key, type_, at, owner, depth)
        if ref:
            self._open.remove(ref)

    def _line(self, key: str, schema: Schema, where: str, owner: Owner, depth: int) -> None:
        """Write a property on a line of its own, its comments above it."""
        comment(self.said, schema, where, "2024", owner)
        notes = annotations(schema, where, owner)
        if notes and union(schema):
            # As openai/harmony writes them: what would stand behind several lines stands above.
            self.said += [(note, f"{text[1:]}\n") for note, text in notes]
            notes = []
        self.said.append((owner, f"{examples(schema)}{key}" if "examples" in schema else key))
        self._type(schema, where, owner, depth, False, below=True)
        self.said += [(owner, ","), *notes, (owner, "\n")]

    def _type(
        self, schema: Schema, where: str, owner: Owner, depth: int, flat: bool, *, below: bool = False, blank: str = " "
    ) -> None:
        """Write a type after a blank; a union of types below what comes before it."""
        self._left -= 1
        kind = schema.get("type")
        if depth > DEEPEST or self._left < 0:
            self.unknown.append(Unknown(where, mark("a schema that is too deep or too long")))
            self.said.append((owner, f"{blank}any"))
        elif isinstance(kind, str) and kind in _NAMES and _SPELLED_OUT.isdisjoint(schema):
            self.said.append((owner, blank + _NAMES[kind] + or_null(schema)))
        elif members := union(schema):
            self._union(members, where, owner, depth, flat, below, blank)
        elif "const" in schema:
            self.said.append((owner, blank + in_json(schema["const"])))
        elif isinstance(values := schema.get("enum"), list):
            self.said.append((owner, blank + " | ".join([in_json(value) for value in values]) + or_null(schema)))
        elif kind == "object":
            self.said.append((owner, blank))
            self._object(schema, where, owner, depth, self._inside(flat, schema))
            self.said.append((owner, or_null(schema)))
        elif kind == "array":
            self._array(schema, where, owner, depth, flat, blank)
        else:
            self.said.append((owner, blank + _NAMES.get(kind if isinstance(kind, str) else "", "any")))

    def _union(
        self, members: Sequence[Schema], where: str, owner: Owner, depth: int, flat: bool, below: bool, blank: str
    ) -> None:
        sure: Owner = owner if owner[2] == "estimate" else (*owner[:3], "union")
        for number, member in enumerate(members):
            type_, at, ref = self._resolved(member, where)
            several = _as_sure(sure, type_)
            if not below:
                self._type(type_, at, several, depth + 1, True, blank="|" if number else blank)
            else:
                self.said.append((several, " | " if number else "\n | "))
                comment(self.said, type_, at, "2024", several)
                self._type(type_, at, several, depth + 1, flat, blank="")
                self.said += [*annotations(type_, at, several), (several, "\n")]
            if ref:
                self._open.remove(ref)

    def _array(self, schema: Schema, where: str, owner: Owner, depth: int, flat: bool, blank: str) -> None:
        if "items" not in schema:
            self.said.append((owner, f"{blank}Array<any>"))
            return
        type_, at, ref = self._resolved(mapping(schema["items"]), f"{where}.items")
        owner = _as_sure(owner, type_)
        above = not flat and bool(type_.get("title") or type_.get("description"))
        if type_.get("type") == "object" and (above or not self._inside(flat, type_)):
            self.said.append((owner, f"{blank}Array<\n" if above else f"{blank}Array<"))
            if above:
                comment(self.said, type_, at, "2024", owner)
            self._type(type_, at, owner, depth + 1, flat, blank="")
            self.said.append((owner, "\n>" if above else ">"))
        else:
            several = len(union(type_)) > 1 or len(listed(type_.get("enum"))) > 1
            self.said.append((owner, f"{blank}(" if several else blank))
            self._type(type_, at, owner, depth + 1, True, blank="")
            self.said.append((owner, ")[]" if several else "[]"))
        if ref:
            self._open.remove(ref)

    def _inside(self, flat: bool, schema: Schema) -> bool:
        return flat or self._is_flat(schema, 0)

    def _is_flat(self, schema: Schema, depth: int) -> bool:
        """Find out whether nothing inside an object has a comment of its own."""
        if depth > DEEPEST or self._left < 0:
            return True
        self._left -= 1
        members = [mapping(value) for value in mapping(schema.get("properties")).values()]
        if "items" in schema:
            members.append(mapping(schema["items"]))
        members += union(schema)
        for value in members:
            type_, _at, ref = self._resolved(value, "", quiet=True)
            plain = not is_annotated(type_) and self._is_flat(type_, depth + 1)
            if ref:
                self._open.remove(ref)
            if not plain:
                return False
        return True

    def _resolved(self, schema: Schema, where: str, *, quiet: bool = False) -> tuple[Schema, str, str]:
        """Look up what a $ref means and where that stands; until it is closed, it means nothing once more."""
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema, where, ""
        found: object = self._root if reference.startswith("#") else None
        path = self._where
        for step in reference[1:].split("/")[1:]:
            step = step.replace("~1", "/").replace("~0", "~")
            found = mapping(found).get(step)
            path = json_paths.under(path, step)
        if not isinstance(found, Mapping) or reference in self._open:
            if not quiet:
                circle = mark("a $ref that refers to itself")
                self.unknown.append(Unknown(where, circle if found else mark("a $ref to nothing")))
            return {key: value for key, value in schema.items() if key != "$ref"}, where, ""
        self._open.append(reference)
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        return {**found, **beside}, where if beside else path, reference


def _remembered(key: str, schema: Schema, flat: bool, end: str, why: str) -> tuple[Piece, ...]:
    """Write a property by itself, at the path _; nothing where it may mean something else elsewhere."""
    try:
        packed = marshal.dumps(dict(schema), _WITHOUT_REFERENCES)
    except ValueError:
        # Only Python can make it: JSON has neither other types nor things that hold themselves.
        return ()
    return () if len(packed) > REMEMBERED or b"$ref" in packed else _alone(packed, key, flat, end, why)


# As a key marshal takes a third of the time that JSON takes.
@lru_cache(maxsize=4096)
def _alone(packed: bytes, key: str, flat: bool, end: str, why: str) -> tuple[Piece, ...]:
    writer = Writer(why)
    writer.property(key, marshal.loads(packed), "_", 1, flat, end)
    return () if writer.unknown else tuple(pieces_of(writer.said))


def _as_sure(owner: Owner, schema: Schema) -> Owner:
    """Say that it is an estimate where nobody recorded such a schema."""
    if _UNRECORDED.isdisjoint(schema) and ("items" in schema or schema.get("type") != "array"):
        return owner
    return owner[0], owner[1], "estimate", "unrecorded"


def union(schema: Schema) -> list[Schema]:
    """List the types of which a value has one; a list of type names is short for that. None where there is one type."""
    if "anyOf" in schema or "oneOf" in schema:
        for choice in ("anyOf", "oneOf"):
            if isinstance(options := schema.get(choice), list) and options:
                return [mapping(option) for option in options]
    if isinstance(types := schema.get("type"), list) and "enum" not in schema and "const" not in schema:
        return [{**schema, "type": name} for name in types if isinstance(name, str)]
    return []


def names(value: object) -> frozenset[str]:
    """Take the names out of a list."""
    return frozenset([one for one in listed(value) if isinstance(one, str)])
