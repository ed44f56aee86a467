"""How a system message wants it said: briefly, as a pirate, under another name. It changes the words, not the facts.

>>> pirate("Hello John! How can I help you with your question?")
'Ahoy John! How can I help ye with yer question? Arr!'
>>> first_sentence("It is 3.5 degrees. It is windy.")
'It is 3.5 degrees.'
"""

import re

from simulator.conversation import Conversation
from simulator.model import Paraphrase
from simulator.phrases import paraphrases

_BRIEF = re.compile(
    r"\b(?:brief|briefly|concise|concisely|one sentence|short answers?)\b|짧게|간결|간단히|한 문장", re.I
)
_PIRATE = re.compile(r"\bpirate\b|해적", re.IGNORECASE)
_NAMED = re.compile(
    r"\byour name is (?P<name>[^\W\d_][\w-]{0,30})|\byou are called (?P<called>[^\W\d_][\w-]{0,30})"
    r"|(?:너의|네|당신의) 이름은 (?P<ko>[가-힣A-Za-z]{1,20}?)(?:이야|야|입니다|이다|이에요|예요)",
    re.IGNORECASE,
)
_ASKS_NAME = re.compile(
    r"\b(?:your name|who are you)\b|(?:네|너의|너|당신의?|당신) ?이름|누구(?:세요|야|니|십니까|신가요)", re.I
)
_SENTENCE = re.compile(r"^.+?[.!?。](?=\s|$)", re.DOTALL)
_SEA = {
    "hello": "ahoy",
    "hi": "ahoy",
    "my": "me",
    "you": "ye",
    "your": "yer",
    "yes": "aye",
    "friend": "matey",
    "is": "be",
    "are": "be",
}
_SEA_WORDS = re.compile(rf"\b({'|'.join(_SEA)})\b", re.IGNORECASE)


def named(conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Answer "what is your name?" with the name that a system message gave."""
    match = _NAMED.search(_system(conversation))
    if not match or not _ASKS_NAME.search(conversation.last_user):
        return ()
    return paraphrases("persona", "named", conversation.language, name=next(filter(None, match.groups())))


def styled(texts: tuple[Paraphrase, ...], conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Say each way of an answer as the system messages want it."""
    system = _system(conversation)
    if _BRIEF.search(system):
        texts = tuple((weight, first_sentence(text)) for weight, text in texts)
    if _PIRATE.search(system):
        korean = conversation.language == "ko"
        texts = tuple((weight, f"어이! {text}" if korean else pirate(text)) for weight, text in texts)
    return texts


def first_sentence(text: str) -> str:
    """Keep the first sentence of a text."""
    match = _SENTENCE.match(text)
    return match[0] if match else text


def pirate(text: str) -> str:
    """Say it as a pirate of the stage would."""

    def at_sea(match: re.Match[str]) -> str:
        word = _SEA[match[0].lower()]
        return word.capitalize() if match[0][0].isupper() else word

    return _SEA_WORDS.sub(at_sea, text) + " Arr!"


def _system(conversation: Conversation) -> str:
    return "\n".join(said.text for said in conversation.messages if said.role in ("system", "developer"))
