"""The article's demo of privacy (section 6), in its order and with its numbers, in strict mode."""

from datetime import timedelta

import pytest

from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.errors import ConsentRequired
from memory.records import DataClass, Label
from memory.settings import Settings
from tests.fakes import FixedClock
from tests.flow.conftest import OpenMemory
from tests.flow.test_privacy import exported

CONSENTS = {
    "user123": ("analytics", "personalization"),
    "user456": ("analytics",),
    "user789": ("marketing", "personalization"),
}
# person, text, class, purpose, as it is stored
STORED = (
    ("user123", "User prefers dark mode", "personal", "personalization", "User prefers dark mode"),
    ("user123", "The beta is used daily", "internal", "analytics", "The beta is used daily"),
    (
        "user123",
        "Contact: john.doe@email.com for follow-up",
        "personal",
        "personalization",
        "Contact: [EMAIL_1] for follow-up",
    ),
    ("user456", "The guide was opened", "public", "analytics", "The guide was opened"),
    ("user789", "The yearly offer is due", "confidential", "marketing", "The yearly offer is due"),
    (
        "user789",
        "Phone number: 555-123-4567 for support",
        "personal",
        "personalization",
        "Phone number: [PHONE_1] for support",
    ),
)


@pytest.fixture
def language() -> SpacyLanguage:
    return SpacyLanguage()


@pytest.fixture
def demo(open_memory: OpenMemory, settings: Settings, language: SpacyLanguage) -> Memory:
    """Three people, their consents, and what was stored of them."""
    memory = open_memory(Settings(database=settings.database, strict=True), language=language)
    for person, purposes in CONSENTS.items():
        for purpose in purposes:
            memory.grant(person, purpose)
    for person, text, data_class, purpose, _ in STORED:
        memory.remember(person, text, data_class=data_class, purpose=purpose)
    return memory


def test_six_of_seven_are_stored_and_anonymised(demo: Memory) -> None:
    """The seventh is denied: its person did not agree to the purpose."""
    with pytest.raises(ConsentRequired, match="no consent for “personalization”"):
        demo.remember("user456", "Prefers the newsletter", data_class="personal")

    for person in CONSENTS:
        stored = [text for who, *_, text in STORED if who == person]
        assert [item.text for item in reversed(demo.items(person))] == stored


def test_the_first_report(demo: Memory) -> None:
    """Totals and breakdowns; the personal ones are kept for thirty days."""
    report = demo.privacy_report()

    assert (report.memories, report.people) == (6, 3)
    assert report.by_class == {"confidential": 1, "internal": 1, "personal": 3, "public": 1}
    assert report.by_purpose == {"analytics": 2, "marketing": 1, "personalization": 3}
    assert report.consents == {"analytics": 2, "marketing": 1, "personalization": 2}
    assert (report.expired, report.expiring_soon, report.fresh) == (0, 3, 3)
    assert (report.erasures, report.deletions) == (0, {})


def test_export_revocation_erasure_expiry_and_the_last_report(
    demo: Memory, clock: FixedClock
) -> None:
    """The rest of the demo; four memories are deleted, each for a reason the audit knows."""
    held = exported(demo, "user123")
    assert len(held["memories"]) == 3
    assert {consent["purpose"] for consent in held["consents"]} == {"analytics", "personalization"}
    assert not [event for event in held["audit"] if event["action"] in ("erase", "expire")]

    assert demo.revoke("user123", "personalization").places["memories"] == 2
    assert demo.erase("user456").places["memories"] == 1
    clock.advance(days=31)
    assert demo.expire().places["memories"] == 1

    report = demo.privacy_report()
    assert (report.memories, report.people) == (2, 2)
    assert report.by_class == {"confidential": 1, "internal": 1}
    assert report.by_purpose == {"analytics": 1, "marketing": 1}
    assert (report.expired, report.expiring_soon, report.fresh) == (0, 0, 2)
    assert report.deletions == {"purpose": 2, "everything": 1, "expired": 1}
    assert sum(report.deletions.values()) == 4
    assert report.holdings[DataClass.CONFIDENTIAL].next_expiry == (
        clock.now - timedelta(days=31) + timedelta(days=90)
    )
    deleting = [(event.action, event.scope) for event in demo.audit(actions=("erase", "expire"))]
    assert deleting == [("expire", "expired"), ("erase", "everything"), ("erase", "purpose")]
    assert demo.verify_audit().state == "intact"


@pytest.mark.parametrize(
    ("text", "anonymised"),
    [
        # the article leaves “Smith” and the “1-” of the number standing
        (
            "Contact John Smith at john.smith@company.com or 555-123-4567",
            "Contact [NAME] at [EMAIL] or [PHONE]",
        ),
        (
            "Credit card 4532-1234-5678-9012 was used for payment",
            "Credit card [CREDIT_CARD] was used for payment",
        ),
        (
            "Jane Doe from accounting called about the invoice",
            "[NAME] from accounting called about the invoice",
        ),
        (
            "Email support@company.com for technical issues",
            "Email [EMAIL] for technical issues",
        ),
        (
            "Customer phone: 1-800-555-0199 for urgent matters",
            "Customer phone: [PHONE] for urgent matters",
        ),
    ],
)
def test_the_five_anonymised_lines(demo: Memory, text: str, anonymised: str) -> None:
    """Whole names, whole numbers."""
    assert demo.redact(text).text == anonymised
    assert demo.preview("user123", text).stored == anonymised


def test_the_labels_carry_their_rule_and_confidence(demo: Memory) -> None:
    """So that a find can be explained."""
    (name, email, phone) = demo.redact("John Smith, j.smith@company.com, 555-123-4567").spans

    assert [span.label for span in (name, email, phone)] == [Label.NAME, Label.EMAIL, Label.PHONE]
    assert all(span.rule and 0 < span.confidence <= 1 for span in (name, email, phone))
