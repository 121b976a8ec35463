"""Another process at work on the same file: ``python -m tests.flow.working PATH``.

It opens a memory with fakes and does what its standard input tells it, one JSON object a line;
it answers with one JSON line each, at once. ``{"open": ...}`` comes first. ``calls`` are calls of
the door, done by as many threads as it says; ``live`` is a life of its own out of a seed, in which
every deed is announced before it begins and acknowledged when the door has returned.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, is_dataclass
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any

from memory.engine import Memory
from memory.flow.reply import Reply
from memory.records import PERSONALIZATION
from memory.settings import Settings
from tests.fakes import FakeEmbedder, FakeLanguage, FixedClock

CONVERSATIONS = ("work", "home", "travel")
UNDO_IS_OVER_MINUTES = 11
PIECES_BEFORE_STOP = 3


def open_memory(database: Path, clock: FixedClock) -> Memory:
    return Memory.open(
        Settings(database=database), clock=clock, embedder=FakeEmbedder(), language=FakeLanguage()
    )


def tell(line: object) -> None:
    print(json.dumps(line, default=str), flush=True)  # noqa: T201 - its answer


# -- calls of the door ----------------------------------------------------------------------


def do_call(memory: Memory, name: str, given: Sequence[Any], named: Mapping[str, Any]) -> object:
    """What the call returned, or its error as “StoreUnavailable: …”."""
    try:
        result = getattr(memory, name)(*given, **named)
        if isinstance(result, Reply):
            return {"text": result.read(), "message_id": result.message_id}
    except Exception as error:  # noqa: BLE001 - the other process decides what it means
        return f"{type(error).__name__}: {error}"
    return asdict(result) if is_dataclass(result) else result


def do_calls(memory: Memory, calls: Sequence[Sequence[Any]], threads: int = 1) -> list[object]:
    """What each returned, in their order."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda call: do_call(memory, *call), calls))


# -- a life of its own ----------------------------------------------------------------------


class Life:
    """One person's random deeds. Every text holds a word that is nowhere else.

    It keeps books of its own: what an erasure must take is worked out here, not asked for.
    """

    def __init__(self, memory: Memory, clock: FixedClock, seed: int) -> None:
        self._memory = memory
        self._clock = clock
        self._random = Random(seed)  # noqa: S311 - to live the same life again
        self._words = (f"quokka{seed}n{number}x" for number in count())
        self._texts: dict[int, list[str]] = {}
        """Words of each memory, those of its earlier wordings too."""
        self._places: dict[int, str] = {}
        """The conversation of each memory that was said in one."""
        self._said: dict[str, list[str]] = {}
        """Words of each conversation."""
        self._forgotten: set[int] = set()

    def deeds(self) -> Iterator[None]:
        """For ever: one at a time. Memories are few at first, so nothing else can be done."""
        common: list[Callable[[], None]] = [self._say, self._stop, self._remember]
        with_memories = [*common, self._edit, self._pin, self._forget, self._erase_memory]
        rare = [self._restore, self._expire, self._erase_conversation]
        last = [self._erase_everything, self._revoke]
        self._grant()
        while True:
            if len(self._texts) < 3:
                choices = common
            else:
                lot = self._random.random()
                choices = last if lot < 0.02 else rare if lot < 0.25 else with_memories
            self._random.choice(choices)()
            self._clock.advance(seconds=1)
            yield

    def _grant(self) -> None:
        tell({"begin": "grant"})
        self._memory.grant("me", PERSONALIZATION)
        tell({"done": "grant"})

    # -- telling ------------------------------------------------------------------------

    def _say(self) -> None:
        self._chat(stops=False)

    def _stop(self) -> None:
        self._chat(stops=True)

    def _chat(self, *, stops: bool) -> None:
        word, place = next(self._words), self._random.choice(CONVERSATIONS)
        tell({"begin": "chat", "adds": [word]})
        reply = self._memory.respond("me", _sentence(word), conversation_id=place)
        (item,) = reply.observation.stored
        self._texts[item.id] = [word]
        self._places[item.id] = place
        self._said.setdefault(place, []).append(word)
        tell({"done": "asked", "adds": [word], "message": reply.observation.message_id})
        tell({"begin": "answer"})
        for _ in islice(reply, PIECES_BEFORE_STOP if stops else None):
            pass
        reply.close()
        tell({"done": "answer", "answer": reply.message_id, "text": reply.text})

    def _remember(self) -> None:
        word = next(self._words)
        tell({"begin": "remember", "adds": [word]})
        item = self._memory.remember("me", _sentence(word))
        self._texts[item.id] = [word]
        tell({"done": "remember", "adds": [word]})

    def _edit(self) -> None:
        ident, word = self._any_memory(), next(self._words)
        tell({"begin": "edit", "adds": [word]})
        self._memory.edit(ident, _sentence(word))
        self._texts[ident].append(word)
        tell({"done": "edit", "adds": [word]})

    # -- single memories ----------------------------------------------------------------

    def _pin(self) -> None:
        tell({"begin": "pin"})
        self._memory.pin(self._any_memory())
        tell({"done": "pin"})

    def _forget(self) -> None:
        ident = self._any_memory()
        tell({"begin": "forget"})
        self._memory.forget(ident)
        self._forgotten.add(ident)
        tell({"done": "forget"})

    def _restore(self) -> None:
        if self._forgotten:
            ident = self._random.choice(sorted(self._forgotten))
            tell({"begin": "restore"})
            self._memory.restore(ident)
            self._forgotten.discard(ident)
            tell({"done": "restore"})

    # -- erasing ------------------------------------------------------------------------

    def _expire(self) -> None:
        self._clock.advance(minutes=UNDO_IS_OVER_MINUTES)
        words = [word for ident in self._forgotten for word in self._texts[ident]]
        self._erasing("expire", words, self._memory.expire)
        self._drop(self._forgotten)

    def _erase_memory(self) -> None:
        ident = self._any_memory()
        self._erasing(
            "erase memory", self._texts[ident], lambda: self._memory.erase("me", memory=ident)
        )
        self._drop([ident])

    def _erase_conversation(self) -> None:
        if self._said:
            place = self._random.choice(sorted(self._said))
            there = [ident for ident, found in self._places.items() if found == place]
            words = [*self._said[place], *(w for ident in there for w in self._texts[ident])]
            self._erasing(
                "erase conversation", words, lambda: self._memory.erase("me", conversation=place)
            )
            self._drop(there)
            del self._said[place]

    def _erase_everything(self) -> None:
        self._all("erase everything", lambda: self._memory.erase("me"))

    def _revoke(self) -> None:
        self._all("revoke", lambda: self._memory.revoke("me", PERSONALIZATION))

    def _all(self, name: str, erase: Callable[[], Any]) -> None:
        words = [word for found in (*self._texts.values(), *self._said.values()) for word in found]
        self._erasing(name, words, erase)
        for books in (self._texts, self._places, self._said, self._forgotten):
            books.clear()
        self._grant()

    def _erasing(self, name: str, words: Sequence[str], erase: Callable[[], Any]) -> None:
        tell({"begin": name, "removes": words})
        receipt = erase()
        tell({"done": name, "removes": words, "verified": receipt.verified})

    # -- its books ----------------------------------------------------------------------

    def _any_memory(self) -> int:
        return self._random.choice(sorted(self._texts))

    def _drop(self, idents: Sequence[int] | set[int]) -> None:
        for ident in tuple(idents):
            del self._texts[ident]
            self._places.pop(ident, None)
            self._forgotten.discard(ident)


def _sentence(word: str) -> str:
    return f"I always prefer the {word} notebook over any other one."


# -- the program ----------------------------------------------------------------------------


def main() -> None:
    clock = FixedClock()
    database = Path(sys.argv[1])
    memory = None
    for line in sys.stdin:
        told = json.loads(line)
        match told:
            case {"open": _}:
                memory = open_memory(database, clock)
                tell("open")
            case {"calls": calls, "threads": threads}:
                tell(do_calls(memory, calls, threads))
            case {"half": text}:
                pieces = iter(memory.respond("me", text, conversation_id="half"))
                tell(next(pieces))
            case {"live": seed}:
                for _ in Life(memory, clock, seed).deeds():
                    pass
    if memory is not None:
        memory.close()


if __name__ == "__main__":
    main()
