"""Files that are broken, or made to do harm: one sentence, and nothing else."""

import io
import json
import tracemalloc
import zipfile

import pytest

from memory.adapters.chats import archive, recognise
from memory.adapters.chats.recognise import ChatFiles
from memory.errors import ImportRejected
from memory.records import Omission
from memory.rules import zips
from tests.adapters.chats.exports import as_json, chatgpt_of, claude, claude_message, zipped

TEA = chatgpt_of("tea", ("user", "I like tea."))
MEGABYTE = 1 << 20


def encrypted() -> bytes:
    """With the mark of encryption set in both headers of its only member."""
    data = bytearray(zipped({"conversations.json": [TEA]}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (zipped({"notes.txt": b"hello"}), "no conversations.json"),
        (zipped({"inner.zip": zipped({"conversations.json": [TEA]})}), "no conversations.json"),
        (zipped({"conversations.json": [TEA]})[:-30], "damaged|UTF-8|no text"),
        (encrypted(), "encrypted"),
        (zipped({"conversations.json": b"[" + b" " * (9 * MEGABYTE) + b"]"}), "meant to harm"),
        (zipped({"conversations.json": b"[{]"}), "JSON is damaged"),
        (b'[{"mapping": {"a": {}', "JSON is damaged"),
        (b'[{"mapping": ' + b"9" * 5000 + b"}]", "JSON is damaged"),
        (b'[{"mapping": ' * 100_000, "nested too deeply"),
        (b'[{"mapping": "\xff"}]', "not in UTF-8"),
        (b"[]", "no conversation of ChatGPT or Claude"),
        (b'{"some": "thing"}', "no conversation of ChatGPT or Claude"),
        (b"[{}, 1, null]", "no conversation of ChatGPT or Claude"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(data: bytes, told: str) -> None:
    """Never a trace of the library that stumbled over it."""
    with pytest.raises(ImportRejected, match=told):
        ChatFiles().read(data)


def test_a_member_that_is_longer_than_it_says_is_refused() -> None:
    """What a ZIP says of a size is all that is read of it."""
    data = zipped({"conversations.json": [chatgpt_of("tea", ("user", "I like tea. " * 500))]})
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        size = packed.infolist()[0].file_size
    lying = data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != data

    with pytest.raises(ImportRejected, match=r"damaged|too soon"):
        ChatFiles().read(lying)


@pytest.mark.parametrize(
    ("limit", "value", "told"),
    [
        ("MAX_FILE_BYTES", 10, "larger than"),
        ("MAX_JSON_BYTES", 10, "more than"),
        ("MAX_MEMBERS", 0, "holds 1 files"),
    ],
)
def test_every_size_has_its_limit(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int, told: str
) -> None:
    """Lowered here: a file of gigabytes is no test."""
    monkeypatch.setattr(archive, limit, value)

    with pytest.raises(ImportRejected, match=told):
        ChatFiles().read(zipped({"conversations.json": [TEA]}))


def test_the_number_of_messages_has_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two are allowed here."""
    monkeypatch.setattr(recognise, "MAX_MESSAGES", 2)
    said = [("user", f"Number {number}.") for number in range(3)]

    with pytest.raises(ImportRejected, match="more than 2 messages"):
        ChatFiles().read(as_json(chatgpt_of("tea", *said)))


def test_an_export_is_never_in_memory_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each conversation is read by itself, and only what was said of it stays: of 24 MB in which a
    few words were said, less than half is ever there."""
    padding = "x" * (MEGABYTE // 2)
    chats = [
        claude(f"chat {number}", claude_message("m", "human", "Hi.", files=[padding]))
        for number in range(48)
    ]
    data = zipped({"conversations.json": json.dumps(chats).encode()})
    monkeypatch.setattr(zips, "MOST_RATIO", 10_000)  # what is made up of one letter packs well
    tracemalloc.start()
    try:
        file = ChatFiles().read(data)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(file.conversations) == 48
    assert most < 12 * MEGABYTE


def test_conversations_are_found_wherever_a_piece_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a word, in a number, between two of them."""
    chats = [chatgpt_of(f"n{number}", ("user", f"Täglich {number}.")) for number in range(5)]
    whole = ChatFiles().read(json.dumps(chats, indent=1, ensure_ascii=False).encode())

    for size in (1, 7, 64):
        monkeypatch.setattr(archive, "PIECE_CHARACTERS", size)
        assert ChatFiles().read(json.dumps(chats, indent=1, ensure_ascii=False).encode()) == whole


@pytest.mark.parametrize("name", ["conversations.json", "export/conversations.json"])
def test_a_folder_around_the_file_does_not_matter(name: str) -> None:
    """Whoever unpacked an export and packed it again has one."""
    assert len(ChatFiles().read(zipped({name: [TEA]})).conversations) == 1


@pytest.mark.parametrize("data", [json.dumps(TEA).encode(), json.dumps({"conversations": [TEA]})])
def test_one_conversation_alone_is_read_too(data: bytes | str) -> None:
    """As other tools save it."""
    content = data if isinstance(data, bytes) else data.encode()

    assert len(ChatFiles().read(content).conversations) == 1


def test_what_is_of_another_form_is_counted() -> None:
    """One strange thing does not cost the others."""
    file = ChatFiles().read(as_json(TEA, {"strange": 1}, 7, claude("other")))

    assert len(file.conversations) == 1
    assert file.left_out == {Omission.UNREADABLE: 3}
