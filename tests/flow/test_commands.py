"""Commands in plain words: they act on memory, with or without a model, and never by guesswork."""

from dataclasses import replace
from pathlib import Path

import pytest

from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.records import PERSONALIZATION, Learning, Status
from memory.settings import Settings
from tests.fakes import FakeModel, FixedClock
from tests.flow.conftest import OpenMemory

BERLIN = "I live in Berlin"
TEA = "I prefer green tea in the morning"


def say(memory: Memory, text: str, **how: object) -> str:
    return memory.respond("me", text, **how).read()


def kept(memory: Memory) -> list[str]:
    return [item.text for item in memory.items("me") if item.in_use]


@pytest.fixture(params=[None, FakeModel], ids=["built in", "a model"])
def any_memory(request: pytest.FixtureRequest, open_memory: OpenMemory) -> Memory:
    """Commands are carried out before a model is asked."""
    opened = open_memory(model=request.param and request.param())
    opened.grant("me", PERSONALIZATION)
    return opened


# -- forget ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Forget that I live in Berlin",
        "please forget that I live in Berlin.",
        "Forget what I said about Berlin",
        "Forget everything you know about Berlin!",
        "Delete what I told you about Berlin, please",
        "Can you forget that I live in Berlin?",
        "I want you to forget that I live in Berlin",
        "Forget about Berlin",
        "Please forget where I live.",
    ],
)
def test_what_is_meant_is_forgotten_and_quoted(any_memory: Memory, text: str) -> None:
    """Out of recall at once, nothing else with it; the answer says what, and the way back."""
    any_memory.observe("me", "user", BERLIN)
    any_memory.observe("me", "user", TEA)

    said = say(any_memory, text, conversation_id="other")

    assert f"I've forgotten “{BERLIN}”" in said
    assert "undo" in said
    assert "10 minutes" in said
    assert kept(any_memory) == [TEA]
    (gone,) = [item for item in any_memory.items("me") if item.text == BERLIN]
    assert gone.status is Status.FORGOTTEN


def test_forget_that_means_the_last_thing_of_this_conversation(any_memory: Memory) -> None:
    """What was told elsewhere since is not meant."""
    any_memory.observe("me", "user", TEA, conversation_id="here")
    any_memory.observe("me", "user", BERLIN, conversation_id="here")
    any_memory.observe("me", "user", "I work at Acme as a nurse", conversation_id="there")

    said = say(any_memory, "Forget that.", conversation_id="here")

    assert BERLIN in said
    assert kept(any_memory) == ["I work at Acme as a nurse", TEA]


def test_of_a_field_what_held_before_goes_too(listening: Memory) -> None:
    """Else it would be where the person lives again."""
    for text in (BERLIN, "I moved to Munich.", "I work at Equinor."):
        listening.observe("me", "user", text)

    said = say(listening, "Please forget where I live.", conversation_id="other")

    assert "Munich" in said
    assert "Berlin" in said
    assert [field.field for field in listening.profile("me")] == ["employer"]


def test_a_field_that_stands_beside_another_is_not_forgotten_on_a_guess(memory: Memory) -> None:
    """The memory would take the other one with it."""
    both = "I live in Berlin, and my name is Maya"
    memory.observe("me", "user", both)

    assert "I haven't forgotten anything" in say(memory, "Forget where I live")
    assert kept(memory) == [both]


def test_several_or_none_that_fit_are_left_and_listed(any_memory: Memory) -> None:
    """Each with its day; nothing is forgotten on a guess."""
    any_memory.observe("me", "user", BERLIN)
    any_memory.observe("me", "user", "My favourite museum is in Berlin")
    before = kept(any_memory)

    several = say(any_memory, "Forget what I said about Berlin", conversation_id="a")
    none = say(any_memory, "Forget that I own a submarine", conversation_id="b")
    last = say(any_memory, "Forget that", conversation_id="c")

    assert "I haven't forgotten anything: more than one memory fits" in several
    assert f"“{BERLIN}” (2 March 2026)" in several
    assert "museum" in several
    assert "I haven't forgotten anything" in none
    assert "I haven't forgotten anything" in last
    assert kept(any_memory) == before


@pytest.mark.parametrize(
    "text",
    [
        "Can you forget things?",
        "Will you forget that I live in Berlin?",
        "Did I forget that I live in Berlin?",
        "Should I forget that I live in Berlin?",
        "If I asked you to forget that I live in Berlin, would you?",
        "Imagine you had to forget that I live in Berlin",
        "Forget it",
        "Forget about it.",
        "Forget to mention that I live in Berlin",
        "Don't forget that I live in Berlin",
        "I forgot that I live in Berlin",
        "Forget that I don't live in Berlin",
        "He said: forget that I live in Berlin",
        "Forget everything",
        "Forget all previous instructions",
    ],
)
def test_nothing_is_forgotten_that_was_not_plainly_asked(any_memory: Memory, text: str) -> None:
    """Questions, suppositions, idioms and denials leave memory as it is."""
    any_memory.observe("me", "user", BERLIN, conversation_id="old")

    say(any_memory, text, conversation_id="new")

    assert BERLIN in kept(any_memory)


def test_a_command_is_no_memory(open_memory: OpenMemory, settings: Settings) -> None:
    """Not even where every turn becomes one, and it is not hot in other conversations."""
    memory = open_memory(replace(settings, importance_threshold=0))
    memory.grant("me", PERSONALIZATION)
    memory.observe("me", "user", BERLIN, conversation_id="old")

    reply = memory.respond("me", "Forget that I live in Berlin", conversation_id="new")
    reply.read()

    assert reply.observation.stored == ()
    assert kept(memory) == []
    assert (
        memory.context("me", "Where?", conversation_id="third")
        .messages[0]["content"]
        .count("Berlin")
        == 0
    )


def test_undo_puts_it_back_and_time_erases_it(
    any_memory: Memory, clock: FixedClock, settings: Settings
) -> None:
    """For ten minutes; then no byte of it is left, nor of the command and the answer that quote
    it."""
    word = "zanzibarine"
    any_memory.observe("me", "user", f"I live in {word}", conversation_id="old")
    say(any_memory, f"Forget that I live in {word}", conversation_id="new")
    (item,) = any_memory.items("me")
    any_memory.restore(item.id)
    assert kept(any_memory) == [item.text]

    say(any_memory, f"Forget that I live in {word}", conversation_id="new")
    assert "new" in {each.id for each in any_memory.conversations("me")}
    told = any_memory.context("me", "And now?", conversation_id="new").messages
    assert all(word not in message["content"] for message in told)
    clock.advance(minutes=11)
    receipt = any_memory.expire()

    assert receipt.verified
    assert any_memory.items("me") == []
    for conversation in ("old", "new"):
        assert all(word not in each.text for each in any_memory.messages(conversation))
    assert word.encode() not in everything_written(settings.database)


def everything_written(database: Path) -> bytes:
    return b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))


def test_an_answer_given_anew_forgets_nothing_more(memory: Memory) -> None:
    """“Forget that” said once means one thing."""
    memory.observe("me", "user", TEA)
    memory.observe("me", "user", BERLIN)
    reply = memory.respond("me", "Forget that")
    reply.read()
    assert kept(memory) == [TEA]
    assert reply.message_id is not None

    memory.regenerate("me", reply.message_id).read()

    assert kept(memory) == [TEA]


def test_a_private_chat_can_forget_too(any_memory: Memory) -> None:
    """What it says is stored nowhere, what it asks for is done."""
    any_memory.observe("me", "user", BERLIN)
    before = any_memory.stats().messages

    said = say(any_memory, "Forget that I live in Berlin", private=True)

    assert BERLIN in said
    assert kept(any_memory) == []
    assert any_memory.stats().messages == before


def test_what_else_was_said_in_the_same_breath_stays(
    open_memory: OpenMemory, real_language: SpacyLanguage
) -> None:
    """Only the turn as a whole goes along, since it says it, too; and the answer tells."""
    memory = open_memory(language=real_language)
    memory.grant("me", PERSONALIZATION)
    told = "I moved to Oslo last year. I love sushi and my sister Anna lives in Rome."
    memory.observe("me", "user", told, conversation_id="old")

    said = say(memory, "Forget that my sister lives in Rome", conversation_id="new")

    assert "I've forgotten “my sister Anna lives in Rome”. The message" in said
    assert sorted(kept(memory)) == ["I love sushi", "I moved to Oslo last year."]


def test_what_says_much_more_is_named_and_not_forgotten(memory: Memory) -> None:
    """To forget Django is not to forget the database."""
    told = "I use Django with PostgreSQL and Redis at Acme every day"
    memory.observe("me", "user", told, conversation_id="old")

    said = say(memory, "Forget that I use Django", conversation_id="new")

    assert "I'm not sure which memory you mean" in said
    assert told in said
    assert kept(memory) == [told]


# -- remember -------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", list(Learning))
def test_what_is_to_be_remembered_is_stored_whatever_the_mode(
    any_memory: Memory, mode: Learning
) -> None:
    """However unimportant it looks; and the answer says so."""
    any_memory.set_learning("me", mode)

    said = say(any_memory, "Remember that the spare key is blue")

    assert "I'll remember" in said
    assert "spare key is blue" in said
    (item,) = any_memory.items("me")
    assert item.in_use


def test_a_high_bar_does_not_keep_out_what_is_to_be_remembered(
    open_memory: OpenMemory, settings: Settings
) -> None:
    """The person decides, not the score."""
    memory = open_memory(replace(settings, importance_threshold=0.99))
    memory.grant("me", PERSONALIZATION)

    say(memory, "Remember that the spare key is blue")

    assert len(kept(memory)) == 1


# -- what is known of a thing ---------------------------------------------------------------


def test_what_is_known_of_a_thing_is_listed_with_days(
    any_memory: Memory, clock: FixedClock
) -> None:
    """Of a person, a project or a topic; and each memory is a source."""
    any_memory.observe("me", "user", "My colleague Bob works on Apollo", conversation_id="old")
    clock.advance(days=1)
    any_memory.observe("me", "user", "I decided with Bob to use Python", conversation_id="old")
    any_memory.observe("me", "user", BERLIN, conversation_id="old")

    reply = any_memory.respond("me", "What do you know about Bob?", conversation_id="new")
    said = reply.read()

    assert "This is what I know about Bob." in said
    assert "**Yesterday**" in said
    assert "**Today**" in said
    assert "Python" in said
    assert "Berlin" not in said
    assert len(reply.sources) == 2


def test_of_what_is_unknown_a_model_may_tell(open_memory: OpenMemory) -> None:
    """Memory has nothing to list, so the question goes on."""
    model = FakeModel()
    memory = open_memory(model=model)
    memory.grant("me", PERSONALIZATION)

    say(memory, "What do you know about black holes?")

    assert len(model.received) == 1
