"""How a memory stands in its table: the columns, the filters and orders of lists, a row read back.

``RECALLABLE`` is the one filter of every search path: what it leaves out is found by none of them.
"""

from datetime import datetime

from memory.records import (
    PERSONALIZATION,
    SENSITIVE,
    ClassReason,
    DataClass,
    Doubt,
    Kind,
    MemoryFilter,
    MemoryItem,
    Order,
    Status,
)
from memory.store.columns import (
    from_optional_time,
    from_time,
    to_days,
    to_numbers,
    to_optional_time,
    to_statement,
    to_time,
)
from memory.store.connection import Row

COLUMNS = """
    memories.id, people.user_id, kind, memories.text, data_class, purpose, importance,
    importance_terms, pinned, memories.status, memories.created_at, memories.said_at, edited_at,
    last_accessed_at, access_count, expires_at, forgotten_at, source_message_id,
    conversations.name, memories.speaker, paused, merged_into, class_reason, statement, is_turn,
    times_said, last_said_at, valid_until, superseded_by, happened_first, happened_last,
    proposed_because, rival_id, by_model, pinned_at, archived_at
"""
FROM = """
    from memories
    join people on people.id = memories.person_id
    left join conversations on conversations.id = memories.conversation_id
"""
GUESS = "({table}.by_model and {table}.proposed_because != '')"
"""What a model proposes, until the person takes it into use. Its words are not the message's, and
the message was there without it: what becomes of the one does not become of the other."""
_AGREED = """
    exists (
        select 1 from consents
        where person_id = :person and purpose = '{purpose}' and revoked_at is null)
"""
_HIDDEN = "select data_class from class_rules where person_id = :person and not recalled"
# In use, within its retention, not said to be over (an event stays what happened), kept for a
# purpose that is agreed to now, and of a class that may be recalled. What holds for nearly all
# memories is asked once and not of each: a look-up a row takes a millisecond at 10,000.
# ``binding`` has what is bound.
RECALLABLE = f"""
    memories.person_id = :person and memories.status = 'active' and memories.paused = 0
    and (memories.expires_at is null or memories.expires_at > :now)
    and (memories.valid_until is null or memories.valid_until > :as_of
        or memories.kind = '{Kind.EPISODE}')
    and (:until is null or memories.said_at <= :until)
    and (memories.purpose = '{PERSONALIZATION}' and {_AGREED.format(purpose=PERSONALIZATION)}
        or memories.purpose in (
            select purpose from consents where person_id = :person and revoked_at is null))
    and (memories.data_class != '{SENSITIVE}' or {_AGREED.format(purpose=SENSITIVE)})
    and (not exists ({_HIDDEN}) or memories.data_class not in ({_HIDDEN}))
"""

EVEN_IF_OVER = {"as_of": ""}
"""Every time comes after it: bound to ``RECALLABLE``, what no longer holds is not left out."""


def binding(person_id: int, now: datetime, until: datetime | None = None) -> dict[str, object]:
    """What ``RECALLABLE`` asks for. ``until``: only what was said by then, and held then."""
    return {
        "person": person_id,
        "now": from_time(now),
        "until": from_optional_time(until),
        "as_of": from_time(until or now),
    }


# Parts of a merge become memories of their own; add which merge. One that is doubted came in as a
# part, and was never accepted.
RELEASE = """
    update memories set
        status = iif(memories.proposed_because != '' and whole.status = 'active',
            'proposed', whole.status),
        forgotten_at = whole.forgotten_at,
        paused = max(memories.paused, whole.paused), merged_into = null
    from memories as whole where whole.id = memories.merged_into
"""
ORDERS = {
    Order.NEWEST: "",
    Order.OLDEST: "memories.created_at, memories.id,",
    Order.MOST_USED: "access_count desc,",
    Order.EXPIRING: "expires_at is null, expires_at,",
    Order.LONGEST_ARCHIVED: "archived_at is null, archived_at,",
}


def where_of(person_id: int, wanted: MemoryFilter, now: datetime) -> tuple[str, dict[str, object]]:
    """A condition over ``memories`` and its bindings; what has expired is in no list."""
    conditions = [
        "memories.person_id = :person",
        "(memories.expires_at is null or memories.expires_at > :now)",
    ]
    bindings: dict[str, object] = {"person": person_id, "now": from_time(now)}
    flags = {"status": wanted.status, "paused": wanted.paused, "pinned": wanted.pinned}
    for column, value in flags.items():
        if value is not None:
            conditions.append(f"memories.{column} = :{column}")
            bindings[column] = value
    if wanted.superseded is not None:
        conditions.append(f"valid_until is {'not ' if wanted.superseded else ''}null")
    if wanted.archived_by is not None:
        conditions.append("memories.archived_at <= :archived_by")
        bindings["archived_by"] = from_time(wanted.archived_by)
    for column, values in (("kind", wanted.kinds), ("data_class", wanted.data_classes)):
        if values:
            names = [f"{column}_{place}" for place in range(len(values))]
            conditions.append(f"memories.{column} in ({', '.join(f':{name}' for name in names)})")
            bindings |= dict(zip(names, values, strict=True))
    for place, word in enumerate(dict.fromkeys(wanted.search.casefold().split())):
        conditions.append(f"instr(folded(memories.text), :word_{place})")
        bindings[f"word_{place}"] = word
    return " and ".join(conditions), bindings


# By a look-up: calling the enum takes four times as long, and a search reads hundreds of rows.
_KINDS = {kind.value: kind for kind in Kind}
_CLASSES = {data_class.value: data_class for data_class in DataClass}
_REASONS = {reason.value: reason for reason in ClassReason}
_STATUSES = {status.value: status for status in Status}


def item_of(row: Row) -> MemoryItem:
    (
        ident,
        user_id,
        kind,
        text,
        data_class,
        purpose,
        importance,
        importance_terms,
        pinned,
        status,
        created_at,
        said_at,
        edited_at,
        last_accessed_at,
        access_count,
        expires_at,
        forgotten_at,
        source_message_id,
        conversation_id,
        speaker,
        paused,
        merged_into,
        class_reason,
        statement,
        is_turn,
        times_said,
        last_said_at,
        valid_until,
        superseded_by,
        happened_first,
        happened_last,
        proposed_because,
        rival_id,
        by_model,
        pinned_at,
        archived_at,
    ) = row
    return MemoryItem(
        id=ident,
        user_id=user_id,
        kind=_KINDS[kind],
        text=text,
        data_class=_CLASSES[data_class],
        class_reason=_REASONS[class_reason] if class_reason else None,
        purpose=purpose,
        importance=importance,
        importance_terms=to_numbers(importance_terms),
        pinned=bool(pinned),
        paused=bool(paused),
        status=_STATUSES[status],
        created_at=to_time(created_at),
        said_at=to_time(said_at),
        edited_at=to_optional_time(edited_at),
        last_accessed_at=to_optional_time(last_accessed_at),
        access_count=access_count,
        expires_at=to_optional_time(expires_at),
        forgotten_at=to_optional_time(forgotten_at),
        source_message_id=source_message_id,
        conversation_id=conversation_id,
        speaker=speaker,
        merged_into=merged_into,
        statement=to_statement(statement),
        is_turn=bool(is_turn),
        times_said=times_said,
        last_said_at=to_optional_time(last_said_at),
        valid_until=to_optional_time(valid_until),
        superseded_by=superseded_by,
        happened=to_days(happened_first, happened_last),
        doubt=Doubt(proposed_because) if proposed_because else None,
        rival_id=rival_id,
        by_model=bool(by_model),
        pinned_at=to_optional_time(pinned_at),
        archived_at=to_optional_time(archived_at),
    )
