"""How a walk is written: plain text of a fixed width, the same on a screen and in a file."""

from collections.abc import Mapping, Sequence
from textwrap import shorten, wrap

WIDTH = 88


def title(text: str, source: str) -> None:
    print("=" * WIDTH)
    print(text)
    say(f"After “Context Engineering Deep Dive, part 5: Memory Systems”, {source}")
    print("=" * WIDTH)


def part(text: str) -> None:
    """The heading of a section."""
    print(f"\n{text}\n{'-' * len(text)}")


def say(text: str, indent: int = 0) -> None:
    """A paragraph; empty lines of it stay."""
    for line in text.splitlines() or [""]:
        space = " " * indent
        print("\n".join(wrap(line, WIDTH, initial_indent=space, subsequent_indent=space)))


def point(text: str, indent: int = 0) -> None:
    """One item of a list."""
    space = " " * indent
    lines = wrap(text, WIDTH, initial_indent=f"{space}- ", subsequent_indent=f"{space}  ")
    print("\n".join(lines))


def points(texts: Sequence[str]) -> None:
    for text in texts:
        point(text)


def brief(text: str, width: int = 52) -> str:
    """On one line, cut between words."""
    return shorten(text, width, placeholder=" ...")


def counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{what} {count}" for what, count in counts.items()) or "nothing"


def summed(terms: Mapping[str, float]) -> str:
    """The terms of a score that count."""
    return ", ".join(f"{name} {value:+.2f}" for name, value in terms.items() if round(value, 2))


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Columns as wide as what stands in them; those that begin with a number to the right."""
    cells = [[f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in r] for r in rows]
    columns = list(zip(head, *cells, strict=True))
    widths = [max(map(len, column)) for column in columns]
    right = [len(column) > 1 and _is_number(column[1]) for column in columns]
    for row in (head, ["-" * width for width in widths], *cells):
        fitted = [
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(row, widths, right, strict=True)
        ]
        print("  " + "  ".join(fitted).rstrip())


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def better(texts: Sequence[str]) -> None:
    part("What is better than in the article")
    points(texts)


def otherwise(texts: Sequence[str]) -> None:
    part("What is otherwise, or not better")
    points(texts)
