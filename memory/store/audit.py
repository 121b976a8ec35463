"""The audit: what happened, when, to how many; never the text.

Rows form a chain: each link is a keyed hash over the row and the link before, and the key lives
outside this file, so that a row changed or cut out here shows. So does the end that is cut off:
the last row is named outside, too (``chain_head``). What is named in a row is a keyed hash:
after an erasure nobody can tell from the audit what it was, or whose.
"""

import hmac
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
from typing import Any

from memory.errors import StoreUnavailable
from memory.records import Act, AuditEvent, AuditVerification
from memory.store.chain_head import Head
from memory.store.columns import from_time, placeholders, to_optional_time, to_time
from memory.store.connection import Database, Row
from memory.store.keys import ChainKeys, Keys

LINKED = "select id, link, at, action, subject, counts, person, scope from audit order by id"
ERASING = (Act.ERASE, Act.EXPIRE)


@dataclass(frozen=True, slots=True)
class NewEvent:
    at: datetime
    action: Act
    subject: str
    """Keyed hash of what it is about."""
    counts: Mapping[str, int]
    person: str = ""
    """Keyed hash of whom it is about."""
    scope: str = ""
    """A word of ours, never the person's."""


class AuditLog:
    def __init__(self, database: Database) -> None:
        self._database = database

    # -- writing ----------------------------------------------------------------------------

    def append(self, keys: Keys, new: NewEvent) -> None:
        """The next link of the chain; its head follows when the transaction is in the file.

        When the row that the head names is not here, the chain goes on from the head all the
        same, and not from the row that is last now: what was cut never closes again.
        """
        with self._database.transaction():
            last, last_link = self._last()
            chain = keys.chain()
            head = _read_head(keys, chain)
            if chain is None or head is None:
                chain, head = self._begin(keys, chain)
            previous = head.link
            if (last, last_link) != (head.last, head.link) and self._holds(head):
                previous = last_link if last >= head.begins else ""
            counts = json.dumps(dict(new.counts), sort_keys=True)
            body = (from_time(new.at), new.action, new.subject, counts, new.person, new.scope)
            ident, link = max(last, head.last) + 1, _link(chain.link, previous, body)
            self._database.run(
                """
                insert into audit (id, link, at, action, subject, counts, person, scope)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                (ident, link, *body),
            )
            if chain.head is not None:
                moved = Head(head.begins, ident, link)
                self._database.after_commit(partial(keys.head.move, chain.head, moved))

    def _begin(self, keys: Keys, chain: ChainKeys | None) -> tuple[ChainKeys, Head]:
        """Where the chain begins when no head says so.

        With the first row of a new file, or of one from before there was a head, if all its rows
        fit. Otherwise something was lost, and the next row begins; never as row 1, so that the
        loss shows even when no row is left.
        """
        last, last_link = self._last()
        if chain is None and not last and not self._is_used():
            head = Head(1, 0, "")
        elif chain is not None and chain.head is None and self._fits(chain.link):
            head = Head(1, last, last_link)
        else:
            begins = max(last + 1, 2)
            head = Head(begins, begins - 1, "")
        if chain is not None:
            with suppress(StoreUnavailable):  # no reason to lose what is told of; the next one may
                chain = keys.begin_chain(head)
            return chain, head
        return keys.begin_chain(head), head

    def _is_used(self) -> bool:
        """Whether something was told of before, though no row says so."""
        return bool(
            self._database.row(
                """
                select 1 where exists (select 1 from messages) or exists (select 1 from memories)
                    or exists (select 1 from erasure_journal)
                """
            )
        )

    def _last(self) -> tuple[int, str]:
        """Id and link of the last row."""
        row = self._database.row("select id, link from audit order by id desc limit 1")
        return (row[0], row[1]) if row else (0, "")

    def _holds(self, head: Head) -> bool:
        """Whether the row that the head names is here, or it names none yet."""
        if head.last < head.begins:
            return True
        row = self._database.row("select link from audit where id = ?", (head.last,))
        return row is not None and row[0] == head.link

    def _fits(self, key: bytes) -> bool:
        return _first_misfit(key, self._database.rows(LINKED)) is None

    # -- verifying --------------------------------------------------------------------------

    def verify(self, keys: Keys) -> AuditVerification:
        """Changes nothing. Raises KeysUnreadable.

        “cut” has two causes that nobody can tell apart: the end was cut off or an older copy put
        back, or the power failed before the disk had the last rows, but had the head already.
        With the next row it becomes “broken” there, for good. When the rows lost are known of,
        moving the head away begins a new chain.
        """
        chain = keys.chain()
        head = _read_head(keys, chain)  # before the rows: those of this moment come after it
        rows = self._database.rows(LINKED)
        if chain is None or (head is None and chain.head is not None):
            return AuditVerification("unverifiable", len(rows))
        lost = head.begins if head and head.begins > 1 else None
        standing = rows if lost is None else [row for row in rows if row[0] >= lost]
        state, bad = _judged(chain.link, standing, head)
        return AuditVerification(state, len(rows), bad, lost)

    # -- reading ----------------------------------------------------------------------------

    def events(
        self,
        limit: int,
        *,
        person: str | None = None,
        actions: Sequence[str] = (),
        offset: int = 0,
    ) -> list[AuditEvent]:
        """Newest first; of one person (their keyed hash), and of these actions, if given."""
        where, bindings = _where(person, actions)
        rows = self._database.rows(
            f"""
            select id, at, action, subject, counts, scope from audit {where}
            order by id desc limit ? offset ?
            """,
            (*bindings, limit, offset),
        )
        return [
            AuditEvent(ident, to_time(at), action, subject, json.loads(counts), scope)
            for ident, at, action, subject, counts, scope in rows
        ]

    def count(self, *actions: str, person: str | None = None) -> int:
        """How many ``events`` there are."""
        where, bindings = _where(person, actions)
        found: int = self._database.value(f"select count(*) from audit {where}", bindings)
        return found

    def sent(self, person: str | None = None) -> int:
        """How many calls went to a model that is not on this computer."""
        where, bindings = _where(person, (Act.MODEL_CALL,))
        found: int = self._database.value(
            f"select count(*) filter (where scope = 'remote') from audit {where}", bindings
        )
        return found

    def deletions(self, person: str | None = None) -> dict[str, int]:
        """How many memories were erased, by the scope of the erasure."""
        where, bindings = _where(person, ERASING)
        rows = self._database.rows(
            f"""
            select scope, coalesce(sum(json_extract(counts, '$.memories')), 0) from audit {where}
            group by scope order by scope
            """,
            bindings,
        )
        return dict(rows)

    def taken(self, action: Act, person: str | None = None) -> tuple[int, datetime | None]:
        """How many exports or backups there were, and when the latest was."""
        where, bindings = _where(person, (action,))
        [(found, latest)] = self._database.rows(
            f"select count(*), max(at) from audit {where}", bindings
        )
        return found, to_optional_time(latest)


def _where(person: str | None, actions: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    terms = [] if person is None else ["person = ?"]
    if actions:
        terms.append(f"action in ({placeholders(actions)})")
    where = f"where {' and '.join(terms)}" if terms else ""
    return where, (*(() if person is None else (person,)), *actions)


# -- the chain ------------------------------------------------------------------------------


def _read_head(keys: Keys, chain: ChainKeys | None) -> Head | None:
    return None if chain is None or chain.head is None else keys.head.read(chain.head)


def _link(key: bytes, previous: str, body: Sequence[Any]) -> str:
    """Rows from before person and scope were kept hold neither, and their links do not."""
    *earlier, person, scope = body
    fields = body if person or scope else earlier
    message = json.dumps([previous, *fields]).encode()
    return hmac.digest(key, message, "sha256").hex()


def _first_misfit(key: bytes, rows: Sequence[Row]) -> int | None:
    """Id of the first row that does not follow on; the first of all follows on nothing."""
    previous = ""
    for ident, link, *body in rows:
        if not all(isinstance(value, str) for value in body):  # SQLite keeps what it is given
            return int(ident)
        if link != _link(key, previous, body):
            return int(ident)
        previous = link
    return None


def _judged(key: bytes, rows: Sequence[Row], head: Head | None) -> tuple[str, int | None]:
    """State of a chain, and id of what is wrong in it."""
    misfit = _first_misfit(key, rows)
    if misfit is not None:
        return "broken", misfit
    if head is None or head.last < head.begins:
        return "intact", None
    links = {row[0]: row[1] for row in rows}
    if head.last not in links:
        return "cut", next(ident for ident in count(head.begins) if ident not in links)
    if links[head.last] != head.link:
        return "broken", head.last
    return "intact", None
