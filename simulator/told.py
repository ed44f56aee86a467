"""Facts told in the messages and asked back: a town, a hobby, a favourite. Names: names.py. It infers nothing.

>>> fact("I live in Busan."), asked("Where do I live?"), fact("My favourite colour is blue.")
(('home', 'Busan'), 'home', ('favourite colour', 'blue'))
>>> fact("제 취미는 등산이에요."), asked("내 취미 뭐야?"), fact("My name is what?")
(('취미', '등산'), '취미', None)
"""

import re

from simulator.conversation import Conversation

LONGEST = 60

_VALUE = r"(?P<value>[^.?!,;\n]{1,60}?)"
_END = r"(?=[.!,;\n]|$| and (?:i|my)\b)"
_SECRET = r"(?:secret|magic|code|pass)[a-z ]{0,20}?|비밀 ?번호|비밀 ?단어|비밀 ?코드|암호"
"""What people tell to see whether it is remembered, without saying whose it is."""
_TOLD: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("home", re.compile(rf"\bi live in (?:the city of )?{_VALUE}{_END}", re.IGNORECASE)),
    ("home", re.compile(r"(?P<value>[가-힣]{2,12})에(?:서)? (?:살아|살고|삽니다|사는)")),
    ("origin", re.compile(rf"\b(?:i['’]?m|i am|i come) from {_VALUE}{_END}", re.IGNORECASE)),
    ("origin", re.compile(r"(?P<value>[가-힣]{2,12})에서 (?:왔|온)")),
    ("age", re.compile(r"\bi['’]?(?: a)?m (?P<value>\d{1,3})(?: years old)?(?![\d%])\b", re.IGNORECASE)),
    ("age", re.compile(r"(?P<value>\d{1,3}) ?살(?:이|입|인)")),
    ("job", re.compile(rf"\bi (?:work as|am working as) (?:an? )?{_VALUE}{_END}", re.IGNORECASE)),
    ("likes", re.compile(rf"\bi (?:really )?(?:like|love) {_VALUE}{_END}", re.IGNORECASE)),
    ("likes", re.compile(r"(?:나는|저는|난|전) (?P<value>[가-힣 ]{1,20}?)[을를] (?:좋아|사랑)")),
    ("", re.compile(rf"\b(?:remember|note)(?: that)?:? (?:the|this) (?P<key>[a-z ]{{2,30}}?) is {_VALUE}{_END}", re.I)),
    ("", re.compile(rf"\bthe (?P<key>{_SECRET}) is {_VALUE}{_END}", re.IGNORECASE)),
    (
        "",
        re.compile(
            rf"(?P<key>{_SECRET})[은는] ?(?P<value>[^.?!,\n]{{1,40}}?)(?:이에요|예요|입니다|이야|야)(?=[.!,~\s]|$)"
        ),
    ),
    (
        "",
        re.compile(rf"\bmy (?P<key>[a-z][a-z'’ ]{{1,30}}?) (?:is|are) {_VALUE}{_END}", re.IGNORECASE),
    ),
    (
        "",
        re.compile(
            r"(?:제가|내가|제|내|저의|나의) ?(?P<key>(?!이름|가 )[가-힣]{1,8}(?: [가-힣]{1,8})?)[은는이가] ?"
            r"(?P<value>[^.?!,\n]{1,40}?)(?:이에요|예요|입니다|이야|야|이다|임|다)(?=[.!,~\s]|$)"
        ),
    ),
)
_ASKED: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "home",
        re.compile(
            r"\bwhere (?:do )?i live\b|(?:내|제|나|저)(?:가|는)? ?어디(?:에|에서)? ?(?:살|사|산)", re.IGNORECASE
        ),
    ),
    ("", re.compile(rf"\bwhat(?:['’]s| is| was) the (?P<key>{_SECRET})\W*$", re.IGNORECASE)),
    ("", re.compile(rf"(?P<key>{_SECRET})(?:은|는|이|가)? ?(?:뭐|무엇|뭔)")),
    ("origin", re.compile(r"\bwhere (?:am|do) i (?:come )?from\b|(?:내|제)가 어디(?:에서|서) 왔", re.IGNORECASE)),
    (
        "age",
        re.compile(
            r"\bhow old (?:am i|i am)\b|\bmy age\b|(?:내|제) ?나이|(?:내|제)가 몇 ?살|(?:나|저) 몇 ?살", re.IGNORECASE
        ),
    ),
    ("job", re.compile(r"\bwhat (?:do i do|is my job|['’]s my job)\b|(?:내|제) ?직업", re.IGNORECASE)),
    ("likes", re.compile(r"\bwhat (?:do i|i) (?:like|love)\b|(?:내|제)가 (?:뭐|무엇)[을를]? ?좋아", re.IGNORECASE)),
    (
        "",
        re.compile(
            r"\b(?:what|who|which|when|where|remember|know|recall|remind me|tell me)\b[^.!\n]{0,20}?"
            r"\bmy (?!name\b|first\b|last\b|previous\b|message|question)"
            r"(?P<key>[a-z][a-z'’ ]{1,30}?)(?: again)?\s*(?:is\s*)?[?.!]*$",
            re.IGNORECASE,
        ),
    ),
    (
        "",
        re.compile(
            r"(?:제가|내가|제|내|저의|나의) ?(?P<key>(?!이름|가 )[가-힣]{1,8}?(?: [가-힣]{1,8}?)?)"
            r"(?:은|는|이|가|을|를)?\s?"
            r"(?:뭐|무엇|뭔지|누구|어디|언제|몇|알아|알고|기억|말해)"
        ),
    ),
)
_SAME = {"직업": "job", "나이": "age", "job": "job", "age": "age", "hometown": "origin", "고향": "origin", "집": "home"}
_NO_VALUES = re.compile(
    r"^(?:what|who|where|not|unknown|you|u|it|this|that|him|her|them|뭐|무엇|누구|어디|몇)\b|^\W*$"
    # A state is no fact to keep: "my code is broken".
    r"|^(?:(?:so|too|very|really|still|just|always|all|completely|totally|kind of) )*(?:broken|wrong|slow|late|down"
    r"|gone|lost|dead|missing|empty|full|old|new|bad|good|great|fine|ok|okay|tired|sick|hurt|killing|driving|better|worse|crazy"
    r"|stupid|weird|different|hard|easy|difficult|on fire|failing|crashing"
    r"|acting|not working)\b"
    r"|^(?:고장|엉망|문제|최악|최고|별로|걱정|진짜|너무|정말|비밀)",
    re.IGNORECASE,
)
_NOTED = re.compile(
    r"^(?:(?:favou?rite|best|lucky|first|last|middle|nick|user|home|work|school|birth) )*"
    r"(?:[a-z'’]+['’]s )?(?:name|nickname|hobby|hobbies|job|profession|occupation|age|birthday|birthplace|city|town"
    r"|hometown|country|dog|cat|pet|car|colou?r|food|dish|drink|fruit|sport|team|school|university|college|company|employer|major"
    r"|number|email|phone|phone number|address|language|nationality|wife|husband|partner|boss|brother|sister|mother"
    r"|father|son|daughter|friend|height|weight|size|shoe size|blood type|mbti|song|movie|film|book|band|singer|season"
    r"|day|place|subject|password|secret word|secret|code word|game|animal|flower|dream|goal)$"
    r"|^(?:좋아하는 .{1,8}|취미|비밀 ?번호|비밀 ?단어|비밀 ?코드|암호|직업|나이|고향|집|생일"
    r"|전화 ?번호|이메일|주소|학교|회사|전공|별명|반려견|반려묘|강아지"
    r"|고양이|키|몸무게|혈액형|아내|남편|친구|동생|형|누나|언니|오빠|엄마|아빠|팀|음식|색|색깔|도시|나라|국적|꿈|목표|최애|특기)"
    r"(?: 이름)?$",
    re.IGNORECASE,
)
"""Of what a fact is acknowledged; asked back, any will do."""


def fact(text: str) -> tuple[str, str] | None:
    """Find the first fact that a text tells: of what, and what it is."""
    return next(iter(_facts(text)), None)


def noted(text: str) -> tuple[str, str] | None:
    """Find a fact that somebody wants known about themselves; "my point is that" tells none."""
    kinds = {kind for kind, _ in _TOLD if kind}
    return next(((key, value) for key, value in _facts(text) if key in kinds or _NOTED.search(key)), None)


def asked(text: str) -> str | None:
    """Find which fact a question asks back."""
    for kind, pattern in _ASKED:
        if match := pattern.search(text):
            key = _key(match)
            return kind or _SAME.get(key, key)
    return None


def known(conversation: Conversation, kind: str) -> str | None:
    """Find a fact in the messages of a request, the latest first; what the model itself said is none."""
    for said in reversed(conversation.messages):
        if said.role in ("user", "system", "developer"):
            found = [value for key, value in _facts(said.text) if key == kind]
            if found:
                return found[-1]
    return None


def _key(match: re.Match[str]) -> str:
    return (
        match.groupdict()
        .get("key", "")
        .strip()
        .lower()
        .replace("’", "'")
        .replace("favorite", "favourite")
        .replace("color", "colour")
    )


def _facts(text: str) -> list[tuple[str, str]]:
    found = []
    for kind, pattern in _TOLD:
        for match in pattern.finditer(text):
            key = _key(match)
            value = match["value"].strip(" \"'“”")[:LONGEST]
            rest = text[match.end() : match.end() + 2].lstrip()
            if key != "name" and value and not _NO_VALUES.search(value) and not rest.startswith("?"):
                found.append((kind or _SAME.get(key, key), value))
    return found
