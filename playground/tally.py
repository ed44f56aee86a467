"""Tally: how many tokens a big text has in each encoding, counted chunk by chunk. It counts, it keeps no ids.

A text is cut only where every encoding cuts before it merges, so the counts of the chunks add up to that of the whole:

    >>> list(chunks("One two three. Four five six.", at_least=10))
    ['One two three', '. Four five', ' six.']

count_chunks(text, names, should_stop) -> Iterator[Tally]: the last one is finished, unless should_stop() said yes
    Tally(counts={name: tokens}, refused={name: TextTooLong}, done=characters, total=characters), .finished .share
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import regex

from playground import encodings
from playground.errors import TextTooLong
from playground.language import mark
from playground.young_letters import YOUNG

TALLY_LIMIT = 10 * 1024 * 1024
"""Bytes of UTF-8 that are counted at once: 10 MB."""

CHUNK = 64 * 1024
"""Characters of a chunk, at least: some milliseconds of work, so that progress moves and a stop is soon."""

LONGEST_RUN = 2_000_000
"""Characters without a place to cut: above, one of tiktoken's pieces takes seconds and hundreds of megabytes."""

_BEFORE_A_CUT = regex.compile(
    # After a letter the patterns go on with letters, marks and an apostrophe; after a digit with digits. A blank
    # begins a piece, and the piece before ended without looking at it. Only a line's end is taken by signs before it.
    rf"(?![{YOUNG}])(?:\p{{L}}(?=[^\p{{L}}\p{{M}}\p{{Cn}}'])|\p{{N}}(?=[^\p{{N}}\p{{Cn}}])|\S(?=[^\S\r\n]))"
)


@dataclass(frozen=True)
class Tally:
    """The counts so far."""

    counts: Mapping[str, int]
    """Name of an encoding -> tokens of the text up to `done`."""
    refused: Mapping[str, TextTooLong]
    """Name of an encoding that gave up -> why; it is in no count."""
    done: int
    """Characters that are counted."""
    total: int
    """Characters of the whole text."""

    @property
    def finished(self) -> bool:
        """Whether the counts are those of the whole text."""
        return self.done == self.total

    @property
    def share(self) -> float:
        """How much of the text is counted, from 0 to 1."""
        return self.done / self.total if self.total else 1.0


def count_chunks(text: str, names: Iterable[str], should_stop: Callable[[], bool] = lambda: False) -> Iterator[Tally]:
    """Count a text of up to 10 MB, and yield the counts after each chunk; special-looking text is ordinary text.

    Before each chunk it asks should_stop(), and ends early when that says yes.
    Raises: TextTooLong above TALLY_LIMIT, for LONGEST_RUN characters without a place to cut, and when every encoding
    gives up; UnknownEncoding.
    """
    names = tuple(names)
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > TALLY_LIMIT:
        raise TextTooLong(
            mark("The text has {size:,} bytes; at most {limit:,} are counted. Split it."), size=size, limit=TALLY_LIMIT
        )
    counts = {encodings.ordinary(name): 0 for name in names}
    refused: dict[str, TextTooLong] = {}
    done = 0
    for chunk in chunks(text):
        if should_stop():
            return
        of_chunk: dict[str, int] = {}
        for vocabulary in counts.keys() - refused.keys():
            source = encodings.source(vocabulary, chunk)
            try:
                if source not in of_chunk:
                    of_chunk[source] = encodings.count(chunk, source)
                counts[vocabulary] += of_chunk[source]
            except TextTooLong as error:
                refused[vocabulary] = error
        if refused and len(refused) == len(counts):
            raise next(iter(refused.values()))
        done += len(chunk)
        yield Tally(
            {name: counts[encodings.ordinary(name)] for name in names if encodings.ordinary(name) not in refused},
            {name: refused[encodings.ordinary(name)] for name in names if encodings.ordinary(name) in refused},
            done,
            len(text),
        )
    if not text:
        yield Tally(dict.fromkeys(names, 0), {}, 0, 0)


def chunks(text: str, at_least: int = CHUNK) -> Iterator[str]:
    """Cut a text into chunks of `at_least` characters, and as many more as it takes to a place that is safe to cut.

    Raises: TextTooLong when no such place comes for LONGEST_RUN characters. `at_least` is 1 or more.
    """
    start = 0
    while start < len(text):
        end = len(text)
        if start + at_least < end:
            far = start + LONGEST_RUN + 2
            # Lets go of Python's lock meanwhile: a long run without a place to cut takes a second.
            place = _BEFORE_A_CUT.search(text, start + at_least - 1, far, concurrent=True)
            end = place.end() if place else end
        if end - start > LONGEST_RUN:
            raise TextTooLong(
                mark("After character {start:,} no place to cut comes for {limit:,} characters. Add a blank."),
                start=start,
                limit=LONGEST_RUN,
            )
        yield text[start:end]
        start = end
