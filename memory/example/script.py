"""What a script is written in: sittings at a conversation, and what is said and done in them.

Days are counted from the last one, which is 0. In a text, ``<-12>`` stands for the date of that
day, as in “14 May”: the life ends today, whenever that is.
"""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

_DAY = re.compile(r"<([+-]\d{1,3})>")
# strftime names them in the language of the computer
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Act(StrEnum):
    """What the person does besides talking."""

    GRANT = "grant"
    REMEMBER = "remember"
    SET_PROFILE = "set profile"
    KEEP = "keep"
    """What was masked in the last message."""
    PIN = "pin"
    PAUSE = "pause"
    EDIT = "edit"
    CLASSIFY = "classify"
    REINFORCE = "reinforce"
    FORGET = "forget"
    MERGE = "merge"
    REPLACE = "replace"
    """Out of the inbox, in the place of what it is at odds with."""
    REJECT = "reject"
    SWEEP = "sweep"


@dataclass(frozen=True, slots=True)
class Say:
    text: str
    answer: str = ""
    """What the assistant says to it; empty: what the built-in answerer makes of it."""


@dataclass(frozen=True, slots=True)
class Do:
    act: Act
    what: str = ""
    """The beginning of the memory that is meant, all of one to be remembered; of a consent its
    purpose, of the profile the field."""
    to: str = ""
    """The new text, class or value; of what is to be remembered its purpose, of a merge the
    beginning of the other memory."""
    kind: str = "fact"
    """Of what is to be remembered."""


Step = Say | Do


@dataclass(frozen=True, slots=True)
class Sitting:
    """A time at which the person is there."""

    day: int
    """0 or before."""
    at: time
    """Local; on the last day, hours and minutes before the end."""
    conversation: str
    steps: tuple[Step, ...]


def sitting(day: int, at: str, conversation: str, *steps: Step | str) -> Sitting:
    """A bare text is said, and answered from memory."""
    taken = tuple(Say(step) if isinstance(step, str) else step for step in steps)
    return Sitting(day, time.fromisoformat(at), f"example-{conversation}", taken)


def dated(text: str, today: date) -> str:
    """The text with its days written out.

    >>> dated("Back on <-1>, and off again on <+12>.", date(2028, 3, 1))
    'Back on 29 February, and off again on 13 March.'
    """

    def written(found: re.Match[str]) -> str:
        day = today + timedelta(days=int(found[1]))
        return f"{day.day} {_MONTHS[day.month - 1]}"

    return _DAY.sub(written, text)
