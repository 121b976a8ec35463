"""A file of before there was a ledger: what models were given still reads, and rows come in."""

from pathlib import Path

import apsw
import pytest

from memory.records import Answerer, CallPurpose, Ending, ModelPlace, Usage
from memory.store import Store
from memory.store.columns import from_time
from memory.store.ledger import NewEntry
from tests.fakes import NOON
from tests.store.test_migrations import make_older

TENTH = 10
ROWS = """
    insert into people (id, user_id, created_at) values (1, 'me', :at);
    insert into conversations (id, person_id, name, created_at, updated_at)
    values (1, 1, 'work', :at, :at);
    insert into messages (id, person_id, conversation_id, role, text, state, created_at, said_at)
    values (1, 1, 1, 'assistant', 'Tea.', 'complete', :at, :at);
    insert into answers (message_id, model, is_local, ending, context_tokens, answer_tokens,
        counted_by_model) values (1, 'tiny', 1, 'complete', 40, 2, 0);
    insert into contexts (message_id, report, made_at, expires_at)
    values (1, '{"sections": [], "left_out": [], "tokens": 40, "budget": 99}', :at, :later);
    insert into context_messages (context_id, role, text) values (1, 'user', 'Which tea?');
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    older = tmp_path / "older.db"
    make_older(older, TENTH)
    connection = apsw.Connection(str(older))
    connection.execute(ROWS, {"at": from_time(NOON), "later": from_time(NOON.replace(month=12))})
    connection.close()
    return older


def test_what_a_model_was_given_has_no_pseudonyms_then(store: Store) -> None:
    """They were not kept."""
    kept = store.contexts.get(1, NOON)

    assert kept is not None
    assert kept.messages[0]["content"] == "Which tea?"
    assert kept.pseudonyms == ()
    assert store.contexts.masked_values(1) == {}


def test_earlier_answers_are_in_no_ledger_and_new_ones_are(store: Store) -> None:
    """What they took is not guessed."""
    assert store.ledger.find(1) == []
    assert store.ledger.reaches(1) is None
    by = Answerer("tiny", "Ollama", ModelPlace.LOCAL)
    usage = Usage(9, 2)
    new = NewEntry(NOON, CallPurpose.ANSWER, by, Ending.COMPLETE, usage, 0.0, message_id=1)

    store.ledger.add(1, new)

    (entry,) = store.ledger.find(1)
    assert (entry.message_id, entry.context_tokens, entry.cost) == (1, 9, 0.0)
