"""A JSON schema as the TypeScript that models are shown since 2024. It counts nothing and checks no schema.

One line where nothing inside has a comment or a default; else a property a line, never indented.

>>> schema = {"type": "object", "properties": {"a": {"type": ["string", "null"]}}, "required": ["a"]}
>>> "".join(piece.text for piece in Writer("tools").object(schema, "", Piece("", "", "")))
'{ a: string|null }'
"""

from collections.abc import Mapping, Sequence

from playground import json_paths
from playground.language import mark
from playground.ledger_rules import Layout
from playground.prompt_text import Piece
from playground.schemas import Schema, Unknown, listed, mapping, written

DEEPEST = 24
"""Schemas nested deeper are written as `any` from there on."""
LONGEST = 20_000
"""So are those that turn out longer, by $refs that multiply."""

_WITHOUT_PROPERTIES = "object"
_NAMES = {"integer": "number", "number": "number", "string": "string", "boolean": "boolean", "null": "null"}


class Writer:
    """Writes the schemas of one function, and keeps a list of what can't be written."""

    def __init__(self, why: str, root: Schema | None = None, where: str = "") -> None:
        self.unknown: list[Unknown] = []
        self._why = why
        self._root = root or {}
        self._where = where
        self._left = LONGEST
        self._open: list[str] = []

    def object(self, schema: Schema, where: str, owner: Piece) -> list[Piece]:
        """Write an object; its braces belong to the owner."""
        return self._object(schema, where, owner, 0, self._is_flat(schema, 0))

    def _object(self, schema: Schema, where: str, owner: Piece, depth: int, flat: bool) -> list[Piece]:
        given = properties(schema, where)
        if not given:
            return [owner.saying(_WITHOUT_PROPERTIES)]
        found = [owner.saying("{ " if flat else "{\n")]
        for number, (name, value, place, optional) in enumerate(given):
            resolved, place, ref = self._resolved(value, place)
            piece = Piece(mark("parameter"), place, f"{name}{optional}:", None, "fitted", self._why)
            if not flat:
                found += comments(resolved, place, "2024", piece)
            behind = _annotations(resolved, place, piece)
            if behind and union(resolved):
                # As openai/harmony writes them: what would stand behind several lines stands above.
                found += [one._replace(text=one.text[1:] + "\n") for one in behind]
                behind = []
            found.append(piece)
            found += self._type(resolved, place, piece, depth + 1, flat, below=not flat)
            if flat:
                found.append(piece.saying(", " if number + 1 < len(given) else " "))
            else:
                found += [piece.saying(","), *behind, piece.saying("\n")]
            self._close(ref)
        return [*found, owner.saying("}")]

    def _type(
        self, schema: Schema, where: str, owner: Piece, depth: int, flat: bool, *, below: bool = False, blank: str = " "
    ) -> list[Piece]:
        """Write a type after a blank; a union of types below what comes before it."""
        self._left -= 1
        if depth > DEEPEST or self._left < 0:
            self.unknown.append(Unknown(where, mark("a schema that is too deep or too long")))
            return [owner.saying(f"{blank}any")]
        if members := union(schema):
            return self._union(members, where, owner, depth, flat, below, blank)
        if "const" in schema:
            return [owner.saying(blank + in_json(schema["const"]))]
        if isinstance(values := schema.get("enum"), list):
            return [owner.saying(blank + " | ".join(in_json(value) for value in values))]
        match schema.get("type"):
            case "object":
                return [
                    owner.saying(blank),
                    *self._object(schema, where, owner, depth, self._inside(flat, schema)),
                ]
            case "array":
                return self._array(schema, where, owner, depth, flat, blank)
            case other:
                return [owner.saying(blank + _NAMES.get(other if isinstance(other, str) else "", "any"))]

    def _union(
        self, members: Sequence[Schema], where: str, owner: Piece, depth: int, flat: bool, below: bool, blank: str
    ) -> list[Piece]:
        several = owner._replace(why="union")
        found: list[Piece] = []
        for number, member in enumerate(members):
            resolved, place, ref = self._resolved(member, where)
            if not below:
                before = "|" if number else blank
                found += self._type(resolved, place, several, depth + 1, True, blank=before)
            else:
                found.append(several.saying(" | " if number else "\n | "))
                found += comments(resolved, place, "2024", several)
                found += self._type(resolved, place, several, depth + 1, flat, blank="")
                found += [*_annotations(resolved, place, several), several.saying("\n")]
            self._close(ref)
        return found

    def _array(self, schema: Schema, where: str, owner: Piece, depth: int, flat: bool, blank: str) -> list[Piece]:
        given, place, ref = self._resolved(mapping(schema.get("items")), f"{where}.items")
        above = [] if flat else comments(given, place, "2024", owner)
        if given.get("type") == "object" and (above or not self._inside(flat, given)):
            start, end = ("Array<\n", "\n>") if above else ("Array<", ">")
            inner = self._type(given, place, owner, depth + 1, flat, blank="")
            found = [owner.saying(blank + start), *above, *inner, owner.saying(end)]
        else:
            inner = self._type(given, place, owner, depth + 1, True, blank="")
            several = len(union(given)) > 1 or len(listed(given.get("enum"))) > 1
            start, end = ("(", ")[]") if several else ("", "[]")
            found = [owner.saying(blank + start), *inner, owner.saying(end)]
        self._close(ref)
        return found

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
            resolved, _place, ref = self._resolved(value, "", quiet=True)
            plain = not _is_annotated(resolved) and self._is_flat(resolved, depth + 1)
            self._close(ref)
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

    def _close(self, reference: str) -> None:
        if reference:
            self._open.remove(reference)


def comments(schema: Schema, where: str, layout: Layout, owner: Piece) -> list[Piece]:
    """Write title and description of something above it."""
    text = schema.get("description")
    if layout == "2023":
        line = f"// {text}".rstrip() + "\n"
        return [_about(mark("description"), where, "description", line, owner)] if text else []
    found = []
    if title := schema.get("title"):
        below = "//\n" if text else ""
        found.append(_about(mark("title"), where, "title", f"// {title}\n{below}", owner))
    if text:
        lines = (f"// {line.strip()}".rstrip() + "\n" for line in str(text).strip().split("\n"))
        found.append(_about(mark("description"), where, "description", "".join(lines), owner))
    return found


def _annotations(schema: Schema, where: str, owner: Piece) -> list[Piece]:
    """Write what stands behind a type."""
    found = []
    if isinstance(format_ := schema.get("format"), str):
        found.append(_about(mark("format"), where, "format", f" // format: {format_}", owner))
    if "default" in schema:
        default = schema["default"]
        shown = default if "enum" in schema and isinstance(default, str) else in_json(default)
        found.append(_about(mark("default"), where, "default", f" // default: {shown}", owner))
    return found


def _about(what: str, where: str, key: str, text: str, owner: Piece) -> Piece:
    return Piece(what, json_paths.under(where, key), text, None, owner.certainty, owner.why)


def _is_annotated(schema: Schema) -> bool:
    return bool(
        schema.get("title") or schema.get("description") or "default" in schema or isinstance(schema.get("format"), str)
    )


def union(schema: Schema) -> list[Schema]:
    """List the types of which a value has one; a list of type names is short for that. None where there is one type."""
    for choice in ("anyOf", "oneOf"):
        if isinstance(options := schema.get(choice), list) and options:
            return [mapping(option) for option in options]
    if isinstance(names := schema.get("type"), list) and "enum" not in schema and "const" not in schema:
        return [{**schema, "type": name} for name in names if isinstance(name, str)]
    return []


def properties(schema: Schema, where: str) -> list[tuple[str, Schema, str, str]]:
    """Give name, schema, place and question mark of each property."""
    needed = listed(schema.get("required"))
    place = json_paths.under(where, "properties")
    return [
        (str(name), mapping(value), json_paths.under(place, str(name)), "" if name in needed else "?")
        for name, value in mapping(schema.get("properties")).items()
    ]


def in_json(value: object) -> str:
    """Write a value of a schema."""
    return written(value, spaced=True)
