"""A program of its own on the app's file, for ``together``: the door at random, out of a seed.

It tells what it has done as JSON lines, each after the door has returned, so that the books are
those of what was acknowledged. With others it shares one person, of whom it changes and erases only
what it told itself; another person is its own, who is wiped and brought in again.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import count
from pathlib import Path

from memory import PERSONALIZATION, Memory, Settings
from memory.adapters.embedder import MiniLMEmbedder
from memory.errors import AppError, DatabaseBusy, NotFound, StalePlan
from tests.benchmarks.made_up import questions
from tests.fakes import FakeEmbedder, FakeLanguage
from tests.flow.promised import words_in

ME = "me"
MAY_HAPPEN: dict[str, type[AppError]] = {"restore": NotFound, "sweep": StalePlan}
"""Another program that closes erases what was forgotten; and a plan may be overtaken."""


def sentence(word: str) -> str:
    return f"I always prefer the {word} notebook over any other one."


def tell(**line: object) -> None:
    print(json.dumps(line), flush=True)


class Program:
    def __init__(self, memory: Memory, seed: int) -> None:
        self.memory = memory
        self.chance = random.Random(seed)  # noqa: S311 - the same deeds again
        self.words = (f"quark{seed}{number:05}x" for number in count())
        self.asked = questions(seed)
        self.place = f"program {seed}"
        self.own = f"owner {seed}"
        self.texts: dict[int, list[str]] = {}
        """Words of each memory that it told, those of earlier wordings too."""
        self.forgotten: set[int] = set()
        self.kept: set[str] = set()
        """Words of the person who is its own."""
        self.gone: set[str] = set()

    # -- telling ----------------------------------------------------------------------------

    def observe(self) -> dict[str, object]:
        word = next(self.words)
        seen = self.memory.observe(ME, "user", sentence(word), conversation_id=self.place)
        self.texts[seen.stored[0].id] = [word]
        return {"adds": [word]}

    def respond(self) -> dict[str, object]:
        word = next(self.words)
        reply = self.memory.respond(ME, sentence(word), conversation_id=self.place)
        reply.read()
        self.texts[reply.observation.stored[0].id] = [word]
        return {"adds": [word]}

    def remember(self) -> dict[str, object]:
        word = next(self.words)
        self.texts[self.memory.remember(ME, sentence(word)).id] = [word]
        return {"adds": [word]}

    def edit(self) -> dict[str, object]:
        ident, word = self.one(), next(self.words)
        self.memory.edit(ident, sentence(word))
        self.texts[ident].append(word)
        return {"adds": [word]}

    # -- asking -----------------------------------------------------------------------------

    def recall(self) -> dict[str, object]:
        found = self.memory.recall(ME, next(self.asked), limit=20)
        back = words_in(*(each.item.text for each in found)) & self.gone
        return {"fault": f"{sorted(back)} were erased, and recalled"} if back else {}

    def look_around(self) -> dict[str, object]:
        self.memory.items(ME)
        self.memory.entities(ME)
        self.memory.profile(ME)
        self.memory.retention(ME)
        self.memory.conversations(ME)
        return {}

    def verify(self) -> dict[str, object]:
        state = self.memory.verify_audit().state
        return {} if state == "intact" else {"fault": f"the audit is {state}"}

    # -- changing and erasing ---------------------------------------------------------------

    def one(self, *, forgotten: bool = False) -> int:
        return self.chance.choice(sorted(set(self.texts) - self.forgotten or self.forgotten))

    def pin(self) -> dict[str, object]:
        self.memory.pin(self.one())
        return {}

    def forget(self) -> dict[str, object]:
        ident = self.one()
        self.memory.forget(ident)
        self.forgotten.add(ident)
        return {"removes": self.texts[ident]}

    def restore(self) -> dict[str, object]:
        if not self.forgotten:
            return {}
        ident = self.chance.choice(sorted(self.forgotten))
        self.forgotten.discard(ident)
        words = self.texts.pop(ident)
        self.memory.restore(ident)
        self.texts[ident] = words
        return {"adds": words}

    def erase(self) -> dict[str, object]:
        ident = self.one()
        receipt = self.memory.erase(ME, memory=ident)
        words = self.texts.pop(ident)
        self.forgotten.discard(ident)
        self.gone |= set(words)
        return {"removes": words, "pending": not receipt.verified}

    def expire(self) -> dict[str, object]:
        self.memory.expire()
        return {}

    def sweep(self) -> dict[str, object]:
        self.memory.sweep(self.memory.plan_sweep(ME))
        return {}

    # -- taking along -----------------------------------------------------------------------

    def export(self) -> dict[str, object]:
        self.memory.export(ME)
        return {}

    def backup(self) -> dict[str, object]:
        self.memory.backup(BytesIO())
        return {}

    def wipe_and_bring_in(self) -> dict[str, object]:
        """The person who is its own: told something, taken along, erased, and brought in."""
        word = next(self.words)
        self.memory.grant(self.own, PERSONALIZATION)
        self.memory.remember(self.own, sentence(word))
        self.kept.add(word)
        data = self.memory.export(self.own)
        self.memory.erase(self.own)
        self.memory.import_archive(self.own, data)
        there = words_in(*(item.text for item in self.memory.items(self.own)))
        lost = self.kept - there
        return {"adds": [word]} | ({"fault": f"{sorted(lost)} did not come back"} if lost else {})

    # -- all of it --------------------------------------------------------------------------

    def deeds(self) -> Iterator[Callable[[], dict[str, object]]]:
        """For ever; what adds comes about as often as what takes away."""
        adding = [self.observe, self.respond, self.remember]
        usual = [*adding, *adding, self.edit, self.pin, self.forget, self.erase, self.recall]
        rare = [
            *(self.look_around, self.verify, self.restore, self.expire, self.sweep),
            *(self.export, self.backup, self.wipe_and_bring_in),
        ]
        while True:
            if len(self.texts) - len(self.forgotten) < 3:
                yield self.chance.choice(adding)
            else:
                yield self.chance.choice(rare if self.chance.random() < 0.25 else usual)


def do(deed: Callable[[], dict[str, object]]) -> None:
    """An error that may not happen is a fault."""
    name = deed.__name__
    try:
        tell(did=name, **deed())
    except DatabaseBusy:
        tell(busy=name)
    except AppError as error:
        if not isinstance(error, MAY_HAPPEN.get(name, ())):
            tell(did=name, fault=f"{name}: {type(error).__name__}: {error}")
        else:
            tell(overtaken=name)


def main() -> None:
    database, seed, seconds = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    settings = Settings(database=database)
    embedder = FakeEmbedder(name=MiniLMEmbedder(settings.cache).name)
    with Memory.open(settings, embedder=embedder, language=FakeLanguage()) as memory:
        memory.grant(ME, PERSONALIZATION)
        end = time.monotonic() + seconds
        for deed in Program(memory, seed).deeds():
            if time.monotonic() > end:
                break
            do(deed)
