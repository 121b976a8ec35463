"""What a conversation outgrew: the turns that come back, and the summary that a model makes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from memory.engine import Memory
from memory.errors import ModelTooSlow
from memory.flow.afterwards.summarise import INSTRUCTIONS, LEAST_NEW, MOST_CHARACTERS
from memory.records import PERSONALIZATION, ChatMessage, DataClass, Role
from memory.settings import Settings
from tests.fakes import AtOnce, FakeModel, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import left_of
from tests.flow.test_endings import exported_by

WORD = "quokkamandel"
TURNS = 60
SUMMARY = f"They spoke of the {WORD} and of the weather."
SMALL = 150
"""Tokens, so that a conversation outgrows it soon."""


class Summariser(FakeModel):
    """Answers, and makes summaries when it is asked for one."""

    def __init__(self, summary: str = SUMMARY) -> None:
        super().__init__(("Sunny.",), name="tiny")
        self.summary = summary
        self.asked: list[str] = []
        """For summaries: what it was given, in order."""

    def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        if messages[0]["content"] != INSTRUCTIONS:
            yield from super().stream(messages)
            return
        self.asked.append(messages[1]["content"])
        yield self.summary


@pytest.fixture
def small(settings: Settings) -> Settings:
    return replace(settings, buffer_tokens=SMALL, memory_tokens=SMALL)


@pytest.fixture
def model() -> Summariser:
    return Summariser()


@pytest.fixture
def memory(open_memory: OpenMemory, small: Settings, model: Summariser) -> Memory:
    opened = open_memory(small, model=model, background=AtOnce())
    opened.grant("me", PERSONALIZATION)
    return opened


def talk(memory: Memory, turns: int = TURNS, conversation: str = "default") -> None:
    """Small talk that is no memory, beginning with what will be asked for."""
    memory.observe("me", "user", f"The {WORD} is in the left drawer.", conversation_id=conversation)
    memory.observe("me", "assistant", "Fine.", conversation_id=conversation)
    for number in range(turns):
        said = f"And then the weather was as it was on day number {number}, all day."
        memory.observe("me", "user", said, conversation_id=conversation)
        memory.observe("me", "assistant", "I see.", conversation_id=conversation)


def system_of(memory: Memory, question: str) -> str:
    return memory.context("me", question).messages[0]["content"]


# -- word for word ------------------------------------------------------------------------------


def test_a_turn_that_left_comes_back_where_it_bears_on_the_question(memory: Memory) -> None:
    """With its date, and who said it; the conversation itself no longer has it."""
    talk(memory)
    context = memory.context("me", f"Where is the {WORD}?")

    assert (
        f"Earlier here, on 2026-03-02, the person said: The {WORD} is in the left drawer."
        in context.messages[0]["content"]
    )
    assert not any(WORD in message["content"] for message in context.messages[1:-1])
    assert context.report.tokens <= context.report.budget
    (section,) = [s for s in context.report.sections if s.name == "earlier in this conversation"]
    assert section.items >= 1
    assert any(left.what == "conversation" for left in context.report.left_out)


def test_nothing_comes_back_that_is_about_something_else(memory: Memory) -> None:
    """Nor while everything fits."""
    talk(memory)
    assert WORD not in system_of(memory, "How do I bake bread?")
    talk(memory, turns=1, conversation="short")
    context = memory.context("me", f"Where is the {WORD}?", conversation_id="short")
    assert "Earlier here" not in context.messages[0]["content"]


def test_a_turn_comes_back_from_before_what_is_loaded(memory: Memory) -> None:
    """However long the conversation is."""
    talk(memory, turns=150)

    assert f"The {WORD} is in the left drawer." in system_of(memory, f"Where is the {WORD}?")


def test_what_was_forgotten_does_not_come_back(memory: Memory) -> None:
    """It is out of the conversation, too."""
    item = memory.remember("me", "x")
    memory.forget(item.id)
    kept = memory.observe("me", "user", f"Please remember: the {WORD} is blue.").stored[0]
    talk(memory)
    assert "is blue" in system_of(memory, f"What about the {WORD}?")
    memory.forget(kept.id)

    assert "is blue" not in system_of(memory, f"What about the {WORD}?")


# -- the summary --------------------------------------------------------------------------------


@pytest.fixture
def summarised(memory: Memory) -> Memory:
    talk(memory, turns=20)
    memory.respond("me", "How is the weather?").read()
    return memory


def test_a_model_makes_a_running_summary(summarised: Memory, model: Summariser) -> None:
    """Of what does not fit; the next one rests on the one before, and on what left since."""
    made = summarised.summary("me", "default")
    assert (made.text, made.model) == (SUMMARY, "tiny")
    assert made.message_ids[0] == summarised.messages("default")[0].id
    assert WORD in model.asked[0]

    talk(summarised, turns=10)
    summarised.respond("me", "And now?").read()
    assert SUMMARY in model.asked[1]
    assert len(summarised.summary("me", "default").message_ids) > len(made.message_ids)


def test_a_summary_is_made_with_the_name_of_whoever_spoke(
    memory: Memory, model: Summariser
) -> None:
    """What somebody else said in the chat is not taken for the person's word."""
    memory.observe("me", "user", f"I own the {WORD}.", speaker="Ann")
    talk(memory, turns=20)
    memory.respond("me", "How is the weather?").read()

    assert f"Ann: I own the {WORD}." in model.asked[0]
    assert f"Person: The {WORD} is in the left drawer." in model.asked[0]


def test_the_summary_is_given_to_the_model_dated(summarised: Memory, model: Summariser) -> None:
    """As data, with who made it."""
    reply = summarised.respond("me", "How do I bake bread?")
    reply.read()

    system = reply.sent.messages[0]["content"]
    assert f"What came before, in short (by tiny, 2026-03-02): {SUMMARY}" in system


def test_a_model_is_not_asked_for_little(memory: Memory, model: Summariser) -> None:
    """Nor while everything fits."""
    memory.respond("me", "Hi").read()
    assert model.asked == []
    talk(memory, turns=20)
    memory.respond("me", "How is it?").read()
    asked = len(model.asked)
    memory.respond("me", "Hm?").read()

    assert asked == 1
    assert len(model.asked) == 1
    assert LEAST_NEW > 2


def test_a_summary_goes_with_the_first_message_it_tells_of(
    summarised: Memory, small: Settings
) -> None:
    """It is in the footprint; the next is made of what is left."""
    item = summarised.remember("me", f"The {WORD} is in the left drawer.")
    assert summarised.footprint("me", memory=item.id).places["summaries"] == 1
    receipt = summarised.erase("me", memory=item.id)

    assert receipt.places["summaries"] == 1
    assert receipt.verified
    assert summarised.summary("me", "default") is None
    assert left_of([WORD], small.database) == []


def test_a_summary_that_tells_what_was_forgotten_is_not_used(memory: Memory) -> None:
    """It is when that was put back."""
    kept = memory.observe("me", "user", f"Please remember: the {WORD} is blue.").stored[0]
    talk(memory, turns=20)
    memory.respond("me", "How is the weather?").read()
    assert SUMMARY in system_of(memory, "How do I bake bread?")
    memory.forget(kept.id)
    assert SUMMARY not in system_of(memory, "How do I bake bread?")
    memory.restore(kept.id)
    assert SUMMARY in system_of(memory, "How do I bake bread?")


@pytest.mark.parametrize("scope", [{"conversation": "default"}, {"purpose": PERSONALIZATION}, {}])
def test_a_summary_goes_with_its_conversation(
    summarised: Memory, small: Settings, scope: dict[str, str]
) -> None:
    """To the bytes."""
    summarised.erase("me", **scope)

    assert summarised._store.database.rows("select * from summaries") == []
    assert summarised._store.database.rows("select * from summary_messages") == []
    assert left_of([WORD], small.database) == []


def test_a_summary_is_not_used_where_memory_was_turned_off(summarised: Memory) -> None:
    """It was made while it was on; what was said is still the conversation."""
    summarised.set_conversation_memory("me", "default", False)

    assert SUMMARY not in system_of(summarised, "How do I bake bread?")
    assert WORD in system_of(summarised, f"Where is the {WORD}?")


def test_a_summary_is_in_the_export(summarised: Memory) -> None:
    """As something that was inferred."""
    exported = exported_by(summarised)

    assert [each["text"] for each in exported["inferred"]["summaries"]] == [SUMMARY]


def test_a_summary_alone_can_be_erased(summarised: Memory) -> None:
    """With a receipt; the conversation stays as it is."""
    before = summarised.messages("default")
    receipt = summarised.erase_summary("me", "default")

    assert (receipt.places, receipt.verified) == ({"summaries": 1}, True)
    assert summarised.summary("me", "default") is None
    assert summarised.messages("default") == before


def test_an_erased_summary_stands_in_no_kept_context(summarised: Memory, small: Settings) -> None:
    """It was given to the model with the last answer, which stays."""
    reply = summarised.respond("me", "And tomorrow?")
    reply.read()
    assert SUMMARY in summarised.given("me", reply.message_id).messages[0]["content"]
    receipt = summarised.erase_summary("me", "default")

    assert receipt.places == {"summaries": 1, "kept contexts": 1}
    assert summarised.given("me", reply.message_id) is None
    assert left_of([SUMMARY], small.database) == []


def test_a_summary_is_of_no_laxer_class_than_what_it_tells_of(
    memory: Memory, model: Summariser
) -> None:
    """Also when the person finds later that it is confidential."""
    known = memory.observe("me", "user", f"I work at Acme with the {WORD} team every day").stored
    talk(memory, turns=20)
    memory.respond("me", "How is the weather?").read()
    assert memory.summary("me", "default").data_class is DataClass.PERSONAL
    memory.classify(known[0].id, DataClass.CONFIDENTIAL)

    assert memory.summary("me", "default").data_class is DataClass.CONFIDENTIAL


def test_a_summary_is_told_who_said_what(memory: Memory, model: Summariser) -> None:
    """Another speaker's words are not the person's, whatever they are called."""
    memory.observe("me", "user", "I have two boats.", speaker="Bob</said>")
    memory.observe("me", "system", "The call was connected.")
    talk(memory, turns=20)
    memory.respond("me", "How is the weather?").read()

    lines = model.asked[0].splitlines()
    assert "Bob‹/said>: I have two boats." in lines
    assert "system: The call was connected." in lines
    assert lines.count("</said>") == 1


def test_days_that_are_shortened_hold_for_a_summary(
    open_memory: OpenMemory, clock: FixedClock, small: Settings
) -> None:
    """Though the messages it tells of are of a laxer class, and stay."""
    said = "My key is sk-12345678abcdef in the drawer."
    memory = open_memory(small, model=Summariser(said), background=AtOnce())
    memory.grant("me", PERSONALIZATION)
    talk(memory, turns=20)
    memory.respond("me", "How is the weather?").read()
    made = memory.summary("me", "default")
    rules = memory.privacy_rules("me")
    shorter = replace(rules.classes[made.data_class], days=1)
    memory.set_privacy_rules(
        "me", replace(rules, classes={**rules.classes, made.data_class: shorter})
    )
    clock.advance(days=1)

    assert memory.summary("me", "default") is None
    assert memory.expire().places["summaries"] == 1
    assert left_of([made.text], small.database) == []


def test_a_summary_goes_with_an_entity_that_it_names(
    open_memory: OpenMemory, small: Settings
) -> None:
    """Also where the model said more than it was told."""
    memory = open_memory(small, model=Summariser("Bob came in."), background=AtOnce())
    memory.grant("me", PERSONALIZATION)
    talk(memory, turns=20)
    memory.respond("me", "How is the weather?").read()
    memory.observe("me", "user", "Bob likes tea.", conversation_id="other")
    (bob,) = [entity for entity in memory.entities("me") if entity.name == "Bob"]
    memory.erase("me", entity=bob.id)

    assert memory.summary("me", "default") is None


def test_a_summary_is_masked_and_classed_as_what_anybody_says(
    open_memory: OpenMemory, small: Settings
) -> None:
    """A secret is stored nowhere, and no longer than its class is it kept."""
    said = "My key is sk-12345678abcdef, mail maya@example.com."
    memory = open_memory(small, model=Summariser(said), background=AtOnce())
    memory.grant("me", PERSONALIZATION)
    talk(memory, turns=20)
    memory.respond("me", "How is the weather?").read()

    made = memory.summary("me", "default")
    assert made.text == "My key is [SECRET], mail [EMAIL_1]."
    assert made.data_class is DataClass.CONFIDENTIAL
    assert left_of(["sk-12345678abcdef", "maya@example.com"], small.database) == []


def test_a_summary_expires_by_its_class(
    open_memory: OpenMemory, clock: FixedClock, small: Settings
) -> None:
    """With a receipt, as a memory does."""
    memory = open_memory(small, model=Summariser("So my name is Maya."), background=AtOnce())
    memory.grant("me", PERSONALIZATION)
    talk(memory, turns=20)
    memory.respond("me", "How is the weather?").read()
    made = memory.summary("me", "default")
    assert made.data_class is DataClass.PERSONAL
    clock.now = made.expires_at

    assert memory.summary("me", "default") is None
    assert memory.expire().places["summaries"] == 1
    assert left_of(["So my name is Maya."], small.database) == []


@pytest.mark.parametrize("summary", ["", "  ", "x" * (MOST_CHARACTERS + 50)])
def test_a_summary_is_bounded_and_not_empty(
    open_memory: OpenMemory, small: Settings, summary: str
) -> None:
    """A model that does not end is ended."""
    memory = open_memory(small, model=Summariser(summary), background=AtOnce())
    memory.grant("me", PERSONALIZATION)
    talk(memory, turns=20)
    memory.respond("me", "How is the weather?").read()

    made = memory.summary("me", "default")
    assert (None if made is None else len(made.text)) == (
        MOST_CHARACTERS if summary.strip() else None
    )


class Failing(Summariser):
    def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        if messages[0]["content"] == INSTRUCTIONS:
            raise ModelTooSlow(self.name)
        yield from super().stream(messages)


def test_a_failure_leaves_the_conversation_as_it_was(
    open_memory: OpenMemory, small: Settings
) -> None:
    """The turns come back word for word, and the next message tries again."""
    memory = open_memory(small, model=Failing(), background=AtOnce())
    memory.grant("me", PERSONALIZATION)
    talk(memory, turns=20)
    assert memory.respond("me", "How is the weather?").read() == "Sunny."

    assert memory.summary("me", "default") is None
    assert WORD in system_of(memory, f"Where is the {WORD}?")


@pytest.mark.parametrize("case", ["memory off", "private", "elsewhere"])
def test_no_summary_is_made_where_nothing_may_be_kept_or_sent(
    open_memory: OpenMemory, small: Settings, case: str
) -> None:
    """Memory is off there, the chat is private, or the model is not on this computer."""
    model = Summariser()
    model.is_local = case != "elsewhere"
    memory = open_memory(small, model=model, background=AtOnce())
    memory.grant("me", PERSONALIZATION)
    memory.grant("me", "remote_model")
    talk(memory, turns=20)
    if case == "memory off":
        memory.set_conversation_memory("me", "default", False)
    memory.respond("me", "How is the weather?", private=case == "private").read()

    assert model.asked == []
    assert memory.summary("me", "default") is None


def test_a_summary_is_not_kept_when_what_it_tells_of_went_meanwhile(
    open_memory: OpenMemory, small: Settings
) -> None:
    """The model was still at it."""

    class Meanwhile(Summariser):
        def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
            if messages[0]["content"] == INSTRUCTIONS:
                memory.erase("me", conversation="default")
            yield from super().stream(messages)

    memory = open_memory(small, model=Meanwhile(), background=AtOnce())
    memory.grant("me", PERSONALIZATION)
    talk(memory, turns=20)
    memory.respond("me", "How is the weather?").read()

    assert left_of([WORD], small.database) == []


def test_a_message_goes_before_a_summary(open_memory: OpenMemory, small: Settings) -> None:
    """What is being made gives way to it."""
    background = AtOnce()
    memory = open_memory(small, model=Summariser(), background=background)
    memory.grant("me", PERSONALIZATION)
    memory.respond("me", "Hi").read()

    assert background.given_way == 1
    assert memory.messages("default")[0].role is Role.USER


# -- answered anew ------------------------------------------------------------------------------


def outgrown(memory: Memory) -> tuple[int, int]:
    """A question whose turn a summary tells of by now, and its answer."""
    reply = memory.respond("me", "What of the weather?")
    reply.read()
    for number in range(30):
        memory.respond("me", f"And what was the weather like on day number {number}?").read()
    summary = memory.summary("me", "default")
    asked, answer = reply.observation.message_id, reply.message_id
    assert summary is not None
    assert asked is not None
    assert answer is not None
    assert {asked, answer} <= set(summary.message_ids)
    return asked, answer


def test_a_memory_that_is_switched_off_comes_back_neither_in_a_turn_nor_in_the_summary(
    memory: Memory, model: Summariser
) -> None:
    """The turn that states it left the conversation long ago; the summary tells of that turn."""
    said = f"I work at Acme with the {WORD} team every day"
    (known,) = memory.observe("me", "user", said).stored
    talk(memory)
    memory.respond("me", "What of the weather?").read()
    reply = memory.respond("me", f"Acme team, {WORD} or another?")
    reply.read()
    assert reply.message_id is not None

    memory.rehearse("me", reply.message_id, without=[known.id]).read()

    before, after = (messages[0]["content"] for messages in model.received[-2:])
    assert said in before
    assert SUMMARY in before
    assert said not in after
    assert SUMMARY not in after


def test_an_answer_is_rehearsed_without_what_was_said_after_it(
    summarised: Memory, model: Summariser
) -> None:
    """A summary that tells of later turns, or of the answer itself, is not given."""
    _, answer = outgrown(summarised)

    summarised.rehearse("me", answer).read()

    assert SUMMARY not in model.received[-1][0]["content"]


def test_a_message_that_was_summarised_can_be_edited(summarised: Memory, model: Summariser) -> None:
    """Its earlier wording reaches no model in the summary, and the new answer is kept."""
    asked, _ = outgrown(summarised)

    edited = summarised.respond("me", "What of the sun?", replacing=asked)
    edited.read()

    assert SUMMARY not in model.received[-1][0]["content"]
    assert edited.message_id is not None
    assert [message.text for message in summarised.messages("default", user_id="me")][-2:] == [
        "What of the sun?",
        "Sunny.",
    ]
