"""The schema as numbered steps, applied on open; a step never changes once it has landed.

Every key is an integer: a text key would stay readable in the index pages of the file. A memory,
its vector and its full-text row share one id, so none of them can be left behind unseen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from memory.errors import NewerSchema
from memory.store.connection import Database
from memory.store.migrations import (
    m01_conversations,
    m02_pause_and_merge,
    m03_privacy_rules,
    m04_what_follows,
    m05_statements,
    m06_entities,
    m07_answers,
    m08_summaries,
    m09_model_readings,
    m10_fading,
    m11_ledger,
    m12_vectors,
    m13_imports,
    m14_people,
)
from memory.store.opening import APPLICATION_ID


@dataclass(frozen=True, slots=True)
class Migration:
    number: int
    why: str
    steps: Sequence[str | Callable[[Database], None]]
    """SQL; a function where that depends on what is in the file."""

    def apply(self, database: Database) -> None:
        for step in self.steps:
            if callable(step):
                step(database)
            else:
                database.run(step)


def migrate(database: Database, newest: int | None = None) -> None:
    """Bring the file to the newest schema, in one transaction that holds off all others.

    ``newest``: no further than this one, to see what a file of that time looks like.
    """
    with database.transaction("exclusive"):
        version = database.value("pragma user_version")
        if version > MIGRATIONS[-1].number:
            raise NewerSchema(database.path, version)
        for migration in MIGRATIONS[version:newest]:
            migration.apply(database)
            database.run(f"pragma user_version = {migration.number}")
            database.run(f"pragma application_id = {APPLICATION_ID}")


MIGRATIONS = (
    Migration(
        1,
        "conversations, memories with vectors and full text, consent, audit",
        m01_conversations.STEPS,
    ),
    Migration(
        2, "pause and merge, edit and resend, memory by conversation", m02_pause_and_merge.STEPS
    ),
    Migration(
        3,
        "privacy rules, reasons of classes, an audit that refuses change",
        m03_privacy_rules.STEPS,
    ),
    Migration(
        4, "which turn a turn follows, and until when a memory holds", m04_what_follows.STEPS
    ),
    Migration(5, "statements, what supersedes what, and the inbox", m05_statements.STEPS),
    Migration(
        6, "entities by many names, and what they have to do with each other", m06_entities.STEPS
    ),
    Migration(7, "how answers came about, and what models were given", m07_answers.STEPS),
    Migration(8, "summaries of what conversations outgrew", m08_summaries.STEPS),
    Migration(9, "what a model proposes, and what came of asking it", m09_model_readings.STEPS),
    Migration(10, "each use, what sweeps did, and when the person was away", m10_fading.STEPS),
    Migration(11, "what each answer took, and which memories it was given", m11_ledger.STEPS),
    Migration(12, "vectors as rows, with their signs beside them", m12_vectors.STEPS),
    Migration(13, "what was imported from other programs", m13_imports.STEPS),
    Migration(14, "what people are called, and who was last chosen", m14_people.STEPS),
)
