"""Whose name a name is, and what is too common to be one."""

import pytest

from memory.rules.full_names import is_telling, named_in_full


@pytest.mark.parametrize(
    ("speaker", "tells"),
    [("Caroline", True), ("qrx_77", True), ("王伟", True)]
    + [(each, False) for each in ("me", "I", "User", "assistant", "AI", "?")],
)
def test_a_speaker_may_be_called_by_a_word_of_every_sentence(speaker: str, tells: bool) -> None:
    assert is_telling(speaker) is tells


def test_a_person_is_one_by_all_their_names() -> None:
    """By their entity, and by what is a part of one name only."""
    people = [["Robert Smith", "Bob"], ["Anna Okafor"], ["Will Hope"], ["Li Na"]]
    found = named_in_full(["anna okafor", "maya", "Smith", "Eva Smith"], people)

    assert found["bob"] == found["robert"] == "Robert Smith"
    assert found["okafor"] == found["anna"] == found["anna okafor"] == "Anna Okafor"
    assert found["maya"] == "maya"
    assert found["smith"] == "Smith", "of Robert or of Eva"
    assert not {"will", "hope", "li", "na"} & found.keys()
