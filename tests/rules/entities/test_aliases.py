"""One thing by many names."""

import pytest

from memory.rules.entities.aliases import Known, bare_name, canonical, spellings

KNOWN = (
    "PostgreSQL",
    "Maya Chen",
    "Okafor",
    "Brindlewick Systems",
    "Anna Weber",
    "Anna Novak",
    "Port Anselm",
    "Visual Studio",
    "Halcyon",
    "Pocket Heron",
    "Hawthorn & Sons",
)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Postgres", "PostgreSQL"),
        ("postgresql", "PostgreSQL"),
        ("PostgreSQL 14", "PostgreSQL"),
        ("postgres 16.3", "PostgreSQL"),
        ("Maya", "Maya Chen"),
        ("maya chen", "Maya Chen"),
        ("Chen", "Maya Chen"),
        ("Maya Chen's", "Maya Chen"),
        ("Dr. Okafor", "Okafor"),
        ("Dr Okafor", "Okafor"),
        ("Okafor’s", "Okafor"),
        ("Brindlewick", "Brindlewick Systems"),
        ("Brindlewick Systems Inc.", "Brindlewick Systems"),
        ("the Brindlewick Systems", "Brindlewick Systems"),
        ("Weber", "Anna Weber"),
        ("Project Halcyon", "Halcyon"),
        ("our Halcyon", "Halcyon"),
        ("Heron", "Pocket Heron"),
        ("Hawthorn", "Hawthorn & Sons"),
        ("Anna", None),
        ("Systems", None),
        ("Port", None),
        ("Visual", None),
        ("Sons", None),
        ("MySQL", None),
        ("May", None),
        ("Halcyo", None),
        ("", None),
        ("the", None),
    ],
)
def test_a_name_leads_to_the_one_it_means(name: str, known: str | None) -> None:
    """A part stands for the whole where it is one of a kind; what fits two fits none."""
    assert canonical(name, KNOWN) == known


def test_the_fuller_name_leads_to_the_short_one() -> None:
    """Whoever is known by the first name alone gets the whole one later."""
    assert canonical("Maya Chen", ["Maya", "Tom"]) == "Maya"
    assert canonical("Maya Chen", []) is None


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("the Corn Exchange's", "Corn Exchange"),
        ("Dr. Abiola Thorn", "Abiola Thorn"),
        ("Aunt Perpetua", "Perpetua"),
        ("Project Longship", "Longship"),
        ("Doctor", "Doctor"),
    ],
)
def test_a_bare_name_has_no_article_title_or_possessive(name: str, bare: str) -> None:
    """As it was written otherwise; a title alone stays."""
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    ("phrases", "known"),
    [
        ({"postgres", "is", "slow"}, {"PostgreSQL"}),
        ({"what", "does", "maya", "think"}, {"Maya Chen"}),
        ({"anna", "maya chen", "maya", "chen"}, {"Maya Chen"}),
        ({"anna weber", "okafor"}, {"Anna Weber", "Okafor"}),
        ({"visual", "systems", ""}, set()),
        (set(), set()),
    ],
)
def test_the_names_among_phrases(phrases: set[str], known: set[str]) -> None:
    """Each by any of its forms; a part that fits two names neither."""
    assert Known(KNOWN).among(phrases) == known


def test_a_technology_has_many_spellings() -> None:
    """Whatever it is called by; anything else has the name it was given."""
    assert {"PostgreSQL 14", "postgres", "postgresql"} <= spellings("PostgreSQL 14")
    assert spellings("Maya Chen") == {"Maya Chen"}
