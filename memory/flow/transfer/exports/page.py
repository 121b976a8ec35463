"""An export to be read: one page of HTML that needs nothing but itself.

It has no script, and a policy that forbids the browser to run or fetch anything, whatever a text
says; every text is escaped.
"""

import hashlib
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from html import escape

from memory.flow.transfer.exports.collecting import Held
from memory.flow.transfer.exports.html_parts import at, facts_of, mark, nothing, table, text_of, yes
from memory.flow.transfer.exports.looks import STYLE
from memory.records import ForgettingRules
from memory.records.archive import (
    ArchivedConversation,
    ArchivedInferences,
    ArchivedMemory,
    ArchivedMessage,
)

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
<p>About <bdi>{escape(held.name or held.user_id)}</bdi>, as of {at(held.now)}.
{mark(inferred=False)} is what you said or chose, as it is. {mark(inferred=True)} was worked out
from it.
The same for programs is in recollect.json and the tables beside this page.</p>{left_out}
<nav aria-label="Contents"><ol>{links}</ol></nav>
"""


# -- sections -------------------------------------------------------------------------------


def _consents(held: Held) -> Iterator[str]:
    rows = [
        (each.purpose, at(each.granted_at), at(each.revoked_at), each.text_version)
        for each in held.consents()
    ]
    yield table(("Purpose", "Given", "Withdrawn", "Wording"), rows)


def _retention(held: Held, forgetting: ForgettingRules) -> Iterator[str]:
    rules = held.rules
    rows = [
        (
            data_class,
            "until you erase it" if rule.days is None else f"{rule.days} days",
            yes(rule.recalled),
            yes(rule.sent),
            yes(rule.exported),
        )
        for data_class, rule in rules.classes.items()
    ]
    yield f"<p>By the rules “{escape(rules.preset)}”{', strict' if rules.strict else ''}. A memory "
    yield f"fades by {forgetting.daily_loss:.0%} of its strength in a first day unused, is archived"
    yield f" below {forgetting.archived_below:.0%}, and may be erased after "
    yield f"{forgetting.grace_days} days in the archive. Its strength now, the day it fades and the"
    yield " day it expires stand with each memory; they are worked out.</p>"
    yield table(("Class", "Kept for", "Recalled", "Sent", "Exported"), rows)
    handled = [
        (label, rule.stored, yes(rule.masked_when_sent)) for label, rule in rules.labels.items()
    ]
    yield table(("Personal data", "When stored", "Masked when sent"), handled)


def _settings(held: Held) -> Iterator[str]:
    yield table(("Setting", "Value"), held.settings().items())


def _profile(held: Held) -> Iterator[str]:
    found = held.inferences
    yield f"<p>{mark(inferred=True)}</p>"
    rows = [
        (each.field, each.value, at(each.since), at(each.until)) for each in found.profile_history
    ]
    yield table(("Field", "Value", "Since", "Until"), rows)


def _memories(held: Held) -> Iterator[str]:
    told = False
    for each in held.memories():
        told = True
        yield _memory(each)
    if not told:
        yield nothing()


def _memory(each: ArchivedMemory) -> str:
    earlier = "".join(
        f"<li>{text_of(revision.text)} <small>until {at(revision.replaced_at)}</small></li>"
        for revision in each.revisions
    )
    before = f"<details><summary>Earlier wordings</summary><ul>{earlier}</ul></details>"
    return (
        f'<article id="memory-{each.id}"><p class="said">{mark(inferred=each.inferred)} '
        f"{text_of(each.text)}</p>{facts_of(_done_with_it(each))}"
        f"{mark(inferred=True)}{facts_of(_worked_out(each))}{before if earlier else ''}</article>\n"
    )


def _done_with_it(each: ArchivedMemory) -> dict[str, str]:
    return {
        "Said": at(each.said_at),
        "Stored": at(each.created_at),
        "Status": ", ".join(_standing(each)),
        "Purpose": each.purpose,
        "Expires": at(each.expires_at),
        "Uses": str(len(each.uses) or ""),
        "Last used": at(each.last_accessed_at),
        "Speaker": each.speaker or "",
        "Conversation": each.conversation_id or "",
    }


def _worked_out(each: ArchivedMemory) -> dict[str, str]:
    kept, stated, why = each.retention, each.statement, each.class_reason
    return {
        "Kind": each.kind,
        "Class": f"{each.data_class} ({why})" if why else each.data_class,
        "Importance": f"{each.importance:.2f}",
        "Strength now": "" if kept is None else f"{kept.strength:.0%} ({kept.stage})",
        "Fades": "" if kept is None else at(kept.fades_at),
        "Held until": at(each.valid_until),
        "States": f"{stated.attribute}: {stated.value}" if stated and stated.attribute else "",
        "Names": ", ".join(dict.fromkeys(mention.name for mention in each.mentions)),
    }


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
        yield nothing()


def _conversation_head(each: ArchivedConversation) -> str:
    title = text_of(each.title or each.id)
    off = "" if each.remembers else ", memory is off in it"
    return (
        f"<details><summary>{title} <small>{at(each.created_at)} to {at(each.updated_at)}{off}"
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
        f'{at(each.said_at)}, {escape(each.data_class)}{escape(more)}</small><p class="said">'
        f"{text_of(each.text)}</p>{note}</article>\n"
    )


def _entities(held: Held) -> Iterator[str]:
    found: ArchivedInferences = held.inferences
    names = {each.id: each.name for each in found.entities}
    yield f"<p>{mark(inferred=True)}</p>"
    entities = [
        (each.name, each.type, ", ".join(each.aliases), f"{each.mention_count:,}")
        for each in found.entities
    ]
    yield table(("Name", "Type", "Also called", "Mentions"), entities)
    related = [
        (
            names.get(each.subject_id, ""),
            f"{'not: ' if each.negated else ''}{each.said}",
            names.get(each.object_id, ""),
            at(each.at),
        )
        for each in found.relations
    ]
    yield table(("Who", "Does what", "With", "Said"), related)


def _summaries(held: Held) -> Iterator[str]:
    found = held.inferences.summaries
    for each in found:
        yield (
            f'<article><p class="said">{text_of(each.text)}</p>{mark(inferred=True)}'
            f"{facts_of({'By': each.model, 'Made': at(each.made_at)})}</article>\n"
        )
    if not found:
        yield nothing()


def _ledger(held: Held) -> Iterator[str]:
    rows = (
        (
            at(each.at),
            each.purpose,
            each.model,
            each.place,
            f"{each.context_tokens:,} + {each.answer_tokens:,}",
            "" if each.cost is None else f"${each.cost:.4f}",
            f"{each.memories:,}",
        )
        for each in held.ledger()
    )
    yield table(("When", "For", "Model", "Where", "Tokens", "Cost", "Memories"), rows)


def _sweeps(held: Held) -> Iterator[str]:
    swept = [
        (at(each.at), f"{each.archived:,}", f"{each.purged:,}", at(each.undone_at))
        for each in held.sweeps()
    ]
    yield table(("Sweep", "Archived", "Erased", "Undone"), swept)
    away = [
        ("holiday" if each.holiday else "away", at(each.since), at(each.until))
        for each in held.absences()
    ]
    yield table(("You were", "From", "To"), away)


def _audit(held: Held) -> Iterator[str]:
    rows = [
        (
            at(each.at),
            each.action,
            each.scope,
            ", ".join(f"{n} {of}" for of, n in each.counts.items()),
        )
        for each, _ in zip(held.audit(), range(MOST_AUDIT), strict=False)
    ]
    yield "<p>The latest events; all are in audit.csv. Things are named there by keyed hashes.</p>"
    yield table(("When", "What", "Scope", "Counts"), rows)
