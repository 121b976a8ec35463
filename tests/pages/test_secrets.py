"""Keys in Streamlit's file of secrets: read before the memory is opened, told of when it cannot."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from memory import KeySource
from pages.parts.shared import literal, open_memory
from tests.pages.screen import Screen

KEY = "quokkamandel-key"
VARIABLE = "OPENAI_API_KEY"


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], Path]]:
    """As the only file of secrets."""
    monkeypatch.delenv(VARIABLE, raising=False)
    path = tmp_path / ".streamlit" / "secrets.toml"
    path.parent.mkdir()
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(path)])
    secrets_singleton._reset()

    def write_file(content: bytes) -> Path:
        path.write_bytes(content)
        return path

    yield write_file
    secrets_singleton._reset()
    config.set_option("secrets.files", before)
    os.environ.pop(VARIABLE, None)


def warnings(screen: Screen) -> list[str]:
    return [box.value for box in screen.test.warning]


def test_a_key_of_the_file_is_there_when_the_memory_is_opened(
    write: Callable[[bytes], Path],
) -> None:
    write(f'{VARIABLE} = "{KEY}"\n'.encode())

    screen = Screen().run()

    provider = next(each for each in open_memory().providers() if each.variable == VARIABLE)
    assert provider.key_from is KeySource.ENVIRONMENT
    assert warnings(screen) == []
    assert KEY not in screen.kept


def test_nothing_is_said_where_there_is_no_file(write: Callable[[bytes], Path]) -> None:
    assert warnings(Screen().run()) == []


@pytest.mark.parametrize(
    "content", [f"{VARIABLE} = {KEY}".encode(), b"\xff\xfe\x00"], ids=["no quotes", "no text"]
)
def test_a_file_that_cannot_be_read_is_told_of_without_what_is_in_it(
    write: Callable[[bytes], Path], content: bytes
) -> None:
    """The page is there all the same."""
    path = write(content)

    screen = Screen().run()

    (warning,) = warnings(screen)
    assert "cannot be read, so no key is taken from it" in warning
    assert literal(str(path)) in warning
    assert KEY not in screen.words
    assert "Tell me something worth remembering" in screen.words
