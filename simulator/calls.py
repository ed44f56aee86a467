"""Which function the model asks for, and with which arguments. It runs none: no function's code ever comes this way.

Which one: the best overlap between the prompt and a function's name and description. Arguments: filled from the prompt
by the schema. They are paraphrases like any text, so a high temperature breaks their JSON as it does a real model's.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simulator import facts, places, units
from simulator.conversation import Conversation, Offer
from simulator.model import Paraphrase
from simulator.phrases import pattern, weighted

_WEATHER = re.compile(r"weather|forecast|temperature|날씨|기온|예보", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_QUOTED = re.compile(r"[\"“‘]([^\"”’]{1,200})[\"”’]")
_CAPITALS = re.compile(r"(?<=\s)[A-Z][\w-]*(?: [A-Z][\w-]*)*")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_EXAMPLE = re.compile(r"e\.g\.,? ([^\n;()]{1,60})")
_STOP_WORDS = frozenset(
    ["what", "with", "from", "that", "this", "current", "user", "given", "tell", "give", "about", "please"]
)
DEEPEST = 6


@dataclass(frozen=True)
class Call:
    """A function that the model asks for, and the ways its arguments may be written."""

    name: str
    arguments: tuple[Paraphrase, ...]


def calls(conversation: Conversation, pretty: bool) -> tuple[Call, ...]:
    """Choose the calls that answer the conversation now; none when the model should speak."""
    if conversation.choice == "none":
        return ()
    prompt = conversation.last_user
    offer = _best(conversation.offers, prompt)
    if offer is None:
        if conversation.choice != "required":
            return ()
        offer = conversation.offers[0]
    asked = [name for said in conversation.turn for name, _ in said.called]
    required = conversation.choice == "required"
    if not _about_weather(offer):
        return (_call(offer, prompt, None, pretty),) if required or not asked else ()
    left = _unasked(conversation) if required or pattern("weather").search(prompt) else []
    if required and not left:
        left = [_example_place(offer)]
    wanted = [_call(offer, prompt, place, pretty) for place in left]
    if not wanted:
        wanted = [_conversion(offer, value, prompt, pretty) for offer, value in units.unconverted(conversation)]
    return tuple(wanted if conversation.parallel else wanted[:1])


def forbidden(conversation: Conversation) -> bool:
    """Say whether the request offers the weather, and forbids to look it up."""
    return conversation.choice == "none" and any(_about_weather(offer) for offer in conversation.offers)


def wants_place(conversation: Conversation) -> bool:
    """Say whether the weather was asked for, could be looked up, and no place was named."""
    weather = any(_about_weather(offer) for offer in conversation.offers) and conversation.choice != "none"
    return weather and not places.mentioned(conversation.last_user)


def _unasked(conversation: Conversation) -> list[str]:
    """List the places of the prompt for which no function has been asked in this turn."""
    asked = " ".join(arguments for said in conversation.turn for _, arguments in said.called)
    # A program may have written them anew, with Hangul as \uXXXX.
    asked = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), asked)
    return [place for place in places.mentioned(conversation.last_user) if place not in asked]


def _best(offers: tuple[Offer, ...], prompt: str) -> Offer | None:
    degrees = units.given(prompt)
    if degrees or pattern("weather").search(prompt):
        found = next((offer for offer in offers if degrees and (units.converts(offer) or ("",))[0] == degrees[1]), None)
        found = found or next((offer for offer in offers if _about_weather(offer)), None)
        if found:
            return found
    scored = [(_overlap(offer, prompt), -at, offer) for at, offer in enumerate(offers)]
    score, _, offer = max(scored, default=(0, 0, None), key=lambda one: one[:2])
    return offer if score >= 2 else None


def _overlap(offer: Offer, prompt: str) -> int:
    """A word of the name counts 2, a word of the description 1."""
    said = _words(prompt)
    name = _words(re.sub(r"[_-]|(?<=[a-z])(?=[A-Z])", " ", offer.name))
    return 2 * len(said & name) + len(said & (_words(offer.description) - name))


def _words(text: str) -> set[str]:
    return {word.rstrip("s") for word in re.findall(r"[a-z]{4,}|[가-힣]{2,}", text.lower())} - _STOP_WORDS


def _about_weather(offer: Offer) -> bool:
    return bool(_WEATHER.search(offer.name + " " + offer.description)) and not units.converts(offer)


def _call(offer: Offer, prompt: str, place: str | None, pretty: bool) -> Call:
    written = [_json(arguments, pretty) for arguments in _ways(offer, prompt, place)]
    return Call(offer.name, weighted(written))


def _conversion(offer: Offer, value: units.Number, prompt: str, pretty: bool) -> Call:
    """Ask to convert a number that an earlier result gave."""
    properties = _mapping(offer.parameters.get("properties"))
    takes = next((name for name, one in properties.items() if _mapping(one).get("type") in ("number", "integer")), None)
    arguments = dict(_arguments(offer.parameters, prompt, None, 0))
    return Call(offer.name, weighted([_json(arguments | {takes or "value": value}, pretty)]))


def _ways(offer: Offer, prompt: str, place: str | None) -> Iterator[dict[str, Any]]:
    """Give the arguments in the usual way first, then in others that a model might choose."""
    usual = dict(_arguments(offer.parameters, prompt, place, 0))
    yield usual
    where = next((name for name, value in usual.items() if place and value == place), None)
    if where is None:
        return
    if country := places.country(place or ""):
        yield usual | {where: f"{places.english(place or '')}, {country}"}
    known = _mapping(_mapping(offer.parameters.get("properties")).get("unit")).get("enum")
    if isinstance(known, list) and known and "unit" not in usual:
        yield usual | {"unit": known[0]}


def _arguments(schema: Mapping[str, Any], prompt: str, place: str | None, depth: int) -> Iterator[tuple[str, Any]]:
    required = schema.get("required")
    needed = required if isinstance(required, list) else []
    properties = _mapping(schema.get("properties"))
    where = next((name for name in properties if name.lower() in facts.PLACES), None) if place else None
    for name, value in properties.items():
        property_ = _mapping(value)
        if name == where:
            yield name, place
        elif (unit := _unit(property_, prompt)) is not None:
            yield name, unit
        elif (found := facts.said(name, prompt)) is not None:
            yield name, found
        elif name in needed:
            yield name, _value(name, property_, prompt, place, depth)


def _unit(schema: Mapping[str, Any], prompt: str) -> Any:
    """Choose the value of an enum that the prompt names."""
    values = schema.get("enum")
    for value in values if isinstance(values, list) else []:
        if isinstance(value, str) and value:
            named = units.NAMES.get(value.lower())
            if named.search(prompt) if named else re.search(rf"\b{re.escape(value)}\b", prompt, re.I):
                return value
    return None


def _value(name: str, schema: Mapping[str, Any], prompt: str, place: str | None, depth: int) -> Any:
    """Fill a required property from the prompt, by its type."""
    values = schema.get("enum")
    if isinstance(values, list) and values:
        return values[0]
    number = _NUMBER.search(prompt)
    match schema.get("type"):
        case "integer":
            return int(float(number[0])) if number and len(number[0]) < 16 else 0
        case "number":
            return units.whole(number[0]) if number and len(number[0]) < 16 else 0
        case "boolean":
            return True
        case "array":
            return [] if depth > DEEPEST else [_value(name, _mapping(schema.get("items")), prompt, place, depth + 1)]
        case "object":
            return {} if depth > DEEPEST else dict(_arguments(schema, prompt, place, depth + 1))
        case "null":
            return None
    if facts.known(name) and not place:
        return facts.filler(schema)
    found = _QUOTED.search(prompt)
    capitals = _CAPITALS.search(prompt)
    return place or (found[1] if found else capitals[0] if capitals else prompt[:200])


def _example_place(offer: Offer) -> str:
    """A model that is forced to call takes the place from where it can: here from the schema's own example."""
    example = _EXAMPLE.search(json.dumps(offer.parameters, ensure_ascii=False, default=str))
    return example[1].split('"')[0].strip() if example else "Seoul"


def _json(arguments: Mapping[str, Any], pretty: bool) -> str:
    if pretty:
        return json.dumps(arguments, ensure_ascii=False, indent=2)
    return json.dumps(arguments, ensure_ascii=False, separators=(",", ":"))


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
