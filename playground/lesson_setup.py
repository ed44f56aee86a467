"""What a lesson fills its page with: the keys that each page takes, and the values they may have. It fills nothing.

>>> list(problems("chat", {"ask": "Hello! I'm John.", "histroy": "all"}))
[('setup.histroy', 'no key of chat; there are ask, system, turns, history')]
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from playground import encodings
from playground.loop import first_body
from playground.messages import Body, system, user
from playground.parameters import PARAMETERS, body_of
from playground.tools import GET_CURRENT_WEATHER
from playground.transcript import Transcript, Turn

Check = Callable[[Any], bool]


def problems(page: str, setup: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Say what is wrong with a set-up, as pairs of key and problem."""
    keys = PAGES.get(page)
    if keys is None:
        yield "page", f"{page!r} is none of {', '.join(PAGES)}"
        return
    needed = next(iter(keys))
    if needed not in setup:
        yield f"setup.{needed}", f"{page} needs it"
    for key, value in setup.items():
        if key not in keys:
            yield f"setup.{key}", f"no key of {page}; there are {', '.join(keys)}"
        elif not keys[key](value):
            yield f"setup.{key}", f"it can't be {value!r}"


def frozen(value: Any) -> Any:
    """Make a value that can't be changed: one lesson serves everybody who opens it."""
    if isinstance(value, Mapping):
        return MappingProxyType({key: frozen(inner) for key, inner in value.items()})
    return tuple(frozen(inner) for inner in value) if isinstance(value, list) else value


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _filled(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _one_of(*values: str) -> Check:
    return lambda value: value in values


def _turns(value: Any) -> bool:
    """Pairs of question and answer."""
    return isinstance(value, list) and all(
        isinstance(turn, list) and len(turn) == 2 and all(map(_filled, turn)) for turn in value
    )


def _encodings(value: Any) -> bool:
    if not isinstance(value, list) or not value:
        return False
    return all(name in encodings.NAMES and value.count(name) == 1 for name in value)


def _parameters(value: Any) -> bool:
    return isinstance(value, dict) and all(name in PARAMETERS and _fits(name, one) for name, one in value.items())


def _fits(name: str, value: Any) -> bool:
    parameter = PARAMETERS[name]
    match parameter.kind:
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "texts":
            return _filled(value) or (isinstance(value, list) and all(map(_filled, value)))
    return _filled(value) and value in (parameter.choices or (value,))


PAGES: Mapping[str, Mapping[str, Check]] = {
    "chat": {"ask": _filled, "system": _text, "turns": _turns, "history": _one_of("all", "last")},
    "tokenizer": {"text": _filled, "encodings": _encodings},
    "parameters": {"prompt": _filled, "system": _text, "parameters": _parameters},
    "function_calling": {
        "question": _filled,
        "dialect": _one_of("functions", "tools"),
        "unit": _one_of("left out", "get"),
        "function_call": _one_of("auto", "none", "get_current_weather"),
        "send_functions_again": _flag,
    },
}
"""Page -> the keys of its set-up and the check of each; the first one has to be there."""


def first_request(page: str, setup: Mapping[str, Any], model: str) -> Body | None:
    """Build the request that a page sends first once it is filled from a set-up; None for a page that sends none.

    >>> first_request("parameters", {"prompt": "Hi", "parameters": {"n": 2}}, "gpt-4")
    {'model': 'gpt-4', 'messages': [{'role': 'user', 'content': 'Hi'}], 'n': 2}
    """
    if page == "chat":
        turns = [Turn(question, answer, "complete") for question, answer in setup.get("turns", ())]
        talk = Transcript(setup.get("system", ""), turns)
        return body_of(model, talk.begin(setup["ask"]).request(talk, setup.get("history", "all")), {})
    if page == "parameters":
        instruction = [system(setup["system"])] if setup.get("system") else []
        return body_of(model, [*instruction, user(setup["prompt"])], setup.get("parameters", {}))
    if page == "function_calling":
        choice = setup.get("function_call") or None
        return first_body(setup.get("dialect", "functions"), model, setup["question"], GET_CURRENT_WEATHER, choice)
    return None
