"""The door: opened late-loading, closed once, and delegating everything else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from memory.engine import Memory
from memory.errors import EmbedderMismatch, StoreUnavailable
from memory.records import PERSONALIZATION
from memory.settings import Settings
from tests.fakes import FakeEmbedder, FakeLanguage, FakeModel, FixedClock


@pytest.fixture
def memory(settings: Settings, clock: FixedClock, embedder: FakeEmbedder) -> Memory:
    with Memory.open(settings, clock=clock, embedder=embedder, language=FakeLanguage()) as opened:
        opened.grant("me", PERSONALIZATION)
        yield opened


def test_opening_loads_no_model(settings: Settings) -> None:
    """They come with their first use, so that the first page is there at once."""
    with Memory.open(replace(settings, cache=settings.database.parent / "cache")) as memory:
        assert memory.items("me") == memory.profile("me") == memory.entities("me") == []
        assert memory.stats().embedding_model == "all-MiniLM-L6-v2/int8"
    assert not (settings.database.parent / "cache").exists()


def test_warming_up_uses_every_model_once(memory: Memory, embedder: FakeEmbedder) -> None:
    """In the background, while the person looks at the first page."""
    memory.warm_up()

    assert len(embedder.embedded) == 1


def test_the_default_clock_is_in_utc(settings: Settings) -> None:
    """Between before and after."""
    before = datetime.now(UTC)
    with Memory.open(settings, embedder=FakeEmbedder(), language=FakeLanguage()) as memory:
        memory.grant("me", PERSONALIZATION)
        granted = memory.consents("me")[0].granted_at

    assert before <= granted <= datetime.now(UTC)
    assert granted.utcoffset() == timedelta(0)


def test_by_another_clock_it_is_the_same_memory(memory: Memory, clock: FixedClock) -> None:
    """What is stored through it counts as stored then; closing it closes nothing."""
    earlier = clock() - timedelta(days=30)
    with memory.with_clock(lambda: earlier) as then:
        told = then.remember("me", "I prefer tea.")

    assert told.created_at == earlier
    assert memory.items("me") == [told]
    assert memory.now() == clock()


def test_it_can_be_closed_twice(memory: Memory, settings: Settings) -> None:
    """A page's reload and the end of the process may both do it; the file is let go once."""
    memory.close()
    before = settings.database.read_bytes()

    memory.close()

    assert settings.database.read_bytes() == before
    with pytest.raises(StoreUnavailable, match="was closed"):
        memory.items("me")


def test_a_closed_file_leaves_nothing_beside_it_but_its_keys(
    memory: Memory, settings: Settings
) -> None:
    """No log to forget when copying it."""
    memory.remember("me", "I like tea")
    memory.close()

    assert {path.name for path in settings.database.parent.iterdir()} == {
        "recollect.db",
        "recollect.db.keys",
        "recollect.db.keys.head",
    }


def test_another_embedder_is_refused_and_the_file_is_let_go(
    memory: Memory, settings: Settings, clock: FixedClock
) -> None:
    """Two models' vectors say nothing about each other; the right one opens it again."""
    item = memory.remember("me", "I like tea")
    memory.close()

    with pytest.raises(EmbedderMismatch, match="Open it with the model it was made with"):
        Memory.open(settings, embedder=FakeEmbedder("another"), language=FakeLanguage())

    parts = {"clock": clock, "embedder": FakeEmbedder(), "language": FakeLanguage()}
    with Memory.open(settings, **parts) as again:
        assert again.items("me") == [item]


def test_a_file_that_cannot_be_used_is_an_error_at_opening(tmp_path: Path) -> None:
    """With what to do, and before anything is typed."""
    path = tmp_path / "notes.db"
    path.write_text("my notes\n" * 1000)

    with pytest.raises(StoreUnavailable, match="RECOLLECT_DATABASE"):
        Memory.open(Settings(database=path), embedder=FakeEmbedder())


def test_who_answers_is_named(memory: Memory, settings: Settings) -> None:
    """The built-in answerer, or the model it was opened with."""
    assert memory.answerer("me") == "built-in answerer"
    memory.close()
    with Memory.open(settings, embedder=FakeEmbedder(), model=FakeModel(name="m")) as modelled:
        assert modelled.answerer("me") == "m"


# -- lists ----------------------------------------------------------------------------------


def test_items_are_newest_first_of_every_status(memory: Memory, clock: FixedClock) -> None:
    """What was forgotten too, until it is erased."""
    first = memory.remember("me", "I like tea")
    clock.advance(minutes=1)
    second = memory.remember("me", "I like coffee")
    memory.forget(first.id)

    assert [item.id for item in memory.items("me")] == [second.id, first.id]
    assert memory.items("stranger") == []


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", 3),
        ("tea", 2),
        ("TEA", 2),
        ("tea green", 1),
        ("gree", 1),
        ("  coffee  ", 1),
        ("tea coffee", 0),
        ("100%", 0),
        ("_", 0),
    ],
)
def test_items_are_searched_by_parts_of_words(memory: Memory, search: str, found: int) -> None:
    """Each word must be there, in whichever case; nothing in it is a pattern."""
    for text in ("I drink green tea", "Tea is warm", "I drink coffee"):
        memory.remember("me", text)

    assert len(memory.items("me", search=search)) == found


def test_lists_of_an_unknown_person_are_empty(memory: Memory) -> None:
    """And asking does not make them known."""
    for name in ("items", "profile", "entities", "conversations", "consents", "retention"):
        assert getattr(memory, name)("stranger") == []
    assert memory.privacy_report().people == 1


def test_lists_are_not_open_cursors(memory: Memory) -> None:
    """An unfinished one would keep erased pages in the log."""
    for number in range(5):
        memory.observe("me", "user", f"I like tea number {number} a lot")
    unfinished = [iter(memory.items("me")), iter(memory.audit()), iter(memory.messages("default"))]
    for each in unfinished:
        next(each)

    assert memory.erase("me").verified
