"""The profile of a person: what holds of them, what held on another day, and how they edit it.

It is not stored as a document: each field belongs to the memory that says it, so that the profile
never says what was forgotten. To set a field is to tell a memory, to remove one to forget what
says it; both are undone as any other memory is.
"""

from collections.abc import Sequence
from datetime import datetime

from memory.errors import ConsentRequired, InvalidInput, NotFound
from memory.flow import audit, derive, forget, intake, long_term, permission
from memory.flow.parts import Parts
from memory.records import (
    PERSONALIZATION,
    SENSITIVE,
    Act,
    Change,
    Classification,
    DataClass,
    Importance,
    Kind,
    MemoryItem,
    ProfileFact,
    ProfileField,
    StatedField,
    Statement,
)
from memory.rules import change, policy, told
from memory.rules.document import document, has_several, history, is_the_same_tool
from memory.store.memories import NewMemory

IMPORTANCE = Importance(0.9, {"set by hand": 0.9})


def as_of(parts: Parts, user_id: str, at: datetime | None) -> list[ProfileField]:
    """What holds, or held at a moment by what had been said by then; the latest first."""
    now = parts.clock()
    return document(_stated(parts, user_id, now), intake.moment(at, now))


def all_values(parts: Parts, user_id: str, field: str | None) -> list[ProfileField]:
    """Also past ones, the latest first; of one field, or of all."""
    name = None if field is None else told.field_name(field)
    return [
        each
        for each in history(_stated(parts, user_id, parts.clock()))
        if name in (None, each.field)
    ]


def _stated(parts: Parts, user_id: str, now: datetime) -> list[StatedField]:
    person_id = parts.store.people.find(user_id)
    return [] if person_id is None else parts.store.profile.stated(person_id, now)


# -- editing --------------------------------------------------------------------------------


def set_field(parts: Parts, user_id: str, field: str, value: str, instead_of: str) -> MemoryItem:
    """A memory that the person tells, in the place of what said otherwise.

    Of a field with several values this is one more, unless ``instead_of`` names the value it takes
    the place of. A memory that says something else of them too stays; of this field, what was set
    later holds. Raises ConsentRequired, InvalidInput.
    """
    now = parts.clock()
    text = _sentence(field, value)
    person_id = permission.consenting(parts, user_id, PERSONALIZATION)
    if person_id is None:
        raise ConsentRequired(PERSONALIZATION)
    taken, new, stated = _worked_out(parts, person_id, text, instead_of, now)
    vector = parts.embedder.embed([taken.text])[0]
    fact = told.fact(stated)
    with parts.store.transaction():
        if permission.consenting(parts, user_id, PERSONALIZATION) != person_id:
            raise ConsentRequired(PERSONALIZATION)  # revoked in between
        intake.check_rules(parts, person_id, taken)
        said = parts.store.profile.stated(person_id, now)
        _check_left(said, fact.field, instead_of, now)
        if same := _already_set(parts, said, fact, now):
            return same
        found = taken.reading.mentions, taken.reading.relations
        made = long_term.write(parts, person_id, new, vector, (fact,), *found)
        earlier = _otherwise(parts, person_id, made, said, now)
        derive.take_place(parts, person_id, made, earlier, now)
        counts, classes = {"memories": 1}, [made.data_class]
        audit.event(parts, person_id, Act.STORE, f"memory:{made.id}", now, counts, classes=classes)
        return parts.store.memories.get(made.id)


def unset_field(parts: Parts, user_id: str, field: str, value: str) -> list[MemoryItem]:
    """Forgets what ``saying`` finds. ``restore`` undoes it, until it is erased."""
    found = [item.id for item in saying(parts, user_id, field, value)]
    return forget.change(parts, found, Change.FORGET)


def saying(parts: Parts, user_id: str, field: str, value: str) -> list[MemoryItem]:
    """Every memory that says it, also those of earlier values, which would come back if only the
    latest were forgotten; of a field with several values only those of ``value``, if one is given.

    The latest first. Raises NotFound.
    """
    name = told.field_name(field)
    ids = [
        each.field.source_memory_id or 0
        for each in _stated(parts, user_id, parts.clock())
        if each.field.field == name
        and (not value or not has_several(name) or is_the_same_tool(each.field.value, value))
    ]
    if not ids:
        raise NotFound("field", name or field)
    found = {item.id: item for item in parts.store.memories.many(ids)}
    return [found[ident] for ident in dict.fromkeys(ids) if ident in found]


def _sentence(field: str, value: str) -> str:
    """The words that set it. Raises InvalidInput."""
    name = told.field_name(field)
    if not name:
        raise InvalidInput(
            f"A field needs a name of up to {told.LONGEST_FIELD} letters and figures, without "
            "“is” in it. Choose another one."
        )
    plain = " ".join(intake.clean(value, 4 * told.LONGEST_VALUE, "value").split())
    if len(plain) > told.LONGEST_VALUE:
        raise InvalidInput(
            f"The value has {len(plain)} characters and {told.LONGEST_VALUE} are allowed. "
            "Shorten it, or tell it in the chat."
        )
    return told.sentence(name, plain)


def _check_left(said: Sequence[StatedField], field: str, instead_of: str, now: datetime) -> None:
    """Only what is in the profile can be left: a text of any other kind was not taken in."""
    known = {held.value for held in document(said, now) if held.field == field}
    if instead_of and instead_of not in known:
        raise NotFound("value in the profile", instead_of)


def _class_of(parts: Parts, taken: intake.Intake, value: str) -> Classification:
    """Also as it would be said: “My diagnosis is diabetes” speaks of health as “I have diabetes”
    does."""
    said = (intake.class_of(parts, f"I {verb} {value}.") for verb in ("have", "am"))
    sensitive = (found for found in said if found.data_class is DataClass.SENSITIVE)
    return next(sensitive, taken.classification)


def _worked_out(
    parts: Parts, person_id: int, text: str, instead_of: str, now: datetime
) -> tuple[intake.Intake, NewMemory, Statement]:
    """As it may be stored, and what it states. Raises ConsentRequired, InvalidInput."""
    taken = intake.take_in(parts, person_id, text)
    stated = told.statement(taken.text, instead_of)
    if stated is None:
        raise InvalidInput("This cannot be kept with that value. Shorten it.")
    classification = _class_of(parts, taken, stated.value)
    if not intake.may_hold(parts, person_id, classification.data_class):
        raise ConsentRequired(SENSITIVE)
    return taken, _told_memory(taken, classification, stated, now), stated


def _told_memory(
    taken: intake.Intake, classification: Classification, stated: Statement, now: datetime
) -> NewMemory:
    return NewMemory(
        kind=Kind.FACT,
        text=taken.text,
        classification=classification,
        purpose=PERSONALIZATION,
        importance=IMPORTANCE,
        pinned=False,
        created_at=now,
        said_at=now,
        expires_at=policy.expires_at(classification.data_class, now, taken.rules),
        statement=stated,
        topic=change.topic(stated),
    )


def _already_set(
    parts: Parts, said: Sequence[StatedField], fact: ProfileFact, now: datetime
) -> MemoryItem | None:
    """The memory that says it by hand already."""
    for field in document(said, now):
        if (field.field, field.value, field.told) == (fact.field, fact.value, True):
            return parts.store.memories.get(field.source_memory_id or 0)
    return None


def _otherwise(
    parts: Parts, person_id: int, made: MemoryItem, said: Sequence[StatedField], now: datetime
) -> list[MemoryItem]:
    """Statements of another value that hold now, and say nothing else of the person. A turn as a
    whole is never superseded, nor what was told in other words than a statement's."""
    assert made.statement is not None
    fact, left = told.fact(made.statement), made.statement.instead_of

    def is_another(field: ProfileField) -> bool:
        """A value of the field that does not hold beside the new one."""
        differs = field.value.casefold() != fact.value.casefold()
        beside = has_several(fact.field) and not is_the_same_tool(field.value, left)
        return field.field == fact.field and differs and not beside

    held = [each.field for each in said if each.field.until is None]
    giving = {field.source_memory_id for field in held if is_another(field)}
    saying_more = {field.source_memory_id for field in held if not is_another(field)}
    found = {item.id: item for item in derive.giving_way_to(parts, person_id, made, now)}
    by_field = parts.store.memories.many([ident for ident in giving if ident is not None])
    found |= {item.id: item for item in by_field if item.statement is not None}
    return [item for ident, item in found.items() if ident not in saying_more]
