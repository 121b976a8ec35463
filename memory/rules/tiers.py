"""In which tier of memory what a model was given was found (article, section 4)."""

from collections.abc import Iterable, Mapping

from memory.records import Section, Tier
from memory.rules import shares

CONVERSATION = "conversation"
"""The section of a context that holds what was said, and last the message itself."""
TIERS: Mapping[str, Tier] = {
    shares.ELSEWHERE: Tier.HOT,
    CONVERSATION: Tier.WARM,
    shares.EARLIER: Tier.WARM,
    shares.PROFILE: Tier.COLD,
    shares.MEMORIES: Tier.COLD,
    shares.ENTITIES: Tier.COLD,
    shares.KNOW_HOW: Tier.COLD,
}
"""By the section of a context."""


def of_sections(sections: Iterable[Section]) -> tuple[Tier, ...]:
    """Hot, warm and cold, those that anything came from: the message itself came from none."""
    found = {TIERS[each.name] for each in sections if each.name in TIERS and _tells(each)}
    return tuple(tier for tier in Tier if tier in found)


def _tells(section: Section) -> bool:
    own = 1 if section.name == CONVERSATION else 0
    return section.tokens > 0 and section.items > own
