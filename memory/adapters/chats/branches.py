"""The branch of a conversation that the person kept: messages know what they follow, and one that
was edited or answered anew begins another branch."""

from collections.abc import Mapping
from datetime import datetime


def branch(leaf: str, parents: Mapping[str, str]) -> list[str]:
    """From the first message to the leaf; a ring, which no chat has, is followed once."""
    found: dict[str, None] = {}
    while leaf in parents and leaf not in found:
        found[leaf] = None
        leaf = parents[leaf]
    return list(reversed(found))


def newest_leaf(parents: Mapping[str, str], said_at: Mapping[str, datetime]) -> str:
    """The latest message that none follows; of two at once, the one further down in the file.
    Empty when there is none."""
    followed = set(parents.values())
    leaves = [name for name in parents if name not in followed] or list(parents)
    places = {name: place for place, name in enumerate(parents)}
    return max(leaves, key=lambda name: (said_at[name], places[name]), default="")
