"""What is said about a type beside the type: title, description and examples above it, format and default behind it.

It writes no type (typescript.py does) and counts nothing.
"""

from playground.language import mark
from playground.ledger_rules import Layout
from playground.prompt_text import Owner
from playground.schemas import Schema, listed, written

_TITLE, _DESCRIPTION, _FORMAT, _DEFAULT = mark("title"), mark("description"), mark("format"), mark("default")


def comment(
    said: list[tuple[Owner, str]], schema: Schema, where: str, layout: Layout, owner: Owner, indent: str = ""
) -> None:
    """Write title and description of something above it."""
    described = schema.get("description")
    if "title" in schema and layout == "2024" and (title := schema["title"]):
        below = "//\n" if described else ""
        said.append((_note(_TITLE, where, "title", owner), f"// {title}\n{below}"))
    if not described:
        return
    text = str(described)
    if layout == "2023":
        shown = f"{indent}// {text}".rstrip() + "\n"
    elif "\n" in text:
        shown = "".join([f"// {line.strip()}".rstrip() + "\n" for line in text.strip().split("\n")])
    else:
        shown = f"// {text.strip()}".rstrip() + "\n"
    said.append((_note(_DESCRIPTION, where, "description", owner), shown))


def examples(schema: Schema) -> str:
    """Write the examples that stand above a parameter: the texts among them."""
    found = [f'// - "{one}"\n' for one in listed(schema.get("examples")) if isinstance(one, str)]
    return "".join(["// Examples:\n", *found]) if listed(schema.get("examples")) else ""


def or_null(schema: Schema) -> str:
    """Write what OpenAPI's nullable adds to a type."""
    return " | null" if schema.get("nullable") is True else ""


def annotations(schema: Schema, where: str, owner: Owner) -> list[tuple[Owner, str]]:
    """Write what stands behind a type."""
    found = []
    if "format" in schema and isinstance(format_ := schema["format"], str):
        found.append((_note(_FORMAT, where, "format", owner), f" // format: {format_}"))
    if "default" in schema:
        default = schema["default"]
        shown = default if "enum" in schema and isinstance(default, str) else in_json(default)
        found.append((_note(_DEFAULT, where, "default", owner), f" // default: {shown}"))
    return found


def _note(what: str, where: str, key: str, owner: Owner) -> Owner:
    return what, f"{where}.{key}" if where else key, owner[2], owner[3]


def is_annotated(schema: Schema) -> bool:
    """Find out whether a type needs a line of its own."""
    return bool(
        schema.get("title")
        or schema.get("description")
        or "default" in schema
        or isinstance(schema.get("format"), str)
        or listed(schema.get("examples"))
    )


def in_json(value: object) -> str:
    """Write a value of a schema."""
    return written(value, spaced=True)
