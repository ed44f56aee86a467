"""What a system message asks for, as far as the simulator can tell: which of it it follows, and which it can't.

How the answer is then said: persona.py. It follows nothing itself.

>>> unfollowed("You are a helpful assistant. Answer in Korean. Only answer questions about cooking.")
'Only answer questions about cooking.'
>>> unfollowed("You are a helpful assistant. Be brief."), json_only("Respond only in JSON.")
(None, True)
"""

import re

from simulator import names, told
from simulator.conversation import WANTED, Conversation
from simulator.model import Paraphrase
from simulator.phrases import paraphrases, weighted

LONGEST = 120
"""Characters of an instruction that are quoted."""

BRIEF = re.compile(
    r"\b(?:brief|briefly|concise|concisely|succinct|one sentence|short answers?|keep it short)\b"
    r"|짧게|간결|간단히|한 문장",
    re.IGNORECASE,
)
PIRATE = re.compile(r"\bpirate\b|해적", re.IGNORECASE)
CASUAL = re.compile(r"반말|친구처럼|\b(?:banmal|informal|informally)\b", re.IGNORECASE)
POLITE = re.compile(r"\b(?:polite|politely|courteous\w*)\b|존댓말|공손|정중|예의", re.IGNORECASE)
NAMED = re.compile(
    r"\byour name is (?P<name>[^\W\d_][\w-]{0,30})|\byou are called (?P<called>[^\W\d_][\w-]{0,30})"
    r"|\byou are (?P<being>(?-i:[A-Z][a-z][\w-]{1,30}))(?=,| the\b|[.!]|\s*$)"
    r"|['\"‘“]?(?P<so>[가-힣A-Za-z]{1,20}?)['\"’”]?(?:이라는|라는|이란|란) 이름"
    r"|(?:너의|네|당신의) 이름은 (?P<ko>[가-힣A-Za-z]{1,20}?)(?:이야|야|입니다|이다|이에요|예요)",
    re.IGNORECASE,
)
_JSON = re.compile(
    r"\b(?:answer|respond|reply|output|return|speak|write)\b[^.\n]{0,40}\bjson\b|\bjson only\b|\bonly json\b"
    r"|json(?:으로|만|형식|으로만)",
    re.IGNORECASE,
)
_NEUTRAL = re.compile(
    r"\byou(?:['’]re| are) (?:an? )?(?:\w+,? (?:and )?){0,4}(?:assistant|chatbot|bot|ai|helper|model|simulator)\W*$"
    r"|(?:친절|유용|유능|똑똑|도움이 되)[^.\n]{0,20}(?:비서|도우미|어시스턴트|조수|챗봇|AI|인공지능)"
    r"|\byou(?:['’]re| are) (?:(?:very |always )?(?:helpful|friendly|kind|smart|useful|honest)(?:,| and)? ?)+\W*$"
    r"|\bdate\b|\btime\b|\btoday\b|오늘|현재 ?시각|^\W*$",
    re.IGNORECASE,
)
_COMMANDS = re.compile(
    r"\b(?:you(?:['’]re| are)|act|pretend|behave|always|never|must|should|do not|don['’]?t|only|speak|respond|reply|"
    r"answer|talk|write|use|say|end|start|begin|include|avoid|translate|summari[sz]e|explain|be|keep|ignore|refuse)\b"
    r"|(?:해라|하라|하세요|하십시오|마라|마세요|말고|줘|주세요|답해|말해|대답해?|써라?|행동해?|역할|이다|입니다|이야|야)\W*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n;]+[.!?;]?['\"”’)]*")


def unfollowed(system: str) -> str | None:
    """Find the first sentence of a system message that asks for something the simulator can't do."""
    for match in _SENTENCE.finditer(system[:2000]):
        sentence = match[0].strip()
        known = (WANTED, BRIEF, PIRATE, CASUAL, POLITE, NAMED, _JSON, _NEUTRAL, names.IN_SYSTEM, names.IN_SYSTEM_KOREAN)
        if any(pattern.search(sentence) for pattern in known) or told.fact(sentence):
            continue
        if _COMMANDS.search(sentence):
            return sentence if len(sentence) <= LONGEST else f"{sentence[:LONGEST]}…"
    return None


def json_only(system: str) -> bool:
    """Say whether a system message wants JSON and nothing else."""
    return bool(_JSON.search(system))


def confessed(texts: tuple[Paraphrase, ...], conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Add to the first answer of a conversation which instruction it doesn't follow."""
    answered = any(said.role == "assistant" for said in conversation.messages)
    # A system message beside functions is about them, and those it uses.
    if answered or conversation.offers:
        return texts
    found = unfollowed(conversation.system)
    if found is None:
        return texts
    said = paraphrases("persona", "cannot", conversation.language, value=" ".join(found.replace('"', "'").split()))
    return weighted([f"{text}\n\n{said[at % len(said)][1]}" for at, (_, text) in enumerate(texts)])
