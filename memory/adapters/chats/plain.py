"""A list in plain text or Markdown: one statement a line, such as the memories that another
assistant lists when it is asked for them."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from memory.adapters.chats import fields
from memory.errors import ImportRejected
from memory.records import LineFound

MAX_BYTES = 10 << 20
MAX_LINES = 20_000
SAYS_LITTLE = 3
"""Words: so short a line is told with what stands above it."""

HEADING = re.compile(r"#{1,6}\s+(?P<title>.+)")
BULLET = re.compile(r"^(?P<indent>\s*)(?:[-*+•–◦‣]|\d{1,4}[.)])\s+(?:\[[ xX]\]\s+)?")
QUOTED = re.compile(r"^\s*(?:>\s?)+")
EMPHASIS = re.compile(r"\*\*|__|`")
LETTER = re.compile(r"[^\W\d_]")

DATED = re.compile(
    r"[\[(]?(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"(?:[T ]\d{1,2}:\d{2}(?::\d{2})?Z?)?(?:[\])]\s*[:–—-]?|\s*[:–—-](?=\s))\s*"
)
"""“2024-03-01: …”, “[2024-03-01] …”, “(2024-03-01) - …”."""
UNDATED = re.compile(r"[\[(](?:unknown|no|undated)(?: date)?[\])]\s*[:–—-]?\s*", re.IGNORECASE)


def lines(data: bytes) -> tuple[LineFound, ...]:
    """Raises ImportRejected for what is no text, or too much."""
    if len(data) > MAX_BYTES:
        raise ImportRejected(
            f"a list may have {MAX_BYTES >> 20} MB, and this one has {len(data) / 2**20:,.0f}",
            "Import it in parts.",
        )
    found = tuple(_statements(_decoded(data)))
    if len(found) > MAX_LINES:
        raise ImportRejected(
            f"a list may have {MAX_LINES:,} lines, and this one has {len(found):,}",
            "Import it in parts.",
        )
    return found


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportRejected(
            "the file is no text in UTF-8, no ZIP and no JSON",
            "Choose the export of ChatGPT or Claude as it came, or a list as plain text.",
        ) from error
    if "\0" in text:
        raise ImportRejected(
            "the file is no text", "Choose the export of ChatGPT or Claude as it came, or a list."
        )
    return text


def _statements(text: str) -> Iterator[LineFound]:
    """One a line or bullet; a bullet that ends with a colon leads into those beneath it."""
    heading, leads = "", list[tuple[int, str]]()
    for bullet, words in _joined(text.splitlines()):
        if bullet is None and (found := HEADING.fullmatch(words)):
            heading, leads = _plain(found["title"].rstrip(" \t#:")), []
            continue
        told, said_at = _dated(_plain(words))
        if not LETTER.search(told):
            continue
        leads = [(indent, lead) for indent, lead in leads if indent < (bullet or 0)]
        if told.endswith(":"):
            leads.append((bullet or 0, told.rstrip(" :")))
            continue
        if leads:
            told = f"{leads[-1][1]}: {told}"
        elif heading and len(told.split()) <= SAYS_LITTLE:
            told = f"{heading}: {told}"
        yield LineFound(told, said_at)


def _joined(found: list[str]) -> Iterator[tuple[int | None, str]]:
    """Each line with how far its bullet is indented, None without one; an indented line goes on
    with the bullet above it."""
    bullet: tuple[int, list[str]] | None = None
    for line in found:
        unquoted = QUOTED.sub("", line, count=1).expandtabs(4)
        begins = BULLET.match(unquoted)
        if begins is None and bullet is not None and unquoted[:1].isspace() and unquoted.strip():
            bullet[1].append(unquoted.strip())
            continue
        if bullet is not None:
            yield bullet[0], " ".join(bullet[1])
        bullet = begins and (len(begins["indent"]), [unquoted[begins.end() :].strip()])
        if bullet is None and unquoted.strip():
            yield None, unquoted.strip()
    if bullet is not None:
        yield bullet[0], " ".join(bullet[1])


def _plain(words: str) -> str:
    return EMPHASIS.sub("", words).strip()


def _dated(words: str) -> tuple[str, datetime | None]:
    """A line without the date before it, and noon of that day, where the person is."""
    if undated := UNDATED.match(words):
        return words[undated.end() :], None
    found = DATED.match(words)
    if found is None:
        return words, None
    day = (int(found[part]) for part in ("year", "month", "day"))
    try:
        noon = datetime.combine(date(*day), time(12)).astimezone()
    except (ValueError, OverflowError):  # no such day
        return words, None
    said_at = fields.moment(noon.isoformat())
    return (words, None) if said_at is None else (words[found.end() :], said_at)
