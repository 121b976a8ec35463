"""ChatGPT's export: the branch that was kept, and nothing that was never said in it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from memory.adapters.chats.recognise import ChatFiles
from memory.records import ChatFormat, ChatFound, Omission, Role
from tests.adapters.chats.exports import BEGAN, as_json, chatgpt, chatgpt_of, node, zipped


def only(conversation: object) -> ChatFound:
    (found,) = ChatFiles().read(as_json(conversation)).conversations
    return found


def said(found: ChatFound) -> list[tuple[str, str]]:
    return [(message.role, message.text) for message in found.messages]


def test_a_conversation_is_read_with_its_times() -> None:
    """By its name there, so that a later export is known as the same."""
    found = only(chatgpt_of("tea", ("user", "I like tea."), ("assistant", "Noted.")))

    assert (found.name, found.title) == ("chatgpt/tea", "About tea")
    assert said(found) == [("user", "I like tea."), ("assistant", "Noted.")]
    assert [message.said_at for message in found.messages] == [
        datetime.fromtimestamp(BEGAN, UTC),
        datetime.fromtimestamp(BEGAN + 60, UTC),
    ]
    assert (found.first_at, found.last_at) == tuple(each.said_at for each in found.messages)


def test_the_branch_that_was_kept_is_read_and_no_other() -> None:
    """An edited question and an answer given anew stand beside those that replaced them."""
    file = ChatFiles().read(
        as_json(
            chatgpt(
                "branches",
                node("root", None),
                node("q1", "root", "user", "I live in Oslo.", 1e9),
                node("a1", "q1", "assistant", "Nice.", 1e9 + 1),
                node("q2", "root", "user", "I live in Bergen.", 1e9 + 2),
                node("a2", "q2", "assistant", "Lovely.", 1e9 + 3),
                node("a3", "q2", "assistant", "Rainy.", 1e9 + 4),
                last="a2",
            )
        )
    )

    assert said(file.conversations[0]) == [("user", "I live in Bergen."), ("assistant", "Lovely.")]
    assert file.left_out == {Omission.OTHER_BRANCH: 3}


@pytest.mark.parametrize("last", ["", "gone", None, 7])
def test_without_a_current_node_the_newest_branch_is_kept(last: object) -> None:
    """Old exports lack it; a broken one may name a node that is not there."""
    conversation = chatgpt(
        "old",
        node("root", None),
        node("q", "root", "user", "Which tea?", 1e9),
        node("late", "q", "assistant", "Green.", 1e9 + 9),
        node("early", "q", "assistant", "Black.", 1e9 + 5),
    ) | {"current_node": last}

    assert said(only(conversation)) == [("user", "Which tea?"), ("assistant", "Green.")]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"author": {"role": "system"}}, Omission.SYSTEM),
        ({"content": {"content_type": "user_editable_context"}}, Omission.SYSTEM),
        ({"metadata": {"is_user_system_message": True}}, Omission.SYSTEM),
        ({"metadata": {"is_visually_hidden_from_conversation": True}}, Omission.HIDDEN),
        ({"weight": 0.0}, Omission.HIDDEN),
        ({"author": {"role": "tool", "name": "python"}}, Omission.TOOL),
        ({"recipient": "python"}, Omission.TOOL),
        ({"content": {"content_type": "thoughts", "thoughts": []}}, Omission.TOOL),
        ({"content": {"content_type": "tether_quote", "text": "a page"}}, Omission.TOOL),
        ({"content": {"content_type": "execution_output", "text": "4"}}, Omission.TOOL),
        ({"content": {"content_type": "text", "parts": [""]}}, Omission.EMPTY),
        ({"content": {"content_type": "text", "parts": "no list"}}, Omission.EMPTY),
        ({"content": None}, Omission.EMPTY),
        ({"author": {"role": "critic"}}, Omission.UNREADABLE),
        ({"author": "user"}, Omission.UNREADABLE),
    ],
)
def test_what_was_not_said_is_left_out_with_its_reason(more: dict[str, Any], why: Omission) -> None:
    """It is counted, so that the person sees what does not come in."""
    file = ChatFiles().read(
        as_json(
            chatgpt(
                "mixed",
                node("q", None, "user", "Hello there.", 1e9),
                node("x", "q", "user", "Never said.", 1e9, **more),
                node("a", "x", "assistant", "Hello.", 1e9),
            )
        )
    )

    assert [text for _, text in said(file.conversations[0])] == ["Hello there.", "Hello."]
    assert file.left_out == {why: 1}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"content_type": "text", "parts": ["One.", "Two."]}, "One.\nTwo."),
        (
            {
                "content_type": "multimodal_text",
                "parts": [{"content_type": "image_asset_pointer"}, "What is this?"],
            },
            "What is this?",
        ),
        (
            {
                "content_type": "multimodal_text",
                "parts": [{"content_type": "audio_transcription", "text": "I said it."}],
            },
            "I said it.",
        ),
        ({"content_type": "code", "language": "python", "text": "x = 1"}, "x = 1"),
        ({"parts": ["An old export."]}, "An old export."),
        (
            {
                "content_type": "text",
                "parts": ["Tea \ue200cite\ue202turn0\ue201is hot【3†source】."],
            },
            "Tea is hot.",
        ),
    ],
)
def test_every_kind_of_text_is_read(content: dict[str, Any], text: str) -> None:
    """What was spoken counts, pictures have no text, and marks of sources are no words."""
    found = only(chatgpt("kinds", node("m", None, "user", at=1e9, content=content)))

    assert said(found) == [("user", text)]


@pytest.mark.parametrize("at", [None, "soon", float("nan"), -1e20, 1e20, True, 12.0, [1]])
def test_a_time_that_is_none_is_left_open(at: Any) -> None:
    """Files from anywhere hold anything."""
    (message,) = only(chatgpt("times", node("m", None, "user", "Hi.", at))).messages

    assert message.said_at is None


def test_numbered_files_are_read_as_one_export_in_order() -> None:
    """As newer exports are split; other files beside them are not looked at."""
    data = zipped(
        {
            "conversations-001.json": [chatgpt_of("two", ("user", "Second."))],
            "conversations-000.json": [chatgpt_of("one", ("user", "First."))],
            "user.json": b"{",
            "chat.html": b"<html>",
        }
    )
    file = ChatFiles().read(data)

    assert file.format is ChatFormat.CHATGPT
    assert [chat.name for chat in file.conversations] == ["chatgpt/one", "chatgpt/two"]


def test_a_conversation_that_comes_twice_is_taken_once() -> None:
    """Some exports repeat one in two files."""
    twice = chatgpt_of("tea", ("user", "I like tea."))
    file = ChatFiles().read(as_json(twice, twice))

    assert len(file.conversations) == 1
    assert file.left_out == {Omission.REPEATED: 1}


@pytest.mark.parametrize("more", [{"conversation_id": None}, {"conversation_id": "x" * 500}])
def test_a_conversation_has_another_name_where_its_first_is_none(more: dict[str, Any]) -> None:
    """Names are kept, so they are short and plain."""
    found = only(chatgpt("tea", node("m", None, "user", "Hi.", 1e9), **more))

    assert found.name == "chatgpt/tea"


def test_a_ring_of_messages_is_followed_once() -> None:
    """No chat has one; a made-up file can."""
    ring = chatgpt("ring", node("a", "b", "user", "One.", 1e9), node("b", "a", "user", "Two.", 1e9))

    assert [text for _, text in said(only(ring))] == ["One.", "Two."]
    assert only(ring).messages[0].role is Role.USER
