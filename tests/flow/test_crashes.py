"""Killed at any moment: what was acknowledged is there, what was erased is gone to the bytes.

A hundred kills and a table of them: ``uv run python -m tests.benchmarks.crashes``.
"""

from pathlib import Path

import pytest

from memory.records import PERSONALIZATION, Role
from tests.fakes import FixedClock
from tests.flow.crashing import Books, compare, crash
from tests.flow.worker import Worker, call
from tests.flow.working import open_memory


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "recollect.db"


@pytest.mark.parametrize(
    ("seed", "aim"),
    [
        (1, "anything"),
        (2, "anything"),
        (3, "erasure"),
        (4, "erasure"),
        (5, "erasure"),
        (6, "answer"),
    ],
)
def test_a_killed_life_leaves_a_sound_file(database: Path, seed: int, aim: str) -> None:
    """Every acknowledged deed is whole, and an erasure that was begun is finished."""
    ended = crash(database, seed, aim)

    assert ended.books.kept | ended.books.gone
    assert ended.faults == []


def test_what_was_asked_survives_a_kill_in_the_middle_of_its_answer(database: Path) -> None:
    """It was stored before the first word came; the answer itself is not there."""
    with Worker(database) as worker:
        worker.open()
        worker.do(call("grant", "me", PERSONALIZATION))
        worker.tell(half="I always prefer the quokka0n0x notebook.")
        first_word = worker.answer()
        worker.kill()

    assert first_word
    with open_memory(database, FixedClock()) as memory:
        [message] = memory.messages("half")
        assert (message.role, message.text) == (
            Role.USER,
            "I always prefer the quokka0n0x notebook.",
        )
        assert [item.source_message_id for item in memory.items("me")] == [message.id]
        assert memory.check().sound
        assert memory.verify_audit().state == "intact"


def test_the_comparison_sees_what_is_missing_and_what_is_left(database: Path) -> None:
    """The other tests rest on it."""
    with open_memory(database, FixedClock()) as memory:
        memory.grant("me", PERSONALIZATION)
        memory.remember("me", "I always prefer the quokka0n1x notebook.")
        memory.remember("me", "I always prefer the quokka0n2x notebook.")
        books = Books(
            under_way="expire",
            kept={"quokka0n0x"},
            gone={"quokka0n1x"},
            answers={7: "quokka0n0x"},
            maybe_removed={"quokka0n2x", "quokka0n3x"},
        )

        assert [*compare(memory, books, database)] == [
            "quokka0n1x is still in the file",
            "quokka0n0x is in 0 memories",
            "expire is half done: ['quokka0n2x'] are left",
            "the answer 7 is not there",
        ]
