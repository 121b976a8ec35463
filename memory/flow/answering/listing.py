"""Memories listed because all of them were asked for: everything, or all that is known of a thing.

A list is shown, not put to use: it must not make every memory look needed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from memory.flow.answering.knowledge import Answer, Knowledge, Used
from memory.records import Days, MemoryItem
from memory.rules.meant import speaking_of
from memory.rules.talk.clauses import is_clause, is_instruction
from memory.rules.talk.dates import day, month, on_day, stretch
from memory.rules.talk.fields import canonical_field
from memory.rules.talk.markdown import inert
from memory.rules.talk.phrasing import as_sentence, capitalised, listed
from memory.rules.talk.questions import Turn, read_turn
from memory.rules.talk.wording import (
    HOW_TO_CORRECT,
    PERSON_FIRST,
    USED_THINGS,
    is_anothers,
    plain,
    profile_sentence,
    shortened,
)

# Beyond this many memories "What do you know about me?" names older ones by month and count.
MAX_LISTED = 60


def everything(knowledge: Knowledge, note: str) -> Answer:
    """The profile in words, then the memories by day; ``note`` follows the opening."""
    memories = knowledge.kept.all()
    if not memories and not knowledge.profile:
        invitation = note or "Tell me something, and ask again."
        return Answer(f"Nothing yet: you haven't told me anything I kept. {invitation}")
    opening = f"This is everything I remember about you. {note}".strip()
    sections = [opening, _profile_in_words(knowledge)]
    sections += in_order(memories, knowledge)
    sections.append(HOW_TO_CORRECT)
    sources = (field.source_memory_id for field in knowledge.profile)
    # of the older ones the answer tells only how many they are
    told = [item.id for item in memories[:MAX_LISTED]]
    ids = [*told, *(ident for ident in sources if ident is not None)]
    return listing(sections, ids, "It is part of everything you asked for.")


def said_of(thing: str, knowledge: Knowledge) -> Answer | None:
    """All that is known of a person, a project or a topic, by day; None when it is nothing."""
    said = speaking_of(thing, knowledge.kept.all())
    if not said:
        return None
    opening = f"This is what I know about {inert(thing)}."
    sections = [opening, *in_order(said, knowledge)]
    ids = [item.id for item in said[:MAX_LISTED]]
    return listing(sections, ids, f"It speaks of “{thing}”.")


def described(names: Iterable[str], knowledge: Knowledge) -> Iterator[str]:
    """A sentence for each field that is known; what is merely used shares one."""
    used: list[str] = []
    for name in names:
        values = [field.value for field in knowledge.fields(name)]
        if name in USED_THINGS:
            used += values
        elif values:
            yield profile_sentence(name, values)
    if used:
        yield profile_sentence("tool", used)


def listing(sections: Iterable[str], ids: Iterable[int], reason: str) -> Answer:
    """One answer of all sections; ``ids``: the memories that they name."""
    used = tuple(Used(ident, reason) for ident in dict.fromkeys(ids))
    return Answer("\n\n".join(filter(None, sections)), used, listed=True)


def _profile_in_words(knowledge: Knowledge) -> str:
    known = dict.fromkeys(canonical_field(field.field) for field in knowledge.profile)
    order = [*PERSON_FIRST, *(name for name in known if name not in PERSON_FIRST)]
    return " ".join(described([name for name in order if name in known], knowledge))


def in_order(memories: Sequence[MemoryItem], knowledge: Knowledge) -> Iterator[str]:
    """By day; of the older ones beyond ``MAX_LISTED``, only how many they are."""
    yield from by_day(memories[:MAX_LISTED], knowledge)
    yield from _by_month(memories[MAX_LISTED:], knowledge)


def by_day(
    memories: Sequence[MemoryItem],
    knowledge: Knowledge,
    told_days: Callable[[MemoryItem, Knowledge], Days] | None = None,
) -> Iterator[str]:
    """A section for each day, in order of appearance: that on which they were said, unless
    ``told_days`` has other days for them; then the day of saying stands behind, for words like
    “yesterday” are of that."""
    days: dict[str, list[str]] = {}
    said: set[str] = set()
    for item in memories:
        if plain(item.text) not in said:
            said.add(plain(item.text))
            own = day(item.said_at, knowledge.now)
            when = stretch(told_days(item, knowledge), knowledge.now) if told_days else own
            note = "" if when == own else f" (You said it {on_day(item.said_at, knowledge.now)}.)"
            days.setdefault(when, []).append(_line(item) + note)
    for when, lines in days.items():
        yield "\n".join([f"**{capitalised(when)}**", "", *(f"- {line}" for line in lines)])


def _by_month(older: Sequence[MemoryItem], knowledge: Knowledge) -> Iterator[str]:
    if older:
        months = Counter(month(item.said_at, knowledge.now) for item in older)
        counts = [f"{count} from {name}" for name, count in months.items()]
        yield f"And {len(older)} older ones: {listed(counts)}."


def _line(item: MemoryItem) -> str:
    text = " ".join(shortened(item.text).split())
    if item.speaker and is_anothers(item):
        return f"{inert(item.speaker)} said: “{inert(text)}”"
    first = read_turn([text])[0]
    if first.turn is Turn.REMEMBER:
        text = first.text
    if first.turn in (Turn.QUESTION, Turn.PROFILE, Turn.REQUEST):
        return f"You asked: “{inert(text)}”"
    if is_instruction(text):
        return f"You asked me: “{inert(text)}”"
    return inert(as_sentence(text)) if is_clause(text) else f"You said: “{inert(text)}”"
