"""A life cut short by SIGKILL at some moment, and what is wrong with the file it leaves behind.

The worker's acknowledged deeds are the books; the file is opened again and compared with them.
"""

import json
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from itertools import chain
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import apsw

from memory.engine import Memory
from memory.store import Store
from tests.fakes import NOON, FixedClock
from tests.flow.on_disk import left_of
from tests.flow.worker import Worker
from tests.flow.working import open_memory

WORD = re.compile(r"quokka\d+n\d+x")
"""What every text of a life holds once."""
AIMS = ("anything", "erasure", "answer")
"""What the kill is aimed at: any deed, one that erases, or an answer that streams."""
LONGEST_DELAY_SECONDS = 0.03
"""An erasure of a small file takes about 15 ms: some kills come before it, some in it."""
A_YEAR_ON = NOON + timedelta(days=300)
"""Later than any life, earlier than personal memories expire."""


@dataclass
class Books:
    """What the worker acknowledged until it was killed."""

    under_way: str = "nothing"
    deeds: int = 0
    kept: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    """Words of kept messages."""
    gone: set[str] = field(default_factory=set)
    answers: dict[int, str] = field(default_factory=dict)
    unverified: list[str] = field(default_factory=list)
    """Erasures whose receipt did not say verified."""
    maybe_added: set[str] = field(default_factory=set)
    maybe_removed: set[str] = field(default_factory=set)
    """Words of the deed under way: it may have happened or not."""

    def enter(self, line: dict[str, Any]) -> None:
        adds, removes = set(line.get("adds", ())), set(line.get("removes", ()))
        if "begin" in line:
            self.under_way = line["begin"]
            self.maybe_added, self.maybe_removed = adds, removes - self.gone
            return
        self.under_way, self.maybe_added, self.maybe_removed = "nothing", set(), set()
        self.deeds += 1
        self.kept = self.kept | adds - removes
        self.gone |= removes
        if line["done"] == "asked":
            self.said |= adds
        if "answer" in line:
            self.answers[line["answer"]] = line["text"]
        if not line.get("verified", True):
            self.unverified.append(line["done"])


@dataclass(frozen=True)
class Crash:
    books: Books
    begun: int
    """Erasures that the killed worker left unfinished in the journal."""
    faults: list[str]


def crash(database: Path, seed: int, aim: str) -> Crash:
    """One life, its end, and what is wrong afterwards. The same seed lives the same life; when
    exactly the kill comes is up to the machine."""
    books = live_and_die(database, seed, aim)
    begun = unfinished(database)
    memory = open_memory(database, FixedClock(A_YEAR_ON))
    try:
        faults = [*compare(memory, books, database)]
    finally:
        memory.close()
    return Crash(books, begun, [*faults, *strange_keys(database, books)])


def live_and_die(database: Path, seed: int, aim: str) -> Books:
    random = Random(f"{aim} {seed}")  # noqa: S311 - to live the same life again
    signs = {
        "anything": (lambda line: True, random.randint(5, 400)),
        "erasure": (lambda line: "begin" in line and "removes" in line, random.randint(1, 25)),
        "answer": (lambda line: line.get("begin") == "answer", random.randint(1, 40)),
    }
    is_sign, left = signs[aim]
    books = Books()
    with Worker(database) as worker:
        worker.open()
        worker.tell(live=seed)
        lines = worker.lines()
        for line in lines:
            books.enter(line)
            left -= is_sign(line)
            if not left:
                break
        worker.kill(random.uniform(0, LONGEST_DELAY_SECONDS))
        for line in lines:
            books.enter(line)
    return books


def unfinished(database: Path) -> int:
    """Erasures in the journal that are not done, read from a copy: opening the file mends it."""
    with TemporaryDirectory() as folder:
        for ending in ("", "-wal"):
            file = database.with_name(database.name + ending)
            if file.exists():
                shutil.copy(file, folder)
        connection = apsw.Connection(str(Path(folder) / database.name))
        [(found,)] = connection.execute(
            "select count(*) from erasure_journal where state != 'done'"
        ).fetchall()
        connection.close()
    return found


# -- what is wrong ----------------------------------------------------------------------------


def compare(memory: Memory, books: Books, database: Path) -> Iterator[str]:
    health = memory.check()
    yield from health.problems
    if not health.memories == health.vectors == health.full_text_rows:
        yield f"rows differ: {health}"
    if health.pending_erasures:
        yield f"{health.pending_erasures} erasures are still pending"
    if memory.verify_audit().state != "intact":
        yield f"the audit is {memory.verify_audit().state}"
    yield from (f"{name} was not verified" for name in books.unverified)
    yield from (f"{word} is still in the file" for word in left_of(sorted(books.gone), database))

    exported = _exported(memory)
    said = [m for place in exported.get("conversations", ()) for m in place["messages"]]
    in_memories = _words(_wordings(exported))
    in_messages = _words(m["text"] for m in said if m["role"] == "user")
    yield from _lost(books, in_memories, in_messages)
    yield from _half_done(books, in_memories, database)
    yield from _lost_answers(books, said)


def _lost(books: Books, in_memories: Counter[str], in_messages: Counter[str]) -> Iterator[str]:
    for word in books.kept - books.gone - books.maybe_removed:
        if in_memories[word] != 1:
            yield f"{word} is in {in_memories[word]} memories"
        if word in books.said and in_messages[word] != 1:
            yield f"{word} is in {in_messages[word]} messages"


def _half_done(books: Books, in_memories: Counter[str], database: Path) -> Iterator[str]:
    """The deed under way happened as a whole or not at all."""
    for word in books.maybe_added:
        if in_memories[word] > 1:
            yield f"{word} was added twice"
    there = {word for word in books.maybe_removed if in_memories[word]}
    if there and there != books.maybe_removed:
        yield f"{books.under_way} is half done: {sorted(there)} are left"
    if not there and (left := left_of(sorted(books.maybe_removed), database)):
        yield f"{books.under_way} left {left} in the file"


def _lost_answers(books: Books, said: list[dict[str, Any]]) -> Iterator[str]:
    """Word for word, unless it or what it told has been erased."""
    found = {message["id"]: message for message in said}
    for ident, text in books.answers.items():
        if not WORD.findall(text) or set(WORD.findall(text)) & (books.gone | books.maybe_removed):
            continue
        if ident not in found:
            yield f"the answer {ident} is not there"
        elif found[ident]["text"] != text:
            yield f"the answer {ident} is another: {found[ident]['text']!r}"


def strange_keys(database: Path, books: Books) -> Iterator[str]:
    """Keys of people who are not there. One whose consent was being stored may have a key
    already: it is written before the row, and serves them when they come again."""
    store = Store(database)
    people = {f"person:{ident}" for ident, _ in store.people.all()}
    store.close()
    keys = json.loads(database.with_name(database.name + ".keys").read_text()).keys()
    if books.under_way != "grant":
        strange = keys - people - {"chain", "head"}
        yield from (f"the key of {name} is still there" for name in strange)


def _exported(memory: Memory) -> dict[str, Any]:
    with zipfile.ZipFile(BytesIO(memory.export("me"))) as archive:
        return json.loads(archive.read("recollect.json"))


def _wordings(exported: dict[str, Any]) -> Iterator[str]:
    for item in exported.get("memories", ()):
        yield item["text"]
        yield from (revision["text"] for revision in item["revisions"])


def _words(texts: Iterable[str]) -> Counter[str]:
    return Counter(chain.from_iterable(map(WORD.findall, texts)))
