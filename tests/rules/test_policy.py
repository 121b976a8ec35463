"""What may be kept, in which form and for how long (article, section 6)."""

from datetime import UTC, datetime, timedelta

import pytest

from memory.records import DataClass, Label, Span
from memory.rules.policy import (
    Handling,
    classify,
    expires_after_use,
    expires_at,
    handling,
    mask,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("label", "usually", "strictly"),
    [
        (Label.SECRET, Handling.NEVER, Handling.NEVER),
        (Label.EMAIL, Handling.MASK, Handling.MASK),
        (Label.PHONE, Handling.MASK, Handling.MASK),
        (Label.CREDIT_CARD, Handling.MASK, Handling.MASK),
        (Label.IBAN, Handling.MASK, Handling.MASK),
        (Label.SSN, Handling.MASK, Handling.MASK),
        (Label.ADDRESS, Handling.MASK, Handling.MASK),
        (Label.IP, Handling.MASK, Handling.MASK),
        (Label.ID, Handling.MASK, Handling.MASK),
        (Label.NAME, Handling.KEEP, Handling.MASK),
        (Label.DOB, Handling.KEEP, Handling.MASK),
    ],
)
def test_handling_of_every_label(label: Label, usually: Handling, strictly: Handling) -> None:
    """Names stay readable on this computer; identifiers are masked, secrets never kept."""
    assert handling(label, strict=False) is usually
    assert handling(label, strict=True) is strictly


def test_every_label_has_its_line_above() -> None:
    """A new one must be decided on."""
    decided = test_handling_of_every_label.pytestmark[0].args[1]

    assert {label for label, _, _ in decided} == set(Label)


@pytest.mark.parametrize(
    ("text", "spans", "masked"),
    [
        ("nothing here", [], "nothing here"),
        ("mail a@b.c now", [(5, 10, Label.EMAIL)], "mail <EMAIL> now"),
        ("a@b.c", [(0, 5, Label.EMAIL)], "<EMAIL>"),
        # in whichever order they come
        (
            "Bob: a@b.c, 555",
            [(12, 15, Label.PHONE), (0, 3, Label.NAME), (5, 10, Label.EMAIL)],
            "<NAME>: <EMAIL>, <PHONE>",
        ),
        ("a@b.cd@e.f", [(0, 5, Label.EMAIL), (5, 10, Label.EMAIL)], "<EMAIL><EMAIL>"),
        ("🦄 Bob 🦄", [(2, 5, Label.NAME)], "🦄 <NAME> 🦄"),
    ],
)
def test_masking_replaces_the_spans_and_nothing_else(
    text: str, spans: list[tuple[int, int, Label]], masked: str
) -> None:
    """What stands between them stays as it was."""
    found = [Span(start, end, label) for start, end, label in spans]

    assert mask(text, found, lambda span: f"<{span.label}>") == masked


EMAIL = [Span(0, 5, Label.EMAIL)]
SECRET = [Span(0, 5, Label.SECRET)]


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("The train leaves at noon", [], DataClass.INTERNAL),
        ("PostgreSQL listens on port 5432", [], DataClass.INTERNAL),
        ("I like tea", [], DataClass.PERSONAL),
        ("Our team is small", [], DataClass.PERSONAL),
        ("a@b.c is the address", EMAIL, DataClass.PERSONAL),
        ("The mine in Wales is closed", [], DataClass.PERSONAL),
        ("This is under NDA", [], DataClass.CONFIDENTIAL),
        ("My salary is too low", [], DataClass.CONFIDENTIAL),
        ("Between us: they merge", [], DataClass.CONFIDENTIAL),
        ("Don’t tell anybody", [], DataClass.CONFIDENTIAL),
        ("sk-12 is the key", SECRET, DataClass.CONFIDENTIAL),
        ("confidential: a@b.c", EMAIL, DataClass.CONFIDENTIAL),
        ("A secretary was hired", [], DataClass.INTERNAL),
    ],
)
def test_a_text_is_classed_by_its_words_and_finds(
    text: str, spans: list[Span], expected: DataClass
) -> None:
    """Confidential before personal before internal; when in doubt the stricter one."""
    assert classify(text, spans) is expected


@pytest.mark.parametrize(
    ("data_class", "days", "strict_days"),
    [
        (DataClass.PUBLIC, None, 365),
        (DataClass.INTERNAL, None, 180),
        (DataClass.CONFIDENTIAL, 365, 90),
        (DataClass.PERSONAL, 365, 30),
        (DataClass.SENSITIVE, 365, 30),
    ],
)
def test_every_class_has_its_retention(
    data_class: DataClass, days: int | None, strict_days: int
) -> None:
    """The strict ones are the article's: 30 days for personal data, a year for public."""
    usually = expires_at(data_class, NOW, strict=False)
    strictly = expires_at(data_class, NOW, strict=True)

    assert usually == (None if days is None else NOW + timedelta(days=days))
    assert strictly == NOW + timedelta(days=strict_days)


@pytest.mark.parametrize("data_class", DataClass)
def test_a_use_puts_the_expiry_off_except_in_the_strict_regime(data_class: DataClass) -> None:
    """There it counts from storing, however often the memory is used."""
    stored_until = NOW + timedelta(days=3)

    usually = expires_after_use(data_class, stored_until, NOW, strict=False)
    strictly = expires_after_use(data_class, stored_until, NOW, strict=True)

    assert usually == expires_at(data_class, NOW, strict=False)
    assert strictly == stored_until
