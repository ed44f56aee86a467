"""What to say where the simulator can't help: that it is one, and three prompts that work. It answers nothing.

Which three, and in which words, depends on the prompt alone: two different questions seldom get the same refusal.

>>> three("What is love?", "en") == three("What is love?", "en") != three("Why?", "en")
True
"""

import zlib

from simulator.conversation import Conversation
from simulator.model import Paraphrase
from simulator.phrases import Language, book, paraphrases, weighted


def three(prompt: str, language: Language) -> dict[str, str]:
    """Choose three prompts that work, as slots of a phrase."""
    offers: list[str] = book("fallback")["offers"][language]
    # The one who asks already knows this one.
    offers = [offer for offer in offers if offer != prompt.strip()]
    chosen = sorted(offers, key=lambda offer: _number(f"{prompt.strip()} {offer}"))
    return dict(zip(("first", "second", "third"), chosen, strict=False))


def refused(key: str, conversation: Conversation) -> tuple[Paraphrase, ...]:
    """Say one of the things of fallback.toml."""
    prompt, language = conversation.last_user, conversation.language
    texts = [text for _, text in paraphrases("fallback", key, language, **three(prompt, language))]
    turn = _number(prompt) % len(texts)
    return weighted(texts[turn:] + texts[:turn])


def _number(prompt: str) -> int:
    return zlib.crc32(prompt.strip().encode("utf-8", "replace"))
