"""One exchange: its request and response as they went over the wire. A record is drawn here, never rebuilt."""

import streamlit as st

from components import error_view, json_view
from components.wording import _, _n
from playground.client import as_python_prints
from playground.exchange import Exchange
from playground.stream import DONE, parse_object

EVENTS = 400
"""Events listed at most."""


def draw(exchange: Exchange, key: str, *, previous: Exchange | None = None, show: str = "request") -> None:
    """Draw an exchange in lazy tabs. `previous` lights what this request adds to that one; `show` names the first."""
    st.caption(summary(exchange))
    if exchange.error:
        error_view.draw(exchange.error, exchange.status, key=f"{key}_error")
    names = {
        "request": _("Request"),
        "response": _("Response"),
        "events": _("Events"),
        "headers": _("Headers"),
        "python": _("Python"),
    }
    if not exchange.events:
        del names["events"]
    tabs = st.tabs(list(names.values()), key=f"{key}_tabs", default=names[show], on_change="rerun")
    for name, tab in zip(names, tabs, strict=True):
        if tab.open:
            with tab:
                _PANES[name](exchange, key, previous)


def summary(exchange: Exchange) -> str:
    """One line: status, tokens, time, and who answered."""
    parts = [_outcome(exchange)]
    if usage := exchange.usage:
        parts.append(
            _("{prompt} + {completion} = {total} tokens").format(
                prompt=usage.prompt_tokens, completion=usage.completion_tokens, total=usage.total
            )
        )
    if exchange.first_token_ms is not None:
        parts.append(_("first token {ms}\u00a0ms").format(ms=round(exchange.first_token_ms)))
    parts.append(_("{ms}\u00a0ms").format(ms=round(exchange.duration_ms)))
    if exchange.attempt > 1:
        parts.append(_("attempt {n}").format(n=exchange.attempt))
    if exchange.simulated:
        parts.append(_("simulated"))
    return " · ".join(parts)


def _outcome(exchange: Exchange) -> str:
    status = str(exchange.status or "–")
    words = {"closed": _("stopped"), "broken": _("broken off"), "failed": _("no response"), "running": _("running")}
    return f"{status} {words[exchange.outcome]}" if exchange.outcome in words else status


def _draw_request(exchange: Exchange, key: str, previous: Exchange | None) -> None:
    st.caption(f"`{exchange.method} {exchange.url}`")
    before = previous.request if previous else json_view.ABSENT
    _draw_body(exchange.request_body, exchange.request, f"{key}_request", before, _("Request body"))


def _draw_response(exchange: Exchange, key: str, previous: Exchange | None) -> None:
    if exchange.status is None:
        st.caption(_("No response came."))
        return
    if exchange.streamed:
        st.caption(
            _("Put together from {n} events; what came is in Events and under raw bytes.").format(
                n=len(exchange.events)
            )
        )
    _draw_body(exchange.response_body, exchange.response, f"{key}_response", json_view.ABSENT, _("Response body"))


def _draw_body(body: bytes, parsed: dict[str, object], key: str, previous: object, label: str) -> None:
    raw = st.toggle(_("Raw bytes"), key=f"{key}_raw") if parsed else True
    if raw:
        st.caption(
            _n("{n} byte, as it went over the wire", "{n} bytes, as they went over the wire", len(body)).format(
                n=f"{len(body):,}"
            )
        )
        json_view.draw_text(body.decode("utf-8", "backslashreplace"), f"{key}_text", label=label)
    else:
        json_view.draw(parsed, f"{key}_json", label=label, previous=previous)


def _draw_events(exchange: Exchange, key: str, previous: Exchange | None) -> None:
    st.caption(_("Milliseconds since the request left, and the data of each event"))
    lines = [f"{event.at_ms:8.0f}  {event.data}" for event in exchange.events[:EVENTS]]
    if len(exchange.events) > EVENTS:
        lines.append(_("{n} more").format(n=len(exchange.events) - EVENTS))
    json_view.draw_text("\n".join(lines), f"{key}_events", label=_("Events"))


def _draw_headers(exchange: Exchange, key: str, previous: Exchange | None) -> None:
    st.caption(_("Request headers; the key is never recorded"))
    json_view.draw_text(_as_lines(exchange.request_headers), f"{key}_sent", label=_("Request headers"))
    st.caption(_("Response headers"))
    json_view.draw_text(_as_lines(exchange.response_headers), f"{key}_got", label=_("Response headers"))


def _as_lines(headers: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in headers)


def _draw_python(exchange: Exchange, key: str, previous: Exchange | None) -> None:
    if exchange.streamed:
        st.caption(_("Each chunk as `print(chunk.model_dump_json())` shows it"))
    else:
        st.caption(
            _(
                "As `print(response.model_dump_json(indent=2))` shows it: the SDK orders the keys its own way "
                "and writes null for every field that the server left out."
            )
        )
    json_view.draw_text(as_python_prints(exchange), f"{key}_python", label=_("As Python prints it"))


_PANES = {
    "request": _draw_request,
    "response": _draw_response,
    "events": _draw_events,
    "headers": _draw_headers,
    "python": _draw_python,
}


def tail(exchange: Exchange, count: int = 3) -> list[str]:
    """The last events of a running stream, each cut to one line."""
    return [event.data[:120] for event in exchange.events[-count:] if event.data == DONE or parse_object(event.data)]
