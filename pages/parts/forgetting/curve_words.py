"""How the views of forgetting say days, shares and what becomes of a memory."""

from datetime import datetime

from memory import Curve, ForgettingRules, Jump, PolicyName, UseKind

USES = {
    UseKind.ANSWER: "an answer was built on it",
    UseKind.LISTED: "a search listed it",
    UseKind.SAID: "you said it again",
    UseKind.RESTORED: "it was put back from the archive",
    UseKind.BY_HAND: "you kept it fresh",
}
POLICIES = {
    PolicyName.EXPONENTIAL: "Exponential",
    PolicyName.STABILITY: "Stability",
}


def day_name(moment: datetime, now: datetime) -> str:
    """“2 May”, with its year where that is another one than now's."""
    local = moment.astimezone()
    year = "" if local.year == now.astimezone().year else f" {local.year}"
    return f"{local.day} {local:%B}{year}"


def short_day(moment: datetime) -> str:
    """“2 May”, “4 Dec”: in a chart whose axis has the years."""
    local = moment.astimezone()
    return f"{local.day} {local:%b}"


def ahead(moment: datetime, now: datetime) -> str:
    """“in 12 days”."""
    days = (moment.astimezone().date() - now.astimezone().date()).days
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days:,} days")


def percent(share: float) -> str:
    """“5%”, “2.5%”."""
    return f"{100 * share:.1f}".removesuffix(".0") + "%"


def policy_name(rules: ForgettingRules) -> str:
    return POLICIES[rules.policy]


def other_policy(rules: ForgettingRules) -> PolicyName:
    (other,) = set(PolicyName) - {rules.policy}
    return other


def stage_in_words(strength: float, curve: Curve) -> str:
    if strength < curve.archived_below:
        return "weak enough for the archive"
    return "fading" if strength < curve.fading_below else ""


def use_in_words(jump: Jump, now: datetime) -> str:
    """“2 May: an answer was built on it, 41% → 71%”."""
    return f"{day_name(jump.at, now)}: {USES[jump.kind]}, {jump.before:.0%} → {jump.after:.0%}"
