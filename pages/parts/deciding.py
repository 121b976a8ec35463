"""What waits in the inbox, as it is decided: together what was said together, and the ways to
decide it. The chat and the Inspector offer the same ones."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import streamlit as st

from memory import Doubt, Kind, Memory, MemoryItem, Proposal, Status
from pages.parts.shared import on_day

INBOX = {"inspector_tab": "Inbox"}
"""The way there, in an address."""


class Choice(StrEnum):
    ACCEPT = "accept"
    REPLACE = "replace"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Option:
    choice: Choice
    label: str
    icon: str


BETWEEN_TWO = (
    Option(Choice.REJECT, "Keep the old one", ":material/history:"),
    Option(Choice.REPLACE, "The new one holds", ":material/update:"),
    Option(Choice.ACCEPT, "Both are true", ":material/done_all:"),
)
OF_AN_INSTRUCTION = (
    Option(Choice.ACCEPT, "Keep it anyway", ":material/check:"),
    Option(Choice.REJECT, "Throw away", ":material/delete:"),
)
OF_WHAT_WAS_ASKED = (
    Option(Choice.ACCEPT, "Remember", ":material/bookmark_add:"),
    Option(Choice.REJECT, "Don’t", ":material/close:"),
)
OF_WHAT_A_MODEL_READ = (
    Option(Choice.ACCEPT, "Accept", ":material/bookmark_add:"),
    Option(Choice.REJECT, "No", ":material/close:"),
)
"""Not among what is answered by yes or no for all at once: nobody said these words."""
OF_A_REWORDING = (
    Option(Choice.REJECT, "No", ":material/close:"),
    Option(Choice.REPLACE, "Replace", ":material/update:"),
    Option(Choice.ACCEPT, "Accept beside it", ":material/done_all:"),
)
SUGGESTED = ":material/smart_toy: Suggested by a model"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is decided together: a turn with what it states, or one memory."""

    items: tuple[MemoryItem, ...]
    """Oldest first."""
    doubt: Doubt
    rival: MemoryItem | None

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(item.id for item in self.items)

    @property
    def whole(self) -> MemoryItem:
        """Its words, all of them."""
        return next((item for item in self.items if item.is_turn), self.items[0])

    @property
    def stated(self) -> tuple[MemoryItem, ...]:
        """What is stated beside the turn as a whole, if it is not all of it."""
        return tuple(item for item in self.items if item is not self.whole)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Of what is stated: a turn as a whole is only its frame."""
        return tuple(item.kind for item in self.stated or self.items)

    @property
    def by_model(self) -> bool:
        return self.whole.by_model

    @property
    def options(self) -> tuple[Option, ...]:
        if self.rival is not None:
            return OF_A_REWORDING if self.doubt is Doubt.REWORDING else BETWEEN_TWO
        if self.doubt in (Doubt.MODEL, Doubt.REWORDING):
            return OF_WHAT_A_MODEL_READ
        return OF_AN_INSTRUCTION if self.doubt is Doubt.INSTRUCTION else OF_WHAT_WAS_ASKED


def together(proposals: Iterable[Proposal]) -> list[Waiting]:
    """In the order given. What has a rival, or had one, is decided by itself; so is what a model
    suggests."""
    found: dict[tuple[object, ...], list[Proposal]] = {}
    for proposal in proposals:
        item = proposal.item
        alone = item.by_model or proposal.rival or proposal.doubt is Doubt.CONTRADICTION
        message = None if alone else item.source_message_id
        key = (item.id,) if message is None else (message, proposal.doubt)
        found.setdefault(key, []).append(proposal)
    return [_waiting(group) for group in found.values()]


def _waiting(group: Sequence[Proposal]) -> Waiting:
    items = sorted((proposal.item for proposal in group), key=lambda item: item.id)
    return Waiting(tuple(items), group[0].doubt, group[0].rival)


def decide(memory: Memory, ids: Iterable[int], choice: Choice) -> None:
    """All that still wait: what is rejected takes what waits in the same words with it."""
    for ident in ids:
        if memory.item(ident).status is not Status.PROPOSED:
            continue
        if choice is Choice.REJECT:
            memory.reject(ident)
        else:
            memory.accept(ident, replace=choice is Choice.REPLACE)


def draw_options(
    page: str, waiting: Waiting, on_click: Callable[..., None], *args: object, quiet: bool = False
) -> None:
    """``on_click`` is given ``args``, the ids and the choice. ``quiet``: in a line of text."""
    for option in waiting.options:
        st.button(
            option.label,
            key=f"{page}_inbox_{option.choice}_{waiting.ids[0]}",
            icon=option.icon,
            type="tertiary" if quiet else "secondary",
            on_click=on_click,
            args=(*args, waiting.ids, option.choice),
        )


def said_when(moment: datetime, now: datetime) -> str:
    """“today”, “yesterday”, “on 3 March 2026”."""
    days = (now.astimezone().date() - moment.astimezone().date()) / timedelta(days=1)
    return {0.0: "today", 1.0: "yesterday"}.get(days, f"on {on_day(moment)}")
