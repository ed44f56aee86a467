"""JSON Schemas of strangers: is one sound, does a value fit it. It follows no reference out of the schema, ever.

A schema may come from a visitor and the value from a model, so nothing of either can hang the program: patterns are run
by RE2 in linear time, nesting and references are bounded. Draft 2020-12.

>>> [str(fault) for fault in faults({"type": "object", "properties": {"a": {"type": "text"}}})]
["properties.a.type: 'text' is not valid under any of the given schemas"]
>>> [misfit.where for misfit in misfits({"a": 1}, {"type": "object", "properties": {"a": {"type": "string"}}})]
['a']
"""

from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from playground import patterns, strict
from playground.language import mark

DEEPEST = 40
"""Levels of JSON in a schema."""
LARGEST = 20_000
"""Values in a schema."""
REFERENCES = 5_000
"""How often references are followed for one value: a few of them that double each other would never end."""
MOST = 20
"""Faults that are named."""

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class SchemaFault:
    """One thing that is wrong with a schema, and where."""

    where: str
    """As in properties.location.enum[0]; empty for the schema itself."""
    said: str
    """In English, marked for translation, with gaps for the values."""
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        said = self.said.format(**self.values)
        return f"{self.where}: {said}" if self.where else said


@dataclass(frozen=True)
class Misfit:
    """Where a value breaks its schema."""

    where: str
    """The place in the value; empty for the value itself."""
    keyword: str
    """The keyword of the schema that it breaks."""
    expected: Any
    """What that keyword says."""
    message: str
    """In English, as the library says it."""


class _Endless(Exception):
    """The references of a schema multiply without end."""


_left: ContextVar[list[int]] = ContextVar("references left")


def faults(schema: object) -> tuple[SchemaFault, ...]:
    """Say what is wrong with the schema of a function's parameters; none when nothing is.

    >>> [str(fault) for fault in faults({"type": "object", "$ref": "http://example.com/schema.json"})]
    ['$ref: a reference out of this schema is never followed; it must begin with #']
    """
    if not isinstance(schema, dict):
        return (SchemaFault("", mark("a schema is a JSON object")),)
    found = tuple(islice(_at_a_glance(schema), MOST)) or tuple(islice(_broken_rules(schema), MOST))
    if found:
        return found
    if schema.get("type") != "object":
        return (SchemaFault("type", mark("the parameters of a function are an object: type must be “object”")),)
    trial = next((misfit for misfit in misfits({}, schema) if misfit.keyword == "$ref"), None)
    return (SchemaFault("", mark("the references run in circles")),) if trial else ()


def misfits(value: object, schema: Mapping[str, Any]) -> tuple[Misfit, ...]:
    """Say where a value breaks a schema that is sound; the first places only.

    A schema whose references never end is told as a misfit of the keyword $ref.
    """
    # Half a second of imports, which only who checks something should wait for.
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    _left.set([REFERENCES])
    try:
        checker = _checker()(schema, registry=Registry())
        return tuple(
            Misfit(written(error.absolute_path), str(error.validator), error.validator_value, error.message)
            for error in islice(checker.iter_errors(value), MOST)
        )
    except (RecursionError, _Endless):
        return (Misfit("", "$ref", None, "the references of the schema run in circles"),)
    except Unresolvable as error:
        return (Misfit("", "$ref", None, f"the schema refers to nothing: {error}"),)
    except ArithmeticError as error:
        return (Misfit("", "multipleOf", None, f"a number can't be checked: {error}"),)


def written(path: Iterable[str | int]) -> str:
    """Write a path.

    >>> written(["properties", "unit", "enum", 0])
    'properties.unit.enum[0]'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


@cache
def _checker() -> Any:
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    follow = Draft202012Validator.VALIDATORS["$ref"]

    def counted(validator: Any, reference: Any, instance: Any, schema: Any) -> Iterator[Any]:
        left = _left.get()
        left[0] -= 1
        if left[0] < 0:
            raise _Endless
        yield from follow(validator, reference, instance, schema)

    return extend(Draft202012Validator, {"$ref": counted, "pattern": _pattern})  # type: ignore[no-untyped-call]


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[Any]:
    """Look for a pattern in linear time; one that can't be read so fits nothing."""
    from jsonschema import ValidationError

    if not validator.is_type(instance, "string"):
        return
    engine = patterns.compiled(pattern)
    if engine is None or not engine.is_in(instance):
        yield ValidationError(f"{instance[:80]!r} does not match {pattern[:80]!r}")


_NAMES = frozenset({"properties", "$defs", "definitions", "dependentSchemas"})
_DATA = frozenset({"enum", "const", "default", "examples"})
_REFUSED = frozenset({"patternProperties", "unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$recursiveRef"})


def _at_a_glance(schema: dict[str, Any]) -> Iterator[SchemaFault]:
    """Look for what would be dangerous to check any further."""
    waiting: list[tuple[Path, Any, str]] = [((), schema, "schema")]
    seen = 0
    while waiting:
        path, one, kind = waiting.pop()
        seen += 1
        if len(path) >= DEEPEST or seen > LARGEST:
            too_deep = len(path) >= DEEPEST
            said = mark("the schema is nested deeper than {n} levels") if too_deep else mark("more than {n} values")
            yield SchemaFault(written(path[:6]), said, {"n": str(DEEPEST if too_deep else LARGEST)})
            return
        if isinstance(one, list):
            waiting += [((*path, at), inner, kind) for at, inner in enumerate(one)]
        elif isinstance(one, dict):
            if kind == "schema":
                yield from _dangers(path, one, schema)
            for key, inner in one.items():
                below = "names" if kind == "schema" and key in _NAMES else "data" if key in _DATA else "schema"
                waiting.append(((*path, key), inner, below if kind != "data" else "data"))


def _dangers(path: Path, one: dict[str, Any], root: dict[str, Any]) -> Iterator[SchemaFault]:
    for key in one.keys() & _REFUSED:
        yield SchemaFault(written((*path, key)), mark("this keyword can't be used here"))
    reference = one.get("$ref")
    if isinstance(reference, str):
        where = written((*path, "$ref"))
        if not reference.startswith("#"):
            yield SchemaFault(where, mark("a reference out of this schema is never followed; it must begin with #"))
        elif (reference != "#" and not reference.startswith("#/")) or strict.target(root, reference) is None:
            yield SchemaFault(where, mark("it refers to nothing: {reference}"), {"reference": reference[:80]})
    pattern = one.get("pattern")
    detail = patterns.problem(pattern) if isinstance(pattern, str) else None
    if detail is not None:
        said = mark("this pattern can't be run in linear time, as RE2 does: {detail}")
        yield SchemaFault(written((*path, "pattern")), said, {"detail": detail[:120]})


def _broken_rules(schema: dict[str, Any]) -> Iterator[SchemaFault]:
    """Hold a schema against the schema of schemas."""
    from jsonschema import Draft202012Validator
    from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]

    rules = Draft202012Validator(Draft202012Validator.META_SCHEMA, registry=REGISTRY)
    try:
        for error in sorted(rules.iter_errors(schema), key=lambda one: list(map(str, one.absolute_path))):
            yield SchemaFault(written(error.absolute_path), "{detail}", {"detail": error.message[:200]})
    except RecursionError:
        yield SchemaFault("", mark("the schema is nested deeper than {n} levels"), {"n": str(DEEPEST)})
