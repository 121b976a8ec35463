"""The article's three tiers, as the sections of a context come from them."""

import pytest

from memory.records import Section, Tier
from memory.rules import shares, tiers


@pytest.mark.parametrize(
    ("sections", "found"),
    [
        ((), ()),
        # what the app says itself, and the message alone
        ((Section("instructions", 50, 1), Section("conversation", 9, 1)), ()),
        ((Section("conversation", 30, 3),), (Tier.WARM,)),
        ((Section(shares.EARLIER, 30, 1),), (Tier.WARM,)),
        ((Section(shares.ELSEWHERE, 30, 1),), (Tier.HOT,)),
        ((Section(shares.MEMORIES, 0, 0), Section(shares.PROFILE, 12, 1)), (Tier.COLD,)),
        (
            (
                Section(shares.MEMORIES, 40, 2),
                Section(shares.ELSEWHERE, 9, 1),
                Section("conversation", 30, 3),
            ),
            (Tier.HOT, Tier.WARM, Tier.COLD),
        ),
    ],
)
def test_what_came_from_which_tier(sections: tuple[Section, ...], found: tuple[Tier, ...]) -> None:
    assert tiers.of_sections(sections) == found


def test_every_section_of_what_is_known_has_a_tier() -> None:
    """One that is added to the shares is told of, too."""
    assert set(shares.SHARES) <= tiers.TIERS.keys()
