"""What holds for every page's test: the simulator draws from the same seed each time."""

import pytest


@pytest.fixture(autouse=True)
def same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The course's requests set no seed and run at temperature 1: one answer in twenty may be another one."""
    monkeypatch.setattr("simulator.completion.getrandbits", lambda bits: 1)
