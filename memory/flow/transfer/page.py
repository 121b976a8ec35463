"""The same to be read: one page of HTML that needs nothing but itself.

It has no script, and a policy that forbids the browser to run or fetch anything, whatever a text
says; every text is escaped.
"""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from html import escape

from memory.flow.transfer.collecting import Held
from memory.flow.transfer.looks import STYLE
from memory.flow.transfer.tables import GIVEN, INFERRED
from memory.records import ForgettingRules
from memory.records.archive import (
    ArchivedConversation,
    ArchivedInferences,
    ArchivedMemory,
    ArchivedMessage,
)
from memory.rules.talk.dates import LOCAL

MOST_AUDIT = 1_000
"""Events on the page; all of them are in the tables."""
Section = Callable[[Held], Iterator[str]]


def lines(held: Held, forgetting: ForgettingRules) -> Iterator[str]:
    yield _head(held)
    for anchor, title, section in _sections(forgetting):
        yield f'<section id="{anchor}"><h2>{title}</h2>\n'
        yield from section(held)
        yield "</section>\n"
    yield "</main></body></html>\n"


def _sections(forgetting: ForgettingRules) -> Sequence[tuple[str, str, Section]]:
    return (
        ("consents", "What you agreed to", _consents),
        ("retention", "For how long it is kept", lambda held: _retention(held, forgetting)),
        ("settings", "Your settings", _settings),
        ("profile", "Your profile", _profile),
        ("memories", "Memories", _memories),
        ("conversations", "Conversations", _conversations),
        ("entities", "People, things and places", _entities),
        ("summaries", "Summaries by models", _summaries),
        ("ledger", "What answers took", _ledger),
        ("sweeps", "Sweeps and absences", _sweeps),
        ("audit", "Audit", _audit),
    )


def _head(held: Held) -> str:
    style = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'"
    links = "".join(
        f'<li><a href="#{anchor}">{title}</a></li>'
        for anchor, title, _ in _sections(ForgettingRules())
    )
    left_out = (
        f"<p>Left out, because your rules do not export it: {escape(', '.join(held.left_out))}.</p>"
        if held.left_out
        else ""
    )
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<title>What Recollect holds about you</title><style>{STYLE}</style></head>
<body><main><h1>What Recollect holds about you</h1>
<p>About <bdi>{escape(held.user_id)}</bdi>, as of {_at(held.now)}.
{_mark(False)} is what you said or chose, as it is. {_mark(True)} was worked out from it.
The same for programs is in recollect.json and the tables beside this page.</p>{left_out}
<nav aria-label="Contents"><ol>{links}</ol></nav>
"""


# -- sections -------------------------------------------------------------------------------


def _consents(held: Held) -> Iterator[str]:
    rows = [
        (each.purpose, _at(each.granted_at), _at(each.revoked_at), each.text_version)
        for each in held.consents()
    ]
    yield _table(("Purpose", "Given", "Withdrawn", "Wording"), rows)


def _retention(held: Held, forgetting: ForgettingRules) -> Iterator[str]:
    rules = held.rules
    rows = [
        (
            data_class,
            "until you erase it" if rule.days is None else f"{rule.days} days",
            _yes(rule.recalled),
            _yes(rule.sent),
            _yes(rule.exported),
        )
        for data_class, rule in rules.classes.items()
    ]
    yield f"<p>By the rules “{escape(rules.preset)}”{', strict' if rules.strict else ''}. A memory "
    yield f"fades by {forgetting.daily_loss:.0%} of its strength in a first day unused, is archived"
    yield f" below {forgetting.archived_below:.0%}, and may be erased after "
    yield f"{forgetting.grace_days} days in the archive. Its strength now, the day it fades and the"
    yield " day it expires stand with each memory; they are worked out.</p>"
    yield _table(("Class", "Kept for", "Recalled", "Sent", "Exported"), rows)
    handled = [
        (label, rule.stored, _yes(rule.masked_when_sent)) for label, rule in rules.labels.items()
    ]
    yield _table(("Personal data", "When stored", "Masked when sent"), handled)


def _settings(held: Held) -> Iterator[str]:
    yield _table(("Setting", "Value"), held.settings().items())


def _profile(held: Held) -> Iterator[str]:
    found = held.inferences
    yield f"<p>{_mark(True)}</p>"
    rows = [
        (each.field, each.value, _at(each.since), _at(each.until)) for each in found.profile_history
    ]
    yield _table(("Field", "Value", "Since", "Until"), rows)


def _memories(held: Held) -> Iterator[str]:
    told = False
    for each in held.memories():
        told = True
        yield _memory(each)
    if not told:
        yield _none()


def _memory(each: ArchivedMemory) -> str:
    kept = each.retention
    facts = {
        "Kind": each.kind,
        "Said": _at(each.said_at),
        "Stored": _at(each.created_at),
        "Status": ", ".join(_standing(each)),
        "Purpose": each.purpose,
        "Class": f"{each.data_class} ({each.class_reason})"
        if each.class_reason
        else each.data_class,
        "Importance": f"{each.importance:.2f}",
        "Strength now": "" if kept is None else f"{kept.strength:.0%} ({kept.stage})",
        "Fades": "" if kept is None else _at(kept.fades_at),
        "Expires": _at(each.expires_at),
        "Held until": _at(each.valid_until),
        "Uses": str(len(each.uses) or ""),
        "Last used": _at(each.last_accessed_at),
        "Speaker": each.speaker or "",
        "Conversation": each.conversation_id or "",
        "Names": ", ".join(dict.fromkeys(mention.name for mention in each.mentions)),
    }
    earlier = "".join(
        f"<li>{_text(revision.text)} <small>until {_at(revision.replaced_at)}</small></li>"
        for revision in each.revisions
    )
    before = f"<details><summary>Earlier wordings</summary><ul>{earlier}</ul></details>"
    return (
        f'<article id="memory-{each.id}"><p class="said">{_text(each.text)}</p>'
        f"{_mark(each.inferred)}{_facts(facts)}{before if earlier else ''}</article>\n"
    )


def _standing(each: ArchivedMemory) -> Iterator[str]:
    yield each.status
    if each.doubt is not None:
        yield each.doubt
    if each.pinned:
        yield "pinned"
    if each.paused:
        yield "paused"


def _conversations(held: Held) -> Iterator[str]:
    told = False
    for row, conversation in held.conversations():
        told = True
        yield _conversation_head(conversation)
        for message in held.messages(row):
            yield _message(message)
        yield "</details>\n"
    if not told:
        yield _none()


def _conversation_head(each: ArchivedConversation) -> str:
    title = _text(each.title or each.id)
    off = "" if each.remembers else ", memory is off in it"
    return (
        f"<details><summary>{title} <small>{_at(each.created_at)} to {_at(each.updated_at)}{off}"
        "</small></summary>\n"
    )


def _message(each: ArchivedMessage) -> str:
    who = each.speaker or each.role
    more = (
        " (replaced)"
        if each.replaced_at
        else ""
        if each.state == "complete"
        else f" ({each.state})"
    )
    note = f"<small>{escape(each.note)}</small>" if each.note else ""
    return (
        f'<article class="{escape(each.role)}"><small><bdi>{escape(who)}</bdi>, '
        f'{_at(each.said_at)}, {escape(each.data_class)}{escape(more)}</small><p class="said">'
        f"{_text(each.text)}</p>{note}</article>\n"
    )


def _entities(held: Held) -> Iterator[str]:
    found: ArchivedInferences = held.inferences
    names = {each.id: each.name for each in found.entities}
    yield f"<p>{_mark(True)}</p>"
    entities = [
        (each.name, each.type, ", ".join(each.aliases), f"{each.mention_count:,}")
        for each in found.entities
    ]
    yield _table(("Name", "Type", "Also called", "Mentions"), entities)
    related = [
        (
            names.get(each.subject_id, ""),
            f"{'not: ' if each.negated else ''}{each.said}",
            names.get(each.object_id, ""),
            _at(each.at),
        )
        for each in found.relations
    ]
    yield _table(("Who", "Does what", "With", "Said"), related)


def _summaries(held: Held) -> Iterator[str]:
    found = held.inferences.summaries
    for each in found:
        yield (
            f'<article><p class="said">{_text(each.text)}</p>{_mark(True)}'
            f"{_facts({'By': each.model, 'Made': _at(each.made_at)})}</article>\n"
        )
    if not found:
        yield _none()


def _ledger(held: Held) -> Iterator[str]:
    rows = (
        (
            _at(each.at),
            each.purpose,
            each.model,
            each.place,
            f"{each.context_tokens:,} + {each.answer_tokens:,}",
            "" if each.cost is None else f"${each.cost:.4f}",
            f"{each.memories:,}",
        )
        for each in held.ledger()
    )
    yield _table(("When", "For", "Model", "Where", "Tokens", "Cost", "Memories"), rows)


def _sweeps(held: Held) -> Iterator[str]:
    swept = [
        (_at(each.at), f"{each.archived:,}", f"{each.purged:,}", _at(each.undone_at))
        for each in held.sweeps()
    ]
    yield _table(("Sweep", "Archived", "Erased", "Undone"), swept)
    away = [
        ("holiday" if each.holiday else "away", _at(each.since), _at(each.until))
        for each in held.absences()
    ]
    yield _table(("You were", "From", "To"), away)


def _audit(held: Held) -> Iterator[str]:
    rows = [
        (
            _at(each.at),
            each.action,
            each.scope,
            ", ".join(f"{n} {of}" for of, n in each.counts.items()),
        )
        for each, _ in zip(held.audit(), range(MOST_AUDIT), strict=False)
    ]
    yield "<p>The latest events; all are in audit.csv. Things are named there by keyed hashes.</p>"
    yield _table(("When", "What", "Scope", "Counts"), rows)


# -- pieces ---------------------------------------------------------------------------------


def _mark(inferred: bool) -> str:
    word = INFERRED if inferred else GIVEN
    return f'<span class="mark {word}">{word}</span>'


def _text(text: str) -> str:
    return f'<bdi dir="auto">{escape(text)}</bdi>'


def _at(moment: datetime | None) -> str:
    """By the computer's own clock."""
    return "" if moment is None else f"{moment.astimezone(LOCAL):%Y-%m-%d %H:%M}"


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _facts(facts: Mapping[str, str]) -> str:
    told = "".join(
        f"<div><dt>{name}</dt><dd>{_text(value)}</dd></div>"
        for name, value in facts.items()
        if value
    )
    return f"<dl>{told}</dl>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [
        "<tr>" + "".join(f"<td>{_text(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    ]
    if not lines:
        return _none()
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return (
        f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{"".join(lines)}'
        "</tbody></table></div>\n"
    )


def _none() -> str:
    return '<p class="none">Nothing.</p>'
