"""Facts told in the messages and asked back: a town, a hobby, a favourite. Names: names.py. It infers nothing.

>>> fact("I live in Busan."), asked("Where do I live?"), fact("My favourite colour is blue.")
(('home', 'Busan'), 'home', ('favourite colour', 'blue'))
>>> fact("제 취미는 등산이에요."), asked("내 취미 뭐야?"), fact("My name is what?")
(('취미', '등산'), '취미', None)
"""

import re
from dataclasses import replace
from typing import Literal

from simulator import names
from simulator.conversation import Conversation
from simulator.corrections import corrections
from simulator.phrases import book

LONGEST = 60

_VALUE = r"(?P<value>(?:[^.?!,;\n]|[.,](?=\w)){1,60}?)"
_END = r"(?=[.!,;](?:\s|$)|\n|$| and (?:i|my)\b| but\b| now\b| (?:these days|at the moment)\b)"
_NOT = r"(?:[^.?!,\n]{1,20}[이가] 아니라,? ?)?"
_JOBS = {language: "|".join(words) for language, words in book("told")["jobs"].items()}
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SECRET = r"(?:secret|magic|code|pass)[a-z ]{0,20}?|비밀 ?번호|비밀 ?단어|비밀 ?코드|암호"
"""What people tell to see whether it is remembered, without saying whose it is."""
_TOLD: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "home",
        re.compile(
            r"\b(?:i|but|and) (?:now |currently |still |have |just )*(?:live in|moved to) (?:the city of )?"
            rf"{_VALUE}{_END}",
            re.IGNORECASE,
        ),
    ),
    ("home", re.compile(r"(?P<value>[가-힣]{2,12})에(?:서)? (?:살아|살고|삽니다|사는)")),
    (
        "home",
        re.compile(
            r"(?:(?:나|난|전|나는|저는|지금|현재|요즘) )+(?P<value>[가-힣]{2,8}?) (?:살고|살아|삽니다|사는|거주)"
        ),
    ),
    ("origin", re.compile(rf"\b(?:i['’]?m|i am|i come) from {_VALUE}{_END}", re.IGNORECASE)),
    ("origin", re.compile(r"(?P<value>[가-힣]{2,12})에서 (?:왔|온)")),
    ("age", re.compile(r"\bi['’]?(?: a)?m (?P<value>\d{1,3})(?: years old)?(?![\d%])\b", re.IGNORECASE)),
    (
        "age",
        re.compile(
            rf"\bi(?:['’]?m| am) (?P<value>(?:{_TENS})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
            r"|(?:thir|four|fif|six|seven|eigh|nine)teen)(?: years old)?(?=[.!,;]|\s*$| and\b)",
            re.IGNORECASE,
        ),
    ),
    ("age", re.compile(r"(?P<value>\d{1,3}) ?살(?:이|입|인)")),
    ("job", re.compile(rf"\bi (?:work as|am working as) (?:an? )?{_VALUE}{_END}", re.IGNORECASE)),
    ("job", re.compile(rf"\bi(?:['’]?m| am) an? (?P<value>(?:[a-z]+ )?(?:{_JOBS['english']}))\b", re.IGNORECASE)),
    (
        "job",
        re.compile(
            rf"(?:나는|저는|난|전) (?:[^.?!\n]{{1,40}} )?(?P<value>{_JOBS['korean']})"
            r"(?=이에요|예요|입니다|이야|야|이고|고|로 | [가-힣]{2,4}(?:입니다|이에요|예요|이야|야))"
        ),
    ),
    ("allergy", re.compile(rf"\bi(?:['’]?m| am) allergic to {_VALUE}{_END}", re.IGNORECASE)),
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
            r"\b(?:my|i have an?|i['’]ve got an?) (?P<whose>[a-z][a-z'’ ]{1,20}?) (?:is |are )?(?:called|named) "
            rf"{_VALUE}{_END}",
            re.IGNORECASE,
        ),
    ),
    (
        "",
        re.compile(
            r"(?:제가|내가|제|내|저의|나의|우리) ?(?P<key>(?!이름|가 )[가-힣]{1,8}(?: [가-힣]{1,8})?)[은는이가] ?"
            rf"{_NOT}(?!\s?아니라)(?P<value>[^.?!,\n]{{1,40}}?)(?:이에요|예요|입니다|이야|야|이다|임|다)(?=[.!,~\s]|$)"
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
    ("allergy", re.compile(r"\bwhat am i allergic to\b", re.IGNORECASE)),
    (
        "",
        re.compile(r"\b(?:what|how)(?:['’]s| is) my (?P<whose>[a-z][a-z'’ ]{1,20}?) (?:called|named)\b", re.IGNORECASE),
    ),
    (
        "",
        re.compile(
            r"^\W*(?:and|what about|how about)(?: what(?:['’]s| is))? my (?!name\b)(?P<key>[a-z][a-z'’ ]{1,30}?)\W*$",
            re.IGNORECASE,
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
            r"(?:제가|내가|제|내|저의|나의|우리) ?"
            r"(?P<key>(?!이름|가 |말|얘기|이야기|질문|메시지)[가-힣]{1,8}?(?: [가-힣]{1,8}?)?)"
            r"(?:은|는|이|가|을|를)?\s?"
            r"(?:뭐|무엇|뭔지|누구|어디|언제|몇|알아|알고|기억|말해)"
        ),
    ),
)
_REMEMBER = re.compile(r"^\W*(?:please )?(?:remember|note)\b|기억해", re.IGNORECASE)
_THE = re.compile(r"\bwhat(?:['’]?s| is| was) the (?P<key>[a-z ]{2,30}?)(?: again)?\W*$", re.IGNORECASE)
_SAME = {
    **{"직업": "job", "나이": "age", "job": "job", "age": "age", "hometown": "origin", "고향": "origin", "집": "home"},
    **{"phone": "phone number", "telephone": "phone number", "mobile": "phone number", "mail": "email"},
    **{"e-mail": "email", "email address": "email"},
}
_NO_VALUES = re.compile(
    r"^(?:called|named|혼자|같이|함께|따로|잘|오래|what|who|where|not|unknown|you|u|it|this|that|him|her|them|뭐|무엇|누구|어디|몇)\b|^\W*$"
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


def noted(conversation: Conversation) -> tuple[str, str] | None:
    """Find a fact that the last message tells or takes back; "my point is that" tells none."""
    before = remembered(replace(conversation, messages=conversation.messages[:-1]))
    kinds, text = {kind for kind, _ in _TOLD if kind}, conversation.last_user
    for kind, value in remembered(conversation).items():
        wanted = kind in kinds or _NOTED.search(kind) or _REMEMBER.search(text)
        if kind != "name" and wanted and before.get(kind) != value:
            return kind, value
    return None


def asked(text: str) -> str | None:
    """Find which fact a question asks back, the first of several."""
    return next(iter(all_asked(text)), None)


def all_asked(text: str) -> list[str]:
    """List which facts a question asks back, in its order."""
    found = [(match.start(), kind, _key(match)) for kind, pattern in _ASKED for match in pattern.finditer(text)]
    return list(dict.fromkeys(kind or _SAME.get(key, key) for _, kind, key in sorted(found)))


def reminded(text: str) -> str | None:
    """Find of what a question asks, whosever it is: "What is the launch code?". Only what was told answers it."""
    match = _THE.search(text)
    return _key(match) if match else None


def known(conversation: Conversation, kind: str) -> str | None:
    """Find a fact in the messages of a request, the latest first; what the model itself said is none."""
    memory = remembered(conversation)
    # "My son is Leo" tells his name, and "my dog is called Rex" who the dog is.
    return memory.get(kind) or memory.get(kind.removesuffix("'s name")) or memory.get(f"{kind}'s name")


def name(conversation: Conversation) -> tuple[str, Literal["told", "system", "field"]] | None:
    """Find the user's name in the messages of a request, and who said it: the user, a system message, a name field."""
    if said := remembered(conversation).get("name"):
        return said, "told"
    systems = [each.text for each in conversation.messages if each.role in ("system", "developer")]
    if said := next((found for text in reversed(systems) if (found := names.in_system(text))), None):
        return said, "system"
    fields = [each.name for each in conversation.messages if each.role == "user" and each.name]
    return (fields[-1], "field") if fields else None


def name_alone(conversation: Conversation) -> str | None:
    """Find the name in a message that says nothing else, where the message before asked for it."""
    at = max((at for at, said in enumerate(conversation.messages) if said.role == "user"), default=0)
    return names.answered(conversation.messages[at], conversation.messages[at - 1]) if at else None


def remembered(conversation: Conversation) -> dict[str, str]:
    """Read the messages from the first to the last: of what, and what it is. What is taken back is forgotten."""
    found: dict[str, str] = {}
    latest = ""
    messages = conversation.messages
    for said, before in zip(messages, (None, *messages), strict=False):
        if said.role not in ("user", "system", "developer"):
            continue
        stated = _stated(said.text)
        if said.role == "user" and (own := names.answered(said, before)):
            stated.append((said.text.find(own), "name", own))
        for _, kind, value in sorted(stated):
            latest = kind or latest
            corrected = _corrected_name(value, taken_back=not kind) if latest == "name" else value
            if latest and corrected:
                found.pop(latest, None)
                found[latest] = corrected
        if said.role == "user" and not stated:
            # Only what was told last can be taken back, not what was told some messages ago.
            latest = ""
    return found


def _corrected_name(value: str, taken_back: bool) -> str | None:
    return None if taken_back and value[:1].islower() else names.named(value)


def _key(match: re.Match[str]) -> str:
    said = match.groupdict()
    key = f"{said['whose']}'s name" if said.get("whose") else said.get("key") or ""
    key = key.strip().lower().replace("’", "'")
    return key.replace("favorite", "favourite").replace("color", "colour")


def _facts(text: str) -> list[tuple[str, str]]:
    """List the facts that a text tells, those of the same kind in its order."""
    found = [one for one in _stated(text) if one[1]]
    order = {kind: at for at, (_, kind, _) in enumerate(found)}
    return [(kind, value) for _, kind, value in sorted(found, key=lambda one: (order[one[1]], one[0]))]


def _stated(text: str) -> list[tuple[int, str, str]]:
    """List the facts of a text: where, of what, and what it is; what is corrected has no kind of its own."""
    found = []
    for kind, pattern in _TOLD:
        for match in pattern.finditer(text):
            key = _key(match)
            value = match["value"].strip(" \"'“”")[:LONGEST]
            rest = text[match.end() : match.end() + 2].lstrip()
            if key != "name" and value and not _NO_VALUES.search(value) and not rest.startswith("?"):
                found.append((match.start("value"), kind or _SAME.get(key, key), value))
    found += [(at, "", value[:LONGEST]) for at, value in corrections(text) if not _NO_VALUES.search(value)]
    return found
