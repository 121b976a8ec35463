"""What is known, as lines for a model: the profile, memories, how things are done, and what was
just said in other conversations.

Each line has its date and its source: who said it, in which conversation where that has a title,
and what kind of memory it is.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from memory.flow import entity_lines, hot, intake, policies
from memory.flow.block import MADE_ROOM, NOT_RELEVANT, SUPERSEDED, Block, Line
from memory.flow.needed import Needed, bears
from memory.flow.parts import Parts
from memory.records import DataClass, Kind, MemoryItem, ProfileField, Recalled, Sentence
from memory.rules import policy, shares
from memory.rules.injection import is_instruction_to_a_model
from memory.rules.repeats import of_fields, telling
from memory.store.said import Within

LEAST_MEMORIES = 3
"""So many may go in whatever else is known (article, section 4: top_k = 3)."""
MOST_MEMORIES = 8
"""As many as are looked at of what is recalled. Of the turns that answer 383 questions about three
long conversations, the first 3 hold .72 in a context of 266 tokens, 5 hold .78 in 378, 8 hold .84
in 545, 10 hold .85 in 630 and 16 hold .86 in 657 (tests/benchmarks/context): from 8 on more tokens
bring hardly anything."""
RELEVANT_SIMILARITY = 0.2
"""A memory that shares no word with the question must at least be this near in meaning."""
LATEST = 8
"""Messages of other conversations: what one was busy with, not an hour of talk."""
_SINCE_CHANGED = " (since changed)"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be told of what is known, and by whose leave."""

    person_id: int
    conversation: str
    now: datetime
    recalled: Sequence[Recalled]
    """The best first, not yet judged for relevance."""
    needed: Needed
    without: Collection[int]
    """Ids of memories that nothing may come from."""
    untold: Collection[int | None]
    """Ids of messages likewise."""
    classes: Collection[DataClass]
    parsed: Sequence[Sentence] = ()
    """The message, with its grammar."""


@dataclass(slots=True)
class _Teller:
    """Puts lines together; looks up once what several of them need."""

    parts: Parts
    wanted: Wanted
    titles: dict[str, tuple[str, DataClass]] = field(default_factory=dict)
    """The person's own titles with their classes, by conversation."""

    def memory(self, result: Recalled, changed: Collection[int]) -> Line:
        item = result.item
        title, data_class = self._title(item.conversation_id)
        text = memory_line(item, title, changed=item.id in changed)
        tells = telling(item.speaker or "", item.text)
        return Line(text, policy.strictest([item.data_class, data_class]), tells, item.id)

    def _title(self, conversation: str | None) -> tuple[str, DataClass]:
        """Not one of a class that may not go in; an automatic one is a copy of a message."""
        if conversation is None:
            return "", DataClass.PUBLIC
        if conversation not in self.titles:
            self.titles[conversation] = self._own_title(conversation)
        return self.titles[conversation]

    def _own_title(self, conversation: str) -> tuple[str, DataClass]:
        store = self.parts.store.conversations
        row = store.find(self.wanted.person_id, conversation)
        own = store.titles(self.wanted.person_id).get(row or 0, "")
        data_class = intake.class_of(self.parts, own).data_class if own else DataClass.PUBLIC
        return (own, data_class) if data_class in self.wanted.classes else ("", DataClass.PUBLIC)


def fill(parts: Parts, block: Block, wanted: Wanted) -> list[Recalled]:
    """All sections, in the order of their shares; the memories that found room."""
    teller = _Teller(parts, wanted)
    _profile(parts, block, wanted)
    told = _memories(block, teller)
    _entities(parts, block, wanted)
    told += _know_how(block, teller)
    _elsewhere(parts, block, wanted)
    return told


def profile_line(field: ProfileField) -> str:
    return f"{field.field}: {field.value} (since {field.since:%Y-%m-%d})"


def memory_line(item: MemoryItem, title: str = "", *, changed: bool = False) -> str:
    """“On 2026-03-02, in “Login bug”, the person said (solution, worked): …”"""
    where = f", in “{title}”," if title else ""
    over = _SINCE_CHANGED if changed else ""
    who = item.speaker or "the person"
    return f"On {item.said_at:%Y-%m-%d}{where} {who} said ({_kind(item)}){over}: {item.text}"


def _kind(item: MemoryItem) -> str:
    worked = item.statement.worked if item.statement else None
    if item.kind is not Kind.SOLUTION or worked is None:
        return item.kind.value
    return f"{item.kind}, {'worked' if worked else 'did not work'}"


# -- the sections ---------------------------------------------------------------------------


def _profile(parts: Parts, block: Block, wanted: Wanted) -> None:
    """What the person said of themselves, with the class of the memory that says it."""
    fields = parts.store.profile.fields(wanted.person_id, wanted.now)
    sources = [field.source_memory_id for field in fields if field.source_memory_id is not None]
    items = {
        item.id: item
        for item in parts.store.memories.many(sources)
        if item.id not in wanted.without
    }
    of_source: dict[int, list[str]] = {}
    lines = []
    for known in fields:
        item = items.get(known.source_memory_id or 0)
        if item is not None:
            of_source.setdefault(item.source_message_id or -item.id, []).append(known.value)
            tells = telling(known.field, known.value)
            lines.append(Line(profile_line(known), item.data_class, tells, item.id))
    block.add(shares.PROFILE, block.keep_home(shares.PROFILE, lines, wanted.classes))
    # a memory that says no more than the fields that were taken from it is told already
    block.said += [of_fields(*values) for values in of_source.values()]


def relevant(recalled: Sequence[Recalled]) -> list[Recalled]:
    """Those that have to do with the question at all."""
    return [result for result in recalled if _is_relevant(result)]


def _is_relevant(result: Recalled) -> bool:
    return result.shares_words or result.similarity >= RELEVANT_SIMILARITY


def _memories(block: Block, teller: _Teller) -> list[Recalled]:
    """What is near to the question; what was said on the days it names goes first."""
    wanted, parts = teller.wanted, teller.parts
    looked_at = [
        each
        for each in _each_once([*wanted.needed.of_days, *wanted.recalled[:MOST_MEMORIES]])
        if each.item.kind not in wanted.needed.kinds
    ]
    outdated = parts.store.statements.outdated([result.item.id for result in looked_at], wanted.now)
    asked_days = {result.item.id for result in wanted.needed.of_days}
    chosen, others = [], []
    for result in looked_at:
        line = teller.memory(result, outdated)
        if result.item.id not in asked_days and not _is_relevant(result):
            block.leave_out(shares.MEMORIES, NOT_RELEVANT, line)
        elif result.item.id in outdated:
            others.append((result, line))
        else:
            chosen.append((result, line))
    # what has changed since is told only where little else is
    room = max(0, LEAST_MEMORIES - len(chosen))
    for _, line in others[room:]:
        block.leave_out(shares.MEMORIES, SUPERSEDED, line)
    return _told(block, shares.MEMORIES, [*chosen, *others[:room]], wanted.classes)


def _entities(parts: Parts, block: Block, wanted: Wanted) -> None:
    """What is known of the names in the message (article, section 3: entity memory)."""
    within = Within(
        wanted.person_id,
        wanted.now,
        tuple(wanted.classes),
        wanted.without,
        recalled=True,
        of_messages=False,
    )
    lines = []
    for each in entity_lines.lines(parts, within, wanted.parsed) if wanted.parsed else []:
        sources = parts.store.memories.many(each.memory_ids)
        data_class = policy.strictest([DataClass.PUBLIC, *(item.data_class for item in sources)])
        lines.append(Line(each.text, data_class, telling(each.text), also=each.memory_ids))
    block.add(shares.ENTITIES, lines)


def _know_how(block: Block, teller: _Teller) -> list[Recalled]:
    """What was looked for, and what of it was recalled anyway, if it bears on the message."""
    needed, recalled = teller.wanted.needed, teller.wanted.recalled[:MOST_MEMORIES]
    too = [each for each in recalled if each.item.kind in needed.kinds]
    found = _each_once([*needed.know_how, *too])
    lines = [(result, teller.memory(result, ())) for result in found]
    for result, line in lines:
        if not bears(result):
            block.leave_out(shares.KNOW_HOW, NOT_RELEVANT, line)
    bearing = [(result, line) for result, line in lines if bears(result)]
    return _told(block, shares.KNOW_HOW, bearing, teller.wanted.classes)


def _told(
    block: Block,
    section: str,
    lines: Sequence[tuple[Recalled, Line]],
    classes: Collection[DataClass],
) -> list[Recalled]:
    may_go = block.keep_home(section, [line for _, line in lines], classes)
    taken = block.add(section, may_go)
    results = {line.memory_id: result for result, line in lines}
    return [results[may_go[place].memory_id] for place in taken]


def _each_once(results: Sequence[Recalled]) -> list[Recalled]:
    found: dict[int, Recalled] = {}
    for result in results:
        found.setdefault(result.item.id, result)
    return list(found.values())


def _elsewhere(parts: Parts, block: Block, wanted: Wanted) -> None:
    """What was said in the last hour, the latest first."""
    rules = policies.of(parts, wanted.person_id).classes
    said = hot.said_elsewhere(
        parts,
        wanted.person_id,
        wanted.conversation,
        wanted.now,
        classes={each for each in DataClass if rules[each].recalled},
        untold=wanted.untold,
    )
    latest: list[Line] = []
    for message_id, each in reversed(said.items()):
        text = f"In another conversation, the person said: {each.text}"
        line = Line(text, each.data_class, frozenset(), message_ids=(message_id,))
        if not block.keep_home(shares.ELSEWHERE, [line], wanted.classes):
            continue
        if len(latest) == LATEST:
            block.leave_out(shares.ELSEWHERE, MADE_ROOM, line)
        elif not is_instruction_to_a_model(each.text):  # kept hot before it was known for one
            latest.append(replace(line, tells=telling(each.text)))
    block.add(shares.ELSEWHERE, latest)
