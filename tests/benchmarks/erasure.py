"""What an erasure to the bytes costs: ``uv run python -m tests.benchmarks.erasure``.

A life of made-up sentences, each with a word of its own, is put into a file of which every erasure
gets a fresh copy. Beside it stands the time of a plain DELETE of the same rows, which leaves their
text in the file. After each erasure the benchmark reads the file by itself and counts what is left
of the words, as they were typed and as the full-text index has them, and of the vectors.
One process, no models: the vectors are random directions.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from memory import Memory, Settings
from memory.records import (
    PERSONALIZATION,
    Classification,
    ClassReason,
    DataClass,
    ErasureReceipt,
    Importance,
    Kind,
    Role,
)
from memory.rules import technologies
from memory.store import Store
from memory.store.memories import NewMemory
from memory.store.messages import NewMessage
from memory.store.said import Saying
from memory.store.vectors import Vector
from tests.benchmarks.made_up import new_words, phrases, sentence
from tests.benchmarks.telling import result, smaller
from tests.fakes import DIMENSION, FakeEmbedder, FakeLanguage, FixedClock
from tests.flow.on_disk import content
from tests.flow.scan import found_in, pieces_of

SIZES = smaller((1_000, 20_000), (1_000,))
IN_CONVERSATION = 50
"""Turns of each conversation; one a minute, and each is answered."""
OF_HOBBY = 10
"""Each so many-th memory is kept for another purpose, without a message."""
HOBBY, ENTITY, ME = "hobby", "PostgreSQL", "me"
ANSWER = "Noted: I will remember what you said of it, and tell you when you ask me about that."
MAX_VECTORS = 500
"""Vectors looked for at most; words are looked for all."""
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    kind: str
    memories: int
    seconds: float
    plain_seconds: float
    receipt: ErasureReceipt
    looked_for: int
    left: int


Erase = Callable[[Memory], ErasureReceipt]


def kinds(memory: Memory) -> dict[str, Erase]:
    middle = memory.find(ME, offset=memory.stats().memories // 2, limit=1).items[0].id
    (entity,) = (one.id for one in memory.entities(ME) if one.name == ENTITY)
    return {
        "one memory": lambda m: m.erase(ME, memory=middle),
        "one conversation": lambda m: m.erase(ME, conversation="past 3"),
        "an entity": lambda m: m.erase(ME, entity=entity),
        "a purpose": lambda m: m.revoke(ME, HOBBY),
        "everything": lambda m: m.erase(ME),
    }


# -- a life ---------------------------------------------------------------------------------


def texts(count: int) -> Iterator[str]:
    """As many different ones; the word at the end is no other's, and no stemmer touches it."""
    words = new_words()
    parts = phrases(min(count, 10_000))
    for number in range(count):
        word = f"{next(words)}{next(words)}k".upper()
        yield f"{sentence(parts[number % len(parts)])} It was {word}."


def fill(database: Path, count: int) -> None:
    embedder = FakeEmbedder()
    chance = np.random.default_rng(1)
    store = Store(database)
    store.vectors.use_model(embedder.name, embedder.dimension)
    with store.transaction():
        person = store.people.find_or_add(ME, BEGIN)
        for number, text in enumerate(texts(count)):
            vector = chance.standard_normal(DIMENSION).astype(np.float32)
            _tell(store, person, number, text, vector / np.linalg.norm(vector))
    store.close()


def _tell(store: Store, person: int, number: int, text: str, vector: np.ndarray) -> None:
    at = BEGIN + timedelta(minutes=number)
    conversation = message = None
    if number % OF_HOBBY:
        conversation = store.conversations.open(person, f"past {number // IN_CONVERSATION}", at)
        said = NewMessage(Role.USER, text, at, at, DataClass.INTERNAL, expires_at=None)
        message = store.messages.add(person, conversation, said)
        answer = NewMessage(Role.ASSISTANT, ANSWER, at, at, DataClass.INTERNAL, expires_at=None)
        store.messages.add(person, conversation, answer)
    memory = store.memories.add(
        person,
        NewMemory(
            kind=Kind.EPISODE,
            text=text,
            classification=Classification(DataClass.INTERNAL, ClassReason.PLAIN),
            purpose=PERSONALIZATION if message else HOBBY,
            importance=Importance(0.8, {"given": 0.8}),
            pinned=False,
            created_at=at,
            said_at=at,
            expires_at=None,
            source_message_id=message,
            conversation_id=conversation,
        ),
    )
    store.vectors.add(memory, Vector("fake", vector))
    named = [match.mention for match in technologies.matches(text)]
    known = {name: ident for ident, (_, (name, *_)) in store.entities.names(person).items()}
    for mention in named:
        ident = known.get(mention.name) or store.entities.add(person, mention.type)
        store.entities.mention(ident, mention, Saying(person, at, message, memory))


def opened(database: Path) -> Memory:
    clock = FixedClock(BEGIN + timedelta(days=30))
    return Memory.open(
        Settings(database=database), clock=clock, embedder=FakeEmbedder(), language=FakeLanguage()
    )


# -- measuring ------------------------------------------------------------------------------


def rows_of(memory: Memory) -> dict[int, tuple[str, bytes]]:
    """Text and vector of each memory."""
    database = memory._store.database
    vectors = dict(database.rows("select rowid, embedding from memory_vectors"))
    return {
        ident: (text, bytes(vectors[ident]))
        for ident, text in database.rows("select id, text from memories")
    }


def traces(gone: Sequence[tuple[str, bytes]]) -> set[bytes]:
    """Words as they were typed, their ends as the index has them, and stretches of vectors."""
    words = [text.rstrip(".").rsplit(" ", 1)[1] for text, _ in gone]
    spread = gone[:: max(1, len(gone) // MAX_VECTORS)]
    return {
        *(word.encode() for word in words),
        *(word[len(word) // 2 :].lower().encode() for word in words),
        *(piece for _, vector in spread for piece in pieces_of(vector)),
    }


def plain_delete(database: Path, gone: Sequence[int]) -> float:
    """Seconds of an ordinary DELETE of the same memories and messages, in one transaction."""
    with opened(database) as memory:
        tables = memory._store.database
        ids = [(ident,) for ident in gone]
        start = time.perf_counter()
        with memory._store.transaction():
            tables.run_many(
                """
                insert into memory_text (memory_text, rowid, text)
                select 'delete', id, text from memories where id = ?
                """,
                ids,
            )
            tables.run_many("delete from memory_vectors where rowid = ?", ids)
            tables.run_many(
                """
                delete from messages
                where id = (select source_message_id from memories where id = ?)
                """,
                ids,
            )
            tables.run_many("delete from memories where id = ?", ids)
        return time.perf_counter() - start


def measure(filled: Path, folder: Path, kind: str) -> Line:
    first, second = (shutil.copytree(filled, folder / name) for name in ("erased", "deleted"))
    with opened(first / "life.db") as memory:
        before, erase = rows_of(memory), kinds(memory)[kind]
        start = time.perf_counter()
        receipt = erase(memory)
        seconds = time.perf_counter() - start
        after = set(rows_of(memory))
        gone = {ident: row for ident, row in before.items() if ident not in after}
        kept = [row for ident, row in before.items() if ident in after]
        looked_for = traces(list(gone.values())) - traces(kept)  # some ends are alike by chance
        left = found_in(content(memory.settings.database), looked_for)
    return Line(
        kind=kind,
        memories=len(gone),
        seconds=seconds,
        plain_seconds=plain_delete(second / "life.db", list(gone)),
        receipt=receipt,
        looked_for=len(looked_for),
        left=len(left),
    )


HEAD = (
    f"{'of':>7}  {'erased':17}{'memories':>9}{'seconds':>9}{'DELETE':>8}{'times':>7}"
    f"{'MB read':>9}{'strings':>9}  {'verified':9}{'looked for':>11}{'left':>6}"
)


def shown(size: int, line: Line) -> str:
    receipt = line.receipt
    return (
        f"{size:7,}  {line.kind:17}{line.memories:9,}{line.seconds:9.3f}{line.plain_seconds:8.3f}"
        f"{line.seconds / line.plain_seconds:7.1f}{receipt.bytes_searched / 1e6:9.1f}"
        f"{receipt.strings_searched:9}  {receipt.verified!s:9}{line.looked_for:11,}{line.left:6,}"
    )


def main() -> None:
    """Fails when anything was left, or an erasure was not verified."""
    print(HEAD)
    faults, left = False, 0
    seconds: dict[str, float] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            filled = Path(folder) / "filled"
            filled.mkdir()
            fill(filled / "life.db", size)
            with opened(filled / "life.db") as memory:
                for purpose in (PERSONALIZATION, HOBBY):
                    memory.grant(ME, purpose)
                names = list(kinds(memory))
            for name in names:
                place = Path(folder) / name
                place.mkdir()
                line = measure(filled, place, name)
                shutil.rmtree(place)
                faults |= bool(line.left) or not line.receipt.verified
                left += line.left
                seconds[name] = line.seconds
                print(shown(size, line), flush=True)
    told = ", ".join(f"{name} {took:.2f} s" for name, took in seconds.items())
    result(f"of {SIZES[-1]:,} memories: {told}; {left} traces left")
    sys.exit(faults)


if __name__ == "__main__":
    main()
