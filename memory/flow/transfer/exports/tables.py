"""An export as tables for a spreadsheet: CSV in UTF-8, with the mark that it is known by.

A spreadsheet takes a text that begins with =, +, - or @ for a formula, which can fetch or run
something: such a text gets an apostrophe before it (OWASP, “CSV injection”). ``recollect.json`` has
it as it is.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO

from memory.flow.transfer.exports.collecting import Held

Cell = str | int | float | datetime | None
BYTE_ORDER_MARK = "\ufeff"
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""Also as wide characters: spreadsheets of East Asia read them as the narrow ones."""
GIVEN, INFERRED = "given", "inferred"


@dataclass(frozen=True, slots=True)
class Table:
    columns: Sequence[str]
    rows: Callable[[Held], Iterable[Sequence[Cell]]]


def lines(table: Table, held: Held) -> Iterator[str]:
    yield BYTE_ORDER_MARK + _line(table.columns)
    yield from map(_line, table.rows(held))


def _line(cells: Iterable[Cell]) -> str:
    line = StringIO()
    csv.writer(line).writerow([_safe(cell) for cell in cells])
    return line.getvalue()


def _safe(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, str):
        cell = str(cell)  # a word of a closed set writes itself otherwise
        return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
    return cell


# -- rows -----------------------------------------------------------------------------------


def _memories(held: Held) -> Iterator[Sequence[Cell]]:
    for each in held.memories():
        kept = each.retention
        yield (
            each.id,
            each.kind,
            each.text,
            INFERRED if each.inferred else GIVEN,
            each.data_class,
            each.class_reason,
            each.purpose,
            round(each.importance, 4),
            each.status,
            each.pinned,
            each.paused,
            each.said_at,
            each.created_at,
            each.valid_until,
            each.superseded_by,
            each.expires_at,
            None if kept is None else round(kept.strength, 4),
            None if kept is None else kept.fades_at,
            len(each.uses),
            each.last_accessed_at,
            each.speaker,
            each.conversation_id,
            each.source_message_id,
        )


def _messages(held: Held) -> Iterator[Sequence[Cell]]:
    for row, conversation in held.conversations():
        for each in held.messages(row):
            yield (
                each.id,
                conversation.id,
                each.role,
                each.speaker,
                each.text,
                each.data_class,
                each.said_at,
                each.created_at,
                each.expires_at,
                each.state,
                each.replaced_at,
                each.answers,
            )


def _profile(held: Held) -> Iterator[Sequence[Cell]]:
    for each in held.inferences.profile_history:
        yield each.field, each.value, each.confidence, each.since, each.until, each.source_memory_id


def _entities(held: Held) -> Iterator[Sequence[Cell]]:
    for each in held.inferences.entities:
        yield (
            each.id,
            each.name,
            each.type,
            "; ".join(each.aliases),
            each.mention_count,
            round(each.importance, 4),
            each.first_mentioned_at,
            each.last_mentioned_at,
        )


def _relations(held: Held) -> Iterator[Sequence[Cell]]:
    found = held.inferences
    names = {each.id: each.name for each in found.entities}
    for each in found.relations:
        yield (
            names.get(each.subject_id, ""),
            each.said,
            names.get(each.object_id, ""),
            each.negated,
            each.at,
            each.memory_id,
            each.message_id,
        )


def _consents(held: Held) -> Iterator[Sequence[Cell]]:
    for each in held.consents():
        yield each.purpose, each.text_version, each.granted_at, each.revoked_at


def _retention(held: Held) -> Iterator[Sequence[Cell]]:
    rules = held.rules
    for data_class, rule in rules.classes.items():
        days: Cell = "until you erase it" if rule.days is None else rule.days
        yield data_class, rules.preset, days, rule.recalled, rule.sent, rule.exported


def _ledger(held: Held) -> Iterator[Sequence[Cell]]:
    for each in held.ledger():
        yield (
            each.at,
            each.purpose,
            each.provider,
            each.model,
            each.place,
            each.ending,
            each.context_tokens,
            each.answer_tokens,
            each.cost,
            each.history_tokens,
            each.masked,
            each.memories,
            each.message_id,
        )


def _audit(held: Held) -> Iterator[Sequence[Cell]]:
    for each in held.audit():
        counts = "; ".join(f"{what}: {number}" for what, number in each.counts.items())
        yield each.id, each.at, each.action, each.subject, each.scope, counts


TABLES: Mapping[str, Table] = {
    "memories.csv": Table(
        """id kind text given_or_inferred class class_reason purpose importance status pinned paused
        said_at stored_at valid_until superseded_by expires_at strength_now fades_at uses
        last_used_at speaker conversation source_message_id""".split(),
        _memories,
    ),
    "messages.csv": Table(
        """id conversation role speaker text class said_at stored_at expires_at state replaced_at
        answers""".split(),
        _messages,
    ),
    "profile.csv": Table("field value confidence since until memory_id".split(), _profile),
    "entities.csv": Table(
        "id name type aliases mentions importance first_mentioned_at last_mentioned_at".split(),
        _entities,
    ),
    "relations.csv": Table(
        "subject relation object negated said_at memory_id message_id".split(), _relations
    ),
    "consents.csv": Table("purpose text_version granted_at revoked_at".split(), _consents),
    "retention.csv": Table("class preset days recalled sent exported".split(), _retention),
    "ledger.csv": Table(
        """at purpose provider model place ending context_tokens answer_tokens cost_usd
        history_tokens masked memories answer_message_id""".split(),
        _ledger,
    ),
    "audit.csv": Table("id at action subject scope counts".split(), _audit),
}
