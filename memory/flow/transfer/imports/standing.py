"""How what is brought in stands to what is here: what is here stays as it is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from memory.flow.derive import NEWER
from memory.flow.transfer.imports.here import Here
from memory.flow.transfer.imports.matching import Pairs
from memory.records import Doubt, Standing, Status
from memory.records.archive import ArchivedFact, ArchivedMemory
from memory.records.transfer import Clash, Conflict
from memory.rules import change
from memory.rules.document import has_several

IN_USE = (Status.ACTIVE, Status.ARCHIVED)


@dataclass(frozen=True, slots=True)
class Clashes:
    """Of memories that are brought in, by their ids, with memories that are here."""

    rivals: Mapping[int, int] = field(default_factory=dict)
    ended_by: Mapping[int, ArchivedMemory] = field(default_factory=dict)
    """They held until this was said here."""
    conflicts: Sequence[Conflict] = ()


def of_statements(memories: Sequence[ArchivedMemory], here: Here, pairs: Pairs) -> Clashes:
    """What states something else of the same than is stated here. Said earlier than that, it is
    what held before; said later, or at odds with it, it waits for the person to decide."""
    known, fields = _by_topic(here, pairs), _by_field(here, pairs)
    rivals: dict[int, int] = {}
    ended_by: dict[int, ArchivedMemory] = {}
    conflicts = []
    for each in memories:
        if (held := _at_odds(each, fields)) is not None:
            rivals[each.id] = held.id
            conflicts.append(Conflict(Clash.STATEMENT, held.text, each.text, goes_to_inbox=True))
        for other in known[_topic(each)] if _holds(each) else ():
            match _stands(each, other):
                case None:
                    continue
                case True:
                    ended_by[each.id] = other
                case False:
                    rivals[each.id] = other.id
                    conflicts.append(
                        Conflict(Clash.STATEMENT, other.text, each.text, goes_to_inbox=True)
                    )
    return Clashes(rivals, ended_by, conflicts)


def doubted(memory: ArchivedMemory, clashes: Clashes) -> ArchivedMemory:
    if memory.id not in clashes.rivals:
        return memory
    return replace(memory, doubt=memory.doubt or Doubt.CONTRADICTION)


def topic_of(memory: ArchivedMemory) -> str:
    """As it stands in its column."""
    return change.topic(memory.statement) if memory.statement else ""


def _by_topic(here: Here, pairs: Pairs) -> defaultdict[str | None, list[ArchivedMemory]]:
    """What holds here, but for what the archive tells of itself."""
    same = {each.id for each in pairs.memories.values()}
    found: defaultdict[str | None, list[ArchivedMemory]] = defaultdict(list)
    for each in here.memories:
        if each.id not in same and _holds(each):
            found[_topic(each)].append(each)
    found.pop(None, None)
    return found


def _by_field(here: Here, pairs: Pairs) -> dict[str, tuple[ArchivedFact, ArchivedMemory]]:
    """What is said last of each field that has one value at a time."""
    same = {each.id for each in pairs.memories.values()}
    found: dict[str, tuple[ArchivedFact, ArchivedMemory]] = {}
    for each in here.memories:
        for fact in each.profile if each.id not in same and _is_in_use(each) else ():
            if not has_several(fact.field) and (
                fact.field not in found or found[fact.field][0].since < fact.since
            ):
                found[fact.field] = fact, each
    return found


def _at_odds(
    memory: ArchivedMemory, fields: Mapping[str, tuple[ArchivedFact, ArchivedMemory]]
) -> ArchivedMemory | None:
    """What says otherwise of the profile than a memory that states nothing by itself: a sentence
    of several things, of which each would take its place there."""
    if memory.statement is not None or not _is_in_use(memory):
        return None
    for fact in memory.profile:
        known, of = fields.get(fact.field, (fact, memory))
        if known.value.casefold() != fact.value.casefold() and known.since < fact.since:
            return of
    return None


def _is_in_use(memory: ArchivedMemory) -> bool:
    return memory.status in IN_USE and memory.valid_until is None


def _topic(memory: ArchivedMemory) -> str | None:
    return None if memory.statement is None else change.topic(memory.statement)


def _holds(memory: ArchivedMemory) -> bool:
    return _is_in_use(memory) and memory.statement is not None


def _stands(memory: ArchivedMemory, other: ArchivedMemory) -> bool | None:
    """Whether it only held before the other; None where both hold."""
    assert memory.statement is not None, "what does not state anything holds beside all"
    assert other.statement is not None, "so does the other"
    earlier = memory.said_at <= other.said_at
    if earlier:
        found = change.standing(memory.statement, other.statement)
    else:
        found = change.standing(other.statement, memory.statement)
    if found in NEWER:
        return earlier
    return False if found is Standing.CONTRADICTS else None


def differences(there: ArchivedMemory, here: ArchivedMemory, pairs: Pairs) -> Iterator[Conflict]:
    """Where the same memory is worded, or stands, otherwise."""
    if there.id in pairs.other_wording:
        yield Conflict(Clash.WORDING, here.text, there.text)
    elif _told(there) != _told(here):
        yield Conflict(
            Clash.STANDING, f"{_told(here)}: {here.text}", f"{_told(there)}: {there.text}"
        )


def _told(memory: ArchivedMemory) -> str:
    """What the person decides of it; what fades it, and uses, are no matter of dispute."""
    status = Status.ACTIVE if memory.status is Status.ARCHIVED else memory.status
    flags = [
        name for name, is_so in (("pinned", memory.pinned), ("paused", memory.paused)) if is_so
    ]
    return ", ".join([status, memory.data_class, *flags])
