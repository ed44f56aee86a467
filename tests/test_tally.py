"""Counting big texts: the law that chunks add up to the whole, progress, stopping, and texts that are refused."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from playground import encodings, tally
from playground.errors import TextTooLong
from playground.tally import TALLY_LIMIT, chunks, count_chunks

VOCABULARIES = sorted({encodings.ordinary(name) for name in encodings.NAMES})

texts = st.lists(
    st.one_of(
        st.text(st.characters(codec=None), max_size=8),
        st.text(" \t\r\n\u00a0\u3000\x85\x1c\x1f\u2028\u200b", max_size=6),
        st.text("abcXYZ's'lLrReEvVtTmMdDſ’", max_size=8),
        st.text("012٣½Ⅷ四", max_size=6),
        st.text(".,/=-_'\"(){}<|>!?。、", max_size=6),
        st.text("\U0003d000\ua7ce\u1acf\r\n/: a", max_size=6),
        st.text("가나다 챗\u1100\u1161\u11a8", max_size=8),
        st.text("e\u0301\u093f\u0e31\u20dd\ufe0f\u200d👩🏽", max_size=6),
        st.sampled_from(["I'll", " 's", "x\n\n y", ".\r\n\r\n", "\n/", "//\n", "<|endoftext|>", "don't 'S", "...\n/a"]),
    ),
    max_size=12,
).map("".join)


def every_tricky_text(test):  # type: ignore[no-untyped-def]
    for text in [
        "a 'll b",
        "a'\n/b",
        "x  y",
        "x \n y",
        "1 234 5",
        "가 나\n다",
        "ab'S'S",
        "a\u0301 b",
        "\ud83d \ude00",
        ".\n/ x",
    ]:
        test = example(text=text, size=1)(test)
    return test


@every_tricky_text
@given(text=texts, size=st.integers(1, 5))
@settings(max_examples=500)
def test_the_ids_of_the_chunks_joined_are_the_ids_of_the_whole(text: str, size: int) -> None:
    cut = list(chunks(text, at_least=size))

    assert "".join(cut) == text
    for name in VOCABULARIES:
        joined = [token for chunk in cut for token in encodings.encode(chunk, name)]
        assert joined == encodings.encode(text, name), name


@pytest.mark.parametrize(
    "text",
    [
        "It's easy to make something cool with LLMs, but hard to make it production-ready.\n" * 9,
        "LLM을 사용해서 멋져 보이는 것을 만들기는 쉽지만, 매우 어렵다.\n" * 9,
        "人人生而自由，在尊嚴和權利上一律平等。" * 9,
        '{"city":"Seoul","temperature":25,"list":[1,2,3]}' * 9,
        "aGVsbG8gd29ybGQ/+Zm9vYmFy0123" * 9,
    ],
)
def test_ordinary_texts_have_a_place_to_cut_every_few_words(text: str) -> None:
    assert max(len(chunk) for chunk in chunks(text, at_least=10)) < 40


def test_the_last_tally_holds_the_counts_of_the_whole_text() -> None:
    text = "LLM을 사용해서 멋져 보이는 것을 만들기는 쉽지만, it's hard.\n" * 4_000

    tallies = list(count_chunks(text, encodings.NAMES))

    assert len(tallies) > 2
    assert [each.done for each in tallies] == sorted({each.done for each in tallies})
    assert [each.finished for each in tallies] == [False] * (len(tallies) - 1) + [True]
    assert tallies[-1].counts == {name: encodings.count(text, name) for name in encodings.NAMES}
    assert tallies[-1].share == 1


def test_it_ends_before_the_next_chunk_when_it_is_told_to_stop() -> None:
    text = "one two " * 100_000
    asked = iter([False, False, True])

    tallies = list(count_chunks(text, ["cl100k_base"], lambda: next(asked)))

    assert len(tallies) == 2
    assert not tallies[-1].finished
    assert tallies[-1].counts == {"cl100k_base": encodings.count(text[: tallies[-1].done], "cl100k_base")}


def test_a_million_spaces_stop_only_the_encodings_that_give_up_on_them() -> None:
    text = " " * 1_000_000 + "\n" + "one two " * 20_000

    *_, last = count_chunks(text, ["gpt2", "r50k_base", "o200k_base"])

    # The older pattern looks whether a blank is the last of its run; the newer one ends the run with the line.
    assert last.finished
    assert set(last.refused) == {"gpt2", "r50k_base"}
    assert last.counts == {"o200k_base": encodings.count(text, "o200k_base")}


def test_when_every_encoding_gives_up_the_reason_is_raised() -> None:
    with pytest.raises(TextTooLong, match="o200k_base gives up"):
        list(count_chunks(" " * 1_000_000, ["o200k_base"]))


def test_more_than_ten_megabytes_are_refused_with_both_numbers() -> None:
    with pytest.raises(TextTooLong, match="10,485,761 bytes; at most 10,485,760"):
        next(count_chunks("a" * (TALLY_LIMIT + 1), ["r50k_base"]))


def test_a_run_without_a_place_to_cut_is_refused_and_its_place_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "LONGEST_RUN", 100_000)

    with pytest.raises(TextTooLong, match=r"After character \d\d,\d+ no place to cut comes for 100,000 characters"):
        list(count_chunks("one " * 20_000 + "a" * 150_000, ["r50k_base"]))


def test_an_empty_text_is_counted_at_once() -> None:
    [only] = count_chunks("", ["gpt2", "o200k_base"])

    assert (only.counts, only.finished, only.share) == ({"gpt2": 0, "o200k_base": 0}, True, 1)
