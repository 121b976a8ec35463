"""Consent, the report, redaction, the audit and the export (article, section 6)."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from memory.engine import Memory
from memory.errors import InvalidInput
from memory.records import PERSONALIZATION, Label
from memory.settings import Settings
from tests.fakes import NOON, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import written

TOLD = "My name is Maya and I work at Acme with PostgreSQL every day"


def test_the_article_s_seven_storings(open_memory: OpenMemory) -> None:
    """Six of seven are stored: one person did not agree to personalization."""
    memory = open_memory()
    for person, purposes in {
        "user123": ("analytics", "personalization"),
        "user456": ("analytics",),
        "user789": ("marketing", "personalization"),
    }.items():
        for purpose in purposes:
            memory.grant(person, purpose)
    stored = [
        ("user123", "User prefers dark mode", "personal", "personalization"),
        ("user123", "Uses the beta of the app", "internal", "analytics"),
        ("user123", "Contact: john.doe@email.com for follow-up", "personal", "personalization"),
        ("user456", "Reads the public documentation", "public", "analytics"),
        ("user789", "Negotiates the yearly contract", "confidential", "marketing"),
        ("user789", "The support line was busy", "personal", "personalization"),
    ]
    for person, text, data_class, purpose in stored:
        memory.remember(person, text, data_class=data_class, purpose=purpose)

    report = memory.privacy_report()

    assert (report.memories, report.people) == (6, 3)
    assert report.by_class == {"confidential": 1, "internal": 1, "personal": 3, "public": 1}
    assert report.consents == {"analytics": 2, "marketing": 1, "personalization": 2}
    assert (report.expired, report.expiring_soon, report.erasures) == (0, 0, 0)
    assert report.at == NOON
    assert "Contact: [EMAIL_1] for follow-up" in [item.text for item in memory.items("user123")]

    assert memory.revoke("user123", "personalization").places["memories"] == 2
    assert memory.erase("user456").places["memories"] == 1
    report = memory.privacy_report()
    assert (report.memories, report.people, report.erasures) == (3, 2, 2)


def test_the_report_tells_what_expires(memory: Memory, clock: FixedClock) -> None:
    """Within thirty days, and what is due already."""
    memory.remember("me", "I like tea")
    memory.remember("me", "The moon is round")
    assert memory.privacy_report().expiring_soon == 0

    clock.now = NOON + timedelta(days=335)
    assert memory.privacy_report().expiring_soon == 1

    clock.now = NOON + timedelta(days=365)
    report = memory.privacy_report()
    assert (report.expired, report.expiring_soon) == (1, 0)


def test_grants_and_revocations_are_a_ledger(memory: Memory, clock: FixedClock) -> None:
    """With the version of the words that were agreed to."""
    later = clock.advance(days=1)
    memory.revoke("me", PERSONALIZATION)
    memory.grant("me", PERSONALIZATION)

    first, second = memory.consents("me")

    assert (first.granted_at, first.revoked_at) == (NOON, later)
    assert (second.granted_at, second.revoked_at) == (later, None)
    assert first.text_version
    assert memory.consents("stranger") == []
    assert memory.revoke("stranger", PERSONALIZATION).scope == "nothing"
    with pytest.raises(InvalidInput, match="needs a name"):
        memory.grant("me", "  ")


def test_redaction_labels_every_find_whatever_the_policy(memory: Memory) -> None:
    """A kept name too; the spans index the original, and nothing is stored."""
    text = "My name is Maya, mail maya@example.com"

    found = memory.redact(text)

    assert found.text == "My name is [NAME], mail [EMAIL]"
    assert [(text[s.start : s.end], s.label) for s in found.spans] == [
        ("Maya", Label.NAME),
        ("maya@example.com", Label.EMAIL),
    ]
    assert memory.stats().messages == 0


def test_a_footprint_changes_nothing(memory: Memory, settings: Settings) -> None:
    """It only counts."""
    memory.respond("me", TOLD).read()
    before = written(settings.database)

    footprint = memory.footprint("me")

    assert footprint.total == sum(footprint.places.values()) > 0
    assert memory.footprint("me") == footprint
    assert memory.footprint("stranger").places == {}
    assert written(settings.database) == before


# -- the audit ------------------------------------------------------------------------------


def test_the_audit_tells_what_was_done_and_never_what_was_said(memory: Memory) -> None:
    """Every act has its line; things are named by keyed hashes."""
    item = memory.remember("me", TOLD)
    memory.edit(item.id, "I work at Globex")
    memory.pin(item.id)
    memory.unpin(item.id)
    memory.forget(item.id)
    memory.restore(item.id)
    memory.export("me")
    memory.revoke("me", PERSONALIZATION)

    events = memory.audit()

    assert [event.action for event in reversed(events)] == [
        "grant",
        "store",
        "edit",
        "pin",
        "unpin",
        "forget",
        "restore",
        "export",
        "revoke",
        "erase",
    ]
    assert all(set(event.subject) <= set("0123456789abcdef") for event in events)
    told = {event.subject for event in events if event.action in ("store", "edit", "pin")}
    assert len(told) == 1
    assert memory.verify_audit().state == "intact"
    assert memory.verify_audit().events == 10


def test_the_audit_is_unverifiable_without_its_key(
    memory: Memory, open_memory: OpenMemory, settings: Settings
) -> None:
    """The data opens all the same."""
    memory.remember("me", TOLD)
    memory.close()
    settings.keys.unlink()

    again = open_memory()

    assert [item.text for item in again.items("me")] == [TOLD]
    assert again.verify_audit().state == "unverifiable"


# -- export ---------------------------------------------------------------------------------


def exported(memory: Memory, person: str) -> dict[str, object]:
    archive = zipfile.ZipFile(io.BytesIO(memory.export(person)))
    assert set(archive.namelist()) == {"README.txt", "recollect.json"}
    return json.loads(archive.read("recollect.json"))


def test_an_export_holds_everything_about_one_person(memory: Memory) -> None:
    """Memories with earlier wordings, conversations, profile, entities, consents, settings."""
    memory.grant("other", PERSONALIZATION)
    memory.remember("other", "Something of another person")
    memory.set_instructions("me", "Answer in French.")
    reply = memory.respond("me", TOLD, conversation_id="work")
    reply.read()
    memory.edit(reply.observation.stored[0].id, "My name is Mia and I work at Acme, still")

    held = exported(memory, "me")

    assert (held["format"], held["version"], held["person"]) == ("recollect", 1, "me")
    (item,) = held["memories"]
    assert item["text"] == "My name is Mia and I work at Acme, still"
    assert [revision["text"] for revision in item["revisions"]] == [TOLD]
    (conversation,) = held["conversations"]
    assert [m["text"] for m in conversation["messages"]] == [TOLD, reply.text]
    assert {f["value"] for f in held["inferred"]["profile"]} == {"Mia", "Acme"}
    assert [entity["name"] for entity in held["inferred"]["entities"]] == ["Acme"]
    assert [consent["purpose"] for consent in held["consents"]] == [PERSONALIZATION]
    assert held["settings"] == {"instructions": "Answer in French."}
    assert "another person" not in json.dumps(held)


def test_an_export_of_a_stranger_is_empty(memory: Memory) -> None:
    """And does not make them known."""
    held = exported(memory, "stranger")

    assert set(held) == {"format", "version", "exported_at", "person"}
    assert memory.privacy_report().people == 1
