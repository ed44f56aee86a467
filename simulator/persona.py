"""How a system message wants it said: briefly, politely, as a friend or a pirate, under another name. It adds no fact.

>>> pirate("Hello John! How can I help you with your question?")
'Ahoy John! How can I help ye with yer question? Arr!'
>>> first_sentence("It is 3.5 degrees. It is windy.")
'It is 3.5 degrees.'
"""

import re

from simulator import instructions
from simulator.banmal import casual
from simulator.conversation import Conversation
from simulator.model import Paraphrase
from simulator.phrases import paraphrases

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
_POLITE = {"en": "With pleasure. {}", "ko": "기꺼이 말씀드리겠습니다. {}"}


def named(conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Answer "what is your name?" with the name that a system message gave."""
    match = instructions.NAMED.search(conversation.system)
    if not match or not _ASKS_NAME.search(conversation.last_user):
        return ()
    return paraphrases("persona", "named", conversation.language, name=next(filter(None, match.groups())))


def styled(texts: tuple[Paraphrase, ...], conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Say each way of an answer as the system messages want it."""
    wishes, korean = conversation.wishes, conversation.language == "ko"
    if instructions.BRIEF.search(wishes):
        texts = tuple((weight, first_sentence(text)) for weight, text in texts)
    if instructions.CASUAL.search(wishes) and korean:
        texts = tuple((weight, casual(text)) for weight, text in texts)
    elif instructions.POLITE.search(wishes):
        texts = tuple((weight, _POLITE[conversation.language].format(text)) for weight, text in texts)
    if instructions.PIRATE.search(wishes):
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
