"""Correcting, pinning, forgetting and putting back single memories, and how they fade."""

from datetime import timedelta

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput, NotFound
from memory.records import PERSONALIZATION, SENSITIVE, DataClass, Status
from tests.fakes import NOON, FakeEmbedder, FakeModel, FixedClock
from tests.flow.conftest import OpenMemory

TOLD = "I work at Acme with PostgreSQL and Bob every day"
CORRECTED = "I work at Globex with MongoDB and Ann every day"


@pytest.fixture
def told(memory: Memory) -> int:
    """A memory from a chat, with the answer that acknowledged it in other words."""
    model = FakeModel(("Good to know ", "about your Acme job."))
    reply = memory.respond("me", TOLD, conversation_id="work", model=model)
    reply.read()
    return reply.observation.stored[0].id


def context_of(memory: Memory, conversation: str, query: str = "Which database at work?") -> str:
    context = memory.context("me", query, conversation_id=conversation)
    return "\n".join(message["content"] for message in context.messages)


# -- edit -----------------------------------------------------------------------------------


def test_an_edit_changes_all_that_was_derived(memory: Memory, told: int) -> None:
    """Text, words, vector, profile and entities; the old wording is a revision."""
    edited = memory.edit(told, f"{CORRECTED}, and I work at Globex")

    assert edited == memory.item(told)
    assert edited.text == f"{CORRECTED}, and I work at Globex"
    assert edited.edited_at == NOON
    (revision,) = memory.revisions(told)
    assert (revision.text, revision.replaced_at) == (TOLD, NOON)
    assert [(f.field, f.value) for f in memory.profile("me")] == [("employer", "Globex")]
    assert {entity.name for entity in memory.entities("me")} == {"MongoDB"}
    assert memory.recall("me", "Acme PostgreSQL", mode="text", touch=False) == []
    (found,) = memory.recall("me", "Globex MongoDB", mode="text", touch=False)
    assert found.item.id == told
    cosine = memory.recall("me", edited.text, mode="vector", touch=False)[0].similarity
    assert cosine == pytest.approx(1, abs=1e-6)


def test_the_next_context_has_the_new_wording(memory: Memory, told: int) -> None:
    """In another conversation nothing of the old one is left."""
    memory.edit(told, CORRECTED)

    given = context_of(memory, "another")

    assert CORRECTED in given
    assert "PostgreSQL" not in given


def test_revisions_come_newest_first(memory: Memory, told: int, clock: FixedClock) -> None:
    """Each with the moment it was replaced."""
    memory.edit(told, "second wording")
    later = clock.advance(hours=1)
    memory.edit(told, "third wording")

    assert [(r.text, r.replaced_at) for r in memory.revisions(told)] == [
        ("second wording", later),
        (TOLD, NOON),
    ]


def test_an_edit_without_a_change_is_none(memory: Memory, told: int) -> None:
    """No revision of the very same words."""
    memory.edit(told, f"  {TOLD} ")

    assert memory.revisions(told) == []
    assert memory.item(told).edited_at is None


@pytest.mark.parametrize("text", ["", "x" * 5000])
def test_an_edit_to_something_that_is_no_memory_is_refused(
    memory: Memory, told: int, text: str
) -> None:
    """The old wording stays."""
    with pytest.raises(InvalidInput):
        memory.edit(told, text)

    assert memory.item(told).text == TOLD


@pytest.mark.parametrize(
    ("chosen", "after"),
    [
        (None, DataClass.INTERNAL),
        ("sensitive", DataClass.SENSITIVE),
        ("public", DataClass.PUBLIC),
        ("confidential", DataClass.CONFIDENTIAL),
    ],
)
def test_a_chosen_class_outlives_an_edit(
    memory: Memory, chosen: str | None, after: DataClass
) -> None:
    """One that was read off the text is read off again; its retention follows."""
    memory.grant("me", SENSITIVE)
    item = memory.remember("me", "I have hay fever", data_class=chosen)

    edited = memory.edit(item.id, "Hay fever comes in spring")

    assert edited.data_class is after
    kept_for_good = after in (DataClass.INTERNAL, DataClass.PUBLIC)
    assert edited.expires_at == (None if kept_for_good else NOON + timedelta(days=365))


class MeddlingEmbedder(FakeEmbedder):
    """Does something else while a text is embedded, as another tab might."""

    meddle = staticmethod(lambda: None)

    def embed(self, texts):  # type: ignore[no-untyped-def]
        meddle, self.meddle = self.meddle, lambda: None
        meddle()
        return super().embed(texts)


def test_two_edits_at_once_leave_the_index_whole(open_memory: OpenMemory) -> None:
    """The later one wins, both are revisions, and no word of the other is found any more."""
    embedder = MeddlingEmbedder()
    memory = open_memory(embedder=embedder)
    memory.grant("me", PERSONALIZATION)
    item = memory.remember("me", "first alpha")

    embedder.meddle = lambda: memory.edit(item.id, "second bravo")
    memory.edit(item.id, "third charlie")

    assert memory.item(item.id).text == "third charlie"
    assert [revision.text for revision in memory.revisions(item.id)] == [
        "second bravo",
        "first alpha",
    ]
    for words, found in (("alpha", 0), ("bravo", 0), ("charlie", 1)):
        assert len(memory.recall("me", words, mode="text", touch=False)) == found


def test_an_edit_of_what_is_erased_meanwhile_is_not_found(open_memory: OpenMemory) -> None:
    """It does not come back."""
    embedder = MeddlingEmbedder()
    memory = open_memory(embedder=embedder)
    memory.grant("me", PERSONALIZATION)
    item = memory.remember("me", "first alpha")

    embedder.meddle = lambda: memory.erase("me", memory=item.id)
    with pytest.raises(NotFound):
        memory.edit(item.id, "second bravo")

    assert memory.items("me") == []


# -- forget and restore ---------------------------------------------------------------------


def test_forgetting_takes_a_memory_out_of_everything_at_once(memory: Memory, told: int) -> None:
    """Recall, profile, entities, other conversations, and its own with the answer to it."""
    assert "PostgreSQL" in context_of(memory, "work")
    assert "PostgreSQL" in context_of(memory, "another")

    forgotten = memory.forget(told)

    assert (forgotten.status, forgotten.forgotten_at) == (Status.FORGOTTEN, NOON)
    for mode in ("hybrid", "vector", "text"):
        assert memory.recall("me", TOLD, mode=mode) == []
    assert memory.profile("me") == memory.entities("me") == memory.retention("me") == []
    for conversation in ("work", "another"):
        given = context_of(memory, conversation)
        assert "PostgreSQL" not in given
        assert "Acme" not in given
    assert "PostgreSQL" not in memory.respond("me", "Which database do I use?").read()


def test_answers_built_on_what_was_forgotten_leave_the_conversation_too(
    memory: Memory, told: int
) -> None:
    """Wherever they were given, and in whichever words."""
    model = FakeModel(("The one with ", "the elephant."))
    memory.respond("me", "Who is at Acme?", conversation_id="later", model=model).read()
    assert "elephant" in context_of(memory, "later")

    memory.forget(told)

    assert "elephant" not in context_of(memory, "later")
    assert "Who is at Acme?" in context_of(memory, "later")


def test_what_is_forgotten_is_still_listed(memory: Memory, told: int) -> None:
    """So that it can be put back; the chat shows it until it is erased."""
    memory.forget(told)

    assert [item.id for item in memory.items("me")] == [told]
    assert memory.messages("work")[0].text == TOLD


def test_restore_undoes_forgetting(memory: Memory, told: int, clock: FixedClock) -> None:
    """Up to the moment it is erased, everything is there again."""
    memory.forget(told)
    clock.advance(minutes=9, seconds=59)
    memory.expire()

    restored = memory.restore(told)

    assert (restored.status, restored.forgotten_at) == (Status.ACTIVE, None)
    assert memory.recall("me", TOLD)[0].item.id == told
    assert memory.entities("me") != []
    assert "PostgreSQL" in context_of(memory, "work")
    clock.advance(hours=1)
    assert memory.expire().scope == "nothing"


def test_restore_comes_too_late_after_undo(memory: Memory, told: int, clock: FixedClock) -> None:
    """It says that it is not there any more."""
    memory.forget(told)
    clock.advance(minutes=10)
    memory.expire()

    with pytest.raises(NotFound):
        memory.restore(told)


def test_restoring_an_active_memory_changes_nothing(memory: Memory, told: int) -> None:
    """Not even the audit."""
    before = memory.audit()

    assert memory.restore(told) == memory.item(told)
    assert memory.audit() == before


@pytest.mark.parametrize("act", ["edit", "pin", "unpin", "forget", "restore", "item", "curve"])
def test_a_memory_that_is_not_there_is_not_found(memory: Memory, act: str) -> None:
    """An error with a remedy, never a silent nothing."""
    arguments = (4711, "text") if act == "edit" else (4711,)

    with pytest.raises(NotFound, match="no memory 4711"):
        getattr(memory, act)(*arguments)


# -- fading ---------------------------------------------------------------------------------


def test_pinned_memories_do_not_fade(memory: Memory, clock: FixedClock) -> None:
    """Once they are unpinned they fade from then on: that counts as a use."""
    item = memory.remember("me", "The train to Berlin leaves at noon", importance=0.8)
    memory.pin(item.id)
    clock.advance(days=100)

    (pinned,) = memory.retention("me")
    assert (pinned.strength, pinned.fades_at, pinned.fading) == (0.8, None, False)
    memory.unpin(item.id)
    (faded,) = memory.retention("me")
    left = 0.8 * 0.95**7  # an absence counts as seven days
    assert faded.strength == pytest.approx(left + 0.5 * (1 - left))
    assert faded.fades_at is not None
    assert memory.uses(item.id) == []


def test_a_pin_that_is_undone_at_once_counts_as_no_use(memory: Memory, clock: FixedClock) -> None:
    """A slip makes nothing stronger."""
    item = memory.remember("me", "The train to Berlin leaves at noon", importance=0.8)
    memory.pin(item.id)
    clock.advance(minutes=5)

    assert memory.unpin(item.id).access_count == 0


def test_retention_of_some_is_in_their_order(memory: Memory, clock: FixedClock) -> None:
    """As of now, and the same as in the list of all."""
    strong = memory.remember("me", "I live in Berlin", importance=0.9)
    weak = memory.remember("me", "I like tea", importance=0.3)
    clock.advance(days=2)

    assert memory.retention_of([strong, weak]) == list(reversed(memory.retention("me")))
    assert memory.retention_of([]) == []


def test_retention_lists_the_weakest_first(memory: Memory) -> None:
    """As of any day; nothing is written."""
    for importance in (0.9, 0.3, 0.6):
        memory.remember("me", f"importance {importance}", importance=importance)

    strengths = [kept.strength for kept in memory.retention("me", at=NOON + timedelta(days=3))]

    assert strengths == pytest.approx([i * 0.95**3 for i in (0.3, 0.6, 0.9)])
    assert [kept.strength for kept in memory.retention("me")] == [0.3, 0.6, 0.9]
    assert memory.retention("stranger") == []


def test_a_curve_has_a_point_a_day(memory: Memory) -> None:
    """From now to the last day, falling by a twentieth each."""
    item = memory.remember("me", "The train to Berlin leaves at noon", importance=1.0)

    curve = memory.curve(item.id, days=30)

    assert len(curve.points) == 31
    assert curve.points[0] == (NOON, 1.0)
    assert curve.points[30] == (NOON + timedelta(days=30), pytest.approx(0.95**30))
    assert (curve.fading_below, curve.archived_below) == (0.35, 0.15)
    with pytest.raises(InvalidInput, match="at least one day"):
        memory.curve(item.id, days=0)
