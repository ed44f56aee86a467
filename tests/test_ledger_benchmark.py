"""The ledger's benchmark reads recorded calls, packed or not, and prints how many are counted to the token."""

import json
import lzma

import pytest

from benchmarks import ledger

CASES = [
    {"kind": "plain", "expected": 8, "model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}]},
    {"kind": "plain", "expected": 10, "model": "gpt-4", "messages": [{"role": "user", "content": "Hi"}]},
]


@pytest.fixture
def packed(tmp_path):
    path = tmp_path / "cases.jsonl.xz"
    path.write_bytes(lzma.compress("\n".join(json.dumps(case) for case in CASES).encode()))
    return path


def test_packed_and_plain_files_read_alike(packed, tmp_path):
    plain = tmp_path / "cases.jsonl"
    plain.write_bytes(lzma.decompress(packed.read_bytes()))

    assert list(ledger.recorded(packed)) == list(ledger.recorded(plain)) == CASES


def test_it_prints_exact_and_mean_error_beside_the_cookbooks(packed, capsys):
    ledger.main(str(packed))

    (line,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("plain"))
    assert line.split() == ["plain", "1", "of", "2", "10.00%", "1", "of", "2", "10.00%"]


def test_the_request_it_times_has_twenty_tools():
    assert len(ledger.large_request("x")["tools"]) == ledger.TOOLS == 20
