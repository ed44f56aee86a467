"""Texts to try on the tokenizer: the course's own and the classic surprises. What they show, the lessons say."""

from dataclasses import dataclass

from playground.language import mark


@dataclass(frozen=True)
class Sample:
    """A text and what to call it; whoever shows the name translates it."""

    name: str
    text: str


COURSE_KOREAN = "LLM을 사용해서 멋져 보이는 것을 만들기는 쉽지만, 프로덕션 수준으로 만들어 내기는 매우 어렵다."
COURSE_ENGLISH = (
    "It's easy to make something cool with LLMs, but very hard to make something production-ready with them."
)

_CODE = '''\
def get_current_weather(location, unit="celsius"):
    """Get the current weather in a given location."""
    return json.dumps({"location": location, "temperature": "25", "unit": unit})
'''

_JSON = """\
{
  "location": "Seoul",
  "temperature": "25",
  "forecast": ["sunny", "windy"]
}
"""

SAMPLES = (
    Sample(mark("The course's sentence in Korean"), COURSE_KOREAN),
    Sample(mark("The course's sentence in English"), COURSE_ENGLISH),
    Sample("ChatGPT", "ChatGPT"),
    Sample("챗GPT", "챗GPT"),
    Sample(mark("Python"), _CODE),
    Sample("JSON", _JSON),
    Sample(mark("Emoji with joiners"), "👨‍👩‍👧‍👦 👩🏽‍💻 🏳️‍🌈 🇰🇷 ❤️"),
    Sample(mark("Blanks"), "one two  three   four\n\tfive\n\n\n        six \n"),
    Sample(mark("Digits"), "3.14159265358979 1234567 007 2026-11-23 010-1234-5678"),
)
