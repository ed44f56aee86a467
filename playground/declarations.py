"""How a model is shown the functions of a request: as TypeScript. It counts nothing and checks no schema.

OpenAI documents none of this. Both layouts were fitted to prompt tokens that the API reported: "2023" is what
gpt-4-0613 was shown for `functions`, "2024" is what servers write for `tools` since gpt-3.5-turbo-0125.

>>> print(section([{"name": "now", "description": "Tell the time"}]))
# Tools
<BLANKLINE>
## functions
<BLANKLINE>
namespace functions {
<BLANKLINE>
// Tell the time
type now = () => any;
<BLANKLINE>
} // namespace functions
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Layout = Literal["2023", "2024"]
Schema = Mapping[str, Any]

DEEPEST = 24
"""Schemas nested deeper, or turning in a circle by $ref, are written as `any` from there on."""


def section(functions: Sequence[Schema], layout: Layout = "2024") -> str:
    """Write the part of the system message that lists the functions."""
    declared = "".join(declaration(function, layout) + "\n\n" for function in functions)
    return "# Tools\n\n## functions\n\nnamespace functions {\n\n" + declared + "} // namespace functions"


def declaration(function: Schema, layout: Layout = "2024") -> str:
    """Write one function as a TypeScript type.

    >>> declaration({"name": "add", "parameters": {"type": "object", "properties": {"a": {"type": "number"}}}})
    'type add = (_: { a?: number }) => any;'
    """
    parameters = _mapping(function.get("parameters"))
    writer = _Writer2023() if layout == "2023" else _Writer2024(parameters)
    lines = writer.comment(function)
    name = function.get("name")
    argument = ""
    if _mapping(parameters.get("properties")):
        above = writer.comment(parameters) if layout == "2024" else []
        argument = "_: " + "\n".join([*above, writer.object(parameters, 0)])
    return "\n".join([*lines, f"type {name} = ({argument}) => any;"])


def of_request(body: Mapping[str, Any]) -> tuple[list[Schema], Literal["functions", "tools"]]:
    """List the functions that a request offers, and the dialect it does so in; tools win when both are there."""
    tools = body.get("tools")
    if isinstance(tools, list) and tools:
        return [_mapping(_mapping(tool).get("function")) for tool in tools], "tools"
    functions = body.get("functions")
    return [_mapping(function) for function in functions] if isinstance(functions, list) else [], "functions"


class _Writer2023:
    """Always one property a line; nested objects indented by 2, their comments dropped below the first level."""

    def comment(self, schema: Schema) -> list[str]:
        text = schema.get("description")
        return [f"// {text}".rstrip()] if text else []

    def object(self, schema: Schema, depth: int) -> str:
        indent = " " * depth
        lines = ["{"]
        for name, value, optional in _properties(schema):
            if depth < 2:
                lines += [indent + line for line in self.comment(value)]
            lines.append(f"{indent}{name}{optional}: {self.type(value, depth + 2)},")
        return "\n".join([*lines, " " * max(depth - 2, 0) + "}"])

    def type(self, schema: Schema, depth: int) -> str:
        if depth > 2 * DEEPEST:
            return "any"
        if isinstance(options := schema.get("anyOf"), list):
            return " | ".join(self.type(_mapping(option), depth) for option in options)
        if "const" in schema:
            return _json(schema["const"])
        if isinstance(values := schema.get("enum"), list):
            return " | ".join(_json(value) for value in values)
        match schema.get("type"):
            case "object":
                return self.object(schema, depth)
            case "array":
                return self.type(_mapping(schema.get("items")), depth) + "[]"
            case other:
                return _plain(other)


@dataclass(frozen=True)
class _Writer2024:
    """One line where nothing inside has a comment or a default; else a property a line, never indented."""

    root: Schema = field(default_factory=dict)

    def comment(self, schema: Schema) -> list[str]:
        lines = []
        if title := schema.get("title"):
            lines += [f"// {title}"]
            if schema.get("description"):
                lines += ["//"]
        if text := schema.get("description"):
            lines += [f"// {line.strip()}".rstrip() for line in str(text).strip().split("\n")]
        return lines

    def object(self, schema: Schema, depth: int) -> str:
        properties = [(name, self._resolved(value), optional) for name, value, optional in _properties(schema)]
        if not properties:
            return "object"
        written = [(name + optional, value, self.type(value, depth + 1)) for name, value, optional in properties]
        if all("\n" not in text and not self.comment(value) and "default" not in value for _, value, text in written):
            return "{ " + ", ".join(f"{head}: {text}" for head, _, text in written) + " }"
        lines = ["{"]
        for head, value, text in written:
            lines += [*self.comment(value), f"{head}: {text}," + self._default(value)]
        return "\n".join([*lines, "}"])

    def type(self, schema: Schema, depth: int) -> str:
        if depth > DEEPEST:
            return "any"
        schema = self._resolved(schema)
        for choice in ("anyOf", "oneOf"):
            if isinstance(options := schema.get(choice), list):
                return " | ".join(self.type(_mapping(option), depth + 1) for option in options)
        if "const" in schema:
            return _json(schema["const"])
        if isinstance(values := schema.get("enum"), list):
            return " | ".join(_json(value) for value in values)
        match schema.get("type"):
            case "object":
                return self.object(schema, depth)
            case "array":
                return self._array(self._resolved(_mapping(schema.get("items"))), depth)
            case other:
                return _plain(other)

    def _array(self, items: Schema, depth: int) -> str:
        inner = self.type(items, depth + 1)
        if items.get("type") == "object" and (comment := self.comment(items)):
            return "\n".join(["Array<", *comment, inner, ">"])
        return f"({inner})[]" if " | " in inner and not inner.startswith("{") else f"{inner}[]"

    def _default(self, schema: Schema) -> str:
        if "default" not in schema:
            return ""
        default = schema["default"]
        bare = "enum" in schema and isinstance(default, str)
        return f" // default: {default if bare else _json(default)}"

    def _resolved(self, schema: Schema) -> Schema:
        reference = schema.get("$ref")
        if not isinstance(reference, str) or not reference.startswith("#/"):
            return schema
        found: Any = self.root
        for step in reference[2:].split("/"):
            found = _mapping(found).get(step)
        return {**_mapping(found), **{key: value for key, value in schema.items() if key != "$ref"}}


def _properties(schema: Schema) -> Iterator[tuple[str, Schema, str]]:
    """Give name, schema and the question mark of each property."""
    required = schema.get("required")
    needed = required if isinstance(required, list) else []
    for name, value in _mapping(schema.get("properties")).items():
        yield name, _mapping(value), "" if name in needed else "?"


def _plain(type_: object) -> str:
    if isinstance(type_, list):
        return " | ".join(_plain(one) for one in type_ if isinstance(one, str))
    return {"integer": "number", "object": "object"}.get(str(type_), str(type_)) if isinstance(type_, str) else "any"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _mapping(value: object) -> Schema:
    return value if isinstance(value, Mapping) else {}
