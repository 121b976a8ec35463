"""Technologies by name: what counts as one, and what is an ordinary word."""

import pytest

from memory.records import EntityType
from memory.rules.technologies import catalogue, find_technologies, is_technology, matches


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we use postgres 16.3 and redis", ["PostgreSQL 16.3", "Redis"]),
        ("Django/Flask with k8s", ["Django", "Flask", "Kubernetes"]),
        ("I write Go, Rust and C", ["Go", "Rust", "C"]),
        ("Dart or Swift?", ["Dart", "Swift"]),
        ("my flask app and a react component", ["Flask", "React"]),
        ("Spark workers next to Kafka 3.7", ["Spark", "Kafka 3.7"]),
        ("C++ and C# and .NET 8", ["C++", "C#", ".NET 8"]),
        ("Python 3.12.", ["Python 3.12"]),
        ("Redis 3 times faster", ["Redis"]),
        ("Spring Boot before Spring", ["Spring Boot", "Spring"]),
        ("Windows 11 user", ["Windows 11"]),
        ("redis, Redis and REDIS", ["Redis"]),
        ("I use Julia", ["Julia"]),
        ("JS and JavaScript", ["JavaScript"]),
        ("React JS, Node JS and D3.js", ["React", "Node.js", "D3.js"]),
    ],
)
def test_technologies_are_found_with_their_version(text: str, expected: list[str]) -> None:
    """Aliases give the canonical name, an attached number is the version, each comes once."""
    assert [mention.name for mention in find_technologies(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Go to the shop",
        "let us go and react swiftly",
        "Express yourself",
        "Spring is here",
        "Spring 2024 was wet",
        "plan C is good",
        "Robert C. Martin",
        "Ask Julia and Hugo",
        "/usr/bin/python",
        "src/react/app",
        "mongoose and pythonic",
        "docs.python.org",
    ],
)
def test_ordinary_words_paths_and_people_are_no_technology(text: str) -> None:
    """English words, initials, first names and parts of paths are left alone."""
    assert find_technologies(text) == ()


def test_a_mention_has_its_category_and_place() -> None:
    """The category is the profile field; the place spans the words as they stand."""
    (match,) = matches("on Postgres 14, mostly")
    assert match.mention.type is EntityType.TECHNOLOGY
    assert match.mention.category == "database"
    assert (match.start, match.end) == (3, 14)


def test_the_catalogue_is_broad_and_names_no_word_twice_differently() -> None:
    """Every category has entries, and an alias leads to a canonical name that is in the table."""
    table = catalogue()
    assert len({technology.name for technology in table.values()}) > 200
    assert all(technology.name.lower() in table for technology in table.values())
    assert is_technology("PostgreSQL")
    assert not is_technology("Julia")


@pytest.mark.parametrize("piece", ["Go ", "python/", "/", " ", "a.", "C, "])
def test_hostile_strings_return(piece: str) -> None:
    """Long repetitions are read once."""
    assert len(find_technologies(piece * (20_000 // len(piece)))) <= 1
