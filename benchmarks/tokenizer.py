"""The tokenizer: comparing a megabyte in seven encodings, and counting ten; `python -m benchmarks.tokenizer` alone.

What the browser shows of it is measured in tokenizer_browser.py.
"""

import importlib.util
import sys
import time
from collections.abc import Callable, Iterator

from benchmarks.figure import Figure, report
from playground import encodings
from playground.sample_texts import COURSE_ENGLISH, COURSE_KOREAN
from playground.tally import TALLY_LIMIT, count_chunks
from playground.tokens import compare

MEGABYTE = 1_000_000
ROUNDS = 7
VOCABULARIES = ("r50k_base", "p50k_base", "cl100k_base", "o200k_base")

# Indented, so that no two vocabularies give the same ids and all four have to encode.
ENGLISH = (
    COURSE_ENGLISH + "\n\n    " + "The model reads 1,234 tokens; your words, their spaces and 3.14 are all of them.\n"
)
KOREAN = COURSE_KOREAN + "\n\n    " + "모델은 글자가 아니라 토큰을 읽습니다. 띄어쓰기와 숫자 3.14도 모두 토큰입니다.\n"


def text_of(size: int, sentence: str) -> str:
    """Repeat a sentence up to a number of bytes, numbered so that no two lines are the same."""
    lines, length, number = [], 0, 0
    while length < size:
        lines.append(f"{number} {sentence}")
        length += len(lines[-1].encode())
        number += 1
    return "".join(lines).encode()[:size].decode(errors="ignore")


def one_after_the_other(text: str) -> None:
    """Encode as tiktoken does, in the four distinct vocabularies."""
    for name in VOCABULARIES:
        encodings.load(name).encode(text, disallowed_special=())


def seconds(work: Callable[[], object]) -> float:
    """Run once, and give how long that took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def side_by_side(work: Callable[[], object], baseline: Callable[[], object]) -> tuple[float, float]:
    """Let both take turns; the fastest round of each counts, for the others hold the machine's other work too."""
    rounds = [(seconds(work), seconds(baseline)) for _ in range(ROUNDS + 1)][1:]
    mine, theirs = zip(*rounds, strict=True)
    return min(mine), min(theirs)


def measure() -> Iterator[Figure]:
    """Every figure of the tokenizer, those of the browser last."""
    for language, sentence in (("English", ENGLISH), ("Korean", KOREAN)):
        text = text_of(MEGABYTE, sentence)
        mine, theirs = side_by_side(
            lambda text=text: compare(text, encodings.NAMES), lambda text=text: one_after_the_other(text)
        )
        yield Figure(
            f"compare 7 encodings, 1 MB {language}", mine, "s", "tiktoken, 4 in turn", theirs, 1.2, of_baseline=True
        )
    big = text_of(TALLY_LIMIT, KOREAN)
    waits, started = [], time.perf_counter()
    for _ in count_chunks(big, encodings.NAMES):
        waits.append(time.perf_counter() - started)
        started = time.perf_counter()
    whole = seconds(lambda: one_after_the_other(big))
    yield Figure("count 10 MB in 7 encodings", sum(waits), "s", "tiktoken, 4 in turn", whole, 1.2, of_baseline=True)
    yield Figure("longest wait between two steps of that", max(waits), "s", "whole count", sum(waits), 0.2)
    if importlib.util.find_spec("benchmarks.tokenizer_browser"):
        from benchmarks import tokenizer_browser

        yield from tokenizer_browser.measure()


if __name__ == "__main__":
    sys.exit(report(measure()))
