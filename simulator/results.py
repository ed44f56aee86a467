"""What to say once functions have answered: it repeats what their results say, and adds nothing of its own."""

from collections.abc import Mapping
from typing import Any

from simulator import places
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
_SIGNS = {"c": "celsius", "°c": "celsius", "f": "fahrenheit", "°f": "fahrenheit"}


def answer(conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Speak of the results of this turn, each in its own sentence."""
    results = [said for said in conversation.turn if said.role in ("tool", "function")][-MOST:]
    each = [sentence(said, conversation) for said in results]
    ways = max((len(one) for one in each), default=0)
    return weighted([" ".join(one[min(way, len(one) - 1)][1] for one in each) for way in range(ways)])


def sentence(said: Said, conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Speak of one result."""
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
        slots = _weather(result, conversation, language)
        for key, needed in (("full", ("degrees", "forecast")), ("temperature", ("degrees",)), ("sky", ("forecast",))):
            if all(slots[slot] for slot in needed) and slots["place"]:
                return paraphrases("weather", key, language, **slots)
    if content.lower().startswith("error"):
        return paraphrases("result", "failed", language, function=function, content=content)
    return paraphrases("result", "said", language, function=function, content=content)


def _weather(result: Mapping[str, Any], conversation: Conversation, language: Language) -> dict[str, str]:
    """Find place, temperature and forecast in a result; empty where it has none."""
    asked = places.mentioned(conversation.last_user)
    place = _plain(next((result[key] for key in ("location", "city", "place") if result.get(key)), "")).strip()
    place = places.in_language(place or (asked[0] if asked else ""), language)
    degrees = result.get("temperature")
    unit = _plain(result.get("unit") or "").strip().lower()
    units = _UNITS[language]
    template = units.get(_SIGNS.get(unit, unit), units[""])
    forecast: Any = next((result[key] for key in ("forecast", "conditions", "description") if result.get(key)), [])
    words = [_plain(word) for word in forecast] if isinstance(forecast, list) else [_plain(forecast)]
    words = [places.weather_word(word, language) for word in words[:MOST]]
    has_degrees = isinstance(degrees, int | float | str) and str(degrees).strip()
    return {
        "place": place[:LONGEST],
        "degrees": template.format(str(degrees).strip()[:LONGEST]) if has_degrees else "",
        "forecast": _joined(words, language)[:LONGEST],
    }


def _joined(words: list[str], language: Language) -> str:
    if language == "ko" or len(words) < 2:
        return ", ".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def _plain(value: object) -> str:
    return value if isinstance(value, str) else str(value)
