"""Entity memory (article, section 3): one entity by many names, what is told of it, and what ties
it to others, as long as what says so is in use."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput, NotFound
from memory.records import PERSONALIZATION, DataClass, Entity, EntityType
from tests.fakes import NOON, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import left_of
from tests.flow.worded import WordedLanguage


@pytest.fixture
def memory(open_memory: OpenMemory) -> Memory:
    opened = open_memory(language=WordedLanguage())
    opened.grant("me", PERSONALIZATION)
    return opened


def named(memory: Memory, name: str) -> Entity:
    (found,) = (entity for entity in memory.entities("me") if entity.name == name)
    return found


def names(memory: Memory) -> list[str]:
    return sorted(entity.name for entity in memory.entities("me"))


def ties(memory: Memory) -> list[tuple[str, str, str]]:
    graph = memory.entity_graph("me")
    called = {entity.id: entity.name for entity in graph.entities}
    return [(called[r.subject_id], r.said, called[r.object_id]) for r in graph.relations]


# -- one entity by many names ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "name", "aliases"),
    [
        (["Maya Chen is here.", "Maya likes tea."], "Maya Chen", ("Maya",)),
        (["Maya likes tea.", "Maya Chen is here."], "Maya Chen", ("Maya",)),
        (["Postgres is slow.", "PostgreSQL is fast."], "PostgreSQL", ("Postgres",)),
    ],
)
def test_names_that_mean_the_same_are_one_entity(
    memory: Memory, texts: list[str], name: str, aliases: tuple[str, ...]
) -> None:
    """In either order; it is called by the fullest, and each mention counts."""
    for text in texts:
        memory.remember("me", text)

    (entity,) = memory.entities("me")

    assert (entity.name, entity.aliases, entity.mention_count) == (name, aliases, 2)
    assert entity.importance == pytest.approx(1.1)


def test_a_name_that_fits_two_is_neither_of_them(memory: Memory) -> None:
    """Two Mayas are known: which of them "Maya" is, nobody can tell."""
    for text in ("Maya Chen is here.", "Maya Lopez is there.", "Maya likes tea."):
        memory.remember("me", text)

    assert names(memory) == ["Maya", "Maya Chen", "Maya Lopez"]


def test_nothing_is_joined_over_people(memory: Memory) -> None:
    """Another person's Maya is another Maya."""
    memory.grant("other", PERSONALIZATION)
    memory.remember("other", "Maya Chen is here.")
    memory.remember("me", "Maya likes tea.")

    assert [(e.name, e.aliases) for e in memory.entities("me")] == [("Maya", ())]
    assert [(e.name, e.aliases) for e in memory.entities("other")] == [("Maya Chen", ())]


def test_the_latest_attributes_are_shown(memory: Memory, clock: FixedClock) -> None:
    """What a later mention does not speak of stays as it was said."""
    memory.remember("me", "Postgres is slow.")
    clock.advance(days=1)
    memory.remember("me", "PostgreSQL is fast.")

    assert named(memory, "PostgreSQL").attributes == {"version": "14"}


def test_an_edit_leaves_an_entity_its_id(memory: Memory) -> None:
    """Though it was mentioned nowhere else: a link to it still leads there."""
    item = memory.remember("me", "Bob likes tea.")
    before = named(memory, "Bob")

    memory.edit(item.id, "Bob likes coffee at Acme.")

    assert named(memory, "Bob").id == before.id
    assert named(memory, "Bob").last_context == "Bob likes coffee at Acme."


# -- what is not used says nothing ----------------------------------------------------------

AWAY: dict[str, Callable[[Memory, int], object]] = {
    "forgotten": lambda memory, item: memory.forget(item),
    "paused": lambda memory, item: memory.pause(item),
    "corrected": lambda memory, item: memory.edit(item, "Somebody is somewhere."),
    "erased": lambda memory, item: memory.erase("me", memory=item),
}


@pytest.mark.parametrize("way", AWAY)
def test_what_is_out_of_use_takes_its_names_and_relations_along(memory: Memory, way: str) -> None:
    """The fuller name, the attribute, the relation and the count are of what is left."""
    memory.remember("me", "Maya likes tea.")
    gone = memory.remember("me", "Maya Chen works at Acme.")
    assert ties(memory) == [("Maya Chen", "works at", "Acme")]

    AWAY[way](memory, gone.id)

    (maya,) = memory.entities("me")
    assert (maya.name, maya.aliases, maya.mention_count) == ("Maya", (), 1)
    assert "Chen" not in maya.first_context + maya.last_context
    assert ties(memory) == []
    assert memory.entity_graph("me").together == ()
    assert [found.entity.name for found in memory.relevant_entities("me", "Acme Maya")] == ["Maya"]


def test_what_has_expired_says_nothing(memory: Memory, clock: FixedClock) -> None:
    """Before it is swept."""
    memory.remember("me", "Bob works at Acme.", data_class="personal")
    clock.now = NOON + timedelta(days=366)

    assert memory.entities("me") == memory.relevant_entities("me", "Bob") == []
    assert memory.entity_graph("me").relations == ()


@pytest.mark.parametrize("way", ["forget", "pause"])
def test_what_is_back_in_use_says_it_again(memory: Memory, way: str) -> None:
    """Undo brings name and relation back."""
    item = memory.remember("me", "Maya Chen works at Acme.")
    memory.change([item.id], way)
    memory.change([item.id], "restore" if way == "forget" else "resume")

    assert names(memory) == ["Acme", "Maya Chen"]
    assert ties(memory) == [("Maya Chen", "works at", "Acme")]


def test_what_is_merged_speaks_once(memory: Memory) -> None:
    """As the whole; undone, its parts do."""
    parts = [memory.remember("me", text).id for text in ("Bob knows Maya.", "Bob works at Acme.")]
    whole = memory.merge(parts)

    assert named(memory, "Bob").mention_count == 1
    assert len(ties(memory)) == 2

    memory.unmerge(whole.id)

    assert named(memory, "Bob").mention_count == 2
    assert {r.memory_id for r in memory.entity_graph("me").relations} == set(parts)


# -- messages of which no memory is made ----------------------------------------------------


def test_a_message_that_becomes_no_memory_counts_too(memory: Memory) -> None:
    """The article tracks the entities of every message of the session."""
    seen = memory.observe("me", "user", "Bob works at Acme?")
    assert seen.stored == ()

    (mention,) = memory.mentions_of(named(memory, "Bob").id)

    assert (mention.memory_id, mention.message_id) == (None, seen.message_id)
    assert mention.context == "Bob works at Acme?"
    assert ties(memory) == [("Bob", "works at", "Acme")]


@pytest.mark.parametrize(
    ("role", "on"), [("assistant", True), ("user", False)], ids=["the assistant", "memory off"]
)
def test_what_does_not_count(memory: Memory, role: str, on: bool) -> None:
    """The assistant's words are not the person's; with memory off nothing is tracked."""
    memory.observe("me", "user", "Hello.")
    memory.set_conversation_memory("me", "default", on)

    memory.observe("me", role, "Is Bob at Acme?")

    assert memory.entities("me") == []


def test_without_consent_nothing_counts(memory: Memory) -> None:
    memory.observe("stranger", "user", "Is Bob at Acme?")

    assert memory.entities("stranger") == memory.entities("me") == []


def test_a_replaced_message_says_nothing(memory: Memory) -> None:
    """It is out of sight at once."""
    reply = memory.respond("me", "Where is Bob?")
    reply.read()

    memory.respond("me", "Where is Acme?", replacing=reply.observation.message_id).read()

    assert names(memory) == ["Acme"]


def test_mentions_go_when_their_message_does(memory: Memory, clock: FixedClock) -> None:
    """By its retention, and with its conversation."""
    memory.observe("me", "user", "Is Bob at Acme?", conversation_id="old")
    rules = memory.privacy_rules("me")
    days = {data_class: replace(rule, days=1) for data_class, rule in rules.classes.items()}
    memory.set_privacy_rules("me", replace(rules, classes=days))
    clock.advance(days=2)
    assert memory.entities("me") == []

    memory.expire()

    count = memory._store.database.value
    assert count("select count(*) from entity_mentions") == count("select count(*) from entities")
    assert count("select count(*) from entity_names") == 0


def test_what_is_kept_after_all_is_mentioned(memory: Memory) -> None:
    """“Keep it” stores what was masked in a message; its names count anew, and once."""
    seen = memory.observe("me", "user", "Is bob.smith@example.com Bob at Acme?")
    assert seen.message_id is not None

    memory.keep(seen.message_id)

    assert named(memory, "Bob").mention_count == 1
    assert "bob.smith@example.com" in named(memory, "Bob").last_context


# -- looking ---------------------------------------------------------------------------------


def test_mentions_over_time(memory: Memory, clock: FixedClock) -> None:
    """The latest first, each by the name that was said, in its own sentence."""
    first = memory.remember("me", "It rained. Maya Chen came! Then she left.")
    clock.advance(days=1)
    second = memory.remember("me", "Maya likes tea.")
    maya = named(memory, "Maya Chen")

    told = memory.mentions_of(maya.id)

    assert [(m.name, m.memory_id, m.at, m.context) for m in told] == [
        ("Maya", second.id, clock.now, "Maya likes tea."),
        ("Maya Chen", first.id, NOON, "Maya Chen came!"),
    ]
    assert (maya.first_context, maya.last_context) == ("Maya Chen came!", "Maya likes tea.")
    assert memory.mentions_of(maya.id, limit=1) == told[:1]


def test_mentions_of_nobody_are_an_error(memory: Memory) -> None:
    """Of an id that is not there, and of one that is out of use."""
    item = memory.remember("me", "Bob likes tea.")
    bob = named(memory, "Bob")
    memory.forget(item.id)

    for entity_id in (bob.id, 4711):
        with pytest.raises(NotFound):
            memory.mentions_of(entity_id)


def test_who_is_named_together_is_tied_weakly(memory: Memory) -> None:
    """By the memories that name both."""
    both = [memory.remember("me", text).id for text in ("Bob and Acme.", "Acme or Bob?")]
    memory.remember("me", "Postgres alone.")

    (tie,) = memory.entity_graph("me").together

    assert {tie.first_id, tie.second_id} == {named(memory, "Bob").id, named(memory, "Acme").id}
    assert tie.memory_ids == tuple(both)


def test_relevant_entities_are_asked_for_with_words(memory: Memory) -> None:
    """Best first, at most as many as wanted; an empty question is none."""
    memory.remember("me", "Bob works at Acme.")
    memory.remember("me", "Maya likes tea.")

    first, second = memory.relevant_entities("me", "Where is Bob?", limit=2)

    assert (first.entity.name, second.entity.name) == ("Bob", "Acme")
    assert first.terms == {"name": 2, "recency": 1}
    assert first.reason == "The question names it, it was mentioned within a day"
    assert second.terms["relation"] == 1
    assert memory.relevant_entities("stranger", "Bob") == []
    assert memory.relevant_entities("me", "Bob", limit=0) == []
    with pytest.raises(InvalidInput):
        memory.relevant_entities("me", "  ")


def test_what_may_not_be_recalled_makes_nothing_relevant(memory: Memory) -> None:
    """By the person's own rule for its class; the list of all still has it."""
    memory.remember("me", "Bob works at Acme.", data_class="confidential")
    rules = memory.privacy_rules("me")
    hidden = replace(rules.classes[DataClass.CONFIDENTIAL], recalled=False)
    classes = {**rules.classes, DataClass.CONFIDENTIAL: hidden}
    memory.set_privacy_rules("me", replace(rules, classes=classes))

    assert memory.relevant_entities("me", "Where is Bob?") == []
    assert names(memory) == ["Acme", "Bob"]


def test_recall_knows_a_name_by_its_aliases(memory: Memory) -> None:
    """The question says Postgres, the memory PostgreSQL."""
    item = memory.remember("me", "PostgreSQL was chosen.")
    memory.remember("me", "Tea was chosen.")

    explained = memory.explain("me", "Why Postgres?", item.id)

    assert explained.terms["names"] > 0


# -- a page of them, and a picture ------------------------------------------------------------


@pytest.fixture
def known(memory: Memory) -> Memory:
    """Maya Chen, who is also Maya, twice; Bob and Acme; Postgres alone."""
    for text in ("Maya Chen works at Acme.", "Maya likes tea.", "Bob knows Maya.", "Postgres."):
        memory.remember("me", text)
    return memory


@pytest.mark.parametrize(
    ("search", "types", "expected"),
    [
        ("", (), ["Maya Chen", "Postgres", "Bob", "Acme"]),
        ("may", (), ["Maya Chen"]),
        ("chen MAYA", (), ["Maya Chen"]),
        ("maya acme", (), []),
        ("", ("person",), ["Maya Chen", "Bob"]),
        ("", ("technology", "organization"), ["Postgres", "Acme"]),
        ("bob", ("technology",), []),
    ],
)
def test_entities_are_found_by_name_and_type(
    known: Memory, search: str, types: tuple[str, ...], expected: list[str]
) -> None:
    """All words in one of its names, as parts of it; of any of the types."""
    found = known.find_entities("me", search=search, types=types)

    assert sorted(entity.name for entity in found.entities) == sorted(expected)
    assert found.total == len(expected)


def test_a_page_of_entities_knows_how_many_there_are(known: Memory) -> None:
    """Of all pages, and by type whatever type is asked for; most mentioned first."""
    first = known.find_entities("me", types=["person"], limit=1)
    second = known.find_entities("me", types=["person"], limit=1, offset=1)

    assert [e.name for e in (*first.entities, *second.entities)] == ["Maya Chen", "Bob"]
    assert first.total == second.total == 2
    assert first.by_type == {"person": 2, "technology": 1, "organization": 1}
    assert first.entities[0].first_context == ""


def test_a_stranger_has_no_entities(known: Memory) -> None:
    assert known.find_entities("stranger").total == 0
    with pytest.raises(InvalidInput):
        known.find_entities("me", types=["animal"])


def test_one_entity_is_told_with_its_contexts(known: Memory) -> None:
    """As in the list of all; not to somebody else, and not when nothing in use mentions it."""
    bob = named(known, "Bob")
    assert known.entity("me", bob.id) == bob
    assert bob.first_context == "Bob knows Maya."

    known.forget(known.mentions_of(bob.id)[0].memory_id or 0)

    for user_id, entity_id in (("me", bob.id), ("me", 4711), ("other", named(known, "Acme").id)):
        with pytest.raises(NotFound):
            known.entity(user_id, entity_id)


def test_first_and_last_go_by_when_it_was_said(memory: Memory, clock: FixedClock) -> None:
    """Not by when it was stored."""
    memory.remember("me", "Maya Chen came, and Maya Lopez.")
    memory.remember("me", "Maya Chen is old news.", at=clock.now - timedelta(days=9))
    chen = named(memory, "Maya Chen")

    assert chen.mention_count == 2
    assert chen.first_context == "Maya Chen is old news."
    assert chen.last_context == "Maya Chen came, and Maya Lopez."


def test_relations_of_one_entity(known: Memory) -> None:
    """With those it has to do with, by what was told or by being named together; no others."""
    known.remember("me", "Postgres and Maya.")
    known.remember("me", "Postgres and Acme.")
    maya = named(known, "Maya Chen").id
    graph = known.relations_of(maya)

    assert {entity.name for entity in graph.entities} == {"Maya Chen", "Acme", "Bob", "Postgres"}
    assert len(graph.together) == 3
    assert all(maya in (tie.first_id, tie.second_id) for tie in graph.together)
    assert {r.said for r in graph.relations} == {"works at", "knows"}
    with pytest.raises(NotFound):
        known.relations_of(4711)


def test_a_graph_of_some_has_those_with_most_ties(known: Memory) -> None:
    """Each with a place in the picture; what is tied to nothing is left out."""
    some = known.entity_graph("me", limit=2)
    assert "Maya Chen" in {entity.name for entity in some.entities}
    assert len(some.entities) == 2
    assert some.places.keys() == {entity.id for entity in some.entities}
    assert all(
        {relation.subject_id, relation.object_id} <= some.places.keys()
        for relation in some.relations
    )

    drawn = known.entity_graph("me", limit=80)

    assert {entity.name for entity in drawn.entities} == {"Maya Chen", "Bob", "Acme"}
    assert known.entity_graph("me").places == {}
    assert known.entity_graph("stranger", limit=80).entities == ()


# -- erasure and export ----------------------------------------------------------------------


@pytest.mark.parametrize("called", ["Maya Chen", "Maya"])
def test_erasing_an_entity_takes_all_its_names(memory: Memory, called: str) -> None:
    """Whatever it was called, in memories, messages and titles, to the byte; the others stay."""
    memory.remember("me", "Maya Chen works at Acme.")
    memory.remember("me", "Maya likes tea.")
    memory.observe("me", "user", f"Where is {called}?")
    memory.observe("me", "user", "Hello.", conversation_id="titled")
    memory.rename_conversation("me", "titled", f"Of {called}")
    kept = memory.remember("me", "Bob works at Acme.")
    maya = named(memory, "Maya Chen")
    footprint = memory.footprint("me", entity=maya.id)

    receipt = memory.erase("me", entity=maya.id)

    assert (receipt.verified, receipt.places) == (True, footprint.places)
    assert receipt.places["relations"] == receipt.places["entities"] == 1
    assert [item.id for item in memory.items("me")] == [kept.id]
    assert names(memory) == ["Acme", "Bob"]
    assert ties(memory) == [("Bob", "works at", "Acme")]
    assert left_of(["Maya", "maya", "Chen", "chen"], memory.settings.database) == []


def test_a_memory_that_outlives_its_conversation_keeps_what_it_says(memory: Memory) -> None:
    """Mentions and relations stay with the memory, without the message."""
    memory.observe("me", "user", "I decided that Bob works at Acme.", conversation_id="old")
    assert memory.items("me")

    memory.erase("me", conversation="old", keep_memories=True)

    assert ties(memory) == [("Bob", "works at", "Acme")]
    (relation,) = memory.entity_graph("me").relations
    assert (relation.message_id, relation.memory_id) == (None, memory.items("me")[0].id)


def test_the_export_holds_names_and_relations(memory: Memory) -> None:
    """Of what is exported; of a class that is not, neither."""
    memory.remember("me", "Maya works at Acme.")
    memory.remember("me", "Maya Chen knows Bob.", data_class="confidential")
    rules = memory.privacy_rules("me")
    secret = replace(rules.classes[DataClass.CONFIDENTIAL], exported=False)
    classes = {**rules.classes, DataClass.CONFIDENTIAL: secret}
    memory.set_privacy_rules("me", replace(rules, classes=classes))

    with zipfile.ZipFile(io.BytesIO(memory.export("me"))) as archive:
        inferred = json.loads(archive.read("recollect.json"))["inferred"]

    assert {entity["name"] for entity in inferred["entities"]} == {"Maya", "Acme"}
    assert [relation["said"] for relation in inferred["relations"]] == ["works at"]


def test_a_name_is_one_thing_whatever_the_words_around_it_suggest(listening: Memory) -> None:
    """A project that a sentence could take for a firm stays the project it was first called."""
    listening.observe("me", "user", "Smith reported a bug in Project Apollo.")
    listening.observe("me", "user", "The deadline of Apollo is 3 May.")

    (apollo,) = (entity for entity in listening.entities("me") if entity.name == "Apollo")

    assert (apollo.type, apollo.mention_count) == (EntityType.PROJECT, 2)


@pytest.mark.parametrize(
    ("texts", "name", "type_"),
    [
        (
            (
                "We use PostgreSQL for the Falcon project.",
                "Falcon is written in Go.",
                "Signe fixed the login bug in Falcon.",
                "I saw it in Falcon.",
            ),
            "Falcon",
            EntityType.PROJECT,
        ),
        (
            ("My sister Petra works at Acme.", "I saw it in Petra.", "Petra is open."),
            "Petra",
            EntityType.PERSON,
        ),
        (("The project is called Phoenix.", "Phoenix is late."), "Phoenix", EntityType.PROJECT),
    ],
)
def test_a_name_that_is_known_is_one_thing(
    listening: Memory, texts: tuple[str, ...], name: str, type_: EntityType
) -> None:
    """A guess from the words around it makes nothing else of it."""
    for text in texts:
        listening.observe("me", "user", text)

    found = [entity for entity in listening.entities("me") if entity.name == name]

    assert [(entity.type, entity.mention_count) for entity in found] == [(type_, len(texts))]


def test_a_name_that_is_plainly_something_else_is_two(listening: Memory) -> None:
    """What settles the type counts against what is known."""
    listening.observe("me", "user", "My sister Petra works at Acme.")
    listening.observe("me", "user", "The city of Petra is old, and I travelled to Petra.")

    found = {entity.type for entity in listening.entities("me") if entity.name == "Petra"}

    assert found == {EntityType.PERSON, EntityType.PLACE}


@pytest.mark.parametrize("text", ["Do you know Vexatron?", "Have you heard of Mirelle?"])
def test_to_ask_about_a_name_makes_nothing_of_it(listening: Memory, text: str) -> None:
    """A question tells too little of what it is."""
    listening.observe("me", "user", text)

    assert listening.entities("me") == []


def test_who_has_to_do_with_this_bug_stands_before_who_has_to_do_with_another(
    listening: Memory, clock: FixedClock
) -> None:
    """However lately the other was spoken of: all bugs are one concept."""
    listening.observe("me", "user", "Smith reported the authentication bug.")
    clock.advance(hours=10)
    for text in (
        "Petra reported the checkout bug.",
        "Nora reported the search bug. She likes authentication.",
    ):
        listening.observe("me", "user", text)
    found = listening.relevant_entities("me", "Who reported the authentication bug?")
    people = [each for each in found if each.entity.type is EntityType.PERSON]

    assert people[0].entity.name == "Smith"
    assert [each.terms.get("words", 0) for each in people] == [1, 0, 0]
    assert "told in the question's words" in people[0].reason


@pytest.mark.parametrize("text", ["I use JS.", "We use postgres."])
def test_a_statement_mentions_a_technology_by_any_of_its_names(
    listening: Memory, text: str
) -> None:
    """The memory of a whole turn is what it states."""
    (item,) = listening.observe("me", "user", text).stored
    (entity,) = listening.entities("me")

    assert [each.memory_id for each in listening.mentions_of(entity.id)] == [item.id]
