"""Token counts, from encodings that are here already."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from memory.adapters.tokens import CACHE_VARIABLE, SHIPPED, TiktokenCounter


@pytest.mark.parametrize(
    ("model", "text", "tokens"),
    [
        ("gpt-3.5-turbo", "", 0),
        ("gpt-3.5-turbo", "You are a helpful coding assistant.", 7),
        ("gpt-3.5-turbo", "Help me debug this Python function", 6),
        ("gpt-4o", "You are a helpful coding assistant.", 7),
        ("gpt-4o", "人工智能", 2),
        ("gpt-3.5-turbo", "人工智能", 5),
    ],
)
def test_counts_are_those_of_the_models_encoding(model: str, text: str, tokens: int) -> None:
    """cl100k_base for the article's model, o200k_base for newer ones."""
    assert TiktokenCounter(model).count(text) == tokens


@pytest.mark.parametrize("model", ["some/unheard-of-model", "gpt2", ""])
def test_a_model_without_a_shipped_encoding_counts_as_today_s(model: str) -> None:
    """A good estimate beats a download."""
    text = "The quick brown fox jumps over the lazy 狐狸."

    assert TiktokenCounter(model).count(text) == TiktokenCounter("gpt-4o").count(text)


def test_special_tokens_are_counted_as_text() -> None:
    """Somebody may paste one; it is no error and has no power."""
    assert TiktokenCounter("gpt-4o").count("<|endoftext|>") > 1


@pytest.mark.parametrize("before", [None, "/somewhere/else"])
def test_the_environment_is_as_it_was(before: str | None) -> None:
    """Whoever else uses tiktoken keeps their own cache. A process of its own, as tiktoken
    remembers what it has read."""
    environ = {name: value for name, value in os.environ.items() if name != CACHE_VARIABLE}
    if before is not None:
        environ[CACHE_VARIABLE] = before
    code = (
        "import os\n"
        "from memory.adapters.tokens import TiktokenCounter\n"
        "from tests.outside import refuse_outside\n"
        "tried = []\n"
        "refuse_outside(tried.append)\n"
        "count = TiktokenCounter('gpt-4o').count('one two three')\n"
        f"print(count, tried, os.environ.get('{CACHE_VARIABLE}'))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environ
    )

    assert done.stdout.strip() == f"3 [] {before}"


@pytest.mark.parametrize("content", [None, b"", b"IQ== 0\n"])
def test_an_encoding_that_is_not_the_right_one_is_an_error_with_a_remedy(
    tmp_path: Path, content: bytes | None
) -> None:
    """tiktoken would delete it, and fetch another."""
    file, _ = SHIPPED["o200k_base"]
    if content is not None:
        (tmp_path / file).write_bytes(content)
    code = (
        "import pathlib, sys\n"
        "from memory.adapters.tokens import TiktokenCounter\n"
        "from memory.errors import TokenizerUnavailable\n"
        "from tests.outside import refuse_outside\n"
        "tried = []\n"
        "refuse_outside(tried.append)\n"
        "try: TiktokenCounter('gpt-4o', pathlib.Path(sys.argv[1])).count('one')\n"
        "except TokenizerUnavailable as error: print(tried, error)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], check=True, capture_output=True, text=True
    )

    assert done.stdout.startswith("[] Tokens cannot be counted")
    assert "uv sync --reinstall" in done.stdout
    assert {path.name for path in tmp_path.iterdir()} == ({file} if content is not None else set())
