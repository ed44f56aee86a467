"""Finds the name by which somebody introduces themselves, in English and Korean. It guesses nothing else about a text.

>>> introduced("Hello! I'm John."), introduced("안녕! 나는 민수야."), introduced("I'm so tired.")
('John', '민수', None)
"""

import re

from simulator.conversation import Said
from simulator.phrases import book

_WORD = r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*"
_NAME = rf"(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof|Sir)\b\.?\s+)?(?P<name>{_WORD}(?:[ ]{_WORD}){{0,2}})"
_CAPITALS = re.compile(rf"\b(?:[Ii]['’]?m|[Ii] am|[Tt]his is)\s+{_NAME}")
_STATED = re.compile(rf"\b(?:my name is|my name['’]s|call me|i am called|i['’]?m called|i go by)\s+{_NAME}", re.I)
_JOBS = "|".join(book("told")["jobs"]["korean"])
_KOREAN = re.compile(
    r"(?:나는|난|저는|전|내 ?이름은|제 ?이름은|(?:^|(?<=[.!?,~\n고] )|(?<=[.!?,~\n고]))이름은)\s*"
    rf"(?:[가-힣A-Za-z]{{1,20}}[이가] 아니라,?\s*)?(?:(?:[^.?!,\n]{{1,40}} )?(?:{_JOBS}) )?"
    r"(?P<name>[가-힣]{2,5}?|[A-Za-z]{2,20})"
    r"\s?(?:이라고|라고|입니다|이에요|예요|이야|야|이다|임|이라|라|이고|이며)(?:\s|[.!,~]|해|합니다|$)"
)
_CALLED = re.compile(r"(?P<name>[가-힣]{2,4}?|[A-Za-z]{2,20})(?:이라고|라고) ?(?:불러|부르)")
_ASKED = re.compile(r"\byour name\b[^.!]*\?|(?:성함|이름)[^.!\n]{0,12}(?:\?|까요|나요|가요|세요)", re.IGNORECASE)
_ALONE = re.compile(
    rf"\W*(?:it['’]?s )?(?P<name>{_WORD}(?: {_WORD}){{0,2}}?)(?:입니다|이에요|예요|이야|야|요)?\W*", re.IGNORECASE
)
_NO_ANSWERS = frozenset(
    ("no", "yes", "ok", "why", "hello", "hi", "thanks", "bye", "아니", "아니요", "네", "응", "싫어", "왜")
)
_PROPOSED = re.compile(
    rf"\bis my name (?P<name>{_WORD}(?: {_WORD}){{0,2}}?)(?: or {_WORD})?\W*$"
    r"|(?:내|제) ?이름(?:이|은)? (?P<ko>[가-힣A-Za-z]{2,12}?)(?:이야|야|이에요|예요|인가요|이죠|죠|이지|지)\?",
    re.IGNORECASE,
)
IN_SYSTEM = re.compile(rf"\b(?:user['’]?s? name is|name of the user is|user is called)\s+(?P<name>{_WORD})", re.I)
IN_SYSTEM_KOREAN = re.compile(r"사용자의? 이름은\s*(?P<name>[가-힣]{2,4}?|[A-Za-z]{2,20})\s?(?:입니다|이다|이야|야|님)")

LONGEST = 40


_SMALL = re.compile(
    rf"^\W*(?:hello|hi|hey|yo|sup)\b.*\bi['’]?m (?P<name>{_WORD})(?: btw)?\W*$", re.IGNORECASE | re.DOTALL
)


def introduced(text: str) -> str | None:
    """Find the name in "I'm John", "My name is ...", "나는 민수야" and the like."""
    korean = [match["name"] for match in _KOREAN.finditer(text)]
    if korean:
        return next((name[:LONGEST] for name in korean if name not in book("name")["no_names"]["ko"]), None)
    if match := _CALLED.search(text):
        return match["name"][:LONGEST]
    for match in _STATED.finditer(text):
        # "Is it true that my name is Bob?" asks, and tells nothing.
        if not text[match.end() :].lstrip().startswith("?"):
            return named(match["name"])
    for match in _CAPITALS.finditer(text):
        if name := _words(match["name"], capitals=True):
            return name
    match = _SMALL.search(text)
    if match and match["name"].lower() not in book("name")["no_names"]["en"]:
        return match["name"].title()[:LONGEST]
    return None


def answered(said: Said, before: Said | None) -> str | None:
    """Find the name in a message: introduced, or said alone because the message before it asked for it."""
    if name := introduced(said.text):
        return name
    if before is None or before.role != "assistant" or not _ASKED.search(before.text):
        return None
    match = _ALONE.fullmatch(said.text)
    return named(match["name"]) if match and match["name"].lower() not in _NO_ANSWERS else None


def named(text: str) -> str | None:
    """Keep what can be a name at the beginning of a text; its first letter may be a small one."""
    return _words(text, capitals=False)


def in_system(text: str) -> str | None:
    """Find the user's name in a system message."""
    match = IN_SYSTEM.search(text) or IN_SYSTEM_KOREAN.search(text)
    return match["name"][:LONGEST] if match else None


def proposed(text: str) -> str | None:
    """Find the name about which a question asks whether it is right: "Is my name Peter?"."""
    match = _PROPOSED.search(text)
    return (match["name"] or match["ko"]) if match else None


def _words(text: str, capitals: bool) -> str | None:
    """Keep the words that can be a name: capitals from the first on, or at least the first after "my name is"."""
    kept: list[str] = []
    for word in text.split(" "):
        upper = not word[0].islower()
        # "I am John's brother" names somebody else.
        if word.endswith(("'s", "’s")):
            return None
        if word.lower() in book("name")["no_names"]["en"] or not (upper or (not capitals and not kept)):
            break
        kept.append(word)
    return " ".join(kept)[:LONGEST] or None
