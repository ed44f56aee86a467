"""What results with Hangul cost: written as they are or as \\uXXXX, two calls in one answer or one after the other.

A forum reports (community.openai.com 1375117, 2025) that results of several calls are billed as escapes whatever one
sends. The three recordings that the ledger was fitted to say otherwise, so its numbers do too. Who has a key can look.

>>> [(row.escaped, row.together, row.tokens) for row in rows("gpt-4o")]
[(False, True, 141), (True, True, 141), (False, False, 132), (True, False, 215)]
"""

import json
from dataclasses import dataclass

from playground.ledger import count_prompt
from playground.messages import Body, Message, tool, user

QUESTION = "서울과 부산의 날씨가 어때?"
RESULTS = (
    {"도시": "서울", "기온": "25도", "예보": ["맑음", "바람이 많이 붊"]},
    {"도시": "부산", "기온": "27도", "예보": ["대체로 흐림", "소나기"]},
)


@dataclass(frozen=True)
class Row:
    """One way of sending the two results, and what its request costs by the ledger."""

    escaped: bool
    """json.dumps as it is by default; else with ensure_ascii=False."""
    together: bool
    """Both calls in one answer of the model; else one after the other."""
    body: Body
    tokens: int


def rows(model: str) -> tuple[Row, ...]:
    """Count all four ways for a model."""
    found = []
    for together in (True, False):
        for escaped in (False, True):
            body = request(model, escaped=escaped, together=together)
            found.append(Row(escaped, together, body, count_prompt(body).total))
    return tuple(found)


def request(model: str, *, escaped: bool, together: bool) -> Body:
    """Write the request that carries the two results back."""
    calls = [
        {
            "id": f"call_{number}",
            "type": "function",
            "function": {
                "name": "get_current_weather",
                "arguments": json.dumps({"location": result["도시"]}, ensure_ascii=False),
            },
        }
        for number, result in enumerate(RESULTS, 1)
    ]
    answers = [tool(f"call_{number}", json.dumps(each, ensure_ascii=escaped)) for number, each in enumerate(RESULTS, 1)]
    messages: list[Message] = [user(QUESTION)]
    if together:
        messages += [{"role": "assistant", "content": None, "tool_calls": calls}, *answers]
    else:
        for call, answer in zip(calls, answers, strict=True):
            messages += [{"role": "assistant", "content": None, "tool_calls": [call]}, answer]
    return {"model": model, "messages": messages}
