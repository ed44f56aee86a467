r"""Cuts Markdown that is still being written into blocks that are finished and a tail. It draws nothing.

A finished block ends behind a blank line or a closed code fence; of a long list or a long piece of code the lines that
are whole are finished too. So a tail stays short however long the answer gets, except one huge paragraph or table.

>>> blocks = Blocks()
>>> blocks.add("One.\n\nTwo\n\n- a")
>>> blocks.finished(), blocks.tail
(['One.\n\n', 'Two\n\n'], '- a')
"""

import re
from itertools import pairwise

LONG = 1500
"""Characters of a tail from which on the whole lines of a list or of code are finished by themselves."""

_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]")


class Blocks:
    """Takes a text piece by piece. The blocks it gives and its tail together are the text, fences apart."""

    def __init__(self) -> None:
        self.tail = ""
        """What may still change, drawable by itself: an open fence is closed by drawable()."""

    def add(self, piece: str) -> None:
        """Take the next piece."""
        self.tail += piece

    def finished(self) -> list[str]:
        """Take the blocks that are finished out of the tail. It reads all of the tail: ask before drawing only."""
        fence, opening, whole, blank, indented = "", "", 0, False, False
        cuts, position = [0], 0
        items = bool(_ITEM.match(self.tail))
        for line in _LINE.findall(self.tail):
            start, position = position, position + len(line)
            if blank and not fence and line[:1].strip():
                cuts.append(start)
                items = bool(_ITEM.match(line))
            elif items and not fence and start - cuts[-1] > LONG and _ITEM.match(line):
                cuts.append(start)
            blank = not line.strip() and line.endswith("\n")
            found = _FENCE.match(line.rstrip("\r\n"))
            if fence and found and found[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
                if not line[0].isspace() and line.endswith("\n"):
                    cuts.append(position)
                    items = False
            elif found and not fence:
                fence, opening = found[1], line
                indented = line[0].isspace()
            if line.endswith("\n"):
                # The last whole line stays, so that what goes on is never an empty block.
                whole = start
        blocks = [self.tail[start:end] for start, end in pairwise(cuts)]
        last = cuts[-1]
        if fence and not indented and whole - last > max(LONG, len(opening)):
            blocks.append(self.tail[last:whole] + fence + "\n")
            self.tail = opening + self.tail[whole:]
        else:
            self.tail = self.tail[last:]
        return [block for block in blocks if block]


def drawable(tail: str) -> str:
    r"""Close a code fence that is still open, so that a tail is drawn as code.

    >>> drawable("```py\nx = 1"), drawable("~~~~\n```\na")
    ('```py\nx = 1\n```', '~~~~\n```\na\n~~~~')
    """
    fence = margin = ""
    for line in tail.splitlines():
        found = _FENCE.match(line)
        if fence and found and found[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        elif found and not fence:
            fence, margin = found[1], line[: found.start(1)]
    return f"{tail.removesuffix(chr(10))}\n{margin}{fence}" if fence else tail
