"""Every default in one place, each readable from the environment as RECOLLECT_<NAME>."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from platformdirs import user_cache_path, user_data_path

from memory.errors import InvalidInput

PREFIX = "RECOLLECT_"
PASSPHRASE = PREFIX + "PASSPHRASE"
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", ""})


def _default_database() -> Path:
    return user_data_path("recollect", appauthor=False) / "recollect.db"


def _default_cache() -> Path:
    return user_cache_path("recollect", appauthor=False)


@dataclass(frozen=True, slots=True)
class Settings:
    database: Path = field(default_factory=_default_database)
    """The one file that holds everything."""
    key_file: Path | None = None
    """Keys of the audit; beside the database with the ending ``.keys`` when not set."""
    cache: Path = field(default_factory=_default_cache)
    """Where the embedding model is assembled; holds nothing of the person."""
    importance_threshold: float = 0.7
    """A turn above it (strictly) becomes a memory; 0 keeps every turn (article, section 4)."""
    hot_ttl_seconds: int = 3600
    """How long an interaction stays in the hot cache (article, section 4)."""
    buffer_tokens: int = 2000
    """Budget of the conversation buffer (article, section 2)."""
    memory_tokens: int = 1000
    """Budget of everything recalled into a context, beside the buffer."""
    token_model: str = "gpt-4o"
    """The model whose encoding counts tokens."""
    undo_seconds: int = 600
    """How long something forgotten can be put back before it is erased to the bytes."""
    max_message_bytes: int = 32 * 1024
    max_memory_bytes: int = 4 * 1024
    strict: bool = False
    """What a person begins with: the article's regime, everything personal masked, and kept for 30
    to 365 days from storing, by its class."""
    words_per_second: int = 60
    """Pace at which the page shows the built-in answerer's words, so that Stop can stop them;
    0 shows them at once."""

    @property
    def keys(self) -> Path:
        return self.key_file or self.database.with_name(self.database.name + ".keys")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Raises InvalidInput naming the variable that cannot be read."""
        given: dict[str, Any] = {}
        for setting in fields(cls):
            name = PREFIX + setting.name.upper()
            if name in environ:
                given[setting.name] = _parse(name, environ[name], setting.type)
        return cls(**given)


def passphrase_from_env(environ: Mapping[str, str] = os.environ) -> str | None:
    """Of an encrypted file, for a computer where nobody types it. It is no setting: those are shown
    and logged, and this is handed on once and kept nowhere."""
    return environ.get(PASSPHRASE) or None


def _parse(name: str, text: str, kind: object) -> object:
    try:
        if kind is bool:
            return _parse_bool(text)
        if kind is int:
            return int(text)
        if kind is float:
            return float(text)
    except ValueError as error:
        wanted = "on or off" if kind is bool else "a number"
        raise InvalidInput(f"{name} is {text!r}. Set it to {wanted}, or remove it.") from error
    return text if kind is str else Path(text).expanduser()


def _parse_bool(text: str) -> bool:
    word = text.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ValueError(word)
