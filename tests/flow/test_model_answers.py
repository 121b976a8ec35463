"""What a model says is kept by the same rules as what a person says, and not at all when something
that it was given is gone by the time it has ended."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from memory.engine import Memory
from memory.errors import ConsentRequired, StaysHome
from memory.records import REMOTE_MODEL, SENSITIVE, ChatMessage, DataClass
from memory.settings import Settings
from tests.fakes import FakeModel
from tests.flow.on_disk import left_of

ADDRESS = "maya@quokkamandel.example"
SECRET = "sk-12345678abcdef"
ILL = "You were diagnosed with diabetes, as your doctor Quokkamandel says."
WORD = "quokkamandel"


class Interrupted(FakeModel):
    """Something happens between its first piece and the rest."""

    def __init__(self, meanwhile: Callable[[], object], pieces: Sequence[str]) -> None:
        super().__init__(pieces)
        self.meanwhile = meanwhile

    def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        pieces = super().stream(messages)
        yield next(pieces)
        self.meanwhile()
        yield from pieces


def test_an_answer_is_masked_before_it_is_stored(memory: Memory, settings: Settings) -> None:
    """Secrets are stored nowhere, identifiers by number; it was seen as it came."""
    model = FakeModel((f"Use {SECRET} ", f"and write to {ADDRESS}."))

    reply = memory.respond("me", "Make me a login please.", model=model)

    assert reply.read() == f"Use {SECRET} and write to {ADDRESS}."
    kept = memory.messages("default")[1]
    assert kept.text == "Use [SECRET] and write to [EMAIL_1]."
    assert kept.data_class is DataClass.CONFIDENTIAL
    assert left_of([SECRET, WORD], settings.database) == []


def test_a_sensitive_answer_needs_the_consent(memory: Memory, settings: Settings) -> None:
    """It is seen in the chat, and stands in no file."""
    memory.respond("me", "What do you think?", model=FakeModel((ILL,))).read()

    answered = memory.messages("default", user_id="me")[1]
    assert (answered.id < 0, answered.data_class) == (True, DataClass.SENSITIVE)
    assert "you have not agreed" in answered.note
    assert left_of([WORD], settings.database) == []

    memory.grant("me", SENSITIVE)
    answer = memory.respond("me", "And now?", conversation_id="new", model=FakeModel((ILL,)))
    answer.read()
    assert left_of([WORD], settings.database) == [WORD]


def test_an_answer_is_not_kept_when_a_consent_to_what_it_was_given_is_withdrawn(
    memory: Memory, settings: Settings
) -> None:
    """Though no memory was made of what was said before."""
    memory.grant("me", SENSITIVE)
    memory.observe("me", "user", "I have diabetes")
    model = Interrupted(lambda: memory.revoke("me", SENSITIVE), ("So it is ", f"{WORD}, then."))

    memory.respond("me", "What did I say?", model=model).read()

    assert left_of([WORD, "diabetes"], settings.database) == []


@pytest.mark.parametrize("conversation", ["other", "default"])
def test_an_answer_is_not_kept_when_what_it_was_told_is_erased(
    memory: Memory, settings: Settings, conversation: str
) -> None:
    """In this conversation, or in another one within the hour."""
    memory.observe("me", "user", f"I met {WORD}", conversation_id=conversation)
    model = Interrupted(
        lambda: memory.erase("me", conversation=conversation), ("You met ", f"{WORD}.")
    )

    memory.respond("me", "Whom did I meet?", model=model).read()

    assert left_of([WORD], settings.database) == []


def test_an_answer_made_of_a_profile_line_goes_with_its_memory(
    memory: Memory, settings: Settings
) -> None:
    """It says it in other words, and the memory was not recalled."""
    told = memory.remember("me", "I work at Quokkamandel, if you want to know")
    memory.respond("me", "Hello!", model=FakeModel(("How is life ", f"at {WORD}?"))).read()

    memory.erase("me", memory=told.id)

    assert left_of([WORD], settings.database) == []


def test_a_consent_to_send_that_is_gone_when_the_answer_is_asked_for_holds(
    memory: Memory,
) -> None:
    """The model is called at the first piece, not before."""
    memory.grant("me", REMOTE_MODEL)
    model = FakeModel(is_local=False)
    reply = memory.respond("me", "Hello there", model=model)
    memory.revoke("me", REMOTE_MODEL)

    with pytest.raises(ConsentRequired, match="Nothing was sent"):
        reply.read()

    assert model.received == []


def test_an_answer_given_anew_elsewhere_is_asked_as_what_the_question_was(
    memory: Memory,
) -> None:
    """What was masked in it cannot be seen any more; its class still says so."""
    memory.grant("me", REMOTE_MODEL)
    memory.respond("me", f"The key is {SECRET}").read()
    answer = memory.messages("default")[1].id
    model = FakeModel(is_local=False)

    with pytest.raises(StaysHome):
        memory.regenerate("me", answer, model=model)

    assert model.received == []
