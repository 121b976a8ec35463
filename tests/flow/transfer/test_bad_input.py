"""What is no archive, or not one to trust, gets one clear sentence and changes nothing."""

import io
import json
import stat
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from memory.engine import Memory
from memory.errors import ImportRejected
from memory.flow.transfer.imports import opening
from memory.flow.transfer.shapes import DOCUMENT
from memory.records import DataClass
from tests.flow.lived import whole_file
from tests.flow.transfer.archives import Held, edited, exported, zipped

Edit = Callable[[Held], object]


@pytest.fixture
def memory(memory: Memory) -> Memory:
    memory.observe("me", "user", "I live in Berlin.", conversation_id="talk")
    memory.remember("me", "I like green tea.")
    memory.edit(memory.remember("me", "I like black tea.").id, "I like white tea.")
    return memory


def assert_refused(memory: Memory, data: Any, saying: str) -> None:
    """One sentence and a remedy, no words of the archive, and the file as it was; also dry."""
    before = whole_file(memory)
    for dry_run in (True, False):
        with pytest.raises(ImportRejected) as refused:
            memory.import_archive("me", data, dry_run=dry_run)
        said = str(refused.value)
        assert saying in said
        assert said.startswith("Nothing was imported: ")
        assert said.endswith(".")
        assert said.count("\n") == 0
        assert len(said) < 300
        assert "Berlin" not in said
    assert whole_file(memory) == before


# -- the file -------------------------------------------------------------------------------


def member(name: str, content: bytes = b"x", **more: int) -> bytes:
    """A ZIP with recollect.json and one more."""
    buffer = io.BytesIO()
    about = zipfile.ZipInfo(name)
    for attribute, value in more.items():
        setattr(about, attribute, value)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(DOCUMENT, "{}")
        archive.writestr(about, content)
    return buffer.getvalue()


def encrypted() -> bytes:
    """The flag is what a reader goes by: in both heads of the member."""
    data = bytearray(zipped({}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def bomb() -> bytes:
    return zipped(b'{"format": "' + b" " * 20_000_000 + b'"}')


def lying_bomb() -> bytes:
    """One that says of itself to be small."""
    data = bytearray(bomb())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (1000).to_bytes(4, "little")
    data[22:26] = (1000).to_bytes(4, "little")
    return bytes(data)


def twice() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(DOCUMENT, "{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(DOCUMENT, "{}")
    return buffer.getvalue()


def lzma() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(DOCUMENT, "{}")
    return buffer.getvalue()


def crowded() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(200):
            archive.writestr(f"{number}.txt", "")
    return buffer.getvalue()


def damaged() -> bytes:
    data = bytearray(zipped({"format": "recollect", "person": "x" * 1000}))
    data[60] ^= 0xFF
    return bytes(data)


LINK = {"external_attr": (stat.S_IFLNK | 0o777) << 16}
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "the file is empty"),
    "no archive": (lambda: b"%PDF-1.7 and so on", "neither a ZIP nor JSON"),
    "zeros": (lambda: bytes(2_000_000), "neither a ZIP nor JSON"),
    "too large": (lambda: bytes(opening.MOST_BYTES + 1), "50 are allowed"),
    "cut off": (lambda: zipped({"format": "recollect"})[:-30], "damaged or cut off"),
    "damaged": (damaged, "damaged or cut off"),
    "zip bomb": (bomb, "far larger than an export of its size"),
    "bomb that lies": (lying_bomb, "Nothing was imported"),
    "traversal": (lambda: member("../../etc/passwd"), "wants to lie outside"),
    "hidden traversal": (lambda: member("a/../../b"), "wants to lie outside"),
    "absolute": (lambda: member("/etc/passwd"), "wants to lie outside"),
    "drive": (lambda: member("C:evil.txt"), "wants to lie outside"),
    "backslashes": (lambda: member("..\\evil.txt"), "wants to lie outside"),
    "symlink": (lambda: member("link", b"/etc/passwd", **LINK), "holds a link"),
    "device": (
        lambda: member("null", external_attr=(stat.S_IFCHR | 0o600) << 16),
        "something else that is no file",
    ),
    "encrypted": (encrypted, "is encrypted"),
    "nested": (lambda: member("more.zip", zipped({})), "another archive"),
    "twice": (twice, "two files of one name"),
    "twice but for case": (lambda: member("RECOLLECT.JSON"), "two files of one name"),
    "otherwise packed": (lzma, "packed in a way that no export is"),
    "crowded": (crowded, "200 files"),
    "of something else": (lambda: zipped(b"x", "readme.txt"), "there is no recollect.json"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_export_is_refused(memory: Memory, name: str) -> None:
    make, saying = FILES[name]

    assert_refused(memory, make(), saying)


class Zeros(io.RawIOBase):
    """A gigabyte of zeros that nobody has to keep; it counts what is read of it."""

    SIZE = 1 << 30

    def __init__(self) -> None:
        self.read_bytes, self._at = 0, 0

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self.SIZE)[whence]
        return self._at

    def read(self, size: int = -1) -> bytes:
        size = self.SIZE - self._at if size < 0 else min(size, self.SIZE - self._at)
        self.read_bytes += size
        self._at += size
        return bytes(size)


def test_of_a_gigabyte_of_zeros_nothing_is_read(memory: Memory) -> None:
    zeros = Zeros()

    assert_refused(memory, zeros, "1,024 MB")
    assert zeros.read_bytes == 0


def test_of_a_packed_gigabyte_of_zeros_little_is_unpacked(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stops as soon as it is seen to be one, whatever the directory says."""
    read: list[int] = []
    real = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        piece = real(self, n)
        read.append(len(piece))
        return piece

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    buffer = io.BytesIO()
    zeros = bytes(1 << 20)
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(DOCUMENT, "w", force_zip64=True) as packed,
    ):
        for _ in range(1 << 10):
            packed.write(zeros)

    assert_refused(memory, buffer.getvalue(), "far larger than an export of its size")
    # a packed gigabyte of zeros has a megabyte, which an export of 200 megabytes may have
    assert sum(read) <= 2 * (opening.MOST_UNPACKED + opening.READ_BYTES)


def test_what_others_put_beside_it_is_not_read(memory: Memory) -> None:
    """A system that packs it anew adds files of its own."""
    data = zipped(exported(memory))
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("__MACOSX/._recollect.json", b"\x00")

    assert memory.import_archive("me", buffer, dry_run=True).changes_nothing


def test_nothing_is_written_beside_the_file(memory: Memory, monkeypatch: Any) -> None:
    """Neither by an import nor by an export: an erasure would not know of it."""
    import tempfile

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    for name in ("mkstemp", "TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    for name in ("extract", "extractall"):
        monkeypatch.setattr(zipfile.ZipFile, name, refuse)

    folder = memory.settings.database.parent
    before = {each.name for each in folder.iterdir()}
    memory.import_archive("me", memory.export("me"))
    assert {each.name for each in folder.iterdir()} == before


# -- the JSON -------------------------------------------------------------------------------

JSONS = {
    "no JSON": (b'{"format": ', "damaged or cut off"),
    "other JSON": (b"{}", "no export of Recollect"),
    "a list in a ZIP": (b"[]", "no export of Recollect"),
    "deep": (b'{"a": ' * 100_000, "nested too deeply"),
    "deep and whole": (b'{"a":' * 200 + b"1" + b"}" * 200, "nested too deeply"),
    "infinite": (b'{"format": Infinity}', "which is no number"),
    "not a number": (b'{"format": NaN}', "which is no number"),
    "beyond numbers": (b'{"format": 1e999}', "infinite"),
    "many digits": (b'{"format": ' + b"1" * 10_000 + b"}", "damaged"),
    "two values": (b'{"format": 1, "format": 2}', "one thing two values"),
    "not UTF-8": (b'{"format": "\xff"}', "UTF-8"),
    "newer": (b'{"format": "recollect", "version": 99}', "newer Recollect"),
    "older": (b'{"format": "recollect", "version": 1}', "cannot be imported"),
    "no version": (b'{"format": "recollect", "version": "2"}', "cannot be imported"),
}


@pytest.mark.parametrize("name", JSONS)
def test_json_that_is_no_export_is_refused(memory: Memory, name: str) -> None:
    content, saying = JSONS[name]

    assert_refused(memory, zipped(content), saying)
    if content.startswith(b"{"):
        assert_refused(memory, content, saying)


# -- the content ----------------------------------------------------------------------------

YEAR_3000 = "3000-01-01T00:00:00+00:00"


def setting(path: str, value: object) -> Edit:
    """Such as memories.0.kind."""

    def edit(held: Held) -> None:
        *places, name = (int(part) if part.isdigit() else part for part in path.split("."))
        at: Any = held
        for place in places:
            at = at[place]
        at[name] = value

    return edit


def repeat(*places: str | int) -> Edit:
    def edit(held: Held) -> None:
        found: Any = held
        for place in places:
            found = found[place]
        found.append(found[0])

    return edit


CONTENTS: dict[str, tuple[Edit, str]] = {
    "wrong word": (setting("memories.0.kind", "rumour"), "“memories[0].kind” is none of"),
    "wrong kind": (setting("memories.1.text", 7), "“memories[1].text” is of the wrong kind"),
    "no text": (lambda held: held["memories"][0].pop("text"), "lacks something"),
    "unknown field": (setting("memories.0.secret", 1), "has no place there"),
    "too important": (setting("memories.0.importance", 1.5), "is too large"),
    "negative": (setting("memories.0.access_count", -1), "is too small"),
    "wrong date": (setting("memories.0.said_at", "yesterday"), "is not written as it must be"),
    "no zone": (setting("memories.0.said_at", "2026-01-01T00:00:00"), "not written as it must"),
    "no such day": (setting("memories.0.said_at", "2026-02-31T00:00:00Z"), "is no date"),
    "year 1": (setting("memories.0.said_at", "0001-01-01T00:00:00Z"), "in the year 1"),
    "said in future": (setting("memories.0.said_at", YEAR_3000), "still to come"),
    "stored in future": (setting("memories.0.created_at", YEAR_3000), "still to come"),
    "message in future": (setting("conversations.0.messages.0.said_at", YEAR_3000), "to come"),
    "consent in future": (setting("consents.0.granted_at", YEAR_3000), "still to come"),
    "exported in future": (setting("exported_at", YEAR_3000), "still to come"),
    "memory twice": (repeat("memories"), "two memories have the same id"),
    "conversation twice": (repeat("conversations"), "two conversations have the same id"),
    "message twice": (repeat("conversations", 0, "messages"), "two messages have the same id"),
    "long memory": (setting("memories.0.text", "x" * 5000), "4 are allowed"),
    "long wording": (
        lambda held: next(m for m in held["memories"] if m["revisions"])["revisions"][0].update(
            text="x" * 5000
        ),
        "4 are allowed",
    ),
    "long message": (setting("conversations.0.messages.0.text", "x" * 40_000), "32 are allowed"),
    "endless text": (setting("memories.0.text", "x" * 300_000), "is too long"),
    "erased with text": (
        setting("conversations.0.messages.0.state", "erased"),
        "erased has a text",
    ),
    "name of lines": (setting("conversations.0.id", "a\nb"), "a name that cannot be"),
    "no name": (setting("memories.0.purpose", "  "), "a name that cannot be"),
    "half a name": (setting("person", "\ud800"), "a name that cannot be"),
    "empty memory": (setting("memories.0.text", "\u200b \n"), "a memory is empty"),
    "no number of a row": (setting("memories.0.id", 0), "is too small"),
    "endless number": (setting("memories.0.access_count", 10**18), "is too large"),
    "superseded by itself": (
        lambda held: held["memories"][0].update(superseded_by=held["memories"][0]["id"]),
        "in a circle",
    ),
    "merged in a circle": (
        lambda held: [
            one.update(merged_into=other["id"])
            for one, other in zip(held["memories"], reversed(held["memories"]), strict=True)
        ],
        "in a circle",
    ),
    "names that become one": (
        lambda held: held["conversations"].extend(
            held["conversations"][0] | {"id": f"sk-abcdefgh1234567{n}", "messages": []}
            for n in range(2)
        ),
        "two conversations have the same id",
    ),
    "no list": (setting("memories", {}), "“memories” is of the wrong kind"),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_an_export_that_was_edited_into_nonsense_is_refused(memory: Memory, name: str) -> None:
    edit, saying = CONTENTS[name]

    assert_refused(memory, edited(memory, edit), saying)


def test_a_bare_document_is_an_archive(memory: Memory, elsewhere: Memory) -> None:
    """Also with the mark that some editors write before it."""
    content = json.dumps(exported(memory)).encode()

    assert elsewhere.import_archive("me", content, dry_run=True).added["memories"] == 3
    report = elsewhere.import_archive("me", b"\xef\xbb\xbf" + content)
    assert report.added["memories"] == 3


def test_halves_of_characters_are_mended(memory: Memory, elsewhere: Memory) -> None:
    """As they are in whatever else is taken in; so is NUL."""
    data = edited(memory, setting("memories.0.text", "I like \ud800tea\x00."))

    elsewhere.import_archive("me", data)

    assert "I like \ufffdtea." in {item.text for item in elsewhere.items("me")}


def test_what_was_left_out_of_an_export_is_not_missed(memory: Memory, elsewhere: Memory) -> None:
    """What refers to it refers to nothing then."""

    def cut(held: Held) -> None:
        held["left_out_classes"] = [DataClass.PERSONAL]
        held["conversations"] = []
        held["memories"] = held["memories"][:1]
        held["memories"][0] |= {"superseded_by": 99, "rival_id": 98, "status": "merged"}
        held["memories"][0] |= {"merged_into": 97, "follows": 96, "sweep_id": 95}

    elsewhere.import_archive("me", edited(memory, cut))

    (item,) = elsewhere.items("me")
    assert (item.status, item.superseded_by, item.rival_id) == ("active", None, None)
    assert (item.merged_into, item.source_message_id, item.conversation_id) == (None, None, None)
