"""Writes a text that a pattern takes: the plainest, not the prettiest. Whether it is taken, the engine is asked after.

>>> text("^[A-Z]{3}-\\\\d{4}$"), text("^(red|blue)$"), text("cat|dog")
('AAA-0000', 'red', 'cat')
"""

from playground import patterns

LONGEST = 1000
"""Characters that are written at most."""
DEEPEST = 40

_CLASSES = {
    "d": "0",
    "w": "a",
    "s": " ",
    "D": "a",
    "W": " ",
    "S": "a",
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "f": "\f",
    "v": "\v",
}
_TRIED = "aA0_- .@/:#가あ" + "".join(map(chr, range(33, 127))) + "é \t\n"


class _Unwritten(Exception):
    """This pattern needs more than is known here."""


def text(pattern: str) -> str | None:
    """Write a text in which the pattern is found; None when none was."""
    engine = patterns.compiled(pattern)
    if engine is None:
        return None
    if engine.is_in(""):
        return ""
    try:
        written = _Writer(pattern).alternatives(0)
    except (_Unwritten, IndexError, ValueError):
        return None
    return written if len(written) <= LONGEST and engine.is_in(written) else None


def takes(pattern: str, said: str) -> bool:
    """Say whether a pattern is found in a text."""
    engine = patterns.compiled(pattern)
    return engine is not None and engine.is_in(said)


def said(pattern: str, words: str) -> str | None:
    """Find the words that a pattern takes: all of them, else one.

    >>> said("^[A-Z]+-[0-9]+$", "My order is AB-12."), said("^[0-9]+$", "none")
    ('AB-12', None)
    """
    tried = [words, *(word.strip(".,!?\"'()") for word in words.split())]
    return next((word for word in tried if word and takes(pattern, word)), None)


class _Writer:
    """Reads a pattern from left to right and writes what it asks for."""

    def __init__(self, pattern: str) -> None:
        self._pattern, self._at = pattern, 0

    def alternatives(self, depth: int) -> str:
        """Write the first of the alternatives up to the end or a closing bracket; the others are read over."""
        if depth > DEEPEST:
            raise _Unwritten
        first = self._sequence(depth)
        while self._at < len(self._pattern) and self._pattern[self._at] == "|":
            self._at += 1
            self._sequence(depth)
        return first

    def _sequence(self, depth: int) -> str:
        written = ""
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            one = self._atom(depth)
            written += one * self._times()
            if len(written) > LONGEST:
                raise _Unwritten
        return written

    def _atom(self, depth: int) -> str:
        sign = self._pattern[self._at]
        self._at += 1
        if sign in "^$":
            return ""
        if sign == ".":
            return "a"
        if sign == "\\":
            return self._escaped()
        if sign == "[":
            return self._class()
        if sign == "(":
            self._open()
            inner = self.alternatives(depth + 1)
            if self._pattern[self._at] != ")":
                raise _Unwritten
            self._at += 1
            return inner
        return sign

    def _open(self) -> None:
        """Read past ?: and the name of a group."""
        if self._pattern[self._at] != "?":
            return
        for end in (":", ">"):
            at = self._pattern.find(end, self._at, self._at + 40)
            if at > 0 and "(" not in self._pattern[self._at : at]:
                self._at = at + 1
                return
        raise _Unwritten

    def _escaped(self) -> str:
        sign = self._pattern[self._at]
        self._at += 1
        if sign in "bBAzZ":
            return ""
        if sign in "pP":
            end = self._pattern.index("}", self._at) if self._pattern[self._at] == "{" else self._at
            return self._one_of("\\" + sign + self._take(end))
        if sign == "x":
            digits = (
                self._take(self._pattern.index("}", self._at))
                if self._pattern[self._at] == "{"
                else self._take(self._at + 1)
            )
            return chr(int(digits.strip("{}"), 16))
        return _CLASSES.get(sign, sign)

    def _class(self) -> str:
        begin = self._at - 1
        self._at += self._pattern[self._at] == "^"
        self._at += self._pattern[self._at] == "]"
        while self._pattern[self._at] != "]":
            if self._pattern.startswith("[:", self._at):
                self._at = self._pattern.index(":]", self._at) + 1
            self._at += 2 if self._pattern[self._at] == "\\" else 1
        self._at += 1
        inside = self._pattern[begin : self._at]
        try:
            # The first of a range is what was meant, where it is one: A of [A-Z].
            return self._one_of(inside, first=inside[1:2] if inside[2:3] == "-" else "")
        except _Unwritten:
            return self._one_of(inside, first=inside[1:2])

    def _one_of(self, set_: str, first: str = "") -> str:
        """Find a character of a class by asking the engine."""
        engine = patterns.compiled(f"^(?:{set_})$")
        for sign in first + _TRIED:
            if engine and engine.is_in(sign):
                return sign
        raise _Unwritten

    def _take(self, end: int) -> str:
        taken = self._pattern[self._at : end + 1]
        self._at = end + 1
        return taken

    def _times(self) -> int:
        """Read how often the atom before comes, at the least; once where it may be left out or come once."""
        sign = self._pattern[self._at : self._at + 1]
        times = 1
        if sign and sign in "*+?":
            self._at += 1
            times = 1 if sign == "+" else 0
        elif sign == "{" and (end := self._pattern.find("}", self._at)) > 0:
            least = self._pattern[self._at + 1 : end].partition(",")[0]
            if least.isdecimal():
                self._at = end + 1
                times = int(least)
        if self._pattern[self._at : self._at + 1] == "?":
            self._at += 1
        if times > LONGEST:
            raise _Unwritten
        return times
