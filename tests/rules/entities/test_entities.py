"""Entities and relations in real sentences, through the real language model."""

import pytest

from memory.adapters.language import SpacyLanguage
from memory.records import EntityType, Mention, Sentence
from memory.rules import entities
from tests.rules.entities import examples

ARTICLE = {
    "The user mentioned their app has database performance issues": [
        "technology database",
        "concept performance",
        "concept issue",
    ],
    "The customer is using PostgreSQL with their Django app": [
        "technology PostgreSQL",
        "technology Django",
    ],
    "Developer Smith reported a bug in the authentication system": [
        "person Smith",
        "concept bug",
        "concept authentication",
    ],
    "The API service needs optimization for better performance": [
        "concept api",
        "concept optimization",
        "concept performance",
    ],
    "John from the team fixed the timeout error in the PostgreSQL database": [
        "person John",
        "concept timeout",
        "concept error",
        "technology PostgreSQL",
        "technology database",
    ],
    "The Django app is now working properly after Smith's bug fix": [
        "technology Django",
        "person Smith",
        "concept bug",
    ],
}
"""The article's six messages (section 3) and what is in them."""


def named(language: SpacyLanguage, text: str) -> list[examples.Named]:
    mentions = language.read(text).mentions
    return [(m.name, m.type) for m in mentions if not is_generic(m)]


def is_generic(mention: Mention) -> bool:
    return mention.type is EntityType.CONCEPT or mention.name == mention.category


def bare(named: list[examples.Named]) -> list[examples.Named]:
    """Without the titles and "Project" that a mark may span."""
    return [(entities.aliases.bare_name(name), type_) for name, type_ in named]


def shown(language: SpacyLanguage, text: str) -> list[str]:
    return [
        f"{'not: ' if r.negated else ''}{r.subject.name} - {r.said} - {r.object.name}"
        for r in language.read(text).relations
    ]


@pytest.mark.parametrize("line", examples.lines(examples.NAMED + examples.PROSE))
def test_names_are_found_with_their_type(language: SpacyLanguage, line: str) -> None:
    """Invented names, which no list knows, get their type from what stands around them."""
    text, wanted = examples.read(line)
    assert named(language, text) == bare(wanted)


@pytest.mark.parametrize("text", examples.lines(examples.TEMPTING))
def test_what_only_looks_like_a_name_is_none(language: SpacyLanguage, text: str) -> None:
    """Roles, pronouns, days, headings, greetings, code and shouted words name nothing."""
    assert named(language, text) == []


@pytest.mark.parametrize(("text", "wanted"), ARTICLE.items())
def test_the_articles_messages_give_what_is_right_in_its_table(
    language: SpacyLanguage, text: str, wanted: list[str]
) -> None:
    """Its people, technologies and concepts; no "user" as a person, no "app" as a project."""
    assert [f"{m.type} {m.name}" for m in language.read(text).mentions] == wanted


def test_the_articles_messages_relate_who_did_what(language: SpacyLanguage) -> None:
    """Its network shows "reported: bug" for Smith; the fixes are there as well."""
    stated = [relation for text in ARTICLE for relation in shown(language, text)]
    assert stated == [
        "Smith - reported - bug",
        "John - fixed - error",
        "John - fixed - timeout",
        "Smith - fixed - bug",
    ]


@pytest.mark.parametrize("line", examples.lines(examples.RELATED))
def test_relations_are_what_a_sentence_states(language: SpacyLanguage, line: str) -> None:
    """By grammar; no question, wish or condition, and what is denied is marked so."""
    text, _, wanted = line.partition(" |")
    assert shown(language, text) == [one.strip() for one in wanted.split(";") if one.strip()]


@pytest.mark.parametrize("line", examples.lines(examples.CONCEPTS))
def test_concepts_are_technical_nouns_with_their_kind(language: SpacyLanguage, line: str) -> None:
    """An authentication bug is a bug and is found by "authentication", too."""
    text, _, wanted = line.partition(" |")
    found = [
        f"{m.name} ({m.attributes['kind']})" if "kind" in m.attributes else m.name
        for m in language.read(text).mentions
        if m.type is EntityType.CONCEPT
    ]
    assert found == [one.strip() for one in wanted.split(";") if one.strip()]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "We ran PostgreSQL 13. Now postgres is our only database.",
            [("PostgreSQL", {"version": "13"}), ("database", {})],
        ),
        ("Dr. Okafor called. Okafor was kind.", [("Okafor", {"title": "Dr."})]),
        ("Maya Chen called. I like Maya.", [("Maya Chen", {})]),
        (
            "I work at Brindlewick Systems. Brindlewick's pricing is fair.",
            [("Brindlewick Systems", {})],
        ),
        ("The checkout bug is a bug of the app.", [("bug", {"kind": "checkout"})]),
    ],
)
def test_one_thing_is_one_mention(
    language: SpacyLanguage, text: str, wanted: list[tuple[str, dict[str, str]]]
) -> None:
    """By its fullest name, with all that is said of it."""
    assert [(m.name, m.attributes) for m in language.read(text).mentions] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Which database do we use?", []),
        ("what database do we use", []),
        ("What is the name of our database", []),
        ("Is our database slow?", []),
        ("I forgot which database we use.", []),
        ("Which Redis database do we use?", ["Redis"]),
        ("Our database is slow.", ["database"]),
        ("When the database failed, we called Tom.", ["database", "Tom"]),
        ("What we need is a database.", ["database"]),
    ],
)
def test_a_generic_noun_that_is_asked_for_is_nothing(
    language: SpacyLanguage, text: str, wanted: list[str]
) -> None:
    """A question tells of no database; a statement does, and so does a name in a question."""
    assert [mention.name for mention in language.read(text).mentions] == wanted


def test_a_plain_place_gives_its_type_to_the_others(language: SpacyLanguage) -> None:
    """Nothing around the second one tells what it is."""
    text = "Kestrelbase is a database. Then came Kestrelbase."
    assert (("Kestrelbase", EntityType.TECHNOLOGY)) in named(language, text)
    assert len(named(language, text)) == 1


def test_the_speaker_is_no_entity(language: SpacyLanguage) -> None:
    """Neither by the first name nor by the whole one."""
    text = "My name is Maya Chen. Maya is what friends say. I met Henrik."
    assert named(language, text) == [("Henrik", EntityType.PERSON)]


def test_without_grammar_what_is_known_is_still_found() -> None:
    """A sentence that was not parsed keeps its known technologies."""
    found = entities.find("We use Redis 7.", [Sentence("We use Redis 7.")], [])
    assert found.mentions == (
        Mention("Redis", EntityType.TECHNOLOGY, "database", {"version": "7"}),
    )
    assert found.relations == ()


def test_mentions_are_told_apart_by_hand_and_by_hash() -> None:
    """Attributes count for equality and leave a mention hashable."""
    plain = Mention("Redis", EntityType.TECHNOLOGY)
    assert plain != Mention("Redis", EntityType.TECHNOLOGY, attributes={"version": "7"})
    assert len({plain, Mention("Redis", EntityType.TECHNOLOGY)}) == 1
