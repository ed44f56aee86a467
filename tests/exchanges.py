"""An exchange made by hand, for tests of what reads or draws one."""

from datetime import UTC, datetime
from typing import Any

from playground.exchange import Exchange

JSON = (("content-type", "application/json"),)


def exchange(**changes: Any) -> Exchange:
    """A call that went well and holds nothing, but for what matters in the test."""
    values: dict[str, Any] = {
        "id": "x",
        "started": datetime(2026, 11, 23, tzinfo=UTC),
        "method": "POST",
        "url": "http://server.invalid/v1/chat/completions",
        "request_headers": (),
        "request_body": b"{}",
        "status": 200,
        "response_headers": JSON,
    }
    return Exchange(**values | changes)
