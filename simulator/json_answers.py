"""Answers in JSON: what the messages say, put into the shape that response_format asks for. It invents no fact.

What nobody has said is null where the schema takes null, else an empty value that is plainly one: 0, false, "unknown".

>>> body = {"messages": [{"role": "user", "content": "I'm John and I'm 28 years old."}]}
>>> properties = {"name": {"type": "string"}, "age": {"type": "integer"}, "city": {"type": ["string", "null"]}}
>>> schema = {"type": "object", "properties": properties, "required": list(properties)}
>>> of_schema(schema, body, ((1.0, "Hello John!"),))[0][1]
'{"name":"John","age":28,"city":null}'
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from simulator import argument_texts, facts, pattern_texts, spans, text_lists, turn_results, units
from simulator.argument_choices import OPEN, chosen, spots, switched
from simulator.argument_filling import Sources, fill
from simulator.conversation import Body, Conversation, Offer, read
from simulator.model import Paraphrase
from simulator.parameter_schemas import plain
from simulator.schema_values import Filler, Source

MOST_BRACES = 20
"""Places of a message at which a schema may begin."""
ANSWERS = frozenset(
    ["answer", "final_answer", "response", "reply", "message", "text", "content", "explanation", "summary", "output"]
)
"""Properties that hold what the simulator would have said in words."""
_SHAPES: Mapping[str, str] = {
    "email": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "date": r"\b\d{4}-\d{2}-\d{2}\b",
    "date-time": r"\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})",
    "ipv4": r"\b(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b",
    "uuid": r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b",
}
_DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|[월화수목금토일]요일|\b\d{4}-\d{2}-\d{2}\b", re.I)
_DAYS = frozenset(["date", "day", "weekday", "when"])
_PEOPLE = frozenset(["participants", "people", "names", "attendees", "guests", "members", "persons"])
_AND = re.compile(
    r"\b([A-Z][a-z]+(?:, [A-Z][a-z]+)*),? and ([A-Z][a-z]+)\b"
    r"|([가-힣]{2,4})(?:와|과|이랑|하고) ([가-힣]{2,4}?)(?=[이가은는]? )"
)
_LIKED = frozenset(["hobbies", "likes", "interests", "favourites", "favorites"])
_LIKES = re.compile(r"\b(?:likes?|loves?|enjoys?|hobbies are|interested in) (?P<said>[^.!?\n;]{1,80})", re.IGNORECASE)
_COUNTED = re.compile(
    r"\b(?:\d{1,4}|an?|one|two|three|four|five|six) (?:[a-z-]+ )??[a-z-]+(?=\W|$)"
    r"|[가-힣]{1,10} \d{1,4} ?(?:개|병|권|잔|장|판)"
)
_QUOTED = re.compile(r"[\"“]([^\"”\n]{1,200})[\"”]")
_KEYS = re.compile(r"\b(?:keys?|fields?|propert(?:y|ies))\b|키|필드|속성|항목", re.IGNORECASE)
_KEY = re.compile(r"[\"'`“‘]([A-Za-z_가-힣][\w가-힣 ]{0,30})[\"'`”’]")
_BARE_KEYS = re.compile(
    r"\b(?:keys?|fields?|propert(?:y|ies))\b:?\s+(?P<keys>(?!is\b|are\b|of\b|in\b|to\b|for\b|that\b)"
    r"[a-z_]\w*(?:(?:, ?(?:and )?| and )[a-z_]\w*)*)"
)


class Said:
    """What the messages of a request say about the properties of a schema."""

    def __init__(self, body: Body, answer: str) -> None:
        conversation = read(body)
        users = [said.text for said in reversed(conversation.messages) if said.role == "user"]
        self._texts = users[:20]
        self._answer, self._today = answer, date.today()
        self._results = turn_results.by_name(conversation)
        self.answered = False
        """Whether the answer in words was put in somewhere."""

    def text(self, name: str, format_: str | None, pattern: str | None = None) -> str | None:
        """Find what was said about a property; a format or a pattern has to be kept."""
        if pattern:
            return next((word for text in self._texts if (word := pattern_texts.said(pattern, text))), None)
        if format_:
            shapes = (re.search(_SHAPES[format_], text, re.I) for text in self._texts if format_ in _SHAPES)
            return next((match[0] for match in shapes if match), None)
        key = name.lower()
        if key in ANSWERS:
            self.answered = True
            return self._answer
        if isinstance(self._results.get(name), str | int | float):
            return str(self._results[name])
        for text in self._texts:
            said = facts.said(key, text)
            day = _DAY.search(text) if key in _DAYS else None
            quoted = _QUOTED.search(text)
            if said is not None or day:
                return str(said) if said is not None else day[0] if day else None
            if found := argument_texts.said(name, {}, text, self._today):
                return found
            if quoted and not facts.known(key):
                return quoted[1]
        return None

    def numbers(self, name: str) -> Iterator[int | float]:
        """Give the number that was said of a property, then all others."""
        told = units.number(self._results.get(name))
        yield from () if told is None else (told,)
        said = (facts.said(name, text) for text in self._texts)
        yield from (number for number in said if isinstance(number, int))
        if not facts.known(name):
            wanted = Offer("answer", "", {"properties": {name: {"type": "number"}}})
            read = (fill(wanted, text, Sources("", {}, self._today)) for text in self._texts)
            yield from (filled.arguments[name] for filled in read if name in filled.stated)
            yield from (number.value for text in self._texts for number in spans.numbers(text))

    def many(self, name: str) -> list[str]:
        """Find the people that a text lists, or what somebody likes."""
        for text in self._texts if name.lower() in _PEOPLE else ():
            if match := _AND.search(text):
                return [*match[1].split(", "), match[2]] if match[1] else [match[3], match[4]]
        for text in self._texts if name.lower() in _LIKED else ():
            if match := _LIKES.search(text):
                return text_lists.listed(match["said"])
        return []

    def chosen(self, name: str, values: list[Any]) -> list[Any]:
        """Find the values that the latest message names, in its own words or in others."""
        for text in self._texts:
            if values == [False, True]:
                on = switched(name, text)
                found: list[Any] = [] if on is None else [on]
            else:
                found = chosen(name, [value for value in values if isinstance(value, str) and value], text)
            if found:
                return found
        return []

    def parts(self, name: str, schema: Mapping[str, Any]) -> list[Source]:
        """Find what the latest message counts: 3 apples and 5 pears."""
        counted = [match[0] for text in self._texts[:1] for match in _COUNTED.finditer(text)]
        things = [piece for piece in counted if not spots(OPEN["currency"] + OPEN["unit"], piece)]
        kinds = {plain(one, schema).get("type") for one in schema["properties"].values()}
        if not {"string"} < kinds <= {"string", "integer", "number"}:
            return []
        return [_Piece(piece, schema, self._today) for piece in things]


class _Piece(Said):
    """What one piece of a message says about the properties of an object."""

    def __init__(self, piece: str, schema: Mapping[str, Any], today: date) -> None:
        super().__init__({"messages": [{"role": "user", "content": piece}]}, "")
        self._filled = fill(Offer("answer", "", schema), piece, Sources("", {}, today)).arguments

    def text(self, name: str, format_: str | None, pattern: str | None = None) -> str | None:
        """Take what was filled in."""
        said = self._filled.get(name)
        return said if isinstance(said, str) and not (format_ or pattern) else super().text(name, format_, pattern)


def of_schema(schema: Mapping[str, Any], body: Body, answers: tuple[Paraphrase, ...]) -> tuple[Paraphrase, ...]:
    """Write values of a schema, each valid: as many as there are ways to say what stands in them.

    Raises: TooDeep.
    """
    filler = Filler(schema)
    written: dict[str, float] = {}
    for weight, answer in answers or ((1.0, ""),):
        said = Said(body, answer)
        text = _written(filler.value(said))
        written[text] = written.get(text, 0.0) + weight
        if not said.answered:
            return ((1.0, text),)
    return tuple((weight, text) for text, weight in written.items())


def of_object(body: Body, answers: tuple[Paraphrase, ...]) -> tuple[Paraphrase, ...]:
    """Write a JSON object: with the keys that the messages name, else with the answer in words."""
    asked = [said.text for said in read(body).messages if said.role in ("system", "developer", "user")]
    if (shape := _shape(asked)) is not None:
        return ((1.0, _written(shaped(shape, read(body)))),)
    named = [key for text in asked if _KEYS.search(text) for key in _KEY.findall(text)]
    bare = [match["keys"] for text in asked for match in _BARE_KEYS.finditer(text)]
    named = named or [key for keys in bare for key in re.split(r",? and |, ?", keys)]
    if not named:
        return tuple((weight, _written({"answer": answer})) for weight, answer in answers)
    said = Said(body, answers[0][1] if answers else "")
    told = {key: next((facts.said(key, text) for text in asked if facts.said(key, text)), None) for key in named}
    # A fact that nobody has told is null; what may be any text says that it is unknown.
    open_ = [key for key in named if not told[key] and key.lower() not in facts.PLACES | facts.AGES]
    found = {key: said.text(key, None) or (None if facts.known(key) else facts.UNKNOWN) for key in open_}
    values = {key: found.get(key, told[key]) for key in named}
    return ((1.0, _written(values)),)


def shaped(schema: Mapping[str, Any], conversation: Conversation) -> dict[str, Any]:
    """Fill a schema that stands in a message, as the parameters of a function are filled."""
    # Not at the top: jsonschema takes longer to load than all the rest of the simulator.
    from simulator.valid_values import fitting

    prompt = conversation.last_user
    sources = Sources(prompt, turn_results.by_name(conversation))
    filled = fill(Offer("answer", "", schema), prompt, sources)
    return fitting(schema).nearest(filled.arguments)


def _shape(texts: list[str]) -> Mapping[str, Any] | None:
    """Find a JSON schema of an object in the messages."""
    decoder = json.JSONDecoder()
    for text in texts:
        for at in [match.start() for match in re.finditer(r"\{", text)][:MOST_BRACES]:
            try:
                found, _ = decoder.raw_decode(text, at)
            except (ValueError, RecursionError):
                continue
            if isinstance(found, dict) and isinstance(found.get("properties"), dict):
                return found
    return None


def _written(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Half of a surrogate pair has no UTF-8, so it has no tokens; escaped it has.
    whole_text = text.encode("utf-8", "replace") == text.encode("utf-8", "surrogatepass")
    return text if whole_text else json.dumps(value, separators=(",", ":"))
