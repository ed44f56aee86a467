"""Whether a value keeps to a stranger's JSON schema: nothing is fetched, no pattern and no reference runs away.

It checks with jsonschema, an empty registry, and patterns of a linear-time engine (playground.patterns).

>>> check = Checker({"type": "object", "properties": {"code": {"type": "string", "pattern": "^(a+)+$"}}})
>>> check.accepts({"code": "a" * 40}), check.accepts({"code": "a" * 40 + "!"})
(True, False)
"""

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
from jsonschema.exceptions import SchemaError, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend, validator_for
from referencing import Registry
from referencing.exceptions import Unresolvable

from playground import patterns
from playground.strict import LARGEST, is_number

Schema = Mapping[str, Any]
MOST_PARTS = 5000
"""Parts of a schema at most."""
MOST_REFERENCES = 3000
"""References that are followed for one value: a few that refer to each other twice would else never end."""
UNREAD = frozenset(("$dynamicRef", "$recursiveRef", "$dynamicAnchor", "$recursiveAnchor", "$anchor", "$vocabulary"))
_PATTERNS_LOST = frozenset(("unevaluatedProperties", "unevaluatedItems"))
_DRAFTS = (
    *(jsonschema.Draft4Validator, jsonschema.Draft6Validator, jsonschema.Draft7Validator),
    *(jsonschema.Draft201909Validator, jsonschema.Draft202012Validator),
)


class Endless(Exception):
    """Checking a value would follow more references than it may."""


class Checker:
    """A schema that was looked through, ready to check values."""

    def __init__(self, schema: Schema) -> None:
        """The schema has no problem: problem() was asked."""
        kind = validator_for(schema, default=jsonschema.Draft202012Validator)
        kind = kind if kind in _DRAFTS else jsonschema.Draft202012Validator
        self._followed = 0
        follow = kind.VALIDATORS["$ref"]

        def counted(validator: Any, ref: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
            self._followed += 1
            if self._followed > MOST_REFERENCES:
                raise Endless
            yield from follow(validator, ref, instance, schema) or ()

        own = {"pattern": _pattern, "patternProperties": _pattern_properties, "additionalProperties": _additional}
        own_kind: Any = extend(  # type: ignore[no-untyped-call]
            kind, {**own, "$ref": counted}
        )
        # Without a registry of its own, jsonschema would fetch what a reference names from the network.
        self._validator: Validator = own_kind(schema, registry=Registry())

    def begin(self) -> None:
        """Follow references anew: what was followed for the value before doesn't count."""
        self._followed = 0

    def errors(self, value: Any, schema: Schema | None = None) -> Iterator[ValidationError]:
        """Give what is wrong with a value, by the whole schema or a part of it.

        Raises: Endless.
        """
        validator: Any = self._validator if schema is None else self._validator.evolve(schema=schema)
        try:
            yield from validator.iter_errors(value)
        except (RecursionError, Unresolvable) as error:
            raise Endless from error

    def accepts(self, value: Any, schema: Schema | None = None) -> bool:
        """Say whether a value keeps to the schema, or to a part of it; a check without end is a no."""
        try:
            return next(self.errors(value, schema), None) is None
        except Endless:
            return False


def problem(schema: Schema) -> tuple[tuple[str, ...], str] | None:
    """Find what makes a schema unfit to be checked against: where, and what is wrong."""
    waiting: list[tuple[tuple[str, ...], Any]] = [((), schema)]
    parts = 0
    kinds: set[str] = set()
    while waiting:
        path, one = waiting.pop()
        parts += 1
        if parts > MOST_PARTS:
            return (), f"the schema has more than {MOST_PARTS} parts."
        if isinstance(one, list):
            waiting += [((*path, str(at)), inner) for at, inner in enumerate(one)]
        if not isinstance(one, dict):
            continue
        keywords = path[-1:] not in (
            ("properties",),
            ("$defs",),
            ("definitions",),
            ("patternProperties",),
            ("default",),
        )
        if keywords:
            found = _unfit(one)
            if found:
                return path, found
            kinds.update(one)
        if keywords or path[-1] == "patternProperties":
            waiting += [((*path, key), inner) for key, inner in one.items() if key not in ("enum", "const", "examples")]
        elif path[-1] != "default":
            waiting += [((*path, key), inner) for key, inner in one.items()]
    if "patternProperties" in kinds and kinds & _PATTERNS_LOST:
        return (), "'patternProperties' is not read beside 'unevaluatedProperties'."
    return _by_its_meta_schema(schema)


def _unfit(one: Mapping[str, Any]) -> str | None:
    if unread := sorted(UNREAD & one.keys()):
        return f"'{unread[0]}' is not permitted."
    if any(is_number(value) and not abs(value) <= LARGEST for value in one.values()):
        return f"numbers beyond {LARGEST} are not permitted."
    reference = one.get("$ref")
    if isinstance(reference, str) and not reference.startswith("#"):
        return f"reference '{reference}' points to another document, which is not fetched."
    written = [
        one.get("pattern"),
        *(one["patternProperties"] if isinstance(one.get("patternProperties"), dict) else ()),
    ]
    for pattern in written:
        if isinstance(pattern, str) and patterns.compiled(pattern) is None:
            return "'pattern' must be a pattern that RE2 takes."
    return None


def _by_its_meta_schema(schema: Schema) -> tuple[tuple[str, ...], str] | None:
    kind = validator_for(schema, default=jsonschema.Draft202012Validator)
    kind = kind if kind in _DRAFTS else jsonschema.Draft202012Validator
    try:
        # Without formats: one of them would compile each pattern with Python's engine.
        kind.check_schema(schema, format_checker=jsonschema.FormatChecker(formats=()))
    except SchemaError as error:
        return tuple(map(str, error.absolute_path)), error.message[:300] + "."
    except RecursionError:
        return (), "the schema is nested too deeply."
    return None


def _pattern(validator: Any, pattern: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    engine = patterns.compiled(pattern)
    if isinstance(instance, str) and (engine is None or not engine.is_in(instance)):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _pattern_properties(validator: Any, listed: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    for pattern, inner in listed.items() if isinstance(instance, dict) else ():
        engine = patterns.compiled(pattern)
        for name, value in instance.items():
            if engine and engine.is_in(name):
                yield from validator.descend(value, inner, path=name, schema_path=pattern)


def _additional(validator: Any, rest: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if not isinstance(instance, dict):
        return
    engines = [patterns.compiled(pattern) for pattern in schema.get("patternProperties", ())]
    properties = schema.get("properties", {})
    for name, value in instance.items():
        if name in properties or any(engine and engine.is_in(name) for engine in engines):
            continue
        if rest is False:
            yield ValidationError(f"Additional properties are not allowed ({name!r} was unexpected)")
        else:
            yield from validator.descend(value, rest, path=name)
