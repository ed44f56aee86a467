"""The way through the playground as rows: number, title, the question it answers, a mark when you were there."""

from dataclasses import dataclass

import streamlit as st

from components import shell, state
from components.wording import _
from playground.language import mark


@dataclass(frozen=True)
class Row:
    """A row of the way. Title and question are source strings."""

    page: str
    title: str
    question: str


ROWS = (
    Row("tokenizer", mark("Text becomes tokens"), mark("Why does the same sentence cost more in Korean?")),
    Row("chat", mark("Messages become a request"), mark("You told it your name. Will it know it in the next request?")),
    Row(
        "parameters", mark("A request becomes a response"), mark("What does temperature change, and what does it not?")
    ),
    Row(
        "function_calling",
        mark("A function call becomes two requests"),
        mark("Who runs the function, the model or you?"),
    ),
)


def draw() -> None:
    """Draw the rows; the first page that was not opened yet says "continue"."""
    visited = state.visited()
    ahead = next((row.page for row in ROWS if row.page not in visited), None)
    with st.container(key="course_rows", gap=None):
        for number, row in enumerate(ROWS, 1):
            with st.container(key=f"course_row_{row.page}", horizontal=True, vertical_alignment="center", gap="medium"):
                st.markdown(":material/check:" if row.page in visited else str(number), width=24)
                with st.container(gap=None, key=f"course_words_{row.page}"):
                    st.page_link(shell.file(row.page), label=f"**{_(row.title)}**")
                    st.caption(_(row.question))
                if row.page == ahead and visited & {each.page for each in ROWS}:
                    st.badge(_("continue"))
