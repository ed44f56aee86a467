"""A JSON schema as the TypeScript that gpt-4-0613 was shown for `functions`. It counts nothing and checks no schema.

Always a property a line; nested objects are indented by 2 but for their last brace, their comments dropped below the
first level.
"""

from playground import json_paths
from playground.language import mark
from playground.prompt_text import Owner
from playground.schemas import Schema, Unknown, listed, mapping
from playground.typescript import DEEPEST, LONGEST, names
from playground.typescript_notes import comment, in_json


class Writer2023:
    """Writes the schemas of one function, and keeps a list of what can't be written."""

    def __init__(self, why: str) -> None:
        self.said: list[tuple[Owner, str]] = []
        self.unknown: list[Unknown] = []
        self._why = why
        self._left = LONGEST

    def object(self, schema: Schema, where: str, owner: Owner, depth: int = 0) -> None:
        """Write an object; its braces belong to the owner."""
        indent = " " * depth
        needed, place = names(schema.get("required")), json_paths.under(where, "properties")
        self.said.append((owner, "{\n"))
        for name, value in mapping(schema.get("properties")).items():
            type_, at = mapping(value), json_paths.under(place, str(name))
            parameter: Owner = (mark("parameter"), at, "exact", self._why)
            if depth < 2:
                comment(self.said, type_, at, "2023", parameter, indent)
            self.said.append((parameter, f"{indent}{name}: " if name in needed else f"{indent}{name}?: "))
            self._type(type_, at, parameter, depth + 2)
            self.said.append((parameter, ",\n"))
        self.said.append((owner, "}"))

    def _type(self, schema: Schema, where: str, owner: Owner, depth: int) -> None:
        self._left -= 1
        if depth > 2 * DEEPEST or self._left < 0:
            self.unknown.append(Unknown(where, mark("a schema that is too deep or too long")))
            self.said.append((owner, "any"))
            return
        if "$ref" in schema:
            self.unknown.append(Unknown(where, mark("a $ref, which nobody recorded in functions of 2023")))
        if options := listed(schema.get("anyOf")):
            for number, option in enumerate(options):
                self.said.append((owner, " | " if number else ""))
                self._type(mapping(option), where, owner, depth)
        elif isinstance(values := schema.get("enum"), list):
            self.said.append((owner, " | ".join(in_json(value) for value in values)))
        elif (type_ := schema.get("type")) == "object":
            self.object(schema, where, owner, depth)
        elif type_ == "array":
            self._type(mapping(schema.get("items")), f"{where}.items", owner, depth)
            self.said.append((owner, "[]"))
        else:
            self.said.append((owner, _plain(type_)))


def _plain(type_: object) -> str:
    if isinstance(type_, list):
        return " | ".join(_plain(one) for one in type_ if isinstance(one, str))
    return {"integer": "number"}.get(type_, type_) if isinstance(type_, str) else "any"
