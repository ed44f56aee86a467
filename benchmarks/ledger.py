"""The token ledger against recorded calls: `python -m benchmarks.ledger PATH` prints how many it counts to the token.

PATH is a file of lines, each the JSON of a request with `kind` and `expected` (the usage.prompt_tokens that came back);
it may be packed with xz. Beside the ledger stands what OpenAI's cookbook would say. And the time of a large request.
"""

import json
import lzma
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import mean, median
from time import perf_counter
from typing import Any

from benchmarks.figure import Figure, report
from playground import encodings, ledger

TOOLS, TOKENS, RUNS = 20, 2_000, 50
LIMIT_MS = 1.0
SURENESS = ("exact", "fitted", "estimate")


def main(path: str) -> int:
    """Print the table and the times; gives the exit code."""
    cases = list(recorded(Path(path)))
    ours: dict[str, list[float]] = defaultdict(list)
    cookbook: dict[str, list[float]] = defaultdict(list)
    sure: Counter[tuple[str, bool]] = Counter()
    for case in cases:
        bill = ledger.count_prompt(case)
        error = abs(bill.total - case["expected"]) / case["expected"]
        ours[case["kind"]].append(error)
        cookbook[case["kind"]].append(abs(by_cookbook(case) - case["expected"]) / case["expected"])
        says = max((entry.certainty for entry in bill.entries), key=SURENESS.index)
        sure[says, not error] += 1
    print(f"{'':24}{'exact':>12}{'mean error':>12}{'cookbook':>14}{'mean error':>12}")
    for kind in sorted(ours, key=lambda kind: -len(ours[kind])):
        print(f"{kind:24}{_exact(ours[kind])}{mean(ours[kind]):>12.2%}", end="")
        print(f"{_exact(cookbook[kind]):>14}{mean(cookbook[kind]):>12.2%}")
    for says in SURENESS:
        right, wrong = sure[says, True], sure[says, False]
        print(f"requests that say {says!r}: {right} of {right + wrong} are exact")
    return report(times())


def recorded(path: Path) -> Iterator[dict[str, Any]]:
    packed = path.read_bytes()
    text = (lzma.decompress(packed) if path.suffix == ".xz" else packed).decode("utf-8")
    yield from (json.loads(line) for line in text.split("\n") if line.strip())


def by_cookbook(body: Mapping[str, Any]) -> int:
    """OpenAI's published rule for messages and tools; it knows neither calls nor pictures nor formats."""
    encoding, _ = encodings.for_model(body["model"])
    new = encoding == "o200k_base"

    def n(text: object) -> int:
        return encodings.count(text if isinstance(text, str) else "", encoding)

    tokens = 3
    for message in body["messages"]:
        tokens += 3 + sum(n(value) for value in message.values()) + ("name" in message)
    tools = [tool.get("function", {}) for tool in body.get("tools") or []] + list(body.get("functions") or [])
    for tool in tools:
        described = f"{tool.get('name')}:{(tool.get('description') or '').removesuffix('.')}"
        tokens += (7 if new else 10) + n(described)
        properties = (tool.get("parameters") or {}).get("properties") or {}
        tokens += 3 if properties else 0
        for name, schema in properties.items():
            tokens += 3 + n(f"{name}:{schema.get('type')}:{(schema.get('description') or '').removesuffix('.')}")
            tokens += sum(3 + n(item) for item in schema["enum"]) - 3 if "enum" in schema else 0
    return tokens + 12 if tools else tokens


def times() -> Iterator[Figure]:
    """Time a request of 20 tools: when it is met first, and with one letter more each time."""
    first, again, baseline = [], [], []
    missing = TOKENS - ledger.count_prompt(large_request("short")).total
    sentences = missing // encodings.count(" And be friendly.", "o200k_base") + 1
    growing = large_request("again", sentences)
    ledger.count_prompt(growing)
    for run in range(RUNS):
        first.append(_timed(large_request(f"first{run}", sentences)))
        growing["messages"][-1]["content"] += "a"
        again.append(_timed(growing))
        text = ledger.render_prompt(growing)
        start = perf_counter()
        encodings.count(text, "o200k_base")
        baseline.append((perf_counter() - start) * 1000)
    name = f"a request of {ledger.count_prompt(growing).total} tokens and {TOOLS} tools"
    encode = "tokenizing its text"
    yield Figure(f"{name}, again with a letter more", median(again), "ms", encode, median(baseline), LIMIT_MS)
    yield Figure(f"{name}, met first", median(first), "ms", encode, median(baseline), LIMIT_MS)


def large_request(seed: str, sentences: int = 0) -> dict[str, Any]:
    parameters = {
        "place": {"type": "string", "description": f"The city and the country, for example Seoul {seed}"},
        "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
        "limit": {"type": "integer", "description": "How many offers at most", "default": 10},
        "days": {"type": "array", "items": {"type": "string"}, "description": "The days of the week that count"},
    }
    schema = {"type": "object", "properties": parameters, "required": ["place"]}
    tools = [
        {"name": f"find_{number}", "description": "Find the best offers of the shop's catalogue", "parameters": schema}
        for number in range(TOOLS)
    ]
    body: dict[str, Any] = {
        "model": "gpt-4o",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Which is the best?"}],
        "tools": [{"type": "function", "function": tool} for tool in tools],
    }
    body["messages"][0]["content"] += " And be friendly." * sentences
    return body


def _timed(body: Mapping[str, Any]) -> float:
    start = perf_counter()
    ledger.count_prompt(body)
    return (perf_counter() - start) * 1000


def _exact(errors: list[float]) -> str:
    return f"{sum(not error for error in errors):>5} of {len(errors):<4}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.ledger PATH")
    sys.exit(main(sys.argv[1]))
