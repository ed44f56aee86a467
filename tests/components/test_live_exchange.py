"""The figures of a running answer: the tokens that are counted as it grows are those of the whole text."""

from hypothesis import given
from hypothesis import strategies as st

from components.live_exchange import GrowingCount
from playground.ledger import count_completion
from playground.messages import assistant

BODY = {"model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}]}


@given(st.lists(st.text("the sea 안녕 12.\n'", max_size=900), max_size=8))
def test_a_text_that_grows_has_at_each_look_the_tokens_of_the_text(pieces: list[str]) -> None:
    growing, text = GrowingCount(BODY), ""

    for piece in pieces:
        text += piece

        assert growing.of(text) == count_completion(assistant(text), BODY)
