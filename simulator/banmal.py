"""Polite Korean as one says it to a friend: 반말. It knows the endings of the phrasebook and no others.

>>> casual("안녕하세요, 민수 님! 무엇을 도와드릴까요?"), casual("저는 시뮬레이터입니다.")
('안녕, 민수! 뭘 도와줄까?', '나는 시뮬레이터야.')
>>> casual('이렇게 말씀하셨습니다: "반갑습니다."')
'이렇게 말했어: "반갑습니다."'
"""

import re
from functools import cache

from simulator.phrases import book, ends_closed

_QUOTED = re.compile(r'("[^"\n]*")')
_IS = re.compile(r"(?P<before>[^\s\"]?)(?:입니다|이에요|예요|이십니다)(?=[.!?,:]|$)")
_EITHER = re.compile(r"(\S)\(이\)(야|지|라고)")
"""What an ending leaves open: after a consonant with 이."""
_PAST = re.compile(r"(?P<stem>[았었했겠있없였렸쳤졌났줬왔갔썼])습니다")


def casual(text: str) -> str:
    """Say it in 반말; what stands between quotation marks is somebody else's and stays."""
    return "".join(part if part.startswith('"') else _casual(part) for part in _QUOTED.split(text))


def _casual(text: str) -> str:
    for polite, plain in _endings():
        text = polite.sub(plain, text)
    text = _EITHER.sub(lambda match: match[1] + ("이" if ends_closed(match[1]) else "") + match[2], text)
    text = _PAST.sub(r"\g<stem>어", text)
    return _IS.sub(lambda match: match["before"] + ("이야" if ends_closed(match["before"]) else "야"), text)


@cache
def _endings() -> tuple[tuple[re.Pattern[str], str], ...]:
    pairs: list[list[str]] = book("persona")["endings"]
    return tuple((re.compile(polite), plain) for polite, plain in pairs)
