"""Questions for all memories of one kind."""

import pytest

from memory.records import Kind
from memory.rules.talk.kinds import OfKind, kind_asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What are my commitments?", OfKind(Kind.COMMITMENT)),
        ("what have I promised", OfKind(Kind.COMMITMENT)),
        ("What are our open promises?", OfKind(Kind.COMMITMENT)),
        ("What did I decide?", OfKind(Kind.DECISION)),
        ("what I decided", OfKind(Kind.DECISION)),
        ("What did we decide about the database?", OfKind(Kind.DECISION, "the database")),
        ("Which decisions have we made?", OfKind(Kind.DECISION)),
        ("List all my decisions", OfKind(Kind.DECISION)),
        ("What do I prefer?", OfKind(Kind.PREFERENCE)),
        ("my preferences", OfKind(Kind.PREFERENCE)),
        ("What did Bob decide?", None),
        ("What are Bob's commitments?", None),
        ("What did I decide to eat?", None),
        ("What do I prefer to drink?", None),
        ("What is my decision tree?", None),
    ],
)
def test_a_kind_is_asked_for_as_a_whole(question: str, asked: OfKind | None) -> None:
    """Of the person, with a topic at most; one thing among them is another question."""
    assert kind_asked(question) == asked
