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
    known = sorted((each for each in secrets if len(each) >= SHORTEST), key=len, reverse=True)
    # The longest first, for one may be the beginning of another; and as it stands within JSON too.
    written = [form for each in known for form in dict.fromkeys((each, json.dumps(each)[1:-1]))]
    whole = {"exchanges": [_without(as_object(each), written) for each in exchanges]}
    return json.dumps(whole, indent=2, ensure_ascii=False).encode("utf-8", "replace")


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


def _without(value: Any, secrets: Sequence[str]) -> Any:
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, "[key]")
        return value
    if isinstance(value, dict):
        return {_without(name, secrets): _without(each, secrets) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without(each, secrets) for each in value]
    return value
