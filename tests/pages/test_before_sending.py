"""What is shown before anything leaves this computer, and what hinders it."""

from dataclasses import replace

import pytest

from memory import (
    BUILT_IN,
    PERSONALIZATION,
    REMOTE_MODEL,
    KeyMissing,
    KeyRefused,
    Memory,
    ModelChoice,
    ModelPlace,
    NotAsShown,
    Review,
    Server,
)
from pages.parts.shared import open_memory
from pages.parts.whose import ME
from tests.fakes import FakeModel, FakeModels, on_ollama
from tests.pages.elsewhere import KEY, REMOTE, Far, connect
from tests.pages.screen import Screen
from tests.pages.test_traces import CANARIES, left_behind

NAME = "Bronislawa"
TOLD = f"My name is {NAME}."
WORD = CANARIES[-1]
"""Looked for in the session and in caches."""
ASKED = f"How do you greet {NAME}, who wants {WORD}?"


@pytest.fixture
def far() -> Far:
    return Far()


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch, far: Far, request: pytest.FixtureRequest) -> FakeModels:
    """``indirect`` parameter: the key of its provider in the environment."""
    key = getattr(request, "param", KEY)
    return connect(monkeypatch, far, key=key, near=FakeModel(("Near says.",), name="near"))


@pytest.fixture
def memory(models: FakeModels, screen: Screen) -> Memory:
    shared = open_memory()
    for purpose in (PERSONALIZATION, REMOTE_MODEL):
        shared.grant(ME, purpose)
    shared.choose_model(ME, ModelChoice(Server.OPENAI, REMOTE))
    shared.remember(ME, TOLD)
    return shared


@pytest.fixture
def shown(memory: Memory, screen: Screen) -> Screen:
    """The card of the first message stands there."""
    return screen.run().say(ASKED)


def stored(memory: Memory) -> list[str]:
    return [
        message.text
        for conversation in memory.conversations(ME)
        for message in memory.messages(conversation.id, user_id=ME)
    ]


# -- the card -------------------------------------------------------------------------------


def test_the_first_message_is_shown_as_it_would_go_before_it_does(
    shown: Screen, memory: Memory, far: Far
) -> None:
    """Whole, with what was masked, what it may cost and who gets it; nothing is stored or sent."""
    assert "Before anything leaves this computer:" in shown.words
    assert f"**{REMOTE}** at **OpenAI**".replace("-", "&#45;") in shown.words.replace("-", "&#45;")
    codes = [code.value for code in shown.test.code]
    assert len(codes) == 2
    assert all(NAME not in code for code in codes)
    assert codes[-1] == f"How do you greet [NAME_1], who wants {WORD}?"
    assert f"`[NAME_1]` stands for {NAME}" in shown.words
    assert "at most $" in shown.words
    assert far.received == []
    assert stored(memory) == []


def test_send_sends_exactly_what_was_shown(shown: Screen, memory: Memory, far: Far) -> None:
    """Once; the answer has the names, and the text is in the session no more."""
    codes = [code.value for code in shown.test.code]
    assert left_behind(shown) == [WORD]

    shown.click("chat_review_send")

    assert [message["content"] for message in far.received[0]] == codes
    assert shown.messages == [f"user: {ASKED}", f"assistant: Hello {NAME}."]
    assert left_behind(shown) == []
    shown.say("And a second time?")
    assert len(far.received) == 2, "what goes to a provider was shown once"


def test_what_was_not_sent_goes_back_into_the_composer(
    shown: Screen, memory: Memory, far: Far
) -> None:
    """And is nowhere else."""
    shown.click("chat_review_back")

    composer = shown.test.chat_input(key="chat_input")
    assert composer.proto.value == ASKED
    assert not composer.disabled
    assert far.received == []
    assert stored(memory) == []
    shown.run()
    assert left_behind(shown) == []


def test_it_is_answered_from_memory_instead(shown: Screen, memory: Memory, far: Far) -> None:
    """The message is stored, and nothing is sent."""
    shown.click("chat_review_from_memory")

    answer = memory.messages(memory.conversations(ME)[0].id)[-1]
    assert memory.answered(ME, answer.id).model == BUILT_IN
    assert far.received == []
    assert left_behind(shown) == []


def test_nothing_else_can_be_written_until_it_is_decided(shown: Screen) -> None:
    """The composer would throw away what waits."""
    assert shown.test.chat_input(key="chat_input").disabled
    assert "Before anything leaves" in shown.run().words


def test_a_change_since_it_was_shown_is_said_and_shown_anew(
    shown: Screen, memory: Memory, far: Far
) -> None:
    memory.remember(ME, f"{NAME} likes to be greeted with a bow.")

    shown.click("chat_review_send")

    assert str(NotAsShown()) in shown.words
    assert "with a bow" in shown.test.code[0].value
    assert far.received == []
    shown.click("chat_review_send")
    assert "with a bow" in far.got


def test_the_card_asks_every_time_if_that_is_wanted(
    shown: Screen, memory: Memory, far: Far
) -> None:
    shown.test.checkbox(key="chat_review_always").check()
    shown.run()
    assert memory.sending_review(ME) is Review.ALWAYS
    shown.click("chat_review_send").say("And once more?")

    assert "Before anything leaves" in shown.words
    assert len(far.received) == 1


def test_the_menu_of_the_conversation_has_it_shown_every_time(
    shown: Screen, memory: Memory
) -> None:
    shown.click("chat_review_send")
    shown.menu("chat_menu", ":material/preview: Show what is sent, every time")

    assert memory.sending_review(ME) is Review.ALWAYS
    shown.menu("chat_menu", ":material/preview_off: Show what is sent the first time only")
    assert memory.sending_review(ME) is Review.FIRST


def test_what_a_model_of_this_computer_gets_is_shown_if_that_is_wanted(
    memory: Memory, screen: Screen
) -> None:
    """As it is: nothing is masked, and nothing leaves."""
    memory.choose_model(ME, on_ollama("near"))
    screen.run().menu("chat_menu", ":material/preview: Show what the model gets, every time")
    screen.say(ASKED)
    assert "on this computer" in screen.words
    assert "Before anything leaves" not in screen.words
    assert screen.test.code[-1].value == ASKED

    screen.click("chat_review_send")

    assert screen.messages[-1] == "assistant: Near says."


# -- where else it stands -------------------------------------------------------------------


def test_an_answer_given_anew_is_shown_first(shown: Screen, memory: Memory, far: Far) -> None:
    """What stood there still stands, and nothing is to be written anywhere when it is not sent."""
    shown.click("chat_review_send")
    memory.set_sending_review(ME, Review.ALWAYS)
    shown.click(shown.key("chat_again_"))
    assert "Before anything leaves" in shown.words
    assert shown.messages == [f"user: {ASKED}", f"assistant: Hello {NAME}."]

    shown.click("chat_review_back")
    assert "Before anything leaves" not in shown.words
    shown.click(shown.key("chat_again_")).click("chat_review_send")

    assert len(far.received) == 2
    assert shown.messages == [f"user: {ASKED}", f"assistant: Hello {NAME}."]


def test_an_edited_message_is_shown_first_and_goes_back_to_its_field(
    shown: Screen, memory: Memory, far: Far
) -> None:
    shown.click("chat_review_send")
    memory.set_sending_review(ME, Review.ALWAYS)
    shown.click(shown.key("chat_edit_"))
    (field,) = (area.key for area in shown.test.text_area if area.key.startswith("chat_edit"))
    shown.write_long(field, "And what about the wombat?").click("chat_edit_send")
    assert shown.test.code[-1].value == "And what about the wombat?"

    shown.click("chat_review_back")
    assert shown.test.text_area(key=field).value == "And what about the wombat?"
    shown.click("chat_edit_send").click("chat_review_send")

    assert len(far.received) == 2
    assert shown.messages[0] == "user: And what about the wombat?"
    assert len(shown.messages) == 2


def test_a_private_chat_is_shown_first_and_what_waits_goes_with_it(
    memory: Memory, screen: Screen, far: Far
) -> None:
    """Not into the composer of another conversation."""
    screen.run().click("chat_start_private").say(ASKED)
    assert "Before anything leaves" in screen.words

    screen.click("chat_end_private")

    assert screen.test.chat_input(key="chat_input").proto.value == ""
    assert left_behind(screen.run()) == []
    screen.click("chat_start_private").say(ASKED).click("chat_review_send")
    assert screen.messages[-1] == f"assistant: Hello {NAME}."
    assert stored(memory) == []


def test_what_waits_is_written_into_the_composer_when_its_conversation_is_left(
    shown: Screen,
) -> None:
    shown.click("chat_new")

    assert shown.test.chat_input(key="chat_input").proto.value == ASKED
    assert left_behind(shown.run()) == []


def test_an_answer_without_a_memory_says_where_it_goes_and_is_shown_first(
    shown: Screen, memory: Memory, far: Far
) -> None:
    shown.click("chat_review_send").click(shown.key("chat_why_"))
    assert "It is sent to" in shown.words
    memory.set_sending_review(ME, Review.ALWAYS)
    (switch,) = (toggle for toggle in shown.test.toggle if NAME in toggle.label)
    switch.set_value(False)
    shown.run()
    shown.click(shown.key("chat_why_again_"))
    assert "Before anything leaves" in shown.words
    assert len(far.received) == 1

    far.pieces = ("Hello you.",)
    shown.click("chat_why_send")

    assert "Hello you." in shown.words
    assert len(far.received) == 2


def test_what_waits_is_gone_when_everything_is_erased(shown: Screen, memory: Memory) -> None:
    """It waits while another page is open, to put right what hinders it."""
    shown.open("privacy")
    assert left_behind(shown) == [WORD]
    shown.choose("erasure", key="privacy_view")
    shown.fill("privacy_erase_word", "erase").click("privacy_erase_submit")

    assert "Erased and verified" in shown.words
    assert WORD not in shown.kept


# -- what hinders it ------------------------------------------------------------------------


def test_a_consent_that_is_missing_is_asked_for_with_its_words(
    memory: Memory, screen: Screen, far: Far
) -> None:
    """Then it is shown; it never goes by itself."""
    memory.revoke(ME, REMOTE_MODEL)
    screen.run().say(ASKED)
    assert "Allows Recollect to send a question" in screen.words

    screen.click("chat_review_agree")

    assert "Before anything leaves" in screen.words
    assert far.received == []
    screen.click("chat_review_send")
    assert screen.messages[-1] == f"assistant: Hello {NAME}."


def test_what_stays_home_can_be_answered_from_memory(
    memory: Memory, screen: Screen, far: Far
) -> None:
    rules = memory.privacy_rules(ME)
    classes = {name: replace(rule, sent=False) for name, rule in rules.classes.items()}
    memory.set_privacy_rules(ME, replace(rules, classes=classes))
    screen.run().say(ASKED)
    assert "your rules keep that on this computer" in screen.words

    screen.click("chat_review_from_memory")

    assert screen.messages[0] == f"user: {ASKED}"
    assert far.received == []


def test_a_budget_that_is_spent_stops_it_with_a_way_on(
    memory: Memory, screen: Screen, far: Far
) -> None:
    memory.set_budget(ME, 0.0)
    screen.run().say(ASKED)
    assert "that you allow for models this month is spent" in screen.words
    assert far.received == []

    memory.set_budget(ME, 5.0)
    screen.click("chat_review_again")

    assert "Before anything leaves" in screen.words, "it never goes by itself"


def test_a_key_that_is_refused_leads_to_where_it_is_entered(
    shown: Screen, memory: Memory, far: Far
) -> None:
    """Its question is stored by then."""
    far.refuses = True
    shown.click("chat_review_send")
    assert str(KeyRefused(REMOTE)) in shown.words

    shown.click(shown.key("chat_enter_key_"))

    assert shown.test.segmented_control(key="model_group").value == "Elsewhere"


def test_what_a_private_answer_took_is_told_by_its_numbers_alone(
    memory: Memory, screen: Screen
) -> None:
    screen.run().click("chat_start_private").say(ASKED).click("chat_review_send")
    screen.click(screen.key("chat_why_"))
    (view,) = (
        control.key
        for control in screen.test.segmented_control
        if control.key.startswith("chat_why_view_")
    )
    screen.choose("What it took", key=view)

    assert "It was not written down" in screen.words
    (entry,) = memory.ledger(ME)
    assert (entry.message_id, entry.memory_ids) == (None, ())


@pytest.mark.parametrize("models", [""], indirect=True)
def test_a_key_that_is_missing_leads_to_where_it_is_entered(
    memory: Memory, far: Far, screen: Screen
) -> None:
    """The message waits meanwhile."""
    screen.run().say(ASKED)
    assert str(KeyMissing(REMOTE)) in screen.words

    screen.click("chat_review_key")
    screen.fill("model_key_0", KEY).click("model_take_key")

    assert KEY not in screen.kept
    assert "Before anything leaves" in screen.words
    screen.click("chat_review_send")
    assert far.received
    assert memory.count_ledger(ME, place=ModelPlace.REMOTE) == 1
