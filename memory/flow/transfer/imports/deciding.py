"""What of an archive may decide something here: consents, settings and rules.

What the person decided here is never overruled. A consent comes in only with its whole history, and
only where nothing was ever decided here of its purpose; that texts may leave this computer is
agreed to here alone. Rules come in only where nothing is stored yet, since they would change what
becomes of it.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from memory.errors import AppError
from memory.flow import fading
from memory.flow.afterwards.model_learning import MODEL_LEARNING, OFF, ON
from memory.flow.chat_models import CHOICE
from memory.flow.fading import choices
from memory.flow.inbox import LEARNING
from memory.flow.instructions import INSTRUCTIONS
from memory.flow.policies import PRESET, STRICT
from memory.flow.sending.budget import BUDGET, MOST
from memory.flow.sending.review import REVIEW, SHOWN
from memory.flow.transfer.imports.here import Here
from memory.flow.transfer.imports.tally import Tally
from memory.records import (
    REMOTE_MODEL,
    SENSITIVE,
    Consent,
    ForgettingRules,
    Learning,
    PolicyName,
    Preset,
    PrivacyRules,
    Review,
)
from memory.records.archive import Archive
from memory.records.transfer import Clash, Conflict, LeftOutBecause
from memory.rules import policy, sweeping
from memory.rules.injection import is_instruction_to_a_model

RULE_SETTINGS = frozenset({STRICT, PRESET})
FORGETTING_SETTINGS = frozenset({choices.CHOSEN, choices.BEFORE})
OF_HERE = frozenset({CHOICE, SHOWN})
"""Which model is asked, where, and what its provider was shown to be sent."""
AGREED, NOT_AGREED = "“{purpose}” is agreed to", "“{purpose}” is not agreed to"


@dataclass(frozen=True, slots=True)
class Decided:
    consents: tuple[Consent, ...]
    """To be added."""
    in_force: frozenset[str]
    """Purposes that are agreed to then."""
    settings: Mapping[str, str]
    """To be set."""
    rules: PrivacyRules
    """As chosen then."""
    takes_rules: bool
    """They are the archive's."""
    already_here: Mapping[str, int]
    left_out: Mapping[LeftOutBecause, int]
    conflicts: tuple[Conflict, ...]

    @property
    def bounded_rules(self) -> PrivacyRules:
        """As they hold then."""
        return policy.bounded(self.rules)


def decide(archive: Archive, here: Here, *, always_strict: bool, max_bytes: int) -> Decided:
    """``always_strict``: the program begins with the strict regime, which no archive lifts.
    ``max_bytes``: of the person's instructions."""
    tally = Tally()
    consents = tuple(_consents(archive, here, tally))
    rules, takes_rules = _rules(archive, here, tally, always_strict=always_strict)
    settings = dict(_settings(archive, here, tally, max_bytes))
    if takes_rules:
        settings |= {STRICT: "on" if rules.strict else "off", PRESET: rules.preset}
    return Decided(
        consents,
        _in_force(here.consents) | _in_force(consents),
        settings,
        rules,
        takes_rules,
        tally.already_here,
        tally.left_out,
        tuple(tally.conflicts),
    )


def without_sensitive(decided: Decided, texts: Collection[str]) -> Decided:
    """``texts``: that are sensitive. Such instructions need the consent to keep such things."""
    own = decided.settings.get(INSTRUCTIONS)
    if own not in texts or SENSITIVE in decided.in_force:
        return decided
    kept = {name: value for name, value in decided.settings.items() if name != INSTRUCTIONS}
    left_out = Counter(decided.left_out) + Counter({LeftOutBecause.SENSITIVE: 1})
    return replace(decided, settings=kept, left_out=left_out)


# -- consents -------------------------------------------------------------------------------


def _in_force(consents: Sequence[Consent]) -> frozenset[str]:
    return frozenset(each.purpose for each in consents if each.revoked_at is None)


def _consents(archive: Archive, here: Here, tally: Tally) -> Iterator[Consent]:
    decided = {each.purpose for each in here.consents}
    given_here, given_there = _in_force(here.consents), _in_force(archive.consents)
    for purpose in dict.fromkeys(each.purpose for each in archive.consents):
        if purpose in decided and (purpose in given_here) != (purpose in given_there):
            here_says = AGREED if purpose in given_here else NOT_AGREED
            there_says = AGREED if purpose in given_there else NOT_AGREED
            told = here_says.format(purpose=purpose), there_says.format(purpose=purpose)
            tally.clash(Clash.CONSENT, *told)
    added: set[str] = set()
    for each in archive.consents:
        if each.purpose in decided:
            tally.already_here["consents"] += each in here.consents
        elif each.revoked_at is not None:
            yield each
        elif each.purpose == REMOTE_MODEL:
            tally.left_out[LeftOutBecause.REMOTE_MODEL] += 1
        elif each.purpose not in added:  # nothing can be agreed to twice
            added.add(each.purpose)
            yield each


# -- rules ----------------------------------------------------------------------------------


def _rules(
    archive: Archive, here: Here, tally: Tally, *, always_strict: bool
) -> tuple[PrivacyRules, bool]:
    """As chosen then, and whether they are the archive's."""
    there = _rules_of(archive, here)
    open_to_them = here.is_empty and RULE_SETTINGS.isdisjoint(here.settings)
    if there is None or there == here.rules:
        return here.rules, open_to_them and not RULE_SETTINGS.isdisjoint(archive.settings)
    if not open_to_them:
        tally.clash(Clash.RULES, _told(here.rules), _told(there))
        return here.rules, False
    if always_strict and not there.strict:
        tally.clash(Clash.RULES, _told(here.rules), _told(there))
        there = replace(there, strict=True)
    return there, True


def _rules_of(archive: Archive, here: Here) -> PrivacyRules | None:
    """None where it tells of none, or of none that can be."""
    try:
        preset = Preset(archive.settings.get(PRESET, Preset.ASSISTANT))
    except ValueError:
        return None
    usual = policy.rules(preset=preset)
    told = archive.settings.get(STRICT)
    strict = here.rules.strict if told is None else told == "on"
    days = [rule.days for rule in archive.rules.classes.values() if rule.days is not None]
    if not all(1 <= each <= policy.MAX_DAYS for each in days):
        return None
    return PrivacyRules(
        strict,
        preset,
        dict(usual.classes) | dict(archive.rules.classes),
        dict(usual.labels) | dict(archive.rules.labels),
    )


def _told(rules: PrivacyRules) -> str:
    return f"{rules.preset}{', strict' if rules.strict else ''}, " + ", ".join(
        f"{data_class} {'for ever' if rule.days is None else f'{rule.days} days'}"
        for data_class, rule in rules.classes.items()
    )


# -- settings -------------------------------------------------------------------------------


def _settings(
    archive: Archive, here: Here, tally: Tally, max_bytes: int
) -> Iterator[tuple[str, str]]:
    for name, value in archive.settings.items():
        if name in OF_HERE:
            tally.left_out[LeftOutBecause.CHOSEN_MODEL] += bool(value)
        elif name == fading.sweep.TOLD or name in RULE_SETTINGS:
            continue  # a number of the other file; rules are decided as a whole
        elif not _can_be(name, value) or _is_too_long(name, value, max_bytes):
            tally.left_out[LeftOutBecause.UNKNOWN_SETTING] += 1
        elif name == INSTRUCTIONS and is_instruction_to_a_model(value):
            tally.left_out[LeftOutBecause.INSTRUCTION] += 1
        elif name in here.settings or (name in FORGETTING_SETTINGS and not here.is_empty):
            _compare(name, value, here, tally)
        else:
            yield name, value


def _compare(name: str, value: str, here: Here, tally: Tally) -> None:
    if here.settings.get(name) == value:
        tally.already_here["settings"] += 1
    elif name == choices.CHOSEN:
        tally.clash(Clash.FORGETTING, here.settings.get(name, "as usual"), value)
    elif name != choices.BEFORE:
        tally.clash(Clash.SETTING, f"{name}: {here.settings[name]}", f"{name}: {value}")


def _is_too_long(name: str, value: str, max_bytes: int) -> bool:
    # half of a character is mended later
    return name == INSTRUCTIONS and len(value.encode("utf-8", "surrogatepass")) > max_bytes


def _can_be(name: str, value: str) -> bool:
    check = _CHECKS.get(name)
    if check is None:
        return False
    try:
        return bool(check(value))
    except (ValueError, TypeError, AppError):
        return False


def _is_budget(value: str) -> bool:
    return math.isfinite(float(value)) and 0 <= float(value) <= MOST


def _is_forgetting(value: str) -> bool:
    numbers = json.loads(value)
    rules = ForgettingRules(**numbers | {"policy": PolicyName(numbers["policy"])})
    return sweeping.checked(rules) == rules


_CHECKS: Mapping[str, Callable[[str], object]] = {
    INSTRUCTIONS: lambda value: True,
    LEARNING: Learning,
    MODEL_LEARNING: lambda value: value in (ON, OFF),
    REVIEW: Review,
    BUDGET: _is_budget,
    choices.CHOSEN: _is_forgetting,
    choices.BEFORE: _is_forgetting,
}
