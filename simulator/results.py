"""What to say once functions have answered: it repeats what their results say, and adds nothing of its own."""

from collections.abc import Mapping
from typing import Any

from simulator import places, units
from simulator.conversation import Conversation, Said, parsed
from simulator.model import Paraphrase
from simulator.phrases import Language, paraphrases, weighted

LONGEST = 400
"""Characters of a result that are repeated."""
MOST = 6
"""Results that one answer speaks of."""

_UNITS: Mapping[Language, Mapping[str, str]] = {
    "en": {"celsius": "{} degrees Celsius", "fahrenheit": "{} degrees Fahrenheit", "": "{} degrees"},
    "ko": {"celsius": "섭씨 {}도", "fahrenheit": "화씨 {}도", "": "{}도"},
}


def answer(conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Speak of the results of this turn, each in its own sentence."""
    results = [said for said in conversation.turn if said.role in ("tool", "function")][-MOST:]
    conversions = _conversions(results, conversation)
    each = [sentence(said, conversation, conversions) for said in results if not _told(said, conversions)]
    ways = max((len(one) for one in each), default=0)
    return weighted([" ".join(one[min(way, len(one) - 1)][1] for one in each) for way in range(ways)])


def sentence(
    said: Said, conversation: Conversation, conversions: Mapping[units.Degrees, units.Degrees]
) -> tuple[Paraphrase, ...]:
    """Speak of one result, in the unit into which another result has converted it."""
    language = conversation.language
    result = parsed(said.text)
    content = said.text.strip()[:LONGEST]
    function = said.name or ("함수" if language == "ko" else "the function")
    if not content:
        return paraphrases("result", "empty", language, function=function)
    if isinstance(result, Mapping):
        error = result.get("error")
        if error:
            return paraphrases("result", "failed", language, function=function, content=_plain(error)[:LONGEST])
        if converted := units.converted(said):
            given, other = (_degrees(*degrees, language) for degrees in converted)
            return paraphrases("result", "converted", language, given=given, converted=other)
        slots = _weather(result, conversation, language, conversions)
        for key, needed in (("full", ("degrees", "forecast")), ("temperature", ("degrees",)), ("sky", ("forecast",))):
            if all(slots[slot] for slot in needed) and slots["place"]:
                return paraphrases("weather", key, language, **slots)
    if content.lower().startswith("error"):
        return paraphrases("result", "failed", language, function=function, content=content)
    return paraphrases("result", "said", language, function=function, content=content)


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
