"""A file in which everything that the pages can show is there: weeks of somebody's memory."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from memory import REMOTE_MODEL, Memory, Settings
from memory.adapters.embedder import MiniLMEmbedder
from tests.fakes import FakeEmbedder, FakeLanguage, FakeRemoteModel, FixedClock

DAYS = 40
"""For which the person was there."""
SAID = (
    "My name is Jana.",
    "I live in Berlin.",
    "I work at Acme.",
    "Maya works on Apollo.",
    "Apollo uses PostgreSQL.",
    "Bob knows Python.",
    "Maya knows Bob.",
    "I prefer short answers with examples.",
    "I like tea.",
    "My cat is called Miso.",
    "I am learning Python for the Apollo project, in the evenings and on the train.",
)
LATER = (
    "I don't like tea.",
    "I live in Munich now.",
    "Maya prefers MongoDB to PostgreSQL for prototypes.",
)
CLASSES = ("internal", "personal", "confidential", "public")


def fill(database: Path, more: int = 30) -> None:
    """``more``: memories beside those of the story."""
    settings = Settings(database=database, words_per_second=0)
    clock = FixedClock(datetime.now(UTC) - timedelta(days=DAYS))
    embedder = FakeEmbedder(name=MiniLMEmbedder(settings.cache).name)
    with Memory.open(settings, clock=clock, embedder=embedder, language=FakeLanguage()) as memory:
        memory.grant("me", "personalization")
        for text in SAID:
            list(memory.respond("me", text, conversation_id="first"))
        _note(memory, more)
        for _ in range(DAYS - 1):
            clock.advance(days=1)
            memory.visit("me")
        _change(memory)
        memory.sweep(memory.plan_sweep("me"))
        for text in (*LATER, "Where do I live?", "What do you know about Maya?"):
            list(memory.respond("me", text, conversation_id="second"))
        memory.grant("me", REMOTE_MODEL)
        asked = {"conversation_id": "third", "model": FakeRemoteModel()}
        list(memory.respond("me", "What is Apollo?", **asked))
        clock.advance(days=0.9)
        memory.add_person("Jonas")


def _note(memory: Memory, more: int) -> None:
    for number in range(more):
        memory.remember(
            "me",
            f"Note number {number} on the garden, the bicycle and the allotment’s gate.",
            kind=("fact", "preference", "episode")[number % 3],
            data_class=CLASSES[number % len(CLASSES)],
            importance=0.1 + number % 9 / 10,
        )


def _change(memory: Memory) -> None:
    """What the person did to some of it."""
    first, second, third, fourth, *_ = memory.items("me")
    memory.edit(first.id, "Note that was corrected.")
    memory.pin(second.id)
    memory.pause(third.id)
    memory.forget(fourth.id)
