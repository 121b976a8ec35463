"""Consent, and the report on what is held (article, section 6; GDPR Art. 7)."""

from datetime import timedelta

from memory.flow import erase, intake, record, scopes
from memory.flow.parts import Parts
from memory.records import Consent, ErasureReceipt, PrivacyReport

CONSENT_TEXT = "2026-11"
"""Version of the words the person agrees to; a new version asks again."""
EXPIRING_SOON = timedelta(days=30)


def grant(parts: Parts, user_id: str, purpose: str) -> None:
    now = parts.clock()
    intake.name(user_id, "person")
    intake.name(purpose, "purpose")
    with parts.store.transaction():
        person_id = parts.store.people.find_or_add(user_id, now)
        parts.store.consents.grant(person_id, purpose, CONSENT_TEXT, now)
        record.event(parts, person_id, "grant", f"purpose:{purpose}", now)


def revoke(parts: Parts, user_id: str, purpose: str) -> ErasureReceipt:
    """Withdraw a consent and erase at once what was kept because of it."""
    now = parts.clock()
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return erase.nothing(now)

    def withdrawn() -> scopes.Scope:
        """In the transaction that erases: not the one without the other."""
        parts.store.consents.revoke(person_id, purpose, now)
        record.event(parts, person_id, "revoke", f"purpose:{purpose}", now)
        return scopes.of_purpose(parts, person_id, purpose)

    return erase.carry_out(parts, user_id, person_id, withdrawn, now)


def consents(parts: Parts, user_id: str) -> list[Consent]:
    person_id = parts.store.people.find(user_id)
    return [] if person_id is None else parts.store.consents.all(person_id)


def report(parts: Parts) -> PrivacyReport:
    """The article's compliance report, over every person."""
    now = parts.clock()
    by_class, expired, expiring = parts.store.memories.totals(now, now + EXPIRING_SOON)
    return PrivacyReport(
        memories=sum(by_class.values()),
        people=len(parts.store.people.all()),
        by_class=by_class,
        consents=parts.store.consents.totals(),
        expired=expired,
        expiring_soon=expiring,
        erasures=parts.store.audit.count("erase"),
        at=now,
    )
