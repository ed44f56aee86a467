"""One exchange: its request and response as they went over the wire. A record is drawn here, never rebuilt."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from components import error_lab, error_view, event_view, json_view, lazy_tabs, program_view
from components.wording import _, _n
from playground import diagnosis, snippets
from playground.exchange import Exchange


def draw(
    exchange: Exchange, key: str, *, previous: Exchange | None = None, show: str = "request", max_height: int = 420
) -> None:
    """Draw an exchange in lazy tabs. `previous` lights what this request adds to that one; `show` names the first."""
    st.caption(summary(exchange))
    error_lab.note(exchange)
    if exchange.error:
        error_view.draw(exchange.error, exchange.status, key=f"{key}_error")
    if sentence := diagnosis.notice(exchange):
        st.markdown(f":material/info: {_(sentence)}")
    panes = _Panes(exchange, key, previous, max_height)
    shown = {
        "request": (_("Request"), panes.request),
        "response": (_("Response"), panes.response),
        "events": (_("Events"), panes.events),
        "headers": (_("Headers"), panes.headers),
        "python": (_("Python"), panes.python),
        "code": (_("Code"), panes.code),
    }
    if not exchange.events:
        del shown["events"]
    if not exchange.request or not snippets.place(exchange.url):
        del shown["code"]
    titles = {name: title for name, (title, _pane) in shown.items()}
    tabs = lazy_tabs.draw(titles, f"{key}_tabs", show if show in shown else "request")
    name = lazy_tabs.opened(tabs)
    with tabs[name]:
        shown[name][1]()


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


@dataclass(frozen=True)
class _Panes:
    """What stands under each tab."""

    exchange: Exchange
    key: str
    previous: Exchange | None
    max_height: int

    def request(self) -> None:
        exchange = self.exchange
        st.caption(f"`{exchange.method} {exchange.url}`")
        before = self.previous.request if self.previous else json_view.ABSENT
        self._body("request", exchange.request_body, exchange.request, _("Request body"), before)

    def response(self) -> None:
        exchange = self.exchange
        if exchange.status is None:
            st.caption(_("No response came."))
            return
        if exchange.streamed:
            sentence = _("Put together from {n} events; what came is under Events and Raw bytes.")
            st.caption(sentence.format(n=len(exchange.events)))
        self._body("response", exchange.response_body, exchange.response, _("Response body"))

    def events(self) -> None:
        event_view.draw(self.exchange, f"{self.key}_events", self.max_height)

    def headers(self) -> None:
        st.caption(_("Request headers; the key is never recorded"))
        self._text("sent", _as_lines(self.exchange.request_headers), _("Request headers"))
        st.caption(_("Response headers"))
        self._text("received", _as_lines(self.exchange.response_headers), _("Response headers"))

    def python(self) -> None:
        if self.exchange.streamed:
            st.caption(_("Each chunk as `print(chunk.model_dump_json())` shows it"))
        else:
            st.caption(
                _(
                    "As `print(response.model_dump_json(indent=2))` shows it: the SDK orders the keys its own way "
                    "and writes null for every field that the server left out."
                )
            )
        # The SDK's types are slow to import; who reads an exchange on a fresh page has not paid for them yet.
        from playground.client import as_python_prints

        self._text("python", as_python_prints(self.exchange), _("As Python prints it"))

    def code(self) -> None:
        place = snippets.place(self.exchange.url)
        assert place
        base_url, endpoint = place
        if self.exchange.simulated and base_url.endswith(".invalid/v1"):
            base_url = program_view.ELSEWHERE
        program_view.draw(self.exchange.request, endpoint, base_url, f"{self.key}_code", self.max_height)

    def _body(
        self, name: str, body: bytes, parsed: dict[str, Any], label: str, previous: Any = json_view.ABSENT
    ) -> None:
        raw = st.toggle(_("Raw bytes"), key=f"{self.key}_{name}_raw") if parsed else True
        if raw:
            count = _n("{n} byte, as it went over the wire", "{n} bytes, as they went over the wire", len(body))
            st.caption(count.format(n=f"{len(body):,}"))
            self._text(f"{name}_text", body.decode("utf-8", "backslashreplace"), label)
        else:
            key = f"{self.key}_{name}_json"
            json_view.draw(parsed, key, label=label, previous=previous, max_height=self.max_height)

    def _text(self, name: str, text: str, label: str) -> None:
        json_view.draw_text(text, f"{self.key}_{name}", label=label, max_height=self.max_height)


def _as_lines(headers: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in headers)
