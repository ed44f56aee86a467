"""The merges shown are the encoder's: laws over any text and every encoding, then the course's words."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from playground import encodings
from playground.bpe import merge_steps, pieces, presplit
from playground.tokens import tokenize

VOCABULARIES = sorted({encodings.ordinary(name) for name in encodings.NAMES})

texts = st.lists(
    st.one_of(
        st.text(st.characters(codec="utf-8"), max_size=8),
        st.text("aA'sSTt ſ’", max_size=8),
        st.text(" \t\r\n\u00a0\u3000\x85\x1f", max_size=6),
        st.text("0123٣½ ,./", max_size=8),
        st.text("\U0003d000\ua7ce\u1acf\r\n/:s'a", max_size=6),
        st.text("가나챗\u1100\u1161\u0301 👩\u200d", max_size=6),
        st.sampled_from(["Hello! I'm John.", "don't", "I'LL", "  x", "\n\n y", "==\n/", "a<|endoftext|>"]),
    ),
    max_size=5,
).map("".join)


def by_hand(text: str, encoding: str) -> list[int]:
    """Encode with the playground's own steps only."""
    ranks = encodings.ranks(encoding)
    ids = []
    for piece in presplit(text, encoding):
        *_, last = merge_steps(ranks, piece.encode())
        ids += [ranks[part] for part in last.parts]
    return ids


@given(text=texts, name=st.sampled_from(encodings.NAMES))
@settings(max_examples=400)
def test_splitting_and_merging_gives_the_ids_of_the_encoder(text: str, name: str) -> None:
    assert by_hand(text, name) == encodings.load(name).encode(text, disallowed_special=())


@given(text=texts, name=st.sampled_from(encodings.NAMES))
def test_the_pieces_are_the_whole_text_in_order(text: str, name: str) -> None:
    cut = pieces(text, name)

    assert "".join(piece.text for piece in cut) == text
    assert all(text.startswith(piece.text, piece.start) for piece in cut)
    assert all(piece.text for piece in cut)


@given(word=st.binary(max_size=30), name=st.sampled_from(VOCABULARIES))
def test_each_step_merges_the_pair_of_the_lowest_rank_and_changes_nothing_else(word: bytes, name: str) -> None:
    ranks = encodings.ranks(name)

    states = list(merge_steps(ranks, word))

    assert [len(part) for part in states[0].parts] == [1] * len(word)
    assert all(b"".join(state.parts) == word for state in states)
    for before, after in itertools.pairwise(states):
        pairs = [ranks.get(left + right) for left, right in itertools.pairwise(before.parts)]
        assert after.rank == min(rank for rank in pairs if rank is not None)
        assert after.position == pairs.index(after.rank)
        assert ranks[after.parts[after.position]] == after.rank
        assert len(after.parts) == len(before.parts) - 1
    assert not any(left + right in ranks for left, right in itertools.pairwise(states[-1].parts))


def test_the_word_token_is_merged_in_four_steps_in_cl100k() -> None:
    states = list(merge_steps(encodings.ranks("cl100k_base"), b" token"))

    assert [state.parts for state in states] == [
        (b" ", b"t", b"o", b"k", b"e", b"n"),
        (b" t", b"o", b"k", b"e", b"n"),
        (b" t", b"o", b"k", b"en"),
        (b" to", b"k", b"en"),
        (b" to", b"ken"),
        (b" token",),
    ]


def test_an_empty_word_has_one_state_and_no_parts() -> None:
    assert [state.parts for state in merge_steps({}, b"")] == [()]


def test_a_korean_syllable_ends_as_the_tokens_that_the_page_shows() -> None:
    *_, last = merge_steps(encodings.ranks("o200k_base"), "챗".encode())

    assert last.parts == tuple(token.bytes for token in tokenize("챗", "o200k_base").tokens)
