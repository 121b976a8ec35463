"""What a turn leaves behind: nothing without consent, a memory if it deserves one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from memory.engine import Memory
from memory.errors import ConsentRequired, InvalidInput
from memory.records import (
    PERSONALIZATION,
    REMOTE_MODEL,
    SENSITIVE,
    DataClass,
    EntityType,
    Kind,
    Label,
    Mention,
    ProfileFact,
    Role,
)
from memory.settings import Settings
from tests.fakes import NOON, FakeEmbedder, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import written

KEPT = "I prefer concise code examples with detailed comments"
NOT_KEPT = "What's the weather like?"


# -- consent --------------------------------------------------------------------------------


def test_without_consent_nothing_at_all_is_stored(
    open_memory: OpenMemory, settings: Settings
) -> None:
    """Not a byte of the file changes, no key is made, and the reason is told."""
    memory = open_memory()
    before = written(settings.database)

    seen = memory.observe("me", "user", f"My name is Maya, maya@example.com. {KEPT}.")

    assert seen.message_id is None
    assert seen.stored == ()
    assert "no consent for personalization" in seen.skipped
    assert written(settings.database) == before
    assert not settings.keys.exists()
    assert memory.items("me") == memory.conversations("me") == memory.entities("me") == []


def test_without_consent_a_turn_is_still_understood(open_memory: OpenMemory) -> None:
    """So that the page can show what would be kept; a placeholder gets no number."""
    memory = open_memory()

    seen = memory.observe("me", "user", f"Acme's maya@example.com: {KEPT}.")

    assert seen.importance.score > 0.7
    assert [span.label for span in seen.redactions] == [Label.EMAIL]
    assert seen.entities == (Mention("Acme", EntityType.ORGANIZATION),)


def test_without_consent_nothing_is_embedded(open_memory: OpenMemory) -> None:
    """What may not be kept is not worked on longer than needed."""
    embedder = FakeEmbedder()
    open_memory(embedder=embedder).observe("me", "user", KEPT)

    assert embedder.embedded == []


def test_remember_without_consent_is_an_error(open_memory: OpenMemory) -> None:
    """Somebody asked for it to be kept: a silent no would be a lie."""
    memory = open_memory()

    with pytest.raises(ConsentRequired, match="no consent for “personalization”") as refused:
        memory.remember("me", KEPT)

    assert refused.value.purpose == PERSONALIZATION
    assert memory.items("me") == []


def test_consent_to_one_purpose_is_not_consent_to_another(memory: Memory) -> None:
    """Nor is one person's consent another's."""
    with pytest.raises(ConsentRequired, match="analytics"):
        memory.remember("me", KEPT, purpose="analytics")
    with pytest.raises(ConsentRequired):
        memory.remember("other", KEPT)
    memory.grant("me", "analytics")

    assert memory.remember("me", KEPT, purpose="analytics").purpose == "analytics"


@pytest.mark.parametrize("purpose", [SENSITIVE, REMOTE_MODEL])
def test_a_purpose_that_only_allows_something_keeps_no_memory(memory: Memory, purpose: str) -> None:
    """Its words speak of what else may be done with what is kept."""
    memory.grant("me", purpose)

    with pytest.raises(InvalidInput, match="Nothing is remembered for"):
        memory.remember("me", KEPT, purpose=purpose)


class MeddlingEmbedder(FakeEmbedder):
    """Does something else while a text is embedded, as another tab might."""

    meddle = staticmethod(lambda: None)

    def embed(self, texts):  # type: ignore[no-untyped-def]
        meddle, self.meddle = self.meddle, lambda: None
        meddle()
        return super().embed(texts)


def test_a_consent_revoked_meanwhile_holds(open_memory: OpenMemory) -> None:
    """Between the first look at the consent and the writing, some milliseconds pass."""
    embedder = MeddlingEmbedder()
    memory = open_memory(embedder=embedder)
    memory.grant("me", PERSONALIZATION)

    embedder.meddle = lambda: memory.revoke("me", PERSONALIZATION)
    seen = memory.observe("me", "user", KEPT)

    assert (seen.message_id, seen.stored) == (None, ())
    assert "no consent" in seen.skipped
    memory.grant("me", PERSONALIZATION)
    embedder.meddle = lambda: memory.erase("me")
    with pytest.raises(ConsentRequired):
        memory.remember("me", KEPT)
    assert memory.items("me") == []


# -- routing --------------------------------------------------------------------------------


def test_an_important_turn_becomes_a_memory_in_every_place(memory: Memory) -> None:
    """The message, the episode with its vector and words, profile fields and entities."""
    text = "My name is Maya and I work at Acme on the Apollo launch"

    seen = memory.observe("me", "user", text, conversation_id="work")

    (item,) = seen.stored
    assert (item.text, item.kind, item.user_id) == (text, Kind.EPISODE, "me")
    assert (item.source_message_id, item.conversation_id) == (seen.message_id, "work")
    assert (item.importance, item.importance_terms) == (
        seen.importance.score,
        seen.importance.terms,
    )
    assert (item.created_at, item.said_at, item.access_count) == (NOON, NOON, 0)
    assert seen.skipped == ""
    assert memory.memories_of(seen.message_id) == [item]
    assert memory.message(seen.message_id).text == text
    assert {(f.field, f.value) for f in memory.profile("me")} == {
        ("name", "Maya"),
        ("employer", "Acme"),
    }
    assert {entity.name for entity in memory.entities("me")} == {"Acme", "Apollo"}
    for mode in ("vector", "text"):
        assert memory.recall("me", "Apollo launch", mode=mode, touch=False)[0].item == item


def test_an_unimportant_turn_stays_in_the_conversation_only(memory: Memory) -> None:
    """The article's script kept a question about the weather; here the message says why not."""
    seen = memory.observe("me", "user", NOT_KEPT)

    assert seen.stored == ()
    assert seen.importance.score <= 0.7
    assert "is not above 0.7, so it stays in the conversation only" in seen.skipped
    assert memory.message(seen.message_id).note == seen.skipped
    assert memory.items("me") == memory.recall("me", NOT_KEPT) == []


@pytest.mark.parametrize(
    ("threshold", "kept"), [(0.0, True), (0.84, True), (0.85, False), (0.86, False)]
)
def test_the_threshold_is_strict(
    open_memory: OpenMemory, settings: Settings, threshold: float, kept: bool
) -> None:
    """A score equal to it is not above it; here it is 0.85."""
    memory = open_memory(replace(settings, importance_threshold=threshold))
    memory.grant("me", PERSONALIZATION)

    seen = memory.observe("me", "user", KEPT)

    assert seen.importance.score == 0.85
    assert bool(seen.stored) is kept


@pytest.mark.parametrize("text", [NOT_KEPT, "ok", "Thanks!"])
def test_a_threshold_of_zero_keeps_every_turn(
    open_memory: OpenMemory, settings: Settings, text: str
) -> None:
    """Also one whose score is zero, and the assistant's."""
    memory = open_memory(replace(settings, importance_threshold=0))
    memory.grant("me", PERSONALIZATION)

    assert memory.observe("me", "user", text).stored
    assert memory.observe("me", "assistant", text).stored


def test_a_turn_is_dated_when_it_was_said_and_kept_from_when_it_was_stored(memory: Memory) -> None:
    """An imported conversation of 2023 is not faded on arrival."""
    said = datetime(2023, 5, 8, 13, 56, tzinfo=UTC)

    (item,) = memory.observe("me", "user", KEPT, at=said).stored

    assert (item.said_at, item.created_at) == (said, NOON)
    assert item.expires_at == NOON + timedelta(days=365)
    (kept,) = memory.retention("me")
    assert kept.strength == item.importance


def test_what_another_speaker_says_is_nobodys_profile(memory: Memory) -> None:
    """It is a memory with their name, and the person's profile stays empty."""
    (item,) = memory.observe(
        "me", "user", "I work at Acme as a carpenter now, really", speaker="Bob"
    ).stored

    assert item.speaker == "Bob"
    assert memory.profile("me") == []


def test_the_assistants_words_are_nobodys_profile(
    open_memory: OpenMemory, settings: Settings
) -> None:
    """What a model says about itself is no fact about the person."""
    memory = open_memory(replace(settings, importance_threshold=0))
    memory.grant("me", PERSONALIZATION)

    memory.observe("me", "assistant", "I work at Acme, too.")

    assert memory.profile("me") == []


# -- what text is taken ---------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   ", "\0", "\n\t"])
def test_empty_texts_are_refused(memory: Memory, text: str) -> None:
    """With what to do, and before anything is written."""
    for take in (
        lambda: memory.observe("me", "user", text),
        lambda: memory.remember("me", text),
        lambda: memory.recall("me", text),
        lambda: memory.respond("me", text),
        lambda: memory.context("me", text),
    ):
        with pytest.raises(InvalidInput, match="empty"):
            take()
    assert memory.stats().messages == 0


def test_too_long_texts_are_refused(memory: Memory) -> None:
    """32 KB for a message, 4 KB for a memory; the limit itself is allowed."""
    memory.observe("me", "user", "a" * 32 * 1024)
    memory.remember("me", "a" * 4 * 1024)

    with pytest.raises(InvalidInput, match="32 KB are allowed"):
        memory.observe("me", "user", "a" * (32 * 1024 + 1))
    with pytest.raises(InvalidInput, match="4 KB are allowed"):
        memory.remember("me", "a" * (4 * 1024 + 1))


def test_a_message_longer_than_a_memory_may_be_stays_in_the_conversation(memory: Memory) -> None:
    """A pasted page is no memory, however important its first line."""
    seen = memory.observe("me", "user", f"{KEPT}. " + "Word after word. " * 300)

    assert seen.importance.score > 0.7
    assert seen.stored == ()
    assert "longer than a memory may be (4 KB)" in seen.skipped


def test_what_a_database_cannot_hold_is_left_out(memory: Memory) -> None:
    """A lone surrogate cannot be encoded, and NUL ends a text in SQL."""
    (item,) = memory.observe("me", "user", f"{KEPT}\0 \ud800 indeed").stored

    assert item.text == f"{KEPT} � indeed"


def test_identifiers_are_masked_and_numbered(memory: Memory) -> None:
    """The same address keeps its number, in messages and in memories, whatever its case."""
    seen = memory.observe("me", "user", "Write to maya@example.com or to bob@example.com.")
    item = memory.remember("me", "My boss is BOB@example.com and I like him a lot.")

    assert memory.message(seen.message_id).text == "Write to [EMAIL_1] or to [EMAIL_2]."
    assert memory.message(seen.message_id).masked == (Label.EMAIL,)
    assert "[EMAIL_2]" in item.text


def test_nothing_is_embedded_before_it_is_masked(open_memory: OpenMemory) -> None:
    """A vector of an address could be told from it."""
    embedder = FakeEmbedder()
    memory = open_memory(embedder=embedder)
    memory.grant("me", PERSONALIZATION)

    memory.remember("me", "My boss is bob@example.com and my key is sk-abcdefgh12345678.")

    assert embedder.embedded == ["My boss is [EMAIL_1] and my key is [SECRET]."]


def test_the_strict_regime_masks_names_and_keeps_thirty_days(
    open_memory: OpenMemory, settings: Settings
) -> None:
    """The article's: everything personal masked, 30 days from storing."""
    memory = open_memory(replace(settings, strict=True))
    memory.grant("me", PERSONALIZATION)

    (item,) = memory.observe("me", "user", "My name is Maya and I prefer short answers.").stored

    assert item.text == "My name is [NAME_1] and I prefer short answers."
    assert item.data_class is DataClass.PERSONAL
    assert item.expires_at == NOON + timedelta(days=30)


# -- remember -------------------------------------------------------------------------------


def test_remember_keeps_what_is_asked_for(memory: Memory) -> None:
    """Every choice that was made is there; the text alone would not have been kept."""
    said = NOON - timedelta(days=10)

    item = memory.remember(
        "me",
        "The office plant",
        kind="decision",
        data_class="public",
        importance=0.3,
        pinned=True,
        at=said,
    )

    assert memory.item(item.id) == item
    assert (item.kind, item.data_class, item.pinned) == (Kind.DECISION, DataClass.PUBLIC, True)
    assert (item.importance, item.importance_terms) == (0.3, {"given": 0.3})
    assert (item.said_at, item.created_at, item.expires_at) == (said, NOON, None)


def test_remember_without_an_importance_counts_as_asked_for(memory: Memory) -> None:
    """Being told to remember is the strongest cue there is."""
    item = memory.remember("me", "The office plant")

    assert item.importance == pytest.approx(0.4 + 0.5 - 0.1)
    assert item.importance_terms["explicit “remember”"] == 0.5


@pytest.mark.parametrize(("given", "kept"), [(-1, 0.0), (0.0, 0.0), (7, 1.0)])
def test_a_given_importance_stays_between_zero_and_one(
    memory: Memory, given: float, kept: float
) -> None:
    """Strength and ranking rest on it."""
    assert memory.remember("me", "The office plant", importance=given).importance == kept


@pytest.mark.parametrize(
    "wrong", [{"kind": "rumour"}, {"data_class": "secret"}], ids=lambda wrong: next(iter(wrong))
)
def test_unknown_kinds_and_classes_are_refused(memory: Memory, wrong: dict[str, str]) -> None:
    """Closed sets: a typing error must not become a class with no retention."""
    with pytest.raises(InvalidInput, match="Choose one of"):
        memory.remember("me", "The office plant", **wrong)

    assert memory.items("me") == []


# -- the hot tier ---------------------------------------------------------------------------


def told_elsewhere(memory: Memory, conversation: str) -> bool:
    context = memory.context("me", "Hello?", conversation_id=conversation)
    return NOT_KEPT in context.messages[0]["content"]


def test_every_interaction_is_hot_for_an_hour_in_other_conversations(
    memory: Memory, clock: FixedClock
) -> None:
    """Also one that became no memory; its own conversation has it in its buffer anyway."""
    memory.observe("me", "user", NOT_KEPT, conversation_id="one")
    memory.observe("me", "assistant", "It is fine.", conversation_id="one")

    assert memory.stats().hot_entries == 2
    assert told_elsewhere(memory, "two")
    assert not told_elsewhere(memory, "one")
    clock.advance(minutes=59)
    assert told_elsewhere(memory, "two")
    clock.advance(minutes=1)
    assert not told_elsewhere(memory, "two")
    assert memory.stats().hot_entries == 0


def test_the_hot_time_is_a_setting(
    open_memory: OpenMemory, settings: Settings, clock: FixedClock
) -> None:
    """In seconds."""
    memory = open_memory(replace(settings, hot_ttl_seconds=60))
    memory.grant("me", PERSONALIZATION)
    memory.observe("me", "user", NOT_KEPT, conversation_id="one")
    clock.advance(seconds=59)
    assert told_elsewhere(memory, "two")
    clock.advance(seconds=1)

    assert not told_elsewhere(memory, "two")


def test_profile_and_entities_of_the_turn_are_told(memory: Memory) -> None:
    """The built-in answerer greets by them."""
    seen = memory.observe("me", Role.USER, "My name is Maya and I live in Berlin, you know.")

    assert seen.profile == (
        ProfileFact("name", "Maya", 0.9),
        ProfileFact("location", "Berlin", 0.9),
    )
    assert [mention.name for mention in seen.entities] == ["Maya", "Berlin"]


def test_the_persons_own_name_is_no_entity_of_theirs(memory: Memory) -> None:
    """The list is of what they speak about."""
    memory.observe("me", "user", "My name is Maya and I work with Bob every day.")

    assert [entity.name for entity in memory.entities("me")] == ["Bob"]
