import pytest

from playground.ledger import count_prompt
from playground.parallel_results import rows as parallel_rows


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-4.1-mini"])
def test_escapes_cost_where_results_stand_alone_and_the_ledger_reads_them_where_they_stand_together(model: str) -> None:
    together, together_escaped, alone, alone_escaped = parallel_rows(model)

    assert together.tokens == together_escaped.tokens
    assert alone_escaped.tokens > alone.tokens * 1.4
    assert [count_prompt(row.body).total for row in (together, alone)] == [together.tokens, alone.tokens]
    assert "\\u" in alone_escaped.body["messages"][2]["content"]
    assert "서울" in alone.body["messages"][2]["content"]
