"""The pieces of text that a stream's chunks carry, each with the choice it belongs to. It keeps nothing.

>>> chunk = {"choices": [{"index": 1, "delta": {"content": "Hel"}}, {"index": 0, "delta": {}}]}
>>> list(answer_pieces([chunk]))
[(1, 'Hel')]
"""

from collections.abc import Iterable, Iterator
from typing import Any

from playground.stream import sound_text


def answer_pieces(chunks: Iterable[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    """Take (index of the choice, text) out of chunks; what has another shape is passed over."""
    for chunk in chunks:
        choices = chunk.get("choices")
        for choice in choices if isinstance(choices, list) else ():
            if not isinstance(choice, dict):
                continue
            delta, index = choice.get("delta"), choice.get("index")
            piece = delta.get("content") if isinstance(delta, dict) else None
            if isinstance(piece, str) and piece:
                yield (index if isinstance(index, int) and index >= 0 else 0), sound_text(piece)
