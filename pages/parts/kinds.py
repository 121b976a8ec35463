"""What a memory is, in a word and with an icon; and how the kinds are told together."""

from collections import Counter
from collections.abc import Iterable, Mapping

from memory import Kind

ICONS: Mapping[Kind, str] = {
    Kind.FACT: ":material/label:",
    Kind.PREFERENCE: ":material/favorite:",
    Kind.DECISION: ":material/gavel:",
    Kind.OPINION: ":material/forum:",
    Kind.COMMITMENT: ":material/handshake:",
    Kind.SOLUTION: ":material/build:",
    Kind.PROCEDURE: ":material/format_list_numbered:",
    Kind.EPISODE: ":material/event:",
}
GROUPS: Mapping[str, tuple[Kind, ...]] = {
    "Semantic, what is so": (
        Kind.FACT,
        Kind.PREFERENCE,
        Kind.DECISION,
        Kind.OPINION,
        Kind.COMMITMENT,
    ),
    "Procedural, how something is done": (Kind.SOLUTION, Kind.PROCEDURE),
    "Episodic, what happened or was said": (Kind.EPISODE,),
}
"""As the article has them (section 1)."""
GROUPS_IN_WORDS = "\n".join(
    f"- {group}: {', '.join(kind.value for kind in kinds)}" for group, kinds in GROUPS.items()
)


def named(kind: Kind) -> str:
    """With its icon, for captions and badges."""
    return f"{ICONS[kind]} {kind}"


def counted(kinds: Iterable[Kind]) -> str:
    """“2 facts and a preference”, the most first."""
    found = [_number_of(kind, count) for kind, count in Counter(kinds).most_common()]
    return " and ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


def _number_of(kind: Kind, count: int) -> str:
    if count > 1:
        return f"{count} {kind}s"
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
