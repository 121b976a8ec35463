"""How the views of forgetting say days, shares and what becomes of a memory."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from memory import Curve, ForgettingRules, Jump, PolicyName, UseKind
from pages.parts.shared import count_of

DAY = timedelta(days=1)
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
    """That to compare with: the next one."""
    names = list(PolicyName)
    return names[(names.index(rules.policy) + 1) % len(names)]


def stage_in_words(strength: float, curve: Curve) -> str:
    if strength < curve.archived_below:
        return "weak enough for the archive"
    return "fading" if strength < curve.fading_below else ""


def use_in_words(jump: Jump, now: datetime) -> str:
    """“2 May: an answer was built on it, 41% → 71%”."""
    return f"{day_name(jump.at, now)}: {USES[jump.kind]}, {jump.before:.0%} → {jump.after:.0%}"


# -- what the pointer is told ----------------------------------------------------------------


def told_points(curve: Curve, now: datetime) -> Iterator[tuple[datetime, float, str, str]]:
    """Each point with its sentence."""
    stored, uses = curve.past[0][0], list(curve.jumps)
    last: Jump | None = None
    for at, strength in curve.past:
        while uses and uses[0].at <= at:
            last = uses.pop(0)
        yield at, strength, "past", _so_far(at, strength, last, stored, now)
    for at, strength in curve.points:
        yield at, strength, "future", _to_come(curve, at, strength, now)


def _so_far(
    at: datetime, strength: float, last: Jump | None, stored: datetime, now: datetime
) -> str:
    """On the day of a use that use: a pointer hardly meets its very moment."""
    if last is not None and at - last.at < DAY:
        return use_in_words(last, now)
    since, what = (stored, "it was stored") if last is None else (last.at, USES[last.kind])
    said = f"{day_name(at, now)}: {strength:.0%}"
    return (
        said if at - since < DAY else f"{said}, {count_of((at - since).days, 'day')} after {what}"
    )


def _to_come(curve: Curve, at: datetime, strength: float, now: datetime) -> str:
    said = f"{day_name(at, now)}, {ahead(at, now)}: {strength:.0%} if it is not used"
    for moment, what in ((curve.archives_at, "archived"), (curve.fades_at, "fades")):
        if moment is not None and now < moment and at - DAY < moment <= at:
            return f"{said}. It {'is archived' if what == 'archived' else 'fades'} now"
    stage = stage_in_words(strength, curve)
    return f"{said}, {stage}" if stage else said
