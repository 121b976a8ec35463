"""The audit: what happened, when, to how many; never the text.

Rows form a chain: each link is a keyed hash over the row and the link before, and the key lives
outside this file, so that a row changed or cut out here shows. What is named in a row is a keyed
hash too: after an erasure nobody can tell from the audit what it was.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime

from memory.records import AuditEvent, AuditVerification
from memory.store.columns import from_time, to_time
from memory.store.connection import Database


class AuditLog:
    def __init__(self, database: Database) -> None:
        self._database = database

    def append(
        self, key: bytes, action: str, subject: str, counts: Mapping[str, int], now: datetime
    ) -> None:
        last = self._database.row("select link from audit order by id desc limit 1")
        body = (from_time(now), action, subject, json.dumps(dict(counts), sort_keys=True))
        self._database.run(
            "insert into audit (at, action, subject, counts, link) values (?, ?, ?, ?, ?)",
            (*body, _link(key, last[0] if last else "", body)),
        )

    def events(self, limit: int) -> list[AuditEvent]:
        """Newest first."""
        rows = self._database.rows(
            "select id, at, action, subject, counts from audit order by id desc limit ?", (limit,)
        )
        return [
            AuditEvent(ident, to_time(at), action, subject, json.loads(counts))
            for ident, at, action, subject, counts in rows
        ]

    def count(self, action: str) -> int:
        found: int = self._database.value("select count(*) from audit where action = ?", (action,))
        return found

    def verify(self, key: bytes | None) -> AuditVerification:
        rows = self._database.rows("select id, at, action, subject, counts, link from audit")
        if key is None:
            return AuditVerification("unverifiable", len(rows))
        previous = ""
        for ident, *body, link in rows:
            if not hmac.compare_digest(link, _link(key, previous, tuple(body))):
                return AuditVerification("broken", len(rows), ident)
            previous = link
        return AuditVerification("intact", len(rows))


def _link(key: bytes, previous: str, body: tuple[str, ...]) -> str:
    message = json.dumps([previous, *body]).encode()
    return hmac.new(key, message, hashlib.sha256).hexdigest()
