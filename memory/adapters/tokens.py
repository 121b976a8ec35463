"""Token counts with tiktoken, from the encodings that litellm ships, with no network.

tiktoken downloads an encoding at its first use unless its cache holds the file. litellm's folder
has two of them under the right names, and is found without importing litellm (5 s).
"""

import importlib.util
import os
import threading
from pathlib import Path
from typing import Any

SHIPPED = ("o200k_base", "cl100k_base")
CACHE_VARIABLE = "TIKTOKEN_CACHE_DIR"


class TiktokenCounter:
    """Counts for the model of that name; one whose encoding is not shipped counts as o200k_base,
    which today's models are near to."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._lock = threading.Lock()
        self._encoding: Any = None

    def count(self, text: str) -> int:
        return len(self.load().encode(text, disallowed_special=()))

    def load(self) -> Any:
        with self._lock:
            if self._encoding is None:
                self._encoding = _shipped_encoding(self._model)
            return self._encoding


def _shipped_encoding(model: str) -> Any:
    import tiktoken

    try:
        name = tiktoken.encoding_name_for_model(model)
    except KeyError:
        name = SHIPPED[0]
    before = os.environ.get(CACHE_VARIABLE)
    os.environ[CACHE_VARIABLE] = str(_litellm_folder())
    try:
        return tiktoken.get_encoding(name if name in SHIPPED else SHIPPED[0])
    finally:
        if before is None:
            del os.environ[CACHE_VARIABLE]
        else:
            os.environ[CACHE_VARIABLE] = before


def _litellm_folder() -> Path:
    spec = importlib.util.find_spec("litellm")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "litellm_core_utils" / "tokenizers"
