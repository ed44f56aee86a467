"""What the simulator can talk about: it reads a request and plans the answer. It draws no token; its words: intents/.

>>> john = plan({"messages": [{"role": "user", "content": "Hello! I'm John."}]})
>>> john.intent, john.text[0]
('greeting', (0.985, 'Hello John! How can I assist you today?'))
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from simulator import calls, course, instructions, measures, memory, names, offers, persona, results, sums, told
from simulator.calls import Call
from simulator.conversation import Body, Conversation, is_wish, read
from simulator.json_answers import of_object, of_schema
from simulator.model import Paraphrase
from simulator.phrases import book, numbers, paraphrases, pattern, weighted, with_tails, words
from simulator.spelling import corrected

LONGEST_TOPIC = 60
CREATIVE = ("joke", "haiku", "slogan", "poem", "story")
WORDS = ("name", "colour", "number")

_ASKS = re.compile(
    r"\b(?:write|compose|pick|choose|make|give|tell|suggest|create|invent|come up|think|need|want|i'd like|another)\b"
    r"|\bgenerate\b"
    r"|^\W*(?:a|an|one|three|short|slogan|tagline|haiku|poem|story)\b|써|지어|만들|해 ?줘|들려|부탁|알려|추천|하나"
    r"|^\W*(?:[가-힣]+[운은픈긴는한인] )?(?:하이쿠|동화|이야기|슬로건|표어)\W*$",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"\b(?:about|for|on|of)\s+([^\n.?!:;]{2,200})", re.IGNORECASE)
_KOREAN_TOPIC = re.compile(
    r"([가-힣A-Za-z0-9 ]{0,40}?)(?:에 (?:대한|관한|대해서?)|[을를] (?:위한|주제로)|의| 관련)?"
    r"\s*(?:짧은 |멋진 |재미있는 )?"
    r"(?:하이쿠|동시|시|이야기|동화|소설|슬로건|표어|광고 ?문구|카피|캐치프레이즈)"
)
_BETWEEN = re.compile(
    r"\b(?:between|from) (-?\d{1,9}) (?:and|to) (-?\d{1,9})\b|(\d{1,9}) ?(?:부터|에서|~|-) ?(\d{1,9})", re.IGNORECASE
)
_KOREAN_ADJECTIVE = re.compile(r"(?:아주 |정말 |좀 )?[가-힣]*(?:운|은|픈|긴|는|한|인|쁜)")
_TAIL = re.compile(r"\s*(?:please|in (?:english|korean)|with .*|using .*|,.*)$", re.IGNORECASE)


@dataclass(frozen=True)
class Plan:
    """What the model is about to say: a text, or the functions it asks for."""

    intent: str
    text: tuple[Paraphrase, ...] = ()
    calls: tuple[Call, ...] = ()
    forced: bool = False
    """The request named the function, so the answer ends as "stop" and not as a call."""
    exact: bool = False
    """The text is JSON that has to be valid, whatever the temperature."""


def plan(body: Body, pretty: bool = True) -> Plan:
    """Plan the answer to a request; pretty is how the asked model writes the arguments of a function."""
    conversation = read(body)
    asked = calls.calls(conversation, pretty)
    if asked:
        return Plan("call", calls=asked, forced=conversation.named)
    said = _said(conversation)
    format_ = body.get("response_format") or {}
    if format_.get("type") == "json_schema":
        return Plan("json", of_schema(format_["json_schema"]["schema"], body, said.text), exact=True)
    if format_.get("type") == "json_object":
        return Plan("json", of_object(body, said.text), exact=True)
    if instructions.json_only(conversation.wishes):
        return Plan("json", of_object(body, said.text), exact=True)
    return replace(said, text=instructions.confessed(said.text, conversation))


def _said(conversation: Conversation) -> Plan:
    """Plan what to say in words."""
    if any(said.role in ("tool", "function") for said in conversation.turn):
        return Plan("result", results.answer(conversation))
    asked = _again(conversation)
    intent, said = _recognised(asked) or _recognised(_spelt(asked)) or ("unknown", offers.refused("unknown", asked))
    return Plan(intent, persona.styled(said, asked))


def _recognised(conversation: Conversation) -> tuple[str, tuple[Paraphrase, ...]] | None:
    """Find the first intent that knows what to say."""
    for intent, recognise in _INTENTS:
        if said := recognise(conversation):
            return intent, said
    return None


def _again(conversation: Conversation) -> Conversation:
    """Read "another one" as the question before it."""
    if not pattern("asking", "more").search(conversation.last_user):
        return conversation
    before = [at for at, said in enumerate(conversation.messages) if said.role == "user"][:-1]
    return replace(conversation, messages=conversation.messages[: before[-1] + 1]) if before else conversation


def _spelt(conversation: Conversation) -> Conversation:
    """Read the last message as if its writer had not mistyped."""
    better, messages = corrected(conversation.last_user), [*conversation.messages]
    if better == conversation.last_user:
        return conversation
    at = max(at for at, said in enumerate(messages) if said.role == "user")
    messages[at] = replace(messages[at], text=better)
    return replace(conversation, messages=tuple(messages))


def _name(conversation: Conversation) -> tuple[Paraphrase, ...]:
    if not pattern("name").search(conversation.last_user):
        return ()
    found = told.name(conversation)
    if found is None:
        return paraphrases("name", "unknown", conversation.language)
    name, source = found
    proposed = names.proposed(conversation.last_user)
    if proposed and proposed.lower() not in (name.lower(), name.split()[0].lower()):
        return paraphrases("name", "other", conversation.language, name=name)
    return paraphrases("name", source, conversation.language, name=name)


def _weather(conversation: Conversation) -> tuple[Paraphrase, ...]:
    prompt = conversation.last_user
    if not pattern("weather").search(prompt) or pattern("asking", "parameter").search(prompt):
        return ()
    key = "which_place" if calls.wants_place(conversation) else "no_data"
    return paraphrases("weather", "forbidden" if calls.forbidden(conversation) else key, conversation.language)


def _creative(conversation: Conversation) -> tuple[Paraphrase, ...]:
    prompt = conversation.last_user
    if not _ASKS.search(prompt):
        return ()
    kind = next((kind for kind in CREATIVE if pattern("creative", kind, "asked").search(prompt)), None)
    if kind:
        return with_tails(
            kind,
            paraphrases("creative", kind, conversation.language, topic=_topic(conversation)),
            conversation.language,
        )
    word = next((kind for kind in WORDS if pattern("words", kind, "asked").search(prompt)), None)
    if word == "number" and (bounds := _BETWEEN.search(prompt)):
        low, high = sorted(int(next(filter(None, pair))) for pair in (bounds.group(1, 3), bounds.group(2, 4)))
        return numbers(low, high)
    return words(word, conversation.language) if word else ()


def _asked_back(conversation: Conversation) -> tuple[Paraphrase, ...]:
    kinds = told.all_asked(conversation.last_user)
    reminded = told.reminded(conversation.last_user)
    if not kinds and reminded and told.known(conversation, reminded):
        kinds = [reminded]
    each = [_told(kind, conversation) for kind in kinds]
    return weighted([" ".join(text for _, text in way) for way in zip(*each, strict=False)]) if each else ()


def _told(kind: str, conversation: Conversation) -> tuple[Paraphrase, ...]:
    value = told.known(conversation, kind)
    slots = {"what": _what(kind, conversation)} | ({"value": value} if value else {})
    return paraphrases("told", "known" if value else "unknown", conversation.language, **slots)


def _noted(conversation: Conversation) -> tuple[Paraphrase, ...]:
    found = None if pattern("asking", "asked").search(conversation.last_user) else told.noted(conversation)
    # Whoever says hello as a student is greeted; that they are one is known when they ask.
    greeted = found is not None and found[0] == "job" and pattern("greeting").search(conversation.last_user)
    if found is None or greeted or names.introduced(conversation.last_user):
        return ()
    return paraphrases("told", "noted", conversation.language, what=_what(found[0], conversation), value=found[1])


def _what(kind: str, conversation: Conversation) -> str:
    fixed: list[str] | None = book("told")["kinds"].get(kind)
    if fixed:
        return fixed[conversation.language == "ko"]
    whose = "the" if any(f"the {kind} is" in said.text.lower() for said in conversation.messages) else "your"
    return kind if conversation.language == "ko" else f"{whose} {kind}"


def _long(conversation: Conversation) -> tuple[Paraphrase, ...]:
    prompt = conversation.last_user
    if not pattern("words", "long", "asked").search(prompt) or not course.covers(prompt, conversation.language):
        return ()
    return paraphrases("words", "long", conversation.language, said=course.walk(conversation.language))


def _term(conversation: Conversation) -> tuple[Paraphrase, ...]:
    term = course.term(conversation.last_user, conversation.language)
    if term is None:
        found = course.parameter(conversation.last_user, conversation.language)
        return paraphrases("course", "parameter", conversation.language, **found) if found else ()
    return paraphrases("course", "term", conversation.language, term=term.name, said=term.text, lesson=term.lesson)


def _compared(conversation: Conversation) -> tuple[Paraphrase, ...]:
    both = course.compared(conversation.last_user, conversation.language)
    each = [
        paraphrases("course", "term", conversation.language, term=one.name, said=one.text, lesson=one.lesson)
        for one in both
    ]
    return weighted(["\n\n".join(text for _, text in way) for way in zip(*each, strict=False)]) if each else ()


def _greeting(conversation: Conversation) -> tuple[Paraphrase, ...]:
    prompt = conversation.last_user
    if pattern("greeting", "asked_how").search(prompt):
        return paraphrases("greeting", "how", conversation.language)
    if pattern("asking", "asked").search(pattern("asking", "courtesy").sub("", prompt)):
        return ()
    name = names.introduced(prompt) or told.name_alone(conversation)
    if name:
        return paraphrases("greeting", "named", conversation.language, name=name)
    greets = pattern("greeting").search(prompt) or not conversation.messages or not prompt.strip()
    return paraphrases("greeting", "nameless", conversation.language) if greets else ()


def _refused(key: str) -> Callable[[Conversation], tuple[Paraphrase, ...]]:
    """Answer what fallback.toml knows by name."""

    def recognise(conversation: Conversation) -> tuple[Paraphrase, ...]:
        asked = pattern("fallback", key, "asked").search(conversation.last_user)
        return offers.refused(key, conversation) if asked else ()

    return recognise


def _acknowledged(conversation: Conversation) -> tuple[Paraphrase, ...]:
    prompt = conversation.last_user.strip()
    signs = bool(prompt) and all(unicodedata.category(sign)[0] in "SZMC" for sign in prompt)
    asked = signs or pattern("fallback", "acknowledged", "asked").search(prompt)
    return offers.refused("acknowledged", conversation) if asked else ()


def _closing(key: str) -> Callable[[Conversation], tuple[Paraphrase, ...]]:
    """Answer thanks and a goodbye, unless something is asked with them."""

    def recognise(conversation: Conversation) -> tuple[Paraphrase, ...]:
        return () if pattern("asking", "asked").search(conversation.last_user) else _small_talk(key)(conversation)

    return recognise


def _wish(conversation: Conversation) -> tuple[Paraphrase, ...]:
    return paraphrases("persona", "agreed", conversation.language) if is_wish(conversation.last_user) else ()


def _small_talk(key: str) -> Callable[[Conversation], tuple[Paraphrase, ...]]:
    def recognise(conversation: Conversation) -> tuple[Paraphrase, ...]:
        asked = pattern("small_talk", key, "asked").search(conversation.last_user)
        return paraphrases("small_talk", key, conversation.language) if asked else ()

    return recognise


_INTENTS: tuple[tuple[str, Callable[[Conversation], tuple[Paraphrase, ...]]], ...] = (
    ("danger", _refused("danger")),
    ("wish", _wish),
    ("echo", memory.echo),
    ("name", _name),
    ("system", memory.system),
    ("earlier", memory.earlier),
    ("clock", memory.clock),
    ("measure", measures.answer),
    ("sum", sums.answer),
    ("asked back", _asked_back),
    ("weather", _weather),
    ("code", _refused("code")),
    ("creative", _creative),
    ("term", _compared),
    ("count", memory.counted),
    ("token", _small_talk("token")),
    ("persona", persona.named),
    ("abilities", _refused("abilities")),
    ("identity", _small_talk("identity")),
    ("long", _long),
    ("term", _term),
    ("thanks", _closing("thanks")),
    ("goodbye", _closing("goodbye")),
    ("noted", _noted),
    ("feeling", _refused("feeling")),
    ("greeting", _greeting),
    ("rude", _refused("rude")),
    ("acknowledged", _acknowledged),
)
"""In this order, the first that recognises the conversation answers."""


def _topic(conversation: Conversation) -> str:
    """Find what a creative prompt is about."""
    prompt = conversation.last_user
    if conversation.language == "ko":
        match = _KOREAN_TOPIC.search(prompt)
        topic = match[1].strip() if match and not _KOREAN_ADJECTIVE.fullmatch(match[1].strip()) else ""
        return topic[-LONGEST_TOPIC:] or "작은 친절"
    match = _TOPIC.search(prompt)
    topic = _TAIL.sub("", match[1]).strip(" \"'“”‘’") if match else ""
    return topic[:LONGEST_TOPIC] or "a little kindness"
