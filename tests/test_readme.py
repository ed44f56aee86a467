"""The README keeps its promises: its Python prints what it says, its files exist, its table has every page."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import MEASUREMENTS
from components.shell import NAVIGATION
from tests.test_layers import SIMULATOR_MAY_USE

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def test_its_python_prints_what_it_says():
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", block("python")], cwd=ROOT, capture_output=True, encoding="utf-8"
    )

    assert result.stderr == ""
    assert result.stdout == block("text")


def test_its_python_is_ten_lines_and_needs_no_streamlit():
    lines = [line for line in block("python").splitlines() if line]

    assert len(lines) == 10
    assert "streamlit" not in block("python")


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)]+)\)", README))))
def test_what_it_links_to_exists(target: str):
    assert (ROOT / target).is_file()


def test_its_table_has_every_page_in_the_order_of_the_menu():
    rows = re.findall(r"^\| (\w+) \| .+ \| \[(pages/\w+\.py)\]", README, re.MULTILINE)

    assert rows == [(room.title, room.file) for room in NAVIGATION]


def test_its_layout_names_what_is_there():
    layout = README.split("## The layout")[1].split("Who may import whom")[0]
    named = re.findall(r"^    (\S+)  ", layout, re.MULTILINE)

    assert len(named) >= 10
    assert [name for name in named if not (ROOT / name).exists()] == []
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))}
    assert folders - {"artefacts"} <= {name.rstrip("/") for name in named}


@pytest.mark.parametrize("command", ["python start.py", "python start.py test", "python -m streamlit run app.py"])
def test_it_tells_the_command_on_a_line_of_its_own(command: str):
    assert f"\n    {command}\n" in README


def test_files_that_it_names_in_passing_exist():
    named = re.findall(r"`([\w./]+\.(?:py|toml|txt|md|po))`", README)

    made_up = {"pages/name.py", "tests/pages/test_name.py", ".streamlit/secrets.toml"}
    assert [name for name in named if name not in made_up and not (ROOT / name).exists()] == []


def test_it_names_what_the_simulator_may_import():
    (named,) = re.findall(r"^    simulator → playground: (.+)$", README, re.MULTILINE)

    assert named.split(", ") == sorted(SIMULATOR_MAY_USE)


def test_every_benchmark_is_run_by_a_command_that_it_tells():
    alone = {
        file.stem
        for file in (ROOT / "benchmarks").glob("[a-z]*.py")
        if 'if __name__ == "__main__"' in file.read_text(encoding="utf-8") and file.stem not in MEASUREMENTS
    }
    told = set(re.findall(r"`python -m\sbenchmarks\.(\w+)", README))

    # What the browser shows of the tokenizer is measured with the tokenizer.
    assert alone - {"tokenizer_browser"} == told
