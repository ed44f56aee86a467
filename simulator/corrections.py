"""What takes back the fact told just before: "Actually, it's green.". Of which fact, and whether there is one: told.py.

>>> list(corrections("Actually, it's green.")), list(corrections("No, it's nice to meet you."))
([(0, 'green')], [])
>>> list(corrections("아니, 초록이야."))
[(0, '초록')]
"""

import re
from collections.abc import Iterator

_CORRECTED = re.compile(
    r"(?:^|[.!?,;]\s+)(?:(?:no|nope|actually|sorry|wait|oops)[,.!]?\s+)+"
    r"(?:it['’]?s|it is|i meant?|make (?:it|that)) (?P<value>(?:[^.?!,;\n]|[.,](?=\w)){1,60}?)"
    r"(?=[.!,;](?:\s|$)|\n|$| and (?:i|my)\b| but\b| now\b)"
    r"|(?:^|[.!?,]\s*)(?:아니(?:다|야|요)?|앗|정정)[,.!]? "
    r"(?P<ko>[^.?!,\n]{1,30}?)(?:이에요|예요|입니다|이야|야|이다)(?=[.!~\s]|$)",
    re.IGNORECASE,
)
_REMARKS = re.compile(
    r"^(?:nice|lovely|a pleasure|interesting|funny|nothing|just|far|true|right|a joke)\b"
    r"|^(?:농담|장난|거짓말|사실|아무것도|그게|그런|맞|뻥)",
    re.IGNORECASE,
)
"""What follows such a word without taking anything back."""


def corrections(text: str) -> Iterator[tuple[int, str]]:
    """Find where something is taken back, and what it is instead."""
    for match in _CORRECTED.finditer(text):
        value = (match["value"] or match["ko"]).strip(" \"'“”")
        if not _REMARKS.search(value):
            yield match.start(), value
