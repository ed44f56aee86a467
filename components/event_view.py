"""The events of a stream, one after the other: the event as it came, and the answer as far as it is put together.

It folds what was recorded and draws it; nothing is asked again.
"""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from components import json_view, state
from components.wording import _, _n
from playground.exchange import Event, Exchange
from playground.stream import DONE, fold, parse_events

LISTED = 400
"""Events listed at most."""


@st.fragment
def draw(exchange: Exchange, key: str, max_height: int) -> None:
    """Draw the events to step through, or all of them as a list. A step draws this view again, not the page."""
    events = exchange.events
    if st.toggle(_("All events"), key=f"{key}_all"):
        _list(events, key, max_height)
        return
    number = _position(len(events), f"{key}_{exchange.id}")
    event = events[number - 1]
    before = events[number - 2].at_ms if number > 1 else 0.0
    st.caption(
        _("Event {number} of {n}, {ms}\u00a0ms after the request left, {later}\u00a0ms after the one before").format(
            number=number, n=len(events), ms=round(event.at_ms), later=round(event.at_ms - before)
        )
    )
    st.markdown(_("**This event**"))
    json_view.draw_text(event.data, f"{key}_event", label=_("This event"), max_height=max_height)
    if event.data == DONE:
        st.caption(_("Not JSON: the sign that the stream has ended."))
    so_far, earlier = so_far_of(events[:number]), so_far_of(events[: number - 1])
    st.markdown(_("**The answer so far**"))
    for place, (name, arguments) in enumerate(_calls(so_far)):
        st.caption(_("Arguments of `{name}` so far").format(name=name.replace("`", "'")))
        json_view.draw_text(arguments, f"{key}_arguments_{place}", label=_("Arguments"), max_height=max_height)
    json_view.draw(so_far, f"{key}_so_far", label=_("The answer so far"), previous=earlier, max_height=max_height)


def so_far_of(events: tuple[Event, ...]) -> dict[str, Any]:
    """What a stream's first events add up to: choices, and usage or an error once one has come."""
    whole = fold(parse_events(event.data for event in events))
    return {name: whole[name] for name in ("choices", "usage", "error") if whole.get(name) is not None}


def _position(last: int, key: str) -> int:
    """Let the reader choose an event, the first one is 1."""
    if last < 2:
        return last
    at = f"{key}_at"
    state.start_widget(at, 1)

    def move(by: int) -> None:
        state.set_widget(at, min(max(state.widget(at, 1) + by, 1), last))

    chosen: int = st.slider(_("Event"), 1, last, key=at, label_visibility="collapsed")
    with st.container(horizontal=True):
        st.button(
            _("Back"), key=f"{key}_back", on_click=move, args=(-1,), icon=":material/chevron_left:", disabled=chosen < 2
        )
        st.button(
            _("Next"),
            key=f"{key}_next",
            on_click=move,
            args=(1,),
            icon=":material/chevron_right:",
            icon_position="right",
            disabled=chosen >= last,
        )
    return chosen


def _calls(whole: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The calls in an answer that may be unfinished: name, and the arguments as far as they came."""
    for choice in whole.get("choices", []):
        message = choice.get("message") or {}
        calls = [message.get("function_call"), *(call.get("function") for call in message.get("tool_calls") or [])]
        for call in calls:
            if isinstance(call, dict):
                yield str(call.get("name") or "?"), str(call.get("arguments") or "")


def _list(events: tuple[Event, ...], key: str, max_height: int) -> None:
    st.caption(_("Milliseconds since the request left, and the data of each event"))
    lines = [f"{event.at_ms:6.0f}  {event.data}" for event in events[:LISTED]]
    if len(events) > LISTED:
        more = _n("{n} more event: see the raw bytes", "{n} more events: see the raw bytes", len(events) - LISTED)
        lines.append(more.format(n=len(events) - LISTED))
    json_view.draw_text("\n".join(lines), key, label=_("Events"), max_height=max_height)
