"""One turn of the chat: stored before the answer, recorded however the answer ends."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput, ModelUnavailable, NotFound
from memory.records import PERSONALIZATION, ChatMessage, MessageState, Role
from memory.settings import Settings
from tests.fakes import NOON, FakeModel, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import content, written

TOLD = "My name is Maya and I work at Acme with PostgreSQL every day"


def said(memory: Memory, conversation: str = "default") -> list[tuple[str, str, str]]:
    return [(m.role, m.text, m.state) for m in memory.messages(conversation)]


# -- the built-in answerer ------------------------------------------------------------------


def test_the_message_is_stored_before_the_first_word_of_the_answer(memory: Memory) -> None:
    """Whatever happens to the answer, what the person said is kept."""
    reply = memory.respond("me", TOLD)

    assert said(memory) == [("user", TOLD, "complete")]
    assert reply.observation.stored[0].text == TOLD
    assert reply.text == ""
    assert reply.message_id is None

    pieces = list(reply)

    assert "".join(pieces) == reply.text != ""
    assert len(pieces) > 1
    assert said(memory)[1:] == [("assistant", reply.text, "complete")]
    assert memory.message(reply.message_id).text == reply.text


def test_the_built_in_answerer_tells_what_it_was_built_on(
    memory: Memory, clock: FixedClock
) -> None:
    """Its sources are recorded with the answer, and each counts as a use."""
    (told,) = memory.observe("me", "user", TOLD).stored
    later = clock.advance(hours=2)

    reply = memory.respond("me", "What is my name?", conversation_id="new")
    text = reply.read()

    assert "Maya" in text
    assert [source.item.id for source in reply.sources] == [told.id]
    assert [source.item.id for source in memory.sources(reply.message_id)] == [told.id]
    used = memory.item(told.id)
    assert (used.access_count, used.last_accessed_at) == (1, later)
    assert reply.sent is None
    assert reply.usage.context_tokens == 0
    assert reply.usage.answer_tokens > 0


def test_an_answer_is_no_memory_but_hot(memory: Memory) -> None:
    """What the assistant says is the transcript's."""
    memory.respond("me", "Hello").read()

    assert memory.items("me") == []
    assert memory.stats().hot_entries == 2


def test_reading_twice_gives_the_answer_once(memory: Memory) -> None:
    """A reply is a stream with a memory, not a function."""
    reply = memory.respond("me", TOLD)

    assert reply.read() == reply.read()
    assert len(said(memory)) == 2


def test_a_turn_is_audited_with_counts(memory: Memory) -> None:
    """Stored with one memory, answered from none."""
    memory.respond("me", TOLD).read()

    assert [(e.action, dict(e.counts)) for e in memory.audit(2)] == [
        ("recall", {"memories": 0}),
        ("store", {"messages": 1, "memories": 1, "personal": 1}),
    ]


# -- a model --------------------------------------------------------------------------------


def test_a_model_streams_and_is_given_the_context(open_memory: OpenMemory) -> None:
    """What it was given is on the reply; the answer is recorded with what it was built on."""
    model = FakeModel()
    memory = open_memory(model=model)
    memory.grant("me", PERSONALIZATION)
    told = memory.remember("me", TOLD)

    reply = memory.respond("me", "PostgreSQL at Acme?")
    pieces = list(reply)

    assert memory.answerer("me") == "fake-model"
    assert pieces == ["That ", "is ", "noted."]
    assert model.received == [reply.sent.messages]
    system, question = reply.sent.messages
    assert TOLD in system["content"]
    assert question == {"role": "user", "content": "PostgreSQL at Acme?"}
    assert [source.item.id for source in memory.sources(reply.message_id)] == [told.id]
    assert memory.item(told.id).access_count == 1
    assert reply.usage.context_tokens == reply.sent.report.tokens
    assert reply.usage.answer_tokens == 4


def test_a_model_is_given_the_turns_so_far_once(open_memory: OpenMemory) -> None:
    """The message that is asked stands last, and is not there a second time."""
    model = FakeModel()
    memory = open_memory(model=model)
    memory.grant("me", PERSONALIZATION)
    memory.respond("me", "First?").read()
    memory.respond("me", "Second?").read()

    assert [message["content"] for message in model.received[1][1:]] == [
        "First?",
        "That is noted.",
        "Second?",
    ]


def test_a_model_of_one_turn_wins(memory: Memory) -> None:
    """Given with the turn, it answers this one only."""
    assert memory.respond("me", "Hi", model=FakeModel(("Moin.",))).read() == "Moin."
    assert memory.respond("me", "Hi").read() != "Moin."


def test_a_model_that_is_not_connected_is_refused_before_anything_is_stored(
    memory: Memory,
) -> None:
    """The message says what answers instead."""
    with pytest.raises(ModelUnavailable, match="not connected"):
        memory.respond("me", TOLD, model="some/model")

    assert memory.stats().messages == 0


def test_a_model_is_given_masked_text(memory: Memory) -> None:
    """What may not be stored is not sent either."""
    model = FakeModel()
    memory.respond("me", "Mail maya@example.com my key sk-abcdefgh12345678", model=model).read()

    assert model.received[0][-1]["content"] == "Mail [EMAIL_1] my key [SECRET]"


# -- an answer that ends early --------------------------------------------------------------


def test_a_stopped_answer_is_kept_as_far_as_it_came(memory: Memory) -> None:
    """By leaving the loop, as the page's Stop does."""
    reply = memory.respond("me", "Hi", model=FakeModel())
    stream = iter(reply)
    assert next(stream) == "That "
    stream.close()

    assert said(memory)[1:] == [("assistant", "That ", "partial")]
    assert memory.message(reply.message_id).state is MessageState.PARTIAL


def test_a_closed_reply_says_no_more(memory: Memory) -> None:
    """Nothing is added to what was recorded, and a second close changes nothing."""
    reply = memory.respond("me", "Hi", model=FakeModel())
    reply.close()
    reply.close()

    assert list(reply) == []
    assert reply.text == ""
    assert said(memory)[1:] == [("assistant", "", "partial")]


def test_a_model_that_breaks_off_leaves_its_partial_answer(memory: Memory) -> None:
    """The error is shown, and the words that came are kept."""
    reply = memory.respond("me", "Hi", model=FakeModel(fails_after=2))

    with pytest.raises(ModelUnavailable, match="broke off"):
        reply.read()

    assert reply.text == "That is "
    assert said(memory) == [("user", "Hi", "complete"), ("assistant", "That is ", "partial")]


class InterruptedModel:
    """Does something after its first piece, as another tab might."""

    name = "interrupted"
    is_local = True

    def __init__(self, meddle: object) -> None:
        self._meddle = meddle

    def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        yield "You work "
        self._meddle()
        yield "at Acme."


@pytest.mark.parametrize("what", ["revoke", "everything", "conversation", "memory", "question"])
def test_an_answer_does_not_bring_back_what_was_erased_while_it_streamed(
    memory: Memory, settings: Settings, what: str
) -> None:
    """It is shown to its end, and not stored: its question, its source or the consent is gone."""
    told = memory.remember("me", TOLD)
    meddle = {
        "revoke": lambda: memory.revoke("me", PERSONALIZATION),
        "everything": lambda: memory.erase("me"),
        "conversation": lambda: memory.erase("me", conversation="default"),
        "memory": lambda: memory.erase("me", memory=told.id),
        "question": lambda: memory.erase("me", memory=question.observation.stored[0].id),
    }[what]
    text = "I prefer to be told what PostgreSQL at Acme is about" if what == "question" else "Acme?"

    question = memory.respond("me", text, model=InterruptedModel(meddle))

    assert question.read() == "You work at Acme."
    assert question.message_id is None
    assert b"You work at Acme." not in content(settings.database)
    assert Role.ASSISTANT not in [m.role for m in memory.messages("default") if m.text]


# -- what a turn may use and leave ----------------------------------------------------------


@pytest.mark.parametrize("model", [None, FakeModel()], ids=["built-in", "model"])
def test_without_answers_as_if_a_memory_were_not_there(
    memory: Memory, model: FakeModel | None
) -> None:
    """Not from recall, nor its profile fields, nor the hot cache, nor its own conversation."""
    (told,) = memory.observe("me", "user", TOLD, conversation_id="old").stored

    for conversation in ("old", "new"):
        reply = memory.respond(
            "me",
            "What is my name?",
            conversation_id=conversation,
            model=model,
            without=[told.id],
            private=True,
        )
        assert "Maya" not in reply.read()
        assert reply.sources == ()
        assert model is None or "Maya" not in str(reply.sent.messages)
    assert "Maya" in memory.respond("me", "What is my name?", conversation_id="new").read()


def test_private_writes_nothing(memory: Memory, settings: Settings) -> None:
    """It may use what is known, and leaves no byte: no message, no use, no audit."""
    memory.remember("me", TOLD)
    before = written(settings.database)

    reply = memory.respond("me", "What is my name? I prefer it short.", private=True)
    text = reply.read()

    assert "Maya" in text
    assert reply.observation.message_id is None
    assert reply.observation.stored == ()
    assert written(settings.database) == before
    assert memory.stats().messages == 0


@pytest.mark.parametrize("private", [True, False])
def test_a_chat_that_may_not_be_stored_lives_in_the_process(
    open_memory: OpenMemory, settings: Settings, private: bool
) -> None:
    """Private, or without consent: it is a conversation all the same, gone with the process."""
    memory = open_memory()
    if private:
        memory.grant("me", PERSONALIZATION)
    model = FakeModel()
    before = written(settings.database)

    for text in ("First?", "Mail maya@example.com, please."):
        memory.respond("me", text, conversation_id="off", model=model, private=private).read()

    messages = memory.messages("off")
    assert [m.text for m in messages] == [
        "First?",
        "That is noted.",
        "Mail [EMAIL], please.",
        "That is noted.",
    ]
    assert all(m.id < 0 for m in messages)
    assert len({m.id for m in messages}) == 4
    assert [m["content"] for m in model.received[1][1:]] == [m.text for m in messages[:3]]
    assert written(settings.database) == before
    assert memory.messages("off", user_id="other") == []
    memory.close()
    assert open_memory().messages("off") == []


def test_a_stopped_private_answer_is_partial(memory: Memory) -> None:
    """As a stored one would be."""
    stream = iter(memory.respond("me", "Hi", model=FakeModel(), private=True))
    next(stream)
    stream.close()

    assert said(memory)[1:] == [("assistant", "That ", "partial")]


def test_erasing_everything_drops_chats_in_the_process(memory: Memory) -> None:
    """They are the person's data too."""
    memory.respond("me", TOLD, conversation_id="off", private=True).read()

    memory.erase("me")

    assert memory.messages("off") == []


def test_two_people_may_use_one_conversation_name(memory: Memory) -> None:
    """Each gets their own; without a name, nobody's is shown."""
    memory.grant("other", PERSONALIZATION)
    memory.respond("me", TOLD, model=FakeModel()).read()
    memory.respond("other", "Hello from Zoe", model=FakeModel()).read()

    assert [m.user_id for m in memory.messages("default", user_id="me")] == ["me"] * 2
    assert memory.messages("default", user_id="other")[0].text == "Hello from Zoe"
    with pytest.raises(InvalidInput, match="Say whose"):
        memory.messages("default")
    assert memory.messages("unknown") == []


def test_an_unknown_message_is_not_found(memory: Memory) -> None:
    """A stale link says so."""
    with pytest.raises(NotFound):
        memory.message(4711)


# -- after closing --------------------------------------------------------------------------


def test_everything_is_there_after_closing(open_memory: OpenMemory, clock: FixedClock) -> None:
    """Messages, memories, uses and the audit, a day later and in another process's eyes."""
    memory = open_memory()
    memory.grant("me", PERSONALIZATION)
    memory.respond("me", TOLD, conversation_id="first").read()
    memory.respond("me", "What is my name?", conversation_id="second").read()
    before = (
        memory.messages("first"),
        memory.messages("second"),
        memory.items("me"),
        memory.profile("me"),
        memory.entities("me"),
        memory.consents("me"),
        memory.audit(),
    )
    memory.close()
    clock.advance(days=1)

    again = open_memory()

    assert before == (
        again.messages("first"),
        again.messages("second"),
        again.items("me"),
        again.profile("me"),
        again.entities("me"),
        again.consents("me"),
        again.audit(),
    )
    assert again.verify_audit().state == "intact"
    assert {c.id: c.title for c in again.conversations("me")} == {
        "first": TOLD[:60],
        "second": "What is my name?",
    }
    assert [c.updated_at for c in again.conversations("me")] == [NOON, NOON]


def test_settings_are_those_it_was_opened_with(open_memory: OpenMemory, settings: Settings) -> None:
    """The page shows them."""
    changed = replace(settings, importance_threshold=0.5)

    assert open_memory(changed).settings == changed
