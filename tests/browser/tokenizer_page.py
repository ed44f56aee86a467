"""The tokenizer as a visitor handles it: write, wait for the counts, read the rows. It holds no test."""

import json
import re
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, WebSocket, expect

from tests.browser.chromium import settle

IN_SHADOW = """window.inShadow = (selector) => {
    const found = [];
    const walk = root => root.querySelectorAll('*').forEach(element => {
        if (element.matches(selector)) found.push(element);
        if (element.shadowRoot) walk(element.shadowRoot);
    });
    walk(document);
    return found;
}"""

ROWS = """() => {
    const rows = [];
    inShadow('.token-view .line').forEach(line => {
        const withPieces = [...line.querySelectorAll('.row')].filter(row => row.querySelector('.piece'));
        withPieces.forEach((row, index) => {
            (rows[index] ??= []).push(...[...row.querySelectorAll('.piece')].map(each => each.textContent));
        });
    });
    return rows;
}"""


def arrive(page: Page, url: str) -> None:
    page.add_init_script(IN_SHADOW)
    page.goto(url)
    page.locator(".token-view .line").first.wait_for()
    settle(page)


def editor(page: Page) -> Locator:
    return page.locator(".live-editor textarea")


def characters(page: Page, number: int) -> None:
    """Wait until the page counts so many characters."""
    noun = "character" if number == 1 else "characters"
    expect(page.locator(".token-view .summary")).to_contain_text(re.compile(rf"^{number:,} {noun} "))


def write(page: Page, text: str) -> None:
    editor(page).fill(text)
    characters(page, len(text))
    settle(page)


def rows(page: Page) -> list[list[str]]:
    """The pieces of each row, lines joined: one list for each vocabulary."""
    return page.evaluate(ROWS)


@dataclass
class Wire:
    """What the editor sent and what was answered, as it went over the websocket."""

    texts: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    open: set[str] = field(default_factory=set)
    most_open: int = 0
    """Most reports that were under way at a time."""

    def listen(self, page: Page) -> "Wire":
        """Watch the page from its next load on."""
        page.on("websocket", self._watch)
        return self

    def _watch(self, socket: WebSocket) -> None:
        socket.on("framesent", self._leaves)
        socket.on("framereceived", self._arrives)

    def _leaves(self, frame: str | bytes) -> None:
        for found in re.findall(rb'\{"waits":.*?"id":"\w+-\d+"\}', _bytes(frame)):
            report = json.loads(found)
            # Streamlit repeats what it sent with the next message.
            if report["id"] not in self.sent:
                self.sent.append(report["id"])
                self.texts += [report["text"]] if "text" in report else []
                self.open.add(report["id"])
                self.most_open = max(self.most_open, len(self.open))

    def _arrives(self, frame: str | bytes) -> None:
        self.open -= {found.decode() for found in re.findall(rb'"answered": ?"(\w+-\d+)"', _bytes(frame))}


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame
