"""What the messages of a request hold besides names and facts: the time, the system message, what was said before.

It quotes them. What stands in none of them it doesn't know, and says so. Facts about the user: told.py.
"""

import re

from playground import encodings
from simulator.conversation import Conversation
from simulator.model import Paraphrase
from simulator.phrases import paraphrases, pattern

LONGEST = 300
"""Characters of a message that are quoted."""

_NOW = re.compile(
    r"\b(?:(?:today|it) is|(?:today['’]s|the|current|the current) (?:date|time|day)(?: and time)? is|"
    r"current (?:date|time|datetime)(?: and time)?:|date:|today:)\s*(?P<en>[^\n]{1,60}?)(?=[.\n]?\s*$|\.\s|\n)"
    r"|(?:오늘은|오늘 날짜는|현재 ?시각은|현재 ?시간은|지금 ?시각은|현재 ?날짜는|지금은)\s*"
    r"(?P<ko>[^\n]{1,40}?)(?:입니다|이에요|예요|이야|야|이다)?(?=[.\n]|$)",
    re.IGNORECASE | re.MULTILINE,
)
_TIME = re.compile(r"\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[월화수목금토일]요일", re.IGNORECASE)
_ECHO = re.compile(
    r"^\W*(?:please )?(?:just |only )?"
    r"(?:say|repeat(?: after me)?|(?:reply|respond|answer) (?:only )?with|echo|output|type)\b"
    r"(?: exactly| only| just| the words?| the text| this)*:?\s*[\"'“‘]?(?P<en>[^\"'”’“‘\n?]{1,60}?)[\"'”’]?\W*$"
    r"|^\W*(?P<ko>[^\"'”’“‘\n?]{1,40}?)[\"'”’]? ?(?:이라고|라고)(?:만)? ?"
    r"(?:말해|답해|대답해|써|따라 ?해)(?: ?(?:줘|봐|주세요))?\W*$",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\b(?:how many tokens\b|(?:count|number of) (?:the )?tokens\b)[^\"“'‘\n]{0,40}[\"“'‘](?P<en>[^\n]{1,300})[\"”'’]"
    r"|[\"“'‘](?P<ko>[^\n]{1,300})[\"”'’][^\n]{0,10}(?:몇 ?토큰|토큰[이은 ]{0,2}(?:수|개수|몇))",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"\b(?:is|are|was|were|will|in|something|anything|it|that|again|more|yes|no|true|false|me|json)\b|=|다$|야$|뭐|무슨",
    re.IGNORECASE,
)
MOST_WORDS = 5
_FIRST = re.compile(r"\bfirst\b|첫|처음", re.IGNORECASE)


def clock(conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Answer "what time is it?": a model has no clock, but a message may say it."""
    if not pattern("memory", "clock", "asked").search(conversation.last_user):
        return ()
    told = [
        value
        for said in conversation.messages
        if said.role in ("system", "developer", "user")
        for match in _NOW.finditer(said.text)
        if _TIME.search(value := (match["en"] or match["ko"] or "").strip())
    ]
    key, slots = ("clock_told", {"value": told[-1]}) if told else ("clock", {})
    return paraphrases("memory", key, conversation.language, **slots)


def system(conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Answer "what are your instructions?" with the system message: whoever asks has sent it."""
    if not pattern("memory", "system", "asked").search(conversation.last_user):
        return ()
    found = _quoted(conversation.system)
    key, slots = ("system", {"value": found}) if found else ("no_system", {})
    return paraphrases("memory", key, conversation.language, **slots)


def earlier(conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Answer "what did I just say?" with an earlier message of the user, if the request carries one."""
    prompt = conversation.last_user
    if not pattern("memory", "earlier", "asked").search(prompt):
        return ()
    before = [said.text for said in conversation.messages if said.role == "user" and said.text.strip()][:-1]
    if not before:
        return paraphrases("memory", "no_earlier", conversation.language)
    chosen = before[0] if _FIRST.search(prompt) else before[-1]
    return paraphrases("memory", "earlier", conversation.language, value=_quoted(chosen))


def echo(conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Say the few words that the user wants said; a statement is not repeated, for it may be wrong."""
    match = _ECHO.search(conversation.last_user)
    said = (match["en"] or match["ko"] or "").strip() if match else ""
    if not match or not said or len(said.split()) > (MOST_WORDS if match["en"] else 2) or _STATES.search(said):
        return ()
    return ((1.0, said),)


def counted(conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Count the tokens of a text that a question quotes, with the encoding of the model that is asked."""
    match = _COUNTS.search(conversation.last_user)
    if not match or not conversation.model:
        return ()
    said = next(filter(None, match.groups()))
    encoding = encodings.for_model(conversation.model)[0]
    number = encodings.count(said, encoding)
    slots = {"said": said, "number": str(number), "tokens": "token" if number == 1 else "tokens", "encoding": encoding}
    return paraphrases("memory", "counted", conversation.language, **slots)


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
