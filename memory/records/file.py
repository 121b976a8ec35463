"""The file as a whole: what stands in it, and whether it is sound."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stats:
    memories: int
    messages: int
    conversations: int
    entities: int
    hot_entries: int
    file_bytes: int
    embedding_model: str


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the file is sound, and what stands in it."""

    sound: bool
    problems: tuple[str, ...]
    """One sentence each; none when it is sound."""
    memories: int
    vectors: int
    full_text_rows: int
    pending_erasures: int
    """Begun and not finished: by another program just now, or at the next start."""
