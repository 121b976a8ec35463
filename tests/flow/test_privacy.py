"""Consent, the report, redaction, the audit and the export (article, section 6)."""

import io
import json
import zipfile
from contextlib import closing
from datetime import timedelta

import apsw
import pytest

from memory.engine import Memory
from memory.errors import InvalidInput
from memory.records import PERSONALIZATION, AuditVerification, Label
from memory.settings import Settings
from tests.fakes import NOON, FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.on_disk import written

TOLD = "My name is Maya and I work at Acme with PostgreSQL every day"


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
    again.remember("me", "I like tea.")
    verified = again.verify_audit()
    assert (verified.state, verified.unverifiable_before) == ("intact", 3)


def test_an_audit_whose_end_was_cut_off_says_so(
    memory: Memory, open_memory: OpenMemory, settings: Settings
) -> None:
    """Also after the next event, which makes the loss no smaller."""
    for text in (TOLD, "I like tea.", "I like coffee."):
        memory.remember("me", text)
    memory.close()
    with closing(apsw.Connection(str(settings.database))) as tampering:
        tampering.execute("drop trigger audit_is_not_cut")
        tampering.execute("delete from audit where id > 2")

    again = open_memory()

    assert again.verify_audit() == AuditVerification("cut", 2, 3)
    again.remember("me", "I like water.")
    assert again.verify_audit() == AuditVerification("broken", 3, 5)


def test_the_audit_is_intact_after_everything_was_erased(memory: Memory) -> None:
    """Its rows stay, and none of them can be tied to the person any more."""
    memory.remember("me", TOLD)
    told = memory.audit(user_id="me")
    assert len(told) == memory.count_audit(user_id="me") == 2

    assert memory.erase("me").verified

    assert memory.verify_audit() == AuditVerification("intact", 3)
    assert [event.action for event in memory.audit()] == ["erase", "store", "grant"]
    memory.grant("me", PERSONALIZATION)
    assert [event.id for event in memory.audit(user_id="me")] == [4]


def test_the_audit_is_searched_by_person_and_action(memory: Memory, settings: Settings) -> None:
    """Looking for somebody leaves no trace: no key is made for them."""
    memory.grant("other", PERSONALIZATION)
    for text in (TOLD, "I like tea.", "I like coffee."):
        memory.remember("me", text)
    memory.remember("other", TOLD)
    memory.export("me")

    def found(**given: object) -> list[int]:
        return [event.id for event in memory.audit(**given)]

    assert found(user_id="me") == [7, 5, 4, 3, 1]
    assert found(user_id="me", actions=("store",)) == [5, 4, 3]
    assert found(user_id="me", limit=2, offset=1) == [5, 4]
    assert found(actions=("grant", "export")) == [7, 2, 1]
    assert memory.count_audit(user_id="me", actions=("store",)) == 3
    assert memory.count_audit(actions=("store",)) == 4
    assert memory.count_audit() == 7

    settings.keys.unlink()
    for stranger in ("me", "nobody"):
        assert found(user_id=stranger) == []
        assert memory.count_audit(user_id=stranger) == 0
    assert not settings.keys.exists()


# -- export ---------------------------------------------------------------------------------


def exported(memory: Memory, person: str) -> dict[str, object]:
    archive = zipfile.ZipFile(io.BytesIO(memory.export(person)))
    assert set(archive.namelist()) >= {"README.txt", "recollect.json", "schema.json"}
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

    assert (held["format"], held["version"], held["person"]) == ("recollect", 2, "me")
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
