"""Which functions the model asks for now, and with which arguments. It runs none: no function's code comes this way.

What a prompt asks for: tool_choice.py; with which arguments: argument_filling.py. What has been asked for already is
not asked for again, so that an agent comes to an end. Arguments are paraphrases, like any text.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator import facts, places, turn_results, units
from simulator.argument_filling import Filled, Sources, fill
from simulator.argument_names import is_no_name
from simulator.argument_texts import every
from simulator.conversation import Conversation, Offer, parsed
from simulator.model import Paraphrase
from simulator.parameter_schemas import members, plain
from simulator.phrases import weighted
from simulator.tool_choice import ORDERS, Task, is_answer, tasks
from simulator.word_forms import without_particle

_WEATHER = re.compile(r"weather|forecast|temperature|날씨|기온|예보", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:(?:in|at|for|of|to|from|and|also|then|the|about|is|what about|how about)\s+)+", re.IGNORECASE
)
_OWN = re.compile(r"\b(?:i|i['’]m|my|we|me)\b|(?:나|저)는|\b[제내] ", re.IGNORECASE)
_BARE = re.compile(r"[^\W\d_a-z][\w'’.-]*(?: [^\W\d_a-z][\w'’.-]*){0,3}|[\"'“‘][^\"'”’]{1,200}[\"'”’]|[가-힣]{2,10}")
_FOLLOWS = re.compile(
    r"^\W*(?:and|what about|how about|now)\b.{1,60}$|^.{1,20}(?:은|는|도)\s?\??$|^(?:그럼|그러면|그리고) ",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Call:
    """A function that the model asks for, and the ways its arguments may be written."""

    name: str
    arguments: tuple[Paraphrase, ...]


@dataclass(frozen=True)
class Wanted:
    """A call that the prompt wants, asked for or not."""

    offer: Offer
    arguments: Mapping[str, Any]
    missing: tuple[str, ...] = field(default=())
    """What nobody has said: a result that is still to come may."""


def calls(conversation: Conversation, pretty: bool) -> tuple[Call, ...]:
    """Choose the calls that answer the conversation now; none when the model should speak."""
    if conversation.choice == "none":
        return ()
    required = conversation.choice == "required"
    done = [(call.name, parsed(call.arguments)) for said in conversation.turn for call in said.called]
    wanted = _wanted(conversation)
    left = _left(wanted, done)
    if not left:
        left = [_conversion(offer, value, conversation) for offer, value in units.unconverted(conversation)]
    if not left and required:
        left = [_forced(conversation, wanted, [name for name, _ in done])]
    # What lacks something waits for those that lack nothing: they may tell it.
    ready = [one for one in left if not _waits(one)] or left[:1]
    asked = ready if conversation.parallel else ready[:1]
    return tuple(_call(one, pretty) for one in asked)


def forbidden(conversation: Conversation) -> bool:
    """Say whether the request offers the weather, and forbids to look it up."""
    return conversation.choice == "none" and any(_about_weather(offer) for offer in conversation.offers)


def wants_place(conversation: Conversation) -> bool:
    """Say whether the weather was asked for, could be looked up, and no place was named."""
    weather = any(_about_weather(offer) for offer in conversation.offers) and conversation.choice != "none"
    return weather and not places.mentioned(conversation.last_user)


def _wanted(conversation: Conversation) -> list[Wanted]:
    """List all that the prompt wants, in its order."""
    prompt = conversation.last_user
    sources = Sources(prompt, turn_results.by_name(conversation))
    alone = Sources("", {}, sources.today)

    def belongs(offer: Offer, piece: str) -> bool:
        _, needed = members(offer.parameters)
        told = [name in fill(offer, piece, alone).plain for name in needed]
        return not (any(told) if ORDERS.match(piece) else all(told))

    found = [one for task in tasks(prompt, conversation.offers, belongs) for one in _each(task, sources)]
    found = found or list(_followed(conversation, sources))
    return [one for one in found if not _is_guessed(one)]


def _waits(wanted: Wanted) -> bool:
    """Say whether a call lacks something that the result of another may tell: whether to do it is never told so."""
    properties, _ = members(wanted.offer.parameters)
    kinds = (plain(properties.get(name), wanted.offer.parameters).get("type") for name in wanted.missing)
    return any(kind != "boolean" for kind in kinds)


def _is_guessed(wanted: Wanted) -> bool:
    """Say whether too little was said for a call: no place for the weather, none of the several things it needs."""
    _, needed = members(wanted.offer.parameters)
    placeless = any(name.lower() in facts.PLACES for name in wanted.missing)
    return (placeless and _about_weather(wanted.offer)) or len(wanted.missing) == len(needed) > 1


def _each(task: Task, sources: Sources) -> Iterator[Wanted]:
    """Give the calls of one task: one for each thing that it names where a function takes one at a time."""
    offer = task.offer
    properties, needed = members(offer.parameters)
    if any(plain(one, offer.parameters).get("type") == "array" for one in properties.values()):
        # What comes before and after may all belong to the list.
        yield from _several(offer, fill(offer, task.whole, sources), task.whole, sources)
        return
    first = fill(offer, task.text, sources)
    if first.missing:
        joined = fill(offer, task.whole, sources)
        if len(joined.missing) < len(first.missing):
            yield from _several(offer, joined, task.whole, sources)
            return
    earlier = [other for piece in task.before if (other := _other(offer, first, piece, sources))]
    others, orders, joined_text = [], list[Filled](), task.text
    for piece in task.after:
        own = fill(offer, piece, Sources("", {}, sources.today)) if ORDERS.match(piece) else None
        if own and own.said & set(needed):
            orders.append(own)
            continue
        other = _other(offer, first, piece, sources)
        if other:
            others.append(other)
        else:
            joined_text += ", " + piece
    if not others and not orders and not task.before:
        joined_text = task.whole
    base = fill(offer, joined_text, sources) if joined_text != task.text else first
    yield from (Wanted(offer, {**base.arguments, **other}, base.missing) for other in earlier)
    yield from _several(offer, base, joined_text, sources)
    yield from (Wanted(offer, {**base.arguments, **other}, base.missing) for other in others)
    yield from (Wanted(offer, own.arguments, own.missing) for own in orders)


def _several(offer: Offer, base: Filled, text: str, sources: Sources) -> Iterator[Wanted]:
    """Give a call for each place that a text names, where the function takes one."""
    properties, _ = members(offer.parameters)
    where = [name for name in properties if name.lower() in facts.PLACES and isinstance(base.arguments.get(name), str)]
    if len(where) != 1 or "enum" in plain(properties[where[0]], offer.parameters):
        yield Wanted(offer, base.arguments, base.missing)
        return
    name = where[0]
    named = every(name, plain(properties[name], offer.parameters), text, sources.today)
    for place in named if base.arguments[name] in named else [base.arguments[name]]:
        yield Wanted(offer, {**base.arguments, name: place}, base.missing)


def _other(offer: Offer, base: Filled, piece: str, sources: Sources) -> dict[str, Any]:
    """Read a piece that names no function: another value for what the function was given, or nothing new."""
    if _OWN.search(piece) or base.missing:
        return {}
    properties, needed = members(offer.parameters)
    read = fill(offer, piece, Sources("", {}, sources.today))
    known = {name: plain(properties[name], offer.parameters) for name in base.said if name in properties}
    both = [
        name
        for name in base.said & read.plain
        if known.get(name, {}).get("type") not in ("array", "object") and read.arguments[name] != base.arguments[name]
    ]
    bare = without_particle(_LEADING.sub("", piece).strip(" ?.!,")).strip("\"'“”‘’")
    alone = any(str(read.arguments[name]).lower() == bare.lower() or "enum" in known.get(name, {}) for name in both)
    if both and (alone or all(name in read.plain for name in needed)):
        return {name: read.arguments[name] for name in both}
    texts = [name for name in needed if name in base.said and known.get(name, {}).get("type") in ("string", None)]
    # One more name after a list is one more for the list.
    if any(isinstance(value, list) for value in base.arguments.values()):
        return {}
    if (
        not both
        and len(texts) == 1
        and not is_no_name(bare)
        and _BARE.fullmatch(_LEADING.sub("", piece).strip(" ?.!,"))
    ):
        # A name alone, as in "Seoul, Nairobi and Lima": it is of the kind of the one before.
        one = known[texts[0]]
        return {} if "enum" in one or "format" in one else {texts[0]: bare}
    return {}


def _followed(conversation: Conversation, sources: Sources) -> Iterator[Wanted]:
    """Read "And in Busan?": the function of the turn before, with what is new."""
    prompt = conversation.last_user
    if not _FOLLOWS.search(prompt.strip()):
        return
    offers = {offer.name: offer for offer in conversation.offers}
    name, arguments = next((one for one in reversed(_before(conversation)) if one[0] in offers), ("", ""))
    before = parsed(arguments)
    if not name or not isinstance(before, Mapping):
        return
    base = Filled(dict(before), frozenset(before), frozenset(before), ())
    other = _other(offers[name], base, prompt, sources)
    if other:
        yield Wanted(offers[name], {**before, **other})


def _before(conversation: Conversation) -> list[tuple[str, str]]:
    """List the calls of the turns before this one."""
    earlier = conversation.messages[: len(conversation.messages) - len(conversation.turn)]
    return [(call.name, call.arguments) for said in earlier for call in said.called]


def _left(wanted: list[Wanted], done: list[tuple[str, Any]]) -> list[Wanted]:
    """Leave out what has been asked for: what is the same, then as many of the same function as were asked for."""
    left, open_ = list(wanted), list(done)
    for one in wanted:
        same = next((call for call in open_ if call[0] == one.offer.name and _same(one.arguments, call[1])), None)
        if same:
            open_.remove(same)
            left.remove(one)
    for name, _ in open_:
        other = next((one for one in left if one.offer.name == name), None)
        if other:
            left.remove(other)
    return left


def _same(wanted: Mapping[str, Any], asked: Any) -> bool:
    """Say whether a call is one that was wanted, whatever another way of writing it has added: Seoul, South Korea."""
    if not isinstance(asked, Mapping):
        return False
    for name, value in wanted.items():
        other = asked.get(name)
        if isinstance(value, str) and isinstance(other, str):
            if value.lower() not in other.lower() and places.english(value).lower() not in other.lower():
                return False
        elif value != other:
            return False
    return True


def _forced(conversation: Conversation, wanted: list[Wanted], done: list[str]) -> Wanted:
    """Choose a call where one has to be made: the one that takes the answer, a wanted one, else one not made yet."""
    offers = conversation.offers
    answers = [offer for offer in offers if is_answer(offer)]
    if not answers and wanted:
        return wanted[0]
    offer = next(iter(answers), None) or next((one for one in offers if one.name not in done), offers[0])
    prompt = conversation.last_user
    filled = fill(offer, prompt, Sources(prompt, turn_results.by_name(conversation)))
    return Wanted(offer, filled.arguments)


def _about_weather(offer: Offer) -> bool:
    return bool(_WEATHER.search(offer.name + " " + offer.description)) and not units.converts(offer)


def _conversion(offer: Offer, value: units.Number, conversation: Conversation) -> Wanted:
    """Ask to convert a number that an earlier result gave."""
    properties, _ = members(offer.parameters)
    numeric = (
        name for name, one in properties.items() if plain(one, offer.parameters).get("type") in ("number", "integer")
    )
    filled = fill(offer, conversation.last_user, Sources(conversation.last_user))
    return Wanted(offer, filled.arguments | {next(numeric, "value"): value})


def _call(wanted: Wanted, pretty: bool) -> Call:
    # Not at the top: jsonschema takes longer to load than all the rest of the simulator.
    from simulator.valid_values import fitting

    fit = fitting(wanted.offer.parameters)
    usual = fit.nearest(wanted.arguments)
    others = [way for way in _ways(wanted, usual) if fit.fits(way)]
    return Call(wanted.offer.name, weighted([_json(way, pretty) for way in (usual, *others)]))


def _ways(wanted: Wanted, usual: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give other ways that a model might choose to ask for the weather of a place."""
    if not _about_weather(wanted.offer):
        return
    where = next((name for name in usual if name.lower() in facts.PLACES), None)
    if where is None or not isinstance(usual[where], str):
        return
    if country := places.country(usual[where]):
        yield {**usual, where: f"{places.english(usual[where])}, {country}"}
    properties, _ = members(wanted.offer.parameters)
    known = plain(properties.get("unit"), wanted.offer.parameters).get("enum")
    if isinstance(known, list) and known and "unit" not in usual:
        yield {**usual, "unit": known[0]}


def _json(arguments: Mapping[str, Any], pretty: bool) -> str:
    if pretty:
        return json.dumps(arguments, ensure_ascii=False, indent=2)
    return json.dumps(arguments, ensure_ascii=False, separators=(",", ":"))
