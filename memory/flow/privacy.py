"""Consent, the person's rules, and the report on what is held (article, section 6; GDPR Art. 7)."""

from datetime import datetime, timedelta

from memory.errors import InvalidInput
from memory.flow import erase, intake, policies, record, scopes
from memory.flow.parts import Parts
from memory.records import (
    PERSONALIZATION,
    REMOTE_MODEL,
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
)
from memory.rules import policy, purposes
from memory.rules.classification import classify

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
        record.event(parts, person_id, "grant", f"purpose:{purpose}", now)


def revoke(parts: Parts, user_id: str, purpose: str) -> ErasureReceipt:
    """Withdraw a consent and erase at once what was kept because of it."""
    now = parts.clock()
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return erase.nothing(now)

    def withdrawn() -> scopes.Scope:
        """In the transaction that erases: not the one without the other."""
        parts.store.consents.revoke(person_id, purpose, now)
        record.event(parts, person_id, "revoke", f"purpose:{purpose}", now)
        return scopes.of_purpose(parts, person_id, purpose)

    return erase.carry_out(parts, user_id, person_id, withdrawn, now)


def consents(parts: Parts, user_id: str) -> list[Consent]:
    person_id = parts.store.people.find(user_id)
    return [] if person_id is None else parts.store.consents.all(person_id)


# -- rules ----------------------------------------------------------------------------------


def rules(parts: Parts, user_id: str) -> PrivacyRules:
    return policies.of(parts, parts.store.people.find(user_id))


def usual(preset: Preset) -> PrivacyRules:
    return policy.rules(preset=preset)


def plan_rules(parts: Parts, user_id: str, chosen: PrivacyRules) -> RulesPlan:
    """What the change would do at once. Raises InvalidInput for days that cannot be."""
    now = parts.clock()
    _check(chosen)
    person_id = parts.store.people.find(user_id)
    if person_id is None:
        return RulesPlan(0, 0, 0)
    wanted = policy.bounded(_choice(parts, person_id, chosen))
    memories, messages = _expiries(parts, person_id, wanted)
    in_use = parts.store.memories.recallable(person_id, now)
    return RulesPlan(
        expiring=sum(at is not None and at <= now for at in memories.values()),
        messages=sum(at is not None and at <= now for at in messages.values()),
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
        memories, messages = _expiries(parts, person_id, policy.bounded(choice))
        parts.store.holdings.set_expiries("memories", memories)
        parts.store.holdings.set_expiries("messages", messages)
        record.event(parts, person_id, "rules", "rules", now)
    return rules(parts, user_id)


def _choice(parts: Parts, person_id: int, wanted: PrivacyRules) -> PrivacyRules:
    shown = policies.of(parts, person_id)
    return policy.chosen(wanted, shown, policies.chosen_by(parts, person_id))


def _check(chosen: PrivacyRules) -> None:
    if set(chosen.classes) != set(DataClass) or set(chosen.labels) != set(Label):
        raise InvalidInput(
            "A rule for each class and each label is needed. Start from the present."
        )
    for data_class, rule in chosen.classes.items():
        if rule.days is not None and not 1 <= rule.days <= policy.MAX_DAYS:
            raise InvalidInput(
                f"What is {data_class} cannot be kept for {rule.days:,} days. Choose 1 to "
                f"{policy.MAX_DAYS:,}, or none for as long as you like."
            )


def _expiries(
    parts: Parts, person_id: int, by: PrivacyRules
) -> tuple[dict[int, datetime | None], dict[int, datetime | None]]:
    """When each memory and each message is due under these rules. A merge must not put off what
    is due sooner."""
    items = parts.store.memories.all(person_id)
    parts_of: dict[int, list[MemoryItem]] = {}
    for item in items:
        if item.merged_into is not None:
            parts_of.setdefault(item.merged_into, []).append(item)
    memories = {item.id: policy.expires_anew(item, by) for item in items}
    if by.preset is Preset.ARTICLE:
        for whole, merged in parts_of.items():
            due = [at for each in merged if (at := memories[each.id]) is not None]
            memories[whole] = min([*due, *filter(None, [memories[whole]])], default=None)
    messages = {
        ident: policy.expires_at(data_class, said, by)
        for ident, data_class, said in parts.store.holdings.said(person_id)
    }
    return memories, messages


def preview(parts: Parts, user_id: str, text: str) -> Preview:
    """What would be found in a text, stored and sent; nothing is stored."""
    given = intake.clean(text, parts.settings.max_message_bytes, "text")
    person_id = parts.store.people.find(user_id)
    by = policies.of(parts, person_id)
    spans = parts.language.personal_data(given)
    found = classify(given, spans)
    not_stored = _why_not_stored(parts, person_id, found.data_class)
    not_sent = _why_not_sent(parts, person_id, found.data_class, by)

    def label(span: object) -> str:
        return f"[{span.label}]"  # type: ignore[attr-defined]

    return Preview(
        spans=spans,
        handled=tuple(by.labels[span.label].stored for span in spans),
        stored=""
        if not_stored
        else policy.mask(given, policy.masked_when_stored(spans, by), label),
        sent="" if not_sent else policy.mask(given, policy.masked_when_sent(spans, by), label),
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
    person = None if user_id is None else record.digest_of(parts, user_id) or "nobody"
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
        erasures=parts.store.audit.count("erase", "expire", person=person),
        deletions=parts.store.audit.deletions(person),
        holdings=holdings.by_class(person_id),
        at=now,
    )
