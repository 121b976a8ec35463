"""Export: what is held about a person, to be read and to be used (GDPR Art. 15 and 20).

It is written as it is collected, page by page, straight into the file that was handed in: nothing
of it lies anywhere else.
"""

import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from memory.errors import StoreUnavailable
from memory.flow import audit
from memory.flow.fading import choices
from memory.flow.parts import Parts
from memory.flow.transfer.exports import document, page, tables
from memory.flow.transfer.exports.collecting import Held
from memory.flow.transfer.progress import Counting, OnProgress, untold
from memory.flow.transfer.shapes import DOCUMENT, schema
from memory.records import Act
from memory.records.transfer import TransferProgress, TransferStep

READ_ME_NAME, SCHEMA = "README.txt", "schema.json"
PAGE = "recollect.html"
ZIP_YEARS = range(1980, 2108)
"""That it can date a member with."""
READ_ME = """This is what Recollect holds about you.

recollect.html   all of it, to be read in a browser. It loads nothing from anywhere.
recollect.json   all of it, for programs: your consents, settings and rules, profile, memories with
                 their earlier wordings and the times of their uses, entities and relations,
                 conversations with their messages, sweeps, holidays and absences, the audit, and
                 the ledger: what each answer took in tokens, US dollars and seconds, and which
                 memories it was given. Times are in UTC. Recollect can import it.
schema.json      what may stand in recollect.json (JSON Schema, draft 2020-12).
*.csv            the same as tables. A text that begins with =, +, - or @ has an apostrophe before
                 it, because a spreadsheet would take it for a formula.

Classes that your rules do not export are left out, and named.

Data marked "inferred" was worked out from what you said: the profile, the entities with what they
have to do with one another, what each memory states, its importance and class, how strong it is,
summaries that a model made, and what models were given in the last days. All else is as you gave
it, or tells what was done with it.

The keyed hashes that masked values such as [EMAIL_1] are known again by are not in it: they are of
no use without the key of your computer. Keep this file safe: it is not encrypted.
"""


def export(parts: Parts, user_id: str, on_step: OnProgress | None = None) -> bytes:
    """A ZIP archive. An unknown person gets one with nothing in it."""
    buffer = BytesIO()
    export_to(parts, user_id, buffer, on_step)
    return buffer.getvalue()


def export_to(parts: Parts, user_id: str, file: BinaryIO, on_step: OnProgress | None = None) -> int:
    """The same, into a file; how many bytes it takes.

    Access is the person's right also when nothing can be written: then the audit lacks it.
    """
    now = parts.clock()
    person_id = parts.store.people.find(user_id)
    counted = _Counted(file)
    # a file that cannot be sought in is one that zipfile writes from the beginning to the end
    with zipfile.ZipFile(counted, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, pieces in _members(parts, user_id, person_id, now, on_step or untold):
            _write(archive, name, pieces, now)
    if person_id is not None:
        with suppress(StoreUnavailable), parts.store.transaction():
            audit.event(parts, person_id, Act.EXPORT, "export", now, {"bytes": counted.written})
    return counted.written


def _members(
    parts: Parts, user_id: str, person_id: int | None, now: datetime, tell: OnProgress
) -> Iterator[tuple[str, Iterable[str]]]:
    yield READ_ME_NAME, [READ_ME]
    yield SCHEMA, [json.dumps(schema(), indent=1)]
    if person_id is None:
        yield DOCUMENT, document.of_stranger(user_id, now)
        return
    held = Held(parts, user_id, person_id, now)
    counting = Counting(
        TransferStep.COLLECTING, sum(parts.store.archive_rows.count(person_id)), tell
    )
    yield DOCUMENT, document.of_person(held, counting.one_more)
    for place, (name, table) in enumerate(tables.TABLES.items()):
        tell(TransferProgress(TransferStep.TABLES, place, len(tables.TABLES)))
        yield name, tables.lines(table, held)
    tell(TransferProgress(TransferStep.PAGE))
    yield PAGE, page.lines(held, choices.of(parts, person_id))


def _write(archive: zipfile.ZipFile, name: str, pieces: Iterable[str], now: datetime) -> None:
    about = zipfile.ZipInfo(name)
    if now.year in ZIP_YEARS:
        about.date_time = now.timetuple()[:6]
    about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = 0o600 << 16
    with archive.open(about, "w", force_zip64=True) as member:
        for piece in pieces:
            member.write(piece.encode())


class _Counted:
    """Any file that bytes can be written to, and how many were."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.written = 0

    def write(self, data: bytes) -> int:
        self._file.write(data)
        self.written += len(data)
        return len(data)

    def flush(self) -> None:
        self._file.flush()
