"""Claude's export: its messages, and the branch that was kept where it says so."""

from datetime import UTC, datetime
from typing import Any

import pytest

from memory.adapters.chats.recognise import ChatFiles
from memory.records import ChatFormat, Omission
from tests.adapters.chats.exports import as_json, claude, claude_message, zipped

ROOT = "00000000-0000-4000-8000-000000000000"
"""What the first message follows: nothing of that name is there."""


def test_an_old_export_is_read_in_its_order() -> None:
    """It says nothing of branches; people are human there."""
    data = zipped(
        {
            "conversations.json": [
                claude(
                    "tea",
                    claude_message("m1", "human", "I like tea."),
                    claude_message("m2", "assistant", "Noted.", minute=1),
                )
            ],
            "users.json": b"[]",
        }
    )
    file = ChatFiles().read(data)
    (chat,) = file.conversations

    assert (file.format, chat.name, chat.title) == (ChatFormat.CLAUDE, "claude/tea", "About tea")
    assert [(m.role, m.text) for m in chat.messages] == [
        ("user", "I like tea."),
        ("assistant", "Noted."),
    ]
    assert chat.messages[1].said_at == datetime(2024, 2, 3, 10, 1, tzinfo=UTC)


def branching(**more: Any) -> bytes:
    return as_json(
        claude(
            "tea",
            claude_message("q1", "human", "I live in Oslo.", ROOT, 0),
            claude_message("a1", "assistant", "Nice.", "q1", 1),
            claude_message("q2", "human", "I live in Bergen.", ROOT, 2),
            claude_message("a2", "assistant", "Rainy.", "q2", 3),
            **more,
        )
    )


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ({}, ["I live in Bergen.", "Rainy."]),
        ({"current_leaf_message_uuid": "a1"}, ["I live in Oslo.", "Nice."]),
        ({"current_leaf_message_uuid": "gone"}, ["I live in Bergen.", "Rainy."]),
    ],
)
def test_the_branch_that_was_open_or_else_the_newest_is_kept(
    more: dict[str, str], kept: list[str]
) -> None:
    """Edited questions stay in the list, beside those that replaced them."""
    file = ChatFiles().read(branching(**more))

    assert [message.text for message in file.conversations[0].messages] == kept
    assert file.left_out == {Omission.OTHER_BRANCH: 2}


@pytest.mark.parametrize(
    ("content", "text", "why"),
    [
        ([{"type": "thinking", "thinking": "Hm."}, {"type": "text", "text": "Yes."}], "Yes.", None),
        ([{"type": "text", "text": "One."}, {"type": "text", "text": "Two."}], "One.\nTwo.", None),
        ([], "The old field.", None),
        ([{"type": "tool_use", "name": "search"}], "", Omission.TOOL),
        ([{"type": "tool_result", "content": []}], "", Omission.TOOL),
        ([{"type": "text", "text": "  "}], "", Omission.EMPTY),
        (["no block", {"type": "text", "text": 4}], "", Omission.EMPTY),
    ],
)
def test_thoughts_and_tools_are_no_words(
    content: list[Any], text: str, why: Omission | None
) -> None:
    """The field ``text`` mixes them; it counts where there are no blocks."""
    file = ChatFiles().read(
        as_json(
            claude(
                "mixed",
                claude_message("q", "human", "Is it?"),
                claude_message("a", "assistant", "The old field.", content=content),
            )
        )
    )

    told = [message.text for message in file.conversations[0].messages]
    assert told == ["Is it?", text] if text else ["Is it?"]
    assert file.left_out == ({why: 1} if why else {})


def test_what_is_no_message_is_counted_as_unreadable() -> None:
    """One broken message does not cost the conversation."""
    file = ChatFiles().read(as_json(claude("tea", claude_message("q", "human", "Hi."), {"x": 1})))

    assert len(file.conversations[0].messages) == 1
    assert file.left_out == {Omission.UNREADABLE: 1}


def test_a_message_that_comes_twice_is_counted() -> None:
    twice = [claude_message("same", "human", text) for text in ("One.", "Two.")]
    found = ChatFiles().read(as_json(claude("talk", *twice)))
    assert len(found.conversations[0].messages) == 1
    assert found.left_out == {Omission.REPEATED: 1}


def test_a_kind_that_is_no_word_is_passed_over() -> None:
    odd = claude_message("odd", "human", "", content=[{"type": ["tool_use"]}, {"type": {}}])
    said = claude_message("said", "human", "I like tea.")
    found = ChatFiles().read(as_json(claude("talk", odd, said)))
    assert [each.text for each in found.conversations[0].messages] == ["I like tea."]
    assert found.left_out == {Omission.EMPTY: 1}
