"""Undoing a correction; merging memories, undoing that, and what an erasure takes with it."""

from collections.abc import Callable, Sequence

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput, NotFound
from memory.protocols import Vectors
from memory.records import PERSONALIZATION, DataClass, Kind, MemoryItem, Status
from memory.settings import Settings
from tests.fakes import NOON, FakeEmbedder, FakeModel, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import left_of

ACME = "I work at Acme with PostgreSQL every day"
GLOBEX = "I work at Globex with MongoDB every day"
RIVER = "I live in Berlin near the zephyrine river"


# -- undoing a correction -------------------------------------------------------------------


def test_reverting_brings_the_earlier_wording_back_with_all_that_hangs_on_it(
    memory: Memory,
) -> None:
    """Text, words, vector, profile and entities."""
    told = memory.remember("me", ACME)
    memory.edit(told.id, GLOBEX)

    reverted = memory.revert(told.id)

    assert reverted.text == ACME
    assert [revision.text for revision in memory.revisions(told.id)] == [GLOBEX]
    assert [field.value for field in memory.profile("me")] == ["Acme"]
    assert [entity.name for entity in memory.entities("me")] == ["Acme", "PostgreSQL"]
    assert memory.recall("me", "Globex MongoDB", mode="text", touch=False) == []
    (found,) = memory.recall("me", ACME, mode="vector", touch=False)
    assert found.similarity == pytest.approx(1, abs=1e-6)


def test_reverting_twice_brings_the_correction_back(memory: Memory) -> None:
    told = memory.remember("me", ACME)
    memory.edit(told.id, GLOBEX)

    memory.revert(told.id)
    assert memory.revert(told.id).text == GLOBEX
    assert [revision.text for revision in memory.revisions(told.id)] == [ACME]


def test_what_was_never_corrected_cannot_be_reverted(memory: Memory) -> None:
    told = memory.remember("me", ACME)

    with pytest.raises(NotFound):
        memory.revert(told.id)
    with pytest.raises(NotFound):
        memory.revert(999)


# -- merging --------------------------------------------------------------------------------


@pytest.fixture
def pair(memory: Memory) -> tuple[MemoryItem, MemoryItem]:
    return memory.remember("me", ACME, importance=0.4), memory.remember(
        "me", RIVER, importance=0.9, pinned=True
    )


def test_a_merge_says_what_its_parts_said_and_takes_their_place(
    memory: Memory, pair: tuple[MemoryItem, MemoryItem]
) -> None:
    """As important as the most important, pinned if one was; the parts wait out of recall."""
    merged = memory.merge([item.id for item in pair])

    assert merged.text == f"{ACME}\n{RIVER}"
    assert (merged.kind, merged.importance, merged.pinned) == (Kind.FACT, 0.9, True)
    assert memory.merged_from(merged.id) == [memory.item(item.id) for item in pair]
    assert {memory.item(item.id).status for item in pair} == {Status.MERGED}
    assert {memory.item(item.id).merged_into for item in pair} == {merged.id}
    for mode in ("hybrid", "vector", "text"):
        found = memory.recall("me", f"{ACME} {RIVER}", mode=mode, touch=False)
        assert [result.item.id for result in found] == [merged.id]
    assert {field.source_memory_id for field in memory.profile("me")} == {merged.id}


def test_a_plan_tells_what_a_merge_would_make_and_changes_nothing(
    memory: Memory, pair: tuple[MemoryItem, MemoryItem]
) -> None:
    """The same text, kind, class and mark; also of one that would be too long."""
    ids = [item.id for item in pair]

    plan = memory.plan_merge(ids)

    assert memory.items("me") == list(reversed(pair))
    merged = memory.merge(ids)
    assert (plan.text, plan.kind, plan.data_class, plan.pinned, plan.said_at) == (
        merged.text,
        merged.kind,
        merged.data_class,
        merged.pinned,
        merged.said_at,
    )
    long = [memory.remember("me", f"{letter} " * 1500).id for letter in "ab"]
    assert len(memory.plan_merge(long).text) > 5000
    with pytest.raises(InvalidInput, match="in use"):
        memory.plan_merge(ids)


def test_a_merge_can_be_worded_anew(memory: Memory, pair: tuple[MemoryItem, MemoryItem]) -> None:
    """The words are masked as those of any other memory."""
    merged = memory.merge([item.id for item in pair], "I work at Acme, write to m@acme.io")

    assert "m@acme.io" not in merged.text
    assert merged.text.startswith("I work at Acme, write to [EMAIL")


def test_a_merge_is_as_well_used_as_its_most_used_part(
    memory: Memory, pair: tuple[MemoryItem, MemoryItem], clock: FixedClock
) -> None:
    clock.advance(days=3)
    memory.recall("me", RIVER, limit=1)

    merged = memory.merge([item.id for item in pair])

    assert (merged.access_count, merged.last_accessed_at) == (1, clock.now)


def test_an_undone_merge_leaves_the_parts_as_they_were(
    memory: Memory, pair: tuple[MemoryItem, MemoryItem], clock: FixedClock
) -> None:
    """The merged memory is forgotten, and erased when undo ends; the parts stay."""
    merged = memory.merge([item.id for item in pair])

    assert sorted(memory.unmerge(merged.id), key=lambda item: item.id) == list(pair)
    assert memory.item(merged.id).status is Status.FORGOTTEN

    clock.advance(minutes=11)
    assert memory.expire().verified
    assert sorted(memory.items("me"), key=lambda item: item.id) == list(pair)


def test_erasing_a_merge_erases_its_parts_to_the_bytes(
    memory: Memory, pair: tuple[MemoryItem, MemoryItem], settings: Settings
) -> None:
    merged = memory.merge([item.id for item in pair], "All about me and quokkas.")

    receipt = memory.erase("me", memory=merged.id)

    assert receipt.verified
    assert receipt.places["memories"] == 3
    assert memory.items("me") == []
    assert left_of(["zephyrine", "quokkas", "Acme"], settings.database) == []


def test_what_is_superseded_is_not_merged(listening: Memory) -> None:
    """It would hold again in the merge."""
    texts = ("I live in Berlin.", "I like tea.", "I moved to Munich.")
    berlin, tea, _ = (listening.observe("me", "user", text).stored[0] for text in texts)

    with pytest.raises(InvalidInput, match="still holds"):
        listening.merge([berlin.id, tea.id])

    assert [field.value for field in listening.profile("me")] == ["Munich"]


def test_a_merge_is_not_merged_again(memory: Memory, pair: tuple[MemoryItem, MemoryItem]) -> None:
    """One level: undoing it brings back exactly what was."""
    merged = memory.merge([item.id for item in pair])
    third = memory.remember("me", "I prefer quokkas over all other animals")

    with pytest.raises(InvalidInput, match="Undo that merge first"):
        memory.merge([merged.id, third.id])


def test_a_forgotten_merge_is_put_back_before_it_is_undone(
    memory: Memory, pair: tuple[MemoryItem, MemoryItem]
) -> None:
    merged = memory.merge([item.id for item in pair])
    memory.forget(merged.id)

    with pytest.raises(InvalidInput, match="Put it back first"):
        memory.unmerge(merged.id)

    memory.restore(merged.id)
    assert len(memory.unmerge(merged.id)) == 2


@pytest.mark.parametrize("how", ["forget", "pause"])
def test_parts_freed_of_a_merge_out_of_use_stay_out_of_use(memory: Memory, how: str) -> None:
    """The person forgot, or paused, all of it; one part is erased with its conversation."""
    memory.respond("me", ACME, conversation_id="work", model=FakeModel(("Noted.",))).read()
    (first,) = memory.items("me")
    second = memory.remember("me", RIVER)
    merged = memory.merge([first.id, second.id])
    memory.change([merged.id], how)

    memory.erase("me", conversation="work")

    (kept,) = memory.items("me")
    assert (kept.id, kept.in_use, kept.merged_into) == (second.id, False, None)
    assert (kept.status is Status.FORGOTTEN) == (how == "forget")
    assert memory.recall("me", RIVER, touch=False) == []


def test_parts_are_kept_as_long_as_their_merge_would_have_been(
    memory: Memory, pair: tuple[MemoryItem, MemoryItem], clock: FixedClock
) -> None:
    """Their time does not run out while they wait."""
    clock.advance(days=300)
    merged = memory.merge([item.id for item in pair])
    clock.advance(days=200)
    memory.expire()

    memory.unmerge(merged.id)
    memory.expire()

    kept = [memory.item(item.id) for item in pair]
    assert all(item.in_use for item in kept)
    assert {item.expires_at for item in kept} == {merged.expires_at}


def test_what_has_expired_is_not_merged(
    memory: Memory, pair: tuple[MemoryItem, MemoryItem], clock: FixedClock
) -> None:
    """A merge would give it another year."""
    clock.advance(days=400)

    with pytest.raises(InvalidInput, match="Only memories in use"):
        memory.merge([item.id for item in pair])


def test_forgetting_a_merge_forgets_what_its_parts_told(memory: Memory) -> None:
    """Where they were said does not reach a model either, and all goes when undo ends."""
    told = [
        memory.respond("me", text, conversation_id="work", model=FakeModel(("Noted.",)))
        for text in (ACME, RIVER)
    ]
    for reply in told:
        reply.read()
    merged = memory.merge([reply.observation.stored[0].id for reply in told])

    memory.forget(merged.id)

    given = str(memory.context("me", "Well?", conversation_id="work").messages)
    assert "Acme" not in given
    assert "zephyrine" not in given


def test_erasing_a_part_takes_the_merge_along_and_frees_the_other_parts(
    memory: Memory, settings: Settings
) -> None:
    """The merge holds the erased text; the other part is a memory of its own again."""
    first = memory.respond("me", ACME, conversation_id="work", model=FakeModel(("Noted.",)))
    first.read()
    second = memory.respond("me", RIVER, conversation_id="home", model=FakeModel(("Fine.",)))
    second.read()
    parts = [reply.observation.stored[0].id for reply in (first, second)]
    merged = memory.merge(parts)

    memory.erase("me", conversation="work")

    (kept,) = memory.items("me")
    assert (kept.id, kept.status, kept.merged_into) == (parts[1], Status.ACTIVE, None)
    with pytest.raises(NotFound):
        memory.item(merged.id)
    assert left_of(["Acme"], settings.database) == []
    assert memory.check().sound


def test_a_merge_expires_as_its_strictest_class_does(
    open_memory: OpenMemory, settings: Settings, clock: FixedClock
) -> None:
    """Under the strict regime a merge does not put off what is due."""
    memory = open_memory(Settings(database=settings.database, strict=True))
    memory.grant("me", PERSONALIZATION)
    first = memory.remember("me", "I like tea")
    clock.advance(days=20)
    second = memory.remember("me", "The build takes minutes", data_class="internal")

    merged = memory.merge([first.id, second.id])

    assert merged.data_class is DataClass.PERSONAL
    assert merged.expires_at == first.expires_at
    clock.advance(days=11)
    memory.expire()
    assert memory.items("me") == []


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda m: [m.remember("me", ACME).id] * 2, "needs two memories"),
        (
            lambda m: [m.remember("me", ACME).id, m.pause(m.remember("me", RIVER).id).id],
            "Only memories in use",
        ),
        (
            lambda m: [
                m.remember("me", ACME).id,
                m.observe("me", "assistant", f"{RIVER}, with PostgreSQL 14").stored[0].id,
            ],
            "told by different people",
        ),
    ],
)
def test_what_does_not_belong_together_is_not_merged(
    open_memory: OpenMemory, settings: Settings, make: object, words: str
) -> None:
    memory = open_memory(Settings(database=settings.database, importance_threshold=0))
    memory.grant("me", PERSONALIZATION)
    chosen = make(memory)  # type: ignore[operator]
    before = memory.items("me")

    with pytest.raises(InvalidInput, match=words):
        memory.merge(chosen)

    assert memory.items("me") == before


def test_a_merge_too_long_for_a_memory_is_refused(memory: Memory) -> None:
    """Nothing is cut off in silence."""
    long = [memory.remember("me", f"{word} " * 400).id for word in ("alpha", "gamma")]

    with pytest.raises(InvalidInput, match="merged memory is 5 KB long"):
        memory.merge(long)


def test_a_part_of_a_merge_is_left_to_it(
    memory: Memory, pair: tuple[MemoryItem, MemoryItem]
) -> None:
    memory.merge([item.id for item in pair])

    with pytest.raises(InvalidInput, match="Undo that merge first"):
        memory.forget(pair[0].id)
    with pytest.raises(InvalidInput, match="Undo that merge first"):
        memory.edit(pair[0].id, GLOBEX)
    with pytest.raises(InvalidInput, match="Put it back first"):
        memory.unmerge(pair[0].id)
    with pytest.raises(NotFound):
        memory.unmerge(memory.remember("me", "I like tea").id)


def test_merging_and_undoing_are_audited(
    memory: Memory, pair: tuple[MemoryItem, MemoryItem]
) -> None:
    merged = memory.merge([item.id for item in pair])
    memory.unmerge(merged.id)

    events = [(event.action, event.counts, event.at) for event in memory.audit(2)]
    assert events == [
        ("unmerge", {"memories": 2}, NOON),
        ("merge", {"memories": 2}, NOON),
    ]
    assert memory.verify_audit().state == "intact"


class ErasingEmbedder(FakeEmbedder):
    """Somebody else acts while the merge's text is embedded."""

    meanwhile: Callable[[], object] | None = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self.meanwhile:
            act, self.meanwhile = self.meanwhile, None
            act()
        return super().embed(texts)


@pytest.mark.parametrize("act", ["erase", "edit", "forget"])
def test_what_is_changed_while_a_merge_is_worked_out_does_not_live_on_in_it(
    open_memory: OpenMemory, settings: Settings, act: str
) -> None:
    """Erased, corrected or forgotten by another tab: the merge is refused."""
    embedder = ErasingEmbedder()
    memory = open_memory(embedder=embedder)
    memory.grant("me", PERSONALIZATION)
    ids = [memory.remember("me", text).id for text in (ACME, RIVER, "I prefer quokkas")]
    embedder.meanwhile = {
        "erase": lambda: memory.erase("me", memory=ids[1]),
        "edit": lambda: memory.edit(ids[1], "I live in Paris"),
        "forget": lambda: memory.forget(ids[1]),
    }[act]

    with pytest.raises(InvalidInput, match="changed meanwhile"):
        memory.merge(ids)

    assert all(item.merged_into is None for item in memory.items("me"))
    assert len(memory.items("me")) == (2 if act == "erase" else 3)


def test_an_answer_without_a_merge_is_without_what_its_parts_told(memory: Memory) -> None:
    memory.respond("me", ACME, conversation_id="work", model=FakeModel(("Noted.",))).read()
    (first,) = memory.items("me")
    merged = memory.merge([first.id, memory.remember("me", RIVER).id])
    model = FakeModel()

    memory.respond("me", "Well?", conversation_id="work", without=[merged.id], model=model).read()

    assert ACME not in str(model.received)
    assert "zephyrine" not in str(model.received)
