"""A request's conversation in a shape that can't be odd: who said what, what is offered. It answers nothing."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from simulator.phrases import Language

READ = 4000
"""Characters of a message that the simulator looks at; the tokens of all of it are counted elsewhere."""
LATEST = 400
"""Messages that it looks at, counted from the end."""

_ENGLISH = re.compile(r"\b(?:i['’]?m|i|my|is|the|what|you|do|hello|hi|in|a|me|write|about|name)\b", re.IGNORECASE)

WANTED = re.compile(
    r"\b(?:answer|reply|respond|speak|write|talk)\b(?:[^.\n]{0,20}\b(?:in|only))? (?:(?P<ko>korean)|english)\b"
    r"|(?P<ko2>한국어|한국말)로|영어로",
    re.IGNORECASE,
)
"""In which language to answer, as a system message says it."""
_ASKED_FOR = re.compile(
    r"\b(?:answer|reply|respond|write|tell|explain|say it|give)\b[^.\n?]{0,60}\bin (?:(?P<ko>korean)|english)\b"
    r"|(?:(?P<ko2>한국어|한국말|한글)|영어)로 ?(?:[가-힣]+ )?(?:대답|답|말해|써|쓰|적|작성|설명|알려)",
    re.IGNORECASE,
)
"""The same in a user's words, which may as well ask for a translation."""

LONGEST_WISH = 60
_WISH = re.compile(
    r"^\W*(?:please |from now on,? |can you |could you )*(?:speak|talk|answer|reply|respond|write|be|act|say it)\b"
    r"(?: (?:to me|with me|only|always|in|like|as|an?|more|very|with|your answers?|everything|it|back|informal))*"
    r" (?:korean|english|brief|briefly|concise|concisely|short(?: answers)?|pirate|polite|politely|json)"
    r"(?: please| only| now| from now on| and polite| and brief| to me)*\W*$"
    r"|^\W*(?:이제 ?|지금부터 ?|앞으로 ?)?(?:한국어|한국말|영어|반말|존댓말|짧게|간단히|간결하게|해적처럼|JSON)"
    r"(?:으로|로|만)? ?(?:말|대답|답|얘기|이야기)?(?:만)? ?(?:해|하자|해 ?줘|해 ?주세요|하세요|해라|할래)\W*$",
    re.IGNORECASE,
)

Body = Mapping[str, Any]


class Called(NamedTuple):
    """A function that a message asked for."""

    name: str
    arguments: str
    id: str = ""
    """What its result is told by; empty in the functions dialect."""


@dataclass(frozen=True)
class Said:
    """One message."""

    role: str
    text: str
    name: str
    """For a function's result: the function. Found through the call's id where the message doesn't say it."""
    called: tuple[Called, ...] = ()
    """The functions that this message asked for."""
    answers: str = ""
    """For a function's result: the id of its call; empty in the functions dialect."""


@dataclass(frozen=True)
class Offer:
    """A function that the model may ask for."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Conversation:
    """What a request says."""

    messages: tuple[Said, ...]
    offers: tuple[Offer, ...]
    dialect: Literal["functions", "tools"]
    choice: Literal["none", "auto", "required"]
    """required: a function has to be asked for; when one is named, it is the only offer."""
    named: bool
    parallel: bool
    """Whether several functions may be asked for at once."""
    model: str = ""

    @property
    def last_user(self) -> str:
        """What the user said last; empty when there is no user message."""
        return next((said.text for said in reversed(self.messages) if said.role == "user"), "")

    @property
    def turn(self) -> tuple[Said, ...]:
        """The messages since the user spoke last, that one not included."""
        at = next((at for at in range(len(self.messages), 0, -1) if self.messages[at - 1].role == "user"), 0)
        return self.messages[at:]

    @property
    def system(self) -> str:
        """What the system messages say."""
        return "\n".join(said.text for said in self.messages if said.role in ("system", "developer"))

    @property
    def wishes(self) -> str:
        """What the system messages say, and how the user wanted to be talked to in a message of its own."""
        asked = [said.text for said in self.messages if said.role == "user" and is_wish(said.text)]
        return "\n".join([self.system, *asked])

    @property
    def language(self) -> Language:
        """What a system message or the user asks for, else that of the user's last message, Korean names aside."""
        wanted = _ASKED_FOR.search(self.last_user) or next(reversed([*WANTED.finditer(self.wishes)]), None)
        if wanted:
            return "ko" if wanted["ko"] or wanted["ko2"] else "en"
        korean = re.search("[가-힣ㄱ-ㅎㅏ-ㅣ]", self.last_user) and len(_ENGLISH.findall(self.last_user)) < 2
        return "ko" if korean else "en"


def is_wish(text: str) -> bool:
    """Say whether a message asks for nothing but a way of talking: "Speak Korean", "반말로 해 줘"."""
    return len(text) <= LONGEST_WISH and bool(_WISH.search(text))


def read(body: Body) -> Conversation:
    """Read a request. Whatever is not as it should be is left out."""
    names: dict[str, str] = {}
    messages = []
    for message in _mappings(body.get("messages"))[-LATEST:]:
        said = _said(message, names)
        names |= {_text(call.get("id")): _text(_mapping(call.get("function")).get("name")) for call in _calls(message)}
        messages.append(said)
    dialect: Literal["functions", "tools"] = "tools" if body.get("tools") else "functions"
    offers = _offers(body)
    choice, named, allowed = _choice(body.get("tool_choice" if dialect == "tools" else "function_call"))
    if allowed is not None:
        offers = tuple(offer for offer in offers if offer.name in allowed)
    parallel = dialect == "tools" and body.get("parallel_tool_calls") is not False
    return Conversation(
        tuple(messages), offers, dialect, choice if offers else "none", named, parallel, _text(body.get("model"))
    )


def text_of(content: object) -> str:
    """Read the text of a message, given as a string or as a list of parts.

    >>> text_of([{"type": "text", "text": "Hello! "}, {"type": "text", "text": "I'm John."}])
    "Hello! I'm John."
    """
    if isinstance(content, list):
        return "".join(_text(part.get("text")) for part in _mappings(content))
    return _text(content)


def _said(message: Mapping[str, Any], names: Mapping[str, str]) -> Said:
    role = _text(message.get("role"))
    answers = _text(message.get("tool_call_id")) if role == "tool" else ""
    name = names.get(answers) or _text(message.get("name"))
    called = [_called(_mapping(call.get("function")), _text(call.get("id"))) for call in _calls(message)]
    if function_call := _mapping(message.get("function_call")):
        called.append(_called(function_call))
    return Said(role, text_of(message.get("content"))[:READ], name, tuple(called), answers)


def _called(function: Mapping[str, Any], id_: str = "") -> Called:
    return Called(_text(function.get("name")), _text(function.get("arguments"))[:READ], id_)


def _offers(body: Body) -> tuple[Offer, ...]:
    tools = body.get("tools")
    functions = [tool.get("function") for tool in _mappings(tools)] if tools else body.get("functions")
    return tuple(
        Offer(_text(one.get("name")), _text(one.get("description")), _mapping(one.get("parameters")))
        for one in _mappings(functions)
        if _text(one.get("name"))
    )


def _choice(choice: object) -> tuple[Literal["none", "auto", "required"], bool, set[str] | None]:
    if isinstance(choice, Mapping):
        allowed = _mapping(choice.get("allowed_tools"))
        if allowed:
            names = {_text(_mapping(tool.get("function")).get("name")) for tool in _mappings(allowed.get("tools"))}
            return "required" if allowed.get("mode") == "required" else "auto", False, names
        return "required", True, {_text(_mapping(choice.get("function", choice)).get("name"))}
    if choice in ("none", "required"):
        return ("none" if choice == "none" else "required"), False, None
    return "auto", False, None


def _calls(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return _mappings(message.get("tool_calls"))


def _mappings(value: object) -> list[Mapping[str, Any]]:
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        return []
    return [one for one in value if isinstance(one, Mapping)]


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def parsed(text: str) -> Any:
    """Parse JSON; what is none stays the text it is."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
