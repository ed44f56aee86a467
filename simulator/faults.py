"""The error lab: each fault of the real API, on request. It breaks nothing that a request didn't ask to have broken.

A request asks with the header `x-sim-fault: 429`, or `429;times=2` for the first two attempts of the SDK only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.refusals import Refusal

HEADER = "x-sim-fault"
ATTEMPT = "x-stainless-retry-count"
"""How the SDK says which attempt this is; so the simulator needs no memory."""

AFTER = 4
"""Events of a stream that arrive before it breaks."""

Wire = Literal["refused", "reset", "cut", "stall"]
Spoilt = Literal["error-midstream", "broken-chunk", "ends-early"]
Answer = Literal["bad-arguments", "unknown-tool", "content-filter", "refusal", "length"]
"""Answers that are whole, and not what a program hopes for."""

SLOW = 6.0
"""Seconds that a slow first token takes on top."""


@dataclass(frozen=True)
class WireFault:
    """What happens to the connection; only the transport can do it."""

    kind: Wire
    """refused: no connection; reset: torn down; cut: closed in the middle of the body; stall: silence."""
    after: int = AFTER
    """Frames that still arrive; of an answer in one piece, half."""


@dataclass(frozen=True)
class Fault:
    """One fault: an answer of the API, a page that is no JSON, a spoilt stream, or a broken wire."""

    refusal: Refusal | None = None
    headers: Mapping[str, str] | None = None
    html: int | None = None
    """The status of an answer that is a web page."""
    spoilt: Spoilt | None = None
    wire: WireFault | None = None
    answer: Answer | None = None
    delay: float = 0.0
    """Seconds until the answer begins."""


_ACCOUNT = "https://platform.openai.com/account"
_LIMITS = {
    "retry-after": "1",
    "x-ratelimit-limit-requests": "60",
    "x-ratelimit-remaining-requests": "0",
    "x-ratelimit-reset-requests": "1s",
    "x-ratelimit-limit-tokens": "150000",
    "x-ratelimit-remaining-tokens": "0",
    "x-ratelimit-reset-tokens": "1s",
}
BROKEN = Refusal(500, "The server had an error while processing your request. Sorry about that!", "server_error")

FAULTS: Mapping[str, Fault] = {
    "401": Fault(
        Refusal(
            401,
            "Incorrect API key provided: sk-****lab. You can find your API key at "
            "https://platform.openai.com/account/api-keys.",
            code="invalid_api_key",
        )
    ),
    "403": Fault(
        Refusal(
            403,
            "Country, region, or territory not supported",
            "request_forbidden",
            code="unsupported_country_region_territory",
        )
    ),
    "404": Fault(Refusal(404, "The model does not exist or you do not have access to it.", code="model_not_found")),
    "429": Fault(
        Refusal(
            429,
            "Rate limit reached for this model in organization org-simulator on requests per min (RPM): Limit 60, "
            f"Used 60, Requested 1. Please try again in 1s. Visit {_ACCOUNT}/rate-limits to learn more.",
            "requests",
            code="rate_limit_exceeded",
        ),
        _LIMITS,
    ),
    "429-quota": Fault(
        Refusal(
            429,
            "You exceeded your current quota, please check your plan and billing details.",
            "insufficient_quota",
            code="insufficient_quota",
        )
    ),
    "500": Fault(BROKEN),
    "503": Fault(
        Refusal(
            503,
            "The server is currently overloaded with other requests. Sorry about that! Please try again later.",
            "service_unavailable_error",
            code="server_is_overloaded",
        )
    ),
    "html": Fault(html=200),
    "html-503": Fault(html=503),
    "error-midstream": Fault(spoilt="error-midstream"),
    "broken-chunk": Fault(spoilt="broken-chunk"),
    "ends-early": Fault(spoilt="ends-early"),
    "refused": Fault(wire=WireFault("refused")),
    "reset": Fault(wire=WireFault("reset")),
    "cut": Fault(wire=WireFault("cut")),
    "stall": Fault(wire=WireFault("stall")),
    "slow": Fault(delay=SLOW),
    "bad-arguments": Fault(answer="bad-arguments"),
    "unknown-tool": Fault(answer="unknown-tool"),
    "content-filter": Fault(answer="content-filter"),
    "refusal": Fault(answer="refusal"),
    "length": Fault(answer="length"),
}

PAGE = b"<!doctype html>\n<html><title>Sign in</title><body><h1>Please sign in to this network</h1></body></html>\n"
"""What a network with a sign-in page answers instead of the API."""


def asked_for(headers: Mapping[str, str]) -> Fault | Refusal | None:
    """Read the header; a fault that doesn't exist is refused. Header names are lower case."""
    value = headers.get(HEADER, "").strip()
    if not value:
        return None
    name, _, condition = value.partition(";")
    times = condition.strip().removeprefix("times=").strip()
    attempt = headers.get(ATTEMPT, "0")
    if times.isdecimal() and attempt.isdecimal() and len(times + attempt) < 12 and int(attempt) >= int(times):
        return None
    return FAULTS.get(name.strip()) or Refusal(400, f"Unknown {HEADER} '{name}'. There are: {', '.join(FAULTS)}.")


def spoil(frames: Iterator[bytes], how: Spoilt, error: bytes) -> Iterator[bytes]:
    """Let a stream begin well and then break it; error is the frame of an error in its middle."""
    for number, frame in enumerate(frames):
        if number == AFTER:
            break
        yield frame
    if how == "error-midstream":
        yield error
    if how == "broken-chunk":
        yield b'data: {"id": "chatcmpl-\n\n'
