r"""A text as tokens: which characters each covers, and which runs of characters belong to which runs of tokens.

It shows an encoding's result; how the encoder merges bytes is not here. The count is always that of the encoder.

A token need not be a character, nor end where one ends: one emoji may be twelve tokens, and a token may hold parts of
two characters. So the text is cut only where a token and a grapheme (what a reader calls one character) end together:

    >>> [(segment.text, len(segment.tokens)) for segment in tokenize("챗GPT 👩‍👩‍👧", "cl100k_base").segments]
    [('챗', 3), ('G', 1), ('PT', 1), (' 👩\u200d👩\u200d👧', 12)]

Lone surrogates have no UTF-8: the encoder reads each as U+FFFD, and a pair of them as the character they mean. Tokens
carry the bytes of what was read; positions and the texts of segments are those of the text that was given.
"""

import builtins
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

import regex

from playground import encodings
from playground.errors import PlaygroundError, SpecialToken, TextTooLong, UnknownTokenId
from playground.language import mark

TEXT_LIMIT = 200_000
"""Characters that a page cuts as they are typed: a third of a second for all encodings in the worst text. Whoever draws
tokens holds to it; tokenize() and compare() take what tiktoken takes (measured with 0.14.0, November 2026)."""

SIDE_BY_SIDE = 20_000
"""Characters from which several vocabularies encode at the same time; below, starting threads takes longer."""

Special = Literal["text", "allow", "refuse"]
"""What the text of a special token becomes: ordinary tokens, the special token's id, or a SpecialToken error."""

_GRAPHEME = regex.compile(r"\X")
_UTF16 = re.compile("[\ud800-\udbff][\udc00-\udfff]|.", re.DOTALL)
_CONTINUATION = bytes(range(0x80, 0xC0))
"""The bytes of UTF-8 that don't begin a character."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token and the characters that it touches: `text[start:end]`.

    Tokens inside one character share its start and its end.
    """

    id: int
    bytes: builtins.bytes
    start: int
    """Index of the character that its first byte belongs to."""
    end: int
    """Index after the character that its last byte belongs to."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The shortest run of characters that is whole graphemes and whole tokens."""

    text: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Tokenization:
    """A text and its token ids in an encoding; tokens and segments are worked out when they are first read."""

    encoding: str
    text: str
    ids: tuple[int, ...]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The ids with their bytes and places, in order."""
        return tuple(_tokens(self.ids, self.encoding, self.text))

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The text in runs; their texts joined are the text, their tokens joined are the tokens."""
        return tuple(_segments(self.tokens, self.text))


@dataclass(frozen=True, eq=False)
class Comparison(Mapping[str, Tokenization]):
    """Name of an encoding -> what it made of the text, in the order asked; beside them those that gave up, and why."""

    answers: Mapping[str, Tokenization]
    refused: Mapping[str, PlaygroundError]
    """Name -> TextTooLong or SpecialToken."""

    def __getitem__(self, name: str) -> Tokenization:
        return self.answers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.answers)

    def __len__(self) -> int:
        return len(self.answers)


def tokenize(text: str, encoding: str, special: Special = "text") -> Tokenization:
    """Encode a text.

    Raises: TextTooLong for about a million blanks in a row, where tiktoken's pattern gives up; SpecialToken when one is
    in the text and special is "refuse": its values hold what tiktoken says, as `tiktoken`.

    >>> tokenize("a<|endoftext|>b", "o200k_base").ids
    (64, 27, 91, 419, 1440, 919, 91, 29, 65)
    >>> tokenize("a<|endoftext|>b", "o200k_base", special="allow").ids
    (64, 199999, 65)
    """
    if special == "refuse" and (found := special_tokens(text, encoding)):
        raise SpecialToken(
            mark("The text holds the special token {token} of {encoding}. Remove it, or choose how it is read."),
            token=found[0],
            encoding=encoding,
            tiktoken=_refusal(text, encoding),
        )
    allowed = special == "allow"
    return Tokenization(encoding, text, tuple(encodings.encode(text, encoding, allow_special=allowed)))


def compare(text: str, names: Iterable[str], special: Special = "text") -> Comparison:
    """Encode a text in several encodings, each distinct result once; one that gives up doesn't stop the others.

    Raises: what tokenize() raises, when every encoding gives up; UnknownEncoding.

    >>> {name: len(each.ids) for name, each in compare("챗GPT", ["gpt2", "r50k_base", "o200k_base"]).items()}
    {'gpt2': 5, 'r50k_base': 5, 'o200k_base': 3}
    """
    # Special tokens are what sets the encodings of one vocabulary apart.
    vocabulary = {name: encodings.source(name, text) if special == "text" else name for name in names}

    def attempt(name: str) -> tuple[int, ...] | TextTooLong | SpecialToken:
        try:
            return tokenize(text, name, special).ids
        except (TextTooLong, SpecialToken) as error:
            return error

    distinct = list(dict.fromkeys(vocabulary.values()))
    if len(text) < SIDE_BY_SIDE or len(distinct) < 2:
        done = dict(zip(distinct, map(attempt, distinct), strict=True))
    else:
        # tiktoken lets go of Python's lock while it encodes.
        with ThreadPoolExecutor(min(len(distinct), os.cpu_count() or 1)) as pool:
            done = dict(zip(distinct, pool.map(attempt, distinct), strict=True))
    answers, refused = {}, {}
    for name, source in vocabulary.items():
        outcome = done[source]
        if isinstance(outcome, tuple):
            answers[name] = Tokenization(name, text, outcome)
        else:
            refused[name] = outcome
    if refused and not answers:
        raise next(iter(refused.values()))
    return Comparison(answers, refused)


def special_tokens(text: str, encoding: str) -> tuple[str, ...]:
    """Find the special tokens of an encoding that are written in a text, in order.

    >>> special_tokens("a<|endoftext|>b<|start|>", "cl100k_base")
    ('<|endoftext|>',)
    """
    return tuple(_special_pattern(encoding).findall(text))


def decode(ids: Sequence[int], encoding: str) -> str:
    """Read ids back as text; bytes that are no whole character become U+FFFD.

    Raises: UnknownTokenId.

    >>> decode([15339, 1917], "cl100k_base"), decode([15722], "cl100k_base")
    ('hello world', '�')
    """
    return b"".join(token_bytes(each, encoding) for each in ids).decode("utf-8", errors="replace")


def token_bytes(token_id: int, encoding: str) -> bytes:
    """Spell a token, ordinary or special.

    Raises: UnknownTokenId for a gap in the vocabulary and for what can't be an id.
    """
    try:
        return encodings.load(encoding).decode_single_token_bytes(token_id)
    except (KeyError, OverflowError) as error:
        raise UnknownTokenId(
            mark("{encoding} has no token {id}. Its ids go up to {last}, with gaps."),
            encoding=encoding,
            id=token_id,
            last=encodings.load(encoding).max_token_value,
        ) from error


def as_read(text: str) -> str:
    """Give the text that the encoder reads: with the characters that surrogate pairs mean, and U+FFFD for lone ones."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _refusal(text: str, encoding: str) -> str:
    try:
        encodings.load(encoding).encode(text)
    except ValueError as error:
        return str(error)
    return ""


def _tokens(ids: Sequence[int], encoding: str, text: str) -> Iterator[Token]:
    read = as_read(text)
    place = _places(text, read)
    begun = 0
    for token_id, spelled in zip(ids, _spell(ids, encoding, read), strict=True):
        start = begun - (0x80 <= spelled[0] < 0xC0)
        begun += len(spelled.translate(None, _CONTINUATION))
        yield Token(token_id, spelled, place[start], place[begun])


def _spell(ids: Sequence[int], encoding: str, read: str) -> list[bytes]:
    try:
        # Seldom more is needed, and then the encoding itself is never loaded.
        spelled = encodings.load(encodings.ordinary(encoding)).decode_tokens_bytes(ids)
    except KeyError:
        spelled = encodings.load(encoding).decode_tokens_bytes(ids)
    whole = read.encode()
    if b"".join(spelled) == whole:
        return spelled
    # o200k_harmony has a special token with two names, and tiktoken decodes it to either: the text says which.
    specials = encodings.load(encoding)
    at = 0
    for index, each in enumerate(spelled):
        if not whole.startswith(each, at):
            names = (name.encode() for name in specials.special_tokens_set)
            spelled[index] = next(
                name
                for name in names
                if whole.startswith(name, at) and specials.encode_single_token(name) == ids[index]
            )
        at += len(spelled[index])
    return spelled


def _places(text: str, read: str) -> Sequence[int]:
    """Index in what was read -> index in the text. They differ after a surrogate pair: it is read as one character."""
    if len(read) == len(text):
        return range(len(text) + 1)
    return [*(match.start() for match in _UTF16.finditer(text)), len(text)]


def _segments(tokens: Sequence[Token], text: str) -> Iterator[Segment]:
    read = as_read(text)
    place = _places(text, read)
    ends = bytearray(len(text) + 1)
    for match in _GRAPHEME.finditer(read):
        ends[place[match.end()]] = True
    first = 0
    for last, token in enumerate(tokens):
        inside_a_character = last + 1 < len(tokens) and tokens[last + 1].start < token.end
        if ends[token.end] and not inside_a_character:
            yield Segment(text[tokens[first].start : token.end], tuple(tokens[first : last + 1]))
            first = last + 1


@cache
def _special_pattern(encoding: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in encodings.load(encoding).special_tokens_set))
