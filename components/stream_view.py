"""Draws text while it streams: finished Markdown blocks stay, only the tail is sent again. Who streams, it can't tell.

Sending everything again with each piece costs 150 times the bytes and most of the browser's time (4,000 pieces,
measured 2026-11-23: 21.3 MB against 0.14 MB). A tail that can't be cut, one huge paragraph or table, is drawn less
often the longer it gets.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import closing

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.message_view import as_markdown
from playground.markdown_blocks import Blocks, drawable

REDRAW_SECONDS = 0.1
"""Twice as often looks no smoother and takes twice of the browser's main thread."""
BYTES_A_SECOND = 6_000
"""A tail is drawn again so seldom that no more than this is sent."""
BESIDE_SECONDS = 0.5
"""What stands beside the text is drawn again at most so often."""
PAUSES = 20
"""After a drawing comes a pause of so many times what it took: the streams of a busy process share its time."""
DRAWINGS_A_SECOND = 150
"""All streams of the process together: a drawing takes a millisecond, and more when many threads want their turn."""
LONGEST_PAUSE = 1.0
"""Seconds; a stop is noticed when something is drawn."""

CURSOR = " ▍"


def draw(pieces: Iterable[str]) -> str:
    """Draw the pieces of one text as they come; answers the whole text."""
    return "".join(draw_choices((0, piece) for piece in pieces).values())


def draw_choices(
    pieces: Iterable[tuple[int, str]],
    areas: Callable[[int], DeltaGenerator] = lambda choice: st.container(),
    beside: Callable[[], None] = lambda: None,
) -> dict[int, str]:
    """Draw the pieces of several texts, each in its own area; answers the texts.

    beside: draws what stands next to them; called now and then, and once when all is drawn.
    """
    texts: dict[int, str] = {}
    growing: dict[int, Growing] = {}
    due = time.monotonic()
    streams, this = _streams(), object()
    streams.add(this)
    try:
        for choice, piece in pieces:
            texts[choice] = texts.get(choice, "") + piece
            if choice not in growing:
                growing[choice] = Growing(areas(choice), streams)
            growing[choice].add(piece)
            now = time.monotonic()
            drawn = growing[choice].draw(now)
            # Together with the text when it can be: what arrives together the browser draws together.
            if now >= due + (0.0 if drawn else REDRAW_SECONDS):
                began = time.monotonic()
                beside()
                due = now + max(BESIDE_SECONDS, 3 * _pause(began, streams))
    finally:
        streams.discard(this)
    for each in growing.values():
        each.finish()
    beside()
    return texts


class Growing:
    """One text that grows in its area of the page.

    A drawing is one message: Streamlit sends what is enqueued first at once and the rest 10 ms later, and the browser
    would draw the page twice. So a drawing shows either what is finished or what follows it, never both.
    """

    def __init__(self, area: DeltaGenerator, streams: Sized = ()) -> None:
        self._area = area
        self._streams = streams
        self._blocks = Blocks()
        self._due = 0.0
        self._tail: DeltaGenerator | None = None

    def add(self, piece: str) -> None:
        """Take the next piece."""
        self._blocks.add(piece)

    def draw(self, now: float) -> bool:
        """Draw what is new, if enough time has passed; answers whether it has."""
        if now < self._due:
            return False
        began = time.monotonic()
        if finished := "".join(self._blocks.finished()):
            shown = as_markdown(finished)
            self._put(shown)
            self._tail = None
        else:
            shown = as_markdown(drawable(self._blocks.tail))
            self._put(shown + ("" if shown.endswith(("```", "~~~")) else CURSOR))
        self._due = now + max(REDRAW_SECONDS, len(shown.encode()) / BYTES_A_SECOND, _pause(began, self._streams))
        return True

    def finish(self) -> None:
        """Draw the rest, without the cursor."""
        rest = "".join([*self._blocks.finished(), drawable(self._blocks.tail)])
        if rest or self._tail is not None:
            self._put(as_markdown(rest))

    def _put(self, markdown: str) -> None:
        if self._tail is not None:
            self._tail.markdown(markdown)
        else:
            self._tail = self._area.markdown(markdown)


@st.cache_resource(show_spinner=False)
def _streams() -> set[object]:
    """The streams that are being drawn, of all sessions."""
    return set()


def _pause(began: float, streams: Sized) -> float:
    """The pause after a drawing that began then."""
    return min(LONGEST_PAUSE, max(PAUSES * (time.monotonic() - began), len(streams) / DRAWINGS_A_SECOND))


def kept(
    pieces: Iterable[tuple[int, str]], keep: Callable[[str, int], None], ended: Callable[[], None]
) -> "closing[Iterator[tuple[int, str]]]":
    """Pass pieces on and keep each one; `ended` runs whatever becomes of the run that reads them.

    A stopped run may still touch objects that it holds, but no widget and no session state.
    """

    def passed() -> Iterator[tuple[int, str]]:
        try:
            for choice, piece in pieces:
                keep(piece, choice)
                yield choice, piece
        finally:
            ended()

    return closing(passed())
