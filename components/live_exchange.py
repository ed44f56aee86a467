"""The exchange of a running call: what was sent, counters and the last events, drawn again now and then.

Drawing every event each time costs a hundred times the bytes; the whole list comes when the answer is done.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import json_view
from components.wording import _, _n
from playground.exchange import Exchange
from playground.ledger import count_completion
from playground.messages import Body, assistant

EVENTS = 3
EVENT_LENGTH = 280
"""Characters of an event; the whole of it is there when the answer is done."""

COUNTED_SECONDS = 0.5
"""The tokens that have arrived are counted at most so often."""


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
        self._tokens = 0
        self._counted = 0.0

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
        self._events = st.empty()

    def draw(self) -> None:
        """Draw what has arrived."""
        exchange = self._snapshot()
        self._figures.caption(self._said(exchange))
        if self._events is not None and exchange.events:
            lines = "\n".join(event.data[:EVENT_LENGTH] for event in exchange.events[-EVENTS:])
            with self._events.container(gap="xxsmall"):
                st.caption(_counters(exchange))
                st.code(lines, language=None, wrap_lines=True)

    def _said(self, exchange: Exchange) -> str:
        if exchange.first_token_ms is None:
            return _("waiting for the first token")
        parts = [_("first token {ms}\u00a0ms").format(ms=round(exchange.first_token_ms))]
        now = time.monotonic()
        if now - self._counted >= COUNTED_SECONDS:
            self._counted = now
            # Folding the events again each time would cost more than drawing them.
            self._tokens = sum(count_completion(assistant(text), self._body) for text in self._texts())
        seconds = (exchange.duration_ms - exchange.first_token_ms) / 1000
        if seconds > 0.2:
            parts.append(_("{n} tokens per second").format(n=round(self._tokens / seconds)))
        if exchange.simulated:
            parts.append(_("simulated"))
        return " · ".join(parts)


def _counters(exchange: Exchange) -> str:
    return " · ".join(
        [
            f"{exchange.status or '–'} {_('running')}",
            _n("{n} event", "{n} events", len(exchange.events)).format(n=f"{len(exchange.events):,}"),
            _n("{n} byte", "{n} bytes", exchange.wire_bytes).format(n=f"{exchange.wire_bytes:,}"),
            _("{ms}\u00a0ms").format(ms=round(exchange.duration_ms)),
        ]
    )
