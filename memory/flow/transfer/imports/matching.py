"""Which things of an archive are here already.

Ids are each file's own, so a thing is known again by what it is: its words, who said it and where,
when it was said and when it was stored. The numbers of placeholders are each file's own, too.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TypeVar

from memory.errors import ImportRejected
from memory.flow.transfer.imports.here import Here
from memory.records import MessageState
from memory.records.archive import (
    Archive,
    ArchivedConversation,
    ArchivedMemory,
    ArchivedMessage,
)
from memory.store.placeholders import NUMBERED

IMPORTED = "{name} (imported)"
IMPORTED_AGAIN = "{name} (imported {number})"
MOST_NAMES = 100
MOST_NUMBERS = 1_000_000
"""Of a label: who has met more people has more than one life."""

Thing = TypeVar("Thing", ArchivedMemory, ArchivedMessage)


@dataclass(slots=True)
class Pairs:
    """Things of an archive beside the same things of here."""

    memories: dict[int, ArchivedMemory] = field(default_factory=dict)
    """By the archive's id; so are the messages."""
    messages: dict[int, ArchivedMessage] = field(default_factory=dict)
    talks: dict[str, str] = field(default_factory=dict)
    """Names here by those of the archive."""
    other_wording: set[int] = field(default_factory=set)
    """Memories of the archive that stand here in another wording."""


def pair(archive: Archive, here: Here) -> Pairs:
    pairs, taken = Pairs(), set[str]()
    for talk in archive.conversations:
        taken.add(_pair_talk(talk, here, pairs, taken))
    _pair_memories(archive, here, pairs)
    return pairs


def unnumbered(text: str) -> str:
    return NUMBERED.sub(r"[\1]", text)


# -- conversations --------------------------------------------------------------------------


def _pair_talk(talk: ArchivedConversation, here: Here, pairs: Pairs, taken: Set[str]) -> str:
    """With the one of its name that says the same. Two that only have the name in common, as the
    first one of everybody has, stay two: the one brought in gets a name of its own.

    The name here. Raises ImportRejected.
    """
    found: list[tuple[int, str, dict[int, ArchivedMessage]]] = []
    for name in _names(talk.id):
        if name in taken:
            continue
        said = here.talks[name].messages if name in here.talks else ()
        same = _same_messages(talk.messages, said) if said else {}
        if same or not said or not talk.messages:
            found.append((len(same), name, same))
    if not found:
        raise ImportRejected(f"too many conversations have the name “{talk.id}”", "Rename some.")
    _, name, same = max(found, key=lambda each: each[0])
    pairs.talks[talk.id] = name
    pairs.messages |= same
    return name


def _names(name: str) -> Iterable[str]:
    yield name
    yield IMPORTED.format(name=name)
    for number in range(2, MOST_NAMES):
        yield IMPORTED_AGAIN.format(name=name, number=number)


def _same_messages(
    messages: Sequence[ArchivedMessage], said: Sequence[ArchivedMessage]
) -> dict[int, ArchivedMessage]:
    """One that was erased here is known by its place: it stays erased."""

    def worded(each: ArchivedMessage) -> Hashable:
        return unnumbered(each.text), each.state, each.speaker, *_place(each)

    same = _matched(messages, said, worded)
    known = {each.id for each in same.values()}
    erased = [each for each in said if each.state is MessageState.ERASED]
    rest = [each for each in messages if each.id not in same]
    return same | _matched(rest, [each for each in erased if each.id not in known], _place)


def _place(message: ArchivedMessage) -> tuple[Hashable, ...]:
    return message.role, message.said_at, message.created_at


# -- memories -------------------------------------------------------------------------------


def _pair_memories(archive: Archive, here: Here, pairs: Pairs) -> None:
    def name_of(talk: str | None) -> str | None:
        return None if talk is None else pairs.talks.get(talk)

    names = {each.id: name_of(each.conversation_id) for each in archive.memories}

    def there(each: ArchivedMemory) -> Hashable:
        return unnumbered(each.text), each.kind, *_moments(each, names[each.id])

    def of_here(each: ArchivedMemory) -> Hashable:
        return unnumbered(each.text), each.kind, *_moments(each, each.conversation_id)

    pairs.memories |= _matched(archive.memories, here.memories, there, of_here)
    known = {each.id for each in pairs.memories.values()}
    left: defaultdict[Hashable, list[ArchivedMemory]] = defaultdict(list)
    for other in here.memories:
        if other.id not in known:
            left[_moments(other, other.conversation_id)].append(other)
    for each in archive.memories:
        if each.id in pairs.memories:
            continue
        candidates = left[_moments(each, names[each.id])]
        found = next((other for other in candidates if _was_worded_so(each, other)), None)
        if found is not None:
            candidates.remove(found)
            pairs.memories[each.id] = found
            pairs.other_wording.add(each.id)


def _moments(memory: ArchivedMemory, talk: str | None) -> tuple[Hashable, ...]:
    return memory.said_at, memory.created_at, memory.speaker, talk


def _was_worded_so(one: ArchivedMemory, other: ArchivedMemory) -> bool:
    """One of them is worded as the other was before, or both were once worded alike."""
    return not _wordings(one).isdisjoint(_wordings(other))


def _wordings(memory: ArchivedMemory) -> set[str]:
    texts = (memory.text, *(each.text for each in memory.revisions))
    return {unnumbered(text) for text in texts}


def _matched(
    things: Iterable[Thing],
    others: Iterable[Thing],
    key: Callable[[Thing], Hashable],
    other_key: Callable[[Thing], Hashable] | None = None,
) -> dict[int, Thing]:
    """The same of here, by the archive's id; each of here once."""
    waiting: defaultdict[Hashable, list[Thing]] = defaultdict(list)
    for other in others:
        waiting[(other_key or key)(other)].append(other)
    found = {}
    for thing in things:
        if same := waiting[key(thing)]:
            found[thing.id] = same.pop(0)
    return found


# -- placeholders ---------------------------------------------------------------------------


def numbers_here(
    alike: Iterable[tuple[str, str]], used: Iterable[str], taken: Iterable[tuple[str, int]]
) -> Mapping[tuple[str, int], int]:
    """By label and number of the archive, the number here. ``alike``: texts of the archive beside
    the same texts of here; ``used``: those that are brought in; ``taken``: numbers of here.

    What is here tells which number it is; of the rest, each keeps its own if that is free, and not
    so large that after it there would soon be none.
    """
    numbers: dict[tuple[str, int], int] = {}
    for there, here in alike:
        old_ones, new_ones = _tokens(there), _tokens(here)
        if [label for label, _ in old_ones] == [label for label, _ in new_ones]:
            for old_one, (_, new) in zip(old_ones, new_ones, strict=True):
                numbers.setdefault(old_one, new)
    busy = {*taken, *((label, new) for (label, _), new in numbers.items())}
    highest: defaultdict[str, int] = defaultdict(int)
    for label, number in busy:
        highest[label] = max(highest[label], number)
    for text in used:
        for label, old in _tokens(text):
            if (label, old) in numbers:
                continue
            new = old
            if (label, new) in busy or new > MOST_NUMBERS:
                new = 1 + highest[label]
            numbers[label, old] = new
            busy.add((label, new))
            highest[label] = max(highest[label], new)
    return numbers


def _tokens(text: str) -> list[tuple[str, int]]:
    return [(label, int(number)) for label, number in NUMBERED.findall(text)]
