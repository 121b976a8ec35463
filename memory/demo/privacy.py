"""The article's ``6_privacy_compliant_memory.py`` (section 6), in strict mode, which is its regime:
everything personal masked, and retention by class, 30 days for what is personal.

Its people, consents and classes, and the three texts that it prints; those that it stores without
showing them are worded by us. Expiry is not played: the clock is moved by a month.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from memory import ConsentRequired, ErasureReceipt, Memory, PrivacyReport
from memory.demo import printing
from memory.demo.printing import better, counted, otherwise, part, point, say, table
from memory.demo.scratch import Scratch

CONSENTS = {
    "user123": ("analytics", "personalization"),
    "user456": ("analytics",),
    "user789": ("marketing", "personalization"),
}
DARK = "User prefers dark mode"
GUIDE = "The guide was opened"
PHONE = "Phone number: 555-123-4567 for support"
# person, text, class, purpose
MEMORIES = (
    ("user123", DARK, "personal", "personalization"),
    ("user123", "The beta is used daily", "internal", "analytics"),
    ("user123", "Contact: john.doe@email.com for follow-up", "personal", "personalization"),
    ("user456", GUIDE, "public", "analytics"),
    ("user456", "Prefers the newsletter", "personal", "personalization"),
    ("user789", "The yearly offer is due", "confidential", "marketing"),
    ("user789", PHONE, "personal", "personalization"),
)
# a text, and what the article makes of it
ANONYMISED = (
    (
        "Contact John Smith at john.smith@company.com or 555-123-4567",
        "[NAME] Smith at [EMAIL] or [PHONE]",
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
        "Customer phone: 1-[PHONE] for urgent matters",
    ),
)
DAYS_LATER = 31
DELETING = ("erase", "expire")


@dataclass(frozen=True, slots=True)
class Erased:
    """A deletion, and how often words of it stood in the files before it and after."""

    receipt: ErasureReceipt
    words: str
    before: int
    after: int


def walk(scratch: Scratch) -> None:
    printing.title("Privacy-compliant memory", "6_privacy_compliant_memory.py")
    with scratch.open(strict=True) as memory:
        _grant(memory)
        _store(memory)
        first = _report(memory, "The first report")
        _export(memory)
        erased = _erase(scratch, memory)
        last = _report(memory, "The last report")
        state = _audit(scratch, memory)
        changed = _anonymise(memory)
    _compare(scratch, erased, (first, last), state, changed)


def _grant(memory: Memory) -> None:
    part("Consent")
    for person, purposes in CONSENTS.items():
        for purpose in purposes:
            memory.grant(person, purpose)
        standing = [each.purpose for each in memory.consents(person) if each.revoked_at is None]
        point(f"{person} agrees to {', '.join(standing)}")


def _store(memory: Memory) -> None:
    part("Seven memories")
    for person, text, data_class, purpose in MEMORIES:
        say(f"{person}: {text}")
        try:
            item = memory.remember(person, text, data_class=data_class, purpose=purpose)
        except ConsentRequired as refusal:
            say(f"refused: {refusal}", 2)
            continue
        masked = "" if item.text == text else f" as “{item.text}”"
        say(f"stored{masked}, {item.data_class}, until {item.expires_at:%Y-%m-%d}", 2)


def _report(memory: Memory, heading: str) -> PrivacyReport:
    part(heading)
    report = memory.privacy_report()
    rows = [
        ("memories, people", f"{report.memories}, {report.people}"),
        ("by class", counted(report.by_class)),
        ("by purpose", counted(report.by_purpose)),
        ("people who agree", counted(report.consents)),
        ("expired, soon, fresh", f"{report.expired}, {report.expiring_soon}, {report.fresh}"),
        ("erased so far", counted(report.deletions)),
        ("as of", f"{report.at:%Y-%m-%d %H:%M}"),
    ]
    for name, value in rows:
        say(f"{name + ':':<22}{value}", 2)
    return report


# -- rights -------------------------------------------------------------------------------


def _export(memory: Memory) -> None:
    part("1. Data portability (GDPR Art. 20): user123")
    with zipfile.ZipFile(io.BytesIO(memory.export("user123"))) as archive:
        names = archive.namelist()
        held = json.loads(archive.read("recollect.json"))
    say(f"A ZIP of {len(names)} files: {', '.join(names)}.")
    consents = ", ".join(each["purpose"] for each in held["consents"])
    deletions = [event for event in held["audit"] if event["action"] in DELETING]
    say(
        f"In it: {len(held['memories'])} memories, consents to {consents}, "
        f"{len(held['audit'])} audit events, {len(deletions)} of them deletions."
    )


def _erase(scratch: Scratch, memory: Memory) -> list[Erased]:
    part("2. Consent revoked: user123, personalization")
    places = memory.footprint("user123", purpose="personalization").places
    say(f"It would take, before it is done: {counted(places)}.")
    before = scratch.times_in_files(DARK)
    revoked = _told(scratch, memory.revoke("user123", "personalization"), DARK, before)

    part("3. Right to be forgotten (GDPR Art. 17): user456")
    before = scratch.times_in_files(GUIDE)
    forgotten = _told(scratch, memory.erase("user456"), GUIDE, before)

    scratch.clock.forward(days=DAYS_LATER)
    part(f"4. Retention, {DAYS_LATER} days later")
    words = "[PHONE_1] for support"
    before = scratch.times_in_files(words)
    expired = _told(scratch, memory.expire(), words, before)
    return [revoked, forgotten, expired]


def _told(scratch: Scratch, receipt: ErasureReceipt, words: str, before: int) -> Erased:
    erased = Erased(receipt, words, before, scratch.times_in_files(words))
    say(f"Erased: {counted(receipt.places)}.")
    say(
        f"The receipt ({receipt.scope}): {receipt.bytes_searched:,} bytes of the file searched for "
        f"{receipt.strings_searched} texts and vectors; "
        f"{'verified' if receipt.verified else receipt.pending}."
    )
    say(f"“{words}” in the files: {before} times before, {erased.after} times after.")
    if receipt.exports:
        say(f"It also names {receipt.exports} export made before, which no erasure reaches.")
    return erased


def _audit(scratch: Scratch, memory: Memory) -> str:
    part("The audit")
    rows = [
        (f"{event.at:%Y-%m-%d %H:%M}", event.action, event.scope, counted(event.counts))
        for event in reversed(memory.audit(actions=(*DELETING, "revoke")))
    ]
    table(("when", "what", "scope", "counts"), rows)
    proof = memory.verify_audit()
    say(
        f"{memory.count_audit()} events in all. The chain is {proof.state}. Each names its subject "
        "by a keyed hash; user456 stands in the files "
        f"{scratch.times_in_files('user456')} times."
    )
    return proof.state


def _anonymise(memory: Memory) -> int:
    part("Anonymisation")
    differing = 0
    for text, theirs in ANONYMISED:
        ours = memory.redact(text).text
        say(text)
        say(f"-> {ours}", 2)
        if ours != theirs:
            differing += 1
            say(f"   the article: {theirs}", 2)
    return differing


def _compare(
    scratch: Scratch,
    erased: Sequence[Erased],
    reports: tuple[PrivacyReport, PrivacyReport],
    audit: str,
    differing: int,
) -> None:
    first, last = reports
    gone = sum(last.deletions.values())
    traces = sum(each.after for each in erased)
    verified = sum(each.receipt.verified for each in erased)
    better(
        [
            "Erased means erased. The article reports how many entries it took out of a "
            f"dictionary. Here {verified} of {len(erased)} deletions were checked on the file, and "
            f"the words that this walk looked for itself are left {traces} times.",
            "What a revocation would take is told before it is done.",
            f"Whole values are masked: {differing} of the five texts come out otherwise, where the "
            "article leaves “Smith” and the “1-” of the phone number and loses “Contact”.",
            "The log gives nobody away. The article's goes on naming user456 and their memory "
            "after they asked to be forgotten; here it is a chain of keyed hashes and counts "
            f"({audit}), and their name is in the files {scratch.times_in_files('user456')} times.",
            "The export is a file to read and to bring in elsewhere, with its schema.",
        ]
    )
    otherwise(
        [
            f"The numbers are the article's: {first.memories} memories of {first.people} people, "
            f"then {last.memories} of {last.people}, {gone} deleted. Its log has an entry a "
            f"memory, ours one a deletion ({last.erasures}) with its count.",
            "An export that was made before is out of reach; the receipt counts it.",
            "Strict mode is the article's regime and not how Recollect begins: there names stay "
            "readable on the computer, and personal memories last a year from their last use.",
            "Names are found by a language model and rules for English, and some are missed.",
        ]
    )
