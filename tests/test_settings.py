"""Every default in one place, and each readable from the environment."""

from dataclasses import fields
from pathlib import Path

import pytest

from memory.errors import InvalidInput
from memory.settings import PREFIX, Settings


def test_defaults_are_the_article_s_where_it_names_one() -> None:
    """0.7, an hour, 2,000 tokens; undo for ten minutes."""
    settings = Settings()

    assert settings.importance_threshold == 0.7
    assert settings.hot_ttl_seconds == 3600
    assert settings.buffer_tokens == 2000
    assert settings.memory_tokens == 1000
    assert settings.undo_seconds == 600
    assert settings.strict is False
    assert settings.database.name == "recollect.db"


def test_an_empty_environment_gives_the_defaults() -> None:
    """And what is not ours in it is passed over."""
    assert Settings.from_env({}) == Settings()
    assert Settings.from_env({"HOME": "/home/maya", "RECOLLECTION": "1"}) == Settings()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("database", "/data/maya.db", Path("/data/maya.db")),
        ("database", "~/maya.db", Path.home() / "maya.db"),
        ("key_file", "/keys/maya", Path("/keys/maya")),
        ("cache", "models", Path("models")),
        ("importance_threshold", "0", 0.0),
        ("importance_threshold", "0.55", 0.55),
        ("hot_ttl_seconds", "60", 60),
        ("buffer_tokens", " 4000 ", 4000),
        ("token_model", "gpt-3.5-turbo", "gpt-3.5-turbo"),
        ("strict", "1", True),
        ("strict", " On ", True),
        ("strict", "true", True),
        ("strict", "YES", True),
        ("strict", "0", False),
        ("strict", "off", False),
        ("strict", "No", False),
        ("strict", "", False),
    ],
)
def test_a_variable_sets_its_setting_and_no_other(name: str, text: str, value: object) -> None:
    """RECOLLECT_ and the setting's name in capitals."""
    settings = Settings.from_env({PREFIX + name.upper(): text})

    assert getattr(settings, name) == value
    assert type(getattr(settings, name)) is type(value)
    for other in fields(Settings):
        if other.name != name:
            assert getattr(settings, other.name) == getattr(Settings(), other.name)


@pytest.mark.parametrize(
    ("variable", "text", "wanted"),
    [
        ("RECOLLECT_BUFFER_TOKENS", "many", "a number"),
        ("RECOLLECT_BUFFER_TOKENS", "2.5", "a number"),
        ("RECOLLECT_HOT_TTL_SECONDS", "", "a number"),
        ("RECOLLECT_IMPORTANCE_THRESHOLD", "high", "a number"),
        ("RECOLLECT_STRICT", "perhaps", "on or off"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_names_the_variable(
    variable: str, text: str, wanted: str
) -> None:
    """With its text and what to do; never a default in silence."""
    with pytest.raises(InvalidInput) as refused:
        Settings.from_env({variable: text})

    assert str(refused.value) == f"{variable} is {text!r}. Set it to {wanted}, or remove it."


def test_the_key_file_lies_beside_the_database_unless_it_is_set() -> None:
    """A backup takes both."""
    database = Path("/data/maya.db")

    assert Settings(database=database).keys == Path("/data/maya.db.keys")
    assert Settings(database=database, key_file=Path("/keys/k")).keys == Path("/keys/k")
