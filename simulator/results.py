"""What to say once functions have answered: it repeats what their results say, and adds nothing of its own."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from simulator import places, turn_results, units
from simulator.conversation import Conversation, Said, parsed
from simulator.model import Paraphrase
from simulator.phrases import Language, book, paraphrases, weighted
from simulator.word_forms import parts

LONGEST = 400
"""Characters of a result that are repeated."""
NOTES = ("source", "note", "notice", "disclaimer")
"""Keys under which a result says something about itself."""
LONGEST_NOTE = 80
COURSE_FUNCTION = "get_current_weather"
COURSE_WEATHER = {"temperature": "25", "forecast": ["sunny", "windy"]}
"""What the course's function says beside place and unit, whatever they are: a program that runs it has demo data."""
MOST = 6
"""Results that one answer speaks of."""

_UNITS: Mapping[Language, Mapping[str, str]] = {
    "en": {"celsius": "{} degrees Celsius", "fahrenheit": "{} degrees Fahrenheit", "": "{} degrees"},
    "ko": {"celsius": "섭씨 {}도", "fahrenheit": "화씨 {}도", "": "{}도"},
}


def answer(conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Speak of the results of this turn, each in its own sentence, in the order of the calls."""
    answered = turn_results.answered(conversation)[-MOST:]
    results = [said for said, _ in answered]
    conversions = _conversions(results, conversation)
    names = Counter(said.name for said in results)
    each = [
        sentence(said, conversation, conversions, parsed(call.arguments) if call and names[said.name] > 1 else None)
        for said, call in answered
        if not _told(said, conversions)
    ]
    ways = max((len(one) for one in each), default=0)
    return weighted([" ".join(_told_way(one, way, one is each[-1]) for one in each) for way in range(ways)])


def sentence(
    said: Said,
    conversation: Conversation,
    conversions: Mapping[units.Degrees, units.Degrees],
    asked: object = None,
) -> tuple[Paraphrase, ...]:
    """Speak of one result, in the unit into which another result has converted it; asked tells it from others."""
    language = conversation.language
    result = parsed(said.text)
    content = said.text.strip()[:LONGEST]
    function = (said.name or ("함수" if language == "ko" else "the function")) + _for(asked)
    if not content:
        return paraphrases("result", "empty", language, function=function)
    error = result.get("error") if isinstance(result, Mapping) else None
    if error or turn_results.is_error(content):
        return paraphrases("result", "failed", language, function=function, content=_plain(error or content)[:LONGEST])
    if isinstance(result, Mapping):
        if converted := units.converted(said):
            given, other = (_degrees(*degrees, language) for degrees in converted)
            return paraphrases("result", "converted", language, given=given, converted=other)
        slots = _weather(result, conversation, language, conversions)
        for key, needed in (("full", ("degrees", "forecast")), ("temperature", ("degrees",)), ("sky", ("forecast",))):
            if all(slots[slot] for slot in needed) and slots["place"]:
                return _with_notes(paraphrases("weather", key, language, **slots), _notes(said, result, conversation))
    return paraphrases("result", "said", language, function=function, content=_spelt(result, language)[:LONGEST])


def _told_way(ways: tuple[Paraphrase, ...], way: int, last: bool) -> str:
    text = ways[min(way, len(ways) - 1)][1]
    return text if last or text.endswith((".", "!", "?", "。")) else text + "."


def _for(asked: object) -> str:
    """Say for what a function was asked, where others were asked of it too: (Seoul)."""
    if not isinstance(asked, Mapping) or not asked:
        return ""
    return "(" + ", ".join(_plain(value)[:40] for value in list(asked.values())[:3]) + ")"


def _notes(said: Said, result: Mapping[str, Any], conversation: Conversation) -> list[str]:
    """Find what a result says about itself, its source; the course's function says nothing, so it is said for it."""
    notes = [_plain(result[key])[:LONGEST_NOTE] for key in NOTES if isinstance(result.get(key), str) and result[key]]
    if said.name == COURSE_FUNCTION and _is_the_same_everywhere(result) and not _is_of_the_course(result, conversation):
        notes.append(book("weather")["demo"][conversation.language == "ko"])
    return notes


def _is_the_same_everywhere(result: Mapping[str, Any]) -> bool:
    """Say whether the course's function would have answered just this, for the same place and unit."""
    place, unit = result.get("location"), result.get("unit")
    if not isinstance(place, str) or not isinstance(unit, str | None):
        return False
    return result == {"location": place, "unit": unit, **COURSE_WEATHER}


def _is_of_the_course(result: Mapping[str, Any], conversation: Conversation) -> bool:
    """Say whether this is the one exchange of the course, whose sentence has to stay as it is."""
    alone = len(turn_results.answers(conversation)) == 1 and conversation.language == "en"
    return alone and result.get("location") == "Seoul" and result.get("unit") in ("celsius", None)


def _with_notes(ways: tuple[Paraphrase, ...], notes: list[str]) -> tuple[Paraphrase, ...]:
    added = "".join(f" ({note})" for note in notes)
    return tuple((weight, text + added) for weight, text in ways)


def _spelt(result: object, language: Language) -> str:
    """Write a result without the brackets of JSON, where it is an object of plain values or a list of them."""
    if isinstance(result, Mapping) and result and all(_is_plain(value) for value in result.values()):
        return ", ".join(f"{_key(key)} {_spelt(value, language)}" for key, value in result.items())
    if isinstance(result, str | bool | int | float):
        return _plain(result)
    if isinstance(result, list) and result and all(isinstance(one, str) for one in result):
        return _joined(result, language)
    return json.dumps(result, ensure_ascii=False)


def _key(key: object) -> str:
    return " ".join(parts(str(key))) or str(key)


def _is_plain(value: object) -> bool:
    simple = isinstance(value, str | int | float)
    return simple or (isinstance(value, list) and all(isinstance(one, str | int | float) for one in value))


def _conversions(results: list[Said], conversation: Conversation) -> dict[units.Degrees, units.Degrees]:
    """Find which of the temperatures have been converted into the unit that was asked for."""
    read = [units.reading(parsed(said.text)) for said in results]
    pairs = [pair for said in results if (pair := units.converted(said))]
    target = units.wanted(conversation.last_user)
    return {given: other for given, other in pairs if given in read and other[1] == target}


def _told(said: Said, conversions: Mapping[units.Degrees, units.Degrees]) -> bool:
    """Say whether a result is told together with the weather."""
    pair = units.converted(said)
    return pair is not None and pair in conversions.items()


def _weather(
    result: Mapping[str, Any],
    conversation: Conversation,
    language: Language,
    conversions: Mapping[units.Degrees, units.Degrees],
) -> dict[str, str]:
    """Find place, temperature and forecast in a result; empty where it has none."""
    asked = places.mentioned(conversation.last_user)
    place = _plain(next((result[key] for key in ("location", "city", "place") if result.get(key)), "")).strip()
    place = places.in_language(place or (asked[0] if asked else ""), language)
    degrees, unit = result.get("temperature"), units.unit(result.get("unit"))
    read = units.reading(result)
    if read and read in conversions:
        degrees, unit = conversions[read]
    forecast: Any = next((result[key] for key in ("forecast", "conditions", "description") if result.get(key)), [])
    words = [_plain(word) for word in forecast] if isinstance(forecast, list) else [_plain(forecast)]
    words = [places.weather_word(word, language) for word in words[:MOST]]
    has_degrees = isinstance(degrees, int | float | str) and str(degrees).strip()
    return {
        "place": place[:LONGEST],
        "degrees": _degrees(degrees, unit, language) if has_degrees else "",
        "forecast": _joined(words, language)[:LONGEST],
    }


def _degrees(number: object, unit: str, language: Language) -> str:
    names = _UNITS[language]
    return names.get(unit, names[""]).format(str(number).strip()[:LONGEST])


def _joined(words: list[str], language: Language) -> str:
    if language == "ko" or len(words) < 2:
        return ", ".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def _plain(value: object) -> str:
    return value if isinstance(value, str) else str(value)
