"""Consent, the person's rules, and the report on what is held (article, section 6; GDPR Art. 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from memory.errors import InvalidInput
from memory.flow import audit, erase, intake, policies, scopes
from memory.flow.parts import Parts
from memory.flow.sending import review
from memory.records import (
    PERSONALIZATION,
    REMOTE_MODEL,
    Act,
    Consent,
    DataClass,
    ErasureReceipt,
    Label,
    MemoryItem,
    Preset,
    Preview,
    PrivacyReport,
    PrivacyRules,
    RulesPlan,
    Span,
    Status,
)
from memory.rules import policy, purposes
from memory.rules.classification import classify
from memory.store.holdings import Said

PURPOSES = purposes.BUILT_IN
"""What can be agreed to, by name; a person may make others."""
EXPIRING_SOON = timedelta(days=30)
NOBODY = 0
"""The id of no person: rows begin at 1."""

# -- consent --------------------------------------------------------------------------------


def grant(parts: Parts, user_id: str, purpose: str) -> None:
    now = parts.clock()
    intake.name(user_id, "person")
    intake.name(purpose, "purpose")
    with parts.store.transaction():
        person_id = parts.store.people.find_or_add(user_id, now)
        parts.store.consents.grant(person_id, purpose, purposes.text_version(purpose), now)
        audit.event(parts, person_id, Act.GRANT, f"purpose:{purpose}", now)


def revoke(parts: Parts, user_id: str, purpose: str) -> ErasureReceipt:
    """Withdraw a consent and erase at once what was kept because of it."""
    now = parts.clock()
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return erase.nothing(now)

    def withdrawn() -> scopes.Scope:
        """In the transaction that erases: not the one without the other."""
        parts.store.consents.revoke(person_id, purpose, now)
        if purpose == REMOTE_MODEL:
            review.forget_shown(parts, person_id)
        audit.event(parts, person_id, Act.REVOKE, f"purpose:{purpose}", now)
        return scopes.of_purpose(parts, person_id, purpose)

    return erase.carry_out(parts, user_id, person_id, withdrawn, now)


def consents(parts: Parts, user_id: str) -> list[Consent]:
    person_id = parts.store.people.find(user_id)
    return [] if person_id is None else parts.store.consents.all(person_id)


# -- rules ----------------------------------------------------------------------------------


def rules(parts: Parts, user_id: str) -> PrivacyRules:
    return policies.of(parts, parts.store.people.find(user_id))


def resulting_rules(parts: Parts, user_id: str, chosen: PrivacyRules) -> PrivacyRules:
    """What would hold if they were set: days follow a changed preset, the strict regime bounds."""
    return policy.bounded(_choice(parts, parts.store.people.find(user_id), chosen))


def plan_rules(parts: Parts, user_id: str, chosen: PrivacyRules) -> RulesPlan:
    """What the change would do at once. Raises InvalidInput for days that cannot be."""
    now = parts.clock()
    _check(chosen)
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return RulesPlan(0, 0, 0)
    wanted = policy.bounded(_choice(parts, person_id, chosen))
    outlook = _outlook(parts, person_id, wanted)
    over = outlook.over(now)
    in_use = parts.store.memories.recallable(person_id, now)
    with parts.store.transaction(), parts.store.selection.of(*over):
        places = parts.store.selection.counts(person_id, everything=False)
    return RulesPlan(
        expiring=places.get("memories", 0),
        messages=places.get("messages", 0),
        withdrawn=sum(not wanted.classes[item.data_class].recalled for item in in_use),
    )


def set_rules(parts: Parts, user_id: str, chosen: PrivacyRules) -> PrivacyRules:
    """They hold at once, also for what is stored: every expiry is worked out anew, and what is
    over by then is never used again; ``expire`` erases it."""
    now = parts.clock()
    _check(chosen)
    intake.name(user_id, "person")
    with parts.store.transaction():
        person_id = parts.store.people.find_or_add(user_id, now)
        choice = _choice(parts, person_id, chosen)
        parts.store.preferences.set(person_id, policies.STRICT, "on" if choice.strict else "off")
        parts.store.preferences.set(person_id, policies.PRESET, choice.preset)
        parts.store.choices.replace(person_id, choice, policy.rules(preset=choice.preset))
        outlook = _outlook(parts, person_id, policy.bounded(choice))
        parts.store.holdings.set_expiries("memories", outlook.memories)
        parts.store.holdings.set_expiries("messages", outlook.messages)
        summaries = _expiries_of_summaries(parts, person_id, policy.bounded(choice))
        parts.store.holdings.set_expiries("summaries", summaries)
        audit.event(parts, person_id, Act.RULES, "rules", now)
    return rules(parts, user_id)


def _choice(parts: Parts, person_id: int | None, wanted: PrivacyRules) -> PrivacyRules:
    """What of the rules is the person's own choice, where others are shown now."""
    before = policies.chosen_by(parts, person_id)
    return policy.chosen(wanted, policy.bounded(before), before)


def _check(chosen: PrivacyRules) -> None:
    if set(chosen.classes) != set(DataClass) or set(chosen.labels) != set(Label):
        raise InvalidInput(
            "A rule for each class and each label is needed. Start from the present."
        )
    for data_class, rule in chosen.classes.items():
        if rule.days is not None and rule.days not in range(1, policy.MAX_DAYS + 1):
            raise InvalidInput(
                f"What is {data_class} cannot be kept for {rule.days} days. Choose whole days "
                f"from 1 to {policy.MAX_DAYS:,}, or none for as long as you like."
            )


@dataclass(frozen=True, slots=True)
class _Outlook:
    """When all that is stored of a person would be due under some rules, by id."""

    items: Sequence[MemoryItem]
    memories: Mapping[int, datetime | None]
    said: Sequence[Said]
    messages: Mapping[int, datetime | None]

    def over(self, now: datetime) -> tuple[list[int], list[int]]:
        """Memories, with what they were merged from, and messages, as ``expire`` would take
        them."""
        memories = [
            item.id
            for item in self.items
            if item.status not in (Status.FORGOTTEN, Status.MERGED)
            and _is_over(self.memories[item.id], now)
        ]
        due = set(memories)
        memories += [item.id for item in self.items if item.merged_into in due]
        keeping = {
            (item.source_message_id, item.data_class)
            for item in self.items
            if not _is_over(self.memories[item.id], now)
        }
        messages = [
            message.id
            for message in self.said
            if _is_over(self.messages[message.id], now)
            and keeping.isdisjoint(
                (source, message.data_class) for source in (message.id, message.answers)
            )
        ]
        return memories, messages


def _is_over(due: datetime | None, now: datetime) -> bool:
    return due is not None and due <= now


def _outlook(parts: Parts, person_id: int, by: PrivacyRules) -> _Outlook:
    """A merge must not put off what is due sooner."""
    items = parts.store.memories.all(person_id)
    memories = {item.id: policy.expires_anew(item, by) for item in items}
    if by.preset is Preset.ARTICLE:
        for item in items:
            if item.merged_into is not None:
                dues = [memories[item.merged_into], memories[item.id]]
                memories[item.merged_into] = min(filter(None, dues), default=None)
    said = parts.store.holdings.said(person_id)
    messages = {each.id: policy.expires_at(each.data_class, each.created_at, by) for each in said}
    return _Outlook(items, memories, said, messages)


def _expiries_of_summaries(
    parts: Parts, person_id: int, by: PrivacyRules
) -> dict[int, datetime | None]:
    made = parts.store.summaries.made(person_id)
    return {ident: policy.expires_at(of, at, by) for ident, (of, at) in made.items()}


def preview(parts: Parts, user_id: str, text: str) -> Preview:
    """What would be found in a text, stored and sent; nothing is stored."""
    given = intake.clean(text, parts.settings.max_message_bytes, "text")
    person_id = parts.store.people.find(user_id)
    by = policies.of(parts, person_id)
    spans = parts.language.personal_data(given)
    found = classify(given, spans)
    not_stored = _why_not_stored(parts, person_id, found.data_class)
    may_go = by.classes[found.data_class].sent
    not_sent = _why_not_sent(parts, person_id, found.data_class, by)

    def label(span: Span) -> str:
        return f"[{span.label}]"

    return Preview(
        spans=spans,
        handled=tuple(by.labels[span.label].stored for span in spans),
        stored=""
        if not_stored
        else policy.mask(given, policy.masked_when_stored(spans, by), label),
        sent=policy.mask(given, policy.masked_when_sent(spans, by), label) if may_go else "",
        classification=found,
        not_stored=not_stored,
        not_sent=not_sent,
    )


def _why_not_stored(parts: Parts, person_id: int | None, data_class: DataClass) -> str:
    if person_id is None or not parts.store.consents.granted(person_id, PERSONALIZATION):
        return "You have not agreed that anything is remembered."
    if not intake.may_hold(parts, person_id, data_class):
        return "It is sensitive, and you have not agreed that such things are kept."
    return ""


def _why_not_sent(
    parts: Parts, person_id: int | None, data_class: DataClass, by: PrivacyRules
) -> str:
    if not by.classes[data_class].sent:
        return f"What is {data_class} stays on this computer: your rules say so."
    if person_id is None or not parts.store.consents.granted(person_id, REMOTE_MODEL):
        return "You have not agreed to a model that is not on this computer."
    return ""


# -- the report -----------------------------------------------------------------------------


def report(parts: Parts, user_id: str | None) -> PrivacyReport:
    """The article's compliance report: over every person, or one."""
    now = parts.clock()
    person_id = None if user_id is None else parts.store.people.find(user_id) or NOBODY
    person = None if user_id is None else audit.digest_of(parts, user_id) or "nobody"
    holdings = parts.store.holdings
    by_class = holdings.count_by("data_class", person_id)
    expired, expiring = holdings.expiring(person_id, now, now + EXPIRING_SOON)
    return PrivacyReport(
        memories=sum(by_class.values()),
        people=len(parts.store.people.all()),
        by_class=by_class,
        by_purpose=holdings.count_by("purpose", person_id),
        consents=parts.store.consents.totals(),
        expired=expired,
        expiring_soon=expiring,
        erasures=parts.store.audit.count(Act.ERASE, Act.EXPIRE, person=person),
        deletions=parts.store.audit.deletions(person),
        sent=parts.store.audit.sent(person),
        holdings=holdings.by_class(person_id),
        at=now,
    )
