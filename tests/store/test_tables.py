"""The small tables: hot cache, consents, placeholders, settings, entities, profile, messages."""

from datetime import timedelta

import pytest

from memory.errors import NotFound
from memory.records import (
    PERSONALIZATION,
    DataClass,
    EntityType,
    Label,
    Mention,
    MessageState,
    ProfileFact,
    Relation,
    Role,
)
from memory.store import Store
from memory.store.messages import NewMessage
from memory.store.relations import MOST_TOGETHER
from memory.store.said import Saying, Within
from tests.fakes import NOON
from tests.store.conftest import Remember

HOUR = 3600


def later(seconds: float) -> object:
    return NOON + timedelta(seconds=seconds)


# -- hot cache ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "found"), [(0, "tea"), (HOUR - 1, "tea"), (HOUR, None), (2 * HOUR, None)]
)
def test_a_hot_value_lives_exactly_its_time(
    store: Store, person: int, after: int, found: str | None
) -> None:
    """An expired one is never returned, also while its row is still there."""
    store.hot_cache.set(person, "drink", "tea", HOUR, NOON)

    assert store.hot_cache.get(person, "drink", later(after)) == found
    values = store.hot_cache.values(person, later(after))
    assert values == ([("drink", found)] if found else [])
    assert store.hot_cache.count(later(after)) == len(values)


def test_expired_hot_rows_are_removed_with_the_next_one(store: Store, person: int) -> None:
    """Not only hidden."""
    store.hot_cache.set(person, "drink", "tea", HOUR, NOON)
    store.hot_cache.set(person, "food", "toast", HOUR, later(HOUR))

    rows = store.database.rows("select key from hot_cache")
    assert rows == [("food",)]


def test_a_hot_value_set_again_lives_anew(store: Store, person: int) -> None:
    """Like SETEX: the new value, and the whole time from now."""
    store.hot_cache.set(person, "drink", "tea", HOUR, NOON)
    store.hot_cache.set(person, "drink", "coffee", HOUR, later(HOUR - 1))

    assert store.hot_cache.get(person, "drink", later(HOUR + 1)) == "coffee"


def test_hot_values_belong_to_one_person(store: Store, person: int) -> None:
    """The same key of another is another value, and removing one leaves the other."""
    other = store.people.find_or_add("other", NOON)
    store.hot_cache.set(person, "drink", "tea", HOUR, NOON)
    store.hot_cache.set(other, "drink", "coffee", HOUR, NOON)

    store.hot_cache.remove(other, "drink")

    assert store.hot_cache.get(person, "drink", NOON) == "tea"
    assert store.hot_cache.get(other, "drink", NOON) is None


def test_removing_expired_rows_tells_how_many(store: Store, person: int) -> None:
    """Those that live stay."""
    store.hot_cache.set(person, "short", "x", 10, NOON)
    store.hot_cache.set(person, "shorter", "x", 9, NOON)
    store.hot_cache.set(person, "long", "x", HOUR, NOON)

    assert store.hot_cache.remove_expired(later(10)) == 2
    assert store.hot_cache.remove_expired(later(10)) == 0
    assert store.hot_cache.get(person, "long", later(10)) == "x"


# -- consents -------------------------------------------------------------------------------


def test_consents_are_a_ledger(store: Store, person: int) -> None:
    """A revoked one keeps its dates, a new grant is a new row, a second grant is none."""
    store.consents.grant(person, "analytics", "v1", NOON)
    store.consents.grant(person, "analytics", "v1", later(1))
    assert store.consents.granted(person, "analytics")
    assert store.consents.revoke(person, "analytics", later(2))
    assert not store.consents.granted(person, "analytics")
    assert not store.consents.revoke(person, "analytics", later(3))
    store.consents.grant(person, "analytics", "v2", later(4))

    first, second = (c for c in store.consents.all(person) if c.purpose == "analytics")
    assert (first.text_version, first.granted_at, first.revoked_at) == ("v1", NOON, later(2))
    assert (second.text_version, second.granted_at, second.revoked_at) == ("v2", later(4), None)
    assert store.consents.totals() == {"analytics": 1, PERSONALIZATION: 1}


def test_consents_are_per_person_and_purpose(store: Store, person: int) -> None:
    """One's own says nothing about another's, nor about another purpose."""
    other = store.people.find_or_add("other", NOON)
    store.consents.grant(person, "analytics", "v1", NOON)

    assert not store.consents.granted(other, "analytics")
    assert not store.consents.granted(person, "marketing")
    assert not store.consents.revoke(other, "analytics", NOON)
    assert store.consents.granted(person, "analytics")


# -- placeholders ---------------------------------------------------------------------------


def test_placeholders_count_from_one_per_label_and_person(store: Store, person: int) -> None:
    """The same value keeps its number; a new one takes the next."""
    other = store.people.find_or_add("other", NOON)
    numbers = [
        store.placeholders.number(who, label, value)
        for who, label, value in (
            (person, Label.EMAIL, b"a"),
            (person, Label.EMAIL, b"b"),
            (person, Label.EMAIL, b"a"),
            (person, Label.PHONE, b"b"),
            (other, Label.EMAIL, b"b"),
            (person, Label.EMAIL, b"c"),
        )
    ]

    assert numbers == [1, 2, 1, 1, 1, 3]


# -- people and settings --------------------------------------------------------------------


def test_a_person_is_added_once(store: Store, person: int) -> None:
    """And not found before."""
    assert store.people.find_or_add("me", NOON) == person
    assert [store.people.find(other) for other in ("stranger", "ME", "m_", "%")] == [None] * 4
    assert store.people.all() == [(person, "me")]


def test_settings_are_read_back_and_replaced(store: Store, person: int) -> None:
    """One value a key."""
    assert store.preferences.get(person, "theme") is None
    store.preferences.set(person, "theme", "light")
    store.preferences.set(person, "theme", "dark")

    assert store.preferences.get(person, "theme") == "dark"
    assert store.preferences.all(person) == {"theme": "dark"}


# -- entities and profile -------------------------------------------------------------------


def test_each_mention_adds_a_tenth_to_importance(
    store: Store, person: int, remember: Remember
) -> None:
    """1.0 at the first mention, as in the article; the most mentioned first."""
    bob, acme = Mention("Bob", EntityType.PERSON), Mention("Acme", EntityType.ORGANIZATION)
    known = {mention: store.entities.add(person, mention.type) for mention in (bob, acme)}
    for number, mentions in enumerate([(bob,), (bob, acme), (bob,)]):
        saying = Saying(person, later(number), None, remember(f"text {number}"))
        for mention in mentions:
            store.entities.mention(known[mention], mention, saying)

    first, second = store.entities.all(Within(person, NOON))

    assert (first.name, first.type, first.mention_count) == ("Bob", EntityType.PERSON, 3)
    assert first.importance == pytest.approx(1.2)
    assert (first.first_mentioned_at, first.last_mentioned_at) == (NOON, later(2))
    assert (second.name, second.mention_count, second.importance) == ("Acme", 1, 1.0)
    memories, messages = store.entities.places(first.id)
    assert (len(memories), messages) == (3, [])


def test_an_entity_goes_with_its_last_mention(
    store: Store, person: int, remember: Remember
) -> None:
    """An entity that nothing speaks of is nothing one would want to keep."""
    saying = Saying(person, NOON, None, remember("Bob"))
    mention = Mention("Bob", EntityType.PERSON)
    store.entities.mention(store.entities.add(person, mention.type), mention, saying)

    store.entities.forget_mentions(saying)
    store.entities.remove_unmentioned()

    assert store.entities.all(Within(person, NOON)) == []
    for table in ("entities", "entity_names"):
        assert store.database.value(f"select count(*) from {table}") == 0  # noqa: S608


def test_a_message_is_one_mention_however_many_memories_it_makes(
    store: Store, person: int, remember: Remember
) -> None:
    """And a memory of no message is one of its own."""
    conversation = store.conversations.open(person, "work", NOON)
    said = NewMessage(Role.USER, "Bob", NOON, NOON, DataClass.PERSONAL, expires_at=None)
    message = store.messages.add(person, conversation, said)
    bob = store.entities.add(person, EntityType.PERSON)
    for source in (message, message, None):
        saying = Saying(person, NOON, source, remember("Bob"))
        store.entities.mention(bob, Mention("Bob", EntityType.PERSON), saying)

    (entity,) = store.entities.all(Within(person, NOON))

    assert entity.mention_count == 2


def test_a_memory_that_names_many_ties_none_of_them(
    store: Store, person: int, remember: Remember
) -> None:
    """As a list does; up to a dozen each is tied to each."""
    for names in (MOST_TOGETHER, MOST_TOGETHER + 1):
        saying = Saying(person, NOON, None, remember("a list"))
        for number in range(names):
            mention = Mention(f"{names} {number}", EntityType.CONCEPT)
            store.entities.mention(store.entities.add(person, mention.type), mention, saying)

    ties = store.relations.together(Within(person, NOON))

    assert len(ties) == MOST_TOGETHER * (MOST_TOGETHER - 1) // 2
    assert {tie.memory_ids for tie in ties} == {(1,)}


def test_what_may_tell_an_entity_can_be_narrowed(
    store: Store, person: int, remember: Remember
) -> None:
    """To classes, without some memories, and to some entities; relations as well."""
    bob, acme = (store.entities.add(person, EntityType.CONCEPT) for _ in range(2))
    ends = [Mention(name, EntityType.CONCEPT) for name in ("Bob", "Acme")]
    ident = remember("Bob uses Acme")
    saying = Saying(person, NOON, None, ident)
    for entity, mention in zip((bob, acme), ends, strict=True):
        store.entities.mention(entity, mention, saying)
    store.relations.add(bob, Relation(ends[0], "use", ends[1], "uses"), acme, saying)
    of_class = store.memories.get(ident).data_class

    def told(within: Within, *among: int) -> tuple[int, int]:
        chosen = among or None
        found = store.entities.all(within, chosen), store.relations.all(within, chosen)
        return len(found[0]), len(found[1])

    assert told(Within(person, NOON)) == told(Within(person, NOON, (of_class,))) == (2, 1)
    assert told(Within(person, NOON), bob) == (1, 1)
    assert told(Within(person, NOON), 4711) == (0, 0)
    assert told(Within(person, NOON, (DataClass.SENSITIVE,))) == (0, 0)
    assert told(Within(person, NOON, without=(ident,))) == (0, 0)
    assert told(Within(person, NOON, recalled=True)) == (2, 1)
    assert store.entities.telling([bob, acme], Within(person, NOON)) == [ident, ident]


def test_the_profile_of_a_memory_is_replaced_as_a_whole(
    store: Store, person: int, remember: Remember
) -> None:
    """The latest said comes first; a corrected memory states only what it says now."""
    old, new = remember("old"), remember("new")
    store.profile.replace(person, old, [ProfileFact("name", "Maya", 0.9)], NOON)
    store.profile.replace(person, new, [ProfileFact("database", "PostgreSQL", 0.9)], later(1))
    store.profile.replace(person, old, [ProfileFact("name", "Mia", 0.8)], NOON)

    fields = store.profile.fields(person, NOON)

    assert [(field.field, field.value) for field in fields] == [
        ("database", "PostgreSQL"),
        ("name", "Mia"),
    ]
    assert [field.source_memory_id for field in fields] == [new, old]


# -- messages -------------------------------------------------------------------------------


def test_messages_come_back_as_they_were_said(store: Store, person: int) -> None:
    """Every field, oldest first."""
    conversation = store.conversations.open(person, "work", NOON)
    hello = NewMessage(
        Role.USER,
        "Hello",
        created_at=NOON,
        said_at=later(-5),
        data_class=DataClass.INTERNAL,
        expires_at=None,
        speaker="Maya",
        masked=(Label.EMAIL,),
        note="too short",
    )
    hi = NewMessage(
        Role.ASSISTANT,
        "Hi",
        created_at=later(1),
        said_at=later(1),
        data_class=DataClass.PERSONAL,
        expires_at=later(2),
        state=MessageState.PARTIAL,
    )
    first = store.messages.add(person, conversation, hello)
    store.messages.add(person, conversation, hi)

    said, answered = store.messages.in_conversation(conversation, NOON)

    assert store.messages.get(first) == said
    assert (said.user_id, said.conversation_id, said.role, said.text) == (
        ("me", "work", Role.USER, "Hello")
    )
    assert (said.speaker, said.masked, said.note) == ("Maya", (Label.EMAIL,), "too short")
    assert (said.created_at, said.said_at) == (NOON, later(-5))
    assert (said.data_class, answered.data_class) == (DataClass.INTERNAL, DataClass.PERSONAL)
    assert answered.state is MessageState.PARTIAL
    (found,) = store.conversations.all(person)
    assert (found.title, found.message_count, found.updated_at) == ("Hello", 2, later(1))


def test_an_unknown_row_is_not_found(store: Store) -> None:
    """As an error that says so, not as nothing."""
    with pytest.raises(NotFound, match="message 4711"):
        store.messages.get(4711)
    with pytest.raises(NotFound, match="memory 4711"):
        store.memories.get(4711)


def test_conversations_of_two_people_may_have_one_name(store: Store, person: int) -> None:
    """They are two conversations."""
    other = store.people.find_or_add("other", NOON)
    mine = store.conversations.open(person, "work", NOON)
    theirs = store.conversations.open(other, "work", NOON)

    assert mine != theirs
    assert store.conversations.open(person, "work", NOON) == mine
    assert store.conversations.named("work") == [(mine, "me"), (theirs, "other")]
