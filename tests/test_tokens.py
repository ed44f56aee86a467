"""Tests of playground/tokens.py: laws over any text, a slow and obvious way to the same values, then examples."""

import itertools
import time
import unicodedata

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from playground import encodings
from playground.errors import SpecialToken, TextTooLong, UnknownEncoding, UnknownTokenId
from playground.tokens import (
    SIDE_BY_SIDE,
    TEXT_LIMIT,
    Segment,
    Token,
    as_read,
    compare,
    decode,
    special_tokens,
    token_bytes,
    tokenize,
)

AWKWARD = [
    "",
    " ",
    "\n\n\r\n\t ",
    "naïve",
    "안녕하세요",
    unicodedata.normalize("NFD", "한국어"),
    "👩‍👩‍👧",
    "🤷🏽‍♂️가",
    "🇰🇷🇺",
    "नमस्ते दुनिया",  # two characters share a token in cl100k_base
    "שלום עולם",
    "مرحبا \u202eabc\u202c",
    "e\u0301\u0301\u0301 \u0301",
    "\ufeffBOM\ufeff",
    "\x00\x01\x7f\x85\u2028",
    "<|endoftext|>",
    "a<|start|>b<|endofprompt|>c<|reserved_200018|>",
    "<|fim_prefix|><|endoftext",
    "\ud83d",  # half of an emoji
    "\ude00\ud83d",  # two halves in the wrong order
    "a\ud83d\ude00\u200d\ud83d\ude00b",  # emojis as surrogate pairs, joined
    "\ud83d\ud83d\ude00\ude00",
    "</div>$x$ :name: **",
]

names = st.sampled_from(encodings.NAMES)
texts = st.lists(
    st.one_of(
        st.sampled_from(AWKWARD),
        st.text(st.characters(codec=None), max_size=6),
        st.text(st.characters(categories=["Cs", "Mn", "Cf", "Cc", "So"]), max_size=6),
        st.text("\u1100\u1161\u11a8가각힣 ㄱ", max_size=6),
        st.text("\u05d0\u0627\u064e\u200f\u0915\u094d\u0937", max_size=6),
    ),
    max_size=5,
).map("".join)


def slow_tokens(text, ids, encoding):
    """Give the tokens by looking up, for each byte, the character that it belongs to."""
    characters = []
    at = 0
    while at < len(text):
        pair = "\ud800" <= text[at] <= "\udbff" and "\udc00" <= text[at + 1 : at + 2] <= "\udfff"
        until = at + 2 if pair else at + 1
        characters.append((at, until, as_read(text[at:until])))
        at = until
    owners = [(start, end) for start, end, read in characters for _ in read.encode()]
    whole = "".join(read for _, _, read in characters).encode()
    tokens = []
    for token_id in ids:
        begin = sum(len(token.bytes) for token in tokens)
        specials = [
            name.encode() for name in encoding.special_tokens_set if encoding.encode_single_token(name) == token_id
        ]
        spellings = specials or [encoding.decode_single_token_bytes(token_id)]
        [spelled] = [each for each in spellings if whole[begin:].startswith(each)]
        tokens.append(Token(token_id, spelled, owners[begin][0], owners[begin + len(spelled) - 1][1]))
    return tuple(tokens)


def slow_segments(text, tokens):
    """Give the segments by decoding every prefix and asking whether it is whole graphemes of what is read."""
    read = as_read(text)
    graphemes = regex.findall(r"\X", read)
    whole = {"".join(graphemes[:count]) for count in range(len(graphemes) + 1)}
    segments = []
    begin = 0
    for end in range(1, len(tokens) + 1):
        spelled = b"".join(token.bytes for token in tokens[:end])
        if spelled in {prefix.encode() for prefix in whole}:
            segments.append(Segment(text[tokens[begin].start : tokens[end - 1].end], tokens[begin:end]))
            begin = end
    return tuple(segments)


def every_awkward_text(test):
    for text in AWKWARD:
        test = example(text=text, name="cl100k_base", special="text")(test)
        test = example(text=text, name="o200k_harmony", special="allow")(test)
    return test


@every_awkward_text
@given(text=texts, name=names, special=st.sampled_from(["text", "allow"]))
@settings(max_examples=200)
def test_the_joined_segments_are_the_text_and_the_ids_in_order_are_the_encoders(text, name, special):
    allowed = "all" if special == "allow" else set()

    tokenization = tokenize(text, name, special)

    assert "".join(segment.text for segment in tokenization.segments) == text
    assert sum((segment.tokens for segment in tokenization.segments), ()) == tokenization.tokens
    assert tuple(token.id for token in tokenization.tokens) == tokenization.ids
    assert list(tokenization.ids) == encodings.load(name).encode(text, allowed_special=allowed, disallowed_special=())
    assert b"".join(token.bytes for token in tokenization.tokens) == as_read(text).encode()


@every_awkward_text
@given(text=texts, name=names, special=st.sampled_from(["text", "allow"]))
@settings(max_examples=200)
def test_tokens_and_segments_are_those_of_the_slow_and_obvious_way(text, name, special):
    tokenization = tokenize(text, name, special)

    assert tokenization.tokens == slow_tokens(text, tokenization.ids, encodings.load(name))
    assert tokenization.segments == slow_segments(text, tokenization.tokens)


@given(text=texts, name=names)
def test_tokens_cover_the_text_from_left_to_right_without_a_gap(text, name):
    tokens = tokenize(text, name).tokens

    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    assert all(token.start < token.end for token in tokens)
    assert all(later.start <= earlier.end for earlier, later in itertools.pairwise(tokens))
    assert (tokens[0].start, tokens[-1].end) == (0, len(text)) if tokens else text == ""


@given(text=texts, name=names)
def test_decoding_gives_back_what_was_read(text, name):
    assert decode(tokenize(text, name).ids, name) == as_read(text)


@given(text=texts, name=names)
def test_the_count_is_the_number_of_ids(text, name):
    assert encodings.count(text, name) == len(tokenize(text, name).ids)


@given(text=texts, special=st.sampled_from(["text", "allow"]))
@settings(max_examples=50)
def test_comparing_gives_what_each_encoding_gives_alone(text, special):
    compared = compare(text, encodings.NAMES, special)

    assert list(compared) == list(encodings.NAMES)
    for name, tokenization in compared.items():
        assert tokenization == tokenize(text, name, special)
        assert tokenization.tokens == tokenize(text, name, special).tokens


@given(text=st.text(st.characters(codec="utf-8")))
def test_text_without_surrogates_is_read_as_it_is(text):
    assert as_read(text) == text


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("챗  GPT", {"r50k_base", "p50k_base", "cl100k_base", "o200k_base"}),
        ("챗 GPT", {"r50k_base", "p50k_base", "cl100k_base", "o200k_base"} - {"p50k_base"}),
    ],
)
def test_comparing_seven_encodings_encodes_four_times_at_most(monkeypatch, text, needed):
    loaded = []
    encode = encodings.encode
    monkeypatch.setattr(encodings, "encode", lambda text, name, **how: loaded.append(name) or encode(text, name, **how))

    compare(text, encodings.NAMES)

    assert sorted(loaded) == sorted(needed)


@given(text=st.text(" ab\n\t\u00a0가1.", max_size=40))
@settings(max_examples=300)
def test_blanks_are_compared_as_each_encoding_reads_them(text):
    compared = compare(text, encodings.NAMES)

    assert {name: list(each.ids) for name, each in compared.items()} == {
        name: encodings.load(name).encode(text) for name in encodings.NAMES
    }


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("ChatGPT", "cl100k_base", [("Chat", 1), ("G", 1), ("PT", 1)]),
        ("ChatGPT", "o200k_base", [("Chat", 1), ("GPT", 1)]),
        ("챗GPT", "cl100k_base", [("챗", 3), ("G", 1), ("PT", 1)]),
        ("챗GPT", "o200k_base", [("챗", 2), ("GPT", 1)]),
        ("🤷‍♂️가", "cl100k_base", [("🤷‍♂️", 8), ("가", 1)]),
        ("a\r\n\r\nb", "r50k_base", [("a", 1), ("\r\n", 2), ("\r\n", 2), ("b", 1)]),
        ("a\ud83d\ude00", "o200k_base", [("a", 1), ("\ud83d\ude00", 1)]),
        ("", "o200k_base", []),
    ],
)
def test_segments_hold_whole_characters(text, name, expected):
    segments = tokenize(text, name).segments

    assert [(segment.text, len(segment.tokens)) for segment in segments] == expected


def test_a_token_inside_a_character_starts_and_ends_with_it():
    tokens = tokenize("a챗", "cl100k_base").tokens

    assert [(token.start, token.end) for token in tokens] == [(0, 1), (1, 2), (1, 2), (1, 2)]


def test_a_token_with_parts_of_two_characters_touches_both():
    tokens = tokenize("नमस्ते", "cl100k_base").tokens

    split = [token for token in tokens if token.bytes == bytes.fromhex("e0a58de0a4")]

    assert [(token.start, token.end) for token in split] == [(3, 5)]


def test_the_same_korean_word_as_jamo_takes_twelve_times_the_tokens():
    composed = "한국어"
    jamo = unicodedata.normalize("NFD", composed)

    counts = [len(tokenize(text, "o200k_base").ids) for text in (composed, jamo)]

    # Measured with tiktoken 0.14.0, November 2026.
    assert counts == [2, 24]


def test_special_text_can_be_text_a_special_token_or_an_error():
    text = "a<|endoftext|>b"

    assert tokenize(text, "o200k_base").ids == (64, 27, 91, 419, 1440, 919, 91, 29, 65)
    assert tokenize(text, "o200k_base", "allow").ids == (64, 199999, 65)
    assert tokenize(text, "o200k_base", "allow").segments[1].text == "<|endoftext|>"
    with pytest.raises(SpecialToken, match=r"the special token <\|endoftext\|> of o200k_base"):
        tokenize(text, "o200k_base", "refuse")


def test_text_without_special_tokens_passes_when_those_are_refused():
    assert tokenize("a<|start|>b", "cl100k_base", "refuse") == tokenize("a<|start|>b", "cl100k_base")


def test_both_names_of_one_special_token_keep_their_spelling():
    text = "<|endofprompt|><|reserved_200018|>"

    tokens = tokenize(text, "o200k_harmony", "allow").tokens

    assert [(token.id, token.bytes) for token in tokens] == [
        (200018, b"<|endofprompt|>"),
        (200018, b"<|reserved_200018|>"),
    ]


def test_special_tokens_are_found_in_the_order_of_the_text():
    text = "x<|end|><|start|>y<|endoftext|><|nothing|>"

    assert special_tokens(text, "o200k_harmony") == ("<|end|>", "<|start|>", "<|endoftext|>")
    assert special_tokens(text, "gpt2") == ("<|endoftext|>",)


def test_text_at_the_limit_of_the_view_is_cut_whole():
    text = "가" * TEXT_LIMIT

    assert "".join(segment.text for segment in tokenize(text, "o200k_base").segments) == text


def test_a_long_text_is_compared_side_by_side_with_the_same_result():
    text = "한국어와 English, 3.14\n" * 2000
    assert len(text) > SIDE_BY_SIDE

    compared = compare(text, encodings.NAMES)

    assert list(compared) == list(encodings.NAMES)
    assert {name: each.ids for name, each in compared.items()} == {
        name: tuple(encodings.load(name).encode(text)) for name in encodings.NAMES
    }
    assert not compared.refused


def test_a_million_spaces_stop_only_the_encodings_that_give_up_on_them():
    text = " " * 1_000_000

    compared = compare(text, encodings.NAMES)

    assert list(compared.refused) == ["o200k_base", "o200k_harmony"]
    assert {name for name, each in compared.items() if decode(each.ids, name) == text} == {
        "gpt2",
        "r50k_base",
        "p50k_base",
        "p50k_edit",
        "cl100k_base",
    }
    with pytest.raises(TextTooLong, match="o200k_base gives up"):
        compare(text, ["o200k_base", "o200k_harmony"])


def test_refusing_special_tokens_stops_only_the_encodings_that_have_them():
    compared = compare("a<|start|>b", encodings.NAMES, "refuse")

    assert list(compared.refused) == ["o200k_harmony"]
    assert len(compared) == 6


def test_a_refused_special_token_comes_with_the_words_of_tiktoken():
    with pytest.raises(SpecialToken) as caught:
        tokenize("a<|endoftext|>b", "cl100k_base", "refuse")

    assert caught.value.values["tiktoken"].startswith("Encountered text corresponding to disallowed special token")


def test_each_encoding_allows_the_special_tokens_of_its_own():
    text = "<|endoftext|><|fim_prefix|><|endofprompt|><|start|>"

    specials = {name: each.ids for name, each in compare(text, encodings.NAMES, "allow").items()}

    assert [specials[name][0] for name in encodings.NAMES] == [50256, 50256, 50256, 50256, 100257, 199999, 199999]
    assert [50281 in specials[name] for name in ("p50k_base", "p50k_edit")] == [False, True]
    assert {100258, 100276} <= set(specials["cl100k_base"])
    assert 200018 in specials["o200k_base"]
    assert specials["o200k_harmony"][-1] == 200006


@pytest.mark.parametrize("blank", [" ", "\n", "\t", " x", " \t"])
def test_blanks_up_to_the_limit_are_encoded_by_every_encoding(blank):
    text = (blank * TEXT_LIMIT)[: TEXT_LIMIT - 1] + "x"

    compared = compare(text, encodings.NAMES)

    assert all(decode(tokenization.ids, name) == text for name, tokenization in compared.items())


@pytest.mark.parametrize("name", ["o300k", "", "gpt-4"])
def test_an_unknown_encoding_is_refused(name):
    with pytest.raises(UnknownEncoding):
        tokenize("text", name)


@pytest.mark.parametrize("bad", [100256, 100261, 100277, -1, 2**32, 2**70])
def test_an_id_without_a_token_is_named(bad):
    with pytest.raises(UnknownTokenId, match=f"cl100k_base has no token {bad}\\. Its ids go up to 100276"):
        decode([15339, bad], "cl100k_base")


def test_incomplete_bytes_are_decoded_as_replacement_characters():
    first, *_ = tokenize("챗", "cl100k_base").ids

    assert decode([first], "cl100k_base") == "\ufffd"


def test_a_special_id_is_spelled_with_its_name():
    assert token_bytes(200006, "o200k_harmony") == b"<|start|>"


def test_a_long_english_text_is_cut_in_under_a_second_and_a_half():
    text = "It's easy to make something cool with LLMs, but very hard to make something production-ready.\n" * 2200
    encodings.load("cl100k_base")

    started = time.process_time()
    tokenize(text[:TEXT_LIMIT], "cl100k_base").segments

    assert time.process_time() - started < 1.5
