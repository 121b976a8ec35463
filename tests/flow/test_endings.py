"""How answers end, what is kept of how they came about, and of what models were given."""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from memory import errors
from memory.engine import Memory
from memory.errors import (
    ContextTooLong,
    EmptyAnswer,
    ModelTooSlow,
    ModelUnavailable,
    NotFound,
    failed_with,
)
from memory.flow.ending import CONTEXT_DAYS
from memory.flow.reply import Reply
from memory.records import (
    PERSONALIZATION,
    SENSITIVE,
    DataClass,
    Ending,
    MessageState,
    Usage,
)
from memory.settings import Settings
from tests.fakes import FakeModel, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import left_of

TOLD = "I use PostgreSQL for the quokkamandel project at Acme."
WORD = "quokkamandel"
QUESTION = "Which database do I use at Acme?"


class Failing(FakeModel):
    """Says its pieces, then fails with the error."""

    def __init__(self, error: type[ModelUnavailable], *pieces: str) -> None:
        super().__init__(pieces)
        self.error = error

    def stream(self, messages: Sequence[object]) -> Iterator[str]:
        yield from super().stream(messages)
        raise self.error(self.name)


KINDS = [ModelUnavailable, *ModelUnavailable.__subclasses__()]


# -- errors -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_each_failure_says_what_to_do(kind: type[ModelUnavailable]) -> None:
    """In a sentence of its own, with the model's name, that comes again from its word alone."""
    failure = kind("tiny")

    assert "“tiny”" in str(failure)
    assert any(word in str(failure) for word in ("Try", "try", "answer from memory", "choose"))
    assert str(failed_with(failure.ending, "tiny")) == str(failure)


def test_the_words_of_failures_are_those_that_the_file_keeps() -> None:
    """Each has one of its own, and an answer ends in no other way but by itself or stopped."""
    words = [kind.ending for kind in KINDS]

    assert len(set(words)) == len(words)
    assert {*words, Ending.COMPLETE, Ending.STOPPED} == set(Ending)
    drawn = set(errors.__doc__.split())
    assert {kind.__name__ for kind in KINDS} <= drawn


# -- endings ------------------------------------------------------------------------------------


def test_a_complete_answer_tells_who_gave_it(memory: Memory) -> None:
    """With its tokens, and how long it took."""
    reply = memory.respond("me", QUESTION, model=FakeModel(name="tiny"))
    reply.read()

    how = memory.answered("me", reply.message_id)
    assert (how.model, how.is_local, how.ending) == ("tiny", True, Ending.COMPLETE)
    assert (how.context_tokens, how.answer_tokens) == (reply.usage.context_tokens, 4)
    assert 0 <= how.first_seconds <= how.total_seconds
    assert not how.counted_by_model


def test_the_built_in_answerer_is_named_too(memory: Memory) -> None:
    """It is given nothing, and waited for not at all."""
    reply = memory.respond("me", QUESTION)
    reply.read()

    how = memory.answered("me", reply.message_id)
    assert (how.model, how.ending, how.context_tokens) == (
        "built-in answerer",
        Ending.COMPLETE,
        0,
    )
    assert (how.first_seconds, how.total_seconds) == (None, None)
    assert memory.given("me", reply.message_id) is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pieces", [(), ("Half an ", "answer")])
def test_what_came_before_a_failure_is_kept_once_and_marked(
    memory: Memory, kind: type[ModelUnavailable], pieces: Sequence[str]
) -> None:
    """The question stands once, beneath it what came, if anything, and why no more did."""
    reply = memory.respond("me", QUESTION, model=Failing(kind, *pieces))
    with pytest.raises(kind):
        reply.read()

    asked, answer = memory.messages("default")
    assert (asked.text, answer.text) == (QUESTION, "".join(pieces))
    assert answer.state is MessageState.PARTIAL
    assert memory.answered("me", answer.id).ending == kind.ending


def test_an_answer_without_a_word_is_a_failure(memory: Memory) -> None:
    """Spaces are none."""
    reply = memory.respond("me", QUESTION, model=FakeModel((" ", "\n")))
    with pytest.raises(EmptyAnswer):
        reply.read()

    assert memory.answered("me", reply.message_id).ending is Ending.EMPTY


def test_an_answer_is_given_again_after_a_failure(memory: Memory) -> None:
    """By the same model or from memory; what failed goes, and the question stands once."""
    failed = memory.respond("me", QUESTION, model=Failing(ModelTooSlow, "Half"))
    with pytest.raises(ModelTooSlow):
        failed.read()
    again = memory.regenerate("me", failed.message_id, model="built-in answerer")
    text = again.read()

    assert [message.text for message in memory.messages("default")] == [QUESTION, text]
    assert memory.answered("me", again.message_id).model == "built-in answerer"


@pytest.mark.parametrize("pieces", [(), (" ", "\n")])
def test_an_answer_stays_when_nothing_comes_in_its_place(
    memory: Memory, pieces: Sequence[str]
) -> None:
    """What is there is worth more than nothing, or spaces."""
    reply = memory.respond("me", QUESTION, model=FakeModel())
    kept = reply.read()
    with pytest.raises(ModelTooSlow):
        memory.regenerate("me", reply.message_id, model=Failing(ModelTooSlow, *pieces)).read()

    assert [message.text for message in memory.messages("default")] == [QUESTION, kept]


def test_a_failure_takes_the_place_of_a_failure(memory: Memory) -> None:
    """What is told is the last one, once."""
    reply = memory.respond("me", QUESTION, model=Failing(ModelTooSlow))
    with pytest.raises(ModelTooSlow):
        reply.read()
    with pytest.raises(EmptyAnswer):
        memory.regenerate("me", reply.message_id, model=FakeModel(())).read()

    asked, answer = memory.messages("default")
    assert (asked.text, answer.text) == (QUESTION, "")
    assert memory.answered("me", answer.id).ending is Ending.EMPTY


def test_a_failure_counts_no_memory_as_used(memory: Memory) -> None:
    """Nothing was made of it."""
    told = memory.remember("me", TOLD)
    with pytest.raises(ModelTooSlow):
        memory.respond("me", QUESTION, model=Failing(ModelTooSlow)).read()

    assert memory.item(told.id).access_count == 0


class Counting(FakeModel):
    """Its server counts tokens."""

    def __init__(self, context_tokens: int = 101) -> None:
        super().__init__()
        self.given = context_tokens

    def stream(self, messages: Sequence[object]) -> Iterator[str]:
        return Counted(self.pieces, self.given)


class Counted:
    def __init__(self, pieces: Sequence[str], given: int) -> None:
        self._pieces = iter(pieces)
        self.usage = Usage(given, 7, counted_by_model=True)

    def __iter__(self) -> Iterator[str]:
        return self._pieces

    def __next__(self) -> str:
        return next(self._pieces)


def test_the_models_own_count_of_tokens_is_kept(memory: Memory) -> None:
    """Where its server tells it."""
    reply = memory.respond("me", QUESTION, model=Counting())
    reply.read()

    how = memory.answered("me", reply.message_id)
    assert (how.context_tokens, how.answer_tokens, how.counted_by_model) == (101, 7, True)


def test_a_server_that_counts_nothing_of_what_was_given_is_not_believed(memory: Memory) -> None:
    """An answer to nothing is of the built-in answerer; and nothing of it is what the page says."""
    reply = memory.respond("me", QUESTION, model=Counting(0))
    reply.read()

    how = memory.answered("me", reply.message_id)
    assert (how.context_tokens, how.counted_by_model) == (reply.sent.report.tokens, False)


# -- how much it can read -----------------------------------------------------------------------


class Small(FakeModel):
    def __init__(self, context_tokens: int | None) -> None:
        super().__init__()
        self.context_tokens = context_tokens


def test_a_model_is_given_no_more_than_it_can_read(memory: Memory) -> None:
    """With room for its answer; one that does not say gets what the settings allow."""
    for number in range(40):
        memory.observe("me", "user", f"This is what I said as number {number}, in some words.")
    small, unknown = Small(200), Small(None)
    memory.respond("me", "And now?", model=small).read()
    memory.respond("me", "And now?", model=unknown).read()

    sizes = [
        sum(len(message["content"].split()) for message in model.received[0])
        for model in (small, unknown)
    ]
    assert sizes[0] <= 200 * 0.75 / 1.25 < sizes[1]


def test_a_question_that_no_model_could_read_is_refused_before_it_is_stored(
    memory: Memory,
) -> None:
    """The remedy is another than for our own budget."""
    with pytest.raises(ContextTooLong):
        memory.respond("me", "word " * 300, model=Small(200))

    assert memory.messages("default") == []


@pytest.mark.parametrize("context_tokens", [0, 1])
def test_a_model_that_can_read_nothing_is_given_nothing(
    memory: Memory, context_tokens: int
) -> None:
    """No room is not the same as one that does not say."""
    model = Small(context_tokens)
    with pytest.raises(ContextTooLong):
        memory.respond("me", QUESTION, model=model)

    assert model.received == []


# -- what it was given --------------------------------------------------------------------------


@pytest.fixture
def told(memory: Memory) -> int:
    return memory.remember("me", TOLD).id


@pytest.fixture
def answer(memory: Memory, told: int) -> int:
    """The id of a model's answer, for which it was given the memory."""
    reply = memory.respond("me", QUESTION, model=FakeModel())
    reply.read()
    return reply.message_id


def test_exactly_what_a_model_got_can_be_seen(memory: Memory, told: int) -> None:
    """With its sections and what was left out."""
    model = FakeModel()
    reply = memory.respond("me", QUESTION, model=model)
    reply.read()

    given = memory.given("me", reply.message_id)
    assert list(given.messages) == model.received[0]
    assert given.report == reply.sent.report


def test_what_a_model_got_is_kept_for_seven_days(
    memory: Memory, answer: int, clock: FixedClock, settings: Settings
) -> None:
    """Then it is not shown, and out of the file with the next sweep; the answer stays."""
    clock.advance(days=CONTEXT_DAYS, seconds=-1)
    memory.expire()
    assert memory.given("me", answer) is not None
    clock.advance(seconds=1)
    assert memory.given("me", answer) is None
    memory.expire()

    assert memory._store.database.rows("select * from contexts") == []
    assert memory._store.database.rows("select * from context_messages") == []
    assert memory.answered("me", answer) is not None


def test_it_is_in_the_footprint_and_goes_with_what_went_into_it(
    memory: Memory, told: int, answer: int, settings: Settings
) -> None:
    """A memory that a model was given is erased from there, too."""
    assert memory.footprint("me", memory=told).places["kept contexts"] == 1
    receipt = memory.erase("me", memory=told)

    assert receipt.places["kept contexts"] == 1
    assert receipt.verified
    assert left_of([WORD], settings.database) == []


def test_it_goes_with_an_earlier_turn_of_its_conversation(
    memory: Memory, settings: Settings
) -> None:
    """The later answer says nothing of it, and stays."""
    memory.respond("me", TOLD, model=FakeModel(("Fine.",))).read()
    later = memory.respond("me", "And the weather?", model=FakeModel(("Sunny.",)))
    later.read()
    assert any(WORD in message["content"] for message in later.sent.messages)
    (turn,) = [item for item in memory.items("me") if item.text == TOLD]
    memory.erase("me", memory=turn.id)

    assert memory.given("me", later.message_id) is None
    assert memory.message(later.message_id).text == "Sunny."
    assert left_of([WORD], settings.database) == []


def test_it_goes_with_the_instructions_that_name_an_entity(
    memory: Memory, settings: Settings
) -> None:
    """What the person wrote to the app itself was given to the model as well."""
    memory.observe("me", "user", "Bob likes tea.")
    memory.set_instructions("me", f"Be brief, as Bob of {WORD} is.")
    memory.respond("me", "And the weather?", model=FakeModel(("Sunny.",))).read()
    (bob,) = [entity for entity in memory.entities("me") if entity.name == "Bob"]
    memory.erase("me", entity=bob.id)

    assert left_of([WORD], settings.database) == []


def test_an_answer_is_of_the_class_of_the_instructions_it_was_given(memory: Memory) -> None:
    """What is not exported of them is not exported of what a model got either."""
    memory.set_instructions("me", "My key is sk-12345678abcdef; be brief.")
    memory.respond("me", "And the weather?", model=FakeModel(("Sunny.",))).read()
    assert memory.messages("default")[-1].data_class is DataClass.CONFIDENTIAL
    rules = memory.privacy_rules("me")
    kept_here = replace(rules.classes[DataClass.CONFIDENTIAL], exported=False)
    memory.set_privacy_rules(
        "me", replace(rules, classes={**rules.classes, DataClass.CONFIDENTIAL: kept_here})
    )

    assert "be brief" not in json.dumps(exported_by(memory))


@pytest.mark.parametrize("when", ["while it streams", "when they were changed"])
def test_sensitive_instructions_leave_what_models_were_given_with_their_consent(
    listening: Memory, settings: Settings, when: str
) -> None:
    """Also where they are others by now."""
    listening.grant("me", SENSITIVE)
    listening.set_instructions("me", "I was diagnosed with diabetes, so be brief.")
    pieces = iter(listening.respond("me", "What is a tram?", model=FakeModel()))
    next(pieces)
    if when == "when they were changed":
        list(pieces)
        listening.set_instructions("me", "Be brief.")
    listening.revoke("me", SENSITIVE)
    list(pieces)

    assert left_of(["diabetes"], settings.database) == []


@pytest.mark.parametrize("scope", [{"conversation": "default"}, {"purpose": PERSONALIZATION}, {}])
def test_it_goes_with_its_conversation_and_its_person(
    memory: Memory, answer: int, settings: Settings, scope: dict[str, str]
) -> None:
    """Nothing of how the answer came about is left, either."""
    memory.erase("me", **scope)

    for table in ("contexts", "context_messages", "context_sources", "answers"):
        assert memory._store.database.rows(f"select * from {table}") == []  # noqa: S608 - ours


def test_it_is_in_the_export_with_how_each_answer_came_about(memory: Memory, answer: int) -> None:
    """But not where the class of the answer is left out."""
    exported = exported_by(memory)
    (given,) = exported["inferred"]["given_to_models"]
    (conversation,) = exported["conversations"]
    assert TOLD in given["messages"][0]["content"]
    assert conversation["messages"][1]["answered"]["model"] == "fake-model"

    rules = memory.privacy_rules("me")
    data_class = memory.message(answer).data_class
    chosen = replace(rules.classes[data_class], exported=False)
    memory.set_privacy_rules("me", replace(rules, classes=rules.classes | {data_class: chosen}))
    assert exported_by(memory)["inferred"]["given_to_models"] == []


def exported_by(memory: Memory) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(memory.export("me"))) as archive:
        return json.loads(archive.read("recollect.json"))


def test_it_is_nobody_elses(memory: Memory, answer: int) -> None:
    """Nor is how it came about."""
    for asks in (memory.given, memory.answered):
        with pytest.raises(NotFound):
            asks("stranger", answer)


def test_a_private_answer_is_explained_from_the_process(memory: Memory, settings: Settings) -> None:
    """As long as it is there, with what it was built on; nothing of it is in the file."""
    tea = memory.remember("me", "I like green tea.")
    reply = memory.respond("me", f"Is {WORD} a green tea?", model=FakeModel(), private=True)
    reply.read()

    (source,) = memory.sources(reply.message_id)
    assert source.item == tea
    assert memory.message(reply.message_id).text == "That is noted."

    assert memory.answered("me", reply.message_id).model == "fake-model"
    assert WORD in memory.given("me", reply.message_id).messages[-1]["content"]
    assert left_of([WORD], settings.database) == []
    memory.drop_unstored("me", "default")
    with pytest.raises(NotFound):
        memory.given("me", reply.message_id)


def private(memory: Memory, question: str = QUESTION, model: FakeModel | None = None) -> Reply:
    return memory.respond(
        "me", question, conversation_id="private", model=model or FakeModel(), private=True
    )


def test_a_private_answer_goes_with_what_it_was_built_on(memory: Memory, told: int) -> None:
    """As a stored one does: it may tell it in other words, and so may what the model was given."""
    reply = private(memory)
    reply.read()
    memory.erase("me", memory=told)

    assert [message.text for message in memory.messages("private")] == [QUESTION]
    with pytest.raises(NotFound):
        memory.given("me", reply.message_id)


def test_a_private_answer_that_tells_what_was_forgotten_is_given_no_more(
    memory: Memory, told: int
) -> None:
    """Nor, when it is rehearsed, what a memory told that is switched off."""
    private(memory, model=FakeModel(("In other words.",))).read()
    again = private(memory, "And once more?")
    again.read()
    without, after = FakeModel(), FakeModel()
    memory.rehearse("me", again.message_id, model=without, without=[told]).read()
    memory.forget(told)
    private(memory, "And now?", after).read()

    for model in (without, after):
        assert "In other words." not in [each["content"] for each in model.received[0]]


@pytest.mark.parametrize("gone", ["memory", "everything", "chat"])
def test_a_private_answer_is_not_kept_when_what_it_is_about_went_meanwhile(
    memory: Memory, told: int, gone: str
) -> None:
    """It would bring back what is erased, or a chat that was closed."""
    reply = private(memory)
    pieces = iter(reply)
    next(pieces)
    if gone == "chat":
        memory.drop_unstored("me", "private")
    elif gone == "memory":
        memory.erase("me", memory=told)
    else:
        memory.erase("me")
    list(pieces)

    assert reply.message_id is None
    assert all(message.role == "user" for message in memory.messages("private"))


def test_what_a_private_model_got_is_shown_for_seven_days(
    memory: Memory, told: int, clock: FixedClock
) -> None:
    """Also where the process lives longer."""
    reply = private(memory)
    reply.read()
    clock.advance(days=CONTEXT_DAYS)

    assert memory.given("me", reply.message_id) is None


def test_a_model_of_an_older_file_has_nothing_to_tell(open_memory: OpenMemory) -> None:
    """What is said by somebody else is no answer of ours."""
    memory = open_memory()
    memory.grant("me", PERSONALIZATION)
    message = memory.observe("me", "assistant", "Hello.").message_id

    assert memory.answered("me", message) is None
    assert memory.given("me", message) is None
