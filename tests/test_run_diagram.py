from hypothesis import given
from hypothesis import strategies as st

from playground.run_diagram import diagram, label
from playground.staged_run import advance_to_the_end
from tests.scripted import QUESTION, Script
from tests.test_staged_run import IN_TURN, agent


def test_a_run_becomes_a_sequence_diagram_in_its_order() -> None:
    run = advance_to_the_end(agent(), Script(*IN_TURN), "gpt-4")

    lines = diagram(run.steps, QUESTION, ("Model", "Program", "Function")).splitlines()

    arrows = [line.strip().split(":")[0] for line in lines[4:]]
    assert arrows == ["P->>M", "M-->>P", "P->>F", "F-->>P"] * 3 + ["P->>M", "M-->>P"]
    assert all("\n" not in line and line.count(":") >= 1 for line in lines[4:])


@given(st.text())
def test_any_text_is_one_safe_line_in_a_diagram(text: str) -> None:
    written = label(text)

    assert "\n" not in written
    assert not set('<>"%:{}[]`\\') & set(written)
