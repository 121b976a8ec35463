"""No byte is left of what was erased, whatever was erased and however much stands around it.

A life is made once for each size and copied for each test. Every memory holds a word of its own,
written LARGE, so that its small form can only be the full-text index's; some were corrected, hold
a masked address, state a profile field and were answered by a model in other words. What stays
was written before, between and after what goes, and is found by words and by vectors.
"""

import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from memory.engine import Memory
from memory.protocols import Vectors
from memory.records import (
    PERSONALIZATION,
    SENSITIVE,
    DataClass,
    EntityType,
    ErasureReceipt,
    Mention,
)
from memory.settings import Settings
from tests.benchmarks.made_up import new_words
from tests.fakes import DIMENSION, WORD, FakeEmbedder, FakeLanguage, FakeModel, FixedClock
from tests.flow.on_disk import another_reader, content
from tests.flow.scan import BLOCK_BYTES, found_in, pieces_of

SIZES = (10, 1_000)
ME, OTHER = "mimsy-borogove", "bystander"
HOBBY = "hobby"
NAME = "Quillfeather"
FULL_NAME = "Prunella Quillfeather"
EMPLOYER = "Glimmerfeldt"
SAYINGS = {
    "stays": "I like {} on Mondays.",
    "talk": "I decided that {} is cheaper.",
    "named": NAME + " showed me {} at lunch.",
    "called": f"{FULL_NAME} works at {EMPLOYER} with {{}}.",
    HOBBY: "My collection holds {} since May.",
    "ill": "I was diagnosed with diabetes, {} wrote.",
    "confided": "This is confidential: {} moves away.",
    "dropped": "I never want {} in the garden.",
}
QUESTIONS = {
    "talk": "What was cheaper?",
    "named": "Who was at lunch?",
    HOBBY: "What is in the collection?",
    "ill": "What was diagnosed?",
    "confided": "Who moves away?",
    "dropped": "What about the garden?",
}
EXPECTED_FOUND = 0.85
"""Of what stands in the file: the rest lies across two pages of it."""


class DenseEmbedder(FakeEmbedder):
    """As the fake, but with every number of a vector telling: the sum of its words' directions."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.array([self._summed(text) for text in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def _summed(self, text: str) -> np.ndarray:
        words = WORD.findall(text.lower()) or [""]
        seeds = [int.from_bytes(word.encode()[:16], "little") for word in words]
        return sum(np.random.default_rng(seed).standard_normal(DIMENSION) for seed in seeds)


@dataclass
class Row:
    """One memory, and every trace it has in the file."""

    id: int
    person: str
    text: str
    words: list[str]
    labels: list[str] = field(default_factory=list)
    vectors: list[bytes] = field(default_factory=list)

    @property
    def texts(self) -> list[bytes]:
        """Its words as they were typed and as the index has them, and masks."""
        small = [word[len(word) // 2 :].lower() for word in self.words]
        return [text.encode() for text in (*self.words, *small, *self.labels)]

    @property
    def standing(self) -> list[bytes]:
        """What is in the file as long as it is: the vector of its last wording only."""
        return [*self.texts, *pieces_of(self.vectors[-1])]

    @property
    def traces(self) -> list[bytes]:
        """What must be nowhere when it is gone."""
        return [*self.texts, *(piece for vector in self.vectors for piece in pieces_of(vector))]


@dataclass
class Life:
    """What was told, by group, and what else names it."""

    folder: Path
    rows: dict[str, list[Row]]
    corrected: dict[str, Row]
    """Of each group, the memory that was asked for, told by a model and corrected."""
    titles: dict[str, str]
    others: list[Row]
    hashes: list[bytes] = field(default_factory=list)
    """The keyed hashes of what was masked; they go with the person."""


def opened(folder: Path, clock: FixedClock) -> Memory:
    settings = Settings(database=folder / "recollect.db", importance_threshold=0)
    called = [Mention(name, EntityType.PERSON) for name in (NAME, FULL_NAME)]
    language = FakeLanguage(known=(*called, Mention(EMPLOYER, EntityType.ORGANIZATION)))
    return Memory.open(settings, clock=clock, embedder=DenseEmbedder(), language=language)


class Teller:
    """Fills a life through the door."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        # "k" at the end: no stemmer touches such a word
        small = new_words()
        self._words = (f"{next(small)}{next(small)}k".upper() for _ in iter(int, 1))

    def word(self) -> str:
        return next(self._words)

    def tell(self, person: str, group: str) -> Row:
        word = self.word()
        text = SAYINGS[group].format(word)
        if group == HOBBY:
            item = self.memory.remember(person, text, purpose=HOBBY)
        else:
            seen = self.memory.observe(person, "user", text, conversation_id=f"wabe {group}")
            (item,) = seen.stored
        return Row(item.id, person, text, [word], vectors=[vector_of(text)])

    def correct(self, group: str, rows: Sequence[Row]) -> Row:
        """The memory that a model's answer was built on, in new words that hold an address."""
        told = self.word()
        model = FakeModel((f"It was {told}.",))
        reply = self.memory.respond(ME, QUESTIONS[group], conversation_id="later", model=model)
        reply.read()
        sources = {source.item.id for source in reply.sources}
        row = next(row for row in rows if row.id in sources)
        place = self.word()
        wording = f"{row.text[:-1]}, I live in {place} and have {place.lower()}@example.com."
        row.text = self.memory.edit(row.id, wording).text
        assert place.lower() not in row.text
        row.words += [told, place]
        row.labels.append(row.text[row.text.index("[EMAIL_") : row.text.index("]") + 1])
        row.vectors.append(vector_of(row.text))
        return row


def vector_of(text: str) -> bytes:
    return DenseEmbedder().embed([text])[0].tobytes()


def made(folder: Path, size: int) -> Life:
    with opened(folder, FixedClock()) as memory:
        for person in (ME, OTHER):
            for purpose in (PERSONALIZATION, SENSITIVE, HOBBY):
                memory.grant(person, purpose)
        teller = Teller(memory)
        groups = list(SAYINGS)
        rows: dict[str, list[Row]] = {group: [] for group in groups}
        others = [teller.tell(OTHER, "stays")]
        for number in range(size):
            group = groups[number % len(groups)]
            rows[group].append(teller.tell(ME, group))
            if number % 10 == 5:
                others.append(teller.tell(OTHER, HOBBY))
        corrected = {group: teller.correct(group, rows[group]) for group in QUESTIONS}
        rows["stays"].append(teller.tell(ME, "stays"))
        others.append(teller.tell(OTHER, "stays"))
        titles = {"talk": teller.word(), "named": teller.word()}
        for group, title in titles.items():
            memory.rename_conversation(ME, f"wabe {group}", f"Of {NAME} and {title}")
        memory.set_instructions(ME, f"Answer {teller.word()} in limericks.")
        hashes = memory._store.database.rows("select value_hmac from placeholders")
    return Life(folder, rows, corrected, titles, others, [bytes(row[0]) for row in hashes])


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Life]:
    return {size: made(tmp_path_factory.mktemp(f"life-{size}"), size) for size in SIZES}


@dataclass
class Copy:
    """A life that a test may change."""

    memory: Memory
    clock: FixedClock
    database: Path
    life: Life

    def ids(self, group: str) -> list[int]:
        return [row.id for row in self.life.rows[group]]

    def left(self, traces: Iterable[bytes]) -> set[bytes]:
        return found_in(content(self.database), traces)


@pytest.fixture
def copy(tmp_path: Path, lives: dict[int, Life], size: int) -> Iterator[Copy]:
    for file in lives[size].folder.iterdir():
        shutil.copy(file, tmp_path)
    clock = FixedClock()
    with opened(tmp_path, clock) as memory:
        yield Copy(memory, clock, memory.settings.database, lives[size])


# -- what is erased -------------------------------------------------------------------------


def _one(copy: Copy) -> ErasureReceipt:
    return copy.memory.erase(ME, memory=copy.life.corrected["named"].id)


def _entity(copy: Copy) -> ErasureReceipt:
    (entity,) = (one for one in copy.memory.entities(ME) if NAME in one.aliases)
    assert entity.name == FULL_NAME
    assert copy.memory.entity_graph(ME).relations
    return copy.memory.erase(ME, entity=entity.id)


def _expired(copy: Copy) -> ErasureReceipt:
    rules = copy.memory.privacy_rules(ME)
    confided = replace(rules.classes[DataClass.CONFIDENTIAL], days=1)
    classes = {**rules.classes, DataClass.CONFIDENTIAL: confided}
    copy.memory.set_privacy_rules(ME, replace(rules, classes=classes))
    copy.clock.advance(days=2)
    return copy.memory.expire()


def _forgotten(copy: Copy) -> ErasureReceipt:
    copy.memory.change(copy.ids("dropped"), "forget")
    copy.clock.advance(minutes=10)
    return copy.memory.expire()


@dataclass(frozen=True)
class Kind:
    """A way to erase, and the groups of which nothing is left then."""

    erase: Callable[[Copy], ErasureReceipt]
    groups: tuple[str, ...]
    one: bool = False
    """Only the corrected memory of the group."""

    def gone(self, life: Life) -> list[Row]:
        if self.one:
            return [life.corrected[group] for group in self.groups]
        return [row for group in self.groups for row in life.rows[group]]

    def stays(self, life: Life) -> list[Row]:
        gone = {row.id for row in self.gone(life)}
        mine = [row for rows in life.rows.values() for row in rows if row.id not in gone]
        return [*mine, *life.others]


ALL = tuple(SAYINGS)
KINDS = {
    "a memory": Kind(_one, ("named",), one=True),
    "a conversation": Kind(lambda c: c.memory.erase(ME, conversation="wabe talk"), ("talk",)),
    "an entity": Kind(_entity, ("named", "called")),
    "an own purpose": Kind(lambda c: c.memory.revoke(ME, HOBBY), (HOBBY,)),
    "sensitive": Kind(lambda c: c.memory.revoke(ME, SENSITIVE), ("ill",)),
    "personalization": Kind(
        lambda c: c.memory.revoke(ME, PERSONALIZATION), tuple(g for g in ALL if g != HOBBY)
    ),
    "expired": Kind(_expired, ("confided",)),
    "forgotten": Kind(_forgotten, ("dropped",)),
    "everything": Kind(lambda c: c.memory.erase(ME), ALL),
}


def traces_of(name: str, life: Life) -> list[bytes]:
    """All that must be nowhere after an erasure of this kind."""
    kind = KINDS[name]
    traces = [trace for row in kind.gone(life) for trace in row.traces]
    if not kind.one:
        traces += [life.titles[g].encode() for g in kind.groups if g in life.titles]
    if name == "an entity":
        traces += [NAME.encode(), NAME.lower()[:10].encode(), EMPLOYER.encode(), b"works at"]
    if name == "everything":
        traces += [ME.encode(), b"limericks", *life.hashes]
    return traces


def assert_there(copy: Copy, rows: Iterable[Row]) -> None:
    """Otherwise that nothing is left of them would prove nothing."""
    standing = {trace for row in rows for trace in row.standing}
    assert len(standing) > 20
    assert len(copy.left(standing)) >= EXPECTED_FOUND * len(standing)


def assert_kept(copy: Copy, rows: Sequence[Row]) -> None:
    """Each is in the file; the first, the last and some between are found in each way."""
    words = {row.words[0].encode() for row in rows}
    assert len(copy.left(words)) >= EXPECTED_FOUND * len(words)
    for row in [*rows[:: max(1, len(rows) // 5)], rows[-1]]:
        found = copy.memory.recall(row.person, row.words[0], mode="text", touch=False)
        assert [result.item.text for result in found] == [row.text]
        best = copy.memory.recall(row.person, row.text, mode="vector", touch=False)[0]
        assert (best.item.id, best.similarity) == (row.id, pytest.approx(1, abs=1e-5))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", KINDS)
def test_no_byte_is_left_of_what_was_erased(copy: Copy, name: str) -> None:
    """In the file, its log and its shared memory, open and closed; all else is whole."""
    kind, traces = KINDS[name], traces_of(name, copy.life)
    assert_there(copy, kind.gone(copy.life))

    receipt = kind.erase(copy)

    assert (receipt.verified, receipt.pending) == (True, "")
    assert receipt.places["memories"] >= len(kind.gone(copy.life))
    assert copy.left(traces) == set()
    assert_kept(copy, kind.stays(copy.life))
    health = copy.memory.check()
    assert (health.sound, health.pending_erasures) == (True, 0)
    copy.memory.close()
    closed = b"".join(path.read_bytes() for path in copy.database.parent.glob("recollect.db*"))
    assert found_in(closed, traces) == set()


@pytest.mark.parametrize("size", SIZES[:1])
@pytest.mark.parametrize("name", KINDS)
def test_what_another_reader_holds_is_pending_and_goes_with_it(copy: Copy, name: str) -> None:
    """The receipt does not claim what is not so; the next look at what is due finishes it."""
    kind, traces = KINDS[name], traces_of(name, copy.life)
    with another_reader(copy.database):
        receipt = kind.erase(copy)

        assert not receipt.verified
        assert "Another program is still reading" in receipt.pending
        assert copy.left(traces)
        assert copy.memory.check().pending_erasures == 1
        assert_kept(copy, kind.stays(copy.life))

    copy.memory.expire()

    assert copy.left(traces) == set()
    assert copy.memory.check().pending_erasures == 0
    assert_kept(copy, kind.stays(copy.life))


def test_scan_finds_each_needle_wherever_it_stands() -> None:
    """The other tests rest on it: at the start, at the end, at every offset, across blocks."""
    hay = random.Random(1).randbytes(BLOCK_BYTES + 100)  # noqa: S311  nothing secret
    places = [*range(20), *range(BLOCK_BYTES - 20, BLOCK_BYTES + 20), len(hay) - 12]
    needles = {hay[place : place + 12] for place in places} | {hay[-8:], hay[:300]}
    strange = {b"nowhere here", hay[:8] + b"not so"}
    assert found_in(hay, needles | strange) == needles
    assert found_in(b"", strange) == found_in(b"short", strange) == found_in(hay, ()) == set()
    with pytest.raises(ValueError, match="at least 8"):
        found_in(hay, {b"short"})
