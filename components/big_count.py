"""A text too long to be drawn as tokens: its counts, with progress and a way to stop. One big count at a time runs."""

import threading
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from components import state
from components.encoding_picker import title
from components.wording import _, why
from playground.errors import PlaygroundError
from playground.tally import Tally, count_chunks


@dataclass(eq=False)
class Counting:
    """A count that runs in a thread of its own; whoever looks reads its fields."""

    text: str
    names: tuple[str, ...]
    waits: bool = True
    tally: Tally | None = None
    error: PlaygroundError | None = None
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.error is not None or self.stop.is_set() or bool(self.tally and self.tally.finished)

    def run(self, turn: threading.Lock) -> None:
        """Count once it is this one's turn."""
        while not turn.acquire(timeout=0.5):
            if self.stop.is_set():
                return
        try:
            self.waits = False
            for tally in count_chunks(self.text, self.names, self.stop.is_set):
                self.tally = tally
        except PlaygroundError as error:
            self.error = error
        finally:
            turn.release()


@st.cache_resource(show_spinner=False)
def _turn() -> threading.Lock:
    """The one turn of this process: a class that counts big files all at once would keep everybody waiting."""
    return threading.Lock()


def draw(page: str, text: str, names: tuple[str, ...]) -> None:
    """Draw the counts of a long text as they come; another text or other encodings begin anew."""
    memory = state.scratch(f"{page}_big_count")
    counting: Counting | None = memory.get("counting")
    if counting is None or counting.text != text or counting.names != names:
        if counting:
            counting.stop.set()
        counting = memory["counting"] = Counting(text, names)
        threading.Thread(target=counting.run, args=(_turn(),), daemon=True).start()
    st.markdown(_("{length:,} characters are too many to draw as tokens. They are counted.").format(length=len(text)))
    _watch(page, counting) if not counting.over else _result(counting)


@st.fragment(run_every=0.4)
def _watch(page: str, counting: Counting) -> None:
    """Look at a running count; the whole page is drawn once more when it is over."""
    if counting.over:
        st.rerun()
    share = counting.tally.share if counting.tally else 0.0
    label = _("Another big text is being counted; yours is next.") if counting.waits else f"{share:.0%}"
    st.progress(share, text=label)
    st.button(_("Stop counting"), key=f"{page}_big_stop", on_click=counting.stop.set)


def _result(counting: Counting) -> None:
    if counting.error:
        st.error(why(counting.error))
        return
    tally = counting.tally
    if tally is None or not tally.finished:
        done = tally.done if tally else 0
        st.markdown(_("Stopped after {done:,} of {total:,} characters.").format(done=done, total=len(counting.text)))
    if tally:
        with st.container(horizontal=True, key="big_counts"):
            for name, tokens in tally.counts.items():
                ratio = _("{ratio:.2f} characters per token").format(ratio=tally.done / max(1, tokens))
                st.metric(f"{title(name)} · {name}", f"{tokens:,}", ratio, delta_color="off", delta_arrow="off")
        for name, error in tally.refused.items():
            st.caption(f"`{name}`: " + why(error))


def forget(page: str) -> None:
    """Stop and forget a count, for its text is gone."""
    counting: Any = state.scratch(f"{page}_big_count").pop("counting", None)
    if counting:
        counting.stop.set()
