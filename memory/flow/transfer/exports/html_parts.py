"""Pieces of the page of an export; each text in them is escaped."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape

from memory.flow.transfer.exports.tables import GIVEN, INFERRED
from memory.rules.talk.dates import LOCAL


def mark(*, inferred: bool) -> str:
    word = INFERRED if inferred else GIVEN
    return f'<span class="mark {word}">{word}</span>'


def text_of(text: str) -> str:
    return f'<bdi dir="auto">{escape(text)}</bdi>'


def at(moment: datetime | None) -> str:
    """By the computer's own clock."""
    return "" if moment is None else f"{moment.astimezone(LOCAL):%Y-%m-%d %H:%M}"


def yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def facts_of(facts: Mapping[str, str]) -> str:
    told = "".join(
        f"<div><dt>{name}</dt><dd>{text_of(value)}</dd></div>"
        for name, value in facts.items()
        if value
    )
    return f"<dl>{told}</dl>"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [
        "<tr>" + "".join(f"<td>{text_of(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    ]
    if not lines:
        return nothing()
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return (
        f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}'
        "</tbody></table></div>\n"
    )


def nothing() -> str:
    return '<p class="none">Nothing.</p>'
