"""A file of an older program is used and kept by the rules of today from its first opening on."""

from datetime import timedelta

import apsw
import pytest

from memory.records import SENSITIVE, ClassReason, DataClass
from memory.settings import Settings
from tests.fakes import NOON, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import left_of
from tests.store.test_migrations import make_older

OLD_ROWS = """
    insert into people values (1, 'me', :at);
    insert into consents values (1, 1, 'personalization', '2026-11', :at, null);
    insert into conversations (id, person_id, name, created_at, updated_at)
        values (1, 1, 'work', :at, :at);
    insert into messages (id, person_id, conversation_id, role, text, state, created_at, said_at)
        values (1, 1, 1, 'user', 'I was diagnosed with diabetes.', 'complete', :at, :at),
               (2, 1, 1, 'user', 'The quarkus runs on port 80.', 'complete', :at, :at);
    insert into memories (id, person_id, kind, text, data_class, purpose, importance,
        importance_terms, status, created_at, said_at, source_message_id, conversation_id)
    values (1, 1, 'episode', 'I was diagnosed with diabetes.', 'personal', 'personalization', 0.8,
            '{}', 'active', :at, :at, 1, 1),
           (2, 1, 'fact', 'The quarkus runs on port 80.', 'confidential', 'personalization', 0.8,
            '{}', 'active', :at, :at, null, null);
    insert into memory_text (rowid, text) select id, text from memories;
"""


@pytest.fixture
def old(settings: Settings) -> None:
    """Something sensitive in it, from before there was a class for that."""
    make_older(settings.database, 2)
    connection = apsw.Connection(str(settings.database))
    connection.execute(OLD_ROWS, {"at": f"{NOON.isoformat(timespec='microseconds')}"})
    connection.close()


@pytest.mark.usefixtures("old")
def test_what_an_older_program_stored_is_classed_at_the_first_opening(
    open_memory: OpenMemory,
) -> None:
    """By its words, and never laxer than it was; with its retention."""
    memory = open_memory()

    told, known = memory.item(1), memory.item(2)
    assert (told.data_class, told.class_reason) == (DataClass.SENSITIVE, ClassReason.HEALTH)
    assert told.expires_at == NOON + timedelta(days=365)
    assert (known.data_class, known.class_reason) == (
        DataClass.CONFIDENTIAL,
        ClassReason.CHOSEN,
    )
    assert [m.data_class for m in memory.messages("work")] == [
        DataClass.SENSITIVE,
        DataClass.INTERNAL,
    ]


@pytest.mark.usefixtures("old")
def test_old_sensitive_things_wait_for_the_consent_to_them(open_memory: OpenMemory) -> None:
    """Nobody was asked before: they are in no answer and in no context until it is given."""
    memory = open_memory()
    question = "What was I diagnosed with?"

    def told() -> bool:
        return "diabetes" in str(memory.context("me", question, conversation_id="work").messages)

    assert not told()
    memory.grant("me", SENSITIVE)
    assert told()


@pytest.mark.usefixtures("old")
def test_old_sensitive_things_go_with_the_consent(
    open_memory: OpenMemory, settings: Settings
) -> None:
    """As if they had been told today."""
    memory = open_memory()

    assert memory.revoke("me", SENSITIVE).verified

    assert left_of(["diabetes"], settings.database) == []
    assert [message.text for message in memory.messages("work")][1:] == [
        "The quarkus runs on port 80."
    ]


@pytest.mark.usefixtures("old")
def test_old_messages_have_their_retention(open_memory: OpenMemory, clock: FixedClock) -> None:
    """Counted from when they were said."""
    memory = open_memory()
    clock.advance(days=366)

    assert memory.expire().places["messages"] == 1
