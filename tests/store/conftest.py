"""An open store with one person and a few ways to fill it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from memory.records import PERSONALIZATION, Classification, ClassReason, DataClass, Importance, Kind
from memory.store import Store
from memory.store.memories import NewMemory
from tests.fakes import DIMENSION, NOON, vector_of

Remember = Callable[..., int]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "private" / "recollect.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store(path)
    opened.vectors.use_model("fake", DIMENSION)
    yield opened
    opened.close()


@pytest.fixture
def person(store: Store) -> int:
    """Who agreed to personalization."""
    found = store.people.find_or_add("me", NOON)
    store.consents.grant(found, PERSONALIZATION, "2026-11", NOON)
    return found


@pytest.fixture
def remember(store: Store, person: int) -> Remember:
    """Adds a memory with its vector; returns its id."""

    def add(text: str, *, person_id: int = person, **fields: object) -> int:
        new = NewMemory(
            kind=Kind.FACT,
            text=text,
            classification=Classification(DataClass.INTERNAL, ClassReason.PLAIN),
            purpose=PERSONALIZATION,
            importance=Importance(0.8, {"given": 0.8}),
            pinned=False,
            created_at=NOON,
            said_at=NOON,
            expires_at=None,
        )
        with store.transaction():
            ident = store.memories.add(person_id, replace(new, **fields))
            store.vectors.add(ident, vector_of(text))
        return ident

    return add
