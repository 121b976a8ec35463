"""Commands in plain words: what a message asks to be done with memory is done before any model is
asked, and said by Recollect itself.

Forgetting is what the Inspector's Forget does: out of recall at once, erased to the bytes when undo
ends. The message that asks for it, and the answer that quotes what was forgotten, are kept as
tellings of it, so they go with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memory.flow import forget, hot, recall
from memory.flow.parts import Parts
from memory.flow.turn import Turn
from memory.records import Change, MemoryItem, Observation, Recalled, Source
from memory.rules import meant
from memory.rules.talk import wording
from memory.rules.talk.commands import Command, Wish, read_command
from memory.rules.talk.dates import LOCAL
from memory.rules.talk.fields import canonical_field

LEARNS_NOTHING = "It asks for something to be forgotten, so nothing is learnt from it."
NEAR = 8
"""Memories that are looked at for what was meant in other words."""
MAX_LISTED = 6
CLOSEST_SIMILARITY = 0.45
"""From here on a memory that shares no word is named as perhaps meant."""
ASKED_FOR = "You asked to have it forgotten."
PERHAPS = "It may be what you meant."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a wish to forget."""

    text: str
    sources: tuple[Source, ...] = ()
    """What the answer quotes."""


def read(this: Turn) -> Command | None:
    """As it may be stored, so that it can be compared with what is. What is given anew does nothing
    a second time."""
    again = this.request.asked_in is not None
    return None if again else read_command(this.studied.intake.reading.sentences)


def is_answered_from_memory(parts: Parts, this: Turn, command: Command | None) -> bool:
    """Whether Recollect itself answers, though a model is connected: what is to be remembered is
    acknowledged, and what is known of a thing is listed if there is any of it."""
    if command is None:
        return False
    if command.wish is Wish.REMEMBER:
        return True
    known = _recallable(parts, this) if command.wish is Wish.TELL_ABOUT else []
    return bool(meant.speaking_of(command.words, known))


def unlearnt(this: Turn) -> Turn:
    """A wish to forget is no statement, whatever it quotes."""
    studied = replace(
        this.studied, vector=None, drafts=(), profile=(), mentions=(), skipped=LEARNS_NOTHING
    )
    return replace(this, studied=studied)


def carry_out(parts: Parts, this: Turn, seen: Observation, command: Command, off: str) -> Outcome:
    """Forget what is meant if that is clear; otherwise say what it might be.

    ``off``: why memory is not used here, in words.
    """
    if this.recalls_for is None:
        return Outcome(f"I haven't forgotten anything. {off} {wording.HOW_TO_FORGET}")
    found, perhaps = _meant(parts, this, command)
    # of a field, what held before goes too: it would be the latest again
    field = found if command.wish is Wish.FORGET_FIELD and found else None
    groups = [field] if field else meant.together(found)
    if len(groups) == 1:
        chosen = meant.smallest(groups[0])
        whole = _stands_in_a_turn(parts, chosen)
        gone = forget.change(parts, [item.id for item in chosen], Change.FORGET)
        texts = list(dict.fromkeys(item.text for item in gone))
        text = wording.forgotten(texts, parts.settings.undo_seconds, with_its_turn=whole)
        outcome = Outcome(text, _sources(gone, ASKED_FOR))
    else:
        closest = [group[0] for group in groups or meant.together(perhaps)][:MAX_LISTED]
        now = this.studied.said_at.astimezone(LOCAL)
        lines = [wording.quoted_when(item, now) for item in closest]
        text = wording.nothing_forgotten(lines, several=len(groups) > 1)
        outcome = Outcome(text, _sources(closest, PERHAPS))
    _keep_with_it(parts, this.recalls_for, seen, outcome, this.studied.said_at)
    return outcome


def _meant(parts: Parts, this: Turn, command: Command) -> tuple[list[MemoryItem], list[MemoryItem]]:
    """What is surely meant, and what may be."""
    items = _recallable(parts, this)
    if command.wish is Wish.FORGET_LAST:
        return _last_of(items, this.request.conversation), []
    if command.wish is Wish.FORGET_FIELD:
        return _stating(parts, this, command.words)
    near = _near(parts, this, command.words)
    perhaps = [e.item for e in near if e.shares_words or e.similarity >= CLOSEST_SIMILARITY]
    if command.wish is Wish.FORGET_ABOUT:
        return meant.speaking_of(command.words, items), perhaps
    return meant.saying(command.words, items, near), perhaps


def _stating(parts: Parts, this: Turn, field: str) -> tuple[list[MemoryItem], list[MemoryItem]]:
    """All memories that ever stated a field of the profile, the latest first: surely meant unless
    one of them states another field, too."""
    if this.recalls_for is None:
        return [], []
    stated = parts.store.profile.stated(this.recalls_for, this.studied.said_at)
    fields: dict[int, set[str]] = {}
    for each in (each.field for each in stated):
        if each.source_memory_id is not None and each.source_memory_id not in this.without:
            fields.setdefault(each.source_memory_id, set()).add(canonical_field(each.field))
    ids = [ident for ident, of in fields.items() if field in of]
    found = {item.id: item for item in parts.store.memories.many(ids) if item.in_use}
    items = [found[ident] for ident in ids if ident in found]
    return ([], items) if any(fields[item.id] != {field} for item in items) else (items, [])


def _recallable(parts: Parts, this: Turn) -> list[MemoryItem]:
    if this.recalls_for is None:
        return []
    items = parts.store.memories.recallable(this.recalls_for, this.studied.said_at)
    return [item for item in items if item.id not in this.without]


def _near(parts: Parts, this: Turn, words: str) -> Sequence[Recalled]:
    assert this.recalls_for is not None
    vector = parts.embedder.question(words)
    found = recall.search(
        parts,
        this.recalls_for,
        words,
        vector,
        limit=NEAR,
        now=this.studied.said_at,
        without=this.without,
    )
    return found[:NEAR]


def _last_of(items: Sequence[MemoryItem], conversation: str) -> list[MemoryItem]:
    """All that the person's last message of the conversation left in memory. Newest come first."""
    own = [item for item in items if item.conversation_id == conversation and item.speaker is None]
    return [item for item in own if item.source_message_id == own[0].source_message_id]


def _stands_in_a_turn(parts: Parts, items: Sequence[MemoryItem]) -> bool:
    """Whether a message that says more is forgotten with them."""
    others = (each for item in items for each in parts.store.statements.overlapping(item.id))
    return any(each.in_use and each not in items for each in others)


def _sources(items: Sequence[MemoryItem], reason: str) -> tuple[Source, ...]:
    return tuple(Source(item, 0.0, 0.0, {}, reason) for item in items)


def _keep_with_it(
    parts: Parts, person_id: int, seen: Observation, outcome: Outcome, now: datetime
) -> None:
    """The message that asked tells what is forgotten, too: it goes with it, and is not hot."""
    if seen.message_id is None:
        return
    with parts.store.transaction():
        hot.drop(parts, person_id, seen.message_id)
        recall.use(parts, outcome.sources, message_id=seen.message_id, now=now, counts=False)
