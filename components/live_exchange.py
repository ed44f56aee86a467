"""The exchange of a running call: what was sent, counters and the last events, drawn again now and then.

Drawing every event each time costs a hundred times the bytes; the whole list comes when the answer is done.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import json_view
from components.wording import _, _n
from playground.exchange import Exchange
from playground.ledger import count_completion
from playground.messages import Body, assistant
from playground.tally import chunks

EVENTS = 3
EVENT_LENGTH = 280
"""Characters of an event; the whole of it is there when the answer is done."""

PART = 500
"""Characters that are counted once and for all; the rest of the text is counted again at the next look."""


class LiveExchange:
    """Draws a running call in two places: figures under the answer, events beside it."""

    def __init__(
        self,
        snapshot: Callable[[], Exchange],
        texts: Callable[[], list[str]],
        body: Body,
        figures: DeltaGenerator,
    ) -> None:
        self._snapshot = snapshot
        self._texts = texts
        self._body = body
        self._figures = figures
        self._events: DeltaGenerator | None = None
        self._tokens: dict[int, GrowingCount] = {}

    def beside(self, previous: Mapping[str, Any] | None) -> None:
        """Open the place for the exchange where the page is now; the request is there at once, lit what it adds."""
        st.caption(_("Request"))
        json_view.draw(
            self._body,
            "chat_live_request",
            label=_("Request body"),
            previous=previous if previous is not None else json_view.ABSENT,
            max_height=320,
        )
        st.caption(_("The latest events of the response"))
        st.html(Path(__file__).with_suffix(".css"))
        with st.container(key="chat_live_events"):
            self._events = st.empty()

    def draw(self) -> None:
        """Draw what has arrived."""
        exchange = self._snapshot()
        lines = "\n".join(event.data[:EVENT_LENGTH] for event in exchange.events[-EVENTS:])
        said, counters = self._said(exchange), _counters(exchange)
        self._figures.caption(said)
        if self._events is not None and lines:
            # One text: a code block would load every language there is, half a second of the browser's main thread.
            self._events.text(f"{counters}\n\n{lines}")

    def _said(self, exchange: Exchange) -> str:
        if exchange.first_token_ms is None:
            return _("waiting for the first token")
        parts = [_("first token {ms}\u00a0ms").format(ms=round(exchange.first_token_ms))]
        seconds = (exchange.duration_ms - exchange.first_token_ms) / 1000
        if seconds > 0.2:
            parts.append(_("{n} tokens per second").format(n=round(self._count() / seconds)))
        if exchange.simulated:
            parts.append(_("simulated"))
        return " · ".join(parts)

    def _count(self) -> int:
        # Of the texts: folding the events again each time would cost more than drawing them.
        texts = enumerate(self._texts())
        return sum(self._tokens.setdefault(choice, GrowingCount(self._body)).of(text) for choice, text in texts)


class GrowingCount:
    """Counts the tokens of an answer that grows; what it has counted it does not read again."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._frame = count_completion(assistant(""), body)
        self._read = 0
        self._tokens = 0

    def of(self, text: str) -> int:
        """The tokens of the text so far; it begins with the one before."""
        *whole, rest = list(chunks(text[self._read :], PART)) or [""]
        for part in whole:
            self._tokens += self._counted(part)
            self._read += len(part)
        return self._frame + self._tokens + self._counted(rest)

    def _counted(self, part: str) -> int:
        return count_completion(assistant(part), self._body) - self._frame


def _counters(exchange: Exchange) -> str:
    return " · ".join(
        [
            f"{exchange.status or '–'} {_('running')}",
            _n("{n} event", "{n} events", len(exchange.events)).format(n=f"{len(exchange.events):,}"),
            _n("{n} byte", "{n} bytes", exchange.wire_bytes).format(n=f"{exchange.wire_bytes:,}"),
            _("{ms}\u00a0ms").format(ms=round(exchange.duration_ms)),
        ]
    )
