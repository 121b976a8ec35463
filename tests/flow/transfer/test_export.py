"""One ZIP that a person can read and a machine can use."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from memory.engine import Memory
from memory.flow.transfer.exports import collecting
from memory.flow.transfer.exports.looks import STYLE
from memory.flow.transfer.shapes import schema
from memory.records import DataClass
from tests.fakes import FixedClock
from tests.flow.transfer.archives import exported, held_in

NASTY = "=cmd|' /C calc'!A0 <script>alert(1)</script> <img src=https://evil.example/x.png>"
MEMBERS = {
    "README.txt", "recollect.json", "recollect.html", "schema.json", "memories.csv",
    "messages.csv", "profile.csv", "entities.csv", "relations.csv", "consents.csv",
    "retention.csv", "ledger.csv", "audit.csv",
}  # fmt: skip


def members(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def table(data: bytes, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(members(data)[name].removeprefix("\ufeff"))))


# -- for programs ---------------------------------------------------------------------------


def test_it_keeps_to_the_schema_that_comes_with_it(lived: tuple[Memory, FixedClock]) -> None:
    """Of everything that can be held; and a stranger's does, too."""
    for person in ("me", "stranger"):
        packed = members(lived[0].export(person))

        published = json.loads(packed["schema.json"])
        Draft202012Validator.check_schema(published)
        assert published["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        problems = Draft202012Validator(published).iter_errors(json.loads(packed["recollect.json"]))
        assert [problem.json_path for problem in problems] == []


def test_the_schema_says_what_was_worked_out() -> None:
    """And refuses what it does not know."""
    memory = schema()["properties"]["memories"]["items"]

    described = {name for name, of in memory["properties"].items() if "description" in of}
    assert {"importance", "data_class", "statement", "mentions", "retention"} <= described
    assert described.isdisjoint({"text", "said_at", "purpose", "status"})
    assert memory["additionalProperties"] is False


def test_what_is_given_and_what_is_inferred_is_marked(lived: tuple[Memory, FixedClock]) -> None:
    """A turn and what was told outright were given; a part of a turn, and a model's words, not."""
    memories = exported(lived[0])["memories"]

    assert {item["inferred"] for item in memories} == {True, False}
    for item in memories:
        told_outright = item["source_message_id"] is None
        given = not item["by_model"] and (
            item["is_turn"] or item["statement"] is None or told_outright
        )
        assert item["inferred"] is not given, item["text"]


def test_it_says_how_strong_each_memory_is_and_when_it_goes(
    memory: Memory, clock: FixedClock
) -> None:
    memory.remember("me", "I like tea.", data_class="personal")
    clock.advance(days=1)

    (item,) = exported(memory)["memories"]

    (kept,) = memory.retention("me")
    assert item["retention"]["strength"] == pytest.approx(kept.strength)
    assert item["retention"]["fades_at"] == (kept.fades_at.isoformat() if kept.fades_at else None)
    assert item["expires_at"] is not None


# -- written as it is collected -------------------------------------------------------------


class Pipe(io.RawIOBase):
    """Can only be written to; keeps what came, in pieces."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.pieces.append(bytes(data))
        return len(data)


def test_it_goes_into_any_file_as_it_is_collected(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that cannot be sought in; never more than a page of it is in memory."""
    monkeypatch.setattr(collecting, "PAGE", 10)
    for number in range(35):
        memory.remember("me", f"Thing {number}")
        memory.observe("me", "user", f"Hm {number}", conversation_id="talk")
    asked: list[int] = []
    rows = memory._store.archive_rows
    real = rows.memories

    def counted(*args: Any) -> Any:
        found = real(*args)
        asked.append(len(found))
        return found

    monkeypatch.setattr(rows, "memories", counted)
    pipe = Pipe()

    written = memory.export_to("me", pipe)

    data = b"".join(pipe.pieces)
    assert written == len(data)
    assert max(asked) == 10
    held = held_in(data)
    assert [item["text"] for item in held["memories"]] == [f"Thing {n}" for n in range(35)]
    assert len(held["conversations"][0]["messages"]) == 35


def test_no_read_is_left_open_while_it_is_written(memory: Memory) -> None:
    """Whoever takes it slowly hinders no erasure."""
    items = [memory.remember("me", f"Thing number {n}").id for n in range(3)]

    class Slow(Pipe):
        def write(self, data: Any) -> int:
            if items:
                assert memory.erase("me", memory=items.pop()).verified
            return super().write(data)

    memory.export_to("me", Slow())

    assert memory.items("me") == []


def test_a_script_needs_one_line(memory: Memory, tmp_path: Path) -> None:
    (tmp_path / "me.zip").write_bytes(memory.export("me"))

    assert set(members((tmp_path / "me.zip").read_bytes())) == MEMBERS


# -- tables ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("＝1+1", "'＝1+1"),
        ("1=1", "1=1"),
        ('He said "yes",\nthen no', 'He said "yes",\nthen no'),
    ],
)
def test_no_cell_is_a_formula(memory: Memory, text: str, written: str) -> None:
    """A spreadsheet would work it out; the JSON has it as it is."""
    memory.remember("me", "Tea")
    with memory._store.transaction():
        memory._store.database.run("update memories set text = ?", (text,))

    data = memory.export("me")

    (row,) = table(data, "memories.csv")
    assert row["text"] == written
    assert held_in(data)["memories"][0]["text"] == text


def test_tables_hold_what_the_document_holds(lived: tuple[Memory, FixedClock]) -> None:
    data = lived[0].export("me")
    held = held_in(data)

    messages = [message for talk in held["conversations"] for message in talk["messages"]]
    for name, records in (
        ("memories.csv", held["memories"]),
        ("messages.csv", messages),
        ("consents.csv", held["consents"]),
        ("ledger.csv", held["ledger"]),
        ("audit.csv", held["audit"]),
        ("entities.csv", held["inferred"]["entities"]),
        ("relations.csv", held["inferred"]["relations"]),
        ("profile.csv", held["inferred"]["profile_history"]),
    ):
        assert len(table(data, name)) == len(records), name
    ids = [int(row["id"]) for row in table(data, "memories.csv")]
    assert ids == [item["id"] for item in held["memories"]]
    marks = {row["given_or_inferred"] for row in table(data, "memories.csv")}
    assert marks == {"given", "inferred"}


# -- the page -------------------------------------------------------------------------------


class Page(HTMLParser):
    """Its tags and attributes, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_runs_and_fetches_nothing(memory: Memory) -> None:
    """Whatever a text says: it is escaped, and a policy forbids the rest."""
    memory.observe("me", "user", NASTY, conversation_id=NASTY[:40])
    memory.remember("me", NASTY)
    memory.set_instructions("me", NASTY)

    source = members(memory.export("me"))["recollect.html"]

    page = Page(source)
    tags = {tag for tag, _ in page.tags}
    assert tags.isdisjoint({"script", "img", "link", "iframe", "object", "form", "base", "svg"})
    assert page.words.count(NASTY) >= 3
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert attributes.get("href", "#").startswith("#")
        assert "src" not in attributes
    (policy,) = (
        a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_the_page_has_contents_that_lead_to_its_sections(memory: Memory) -> None:
    memory.respond("me", "My name is Mia and I work at Acme.").read()

    page = Page(members(memory.export("me"))["recollect.html"])

    anchors = [a["href"][1:] for tag, a in page.tags if tag == "a" and a["href"]]
    sections = [a["id"] for tag, a in page.tags if tag == "section"]
    assert anchors == sections
    assert {"consents", "retention", "memories", "ledger", "audit"} <= set(sections)
    assert "Mia" in page.words
    assert "given" in page.words
    assert "inferred" in page.words
    assert "prefers-color-scheme: dark" in STYLE
    assert ("viewport", True) in [(a.get("name"), True) for _, a in page.tags]


def test_marks_that_turn_text_round_stay_in_their_place(memory: Memory) -> None:
    memory.remember("me", "safe \u202eevil")

    source = members(memory.export("me"))["recollect.html"]

    assert re.search(r'<bdi dir="auto">safe \u202eevil</bdi>', source)


# -- what is left out -----------------------------------------------------------------------


def test_what_the_rules_leave_out_is_named_and_nowhere(memory: Memory) -> None:
    """In no file of it."""
    memory.remember("me", "Maya knows the quokkamandel.", data_class="confidential")
    memory.remember("me", "Tea")
    rules = memory.privacy_rules("me")
    kept = replace(rules.classes[DataClass.CONFIDENTIAL], exported=False)
    classes = dict(rules.classes) | {DataClass.CONFIDENTIAL: kept}
    memory.set_privacy_rules("me", replace(rules, classes=classes))

    packed = members(memory.export("me"))

    assert "quokkamandel" not in str(packed)
    assert "Maya" not in str(packed)
    assert (
        "Left out, because your rules do not export it: confidential." in packed["recollect.html"]
    )
    assert json.loads(packed["recollect.json"])["left_out_classes"] == ["confidential"]
