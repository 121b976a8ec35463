"""The profile: what holds, what held on another day, and how the person edits it."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.errors import ConsentRequired, InvalidInput, NotFound
from memory.records import (
    PERSONALIZATION,
    SENSITIVE,
    ClassReason,
    DataClass,
    Kind,
    ProfileField,
    Status,
)
from memory.settings import Settings
from tests.fakes import NOON, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import written

BERLIN, MUNICH = "I live in Berlin.", "I moved to Munich last week."


@pytest.fixture(scope="module")
def language() -> SpacyLanguage:
    return SpacyLanguage()


@pytest.fixture
def memory(open_memory: OpenMemory, language: SpacyLanguage) -> Memory:
    """It reads what a sentence states, which no fake can."""
    opened = open_memory(language=language)
    opened.grant("me", PERSONALIZATION)
    return opened


def tell(memory: Memory, clock: FixedClock, *texts: str) -> None:
    """One a day."""
    for text in texts:
        assert memory.observe("me", "user", text).stored, text
        clock.advance(days=1)


def pairs(fields: list[ProfileField]) -> list[tuple[str, str]]:
    return [(field.field, field.value) for field in fields]


# -- what holds, and what held --------------------------------------------------------------


def test_one_place_holds_and_the_earlier_one_is_history(memory: Memory, clock: FixedClock) -> None:
    """With the day it ended, the message and the memory."""
    tell(memory, clock, BERLIN, MUNICH)

    (now,) = memory.profile("me")
    assert (now.value, now.since, now.until, now.told) == (
        "Munich",
        NOON + timedelta(days=1),
        None,
        False,
    )
    latest, earlier = memory.profile_history("me", "Location")
    assert latest == now
    assert (earlier.value, earlier.since, earlier.until) == ("Berlin", NOON, now.since)
    assert now.source_memory_id is not None
    assert now.source_message_id == memory.item(now.source_memory_id).source_message_id
    assert memory.profile_history("me", "employer") == []


@pytest.mark.parametrize(
    ("days", "value"), [(-1, None), (0, "Berlin"), (0.9, "Berlin"), (1, "Munich")]
)
def test_the_profile_of_another_day(
    days: float, value: str | None, memory: Memory, clock: FixedClock
) -> None:
    """What had been said by then, and held."""
    tell(memory, clock, BERLIN, MUNICH)

    found = memory.profile("me", at=NOON + timedelta(days=days))

    assert [field.value for field in found] == ([value] if value else [])


def test_a_tool_holds_beside_others_until_it_is_left(memory: Memory, clock: FixedClock) -> None:
    """Whatever the words call it."""
    tell(memory, clock, "We use MySQL and Redis for storage.")
    assert set(pairs(memory.profile("me"))) == {("database", "Redis"), ("database", "MySQL")}

    tell(memory, clock, "We moved from MySQL to Postgres.")

    assert pairs(memory.profile("me")) == [("database", "PostgreSQL"), ("database", "Redis")]
    (gone,) = (field for field in memory.profile_history("me", "database") if field.until)
    assert (gone.value, gone.until) == ("MySQL", NOON + timedelta(days=1))


def test_a_model_is_told_what_holds(memory: Memory, clock: FixedClock) -> None:
    """And not where the person lived before."""
    tell(memory, clock, BERLIN, "My name is Maya.")
    memory.set_profile("me", "location", "Munich")

    told = str(memory.context("me", "What is the weather?", conversation_id="new").messages)

    assert "location: Munich" in told
    assert "Berlin" not in told


@pytest.mark.parametrize("what", ["pause", "forget"])
def test_what_is_out_of_use_is_in_no_profile(what: str, memory: Memory, clock: FixedClock) -> None:
    """Neither now, nor of an earlier day, nor in the history."""
    tell(memory, clock, BERLIN)
    (item,) = memory.items("me")
    memory.change([item.id], what)

    assert memory.profile("me") == memory.profile_history("me") == []
    assert memory.profile("me", at=NOON) == []


def test_a_class_that_is_not_recalled_is_in_no_profile(memory: Memory, clock: FixedClock) -> None:
    """The filter is that of recall."""
    tell(memory, clock, BERLIN)
    rules = memory.privacy_rules("me")
    classes = dict(rules.classes)
    classes[DataClass.PERSONAL] = replace(classes[DataClass.PERSONAL], recalled=False)
    memory.set_privacy_rules("me", replace(rules, classes=classes))

    assert memory.profile("me") == memory.profile_history("me") == []


# -- by hand --------------------------------------------------------------------------------


def test_a_field_set_by_hand_is_a_told_memory(memory: Memory) -> None:
    """With its sentence, its class, and full confidence."""
    item = memory.set_profile("me", "Location", " Munich ")

    assert (item.text, item.kind, item.importance) == ("My location is Munich.", Kind.FACT, 0.9)
    assert item.class_reason is not ClassReason.CHOSEN
    (field,) = memory.profile("me")
    assert (field.field, field.value, field.confidence, field.told) == (
        "location",
        "Munich",
        1.0,
        True,
    )
    assert memory.recall("me", "Munich location", mode="text")[0].item.id == item.id


def test_it_takes_the_place_of_what_was_said_and_undo_brings_that_back(
    memory: Memory, clock: FixedClock
) -> None:
    """Audited, and undone by forgetting the new memory."""
    tell(memory, clock, BERLIN)
    (said,) = memory.items("me")

    item = memory.set_profile("me", "location", "Munich")

    assert memory.item(said.id).superseded_by == item.id
    assert pairs(memory.profile("me")) == [("location", "Munich")]
    assert [event.action for event in memory.audit(2)] == ["store", "supersede"]
    memory.forget(item.id)
    assert pairs(memory.profile("me")) == [("location", "Berlin")]
    assert len(memory.profile_history("me")) == 1


def test_what_says_more_of_the_person_stays(memory: Memory, clock: FixedClock) -> None:
    """Only the field is another one."""
    tell(memory, clock, "I work as a nurse at Charité in Berlin.")
    (said,) = memory.items("me")

    memory.set_profile("me", "employer", "Siemens")

    assert memory.item(said.id).superseded_by is None
    assert set(pairs(memory.profile("me"))) == {("employer", "Siemens"), ("role", "nurse")}


def test_a_tool_set_by_hand_stands_beside_others_or_in_the_place_of_one(
    memory: Memory, clock: FixedClock
) -> None:
    """As the person says; only what is there can be left."""
    tell(memory, clock, "We use MySQL for storage.")
    memory.set_profile("me", "database", "Redis")
    assert {field.value for field in memory.profile("me")} == {"Redis", "MySQL"}

    clock.advance(minutes=1)
    memory.set_profile("me", "database", "postgres", instead_of="MySQL")

    assert {field.value for field in memory.profile("me")} == {"Redis", "PostgreSQL"}
    with pytest.raises(NotFound):
        memory.set_profile("me", "database", "SQLite", instead_of="Oracle")


def test_setting_what_is_set_changes_nothing(memory: Memory) -> None:
    """The same memory is returned."""
    item = memory.set_profile("me", "location", "Munich")

    assert memory.set_profile("me", "Location", "Munich.").id == item.id
    assert len(memory.items("me")) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My shoe size is 43.", [("shoe size", "43")]),
        ("My hat size is 58.", [("hat size", "58")]),
        ("I was wrong about that", []),
    ],
)
def test_a_corrected_field_follows_its_words(
    text: str, expected: list[tuple[str, str]], memory: Memory
) -> None:
    """Its sentence is read as it was made; other words are read by their grammar."""
    item = memory.set_profile("me", "shoe size", "42")

    memory.edit(item.id, text)

    assert pairs(memory.profile("me")) == expected


def test_what_is_learnt_later_takes_the_place_of_what_was_set(
    memory: Memory, clock: FixedClock
) -> None:
    """A field set by hand is no other than one that was said."""
    memory.set_profile("me", "location", "Berlin")
    clock.advance(days=1)
    tell(memory, clock, MUNICH)

    assert [(field.value, field.told) for field in memory.profile("me")] == [("Munich", False)]


def test_personal_data_is_masked_as_everywhere(memory: Memory, settings: Settings) -> None:
    """Of an address only its placeholder is kept."""
    item = memory.set_profile("me", "e-mail", "maya@example.com")

    assert item.text == "My e-mail is [EMAIL_1]."
    assert pairs(memory.profile("me")) == [("e-mail", "[EMAIL_1]")]
    assert b"maya@example.com" not in written(settings.database)


def test_consent_is_needed_as_everywhere(memory: Memory) -> None:
    """To remember at all, and for what is sensitive."""
    with pytest.raises(ConsentRequired):
        memory.set_profile("stranger", "location", "Munich")
    with pytest.raises(ConsentRequired):
        memory.set_profile("me", "diagnosis", "diabetes")
    memory.grant("me", SENSITIVE)
    item = memory.set_profile("me", "diagnosis", "diabetes")
    assert item.data_class is DataClass.SENSITIVE


@pytest.mark.parametrize(
    ("field", "value"),
    [("", "Munich"), ("what is it", "x"), ("location", " "), ("location", "x" * 201)],
)
def test_what_is_no_field_is_refused(field: str, value: str, memory: Memory) -> None:
    """In words, and nothing is stored."""
    with pytest.raises(InvalidInput):
        memory.set_profile("me", field, value)
    assert memory.items("me") == []


# -- removing -------------------------------------------------------------------------------


def test_a_removed_field_goes_with_its_history_until_it_is_put_back(
    memory: Memory, clock: FixedClock
) -> None:
    """Otherwise the earlier place would come back."""
    tell(memory, clock, BERLIN, MUNICH)
    planned = memory.plan_unset_profile("me", "location")

    gone = memory.unset_profile("me", "location")

    assert [item.id for item in gone] == [item.id for item in planned]
    assert {item.status for item in gone} == {Status.FORGOTTEN}
    assert memory.profile("me") == memory.profile_history("me") == []
    for item in gone:
        memory.restore(item.id)
    assert pairs(memory.profile("me")) == [("location", "Munich")]
    assert len(memory.profile_history("me")) == 2


def test_one_of_several_values_is_removed_alone(memory: Memory, clock: FixedClock) -> None:
    """What is not there is said."""
    tell(memory, clock, "We use MySQL for storage.")
    memory.set_profile("me", "database", "Redis")

    memory.unset_profile("me", "database", "Redis")

    assert pairs(memory.profile("me")) == [("database", "MySQL")]
    with pytest.raises(NotFound):
        memory.unset_profile("me", "database", "Redis")
    with pytest.raises(NotFound):
        memory.unset_profile("stranger", "location")


# -- taken along ----------------------------------------------------------------------------


def test_the_export_holds_the_profile_with_its_history(memory: Memory, clock: FixedClock) -> None:
    """Both as records of the memories they come from."""
    tell(memory, clock, BERLIN, MUNICH)
    with zipfile.ZipFile(io.BytesIO(memory.export("me"))) as archive:
        inferred = json.loads(archive.read("recollect.json"))["inferred"]

    assert [each["value"] for each in inferred["profile"]] == ["Munich"]
    history = [(each["value"], each["until"] is None) for each in inferred["profile_history"]]
    assert history == [("Munich", True), ("Berlin", False)]


# -- asked in the chat ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "expected", "not_expected"),
    [
        ("Where did I live in May?", "you lived in Berlin", "Munich"),
        ("Where did I live in July?", "you lived in Munich. Until 10 July 2026", "worked"),
        ("What did you believe about me in May?", "- location: Berlin", "Munich"),
        ("What did you believe about me in January?", "nothing about you", "Berlin"),
        ("Where do I live?", "You live in Munich", "by what"),
    ],
)
def test_what_was_so_then_is_answered(
    question: str, expected: str, not_expected: str, memory: Memory, clock: FixedClock
) -> None:
    """By the days that the question names."""
    for month, day, text in ((4, 2, BERLIN), (7, 10, MUNICH)):
        clock.now = NOON.replace(month=month, day=day)
        memory.observe("me", "user", text)
    clock.now = NOON.replace(month=9)

    said = memory.respond("me", question).read()

    assert expected in said
    assert not_expected not in said


def test_the_memory_of_then_is_the_source(memory: Memory, clock: FixedClock) -> None:
    """Though another one holds now."""
    tell(memory, clock, BERLIN)
    (berlin,) = memory.items("me")
    clock.now = NOON.replace(month=7)
    tell(memory, clock, MUNICH)

    reply = memory.respond("me", "Where did I live in May?")
    reply.read()

    assert [source.item.id for source in reply.sources] == [berlin.id]
