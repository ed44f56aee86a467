"""What is exported comes back whole, and stays text wherever it is opened."""

import csv
import io
import json
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playground import encodings
from playground.token_export import LINK_LIMIT, link_params, to_csv, to_html, to_json, to_python
from playground.tokens import as_read, compare

NAMES = ["r50k_base", "o200k_base"]

texts = st.lists(
    st.one_of(
        st.text(st.characters(codec=None), max_size=8),
        st.sampled_from(
            ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=x", "\r\n", '"', ",", ";", "챗GPT", "👩\u200d🚀"]
        ),
        st.sampled_from(
            ["</bdi><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&amp;", "'\"", "{n}", "$x$"]
        ),
    ),
    max_size=5,
).map("".join)


def rows(exported: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported.decode("utf-8-sig"), newline="")))


class Page(HTMLParser):
    """The elements of a page, and the text of its tokens."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.tokens: list[str] = []
        self.inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "bdi":
            self.tokens.append("")
        if tag not in ("meta", "p"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("meta", "p"):
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1] == "bdi":
            self.tokens[-1] += data


@example(text="=1+1\t@x\r\n-")
@given(text=texts)
def test_csv_has_a_line_a_token_whose_bytes_are_the_text(text: str) -> None:
    compared = compare(text, NAMES)

    lines = rows(to_csv(compared))

    for name, each in compared.items():
        own = [line for line in lines if line["encoding"] == name]
        assert [int(line["id"]) for line in own] == list(each.ids)
        assert [int(line["number"]) for line in own] == list(range(1, len(each.ids) + 1))
        assert b"".join(bytes.fromhex(line["bytes"]) for line in own) == as_read(text).encode()


@example(text="=1+1\t@x\r\n-+")
@given(text=texts)
def test_no_cell_of_the_csv_begins_as_a_formula_does(text: str) -> None:
    for line in rows(to_csv(compare(text, NAMES))):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in line.values())


def test_csv_begins_with_the_mark_that_excel_looks_for() -> None:
    assert to_csv(compare("한국어", NAMES)).startswith(b"\xef\xbb\xbfencoding,")


@given(text=texts)
def test_json_holds_the_text_and_every_id(text: str) -> None:
    compared = compare(text, NAMES)

    read = json.loads(to_json(compared))

    assert read["text"] == as_read(text)
    for name, each in compared.items():
        encoded = read["encodings"][name]
        assert encoded["ids"] == list(each.ids)
        assert encoded["count"] == len(each.ids)
        assert b"".join(bytes.fromhex(token["bytes"]) for token in encoded["tokens"]) == as_read(text).encode()


@example(text="</p></body><script>alert(1)</script>")
@given(text=texts)
def test_the_page_holds_the_text_as_text_and_nothing_that_runs(text: str) -> None:
    compared = compare(text, ["o200k_base"])

    page = Page(to_html(compared, {"o200k_base": "<b>GPT-4o</b>"}, title="<title>").decode())

    assert page.elements <= {"html", "meta", "title", "style", "h2", "p", "bdi", "sub"}
    assert page.attributes <= {"lang", "charset", "name", "content", "http-equiv", "title", "dir"}
    printable = "".join(
        "\ufffd" if ord(c) in {*range(9), 11, 12, *range(14, 32), *range(127, 160)} else c for c in as_read(text)
    )
    assert "".join(page.tokens).replace("\r", "") == printable.replace("\r", "")
    assert len(page.tokens) == len(compared["o200k_base"].segments)


def test_the_page_needs_nothing_from_elsewhere_and_knows_both_themes() -> None:
    page = to_html(compare("챗GPT", NAMES), {}, counted="토큰 {n}개", language="ko").decode()

    assert 'lang="ko"' in page
    assert "토큰 5개" in page and "토큰 3개" in page
    assert "prefers-color-scheme: dark" in page
    assert "default-src 'none'" in page
    assert "http://" not in page and "https://" not in page and "url(" not in page


@pytest.mark.parametrize("text", ["챗GPT", "a<|endoftext|>b", 'it\'s "quoted"\n\\', "\ud83d"])
def test_the_lines_of_python_print_the_same_ids(text: str) -> None:
    code = to_python(text, "cl100k_base")
    # The lines are run as they are; only where tiktoken finds the vocabulary is arranged before them.
    arranged = "from playground import encodings; encodings.load('cl100k_base')\n" + code

    told = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", arranged], capture_output=True, text=True, encoding="utf-8", check=True
    )

    ids = list(compare(text, ["cl100k_base"])["cl100k_base"].ids)
    assert told.stdout.splitlines()[0] == f"{len(ids)} {ids}"
    assert len(code.splitlines()) == 5


@given(text=texts, names=st.lists(st.sampled_from(encodings.NAMES), unique=True))
def test_a_link_holds_text_and_encodings(text: str, names: list[str]) -> None:
    params = link_params(text, names)

    assert params == {"text": as_read(text), "encodings": ",".join(names)}
    assert len(urlencode(params)) <= LINK_LIMIT


@pytest.mark.parametrize("text", ["a" * LINK_LIMIT, "가" * 170])
def test_a_text_that_makes_the_link_too_long_is_left_out(text: str) -> None:
    assert link_params(text, ["cl100k_base"]) is None
