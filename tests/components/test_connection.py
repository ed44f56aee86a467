"""The chosen connection: whose key goes where, and what a server that is no API does to a page."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from streamlit.testing.v1 import AppTest

SERVER_KEY, TYPED_KEY = "sk-server-0123456789", "sk-typed-0123456789"
ANSWER = {
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}],
    "data": [{"id": "gpt-4"}],
}


class Server:
    """A server on this machine that notes the keys it is shown and answers what it is told to."""

    def __init__(self) -> None:
        self.keys: list[str | None] = []
        self.status, self.kind, self.body = 200, "application/json", json.dumps(ANSWER).encode()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("content-length", 0)))
                outer.keys.append(self.headers.get("authorization"))
                self.send_response(outer.status)
                self.send_header("content-type", outer.kind)
                self.send_header("content-length", str(len(outer.body)))
                self.end_headers()
                self.wfile.write(outer.body)

            do_GET = do_POST = answer

            def log_message(self, *arguments: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, daemon=True)
    thread.start()
    yield server
    server.http.shutdown()
    server.http.server_close()
    thread.join()


def app(typed: str = "", **connection: str) -> AppTest:
    at = AppTest.from_file("../../app.py", default_timeout=20)
    at.session_state["connection"] = connection
    at.session_state["connection_key"] = typed
    return at.run()


def ask(at: AppTest) -> AppTest:
    at.button(key="home_run").click().run()
    assert not at.exception
    return at


def test_the_servers_own_key_stays_away_from_a_base_url_that_a_visitor_typed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SERVER_KEY)

    ask(app(kind="other", base_url=server.url, model="gpt-4"))

    assert server.keys == [None]


def test_a_typed_key_goes_to_the_base_url_that_was_typed_with_it(server: Server) -> None:
    ask(app(TYPED_KEY, kind="other", base_url=server.url, model="gpt-4"))

    assert server.keys == [f"Bearer {TYPED_KEY}"]


def test_the_servers_own_key_goes_to_the_servers_own_base_url(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SERVER_KEY)
    monkeypatch.setattr("components.state.OPENAI_URL", server.url)

    ask(app(kind="openai", model="gpt-4"))

    assert server.keys == [f"Bearer {SERVER_KEY}"]


def test_no_key_is_anywhere_in_what_the_page_sends_to_the_browser(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", SERVER_KEY)
    monkeypatch.setattr("components.state.OPENAI_URL", server.url)

    at = ask(app(kind="openai", model="gpt-4"))

    assert SERVER_KEY not in repr(at) + repr(at.session_state["log"])
    assert not any(SERVER_KEY in str(node.proto) for node in at.get("bidi_component"))


@pytest.mark.parametrize(
    ("status", "kind", "body", "said"),
    [
        (200, "text/html", b"<html><script>alert(1)</script>Log in to the Wi-Fi</html>", "not the API"),
        (200, "application/json", b"", "not the API"),
        (401, "application/json", b'{"error": {"message": "Bad key", "code": "invalid_api_key"}}', "invalid_api_key"),
        (503, "text/html", b"<h1>Bad gateway</h1>", "refused"),
        (200, "text/event-stream", b'data: {"choices":[{"index":0,"delta":{"content":"On"}}]}\n\n', "cut short"),
        (200, "text/event-stream", b"data: {broken\n\n", "damaged"),
    ],
)
def test_what_is_no_answer_is_told_in_words(server: Server, status: int, kind: str, body: bytes, said: str) -> None:
    server.status, server.kind, server.body = status, kind, body

    at = ask(app(TYPED_KEY, kind="other", base_url=server.url, model="gpt-4"))

    assert any(said in each.value for each in at.markdown)
    assert at.button(key="home_run")


def dialog(typed: Callable[[AppTest], object]) -> AppTest:
    def script() -> None:
        from components import connection_chip

        connection_chip.form()

    at = AppTest.from_function(script, default_timeout=20).run()
    typed(at)
    return at.run()


def test_openai_without_any_key_can_not_be_chosen() -> None:
    at = dialog(lambda at: at.segmented_control(key="connection_kind").set_value("openai"))

    assert at.button(key="connection_use").disabled
    assert any("OPENAI_API_KEY" in each.value for each in at.caption)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:8000",
        "ftp://host/v1",
        "file:///etc/passwd",
        "http://",
        "http://user:secret@host/v1",
        "http://host/v1?key=1",
        "http://host:99999/v1",
        "http://[::1/v1",
    ],
)
def test_a_base_url_that_is_none_is_refused_in_words(url: str) -> None:
    def typed(at: AppTest) -> None:
        at.segmented_control(key="connection_kind").set_value("other").run()
        at.text_input(key="connection_base_url").set_value(url)

    at = dialog(typed)

    assert not at.exception
    assert at.button(key="connection_use").disabled
    assert any("base URL" in each.value for each in at.caption)


def test_testing_a_connection_asks_for_the_models(server: Server) -> None:
    def typed(at: AppTest) -> None:
        at.segmented_control(key="connection_kind").set_value("other").run()
        at.text_input(key="connection_base_url").set_value(server.url)
        at.run()
        at.text_input(key=f"connection_key_other_{server.url}").set_value(TYPED_KEY).run()
        at.button(key="connection_test").click()

    at = dialog(typed)

    assert not at.exception
    assert server.keys == [f"Bearer {TYPED_KEY}"]
    assert any("names 1 models" in each.value or "names 1 model" in each.value for each in at.markdown)


def test_a_key_typed_for_one_base_url_does_not_go_to_another(server: Server) -> None:
    def typed(at: AppTest) -> None:
        at.session_state["connection"] = {"kind": "other", "base_url": "http://127.0.0.1:9/v1", "model": "gpt-4"}
        at.session_state["connection_key"] = TYPED_KEY
        at.segmented_control(key="connection_kind").set_value("other").run()
        at.text_input(key="connection_base_url").set_value(server.url).run()
        at.button(key="connection_test").click()

    dialog(typed)

    assert server.keys == [None]


def test_a_secrets_file_can_hold_the_key(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.state.OPENAI_URL", server.url)
    at = AppTest.from_file("../../app.py", default_timeout=20)
    at.secrets["OPENAI_API_KEY"] = SERVER_KEY
    at.session_state["connection"] = {"kind": "openai", "model": "gpt-4"}

    ask(at.run())

    assert server.keys == [f"Bearer {SERVER_KEY}"]


def page(**memory: object) -> AppTest:
    """A page that streams: its mark, and beside it what it would send."""

    def script() -> None:
        import streamlit as st

        from components import connection

        fitted = connection.streamed({"model": "gpt-6-luna", "messages": [], "temperature": 0})
        connection.added(fitted.changed, "page")
        st.json(fitted.body)

    at = AppTest.from_function(script, default_timeout=20)
    for name, value in memory.items():
        at.session_state[name] = value
    return at.run()


def body(at: AppTest) -> dict[str, object]:
    sent: dict[str, object] = json.loads(at.json[0].value)
    return sent


def test_what_a_streaming_page_adds_is_marked_and_can_be_switched_off() -> None:
    at = page(page_added=True)
    assert body(at)["stream_options"] == {"include_usage": True}
    assert "`stream`, `stream_options`" in at.get("popover")[0].proto.popover.label

    at.toggle(key="page_usage").set_value(False).run()

    assert "stream_options" not in body(at)
    assert body(at)["stream"] is True
    assert "stream_options" not in at.get("popover")[0].proto.popover.label


def test_what_a_model_needs_can_be_switched_off_where_it_is_marked() -> None:
    at = page(page_added=True, connection={"kind": "openai", "model": "gpt-6-luna"}, connection_key=TYPED_KEY)
    assert body(at)["reasoning_effort"] == "none"

    at.toggle(key="page_fit").set_value(False).run()

    assert "reasoning_effort" not in body(at)
    assert at.session_state["connection_key"] == TYPED_KEY


def test_the_dialog_holds_the_same_switch() -> None:
    at = dialog(lambda at: at.toggle(key="connection_usage").set_value(False))

    assert at.session_state["scratch_connection"] == {"usage": False}
    assert page(scratch_connection={"usage": False}, page_added=True).toggle(key="page_usage").value is False
