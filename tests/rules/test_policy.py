"""What may be kept, in which form and for how long (article, section 6)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from memory.records import ClassRule, DataClass, Handling, Label, LabelRule, Preset, Span
from memory.rules import policy
from tests.flow.test_answer import memory as memory_of

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
USUAL = policy.rules()
STRICT = policy.rules(strict=True)
ARTICLE = policy.rules(preset=Preset.ARTICLE)


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
    assert USUAL.labels[label] == LabelRule(usually, masked_when_sent=True)
    assert STRICT.labels[label] == LabelRule(strictly, masked_when_sent=True)


def test_every_label_has_its_line_above() -> None:
    """A new one must be decided on."""
    decided = test_handling_of_every_label.pytestmark[0].args[1]

    assert {label for label, _, _ in decided} == set(Label)


@pytest.mark.parametrize(
    ("data_class", "sent", "days", "article_days"),
    [
        (DataClass.PUBLIC, True, None, 365),
        (DataClass.INTERNAL, True, None, 180),
        (DataClass.CONFIDENTIAL, False, 365, 90),
        (DataClass.PERSONAL, True, 365, 30),
        (DataClass.SENSITIVE, False, 365, 30),
    ],
)
def test_rules_of_every_class(
    data_class: DataClass, sent: bool, days: int | None, article_days: int
) -> None:
    """All are recalled and exported; the article keeps personal data for 30 days, public ones for
    a year; the strict regime has the article's days."""
    assert USUAL.classes[data_class] == ClassRule(True, sent, True, days)
    assert ARTICLE.classes[data_class] == ClassRule(True, sent, True, article_days)
    assert STRICT.classes == ARTICLE.classes
    assert policy.expires_at(data_class, NOW, USUAL) == (days and NOW + timedelta(days=days))
    assert policy.expires_at(data_class, NOW, ARTICLE) == NOW + timedelta(days=article_days)


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

    assert policy.mask(text, found, lambda span: f"<{span.label}>") == masked


NAME, EMAIL, SECRET = (Span(0, 1, label) for label in (Label.NAME, Label.EMAIL, Label.SECRET))


def test_what_leaves_is_masked_more_than_what_stays() -> None:
    """What is not stored is not sent either, whatever the rule for sending says."""
    spans = (NAME, EMAIL, SECRET)
    open_handed = replace(
        USUAL,
        labels={
            label: replace(rule, masked_when_sent=False) for label, rule in USUAL.labels.items()
        },
    )

    assert policy.masked_when_stored(spans, USUAL) == (EMAIL, SECRET)
    assert policy.masked_when_stored(spans, STRICT) == spans
    assert policy.masked_when_sent(spans, USUAL) == spans
    assert policy.masked_when_sent(spans, open_handed) == (EMAIL, SECRET)


# -- what a person chose ----------------------------------------------------------------------


@pytest.mark.parametrize("strict", [False, True])
def test_no_choice_stores_a_secret(strict: bool) -> None:
    """Not even by name."""
    keep_all = {label: LabelRule(Handling.KEEP, masked_when_sent=False) for label in Label}
    chosen = replace(policy.rules(strict=strict), labels=keep_all)

    bounded = policy.bounded(chosen)

    assert bounded.labels[Label.SECRET] == LabelRule(Handling.NEVER, masked_when_sent=True)
    others = {rule.stored for label, rule in bounded.labels.items() if label is not Label.SECRET}
    assert others == ({Handling.MASK} if strict else {Handling.KEEP})


@pytest.mark.parametrize(("days", "strictly"), [(7, 7), (30, 30), (400, 30), (None, 30)])
def test_the_strict_regime_keeps_nothing_longer_than_the_article(
    days: int | None, strictly: int
) -> None:
    """Shorter is the person's to choose."""
    rule = ClassRule(recalled=False, sent=True, exported=False, days=days)
    chosen = replace(STRICT, classes={**STRICT.classes, DataClass.PERSONAL: rule})

    bounded = policy.bounded(chosen)

    assert bounded.classes[DataClass.PERSONAL] == replace(rule, days=strictly)
    assert bounded.preset is Preset.ARTICLE
    free = replace(USUAL, classes=chosen.classes)
    assert policy.bounded(free).classes[DataClass.PERSONAL] == rule


# -- retention --------------------------------------------------------------------------------


@pytest.mark.parametrize("data_class", DataClass)
def test_a_use_puts_the_expiry_off_except_under_the_article_s_preset(
    data_class: DataClass,
) -> None:
    """There it counts from storing, however often the memory is used."""
    stored_until = NOW + timedelta(days=3)
    item = replace(memory_of(1, "Tea"), data_class=data_class, expires_at=stored_until)

    assert policy.expires_after_use(item, NOW, USUAL) == policy.expires_at(data_class, NOW, USUAL)
    assert policy.expires_after_use(item, NOW, ARTICLE) == stored_until
    assert policy.expires_after_use(item, NOW, STRICT) == stored_until


def test_changed_rules_count_from_what_each_preset_counts_from() -> None:
    """The assistant's from the last use or correction, the article's from storing."""
    stored, used, edited = (NOW + timedelta(days=day) for day in (0, 20, 40))
    item = replace(memory_of(1, "Tea"), data_class=DataClass.PERSONAL, created_at=stored)
    in_use = replace(item, last_accessed_at=used)

    def due(changed: object, rules: object) -> timedelta:
        return policy.expires_anew(changed, rules) - NOW  # type: ignore[arg-type, operator]

    assert due(item, USUAL).days == 365
    assert due(in_use, USUAL).days == 385
    assert due(in_use, ARTICLE).days == 30
    assert due(replace(in_use, edited_at=edited), USUAL).days == 405
    assert due(replace(in_use, edited_at=edited), ARTICLE).days == 30


def test_the_strictest_class_is_the_one_that_allows_least() -> None:
    """What was confided stays here, also beside what is personal."""
    assert set(policy.STRICTNESS) == set(DataClass)
    assert policy.strictest([DataClass.PUBLIC, DataClass.PERSONAL]) is DataClass.PERSONAL
    assert policy.strictest([DataClass.CONFIDENTIAL, DataClass.PERSONAL]) is DataClass.CONFIDENTIAL
    assert policy.strictest(list(DataClass)) is DataClass.SENSITIVE
