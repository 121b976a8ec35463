"""Import: an archive brought in, all of it or nothing, after a look at what it would do.

Everything is worked out first: the texts looked through and embedded, the plan made. It is written
in one transaction, if nothing has changed here since the plan was made; otherwise another is made,
the last of them in that transaction.
"""

from dataclasses import replace
from datetime import datetime
from typing import BinaryIO

from memory.errors import InvalidInput
from memory.flow import intake
from memory.flow.parts import Parts
from memory.flow.transfer.imports import checking, merging, opening
from memory.flow.transfer.imports.deciding import Decided, decide, without_sensitive
from memory.flow.transfer.imports.guarding import Taken, guarded
from memory.flow.transfer.imports.here import Here, look
from memory.flow.transfer.imports.planning import Plan, plan
from memory.flow.transfer.imports.texts import Guard
from memory.flow.transfer.progress import Counting, OnProgress, untold
from memory.records.archive import Archive
from memory.records.transfer import ImportReport, TransferProgress, TransferStep
from memory.store.vectors import Vector

TRIES = 5
BATCH = 64
"""Texts that are embedded at a time: more take more memory, and no less time."""


def import_archive(
    parts: Parts,
    user_id: str,
    data: bytes | BinaryIO,
    *,
    dry_run: bool,
    on_step: OnProgress | None = None,
) -> ImportReport:
    """Raises ImportRejected for what is no archive, or not one to trust; ConsentRequired."""
    now, tell = parts.clock(), on_step or untold
    intake.name(user_id, "person")
    tell(TransferProgress(TransferStep.READING))
    archive = checking.archive_of(parts, opening.read(data), now)
    taken, looked_by = _take_in(parts, user_id, archive, tell)
    vectors: dict[str, Vector] = {}
    for tried in range(1, TRIES + 1):
        tell(TransferProgress(TransferStep.COMPARING))
        seen = parts.store.audit.count()
        made = _plan(parts, user_id, taken, looked_by, now)
        if dry_run or made.report.changes_nothing:
            return replace(made.report, dry_run=dry_run)
        _embed(parts, made, vectors, tell)
        with parts.store.transaction():
            changed = parts.store.audit.count() != seen
            if changed and tried == TRIES:  # all others wait for it now
                made = _plan(parts, user_id, taken, looked_by, now)
                changed = bool(_texts(made) - vectors.keys())
            if not changed:
                count = len(made.added.memories) + sum(map(len, made.added.messages.values()))
                counting = Counting(TransferStep.STORING, count, tell)
                merging.carry_out(parts, user_id, made, vectors, now, counting.one_more)
                return replace(made.report, dry_run=False)
    raise InvalidInput(
        "Nothing was imported: what is held here kept changing. Try again when all is quiet."
    )


def _take_in(
    parts: Parts, user_id: str, archive: Archive, tell: OnProgress
) -> tuple[Taken, Decided]:
    """As it may be stored, and the rules that it was looked through by."""
    here = look(parts, user_id)
    decided = _decide(parts, archive, here)
    guard = Guard(parts, here.person_id, decided.bounded_rules)
    count = len(archive.memories) + sum(len(talk.messages) for talk in archive.conversations)
    counting = Counting(TransferStep.CHECKING, count, tell)
    taken = guarded(guard, archive, counting.one_more)
    checking.check_ids(taken.archive)
    return taken, decided


def _decide(parts: Parts, archive: Archive, here: Here) -> Decided:
    return decide(
        archive,
        here,
        always_strict=parts.settings.strict,
        max_bytes=parts.settings.max_memory_bytes,
    )


def _plan(parts: Parts, user_id: str, taken: Taken, looked_by: Decided, now: datetime) -> Plan:
    here = look(parts, user_id)
    decided = _decide(parts, taken.archive, here)
    if decided.bounded_rules != looked_by.bounded_rules:
        raise InvalidInput("Your privacy rules were changed meanwhile. Try again.")
    return plan(taken, here, without_sensitive(decided, taken.sensitive_texts), now)


def _texts(made: Plan) -> set[str]:
    return {merging.embedded_text(made, each) for each in made.added.memories}


def _embed(parts: Parts, made: Plan, vectors: dict[str, Vector], tell: OnProgress) -> None:
    """What has no vector yet, of like length together: a batch takes the time of its longest."""
    waiting = sorted(_texts(made) - vectors.keys(), key=len)
    for start in range(0, len(waiting), BATCH):
        tell(TransferProgress(TransferStep.EMBEDDING, start, len(waiting)))
        batch = waiting[start : start + BATCH]
        vectors |= dict(zip(batch, parts.embedder.embed(batch), strict=True))
