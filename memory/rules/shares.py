"""How the tokens for what is known are shared out between the parts of a context.

Whoever comes first leaves what it does not use to those after it, so the table only decides when
there is more than fits.
"""

from collections.abc import Mapping

PROFILE = "profile"
MEMORIES = "memories"
ENTITIES = "entities"
KNOW_HOW = "procedures and solutions"
ELSEWHERE = "last hour elsewhere"
EARLIER = "earlier in this conversation"

SHARES: Mapping[str, float] = {
    PROFILE: 0.15,
    MEMORIES: 0.45,
    ENTITIES: 0.10,
    KNOW_HOW: 0.15,
    ELSEWHERE: 0.05,
    EARLIER: 0.10,
}
"""In the order in which they stand; they add up to 1. Of 1,000 tokens 450 hold twelve turns of the
usual 35 tokens with their dates, 150 a profile of fifteen fields."""


def room(section: str, budget: int, used: int) -> int:
    """Tokens a section may take: all shares up to its own, less what is used already.

    room = budget x (sum of the shares up to this one) - used
    """
    names = list(SHARES)
    upto = sum(SHARES[name] for name in names[: names.index(section) + 1])
    return max(0, round(budget * upto) - used)
