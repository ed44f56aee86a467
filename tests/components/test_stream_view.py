"""A text that grows: what is finished is sent once, and the bytes follow its length, whatever its shape."""

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.message_view import as_markdown
from components.stream_view import BYTES_A_SECOND, DRAWINGS_A_SECOND, Growing, draw_choices, kept

WORD = "word and "
SHAPES = {
    "paragraphs": lambda n: f"{WORD * 3}\n\n",
    "one paragraph": lambda n: WORD,
    "한 문단": lambda n: "한글 낱말 ",
    "a table": lambda n: "| a | b |\n" if n else "| a | b |\n|---|---|\n",
    "code": lambda n: "print('x')\n" if n else "```py\n",
    "tildes": lambda n: "a line\n" if n else "~~~\n",
    "a list": lambda n: f"{n + 1}. {WORD}\n",
    "a nested list": lambda n: f"- a\n  - {WORD}\n",
    "nested fences": lambda n: "```\nx\n```\n" if n else "````md\n",
}


class Area:
    """Stands for a container: it counts what it is sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.places: list[str] = []

    def markdown(self, text: str) -> "Area.Place":
        self.sent.append(text)
        self.places.append(text)
        return Area.Place(self, len(self.places) - 1)

    class Place:
        def __init__(self, area: "Area", number: int) -> None:
            self.area, self.number = area, number

        def markdown(self, text: str) -> None:
            self.area.sent.append(text)
            self.area.places[self.number] = text


@pytest.mark.parametrize("shape", SHAPES)
def test_four_thousand_pieces_cost_no_more_than_their_length_and_a_rate(
    shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Drawing takes no time here: the pace alone decides.
    monkeypatch.setattr("components.stream_view.time.monotonic", lambda: 0.0)
    area, pace, n = Area(), 200, 4000
    growing = Growing(area)
    text = ""

    for number in range(n):
        piece = SHAPES[shape](number)
        text += piece
        growing.add(piece)
        growing.draw(number / pace)
    growing.finish()

    sent = sum(len(each.encode()) for each in area.sent)
    assert sent <= 2.2 * len(text.encode()) + BYTES_A_SECOND * n / pace
    assert len(area.sent) <= 10 * n / pace + len(area.places) + 1
    if shape not in ("one paragraph", "한 문단", "a table"):
        assert max(map(len, area.sent)) < 3000


def test_what_takes_long_to_draw_is_drawn_less_often() -> None:
    area = Area()
    growing = Growing(area)
    monotonic = itertools.count(step=0.05)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("components.stream_view.time.monotonic", lambda: next(monotonic))
        for number in range(100):
            growing.add(WORD)
            growing.draw(number / 10)

    # Each took 0.05 s, so that a second passes until the next one.
    assert len(area.sent) == 10


@pytest.mark.parametrize("streams", [1, 30, 100])
def test_many_streams_together_draw_no_more_than_the_process_can(streams: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.stream_view.time.monotonic", lambda: 0.0)
    area, seconds = Area(), 20
    growing = Growing(area, range(streams))

    for number in range(seconds * 50):
        growing.add(WORD)
        growing.draw(number / 50)

    assert len(area.sent) - 1 <= min(10, DRAWINGS_A_SECOND / streams) * seconds
    assert len(area.sent) >= seconds


@given(st.lists(st.text("ab `~\n-|1.*", min_size=1, max_size=90), max_size=30))
def test_a_drawing_is_one_message(pieces: list[str]) -> None:
    area = Area()
    growing = Growing(area)

    for number, piece in enumerate(pieces):
        growing.add(piece)
        drawn = growing.draw(float(number))

        assert drawn
        assert len(area.sent) == number + 1


@given(st.text("ab `~\n-|1.*", max_size=300), st.integers(1, 7))
def test_what_is_drawn_in_the_end_is_the_text(text: str, size: int) -> None:
    area = Area()
    growing = Growing(area)

    for number, start in enumerate(range(0, len(text), size)):
        growing.add(text[start : start + size])
        growing.draw(float(number))
    growing.finish()

    # Below the length at which code is cut, all that is added are signs that take effects away.
    shown = "".join(area.places).replace("\\", "")
    assert (
        shown.replace("`", "").replace("~", "").split()
        == text.replace("\\", "").replace("`", "").replace("~", "").split()
    )


@given(st.text("![x](http://e)`~\n- |<$:a", max_size=120))
def test_no_prefix_of_a_text_is_sent_unescaped(text: str) -> None:
    area = Area()
    growing = Growing(area)

    for number, letter in enumerate(text):
        growing.add(letter)
        growing.draw(float(number))
    growing.finish()

    for sent in area.sent:
        assert as_markdown(sent) == sent


def test_several_texts_grow_each_in_its_own_area(monkeypatch: pytest.MonkeyPatch) -> None:
    areas = {0: Area(), 1: Area()}
    ticks = itertools.count()

    texts = draw_choices([(0, "a"), (1, "b"), (0, "c")], lambda choice: areas[choice], lambda: next(ticks) and None)

    assert texts == {0: "ac", 1: "b"}
    assert [area.places for area in areas.values()] == [["ac"], ["b"]]
    assert next(ticks) >= 2


def test_what_arrived_is_kept_when_the_reader_leaves() -> None:
    got: list[tuple[str, int]] = []
    ended: list[bool] = []

    def pieces() -> Iterator[tuple[int, str]]:
        yield 0, "Once"
        yield 0, " upon"

    with kept(pieces(), lambda piece, choice: got.append((piece, choice)), lambda: ended.append(True)) as stream:
        next(stream)

    assert got == [("Once", 0)]
    assert ended == [True]
