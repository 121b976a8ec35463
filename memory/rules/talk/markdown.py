"""Markdown that does nothing: what was remembered is shown as it was written, never as a link, an
image, maths, a heading or an icon, whoever wrote it."""

import re

# The page's Markdown turns bare links, e-mail addresses and :icon: codes into live elements after
# backslashes are resolved, so these stand in a code span instead.
_LIVE = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>“”]+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+"
    r"|(?<![\w:]):[a-z+-][\w+/-]{0,40}:(?![\w:])",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[\\`*_\[\]<$~|{}]|!(?=\[)|&(?=#?\w+;)|:(?=[a-z])", re.IGNORECASE)
_LINE_START = re.compile(r"^(?:[#>=+-]|\d{1,9}(?=[.)]))")


def inert(text: str) -> str:
    """The same words as Markdown that shows them as they are: no link, image, maths or heading."""
    return "\n".join(_inert_line(line.strip()) for line in text.strip().splitlines())


def _inert_line(line: str) -> str:
    pieces, at = [], 0
    for live in _LIVE.finditer(line):
        pieces += [_escaped(line[at : live.start()]), _code(live[0])]
        at = live.end()
    escaped = "".join([*pieces, _escaped(line[at:])])
    return _LINE_START.sub(_escaped_start, escaped)


def _escaped(text: str) -> str:
    return _MARKS.sub(lambda mark: "\\" + mark[0], text)


def _escaped_start(start: re.Match[str]) -> str:
    return start[0] + "\\" if start[0].isdigit() else "\\" + start[0]


def _code(text: str) -> str:
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    space = " " if "`" in text else ""
    return f"{fence}{space}{text}{space}{fence}"


def block_quote(text: str, attribution: str) -> str:
    """A verbatim quotation with who said it and when, every line inside the quotation."""
    lines = inert(f"“{text.strip()}” — {attribution}").splitlines()
    return "\n".join(f"> {line}  " if line else ">" for line in lines).rstrip()
