"""Values that keep to any JSON schema: the nearest to what was meant, else the plainest there is. It reads no prompt.

A schema for which neither is found is refused before a function that has it is offered to the model.

>>> schema = {"type": "object", "properties": {"n": {"type": "integer", "minimum": 5}}, "required": ["n"]}
>>> fitting(schema).nearest({"n": 7, "of": 1}), fitting(schema).nearest({"n": 1}), fitting(schema).problem
({'n': 7, 'of': 1}, {'n': 5}, None)
>>> fitting({"type": "object", "properties": {"n": False}, "required": ["n"]}).problem
'In context=(), no value was found that satisfies this schema.'
"""

import copy
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jsonschema.exceptions import ValidationError

from playground.strict import Problem
from simulator.plain_values import Builder, Unfillable
from simulator.schema_checks import Checker, Endless, problem

Schema = Mapping[str, Any]
REPAIRS = 12
"""Rounds of mending a value before the plainest is taken."""


class Fitting:
    """A schema of a function's parameters, with the plainest arguments that keep to it."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self.problem: str | None = None
        """Why the schema can't be used, in the API's words; None when it can."""
        found = problem(schema) if schema else None
        if found:
            self.problem = str(Problem(found[0], "", found[1]))
            return
        self._checker = Checker(schema)
        self._builder = Builder(schema, self._checker)
        try:
            self._plainest = self._builder.value()
        except Unfillable:
            self.problem = str(Problem((), "", "no value was found that satisfies this schema."))

    def fits(self, value: Any) -> bool:
        """Say whether a value keeps to the schema."""
        if self.problem:
            return False
        self._checker.begin()
        return self._checker.accepts(value)

    def nearest(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Give a value as it is where it keeps to the schema, else mended, else the plainest."""
        if self.problem:
            return dict(value)
        if self.fits(value):
            return dict(value)
        mended: dict[str, Any] = copy.deepcopy(dict(value))
        try:
            for _ in range(REPAIRS):
                self._checker.begin()
                error = next(self._checker.errors(mended), None)
                if error is None:
                    return mended
                mended = self._mended(mended, error)
        except (Unfillable, Endless, KeyError, IndexError, TypeError):
            pass
        plainest: dict[str, Any] = copy.deepcopy(self._plainest)
        return plainest

    def _mended(self, value: Any, error: ValidationError) -> Any:
        """Change the part of a value that is wrong, and no more."""
        path = list(error.absolute_path)
        at = value
        for step in path:
            at = at[step]
        schema = error.schema if isinstance(error.schema, Mapping) else {}
        known = schema.get("properties", {})
        if error.validator == "required":
            more = {name: self._builder.value(known.get(name, True)) for name in schema["required"] if name not in at}
            changed: Any = {**at, **more}
        elif error.validator == "additionalProperties" and isinstance(at, dict):
            changed = {name: one for name, one in at.items() if name in known}
        else:
            changed = self._builder.value(schema if error.schema is not False else False)
        if not path:
            return changed
        holder = value
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = changed
        return value


@lru_cache(maxsize=256)
def _fitting(schema: str) -> Fitting:
    return Fitting(json.loads(schema))


def fitting(schema: Schema) -> Fitting:
    """Measure a schema; the last 256 are kept."""
    return _fitting(json.dumps(schema, ensure_ascii=False))
