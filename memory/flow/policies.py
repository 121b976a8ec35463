"""The privacy rules of one person: the usual ones, with what they chose in their place."""

from dataclasses import replace

from memory.flow.parts import Parts
from memory.records import Preset, PrivacyRules
from memory.rules import policy

STRICT, PRESET = "strict", "retention preset"
"""Keys among the person's settings."""


def of(parts: Parts, person_id: int | None) -> PrivacyRules:
    """As they hold. Of somebody unknown, what the settings of the program say."""
    return policy.bounded(chosen_by(parts, person_id))


def chosen_by(parts: Parts, person_id: int | None) -> PrivacyRules:
    """As they were chosen, before the strict regime bounds them."""
    if person_id is None:
        return replace(policy.rules(), strict=parts.settings.strict)
    settings, choices = parts.store.preferences.all(person_id), parts.store.choices
    usual = policy.rules(preset=Preset(settings.get(PRESET, Preset.ASSISTANT)))
    return PrivacyRules(
        parts.settings.strict if STRICT not in settings else settings[STRICT] == "on",
        usual.preset,
        choices.classes(person_id, dict(usual.classes)),
        choices.labels(person_id, dict(usual.labels)),
    )
