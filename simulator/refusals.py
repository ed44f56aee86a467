"""The API's refusals, in its own error shape and its own words. It decides none of them.

Most follow answers of the API that users reported (2024 to 2026); those of ranges and patterns were not confirmed.

>>> missing("messages").body()["error"]["message"]
"Missing required parameter: 'messages'."
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Refusal:
    """An error answer of the API."""

    status: int
    message: str
    type: str = "invalid_request_error"
    param: str | None = None
    code: str | None = None

    def body(self) -> dict[str, dict[str, str | None]]:
        """Give the JSON of the answer, its keys in the API's order."""
        return {"error": {"message": self.message, "type": self.type, "param": self.param, "code": self.code}}


def missing(path: str) -> Refusal:
    """A required parameter isn't there."""
    return Refusal(400, f"Missing required parameter: '{path}'.", param=path, code="missing_required_parameter")


def wrong_type(path: str, expected: str, value: object) -> Refusal:
    """A value has the wrong JSON type; expected carries its article."""
    message = f"Invalid type for '{path}': expected {expected}, but got {kind(value)} instead."
    return Refusal(400, message, param=path, code="invalid_type")


def wrong_value(path: str, value: object, supported: Sequence[str]) -> Refusal:
    """A value is none of those there are."""
    quoted = [f"'{one}'" for one in supported]
    listed = " and ".join(quoted) if len(quoted) < 3 else ", ".join(quoted[:-1]) + f", and {quoted[-1]}"
    return Refusal(400, f"Invalid value: '{value}'. Supported values are: {listed}.", param=path, code="invalid_value")


def out_of_range(path: str, value: float, limit: float, above: bool) -> Refusal:
    """A number is too large or too small.

    >>> out_of_range("temperature", 3, 2, above=True).message
    "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 3 instead."
    """
    number = "integer" if path in _INTEGERS else "decimal"
    side, sign, end = ("above maximum", "<=", "above_max") if above else ("below minimum", ">=", "below_min")
    message = (
        f"Invalid '{path}': {number} {side} value. Expected a value {sign} {limit}, but got {_json(value)} instead."
    )
    return Refusal(400, message, param=path, code=f"{number}_{end}_value")


def too_long(path: str, most: int, length: int) -> Refusal:
    """An array has too many entries."""
    message = f"Invalid '{path}': array too long. Expected an array with maximum length {most}, "
    return Refusal(
        400, message + f"but got an array with length {length} instead.", param=path, code="array_above_max_length"
    )


def empty(path: str) -> Refusal:
    """An array has no entry."""
    message = f"Invalid '{path}': empty array. Expected an array with minimum length 1, but got an empty array instead."
    return Refusal(400, message, param=path, code="empty_array")


def no_match(path: str, pattern: str) -> Refusal:
    """A string has characters it can't have."""
    message = (
        f"Invalid '{path}': string does not match pattern. Expected a string that matches the pattern '{pattern}'."
    )
    return Refusal(400, message, param=path, code="invalid_value")


def kind(value: object) -> str:
    """Name the JSON type of a value, with its article."""
    if value is None:
        return "null"
    names = (
        (bool, "a boolean"),
        (int, "an integer"),
        (float, "a decimal number"),
        (str, "a string"),
        (list, "an array"),
    )
    return next((name for type_, name in names if isinstance(value, type_)), "an object")


_INTEGERS = frozenset(["n", "max_tokens", "max_completion_tokens", "top_logprobs", "logprobs", "seed"])


def _json(value: Any) -> str:
    return json.dumps(value)
