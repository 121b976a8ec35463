"""What groups of texts are called: words that tell them from the others, as they were written."""

from memory.rules import naming

CAT = ["Our cat Miso is four.", "Miso scratched the sofa.", "The vet says that the cat is heavy."]
DATABASE = ["We use PostgreSQL at work.", "PostgreSQL locked the table.", "The table has indexes."]
TEA = ["I like green tea.", "Green teas are my favourite.", "I want tea in the evening."]


def test_a_name_tells_a_group_from_the_others() -> None:
    """By the words that stand in several of its texts, and in no other's."""
    cat, database, tea = naming.terms([CAT, DATABASE, TEA])

    assert set(cat[:2]) == {"cat", "Miso"}
    assert set(database[:2]) == {"PostgreSQL", "table"}
    assert set(tea[:2]) == {"green", "tea"}


def test_words_are_as_they_were_written() -> None:
    """Not stems: of several forms the most frequent, and names with their capitals."""
    deploys = ["Deploys on Kubernetes.", "Kubernetes deploys fail.", "Deploys took long: deploy!"]
    maya = ["Maya's garden.", "Maya is here.", "The garden of Maya."]

    first, second = naming.terms([deploys, maya])

    assert first[:2] == ("Deploys", "Kubernetes")
    assert set(second) == {"Maya", "garden"}


def test_a_word_of_every_group_names_none() -> None:
    """“Berlin” says nothing where all is in Berlin."""
    groups = [[f"{text} Berlin" for text in group] for group in (CAT, DATABASE, TEA)]

    assert all("Berlin" not in name for name in naming.terms(groups))


def test_what_is_of_no_group_counts_against_a_word_too() -> None:
    """It is no mark of a group when half of the others have it."""
    lone = ["The tea shop.", "A tea towel.", "Tea time.", "No tea.", "My tea cup.", "Tea leaves."]

    assert naming.terms([TEA, CAT], lone)[0][0].lower() == "green"


def test_stop_words_masks_and_numbers_name_nothing() -> None:
    """Nor does a mask, which stands for what must not be seen."""
    (name,) = naming.terms([["It was [NAME_1] and [EMAIL] on 3 May 2026, then.", "It was 17."]])

    assert name == ()


def test_names_have_at_most_four_words_and_two_where_the_rest_is_not_clear() -> None:
    """A third and a fourth must stand in several texts."""
    many = ["alpha bravo charlie delta echo", "echo delta charlie bravo alpha"] * 2
    assert len(naming.terms([many, TEA])[0]) == naming.MOST

    once = ["alpha bravo", "charlie delta", "echo foxtrot"]
    assert naming.terms([once, TEA])[0] == ("alpha", "bravo")


def test_a_long_group_is_named_by_its_middle() -> None:
    """What is beyond the first, most central ones changes nothing."""
    central = CAT * naming.NAMED_BY

    assert naming.terms([[*central, *DATABASE], TEA]) == naming.terms([central, TEA])


def test_no_groups_have_no_names() -> None:
    """Also where there are texts of none."""
    assert naming.terms([], TEA) == []
    assert naming.terms([[]]) == [()]
