"""Privacy where it happens in the chat: what was masked and can be kept, what was not kept."""

from dataclasses import replace

from memory import (
    PERSONALIZATION,
    PURPOSES,
    SENSITIVE,
    Handling,
    Label,
    LabelRule,
    Memory,
)
from pages.parts.whose import ME
from tests.pages.screen import Screen, agreed

MAIL = "My e-mail is maya@example.org and I prefer green tea to coffee."
DIABETES = "I was diagnosed with type 2 diabetes."
REFUSED = "Not kept: it is sensitive (health), and you have not agreed that such things are kept."
TEA = "I prefer green tea to coffee."


# -- what was masked ------------------------------------------------------------------------


def test_masked_value_is_kept_with_one_click(screen: Screen, memory: Memory) -> None:
    """In the message and in the memories made of it; it is said, and not offered again."""
    screen.run().say(MAIL)
    assert "[EMAIL_1]" in screen.messages[0]

    screen.click(screen.key("chat_keep_"))

    assert screen.messages[0] == f"user: {MAIL}"
    assert {item.text for item in memory.items(ME)} == {
        MAIL,
        "My e-mail is maya@example.org",
        "I prefer green tea to coffee",
    }
    assert "Kept on this computer, as you said" in screen.words
    assert "Masked before storing" not in screen.words
    assert not any(key.startswith("chat_keep_") for key in screen.keys)
    assert "maya@example.org" not in screen.kept


def test_secret_beside_a_value_is_not_kept_with_it(screen: Screen, memory: Memory) -> None:
    """Its line stays as it was."""
    screen.run().say(f"{MAIL} The key is sk-proj-Ab3dE5gH7jK9mN1pQ3sT5vW7yZ9bD1fH.")

    screen.click(screen.key("chat_keep_"))

    assert "maya@example.org" in screen.messages[0]
    assert "sk-proj" not in screen.words
    assert "A password or key was left out; it is stored nowhere" in screen.words


def test_secret_alone_is_never_offered_to_be_kept(screen: Screen, memory: Memory) -> None:
    screen.run().say("The key is sk-proj-Ab3dE5gH7jK9mN1pQ3sT5vW7yZ9bD1fH.")

    assert "A password or key was left out" in screen.words
    assert not any(key.startswith("chat_keep_") for key in screen.keys)


def test_only_what_the_rules_allow_is_offered_to_be_kept(screen: Screen, memory: Memory) -> None:
    """What they never store has a line of its own, without a button."""
    rules = memory.privacy_rules(ME)
    labels = dict(rules.labels) | {Label.PHONE: LabelRule(Handling.NEVER, masked_when_sent=True)}
    memory.set_privacy_rules(ME, replace(rules, labels=labels))

    screen.run().say("Write to maya@example.org or call +1 415 555 0134 about the tea.")

    lines = [caption.value for caption in screen.test.caption if "Masked" in caption.value]
    assert [line.split(": ")[-1] for line in lines] == ["an e-mail address", "a phone number"]

    screen.click(screen.key("chat_keep_"))

    assert "maya@example.org" in screen.messages[0]
    assert "555 0134" not in screen.words


def test_value_that_cannot_be_kept_any_more_is_said_in_words(
    screen: Screen, memory: Memory
) -> None:
    """As when some minutes have passed since the page was drawn: nothing is claimed."""
    screen.run().say(MAIL)
    keep = screen.key("chat_keep_")
    memory._parts.withheld.drop([int(keep.removeprefix("chat_keep_"))])

    screen.click(keep)

    assert screen.test.toast[0].value
    assert "Kept on this computer" not in screen.words
    assert "Masked before storing: an e-mail address" in screen.words


# -- what is sensitive ----------------------------------------------------------------------


def test_sensitive_message_is_not_kept_and_says_so_once(screen: Screen, memory: Memory) -> None:
    """Under the message, and not under the answer again."""
    screen.run().say(DIABETES)

    assert screen.words.count("Not kept:") == 1
    assert REFUSED in screen.words
    assert "Not saved." not in screen.words
    assert memory.items(ME) == []


def test_sensitive_message_is_kept_once_it_is_allowed(screen: Screen, memory: Memory) -> None:
    """The exact words come first; then it is stored and answered anew, in its place."""
    screen.run().say(DIABETES)
    screen.click(screen.key("chat_sensitive_"))
    assert PURPOSES[SENSITIVE].title in screen.words
    assert PURPOSES[SENSITIVE].text in screen.words
    assert not agreed(memory, SENSITIVE)
    assert "will be gone" not in screen.words, "nothing but its answer follows it"

    screen.click("chat_sensitive_allow")

    assert agreed(memory, SENSITIVE)
    assert [item.text for item in memory.items(ME)] == [DIABETES]
    assert screen.messages[0] == f"user: {DIABETES}"
    assert len(screen.messages) == 2
    (conversation,) = memory.conversations(ME)
    assert all(message.id > 0 for message in memory.messages(conversation.id, user_id=ME))
    assert "Remembered:" in screen.words
    assert "Not kept" not in screen.words
    assert "diabetes" not in screen.kept


def test_not_now_leaves_a_sensitive_message_as_it_was(screen: Screen, memory: Memory) -> None:
    screen.run().say(DIABETES)
    before = screen.messages
    screen.click(screen.key("chat_sensitive_"))

    screen.click("chat_sensitive_not_now")

    assert screen.messages == before
    assert REFUSED in screen.words
    assert PURPOSES[SENSITIVE].text not in screen.words
    assert not agreed(memory, SENSITIVE)


def test_what_an_allowed_message_takes_with_it_is_told_first(
    screen: Screen, memory: Memory
) -> None:
    """Later messages that are not kept either; those that are kept stay."""
    screen.run().say(DIABETES).say("I am allergic to penicillin.").say(TEA)
    refused = [key for key in screen.keys if key.startswith("chat_sensitive_")]
    first = max(refused, key=lambda key: int(key.removeprefix("chat_sensitive_")))

    screen.click(first)
    assert "2 later messages that are not kept will be gone." in screen.words

    screen.click("chat_sensitive_allow")
    assert {item.text for item in memory.items(ME)} == {TEA, DIABETES}


def test_what_was_refused_can_be_kept_when_it_is_allowed_elsewhere(
    screen: Screen, memory: Memory
) -> None:
    """As in Privacy: without asking again, and without saying that it is not allowed."""
    screen.run().say(DIABETES)
    memory.grant(ME, SENSITIVE)
    screen.run()
    assert "Not kept when you said it" in screen.words
    keep = screen.key("chat_sensitive_")
    assert screen.test.button(key=keep).label == "Keep it now"

    screen.click(keep)

    assert [item.text for item in memory.items(ME)] == [DIABETES]
    assert "Not kept" not in screen.words


def test_sensitive_message_offers_nothing_where_nothing_is_remembered(screen: Screen) -> None:
    """Neither without any consent nor in a private chat is it the reason."""
    screen.click("chat_consent_not_now").say(DIABETES)
    assert "Not kept" not in screen.words

    screen.click("chat_consent_yes").click("chat_start_private").say(DIABETES)
    assert screen.messages[0] == f"user: {DIABETES}"
    assert "Not kept" not in screen.words
    assert not any(key.startswith("chat_sensitive_") for key in screen.keys)


def test_consent_card_agrees_with_the_words_that_are_recorded(screen: Screen) -> None:
    """Both promise conversations, what is learnt from them, answers, and this computer only."""
    card = next(caption.value for caption in screen.test.caption if "one file" in caption.value)
    recorded = PURPOSES[PERSONALIZATION].text

    for word in ("onversations", "learn", "this computer"):
        assert word in card
        assert word in recorded
