"""Personal data that has a shape: secrets, numbers, dates, addresses on the net and on the street.

Deterministic rules come first and win every overlap, because models take card numbers for dates
and "SSN" for a company. Every pattern is anchored and bounded and runs over windows of 2 KB, so
that no text, however hostile, makes it slow. The patterns are in ``secrets``, ``contacts``,
``numbers`` and ``addresses``; names are in ``person_names``.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from memory.records import Label, Span
from memory.rules.personal_data import addresses, contacts, numbers, secrets

Find = Callable[[str], Iterator[Span]]

WINDOW = 2048
"""Characters a pattern sees at a time."""
OVERLAP = 256
"""Shared by neighbouring windows: no find but a secret is longer."""

# Labels in the order in which they win an overlap; Label is declared in that order.
_PRIORITY = {label: rank for rank, label in enumerate(Label)}

FINDERS: dict[Label, Find] = {
    Label.SECRET: secrets.find_secrets,
    Label.EMAIL: contacts.find_emails,
    Label.IBAN: numbers.find_ibans,
    Label.CREDIT_CARD: numbers.find_cards,
    Label.SSN: numbers.find_ssns,
    Label.DOB: numbers.find_birth_dates,
    Label.ADDRESS: addresses.find_addresses,
    Label.ID: numbers.find_ids,
    Label.IP: contacts.find_ip_addresses,
    Label.PHONE: contacts.find_phones,
}
"""The finder of each label, strongest first."""

_UNREADABLE = dict.fromkeys(range(0xD800, 0xE000), "�") | {0: " "}


def readable(text: str) -> str:
    """The text with lone surrogates and NUL replaced one for one: offsets stay what they are."""
    return text.translate(_UNREADABLE)


def find(text: str) -> tuple[Span, ...]:
    """Everything with a shape, in order, without overlaps. Names and loose phones are left out."""
    text = readable(text)
    found = [span for finder in FINDERS.values() for span in windowed(text, finder)]
    return settle(found)


def windowed(text: str, finder: Find) -> list[Span]:
    """The finder's spans over overlapping windows, with offsets into the whole text."""
    return [
        span
        for offset, window in windows(text)
        for span in placed(finder(window), offset, len(window), len(text))
    ]


def windows(text: str, size: int = WINDOW) -> Iterator[tuple[int, str]]:
    """Pieces of the text that overlap by OVERLAP characters, each with its offset."""
    for offset in range(0, max(1, len(text) - OVERLAP), size - OVERLAP):
        yield offset, text[offset : offset + size]


def placed(spans: Iterable[Span], offset: int, length: int, whole: int) -> Iterator[Span]:
    """A window's spans with offsets into a text of ``whole`` characters.

    A find cut by the window's edge is dropped, the neighbour sees it whole; a secret is kept, since
    it may be longer than the overlap.
    """
    for span in spans:
        cut = (span.start == 0 < offset) or (span.end == length < whole - offset)
        if span.label is Label.SECRET or not cut:
            yield replace(span, start=span.start + offset, end=span.end + offset)


def settle(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without overlaps, in order: a stronger label wins, then the longer span.

    Overlapping spans of one label become one, so that no part of a name or a key stays behind.
    """
    kept: list[Span] = []
    ranked = sorted(_united(spans), key=lambda s: (_PRIORITY[s.label], s.start - s.end, s.start))
    taken: set[int] = set()
    for span in ranked:
        cells = range(span.start, span.end)
        if taken.isdisjoint(cells):
            taken.update(cells)
            kept.append(span)
    return tuple(sorted(kept, key=lambda span: span.start))


def _united(spans: Iterable[Span]) -> list[Span]:
    united: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.label, s.start, -s.end)):
        last = united[-1] if united else None
        if last and last.label is span.label and span.start < last.end:
            united[-1] = replace(
                last, end=max(last.end, span.end), confidence=max(last.confidence, span.confidence)
            )
        else:
            united.append(span)
    return united
