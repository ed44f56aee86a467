"""Finds the name by which somebody introduces themselves, in English and Korean. It guesses nothing else about a text.

>>> introduced("Hello! I'm John."), introduced("안녕! 나는 민수야."), introduced("I'm so tired.")
('John', '민수', None)
"""

import re

from simulator.conversation import Conversation
from simulator.phrases import book

_WORD = r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*"
_CAPITALS = re.compile(rf"\b(?:[Ii]['’]?m|[Ii] am|[Tt]his is)\s+(?P<name>{_WORD}(?:[ ]{_WORD}){{0,2}})")
_STATED = re.compile(
    rf"\b(?:my name is|my name['’]s|call me|i am called)\s+(?P<name>{_WORD}(?:[ ]{_WORD}){{0,2}})", re.I
)
_KOREAN = re.compile(
    r"(?:나는|난|저는|전|내 ?이름은|제 ?이름은|(?:^|(?<=[.!?,~\n고] )|(?<=[.!?,~\n고]))이름은)\s*"
    r"(?P<name>[가-힣]{2,5}?|[A-Za-z]{2,20})"
    r"\s?(?:이라고|라고|입니다|이에요|예요|이야|야|이다|임|이라|라|이고|이며)(?:\s|[.!?,~]|해|합니다|$)"
)
_CALLED = re.compile(r"(?P<name>[가-힣]{2,4}?|[A-Za-z]{2,20})(?:이라고|라고) ?(?:불러|부르)")
IN_SYSTEM = re.compile(rf"\b(?:user['’]?s? name is|name of the user is|user is called)\s+(?P<name>{_WORD})", re.I)
IN_SYSTEM_KOREAN = re.compile(r"사용자의? 이름은\s*(?P<name>[가-힣]{2,4}?|[A-Za-z]{2,20})\s?(?:입니다|이다|이야|야|님)")

LONGEST = 40


_SMALL = re.compile(rf"^\W*(?:hello|hi|hey)\b.*\bi['’]?m (?P<name>{_WORD})\W*$", re.IGNORECASE | re.DOTALL)


def introduced(text: str) -> str | None:
    """Find the name in "I'm John", "My name is ...", "나는 민수야" and the like."""
    korean = [match["name"] for match in _KOREAN.finditer(text)]
    if korean:
        return next((name[:LONGEST] for name in korean if name not in book("name")["no_names"]["ko"]), None)
    if match := _CALLED.search(text):
        return match["name"][:LONGEST]
    if match := _STATED.search(text):
        return _words(match["name"], capitals=False)
    for match in _CAPITALS.finditer(text):
        if name := _words(match["name"], capitals=True):
            return name
    match = _SMALL.search(text)
    if match and match["name"].lower() not in book("name")["no_names"]["en"]:
        return match["name"].title()[:LONGEST]
    return None


def known(conversation: Conversation) -> tuple[str, bool] | None:
    """Find the user's name in the messages of a request, the latest first, and say whether the user said it."""
    for said in reversed(conversation.messages):
        if said.role == "user" and (name := introduced(said.text)):
            return name, True
    for said in reversed(conversation.messages):
        if said.role in ("system", "developer"):
            match = IN_SYSTEM.search(said.text) or IN_SYSTEM_KOREAN.search(said.text)
            if match:
                return match["name"][:LONGEST], False
    return None


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
