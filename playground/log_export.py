"""Exchanges as JSON to take along. It reads no file and writes none.

What a record doesn't hold can't leave with it; the keys known to whoever exports are cut out of everything else too,
for a person may have typed one into a message.
"""

import base64
import json
from collections.abc import Iterable, Sequence
from typing import Any

from playground.exchange import Exchange

SHORTEST = 8
"""Characters of a secret that is cut out; a shorter one is a word and would riddle the texts with holes."""


def to_json(exchanges: Iterable[Exchange], secrets: Sequence[str] = ()) -> bytes:
    """Write exchanges, in their order, with `[key]` wherever one of the secrets stood.

    >>> json.loads(to_json([]))
    {'exchanges': []}
    """
    text = json.dumps({"exchanges": [as_object(each) for each in exchanges]}, indent=2, ensure_ascii=False)
    # The longest first: one secret may be the beginning of another.
    for secret in sorted(filter(lambda each: len(each) >= SHORTEST, secrets), key=len, reverse=True):
        for written in {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}:
            text = text.replace(written, "[key]")
    return text.encode("utf-8", "replace")


def as_object(exchange: Exchange) -> dict[str, Any]:
    """Give an exchange as plain data: bodies parsed and as they came; of a stream its events instead of the bytes."""
    response: dict[str, Any] = {"status": exchange.status, "headers": exchange.response_headers}
    response |= {"json": exchange.response}
    if exchange.streamed:
        response |= {"events": [{"at_ms": round(event.at_ms, 1), "data": event.data} for event in exchange.events]}
    else:
        response |= _body(exchange.response_body)
    return {
        "id": exchange.id,
        "started": exchange.started.isoformat(),
        "method": exchange.method,
        "url": exchange.url,
        "attempt": exchange.attempt,
        "outcome": exchange.outcome,
        "simulated": exchange.simulated,
        "duration_ms": round(exchange.duration_ms, 1),
        "first_token_ms": exchange.first_token_ms and round(exchange.first_token_ms, 1),
        "error": exchange.error and dict(vars(exchange.error)),
        "request": {"headers": exchange.request_headers, "json": exchange.request, **_body(exchange.request_body)},
        "response": response,
    }


def _body(body: bytes) -> dict[str, str]:
    try:
        return {"text": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode("ascii")}
