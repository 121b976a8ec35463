"""What a model elsewhere is given: pseudonyms, put back in its answer, and shown before it goes."""

import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.errors import AnswerBrokenOff, ConsentRequired, InvalidInput, NotAsShown, StaysHome
from memory.flow.context import Asked
from memory.flow.reply import Reply
from memory.flow.sending import masking
from memory.records import (
    PERSONALIZATION,
    REMOTE_MODEL,
    Act,
    ChatMessage,
    Handling,
    Label,
    LabelRule,
    MemoryItem,
    ModelPlace,
    Pseudonym,
    Review,
)
from tests.fakes import FakeModel
from tests.flow.conftest import OpenMemory

ADDRESS = "maya@example.com"
NUMBER = re.compile(r"\[NAME_(\d+)\]")


class Elsewhere(FakeModel):
    """Says what it is told to of what it got: {0} is the first placeholder in it, and so on."""

    def __init__(self, *pieces: str, fails_after: int | None = None) -> None:
        super().__init__(pieces, is_local=False, fails_after=fails_after)

    @property
    def got(self) -> str:
        return json.dumps(self.received, ensure_ascii=False)


@pytest.fixture
def memory(memory: Memory) -> Memory:
    memory.grant("me", REMOTE_MODEL)
    return memory


def answer(memory: Memory, text: str, model: FakeModel, **more: object) -> Reply:
    reply = memory.respond("me", text, model=model, **more)  # type: ignore[arg-type]
    reply.read()
    return reply


# -- masked, and put back -------------------------------------------------------------------


@pytest.mark.parametrize("private", [False, True])
def test_a_name_leaves_as_a_pseudonym_and_comes_back_in_the_answer(
    memory: Memory, private: bool
) -> None:
    model = Elsewhere("Hello [NA", "ME_", "1]", ", and [name_1]’s ", "tea.")

    reply = answer(memory, "my name is Maya, hello", model, private=private)

    assert "Maya" not in model.got
    assert reply.text == "Hello Maya, and Maya’s tea."
    assert memory.messages("default", user_id="me")[-1].text == reply.text
    assert reply.pseudonyms == (Pseudonym("[NAME_1]", Label.NAME, "Maya"),)


def test_an_identifier_comes_back_though_it_is_stored_masked(memory: Memory) -> None:
    """The person sees it in the answer as it comes; the file has it masked, as in the question."""
    model = Elsewhere("I wrote to [EMAIL_1].")

    reply = answer(memory, f"Write to {ADDRESS} today", model)

    assert ADDRESS not in model.got
    assert reply.text == f"I wrote to {ADDRESS}."
    assert [m.text for m in memory.messages("default")] == [
        "Write to [EMAIL_1] today",
        "I wrote to [EMAIL_1].",
    ]


def test_identifiers_of_a_private_chat_are_told_apart(memory: Memory) -> None:
    """Though no number of theirs is kept."""
    model = Elsewhere("First [EMAIL_1], then [EMAIL_2].")

    reply = answer(memory, f"Write to {ADDRESS} and bob@example.com", model, private=True)

    assert reply.text == f"First {ADDRESS}, then bob@example.com."
    assert memory._parts.store.database.value("select count(*) from placeholders") == 0


def test_a_pseudonym_is_the_same_in_every_call(memory: Memory) -> None:
    """Also in a private chat, once the file has it."""
    model = Elsewhere("Noted.")
    answer(memory, "my name is Maya, and Bob is a friend", model)
    model.received.clear()

    answer(memory, "my name is Maya", model, conversation_id="b", private=True)
    answer(memory, "Is Bob at home?", model, conversation_id="c")

    first, second = model.received
    assert "my name is [NAME_1]" in first[-1]["content"]
    assert "Is [NAME_2] at home?" in second[-1]["content"]


def test_a_new_name_of_a_private_chat_takes_no_number_of_another(memory: Memory) -> None:
    answer(memory, "my name is Maya", Elsewhere("Hi."))
    model = Elsewhere("[NAME_1] and [NAME_2].")

    reply = answer(memory, "Maya, my name is Zoltan", model, private=True)

    assert "[NAME_1], my name is [NAME_2]" in model.got
    assert reply.text == "Maya and Zoltan."


@pytest.mark.parametrize(
    ("told", "asked", "sent"),
    [
        ("my name is Maya", "MAYA or maya?", "[NAME_1] or [NAME_1]?"),
        ("my name is Will", "Will will go, WILL he?", "[NAME_1] will go, [NAME_1] he?"),
        ("my name is Maya", "Maya's and Mayas", "[NAME_1]'s and Mayas"),
    ],
)
def test_a_known_name_is_masked_as_a_word_of_its_own(
    memory: Memory, told: str, asked: str, sent: str
) -> None:
    """However it is written; “will” is no name where it is written as a verb."""
    memory.remember("me", told)
    model = Elsewhere("Noted.")

    answer(memory, asked, model)

    assert model.received[0][-1]["content"] == sent


def test_a_part_of_a_known_name_is_masked_too(
    open_memory: OpenMemory, real_language: SpacyLanguage
) -> None:
    memory = open_memory(language=real_language)
    for purpose in (PERSONALIZATION, REMOTE_MODEL):
        memory.grant("me", purpose)
    memory.remember("me", "My name is Bronislawa Kowalczyk.")
    model = Elsewhere("Noted.")

    answer(memory, "is kowalczyk, or bronislawa, a common name?", model)

    assert model.received
    assert "kowalczyk" not in model.got.lower()
    assert "bronislawa" not in model.got.lower()


@pytest.mark.parametrize(
    ("told", "asked", "sent"),
    [
        (
            "My friend Conor O'Brien sings.",
            "does @conor_obrien or O’Brien sing?",
            "@{0}_{0} or {0}",
        ),
        ("My friend José Fernández sings.", "does jose or JOSE\u0301 sing?", "{0} or {0}"),
        ("My friend Maya Lindqvist sings.", "see /home/maya77 and x.example/MayaLindqvist", ""),
    ],
)
def test_a_known_name_is_masked_however_it_is_written(
    listening: Memory, told: str, asked: str, sent: str
) -> None:
    """With and without accents, with another apostrophe, and in handles, paths and addresses."""
    listening.grant("me", REMOTE_MODEL)
    listening.remember("me", told)
    model = Elsewhere("[NAME_1].")

    reply = answer(listening, asked, model)

    question = model.received[0][-1]["content"]
    assert sent.format("[NAME_1]") in question
    assert not re.search("brien|conor|jose|fern|maya|lindqvist", question, re.IGNORECASE), question
    assert reply.text.removesuffix(".").lower() in asked.lower()


def test_who_is_told_apart_as_a_speaker_is_masked(listening: Memory) -> None:
    """Though their name is none that a model of names would know."""
    listening.grant("me", REMOTE_MODEL)
    listening.observe("me", "user", "I decided to meet at the lake at noon.", speaker="qrx_77")
    model = Elsewhere("Noted.")

    answer(listening, "When do we meet at the lake?", model, conversation_id="b")

    assert "at the lake at noon" in model.got
    assert "qrx" not in model.got


@pytest.mark.parametrize("strict", [False, True])
def test_names_that_are_masked_in_the_file_are_masked_in_every_form(
    listening: Memory, strict: bool
) -> None:
    """Whatever the rule for sending says: what is not stored is not sent either."""
    listening.grant("me", REMOTE_MODEL)
    listening.remember("me", "My colleague Maya Lindqvist likes green tea.")
    rules = listening.privacy_rules("me")
    masked = LabelRule(Handling.KEEP if strict else Handling.MASK, masked_when_sent=False)
    labels = {**rules.labels, Label.NAME: masked}
    listening.set_privacy_rules("me", replace(rules, strict=strict, labels=labels))
    model = Elsewhere("Noted.")

    answer(listening, "is lindqvist a common name?", model)

    assert "lindqvist" not in model.got.lower()


def test_all_names_of_a_person_have_one_pseudonym_and_the_one_said_last_comes_back(
    listening: Memory,
) -> None:
    """A model can only know of Maya what it reads of Maya Lindqvist if both are called the same."""
    listening.grant("me", REMOTE_MODEL)
    listening.remember("me", "My colleague Maya Lindqvist likes green tea.")
    model = Elsewhere("[NAME_1] likes green tea.")

    reply = answer(listening, "What could I cook for Maya?", model)

    system, question = (message["content"] for message in model.received[0])
    assert "My colleague [NAME_1] likes green tea." in system
    assert question == "What could I cook for [NAME_1]?"
    assert reply.text == "Maya likes green tea."
    assert [each.value for each in reply.pseudonyms] == ["Maya Lindqvist", "Maya"]


def test_a_name_of_two_people_is_of_neither(listening: Memory) -> None:
    listening.grant("me", REMOTE_MODEL)
    listening.remember("me", "My colleague Maya Lindqvist likes green tea.")
    listening.remember("me", "My neighbour Maya Okafor likes coffee.")
    model = Elsewhere("Noted.")

    answer(listening, "What tea could I cook for Maya Lindqvist, or for Maya?", model)

    question = model.received[0][-1]["content"]
    numbers = NUMBER.findall(question)
    assert len(set(numbers)) == 2, question


def test_what_the_person_lets_go_is_sent_as_it_is(memory: Memory) -> None:
    rules = memory.privacy_rules("me")
    keep = rules.labels[Label.NAME].stored
    labels = {**rules.labels, Label.NAME: LabelRule(keep, masked_when_sent=False)}
    memory.set_privacy_rules("me", replace(rules, labels=labels))
    model = Elsewhere("Hello [NAME_1].")

    reply = answer(memory, "my name is Maya", model)

    assert "my name is Maya" in model.got
    assert reply.text == "Hello [NAME_1]."


def test_a_secret_does_not_come_back(memory: Memory) -> None:
    memory.set_privacy_rules("me", _confided_may_go(memory))
    model = Elsewhere("Your key is [SECRET].")

    reply = answer(memory, "My key is sk-abcdefghijkl", model)

    assert "sk-abcdefghijkl" not in model.got
    assert reply.text == "Your key is [SECRET]."


def _confided_may_go(memory: Memory):  # type: ignore[no-untyped-def]
    rules = memory.privacy_rules("me")
    classes = {name: replace(rule, sent=True) for name, rule in rules.classes.items()}
    return replace(rules, classes=classes)


def test_a_model_of_this_computer_gets_names_and_its_answer_is_left_as_it_is(
    memory: Memory,
) -> None:
    model = FakeModel(["Hello [NAME_1]."])

    reply = answer(memory, "my name is Maya", model)

    assert "my name is Maya" in str(model.received)
    assert reply.text == "Hello [NAME_1]."
    assert reply.pseudonyms == ()


def test_what_was_held_back_is_kept_when_the_model_breaks_off(memory: Memory) -> None:
    reply = memory.respond("me", "my name is Maya", model=Elsewhere("Hi [NAME", fails_after=1))

    with pytest.raises(AnswerBrokenOff):
        reply.read()

    assert reply.text == "Hi [NAME"


def test_an_answer_that_is_stopped_stops_the_model(memory: Memory) -> None:
    going_on, closed = threading.Event(), threading.Event()

    class Endless(Elsewhere):
        def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
            try:
                while not going_on.wait(0.01):
                    yield "on and "
            finally:
                closed.set()

    reply = memory.respond("me", "my name is Maya", model=Endless())
    next(iter(reply))
    reply.close()

    assert closed.wait(10)
    going_on.set()


def test_what_was_sent_can_be_looked_up_with_what_was_masked_in_it(memory: Memory) -> None:
    """But for what the file does not hold as it is."""
    reply = answer(memory, f"my name is Maya, mail {ADDRESS}", Elsewhere("Hi [NAME_1]."))

    assert reply.message_id is not None
    given = memory.given("me", reply.message_id)
    assert given is not None
    assert given.messages[-1]["content"] == "my name is [NAME_1], mail [EMAIL_1]"
    assert given.pseudonyms == (Pseudonym("[NAME_1]", Label.NAME, "Maya"),)
    assert len(reply.pseudonyms) == 2


@pytest.mark.parametrize(
    "withdrawn",
    [
        lambda memory, item: memory.erase("me", memory=item.id),
        lambda memory, item: memory.forget(item.id),
        lambda memory, item: memory.classify(item.id, "confidential"),
    ],
)
def test_what_is_withdrawn_before_the_first_piece_is_not_sent(
    memory: Memory, withdrawn: Callable[[Memory, MemoryItem], object]
) -> None:
    item = memory.remember("me", "I like tea from Assam")
    model = Elsewhere("Assam.")
    reply = memory.respond("me", "Which tea do I like?", model=model)
    assert "Assam" in str(reply.sent)

    withdrawn(memory, item)

    with pytest.raises(InvalidInput, match="nothing was sent"):
        reply.read()
    assert model.received == []
    assert memory.ledger("me") == []


def test_nothing_of_somebody_who_was_erased_is_sent_unmasked(memory: Memory) -> None:
    """Not even where they went between two looks at the file."""
    model = Elsewhere()
    context = memory.context("me", "my name is Maya")
    asked = Asked("me", "my name is Maya", "default", (), memory.now())
    memory.erase("me")

    with pytest.raises(ConsentRequired):
        masking.masked(memory._parts, model, asked, context, stored=True)


# -- seen before it is sent -----------------------------------------------------------------


def test_what_would_be_sent_is_what_is_sent(memory: Memory) -> None:
    memory.remember("me", "my name is Maya")
    memory.remember("me", "Between us: Maya likes tea")
    model = Elsewhere("[NAME_1] does.")

    shown = memory.outgoing("me", "Does Maya like tea?", model=model)

    assert shown is not None
    assert model.received == []
    assert memory.messages("default") == []
    assert (shown.model, shown.place, shown.asks_first) == ("fake-model", ModelPlace.REMOTE, True)
    assert shown.pseudonyms == (Pseudonym("[NAME_1]", Label.NAME, "Maya"),)
    assert any("confidential" in each.reason for each in shown.report.left_out)
    reply = answer(memory, "Does Maya like tea?", model, as_shown=shown.digest)
    assert model.received == [list(shown.messages)]
    assert reply.text == "Maya does."


def test_nothing_is_sent_or_stored_when_something_else_would_be(memory: Memory) -> None:
    model = Elsewhere("Noted.")
    shown = memory.outgoing("me", "Which tea do I like?", model=model)
    assert shown is not None
    memory.remember("me", "I like tea from Assam")

    with pytest.raises(NotAsShown, match="Look at it again"):
        memory.respond("me", "Which tea do I like?", model=model, as_shown=shown.digest)

    assert model.received == []
    assert memory.messages("default") == []


def test_another_provider_or_model_is_something_else(memory: Memory) -> None:
    one, other = Elsewhere("Yes."), Elsewhere("Yes.")
    other.name = "another-model"
    shown = memory.outgoing("me", "Which tea?", model=one)
    assert shown is not None

    with pytest.raises(NotAsShown):
        memory.respond("me", "Which tea?", model=other, as_shown=shown.digest)


def test_it_is_asked_once_for_each_provider_or_every_time(memory: Memory) -> None:
    """Whoever withdraws the consent and gives it anew is asked anew."""
    model = Elsewhere("Yes.")

    def asks(of: FakeModel = model) -> bool:
        shown = memory.outgoing("me", "Which tea?", model=of)
        assert shown is not None
        return shown.asks_first

    assert asks()
    answer(memory, "Which tea?", model)
    assert asks(), "the person saw nothing"
    shown = memory.outgoing("me", "Which tea?", model=model)
    assert shown is not None
    answer(memory, "Which tea?", model, as_shown=shown.digest)
    assert not asks()
    another = Elsewhere("Yes.")
    another.name = "another"
    assert asks(another)
    assert memory.set_sending_review("me", "every time") is Review.ALWAYS
    assert asks()
    assert not asks(FakeModel())
    memory.set_sending_review("me", "the first time")
    assert memory.sending_review("me") is Review.FIRST
    memory.revoke("me", REMOTE_MODEL)
    memory.grant("me", REMOTE_MODEL)
    assert asks()
    assert [event.action for event in memory.audit(actions=[Act.REVIEW])] == [Act.REVIEW] * 2


def test_whether_it_is_asked_is_known_without_working_out_what_is_sent(
    open_memory: OpenMemory,
) -> None:
    model = Elsewhere("Yes.")
    memory = open_memory(model=model)
    for purpose in (PERSONALIZATION, REMOTE_MODEL):
        memory.grant("me", purpose)

    assert memory.asks_before_sending("me")
    shown = memory.outgoing("me", "Which tea?")
    assert shown is not None
    memory.respond("me", "Which tea?", as_shown=shown.digest).read()
    assert not memory.asks_before_sending("me")
    memory.set_sending_review("me", "every time")
    assert memory.asks_before_sending("me")
    assert not open_memory().asks_before_sending("me")


def test_nothing_is_shown_where_no_model_is_asked(memory: Memory) -> None:
    """Without one, and for what Recollect itself does."""
    memory.remember("me", "I like tea")

    assert memory.outgoing("me", "Which tea?") is None
    assert memory.outgoing("me", "Remember that I like rain.", model=Elsewhere()) is None
    assert memory.outgoing("me", "Forget that I like tea.", model=Elsewhere()) is None
    assert len(memory.items("me")) == 1


def test_what_may_not_be_sent_is_not_shown_either(memory: Memory) -> None:
    with pytest.raises(StaysHome):
        memory.outgoing("me", "Between us: they merge", model=Elsewhere())
    memory.revoke("me", REMOTE_MODEL)
    with pytest.raises(ConsentRequired):
        memory.outgoing("me", "Hello there", model=Elsewhere())
    with pytest.raises(InvalidInput):
        memory.set_sending_review("me", "never")


@pytest.mark.parametrize("rehearsed", [False, True])
def test_an_answer_given_anew_can_be_seen_before(memory: Memory, rehearsed: bool) -> None:
    item = memory.remember("me", "I like tea from Assam")
    answer(memory, "Which tea do I like?", FakeModel(["Assam."]))
    answered = memory.messages("default")[-1].id
    model = Elsewhere("None.")
    again = memory.rehearse if rehearsed else memory.regenerate

    shown = memory.outgoing_anew(
        "me", answered, model=model, without=[item.id], rehearsed=rehearsed
    )

    assert shown is not None
    assert "I like tea from Assam" not in str(shown.messages)
    with pytest.raises(NotAsShown):
        again("me", answered, model=model, as_shown=shown.digest)
    assert model.received == []
    again("me", answered, model=model, without=[item.id], as_shown=shown.digest).read()
    assert model.received == [list(shown.messages)]


def test_a_private_chat_shows_what_it_sends_and_keeps_none_of_it(memory: Memory) -> None:
    model = Elsewhere("Hi [NAME_1].")
    shown = memory.outgoing("me", "my name is Maya", model=model, private=True)
    assert shown is not None

    reply = answer(memory, "my name is Maya", model, private=True, as_shown=shown.digest)

    assert model.received == [list(shown.messages)]
    assert reply.text == "Hi Maya."
    assert memory._parts.store.database.value("select count(*) from placeholders") == 0
