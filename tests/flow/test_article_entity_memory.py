"""The article's demo of entity memory (section 3), through the door.

Its table by keywords takes "user" and "customer" for people and "app" and "system" for projects;
what is right in it is here, with its counts and its importance.
"""

import pytest

from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.records import PERSONALIZATION, EntityType
from tests.fakes import FixedClock
from tests.flow.conftest import OpenMemory

MESSAGES = (
    "The user mentioned their app has database performance issues",
    "The customer is using PostgreSQL with their Django app",
    "Developer Smith reported a bug in the authentication system",
    "The API service needs optimization for better performance",
    "John from the team fixed the timeout error in the PostgreSQL database",
    "The Django app is now working properly after Smith's bug fix",
)
# of each its type, its name, how often it is mentioned, and its importance
TABLE = (
    ("technology", "database", 2, 1.1),
    ("concept", "issue", 1, 1.0),
    ("technology", "PostgreSQL", 2, 1.1),
    ("technology", "Django", 2, 1.1),
    ("person", "Smith", 2, 1.1),
    ("concept", "bug", 2, 1.1),
    ("person", "John", 1, 1.0),
    ("concept", "error", 1, 1.0),
    ("concept", "timeout", 1, 1.0),
)
WRONG = ("user", "customer", "developer", "app", "system", "service")


@pytest.fixture(scope="module")
def language() -> SpacyLanguage:
    return SpacyLanguage()


@pytest.fixture
def demo(open_memory: OpenMemory, clock: FixedClock, language: SpacyLanguage) -> Memory:
    """The six messages, a minute apart."""
    memory = open_memory(language=language)
    memory.grant("me", PERSONALIZATION)
    for text in MESSAGES:
        memory.observe("me", "user", text)
        clock.advance(minutes=1)
    return memory


def test_the_table_of_the_article(demo: Memory) -> None:
    """Also from the two messages that are not important enough to become memories."""
    assert len(demo.items("me")) < len(MESSAGES)
    found = {entity.name: entity for entity in demo.entities("me")}

    for kind, name, mentions, importance in TABLE:
        entity = found[name]
        assert (entity.type, entity.mention_count) == (EntityType(kind), mentions), name
        assert entity.importance == pytest.approx(importance)
    assert not found.keys() & set(WRONG)


def test_each_entity_has_its_first_and_last_context(demo: Memory, clock: FixedClock) -> None:
    """The article keeps the last one alone."""
    found = {entity.name: entity for entity in demo.entities("me")}

    smith, database = found["Smith"], found["database"]
    assert (smith.first_context, smith.last_context) == (MESSAGES[2], MESSAGES[5])
    assert (database.first_context, database.last_context) == (MESSAGES[0], MESSAGES[4])
    assert (clock.now - smith.last_mentioned_at).total_seconds() == 60


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Who fixed the authentication bug?", ["Smith", "bug"]),
        ("Help optimize the database performance", ["database", "performance", "PostgreSQL"]),
        ("What technology does the app use?", ["Django", "database", "PostgreSQL"]),
        ("Tell me about recent errors", ["error"]),
    ],
)
def test_the_queries_of_the_article(demo: Memory, query: str, first: list[str]) -> None:
    """What is asked for comes first, each with its terms and its reason."""
    found = demo.relevant_entities("me", query)

    assert [each.entity.name for each in found][: len(first)] == first
    assert len(found) <= 5
    assert all(
        each.reason and each.score == pytest.approx(sum(each.terms.values())) for each in found
    )
    assert found[0].entity.last_context


def test_the_network_of_the_article(demo: Memory) -> None:
    """Smith reported the bug, as there; and he fixed it, and John the timeout."""
    graph = demo.entity_graph("me")
    names = {entity.id: entity.name for entity in graph.entities}

    told = [(names[r.subject_id], r.said, names[r.object_id]) for r in graph.relations]
    assert sorted(told) == [
        ("John", "fixed", "error"),
        ("John", "fixed", "timeout"),
        ("Smith", "fixed", "bug"),
        ("Smith", "reported", "bug"),
    ]
    assert {demo.message(r.message_id).text for r in graph.relations if r.message_id} == {
        MESSAGES[2],
        MESSAGES[4],
        MESSAGES[5],
    }
    together = {frozenset((names[t.first_id], names[t.second_id])) for t in graph.together}
    assert frozenset(("Django", "Smith")) in together
