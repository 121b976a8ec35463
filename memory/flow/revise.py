"""Changing what memories say: correcting one, merging several, and undoing both."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from memory.errors import ConsentRequired, InvalidInput, NotFound
from memory.flow import audit, derive, entities, following, forget, intake, long_term, policies
from memory.flow.parts import Parts
from memory.records import (
    SENSITIVE,
    Act,
    Classification,
    ClassReason,
    DataClass,
    Importance,
    Kind,
    MemoryItem,
    MergePlan,
    Preset,
    PrivacyRules,
    ProfileFact,
    Reading,
    Status,
)
from memory.rules import policy, told
from memory.rules.profile import of_statements
from memory.rules.query import attributed
from memory.store.memories import NewMemory
from memory.store.said import Saying
from memory.store.vectors import Vector


def edit(parts: Parts, item_id: int, text: str) -> MemoryItem:
    """A new wording; the old one is kept as a revision. What was derived from it follows."""
    return _reword(parts, item_id, text, undoing=False)


def revert(parts: Parts, item_id: int) -> MemoryItem:
    """Undo of the last ``edit``; a second time brings the edit back. Raises NotFound when there
    is no earlier wording."""
    parts.store.memories.get(item_id)
    earlier = parts.store.memories.revisions(item_id)
    if not earlier:
        raise NotFound("earlier wording of memory", item_id)
    return _reword(parts, item_id, earlier[0].text, undoing=True)


def _reword(parts: Parts, item_id: int, text: str, *, undoing: bool) -> MemoryItem:
    now = parts.clock()
    tables = parts.store
    item = tables.memories.get(item_id)
    forget.check_unmerged(item)
    person_id = tables.memories.person_of(item_id)
    given = intake.clean(text, parts.settings.max_memory_bytes, "memory")
    if item.expires_at is not None and item.expires_at <= now:
        raise NotFound("memory", item_id)  # over, though not swept yet
    taken = intake.take_in(parts, person_id, given, _class_that_stays(parts, item, given))
    if taken.text == item.text:
        return item
    if taken.refused:
        raise ConsentRequired(SENSITIVE)
    vector = parts.embedder.embed([attributed(taken.text, item.speaker)])[0]
    after = following.work_out(parts, person_id, item, taken)
    with tables.transaction():
        item = tables.memories.get(item_id)  # another edit, or an erasure, may have come between
        intake.check_rules(parts, person_id, taken)
        following.check_unchanged(parts, after)
        reworded = replace(item, data_class=taken.data_class, edited_at=now)
        tables.memories.edit(
            item,
            taken.text,
            taken.classification,
            expires_at=policy.expires_anew(reworded, taken.rules),
            now=now,
        )
        if undoing:
            tables.memories.drop_revision(item_id, taken.text)
        following.remove_gone(parts, item, after)
        derive.restate(parts, person_id, item, after.statement, now)
        for each in after.reworded:
            _reword_beside(parts, person_id, each, undoing=undoing, now=now)
        following.learn_new(parts, person_id, item, after, now)
        follow(parts, person_id, item, taken.reading, vector)
        for each in after.reworded:
            follow(parts, person_id, each.item, each.reading, each.vector)
        forget.cool(parts, item)
        classes = [taken.data_class]
        audit.event(
            parts, person_id, Act.EDIT, f"memory:{item_id}", now, {"memories": 1}, classes=classes
        )
        return tables.memories.get(item_id)


def _reword_beside(
    parts: Parts, person_id: int, new: following.Reworded, *, undoing: bool, now: datetime
) -> None:
    """What else holds the words that were corrected."""
    reworded = replace(new.item, data_class=new.classification.data_class, edited_at=now)
    due = policy.expires_anew(reworded, policies.of(parts, person_id))
    parts.store.memories.edit(new.item, new.text, new.classification, expires_at=due, now=now)
    if undoing:
        parts.store.memories.drop_revision(new.item.id, new.text)
    derive.restate(parts, person_id, new.item, new.statement, now)
    forget.cool(parts, new.item)


def _class_that_stays(parts: Parts, item: MemoryItem, text: str) -> DataClass | None:
    """The one the person chose; None: the new words decide.

    They do when they are sensitive and the old ones were not: nobody chose a class for those.
    """
    if item.class_reason is not ClassReason.CHOSEN:
        return None
    will_be, was = (intake.class_of(parts, each).data_class for each in (text, item.text))
    turns_sensitive = will_be is DataClass.SENSITIVE and was is not DataClass.SENSITIVE
    return None if turns_sensitive else item.data_class


def follow(
    parts: Parts, person_id: int, item: MemoryItem, reading: Reading, vector: Vector
) -> None:
    """What hangs on a memory's text, made anew from the new one. What it states must stand in the
    file already."""
    tables = parts.store
    about_themselves = item.speaker in (None, item.user_id)
    tables.vectors.remove([item.id])
    tables.vectors.add(item.id, vector)
    fields = _profile_of(parts, item, reading) if about_themselves else ()
    tables.profile.replace(person_id, item.id, fields, item.said_at)
    saying = Saying(person_id, item.said_at, item.source_message_id, item.id)
    entities.note_anew(parts, saying, reading.mentions, reading.relations)


def _profile_of(parts: Parts, item: MemoryItem, reading: Reading) -> tuple[ProfileFact, ...]:
    """A statement gives what it says; a turn, what none of its statements says."""
    if set_by_hand := derive.told_by_hand(item, parts.store.memories.get(item.id).text):
        return (told.fact(set_by_hand),)
    beside = [parts.store.memories.get(item.id), *parts.store.statements.overlapping(item.id)]
    stated = {each.id: each.statement for each in beside if each.statement is not None}
    fields = of_statements(list(stated.values()), reading.profile)
    given = dict(zip(stated, fields, strict=True))
    if item.id in given:
        return given[item.id]
    of_parts = {fact for each in given.values() for fact in each}
    return tuple(fact for fact in reading.profile if fact not in of_parts)


def classify(parts: Parts, item_id: int, data_class: str) -> MemoryItem:
    """The person's own choice of class; how long it is kept, and what for, follows from it.

    Raises ConsentRequired for *sensitive* without the consent to it.
    """
    now = parts.clock()
    chosen = intake.chosen(DataClass, data_class, "data class")
    person_id = parts.store.memories.person_of(item_id)
    if not intake.may_hold(parts, person_id, chosen):
        raise ConsentRequired(SENSITIVE, "changed")
    rules = policies.of(parts, person_id)
    with parts.store.transaction():
        item = parts.store.memories.get(item_id)
        forget.check_unmerged(item)
        for each in (item, *parts.store.memories.merged_from(item_id)):
            due = policy.expires_anew(replace(each, data_class=chosen), rules)
            by_choice = Classification(chosen, ClassReason.CHOSEN)
            parts.store.memories.classify(each.id, by_choice, due)
            _classify_messages(parts, each, chosen, rules)
        _classify_beside(parts, item, chosen, rules)
        forget.cool(parts, item)
        audit.event(parts, person_id, Act.CLASSIFY, f"memory:{item_id}", now, classes=[chosen])
        return parts.store.memories.get(item_id)


def _classify_beside(
    parts: Parts, item: MemoryItem, chosen: DataClass, rules: PrivacyRules
) -> None:
    """What holds the same words is of no laxer class."""
    for other in parts.store.statements.overlapping(item.id):
        strictest = policy.strictest([other.data_class, chosen])
        if strictest is not other.data_class:
            due = policy.expires_anew(replace(other, data_class=chosen), rules)
            by_choice = Classification(chosen, ClassReason.CHOSEN)
            parts.store.memories.classify(other.id, by_choice, due)


def _classify_messages(
    parts: Parts, item: MemoryItem, chosen: DataClass, rules: PrivacyRules
) -> None:
    """Where it was said is of its class; what repeats it, and a summary that tells of it, is of no
    laxer one."""
    with parts.store.selection.of([item.id], with_same_words=True):
        telling = parts.store.selection.message_ids()
    for message_id in telling:
        message = parts.store.messages.get(message_id)
        is_source = message_id == item.source_message_id
        found = chosen if is_source else policy.strictest([message.data_class, chosen])
        due = policy.expires_at(found, message.created_at, rules)
        parts.store.messages.set_class(message_id, found, due)
    for ident, (data_class, made_at) in parts.store.summaries.telling(telling).items():
        found = policy.strictest([data_class, chosen])
        due = policy.expires_at(found, made_at, rules)
        parts.store.summaries.set_class(ident, found, due)


# -- merging --------------------------------------------------------------------------------


def plan_merge(parts: Parts, item_ids: Sequence[int]) -> MergePlan:
    """What ``merge`` would make of them without a text of its own, however long that is."""
    items = [parts.store.memories.get(ident) for ident in dict.fromkeys(item_ids)]
    _check_mergeable(parts, items)
    text = joined(items)
    new = _merged(parts, items, intake.take_in(parts, None, text), parts.clock())
    return MergePlan(text, new.kind, new.classification.data_class, new.pinned, new.said_at)


def merge(parts: Parts, item_ids: Sequence[int], text: str | None) -> MemoryItem:
    """One memory in place of several; they wait, unused, until ``unmerge`` brings them back.

    ``text``: what it says; all their texts, one below the other, when not given. It is as
    important as the most important of them and as well used as the most used.

    Raises InvalidInput unless they are two or more, in use, of one person, purpose and speaker.
    """
    now = parts.clock()
    items = [parts.store.memories.get(ident) for ident in dict.fromkeys(item_ids)]
    _check_mergeable(parts, items)
    person_id = parts.store.memories.person_of(items[0].id)
    wanted = text if text is not None else joined(items)
    given = intake.clean(wanted, parts.settings.max_memory_bytes, "merged memory")
    taken = intake.take_in(parts, person_id, given)
    new = _merged(parts, items, taken, now)
    vector = parts.embedder.embed([attributed(new.text, new.speaker)])[0]
    about_themselves = new.speaker in (None, items[0].user_id)
    fields = taken.reading.profile if about_themselves else ()
    with parts.store.transaction():
        _check_unchanged(parts, items)
        intake.check_rules(parts, person_id, taken)
        found = taken.reading.mentions, taken.reading.relations
        made = long_term.write(parts, person_id, new, vector, fields, *found)
        for item in items:
            parts.store.memories.merge_into(item.id, made.id)
            forget.cool(parts, item)
        audit.event(parts, person_id, Act.MERGE, f"memory:{made.id}", now, {"memories": len(items)})
        return parts.store.memories.get(made.id)


def unmerge(parts: Parts, item_id: int) -> list[MemoryItem]:
    """Undo of ``merge``: its parts are in use again, kept as long as it would have been, and it is
    forgotten. Raises NotFound, and InvalidInput when it is forgotten already."""
    now = parts.clock()
    whole = parts.store.memories.get(item_id)
    if whole.status is not Status.ACTIVE:
        raise InvalidInput("This merge is forgotten. Put it back first, then undo it.")
    person_id = parts.store.memories.person_of(item_id)
    with parts.store.transaction():
        merged = parts.store.memories.merged_from(item_id)
        if not merged:
            raise NotFound("merged memory", item_id)
        release(parts, whole, merged)
        parts.store.memories.set_status(item_id, Status.FORGOTTEN, now)
        counts = {"memories": len(merged)}
        audit.event(parts, person_id, Act.UNMERGE, f"memory:{item_id}", now, counts)
        return parts.store.memories.many([item.id for item in merged])


def release(parts: Parts, whole: MemoryItem, merged: Sequence[MemoryItem]) -> None:
    """The parts of a merge as memories of their own. Their time did not run while they waited:
    what was used or made anew since keeps them, too; the article's preset counts from storing."""
    parts.store.memories.unmerge(whole.id)
    rules = policies.of(parts, parts.store.memories.person_of(whole.id))
    if rules.preset is Preset.ASSISTANT:
        used = whole.last_accessed_at or whole.created_at
        for part in merged:
            due = policy.expires_anew(replace(part, last_accessed_at=used), rules)
            parts.store.memories.set_expiry(part.id, due)


def joined(items: Sequence[MemoryItem]) -> str:
    """Their texts in the order they were said, each once."""
    ordered = sorted(items, key=lambda item: (item.said_at, item.id))
    return "\n".join(dict.fromkeys(item.text for item in ordered))


def _check_mergeable(parts: Parts, items: Sequence[MemoryItem]) -> None:
    if len(items) < 2:
        raise InvalidInput("A merge needs two memories at least. Choose another one.")
    now = parts.clock()
    if not all(
        item.in_use and (item.expires_at is None or item.expires_at > now) for item in items
    ):
        raise InvalidInput("Only memories in use can be merged. Put the others back first.")
    if not all(item.holds for item in items):
        raise InvalidInput("Of one of these something newer was said. Merge only what still holds.")
    if any(parts.store.memories.merged_from(item.id) for item in items):
        raise InvalidInput(
            "One of these was made by a merge. Undo that merge first, then merge all of them."
        )
    if len({(item.user_id, item.purpose, item.speaker) for item in items}) > 1:
        raise InvalidInput(
            "These memories were told by different people, or kept for different purposes. "
            "Merge only those that belong together."
        )


def _check_unchanged(parts: Parts, items: Sequence[MemoryItem]) -> None:
    """What was corrected or erased while the merge was worked out must not live on in it."""
    now = parts.store.memories.many([item.id for item in items])
    if {item.id: item.text for item in items if item.in_use} != {
        item.id: item.text for item in now if item.in_use
    }:
        raise InvalidInput("One of these memories was changed meanwhile. Look at them again.")


def _merged(
    parts: Parts, items: Sequence[MemoryItem], taken: intake.Intake, now: datetime
) -> NewMemory:
    strongest = max(items, key=lambda item: item.importance)
    kinds = {item.kind for item in items}
    kind = kinds.pop() if len(kinds) == 1 else Kind.FACT
    classification = _strictest_of(items, taken)
    conversations = {item.conversation_id for item in items}
    conversation = conversations.pop() if len(conversations) == 1 else None
    person_id = parts.store.memories.person_of(strongest.id)
    place = (
        None if conversation is None else parts.store.conversations.find(person_id, conversation)
    )
    return NewMemory(
        # an episode is one turn, verbatim: several together are something known from them
        kind=Kind.FACT if kind is Kind.EPISODE else kind,
        text=taken.text,
        classification=classification,
        purpose=strongest.purpose,
        importance=Importance(strongest.importance, strongest.importance_terms),
        pinned=any(item.pinned for item in items),
        created_at=now,
        said_at=max(item.said_at for item in items),
        expires_at=_expiry(items, classification.data_class, now, taken.rules),
        conversation_id=place,
        speaker=strongest.speaker,
    )


def _strictest_of(items: Sequence[MemoryItem], taken: intake.Intake) -> Classification:
    """Of what they are and what the words of the whole say."""
    data_class = policy.strictest([taken.data_class, *(item.data_class for item in items)])
    if data_class is taken.data_class:
        return taken.classification
    reasons = (item.class_reason for item in items if item.data_class is data_class)
    return Classification(data_class, next(reasons) or ClassReason.CHOSEN)


def _expiry(
    items: Sequence[MemoryItem], data_class: DataClass, now: datetime, rules: PrivacyRules
) -> datetime | None:
    """The article's preset counts from storing: a merge must not put off what is due sooner."""
    fresh = policy.expires_at(data_class, now, rules)
    due = [item.expires_at for item in items if item.expires_at is not None]
    if rules.preset is Preset.ASSISTANT:
        return fresh
    return min([*due, *([fresh] if fresh else [])], default=None)
