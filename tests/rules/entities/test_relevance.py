"""Which entities a question is about: the article's terms, two more, and its four queries."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from memory.adapters.language import SpacyLanguage
from memory.records import Entity, EntityType, Mention, Relation
from memory.rules.entities.relevance import QueryNames, asked, freshness, rank, relevance
from tests.rules.entities.test_entities import ARTICLE

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
PERSON, CONCEPT, TECHNOLOGY = EntityType.PERSON, EntityType.CONCEPT, EntityType.TECHNOLOGY


def query(
    *words: str, types: tuple[EntityType, ...] = (), verbs: tuple[str, ...] = ()
) -> QueryNames:
    return QueryNames(frozenset(words), frozenset(types), frozenset(verbs))


def entity(name: str, type_: EntityType, *, hours: float = 0, mentions: int = 1) -> Entity:
    last = NOW - timedelta(hours=hours)
    ident = sum(map(ord, name))
    return Entity(ident, name, type_, mentions, 1 + 0.1 * (mentions - 1), last, last)


def related(subject: str, verb: str, thing: str, *, negated: bool = False) -> Relation:
    return Relation(Mention(subject, PERSON), verb, Mention(thing, CONCEPT), verb, negated)


@pytest.mark.parametrize(
    ("question", "known", "terms"),
    [
        (query("bug"), entity("bug", CONCEPT), {"name": 2, "recency": 1}),
        (query("bug"), entity("bug", CONCEPT, hours=6), {"name": 2, "recency": 0.75}),
        (query("bug"), entity("bug", CONCEPT, hours=12, mentions=2), {"name": 2, "recency": 0.55}),
        (query("bug"), entity("bug", CONCEPT, hours=24), {"name": 2}),
        (query("bug"), entity("bug", CONCEPT, hours=-3), {"name": 2, "recency": 1}),
        (query("bug"), entity("error", CONCEPT, hours=30), {}),
        (query("who", types=(PERSON,)), entity("Smith", PERSON, hours=24), {"type": 1}),
        (query("postgres"), entity("PostgreSQL", TECHNOLOGY, hours=24), {"name": 2}),
        (query("database"), entity("PostgreSQL", TECHNOLOGY, hours=24), {"type": 1}),
        (query("framework"), entity("PostgreSQL", TECHNOLOGY, hours=24), {}),
        (query("maya"), entity("Maya Chen", PERSON, hours=24), {"name": 2}),
        (query("systems"), entity("Brindlewick Systems", PERSON, hours=24), {}),
    ],
)
def test_an_entitys_score_is_the_sum_of_its_terms(
    question: QueryNames, known: Entity, terms: dict[str, float]
) -> None:
    """2 for the name, 1 for the type, importance times freshness."""
    assert relevance(question, known, NOW) == (pytest.approx(sum(terms.values())), terms)


@pytest.mark.parametrize(
    ("hours", "fresh"), [(0, 1), (6, 0.75), (18, 0.25), (24, 0), (500, 0), (-5, 1)]
)
def test_freshness_is_gone_after_a_day(hours: float, fresh: float) -> None:
    """The article's line, which never leaves 0 to 1."""
    assert freshness(timedelta(hours=hours)) == fresh


@pytest.mark.parametrize(
    ("relation", "terms"),
    [
        (related("Smith", "fix", "bug"), {"type": 1, "relation": 1, "deed": 1}),
        (related("Smith", "report", "bug"), {"type": 1, "relation": 1}),
        (related("Smith", "fix", "error"), {"type": 1}),
        (related("Smith", "fix", "bug", negated=True), {"type": 1}),
        (related("Jones", "fix", "bug"), {"type": 1}),
    ],
)
def test_relations_to_what_is_named_count(relation: Relation, terms: dict[str, float]) -> None:
    """1 for the relation and 1 for its verb; what is denied adds nothing."""
    question = query("who", "fix", "bug", types=(PERSON,), verbs=("fix",))
    [(_, score, found)] = rank(question, [entity("Smith", PERSON, hours=24)], [relation], NOW)
    assert (score, found) == (sum(terms.values()), terms)


def test_a_relation_told_in_the_questions_words_counts_more() -> None:
    """Words of what it relates are in the question anyhow, and what is not told adds nothing."""
    question = replace(
        query("who", "fix", "authentication", "bug", types=(PERSON,)),
        telling=frozenset(("authentication", "bug")),
    )
    told = {
        "Smith": "Smith reported the authentication bug.",
        "Jones": "Jones reported the checkout bug.",
        "Brown": "",
    }
    stated = [replace(related(name, "report", "bug"), told=text) for name, text in told.items()]
    known = [entity(name, PERSON, hours=24) for name in told]

    ranked = rank(question, known, stated, NOW)

    assert next((one.name, score) for one, score, _ in ranked) == ("Smith", 3)
    assert {score for one, score, _ in ranked if one.name != "Smith"} == {2}


def test_recency_alone_stands_behind_every_real_match() -> None:
    """However often and however lately something was mentioned."""
    old, often = entity("bug", CONCEPT, hours=100), entity("Redis", TECHNOLOGY, mentions=50)
    ranked = rank(query("bug"), [often, old], [], NOW)
    assert [(one.name, score) for one, score, _ in ranked] == [("bug", 2), ("Redis", 5.9)]


def test_what_scores_nothing_is_left_out() -> None:
    """Neither named nor recent."""
    assert rank(query("tea"), [entity("bug", CONCEPT, hours=100)], [], NOW) == []


@pytest.fixture(scope="module")
def told(language: SpacyLanguage) -> tuple[list[Entity], list[Relation]]:
    """What is known a minute after the article's six messages."""
    readings = [language.read(text) for text in ARTICLE]
    mentions = [mention for reading in readings for mention in reading.mentions]
    counts: dict[tuple[str, EntityType], int] = {}
    for mention in mentions:
        key = (mention.name, mention.type)
        counts[key] = counts.get(key, 0) + 1
    known = [entity(*key, hours=1 / 60, mentions=count) for key, count in counts.items()]
    return known, [relation for reading in readings for relation in reading.relations]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Who fixed the authentication bug?", ["Smith", "bug", "authentication"]),
        ("Help optimize the database performance", ["database", "performance"]),
        ("What technology does the app use?", ["Django", "PostgreSQL", "database"]),
        ("Tell me about recent errors", ["error", "John"]),
        ("Who reported the bug?", ["Smith", "bug"]),
        ("What did John fix?", ["John", "error", "timeout"]),
    ],
)
def test_the_articles_queries_find_what_they_ask_for(
    language: SpacyLanguage,
    told: tuple[list[Entity], list[Relation]],
    text: str,
    first: list[str],
) -> None:
    """The article put an app and a database before Smith, for they were mentioned last."""
    ranked = rank(asked(language.read(text).parsed), *told, NOW)
    assert {one.name for one, _, _ in ranked[: len(first)]} == set(first)
    assert ranked[0][0].name == first[0]


def test_smith_and_the_bug_come_first_with_exact_scores(
    language: SpacyLanguage, told: tuple[list[Entity], list[Relation]]
) -> None:
    """Asked for by "who", related to the bug, and the one who fixed it."""
    ranked = rank(asked(language.read("Who fixed the authentication bug?").parsed), *told, NOW)
    fresh = 1 - 1 / 60 / 24
    (smith, smiths, terms), (bug, bugs, _) = ranked[:2]
    assert (smith.name, bug.name) == ("Smith", "bug")
    assert terms == {
        "type": 1,
        "recency": pytest.approx(1.1 * fresh, abs=1e-5),
        "relation": 1,
        "deed": 1,
    }
    assert smiths == pytest.approx(3 + 1.1 * fresh, abs=1e-5)
    assert bugs == pytest.approx(2 + 1 + 1.1 * fresh, abs=1e-5)
