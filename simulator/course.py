"""What the course says of its own words: it quotes lessons/ and says where from. It explains nothing in own words.

Which word is meant: the one whose name is in the question; the best by BM25 among several. A question whose words are
not in the course finds nothing.

>>> term("What does temperature mean?", "en").name, term("What is the capital of France?", "en")
('temperature', None)
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playground.language import translate
from playground.parameters import PARAMETERS
from simulator.phrases import Language

FOLDER = Path(__file__).parent.parent / "lessons"
K1, B = 1.5, 0.75
COVERED = 0.6
"""The share of the question's words that the course must use where it explains the word."""

_MOST = {"en": 10, "ko": 6}
"""Words in the long text: more than 300 tokens in either language."""
_ALIASES = {
    "온도": "temperature",
    "컨텍스트 창": "context window",
    "펑션 콜링": "function calling",
    "top_p": "nucleus",
    "top p": "nucleus",
    "max_completion_tokens": "max_tokens",
    "sse": "event",
}
_ASKS = re.compile(
    r"\b(?:what(?:'s|’s| is| are| does| do)?|explain|define|meaning|mean|tell me about|describe|how (?:does|do|can|to)"
    r"|why)\b"
    r"|뭐|무엇|뭔|란\b|이란|설명|알려|뜻|의미|어떤 (?:거|것)",
    re.IGNORECASE,
)
_STOP_WORDS = frozenset(
    (
        *("a", "an", "the", "is", "are", "was", "does", "do", "did", "what", "which", "why", "how", "s", "of", "in"),
        *("on", "for", "to", "it", "its", "this", "that", "me", "about", "tell", "explain", "mean", "means", "meaning"),
        *("define", "describe", "please", "you", "i", "and", "or", "with", "can", "could", "would", "by", "from", "at"),
        *(
            "as",
            "be",
            "there",
            "course",
            "api",
            "get",
            "set",
            "need",
            "어떻게",
            "받아",
            "use",
            "used",
            "work",
            "그럼",
            "그러면",
            "그리고",
            "무슨",
            "어떤",
            "해",
            "해줘",
            "은",
            "는",
            "이",
            "가",
            "을",
            "를",
            "이란",
            "란",
            "줘",
            "좀",
        ),
    )
)
_LONG = re.compile(
    r"(?:long|detail|answer|essay|text|explanation|article|summary|paragraph|everything|whole|work|writ|give|chatgpt|"
    r"make|say|something|short|hundred|word|longer|very|gpt|openai|open|ai|길게|길|긴|자세|글|답|대답|설명|에세이|써|쓰|해|줘|주|"
    r"어떻게|작동|동작|전체|모두|대해|좀|아주|챗)",
)
_WORD = re.compile(r"[a-z_]+|[가-힣]+")
_PARTICLES = re.compile(r"(?<=[가-힣])(?:이란|란|은|는|이|가|을|를|의|에|와|과|로|도|이나|에서|으로)$")
_LEAD = re.compile(r"^(?:(?:and|what about|how about|그럼|그러면|그리고)[ ,]+)+(?:an? |the )?")
_COMPARES = re.compile(
    r"\bdifferen(?:t|ce)\b|\bvs\b|\bversus\b|\bcompared?\b|차이|다른 ?(?:점|가|거)|달라|비교", re.IGNORECASE
)
_LATIN = re.compile(r"[a-z]")


@dataclass(frozen=True)
class Term:
    """A word of the course: its names, what the glossary says of it, and the lesson that is most about it."""

    name: str
    names: tuple[str, ...]
    text: str
    lesson: str


@dataclass(frozen=True)
class _Ranking:
    """Texts, ready to be ranked by BM25."""

    counts: tuple[Counter[str], ...]

    def scores(self, asked: list[str]) -> list[float]:
        """Score each text for the words of a question."""
        average = sum(sum(count.values()) for count in self.counts) / len(self.counts)
        weights = {}
        for word in set(asked):
            holding = sum(word in count for count in self.counts)
            weights[word] = math.log(1 + (len(self.counts) - holding + 0.5) / (holding + 0.5))
        return [
            sum(
                weight * count[word] * (K1 + 1) / (count[word] + K1 * (1 - B + B * sum(count.values()) / average))
                for word, weight in weights.items()
            )
            for count in self.counts
        ]


def term(prompt: str, language: Language) -> Term | None:
    """Find the word that a question asks about; None when it asks about none of the course's."""
    bare = _LEAD.sub("", prompt.strip(" .!?~").lower())
    bare = bare if any(bare in one.names for one in terms(language)) else _PARTICLES.sub("", bare)
    if not _ASKS.search(prompt) and not any(bare in one.names for one in terms(language)):
        return None
    asked = words(prompt)
    named = [one for one in terms(language) if any(_holds(prompt, name) for name in one.names)]
    if not named:
        return None
    ranking = _Ranking(tuple(Counter(words(" ".join([*one.names] * 3) + " " + one.text)) for one in named))
    scored = sorted(zip(ranking.scores(asked), range(len(named)), strict=True), key=lambda one: -one[0])
    found = named[
        max(range(len(named)), key=lambda at: max(len(name) for name in named[at].names if _holds(prompt, name)))
    ]
    found = found if len(named) > 1 and " " in found.names[0] else named[scored[0][1]]
    known = set(words(" ".join(found.names) + " " + found.text))
    covered = sum(word in known or any(word in name for name in found.names) for word in asked)
    return found if covered >= COVERED * len(asked) else None


def compared(prompt: str, language: Language) -> tuple[Term, ...]:
    """Find the two words that a question wants told apart; none when it is no such question."""
    if not _COMPARES.search(prompt):
        return ()
    named = [
        (one, max((name for name in one.names if _holds(prompt, name)), key=len, default="")) for one in terms(language)
    ]
    # "model" is named by "system model" only where that is no word of its own.
    longest = [one for one, name in named if name and not any(name != more and name in more for _, more in named)]
    return tuple(longest) if len(longest) == 2 else ()


def parameter(prompt: str, language: Language) -> dict[str, str] | None:
    """Find the request parameter that a question asks about, and what the playground's table says of it."""
    if not _ASKS.search(prompt):
        return None
    named = next((name for name in sorted(PARAMETERS, key=len, reverse=True) if _holds(prompt, name)), None)
    if named is None or (len(named) < 5 and len(words(prompt)) > 1):
        return None
    about = [word for word in words(prompt) if word not in (named, named.rstrip("s"), "parameter", "파라미터")]
    return {"term": named, "said": translate(PARAMETERS[named].summary, language)} if not about else None


def covers(prompt: str, language: Language) -> bool:
    """Say whether a request for a long text is about the course, or about nothing at all."""
    known = _vocabulary(language)
    return all(word in known or _LONG.match(word) for word in words(prompt))


@cache
def _vocabulary(language: Language) -> frozenset[str]:
    return frozenset(word for one in terms(language) for word in words(" ".join(one.names)))


def walk(language: Language) -> str:
    """Quote the glossary from the request to its answer, one word after the other: a long text that is true."""
    wanted = (
        *("Chat Completions", "request", "message", "role", "system message", "history", "token", "context window"),
        *("temperature", "max_tokens", "response", "choice", "finish_reason", "usage", "streaming"),
    )
    found = {name: one for one in terms(language) for name in one.names}
    return "\n\n".join(f"{found[name.lower()].name}: {found[name.lower()].text}" for name in wanted[: _MOST[language]])


@cache
def terms(language: Language) -> tuple[Term, ...]:
    """Read the glossary and the lessons, once."""
    glossary = (FOLDER / language / "glossary.md").read_text(encoding="utf-8")
    lessons = [file.read_text(encoding="utf-8") for file in sorted((FOLDER / language).glob("[0-9]*.md"))]
    titles = [match[1] if (match := re.search(r'^title = "(.*)"$', text, re.MULTILINE)) else "" for text in lessons]
    ranking = _Ranking(tuple(Counter(words(text)) for text in lessons))
    _, *parts = re.split(r"^### (.+)$", glossary, flags=re.MULTILINE)
    found = []
    for heading, text in zip(parts[::2], parts[1::2], strict=True):
        match = re.fullmatch(r"(.+?)(?: \(([^()]+)\))?", heading.strip())
        names = [name.lower() for name in (match.groups() if match else ()) if name]
        names += [alias for alias, meant in _ALIASES.items() if meant in names]
        scores = ranking.scores(words(" ".join(names)))
        lesson = titles[scores.index(max(scores))] if max(scores) else titles[0]
        said = " ".join(text.split("\n\n")[1].split())
        found.append(Term(heading.strip().split(" (")[0], tuple(names), said, lesson))
    return tuple(found)


def words(text: str) -> list[str]:
    """Cut a text into the words that are compared: lower case, no plural, no particle, no word that says nothing."""
    found = [_PARTICLES.sub("", word) for word in _WORD.findall(text.lower())]
    cut = [word.rstrip("s") if _LATIN.match(word) and len(word) > 3 else word for word in found]
    return [word for word, whole in zip(cut, found, strict=True) if whole not in _STOP_WORDS and not _ASKS.match(word)]


def _holds(prompt: str, name: str) -> bool:
    return bool(_whole(name).search(prompt)) if name.isascii() else name in prompt.lower()


@cache
def _whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z_]){re.escape(name)}s?(?![a-z_])", re.IGNORECASE)
