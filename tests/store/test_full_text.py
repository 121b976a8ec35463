"""Words in memories: found by stem, counted, and only where they may be recalled."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory.records import Classification, ClassReason, DataClass
from memory.rules.query import search_words
from memory.store import Store
from tests.fakes import NOON
from tests.store.conftest import Remember
from tests.store.hiding import HIDE


def by_words(store: Store, person: int, text: str) -> list[int]:
    return sorted(store.full_text.best(person, search_words(text), 50, NOON))


def test_hits_say_how_often_each_memory_says_each_word(
    store: Store, person: int, remember: Remember
) -> None:
    """By stem and in the order of the words; of those that are asked about, with their lengths."""
    once = remember("Green teas")
    twice = remember("tea, and more tea")
    other = remember("something else entirely")
    remember("tea that is not asked about")

    hits = store.full_text.hits(person, [once, twice, other], ["tea", "green", "cocoa"])

    assert list(hits.counts) == ["tea", "green", "cocoa"]
    assert hits.counts == {"tea": {once: 1, twice: 2}, "green": {once: 1}, "cocoa": {}}
    assert hits.lengths == {once: 10, twice: 17}


@pytest.mark.parametrize("others", [False, True])
def test_a_word_is_as_common_as_it_is_among_all_that_is_held_of_the_person(
    store: Store, person: int, remember: Remember, others: bool
) -> None:
    """It does not hang on which of them are looked at, nor on what others say in the same file."""
    if others:
        other = store.people.find_or_add("other", NOON)
        remember("green cocoa", person_id=other)
    asked = remember("green tea")
    remember("tea, and more tea")
    remember("something else entirely")

    hits = store.full_text.hits(person, [asked], ["tea", "green", "cocoa"])

    assert hits.said_in == {"tea": 2, "green": 1, "cocoa": 0}
    assert hits.memories == 3


def test_words_of_one_stem_count_once(store: Store, person: int, remember: Remember) -> None:
    """Asking for “tea” and “teas” is asking once."""
    kept = remember("green tea")

    assert store.full_text.hits(person, [kept], ["tea", "teas", "Tea"]).counts == {"tea": {kept: 1}}


def test_without_words_nothing_is_hit(store: Store, person: int, remember: Remember) -> None:
    """Nor is anything counted."""
    kept = remember("green tea")

    hits = store.full_text.hits(person, [kept], [])

    assert (hits.counts, hits.lengths, hits.memories) == ({}, {}, 0)
    assert store.full_text.best(person, [], 5, NOON) == []


def test_the_best_by_their_words_come_first(store: Store, person: int, remember: Remember) -> None:
    """A rare word before a common one, a short text before a long one, the newer of equals."""
    long = remember("tea with a long story about the kettle that nobody wanted to hear again")
    older, newer = remember("black tea"), remember("green tea")
    rare = remember("oolong all day long")

    assert store.full_text.best(person, ["tea", "oolong"], 9, NOON) == [rare, newer, older, long]
    assert store.full_text.best(person, ["tea", "oolong"], 2, NOON) == [rare, newer]


@pytest.mark.parametrize("hidden", HIDE)
def test_what_is_out_of_recall_is_not_among_the_best(
    store: Store, person: int, remember: Remember, hidden: str
) -> None:
    """However well it fits, and however few are wanted."""
    seen, unseen = remember("green tea in the morning"), remember("tea and tea")
    assert store.full_text.best(person, ["tea"], 2, NOON) == [unseen, seen]

    HIDE[hidden](store, unseen)

    assert store.full_text.best(person, ["tea"], 1, NOON) == [seen]


def test_the_best_are_found_though_hundreds_of_better_ones_are_not_ones_own(
    store: Store, person: int, remember: Remember
) -> None:
    """All people of a file share one index; each finds their own."""
    other = store.people.find_or_add("other", NOON)
    mine = remember("a long story that says tea once, and then goes on to something else")
    for _ in range(40):
        remember("tea", person_id=other)

    assert store.full_text.best(person, ["tea"], 1, NOON) == [mine]


def test_as_of_an_earlier_moment_only_what_was_said_by_then_is_found(
    store: Store, person: int, remember: Remember
) -> None:
    """Included the moment itself; what is over now was not yet over then."""
    old = remember("green tea", said_at=NOON - timedelta(days=9))
    remember("black tea", said_at=NOON - timedelta(days=1))
    newer = remember("no tea", said_at=NOON - timedelta(days=2))
    store.statements.supersede(old, newer)

    def found(days_ago: float) -> list[int]:
        until = NOON - timedelta(days=days_ago)
        return store.full_text.best(person, ["tea"], 50, NOON, until)

    assert [found(10), found(9), found(2.5), found(2)] == [[], [old], [old], [newer]]


def test_an_erased_word_is_hit_no_more(store: Store, person: int, remember: Remember) -> None:
    """The vocabulary is read from the index itself, so it knows at once."""
    kept, gone = remember("green tea"), remember("green oolong")

    with store.transaction(), store.selection.of([gone]):
        store.erasure.delete(person, remove_messages=True)

    assert store.full_text.best(person, ["oolong"], 5, NOON) == []
    assert store.full_text.best(person, ["green"], 5, NOON) == [kept]
    assert store.full_text.hits(person, [kept, gone], ["oolong", "green"]).said_in == {
        "oolong": 0,
        "green": 1,
    }


# -- any text at all ------------------------------------------------------------------------

NASTY = [
    "don't",
    "C++",
    "what is my name?",
    "50%",
    "NEAR",
    "NEAR(a b, 2)",
    "AND OR NOT",
    "*",
    '"',
    '"unclosed',
    "text:green",
    "gre*",
    "^green",
    "-green",
    "{green} : tea",
    "(",
    "); drop table memories; --",
    "_",
    "',.;",
    "İstanbul ﬁne ß",
    "🦄",
    "人工智能",
    "a\u0301\u0302",
    "",
]


@pytest.mark.parametrize("text", NASTY)
def test_no_text_breaks_the_search_for_words(
    store: Store, person: int, remember: Remember, text: str
) -> None:
    """The index's own syntax is never read from a question."""
    kept = remember("green tea")

    assert by_words(store, person, text) in ([], [kept])
    assert by_words(store, person, f"{text} tea") == [kept]


def test_no_string_at_all_breaks_the_search_for_words(
    store: Store, person: int, remember: Remember
) -> None:
    """Two hundred strings of any characters, and the memory is still found by its own word."""
    kept = remember("green tea")

    @given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
    def search(text: str) -> None:
        by_words(store, person, text)
        store.full_text.hits(person, [kept], [text])
        assert by_words(store, person, "tea") == [kept]

    search()


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("I don't eat fish", "don't fish"),
        ("I write C++ at work", "C++"),
        ("Discounts of 50% hurt", "50%"),
        ("The café is closed", "cafe"),
        ("We deployed two services", "deploying a service"),
        ("My manager is NEAR retirement", "near"),
    ],
)
def test_words_are_found_by_stem_and_without_accents(
    store: Store, person: int, remember: Remember, text: str, question: str
) -> None:
    """As people write them, not as they are stored."""
    ident = remember(text)
    remember("something else entirely")

    assert by_words(store, person, question) == [ident]


def test_a_corrected_memory_is_found_by_its_new_words_only(
    store: Store, person: int, remember: Remember
) -> None:
    """The index is of external content: it must lose exactly what it held."""
    ident = remember("green tea")
    with store.transaction():
        store.memories.edit(
            store.memories.get(ident),
            "black coffee",
            Classification(DataClass.INTERNAL, ClassReason.PLAIN),
            expires_at=None,
            now=NOON,
        )

    assert by_words(store, person, "green tea") == []
    assert by_words(store, person, "coffee") == [ident]
    assert [revision.text for revision in store.memories.revisions(ident)] == ["green tea"]
    store.database.run("insert into memory_text (memory_text, rank) values ('integrity-check', 1)")
