"""Token counts with tiktoken, from the encodings that litellm ships, with no network.

tiktoken downloads an encoding at its first use unless its cache holds the file; one that is not
the right one it deletes, and downloads. litellm's folder has two of them under the right names,
and is found without importing litellm (5 s). They are checked before tiktoken sees them.
"""

import hashlib
import importlib.util
import os
import threading
from pathlib import Path
from typing import Any

from memory.errors import TokenizerUnavailable

# encoding -> its file in tiktoken's cache, SHA-256
SHIPPED = {
    "o200k_base": (
        "fb374d419588a4632f3f557e76b4b70aebbca790",
        "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    ),
    "cl100k_base": (
        "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
        "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    ),
}
NEWEST = "o200k_base"
CACHE_VARIABLE = "TIKTOKEN_CACHE_DIR"


class TiktokenCounter:
    """Counts for the model of that name; one whose encoding is not shipped counts as o200k_base,
    which today's models are near to."""

    def __init__(self, model: str, folder: Path | None = None) -> None:
        """``folder`` holds the encodings; litellm's when it is not given."""
        self._model = model
        self._folder = folder
        self._lock = threading.Lock()
        self._encoding: Any = None

    def count(self, text: str) -> int:
        """Raises TokenizerUnavailable."""
        return len(self.load().encode(text, disallowed_special=()))

    def load(self) -> Any:
        with self._lock:
            if self._encoding is None:
                try:
                    self._encoding = _encoding(self._model, self._folder or _litellm_folder())
                except (ImportError, OSError) as error:
                    raise TokenizerUnavailable(
                        "Tokens cannot be counted: tiktoken, or the encoding that comes with "
                        "litellm, is missing or damaged. Run `uv sync --reinstall` in the project "
                        "folder, then start again."
                    ) from error
            return self._encoding


def _encoding(model: str, folder: Path) -> Any:
    import tiktoken

    try:
        name = tiktoken.encoding_name_for_model(model)
    except KeyError:
        name = NEWEST
    name = name if name in SHIPPED else NEWEST
    _check(folder, *SHIPPED[name])
    before = os.environ.get(CACHE_VARIABLE)
    os.environ[CACHE_VARIABLE] = str(folder)
    try:
        return tiktoken.get_encoding(name)
    finally:
        if before is None:
            del os.environ[CACHE_VARIABLE]
        else:
            os.environ[CACHE_VARIABLE] = before


def _check(folder: Path, file: str, digest: str) -> None:
    if hashlib.sha256((folder / file).read_bytes()).hexdigest() != digest:
        raise OSError(f"{folder / file} is not the encoding it should be")


def _litellm_folder() -> Path:
    spec = importlib.util.find_spec("litellm")
    if spec is None or spec.origin is None:
        raise ImportError("litellm is not installed")
    return Path(spec.origin).parent / "litellm_core_utils" / "tokenizers"
