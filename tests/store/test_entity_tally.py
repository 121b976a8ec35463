"""What the mentions of an entity add up to."""

from memory.records import EntityType
from memory.store.entity_tally import End, tallied

MONDAY, TUESDAY = "2026-11-02T12:00:00.000000+00:00", "2026-11-03T12:00:00.000000+00:00"
PERSON, PLACE = EntityType.PERSON, EntityType.PLACE
NAMED = {
    1: (7, PERSON, "Maya"),
    2: (7, PERSON, "Maya Chen"),
    3: (8, PLACE, "Rome"),
    4: (9, PLACE, "Bonn"),
}


def test_one_saying_counts_once_by_whatever_names() -> None:
    """Two names in one message, or in the memory of it, are one mention; another is another."""
    (maya,) = tallied(NAMED, [(1, "{}", None, 5, MONDAY), (2, "{}", 4, 5, MONDAY)])
    assert maya.entity.mention_count == 1

    (maya,) = tallied(NAMED, [(1, "{}", 5, None, MONDAY), (2, "{}", None, 5, MONDAY)])
    assert maya.entity.mention_count == 2


def test_names_attributes_and_ends_are_gathered() -> None:
    """Called by the fullest name, with the latest of each attribute."""
    mentions = [
        (1, '{"title": "Ms", "kind": "friend"}', None, 5, MONDAY),
        (2, "{}", 3, 6, MONDAY),
        (1, '{"title": "Dr"}', 4, None, TUESDAY),
    ]

    (maya,) = tallied(NAMED, mentions)

    assert (maya.entity.name, maya.entity.aliases) == ("Maya Chen", ("Maya",))
    assert maya.entity.attributes == {"title": "Dr", "kind": "friend"}
    assert maya.entity.first_mentioned_at.isoformat() == "2026-11-02T12:00:00+00:00"
    assert maya.entity.last_mentioned_at.isoformat() == "2026-11-03T12:00:00+00:00"
    assert (maya.first, maya.last) == (End("Maya", None, 5), End("Maya", 4, None))


def test_the_most_mentioned_is_first_then_the_latest_then_the_oldest_id() -> None:
    """Maya has two mentions; Rome and Bonn one on the same day, and Rome the smaller id."""
    mentions = [
        (1, "{}", None, 1, MONDAY),
        (4, "{}", None, 2, TUESDAY),
        (3, "{}", None, 2, TUESDAY),
        (1, "{}", None, 3, TUESDAY),
    ]
    assert [tally.entity.id for tally in tallied(NAMED, mentions)] == [7, 8, 9]
