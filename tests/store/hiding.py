"""Every way in which a memory is out of recall, each done to one that was in use."""

from collections.abc import Callable

from memory.records import Classification, ClassReason, DataClass, Status
from memory.store import Store
from tests.fakes import NOON

Hide = Callable[[Store, int], object]


def _of_class(store: Store, memory: int, data_class: DataClass) -> None:
    store.memories.classify(memory, Classification(data_class, ClassReason.CHOSEN), None)


def _class_is_hidden(store: Store, memory: int) -> None:
    _of_class(store, memory, DataClass.CONFIDENTIAL)
    store.database.run(
        """
        insert into class_rules (person_id, data_class, recalled, sent, exported)
        values (?, 'confidential', 0, 0, 0)
        """,
        (store.memories.person_of(memory),),
    )


def _is_over(store: Store, it: int) -> None:
    """A fact: an event stays what happened."""
    store.database.run("update memories set kind = 'fact' where id = ?", (it,))
    store.statements.supersede(it, it)


HIDE: dict[str, Hide] = {
    "archived": lambda store, it: store.memories.set_status(it, Status.ARCHIVED, NOON),
    "forgotten": lambda store, it: store.memories.set_status(it, Status.FORGOTTEN, NOON),
    "merged": lambda store, it: store.memories.set_status(it, Status.MERGED, NOON),
    "waiting in the inbox": lambda store, it: store.memories.set_status(it, Status.PROPOSED, NOON),
    "paused": lambda store, it: store.memories.set_paused(it, True),
    "expired": lambda store, it: store.memories.set_expiry(it, NOON),
    "over": _is_over,
    "of a hidden class": _class_is_hidden,
    "sensitive, without consent": lambda store, it: _of_class(store, it, DataClass.SENSITIVE),
    "of a purpose not agreed to": lambda store, it: store.database.run(
        "update memories set purpose = 'billing' where id = ?", (it,)
    ),
    "another person's": lambda store, it: store.database.run(
        "update memories set person_id = ? where id = ?",
        (store.people.find_or_add("other", NOON), it),
    ),
}
