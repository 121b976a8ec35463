"""Pausing, and changing many memories at once: all or none, and each change can be undone."""

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput, NotFound
from memory.records import Change, MemoryItem, Status
from tests.fakes import FakeModel, FixedClock

TEXTS = (
    "I work at Acme with PostgreSQL every day",
    "I live in Berlin near the river",
    "The deploy script needs the staging flag",
)


@pytest.fixture
def items(memory: Memory) -> list[MemoryItem]:
    return [memory.remember("me", text) for text in TEXTS]


def ids(items: list[MemoryItem]) -> list[int]:
    return [item.id for item in items]


def test_a_paused_memory_is_kept_but_used_nowhere(memory: Memory, items: list[MemoryItem]) -> None:
    """Neither recalled in any mode, nor in a context, nor in the profile."""
    memory.pause(items[0].id)

    for mode in ("hybrid", "vector", "text"):
        found = memory.recall("me", "Acme PostgreSQL", mode=mode, touch=False)
        assert items[0].id not in [result.item.id for result in found]
    assert "Acme" not in str(memory.context("me", "Where do I work?").messages)
    assert "employer" not in {field.field for field in memory.profile("me")}
    assert "PostgreSQL" not in [entity.name for entity in memory.entities("me")]
    kept = memory.item(items[0].id)
    assert (kept.text, kept.status, kept.paused, kept.in_use) == (
        TEXTS[0],
        Status.ACTIVE,
        True,
        False,
    )


def test_why_a_paused_memory_is_not_recalled_is_said(
    memory: Memory, items: list[MemoryItem]
) -> None:
    memory.pause(items[0].id)

    explained = memory.explain("me", TEXTS[0], items[0].id)

    assert (explained.recalled, explained.rank) == (False, None)
    assert explained.reason == "It is paused: resume it to have it recalled."


def test_the_open_conversation_does_not_tell_a_paused_memory(memory: Memory) -> None:
    """Neither where it was said, nor the answer to that, reaches a model; resumed, both do."""
    model = FakeModel(("Acme, noted.",))
    reply = memory.respond("me", TEXTS[0], conversation_id="work", model=model)
    reply.read()
    (told,) = reply.observation.stored

    memory.pause(told.id)
    assert "Acme" not in str(memory.context("me", "Well?", conversation_id="work").messages)
    assert "Acme" not in str(memory.context("me", "Well?", conversation_id="other").messages)

    memory.resume(told.id)
    assert "Acme, noted." in str(memory.context("me", "Well?", conversation_id="work").messages)


def test_a_forgotten_memory_comes_back_paused_if_it_was(
    memory: Memory, items: list[MemoryItem]
) -> None:
    """Undo brings back exactly what was."""
    memory.pause(items[0].id)
    memory.forget(items[0].id)

    assert memory.restore(items[0].id) == memory.item(items[0].id)
    assert memory.item(items[0].id).paused


@pytest.mark.parametrize(
    ("what", "undo"),
    [
        (Change.PIN, Change.UNPIN),
        (Change.PAUSE, Change.RESUME),
        (Change.FORGET, Change.RESTORE),
    ],
)
def test_a_change_of_many_is_undone_by_its_counterpart(
    memory: Memory, items: list[MemoryItem], what: Change, undo: Change
) -> None:
    changed = memory.change(ids(items), what)

    assert changed == [memory.item(item.id) for item in items]
    assert all(now != before for now, before in zip(changed, items, strict=True))
    assert memory.change(ids(items), undo) == items


def test_a_change_is_of_all_of_them_or_of_none(memory: Memory, items: list[MemoryItem]) -> None:
    """One that was erased meanwhile stops the whole."""
    with pytest.raises(NotFound):
        memory.change([items[0].id, 999, items[1].id], "forget")

    assert [memory.item(item.id) for item in items] == items


def test_a_change_that_is_none_leaves_times_and_audit_alone(
    memory: Memory, items: list[MemoryItem], clock: FixedClock
) -> None:
    """Forgetting what is forgotten does not put its erasure off."""
    forgotten = memory.forget(items[0].id)
    events = memory.audit()
    clock.advance(minutes=5)

    assert memory.forget(items[0].id) == forgotten
    assert memory.audit() == events


def test_a_change_of_many_is_one_event(memory: Memory, items: list[MemoryItem]) -> None:
    memory.change(ids(items), "pin")

    event = memory.audit(1)[0]
    assert (event.action, event.counts) == ("pin", {"memories": 3})


def test_an_unknown_change_is_refused_with_what_it_could_be(memory: Memory) -> None:
    with pytest.raises(InvalidInput, match="Choose one of: pin, unpin, pause"):
        memory.change([1], "polish")
