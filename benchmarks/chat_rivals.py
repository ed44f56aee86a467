"""Chainlit's and Gradio's chat, each from the package index in a virtual environment of its own; for benchmarks only.

Both say the same pieces at the same pace, in the way that their own documentation shows.
"""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import platformdirs

from tests.browser.served import free_port

PLACE = platformdirs.user_cache_path("chat-completions-playground", appauthor=False) / "benchmarks"

PACED = """
import asyncio, time

WORDS = "the sea is wide and the boat is small but nobody who looks at it would say so ".split()
COUNT, RATE = {count}, {rate}

async def paced():
    began = time.monotonic()
    for n in range(COUNT):
        ahead = began + n / RATE - time.monotonic()
        if ahead > 0:
            await asyncio.sleep(ahead)
        yield WORDS[n % len(WORDS)] + (".\\n\\n" if n % 60 == 59 else " ")
    yield "END"
"""

CHAINLIT = (
    PACED
    + """
import chainlit as cl

@cl.on_message
async def answer(message):
    said = cl.Message(content="")
    async for piece in paced():
        await said.stream_token(piece)
    await said.update()
"""
)

GRADIO = (
    PACED
    + """
import sys
import gradio as gr

async def answer(message, history):
    text = ""
    async for piece in paced():
        text += piece
        yield text

gr.ChatInterface(answer).launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True)
"""
)


@dataclass(frozen=True)
class Rival:
    """A chat of another project: how it is started, and where a text is typed."""

    package: str
    script: str
    command: tuple[str, ...]
    field: str
    ready: str
    """The selector of what is there when it can be used."""


RIVALS = (
    Rival("chainlit", CHAINLIT, ("-m", "chainlit", "run", "rival.py", "-h", "--port"), "#chat-input", "#chat-input"),
    Rival("gradio", GRADIO, ("rival.py",), "textarea", "textarea"),
)


def python_of(package: str) -> Path:
    """The interpreter of the package's own environment, which is made when there is none."""
    folder = PLACE / package
    names = (folder / "Scripts" / "python.exe", folder / "bin" / "python")
    done = folder / "installed"
    if not done.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = next(path for path in names if path.exists())
        subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)
        done.touch()
    return next(path for path in names if path.exists())


@contextmanager
def running(rival: Rival, count: int, rate: float) -> Iterator[str]:
    """Serve it, and answer its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    quiet = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "NO_PROXY": "127.0.0.1,localhost"}
    with TemporaryDirectory() as folder:
        Path(folder, "rival.py").write_text(
            rival.script.replace("{count}", str(count)).replace("{rate}", str(rate)), encoding="utf-8"
        )
        command = [str(python_of(rival.package)), *rival.command, str(port)]
        with subprocess.Popen(
            command, cwd=folder, env={**os.environ, **quiet}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                _wait(url, process)
                yield url
            finally:
                process.terminate()


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(1200):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(f"it ended with {process.returncode}") from None
            time.sleep(0.1)
    raise RuntimeError("it did not answer within two minutes")
