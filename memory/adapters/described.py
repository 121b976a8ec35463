"""What fastembed says of a model, and how its texts are embedded once it is here."""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from memory.adapters.embedder import BATCH, fastembed_model
from memory.errors import EmbedderMismatch, EmbedderUnavailable
from memory.protocols import Embedder, Vectors
from memory.records import EmbeddingOffer

HUB = "Hugging Face"
BESIDE = (
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "preprocessor_config.json",
)
"""What fastembed reads beside the weights, where a model has it."""
NEEDED = ("tokenizer.json",)
LATER = "Try again later, or choose another model."

# What models were trained to see before a question and before a text, by the beginning of their
# names; from their cards. fastembed adds none of it.
_SEARCH = "Represent this sentence for searching relevant passages: "
_INSTRUCT = "Instruct: Given a question, retrieve the passages that answer it\nQuery: "
PREFIXES = {
    "BAAI/bge-small-zh": ("为这个句子生成表示以用于检索相关文章：", ""),
    "BAAI/bge-": (_SEARCH, ""),
    "mixedbread-ai/mxbai-embed": (_SEARCH, ""),
    "snowflake/snowflake-arctic-embed": (_SEARCH, ""),
    "intfloat/multilingual-e5": ("query: ", "passage: "),
    "nomic-ai/nomic-embed": ("search_query: ", "search_document: "),
    "google/embeddinggemma": ("task: search result | query: ", "title: none | text: "),
    "Qwen/Qwen3-Embedding": (_INSTRUCT, ""),
    "Qdrant/stella-en": (_INSTRUCT, ""),
}
TASKS = frozenset({"jinaai/jina-embeddings-v3"})
"""Told apart by fastembed itself."""


@dataclass(frozen=True, slots=True)
class Described:
    """As fastembed describes it."""

    name: str
    dimension: int
    repository: str
    weights: str
    more: tuple[str, ...]
    """Files beside the weights that it cannot do without."""
    offer: EmbeddingOffer = field(repr=False)

    @property
    def wanted(self) -> frozenset[str]:
        return frozenset((*BESIDE, self.weights, *self.more))

    @property
    def needed(self) -> frozenset[str]:
        return frozenset((*NEEDED, self.weights, *self.more))


def described(given: dict[str, Any]) -> Described:
    description: str = given["description"]
    tokens = re.search(r"\b(\d{1,7}) input tokens", description)
    return Described(
        name=given["model"],
        dimension=given["dim"],
        repository=given["sources"]["hf"],
        weights=given["model_file"],
        more=tuple(given["additional_files"]),
        offer=EmbeddingOffer(
            name=given["model"],
            dimension=given["dim"],
            megabytes=round(given["size_in_GB"] * 1000),
            languages=_languages(description),
            licence=given["license"],
            source=HUB,
            tokens=int(tokens[1]) if tokens else None,
        ),
    )


def _languages(description: str) -> str:
    """As far as the description says: “English”, “Multilingual (~50 languages)”."""
    found = re.search(
        r"multi-?lingual(?: \([^)]*\))?|mixed [\w-]+-English|English|Chinese", description, re.I
    )
    if found is None:
        return ""
    words = found[0].removeprefix("mixed ").replace("-English", " and English")
    return words[:1].upper() + words[1:].replace("-lingual", "lingual")


class FastembedEmbedder:
    """Loads at the first text, from its folder alone. Raises EmbedderUnavailable."""

    def __init__(self, model: Described, folder: Path, name: str) -> None:
        self.name = name
        self.dimension = model.dimension
        self._model, self._folder = model, folder
        self._lock = threading.Lock()
        self._loaded: Any = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        _, before = _prefixes(self._model.name)
        return self._embed([before + text for text in texts], "passage_embed")

    def _embed(self, texts: Sequence[str], way: str) -> Vectors:
        import numpy as np

        rows = np.empty((len(texts), self.dimension), np.float32)
        if not texts:
            return rows
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        found = getattr(self.load(), way)([texts[index] for index in order], batch_size=BATCH)
        for index, vector in zip(order, found, strict=True):
            if vector.shape != (self.dimension,):
                raise EmbedderMismatch(
                    f"“{self._model.name}” makes {vector.shape[-1]} numbers of a text, and "
                    f"{self.dimension} were expected, so it is not used. {LATER}"
                )
            rows[index] = vector
        # some models leave that out; what is zero stays so, and is refused where it is stored
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        rows /= np.where(lengths > 0, lengths, 1)
        return rows

    def load(self) -> Any:
        with self._lock:
            if self._loaded is None:
                try:
                    self._loaded = fastembed_model(self._model.name, self._folder)
                except EmbedderUnavailable:
                    raise
                except Exception as error:  # onnxruntime and tokenizers raise their own, of no kin
                    raise EmbedderUnavailable(
                        f"The files of “{self._model.name}” cannot be loaded. Download it again, "
                        "or choose another model."
                    ) from error
            return self._loaded


class QuestionEmbedder(FastembedEmbedder):
    """Of a model that reads questions otherwise than what answers them."""

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        before, _ = _prefixes(self._model.name)
        return self._embed([before + text for text in texts], "query_embed")


def made(model: Described, folder: Path, name: str) -> Embedder:
    apart = model.name in TASKS or _prefixes(model.name) != ("", "")
    return (QuestionEmbedder if apart else FastembedEmbedder)(model, folder, name)


def _prefixes(name: str) -> tuple[str, str]:
    """Before a question, and before a text."""
    return next((both for start, both in PREFIXES.items() if name.startswith(start)), ("", ""))
