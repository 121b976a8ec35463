"""Section 5 of the article, “Smart Forgetting”, which has no script: 5 % a day, a boost by each
access, protections, and the removal of what has gathered dust.

The article speaks of a critical bug fix and of casual chitchat; the words of the five memories are
ours. The days are lived one by one by a clock that is moved, with a look at the app on each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from memory import Curve, Memory, SweepPlan, SweepReport
from memory.demo import printing
from memory.demo.printing import better, otherwise, part, point, points, say, table
from memory.demo.scratch import Scratch

FIX = "Critical: the payment webhook is sent twice, so we deduplicate by the event id"
CHITCHAT = "The weather was grey and the coffee was lukewarm"
SCRIPT = "The deploy script for the staging server is tools/ship.sh"
ASIDE = "The meeting room on the third floor has the better chairs"
KEY = "The spare key to the office hangs behind the printer"
IMPORTANCE: Mapping[str, float] = {FIX: 0.95, CHITCHAT: 0.3, SCRIPT: 0.6, ASIDE: 0.6, KEY: 0.6}
SHORT: Mapping[str, str] = {
    FIX: "bug fix",
    CHITCHAT: "chitchat",
    SCRIPT: "script",
    ASIDE: "aside",
    KEY: "key (pinned)",
}
QUESTION = "Which script deploys the staging server?"
HALF_LIFE = 13.5
"""Days in which 5 % a day halve something."""
ASKED_EVERY, ASKED_FROM = 5, 15
"""Days on which the question is asked."""
AWAY_DAYS = 90


@dataclass(slots=True)
class Life:
    scratch: Scratch
    memory: Memory
    day: int = 0
    ids: dict[str, int] = field(default_factory=dict)

    def live(self, days: int) -> None:
        for _ in range(days):
            self.day += 1
            self.scratch.clock.forward(days=1)
            self.memory.visit("me")
            if self.day >= ASKED_FROM and self.day % ASKED_EVERY == 0:
                self.memory.respond("me", QUESTION, conversation_id=f"day {self.day}").read()

    def strengths(self) -> dict[str, float]:
        """By text, of those that are left."""
        return {each.item.text: each.strength for each in self.memory.retention("me")}

    def row(self, day: float) -> tuple[object, ...]:
        now = self.strengths()
        return (f"{day:g}", *(now.get(text, "gone") for text in SHORT))


def walk(scratch: Scratch) -> None:
    printing.title("Smart forgetting", "section 5, which has no script")
    with scratch.open_for_me() as memory:
        life = Life(scratch, memory)
        _store(life)
        _foretell(life)
        half = _halve(life)
        early = _preview_early(life)
        curve = _use(life)
        _preview(life)
        first, found, listed = _sweep(life)
        _undo(life, first)
        _sweep_again(life)
        before, last = _erase(life)
        strong, back = _go_away(life)
        policies = _by_either_policy(life)
    left = scratch.times_in_files(CHITCHAT)
    _compare(half, early, curve, found, listed, (before, left, last), (strong, back), policies)


def _store(life: Life) -> None:
    part("Five memories")
    for text, importance in IMPORTANCE.items():
        pinned = text == KEY
        item = life.memory.remember("me", text, importance=importance, pinned=pinned)
        life.ids[text] = item.id
        point(f"{SHORT[text]}, importance {item.importance:.2f}: {text}")
    rules = life.memory.forgetting_rules("me")
    loss, boost = rules.daily_loss * 100, rules.boost * 100
    say(
        f"The rules: {loss:.0f} % a day; an answer built on a memory gives back {boost:.0f} % of "
        f"what it lacks; below {rules.fading_below} it is fading, below {rules.archived_below} a "
        f"sweep archives it, and after {rules.grace_days} days in the archive one may erase it. "
        f"What is very important never falls below {rules.floor}."
    )


def _foretell(life: Life) -> None:
    part("Foretold on the first day: if none of them is used")
    rows = [
        (SHORT[_text(life, each.item_id)], _day(each.fades_on), _day(each.archives_on))
        for each in life.memory.forecast("me", days=90).leaving
    ]
    table(("memory", "fading on day", "archived on day"), rows)


def _text(life: Life, ident: int) -> str:
    return next(text for text, known in life.ids.items() if known == ident)


def _day(number: int | None) -> str:
    return "never" if number is None else str(number)


# -- fading and use -----------------------------------------------------------------------


def _halve(life: Life) -> tuple[float, float]:
    part("5 % a day")
    rows = [life.row(0)]
    start = life.strengths()[CHITCHAT]
    for days in (7, 6):
        life.live(days)
        rows.append(life.row(life.day))
    rest = HALF_LIFE - life.day
    life.scratch.clock.forward(days=rest)
    rows.append(life.row(HALF_LIFE))
    half = life.strengths()[CHITCHAT]
    life.scratch.clock.forward(days=-rest)
    table(("day", *SHORT.values()), rows)
    return start, half


def _preview_early(life: Life) -> SweepPlan:
    life.live(1)
    part(f"Day {life.day}: a preview, which changes nothing")
    plan = life.memory.plan_sweep("me")
    _show_plan(life, plan, "now")
    return plan


def _use(life: Life) -> Curve:
    part(f"From day {ASKED_FROM} on: “{QUESTION}”, every {ASKED_EVERY} days")
    rows = []
    for days in (1, 10, 10):
        life.live(days)
        rows.append(life.row(life.day))
    table(("day", *SHORT.values()), rows)
    curve = life.memory.curve(life.ids[SCRIPT])
    say(f"Each answer was built on the {SHORT[SCRIPT]}:")
    for jump in curve.jumps:
        point(f"{jump.at:%Y-%m-%d}, {jump.kind}: {jump.before:.2f} -> {jump.after:.2f}", 2)
    return curve


# -- sweeps -------------------------------------------------------------------------------


def _preview(life: Life) -> None:
    part(f"Day {life.day}: what a sweep would do, before it does")
    _show_plan(life, life.memory.plan_sweep("me"), "now")
    later = life.memory.plan_sweep("me", at=life.memory.now() + timedelta(days=7))
    _show_plan(life, later, "in a week")


def _show_plan(life: Life, plan: SweepPlan, when: str) -> None:
    say(f"A sweep {when}:")
    for kept in plan.archived:
        point(f"archives {SHORT[kept.item.text]} (strength {kept.strength:.2f})", 2)
    for item in plan.purged:
        point(f"erases {SHORT[item.text]}", 2)
    for each in plan.protected:
        name = SHORT[each.item.text].removesuffix(" (pinned)")
        point(f"leaves {name} (strength {each.strength:.2f}): {each.why}", 2)


def _sweep(life: Life) -> tuple[SweepReport, int, int]:
    part("The sweep")
    report = life.memory.sweep(life.memory.plan_sweep("me"))
    say(f"{report.archived} archived, {report.archived_tokens} tokens fewer to choose from.")
    found = _recalled(life, CHITCHAT)
    listed = len(life.memory.items("me", search="lukewarm"))
    say(
        f"Asked for the {SHORT[CHITCHAT]} in its own words: recalled {found}, in the list {listed}."
    )
    return report, found, listed


def _recalled(life: Life, text: str) -> int:
    """How often it is among the results for its own words."""
    results = life.memory.recall("me", text, touch=False)
    return [each.item.text for each in results].count(text)


def _undo(life: Life, swept: SweepReport) -> None:
    part("Undo")
    back = life.memory.undo_sweep(swept.id)
    strengths = life.strengths()
    for item in back:
        point(f"{SHORT[item.text]} is back, strength {strengths[item.text]:.2f}")
    say(f"Recalled {_recalled(life, CHITCHAT)}. And the next sweep lets them be:")
    _show_plan(life, life.memory.plan_sweep("me"), "now")


def _sweep_again(life: Life) -> None:
    life.live(10)
    part(f"Day {life.day}: swept again")
    plan = life.memory.plan_sweep("me")
    _show_plan(life, plan, "now")
    life.memory.sweep(plan)


def _erase(life: Life) -> tuple[int, SweepReport]:
    life.live(life.memory.forgetting_rules("me").grace_days + 1)
    part(f"Day {life.day}: the time in the archive is over")
    plan = life.memory.plan_sweep("me")
    _show_plan(life, plan, "now")
    before = life.scratch.times_in_files(CHITCHAT)
    report = life.memory.sweep(plan)
    receipt = report.receipt
    say(f"{report.purged} erased, {report.purged_bytes:,} bytes of texts and vectors.")
    if receipt is not None:
        say(
            f"{receipt.bytes_searched:,} bytes of the file were read after it: "
            f"{'no byte of them is left' if receipt.verified else receipt.pending}."
        )
    table(("day", *SHORT.values()), [life.row(life.day)])
    return before, report


# -- absence and the other policy ---------------------------------------------------------


def _go_away(life: Life) -> tuple[float, float]:
    part(f"{AWAY_DAYS} days away")
    before = life.strengths()[SCRIPT]
    life.scratch.clock.forward(days=AWAY_DAYS)
    life.memory.visit("me")
    after = life.strengths()[SCRIPT]
    loss = life.memory.forgetting_rules("me").daily_loss
    say(f"The {SHORT[SCRIPT]} before: {before:.2f}; after: {after:.2f}.")
    say(f"Had every day counted: {before * (1 - loss) ** AWAY_DAYS:.3f}. An absence counts as 7.")
    return before, after


def _by_either_policy(life: Life) -> dict[str, float]:
    part("Another curve: a memory of importance 0.6, unused for 60 days")
    found = {}
    for policy in ("exponential", "stability"):
        curve = life.memory.example_curve("me", importance=0.6, age_days=60, policy=policy)
        found[policy] = curve.points[0][1]
        say(f"{policy}: {found[policy]:.2f}", 2)
    return found


def _compare(
    half: tuple[float, float],
    early: SweepPlan,
    curve: Curve,
    found: int,
    listed: int,
    erased: tuple[int, int, SweepReport],
    away: tuple[float, float],
    policies: Mapping[str, float],
) -> None:
    before, left, report = erased
    verified = "verified" if report.receipt and report.receipt.verified else "not verified"
    part("What the article promises")
    points(
        [
            f"5 % a day: the chitchat fell from {half[0]:.2f} to {half[1]:.2f} in {HALF_LIFE} "
            "days.",
            f"Each access fights the decay: {len(curve.jumps)} uses, from "
            f"{curve.jumps[0].before:.2f} to {curve.jumps[-1].after:.2f}.",
            "What is critical starts higher, and chitchat goes first: at its first preview a sweep "
            f"would have taken {', '.join(SHORT[each.item.text] for each in early.archived)} and "
            "nothing else.",
        ]
    )
    better(
        [
            "What will go, and when, is told before, and a sweep does what its preview says.",
            f"Forgetting comes in steps: out of recall ({found} found) but still in the list "
            f"({listed}), with undo, and erased a month later at the earliest.",
            f"Then it is gone: its words stood {before} times in the database and its log, and "
            f"stand there {left} times now; the receipt says {verified}.",
            f"{AWAY_DAYS} days away empty nothing: the script stood at {away[0]:.2f} before them "
            f"and at {away[1]:.2f} after.",
            "Undo brought back exactly what was: strength is worked out when it is read, and "
            "never written.",
            f"5 % a day is no must: by the curve of spaced repetition {policies['stability']:.2f} "
            f"is left where {policies['exponential']:.2f} would be.",
        ]
    )
    otherwise(
        [
            "The article clears what is weak; here it takes room for a month more.",
            "Importance was given by hand here. In a chat it comes from what is said, and "
            "chitchat is not kept to begin with (the walk “hybrid”).",
            "Unused, the pinned memory and the very important one stay for ever, the latter "
            "weak: whoever wants them gone has to say so.",
        ]
    )
