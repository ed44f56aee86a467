"""A JSON schema as the TypeScript that gpt-4-0613 was shown for `functions`. It counts nothing and checks no schema.

Always a property a line; nested objects are indented by 2 but for their last brace, their comments dropped below the
first level.
"""

from playground.language import mark
from playground.prompt_text import Piece
from playground.schemas import Schema, Unknown, listed, mapping
from playground.typescript import DEEPEST, LONGEST, comments, in_json, properties


class Writer2023:
    """Writes the schemas of one function, and keeps a list of what can't be written."""

    def __init__(self, why: str) -> None:
        self.unknown: list[Unknown] = []
        self._why = why
        self._left = LONGEST

    def object(self, schema: Schema, where: str, owner: Piece, depth: int = 0) -> list[Piece]:
        """Write an object; its braces belong to the owner."""
        indent = " " * depth
        found = [owner.saying("{\n")]
        for name, value, place, optional in properties(schema, where):
            piece = Piece(mark("parameter"), place, f"{indent}{name}{optional}: ", None, "exact", self._why)
            if depth < 2:
                found += [one.saying(indent + one.text) for one in comments(value, place, "2023", piece)]
            found += [piece, *self._type(value, place, piece, depth + 2), piece.saying(",\n")]
        return [*found, owner.saying("}")]

    def _type(self, schema: Schema, where: str, owner: Piece, depth: int) -> list[Piece]:
        self._left -= 1
        if depth > 2 * DEEPEST or self._left < 0:
            self.unknown.append(Unknown(where, mark("a schema that is too deep or too long")))
            return [owner.saying("any")]
        if "$ref" in schema:
            self.unknown.append(Unknown(where, mark("a $ref, which nobody recorded in functions of 2023")))
        if options := listed(schema.get("anyOf")):
            found = []
            for number, option in enumerate(options):
                found += [owner.saying(" | ")] * (number > 0)
                found += self._type(mapping(option), where, owner, depth)
            return found
        if isinstance(values := schema.get("enum"), list):
            return [owner.saying(" | ".join(in_json(value) for value in values))]
        match schema.get("type"):
            case "object":
                return self.object(schema, where, owner, depth)
            case "array":
                inner = self._type(mapping(schema.get("items")), f"{where}.items", owner, depth)
                return [*inner, owner.saying("[]")]
            case other:
                return [owner.saying(_plain(other))]


def _plain(type_: object) -> str:
    if isinstance(type_, list):
        return " | ".join(_plain(one) for one in type_ if isinstance(one, str))
    return {"integer": "number"}.get(type_, type_) if isinstance(type_, str) else "any"
