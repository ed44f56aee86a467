"""Tests of playground/encodings.py: known answers, and a cache that is damaged, missing, shared or not writable."""

import hashlib
import os
import re
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import tiktoken.load
import tiktoken.registry
import tiktoken_ext.openai_public

from playground import encodings
from playground.errors import EncodingUnavailable, TextTooLong, UnknownEncoding

ROOT = Path(__file__).parent.parent

# The course's sentences; counted with tiktoken 0.14.0. The course gives 23 and 47 for gpt-4 (cl100k_base).
ENGLISH = "It's easy to make something cool with LLMs, but very hard to make something production-ready with them."
KOREAN = "LLM을 사용해서 멋져 보이는 것을 만들기는 쉽지만, 프로덕션 수준으로 만들어 내기는 매우 어렵다."


@pytest.fixture
def cold(tmp_path, monkeypatch):
    """Give an empty cache folder to a process that has loaded no encoding and has no network."""

    def no_network(*arguments, **named):
        raise AssertionError("an encoding asked for the network")

    monkeypatch.setattr(encodings, "UNPACKED", tmp_path / "cache")
    monkeypatch.setattr(encodings, "_loaded", {})
    monkeypatch.setattr(tiktoken.registry, "ENCODINGS", {})
    monkeypatch.setattr(socket, "socket", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    monkeypatch.setattr(tiktoken.load, "read_file", no_network)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "set before the test")
    return tmp_path / "cache"


def cached(folder, name):
    return [folder / vocabulary.unpacked for vocabulary in encodings.VOCABULARIES[name]]


@pytest.mark.parametrize(
    ("name", "english", "korean", "chatgpt", "korean_chatgpt"),
    [
        ("gpt2", 23, 114, 3, 5),
        ("r50k_base", 23, 114, 3, 5),
        ("p50k_base", 23, 114, 3, 5),
        ("p50k_edit", 23, 114, 3, 5),
        ("cl100k_base", 23, 47, 3, 5),
        ("o200k_base", 22, 28, 2, 3),
        ("o200k_harmony", 22, 28, 2, 3),
    ],
)
def test_the_courses_texts_have_the_known_counts(name, english, korean, chatgpt, korean_chatgpt):
    texts = [ENGLISH, KOREAN, "ChatGPT", "챗GPT"]

    counts = [encodings.count(text, name) for text in texts]

    assert counts == [english, korean, chatgpt, korean_chatgpt]


@pytest.mark.parametrize("name", encodings.NAMES)
def test_every_encoding_loads_on_a_cold_start_without_a_network(name, cold):
    encoding = encodings.load(name)

    assert encoding.name == name
    assert encoding.encode(KOREAN, disallowed_special=()) != []
    assert all(file.is_file() for file in cached(cold, name))


def test_the_names_are_those_of_tiktoken():
    assert set(encodings.NAMES) == set(tiktoken_ext.openai_public.ENCODING_CONSTRUCTORS)


def test_every_file_that_tiktoken_would_ask_for_is_one_of_ours(monkeypatch):
    asked = []
    public = tiktoken_ext.openai_public
    monkeypatch.setattr(
        public, "load_tiktoken_bpe", lambda url, expected_hash: asked.append((url, expected_hash)) or {}
    )
    monkeypatch.setattr(
        public,
        "data_gym_to_mergeable_bpe_ranks",
        lambda vocab_bpe_file, encoder_json_file, vocab_bpe_hash, encoder_json_hash: asked.extend(
            [(vocab_bpe_file, vocab_bpe_hash), (encoder_json_file, encoder_json_hash)]
        ),
    )

    for name in encodings.NAMES:
        asked.clear()
        public.ENCODING_CONSTRUCTORS[name]()

        assert asked == [(vocabulary.url, vocabulary.sha256) for vocabulary in encodings.VOCABULARIES[name]]


def test_the_manifest_beside_the_files_says_what_the_code_says():
    manifest = (encodings.PACKED / "MANIFEST.md").read_text(encoding="utf-8")

    rows = re.findall(r"^\| (\S+\.xz) \| (.+?) \| (\w+) \| (\S+) \| (\w+) \|", manifest, flags=re.MULTILINE)

    assert {(packed, name, unpacked, url, sha256) for packed, names, unpacked, url, sha256 in rows
            for name in names.split(", ")} == {
        (vocabulary.packed, name, vocabulary.unpacked, vocabulary.url, vocabulary.sha256)
        for name, vocabularies in encodings.VOCABULARIES.items()
        for vocabulary in vocabularies
    }  # fmt: skip


@pytest.mark.parametrize("name", encodings.NAMES)
def test_ordinary_text_has_the_same_ids_in_the_encoding_that_stands_for_it(name):
    texts = [ENGLISH, KOREAN, "  \n\n\t x = {'a': [1, 22, 333]}  ", "👩‍👩‍👧 naïve <|endoftext|>", ""]

    own = [encodings.load(name).encode(text, disallowed_special=()) for text in texts]

    assert own == [encodings.load(encodings.ordinary(name)).encode(text, disallowed_special=()) for text in texts]
    assert encodings.ordinary(encodings.ordinary(name)) == encodings.ordinary(name)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("gpt-4", ("cl100k_base", False)),
        ("gpt-4-0613-simulated", ("cl100k_base", False)),
        ("text-davinci-003", ("p50k_base", False)),
        ("gpt-4o-mini", ("o200k_base", False)),
        ("gpt-oss-20b", ("o200k_harmony", False)),
        ("gpt-6-luna", ("o200k_base", True)),
        ("my own model", ("o200k_base", True)),
        ("", ("o200k_base", True)),
    ],
)
def test_a_model_has_its_encoding_or_an_assumed_one(model, expected):
    assert encodings.for_model(model) == expected


def test_counting_loads_only_the_encoding_that_stands_for_the_ordinary_text(cold):
    counts = [encodings.count("ChatGPT", name) for name in ("gpt2", "r50k_base")]

    assert counts == [3, 3]
    assert list(encodings._loaded) == ["r50k_base"]


def test_special_looking_text_is_counted_as_ordinary_text():
    assert encodings.count("a<|endoftext|>b", "o200k_base") == 9


def test_all_that_p50k_adds_to_r50k_are_runs_of_spaces():
    older, newer = encodings.ranks("r50k_base"), encodings.ranks("p50k_base")

    assert older.items() <= newer.items()
    assert sorted(newer.keys() - older.keys()) == [b" " * count for count in range(2, 26)]
    assert encodings.pattern("r50k_base") == encodings.pattern("p50k_base")


def test_an_unknown_name_is_refused_and_the_known_ones_are_named():
    with pytest.raises(UnknownEncoding, match=r"'o300k'.*cl100k_base, o200k_base"):
        encodings.load("o300k")


def test_blanks_that_tiktokens_pattern_gives_up_on_are_text_too_long():
    with pytest.raises(TextTooLong, match=r"o200k_base gives up: .*1,000,000 characters"):
        encodings.count(" " * 1_000_000, "o200k_base")


@pytest.mark.parametrize("damage", [b"", b"IQ== 0\r\n", None], ids=["empty", "other contents", "one bit"])
def test_a_corrupt_cache_file_is_rebuilt(damage, cold):
    [file] = cached(cold, "r50k_base")
    encodings.load("r50k_base")
    right = file.read_bytes()
    file.write_bytes(bytes([right[0] ^ 1]) + right[1:] if damage is None else damage)
    encodings._loaded.clear()
    tiktoken.registry.ENCODINGS.clear()

    encodings.load("r50k_base")

    assert file.read_bytes() == right
    assert sorted(cold.iterdir()) == [file]


def test_a_deleted_cache_file_is_rebuilt(cold):
    merges, ids = cached(cold, "gpt2")
    encodings.load("gpt2")
    ids.unlink()
    encodings._loaded.clear()
    tiktoken.registry.ENCODINGS.clear()

    encodings.load("gpt2")

    assert sorted(cold.iterdir()) == sorted([merges, ids])


def test_a_right_cache_file_is_used_as_it_is(cold, monkeypatch, tmp_path):
    [file] = cached(cold, "r50k_base")
    encodings.load("r50k_base")
    written = file.stat().st_mtime_ns
    encodings._loaded.clear()
    tiktoken.registry.ENCODINGS.clear()
    monkeypatch.setattr(encodings, "PACKED", tmp_path / "nothing ships")

    encodings.load("r50k_base")

    assert file.stat().st_mtime_ns == written


def test_an_encoding_is_loaded_once(cold, monkeypatch):
    first = encodings.load("r50k_base")
    monkeypatch.setattr(encodings, "UNPACKED", None)

    assert encodings.load("r50k_base") is first


def test_a_home_that_cant_be_written_falls_back_to_a_temporary_folder(cold, monkeypatch, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(encodings, "UNPACKED", tmp_path / "file" / "cache")

    encodings.load("r50k_base")

    folder = Path(os.environ["TIKTOKEN_CACHE_DIR"])
    assert folder == Path(encodings._temporary().name)
    assert all(file.is_file() for file in cached(folder, "r50k_base"))


def test_a_damaged_file_in_a_read_only_cache_falls_back_to_a_temporary_folder(cold, monkeypatch):
    [file] = cached(cold, "r50k_base")
    cold.mkdir()
    file.write_bytes(b"damaged")
    write = Path.write_bytes

    def refuse_in_the_cache(path, data):
        if path.parent == cold:
            raise PermissionError("read-only file system")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", refuse_in_the_cache)

    encodings.load("r50k_base")

    assert os.environ["TIKTOKEN_CACHE_DIR"] == encodings._temporary().name
    assert file.read_bytes() == b"damaged"


def test_a_relative_cache_folder_is_never_written(cold, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(encodings, "UNPACKED", Path("~", ".cache"))

    encodings.load("r50k_base")

    assert list(tmp_path.iterdir()) == []


def test_nowhere_to_write_is_an_error_that_names_the_folder(cold, monkeypatch, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(encodings, "UNPACKED", tmp_path / "file" / "cache")

    def no_temporary_folder():
        raise FileNotFoundError("no usable temporary directory found")

    monkeypatch.setattr(encodings, "_temporary", no_temporary_folder)

    with pytest.raises(EncodingUnavailable, match=re.escape(str(tmp_path / "file" / "cache"))):
        encodings.load("r50k_base")


@pytest.mark.parametrize("contents", [None, b"", b"not xz", "cut", "another file"])
def test_a_damaged_file_of_ours_is_an_error_that_says_which_and_what_to_do(contents, cold, monkeypatch, tmp_path):
    packed = (encodings.PACKED / "r50k_base.tiktoken.xz").read_bytes()
    other = (encodings.PACKED / "gpt2_vocab.bpe.xz").read_bytes()
    contents = {"cut": packed[:1000], "another file": other}.get(contents, contents)
    if contents is not None:
        (tmp_path / "r50k_base.tiktoken.xz").write_bytes(contents)
    monkeypatch.setattr(encodings, "PACKED", tmp_path)

    with pytest.raises(EncodingUnavailable) as caught:
        encodings.load("r50k_base")

    assert "Encoding r50k_base can't be read" in str(caught.value)
    assert str(tmp_path / "r50k_base.tiktoken.xz") in str(caught.value)
    assert "Restore it or install again." in str(caught.value)


def test_a_cache_folder_set_by_another_package_is_set_again_at_each_load(cold, monkeypatch):
    encodings.load("r50k_base")
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "somebody else's")

    encodings.load("p50k_base")

    assert os.environ["TIKTOKEN_CACHE_DIR"] == str(cold)


def test_many_threads_get_the_same_encoding(cold):
    with ThreadPoolExecutor(8) as threads:
        loaded = list(threads.map(encodings.load, ["r50k_base", "p50k_base"] * 8))

    assert {id(encoding) for encoding in loaded} == {id(loaded[0]), id(loaded[1])}


def test_two_processes_can_unpack_at_once(tmp_path):
    script = (
        "import socket, sys; socket.socket = socket.getaddrinfo = None\n"
        "from pathlib import Path; from playground import encodings\n"
        "encodings.UNPACKED = Path(sys.argv[1]); print(encodings.count('ChatGPT', 'o200k_base'))"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "cache")]

    processes = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    printed = [process.communicate(timeout=60)[0] for process in processes]

    assert printed == ["2\n", "2\n"]
    [file] = (tmp_path / "cache").iterdir()
    assert hashlib.sha256(file.read_bytes()).hexdigest() == encodings.VOCABULARIES["o200k_base"][0].sha256


def test_a_file_gets_its_name_only_when_it_is_whole(cold, monkeypatch):
    [file] = cached(cold, "r50k_base")
    written = []
    write = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", lambda path, data: written.append(path) or write(path, data))

    encodings.load("r50k_base")

    [beside] = written
    assert beside.parent == file.parent
    assert beside != file


def test_a_write_that_lost_the_race_to_another_process_is_no_failure(cold, monkeypatch):
    [file] = cached(cold, "r50k_base")
    replace = Path.replace

    def refuse_as_windows_does(path, target):
        replace(path, target)
        raise PermissionError("the file is open in another process")

    monkeypatch.setattr(Path, "replace", refuse_as_windows_does)

    encodings.load("r50k_base")

    assert os.environ["TIKTOKEN_CACHE_DIR"] == str(cold)
    assert list(cold.iterdir()) == [file]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="resident memory is read from /proc")
def test_all_encodings_loaded_take_at_most_450_megabytes():
    script = (
        "from pathlib import Path; from playground import encodings\n"
        "for name in encodings.NAMES: encodings.load(name).encode('a', disallowed_special=())\n"
        "import resource; print(int(Path('/proc/self/statm').read_text().split()[1]) * resource.getpagesize())"
    )

    printed = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    assert int(printed.stdout) <= 450_000_000


def test_the_notice_says_whose_the_vocabularies_are_and_holds_their_licence():
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    licence = (encodings.PACKED / "LICENSE").read_text(encoding="utf-8")

    sites = {vocabulary.url.rpartition("/")[0] for files in encodings.VOCABULARIES.values() for vocabulary in files}

    assert notice.endswith(licence)
    assert "Copyright (c) 2022 OpenAI, Shantanu Jain" in licence
    assert all(site + "/" in notice for site in sites)
