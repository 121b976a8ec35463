"""What a person types is in the database, where it belongs, and nowhere else.

Names, an address, a key and a password are planted on every way into the program, and looked for
in whatever it leaves beside its answers: logs, warnings, error messages, other files, the audit.
The models are the real ones: their libraries log, too.
"""

import io
import json
import logging
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from memory.adapters.embedder import MiniLMEmbedder
from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.errors import AppError
from memory.records import PERSONALIZATION, REMOTE_MODEL, SENSITIVE, ChatMessage, DataClass
from memory.settings import Settings
from tests.fakes import FakeModel, FixedClock
from tests.flow.on_disk import left_of
from tests.flow.promised import Echo
from tests.flow.test_unsaved import full_disk
from tests.flow.watching import Watch, watched

KEY = "sk-proj-Canary1234567890abcdefghijklmnop"
PASSWORD = "Kanarien!vogel77"
ADDRESS = "bronislawa.canary@post.example"
NAME = "Bronislawa Kowalczyk"
WORD = "zwitterkanarie"
SECRETS = (KEY, KEY[8:], PASSWORD)
CANARIES = (*SECRETS, ADDRESS, *NAME.split(), WORD)
TEXT = (
    f"My name is {NAME} and I decided to prefer the {WORD}. Mail me at {ADDRESS}, my API key is "
    f"{KEY} and my password is {PASSWORD}"
)
PLAIN = "I like tea and long walks."


class ModelFailed(Exception):
    """A library's own."""


class Failing(FakeModel):
    """Says what it was given in its error, as some libraries do."""

    def stream(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        yield "Well, "
        raise ModelFailed(f"bad request: {messages[-1]['content']}")


def _told(memory: Memory) -> int:
    return memory.remember("me", f"{TEXT}.", importance=0.9).id


def _two(memory: Memory) -> list[int]:
    return [memory.remember("me", PLAIN).id, memory.remember("me", f"{PLAIN} Also rain.").id]


def _answered(memory: Memory, **given: object) -> None:
    memory.respond("me", TEXT, **given).read()  # type: ignore[arg-type]
    memory.respond("me", "What do you know about me?", **given).read()  # type: ignore[arg-type]


def _on_a_full_disk(memory: Memory) -> None:
    _two(memory)
    _with_no_room(memory)


def _with_no_room(memory: Memory) -> None:
    """Also not for a first vector, which needs room for a thousand."""
    with full_disk(memory):
        memory.respond("me", TEXT + " long" * 1_000).read()
        memory.remember("me", TEXT + " long" * 700)


def _without_consent(memory: Memory) -> None:
    memory.revoke("me", PERSONALIZATION)
    memory.respond("me", TEXT).read()
    memory.remember("me", TEXT)


def _sent_without_consent(memory: Memory) -> None:
    memory.revoke("me", REMOTE_MODEL)
    memory.respond("me", TEXT, model=Echo(is_local=False))


def _kept_at_home(memory: Memory) -> None:
    memory.respond("me", f"I was diagnosed with diabetes. {TEXT}", model=Echo(is_local=False))


def _with_broken_keys(memory: Memory) -> None:
    memory.settings.keys.write_text("{broken")
    memory.observe("me", "user", TEXT)


def _refused_as_sensitive(memory: Memory) -> None:
    memory.revoke("me", SENSITIVE)
    memory.respond("me", f"I was diagnosed with diabetes. {TEXT}").read()
    memory.set_instructions("me", f"I was diagnosed with diabetes. {TEXT}")


def _forgotten(memory: Memory) -> None:
    memory.forget(_told(memory))
    memory.expire()
    memory.close()


def _archive_of(memory: Memory, text: str) -> bytes:
    """Somebody has put the text into an export wherever there is one."""
    memory.respond("me", PLAIN).read()
    with zipfile.ZipFile(io.BytesIO(memory.export("me"))) as archive:
        held = json.loads(archive.read("recollect.json"))
    for item in held["memories"]:
        item["text"] = text
        item["revisions"] = [{"text": text, "replaced_at": item["said_at"]}]
    for message in held["conversations"][0]["messages"]:
        message["text"] = text
    held["conversations"][0]["title"] = text[:100]
    return json.dumps(held).encode()


WAYS: dict[str, Callable[[Memory], object]] = {
    "observe": lambda m: m.observe("me", "user", TEXT),
    "observe an assistant": lambda m: m.observe("me", "assistant", TEXT, speaker="Helper"),
    "respond": _answered,
    "respond by a local model": lambda m: _answered(m, model=Echo()),
    "respond by a model elsewhere": lambda m: _answered(m, model=Echo(is_local=False)),
    "respond in private": lambda m: _answered(m, private=True),
    "a model that fails": lambda m: m.respond("me", TEXT, model=Failing()).read(),
    "remember": _told,
    "edit": lambda m: m.edit(_two(m)[0], TEXT),
    "edit back": lambda m: m.revert(m.edit(_told(m), PLAIN).id),
    "merge": lambda m: m.merge(_two(m), TEXT),
    "merge what differs": lambda m: m.merge([_told(m), 4711]),
    "instructions": lambda m: m.set_instructions("me", TEXT),
    "title": lambda m: (
        m.observe("me", "user", PLAIN),
        m.rename_conversation("me", "default", TEXT),
    ),
    "title too long": lambda m: m.rename_conversation("me", "default", TEXT * 10),
    "recall": lambda m: (_told(m), m.recall("me", TEXT)),
    "recall nothing there is": lambda m: m.recall("me", TEXT, mode=WORD[:3]),
    "search": lambda m: (_told(m), m.items("me", search=TEXT), m.search_messages("me", TEXT)),
    "search for too much": lambda m: m.items(
        "me", search=" ".join(f"{WORD}{n}" for n in range(300))
    ),
    "explain": lambda m: m.explain("me", TEXT, _told(m)),
    "context": lambda m: (_told(m), m.context("me", TEXT)),
    "context too small": lambda m: m.context("me", TEXT, max_tokens=5),
    "preview": lambda m: m.preview("me", TEXT),
    "redact": lambda m: m.redact(TEXT),
    "too long": lambda m: m.observe("me", "user", TEXT * 1_000),
    "a memory too long": lambda m: m.remember("me", TEXT * 100),
    "a kind that is none": lambda m: m.remember("me", TEXT, kind="poem"),
    "export": lambda m: (_told(m), m.export("me")),
    "import": lambda m: m.import_archive("me", _archive_of(m, TEXT)),
    "import what is refused": lambda m: m.import_archive("me", _archive_of(m, TEXT * 100)),
    "hand over": lambda m: (_answered(m), m.handoff("me", "default")),
    "forget": _forgotten,
    "erase a memory": lambda m: m.erase("me", memory=_told(m)),
    "erase everything": lambda m: (_answered(m), m.erase("me")),
    "withdraw": lambda m: (_answered(m), m.revoke("me", PERSONALIZATION)),
    "a full disk": _on_a_full_disk,
    "a full disk at the first vector": _with_no_room,
    "without consent": _without_consent,
    "sent without consent": _sent_without_consent,
    "kept at home": _kept_at_home,
    "broken keys": _with_broken_keys,
    "refused": _refused_as_sensitive,
}


@pytest.fixture(scope="module")
def language() -> SpacyLanguage:
    found = SpacyLanguage()
    found.load()
    return found


@pytest.fixture
def memory(
    settings: Settings,
    clock: FixedClock,
    language: SpacyLanguage,
    real_embedder: MiniLMEmbedder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Memory]:
    """With every consent. Temporary files would come into a folder of their own."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    opened = Memory.open(settings, clock=clock, embedder=real_embedder, language=language)
    with opened:
        for purpose in (PERSONALIZATION, SENSITIVE, REMOTE_MODEL):
            opened.grant("me", purpose)
        rules = opened.privacy_rules("me")  # a text that held a secret is confidential
        confided = replace(rules.classes[DataClass.CONFIDENTIAL], sent=True)
        classes = {**rules.classes, DataClass.CONFIDENTIAL: confided}
        opened.set_privacy_rules("me", replace(rules, classes=classes))
        yield opened
        if settings.keys.exists() and settings.keys.read_text() == "{broken":
            settings.keys.unlink()


def go(memory: Memory, way: str, watch: Watch) -> None:
    """An error of ours may say nothing of the text; a model's own goes to who called it."""
    with suppress(ModelFailed):
        try:
            WAYS[way](memory)
        except AppError as error:
            watch.note(error)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_that_was_typed_is_told_elsewhere(
    memory: Memory, tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    """In no log, warning, output, error or file but the database, and there not in the audit; a
    key, a password and an address not even there."""
    with watched(capsys) as watch:
        logging.getLogger("tests").debug("listening")
        go(memory, way, watch)

    assert "listening" in watch.text
    assert [canary for canary in CANARIES if canary in watch.text] == []
    ours = ("recollect.db", "recollect.db-wal", "recollect.db-shm")
    others = [p for p in tmp_path.rglob("*") if p.is_file() and p.name not in ours]
    assert {path.name for path in others} <= {"recollect.db.keys", "recollect.db.keys.head"}
    for path in others:
        assert not [canary for canary in CANARIES if canary in path.read_text()]
    if way != "forget":  # which closes it
        rows = str(memory._store.database.rows("select * from audit"))
        assert not [canary for canary in CANARIES if canary in rows]
    assert left_of([*SECRETS, ADDRESS], memory.settings.database) == []


def test_a_label_stands_where_a_secret_was(memory: Memory, settings: Settings) -> None:
    """So the ways do reach the file, and what stays is what may."""
    memory.observe("me", "user", TEXT)

    assert left_of([WORD, NAME, "[EMAIL_1]", "[SECRET]"], settings.database) == [
        WORD,
        NAME,
        "[EMAIL_1]",
        "[SECRET]",
    ]


@pytest.mark.parametrize("model", [Echo(), Echo(is_local=False)], ids=["here", "elsewhere"])
def test_no_model_is_given_a_secret_and_one_elsewhere_no_name(memory: Memory, model: Echo) -> None:
    """In the message, in what is recalled, in the profile, or in the instructions."""
    _told(memory)
    memory.set_instructions("me", TEXT)

    _answered(memory, model=model)

    assert len(model.received) == 2
    unseen = SECRETS if model.is_local else (*SECRETS, ADDRESS, *NAME.split())
    assert [canary for canary in unseen if canary in str(model.received)] == []
    assert WORD in str(model.received)


def test_no_secret_is_exported_or_handed_over(memory: Memory) -> None:
    for way in ("observe", "respond", "edit", "merge", "title", "instructions"):
        go(memory, way, Watch())

    with zipfile.ZipFile(io.BytesIO(memory.export("me"))) as archive:
        told = b"".join(archive.read(name) for name in archive.namelist()).decode()
    told += memory.handoff("me", "default")

    assert WORD in told
    assert [canary for canary in (*SECRETS, ADDRESS) if canary in told] == []


@pytest.mark.parametrize("mark", ["\u200b", "\u2060", "\u00ad", "\ufeff"])
def test_marks_that_are_not_seen_hide_nothing(memory: Memory, mark: str) -> None:
    """They are left out before anything is looked for."""
    told = f"my pass{mark}word is hunter2-{mark}Blue9, mail jane{mark}@example.com"

    item = memory.remember("me", told)

    assert item.text == "my password is [SECRET], mail [EMAIL_1]"
