"""What kinds of memory a message needs, from its words (article, section 1: “Fix the login bug we
discussed yesterday” needs semantic, procedural and episodic memory).

Whatever is said needs semantic memory: the profile, and what is near in words and meaning. Work
needs to be done the person's own way, a problem needs what was tried on its like, and a day that is
named needs what was said on it. None of these has to sound like the message.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from memory.records import Days, Kind, TimeSpan
from memory.rules.talk.questions import Turn, read_turn

LONGEST_DAYS = 31
"""A longer stretch of time narrows nothing down."""

# activity -> what speaks of it; its name is what a procedure for it is looked for by
_ACTIVITIES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "debug": r"debug(?:ging)?|bugs?|fix(?:es|ed|ing)?|errors?|exceptions?|crash(?:es|ed|ing)?"
        r"|fail(?:s|ed|ing|ures?)?|broken|broke|issues?|problems?|troubleshoot\w{0,3}|outage"
        r"|regression|leaks?|timeouts?|flaky|(?:doesn['’]t|does not|not|isn['’]t) work(?:ing)?",
        "deploy": r"deploy(?:s|ed|ing|ments?)?|releas(?:e|es|ed|ing)|ship(?:s|ped|ping)?"
        r"|roll(?:ing|ed)? (?:out|back)|publish(?:es|ed|ing)?",
        "test": r"tests?|testing|qa|coverage",
        "review": r"reviews?|reviewing|pull requests?|merge requests?|prs?",
        "set up": r"set(?:ting)? ?up|install(?:s|ed|ing|ation)?|configur(?:e|es|ed|ing|ation)"
        r"|onboard(?:s|ed|ing)?|migrat(?:e|es|ed|ing|ions?)",
    }.items()
}
_HOW_IT_IS_DONE = re.compile(
    r"\bhow (?:do|should|would|can|did|to)\b|\b(?:steps?|process|procedure|workflow|routine|recipe"
    r"|checklist|instructions|guide|usual way)\b",
    re.IGNORECASE,
)
_PROBLEM = "debug"


@dataclass(frozen=True, slots=True)
class Needs:
    """Beside semantic memory, which every message needs."""

    procedure: str = ""
    """Procedural: what to look for among the procedures; empty: none is needed."""
    solution: str = ""
    """Procedural: the problem to look for among the solutions; empty: there is none."""
    days: Days | None = None
    """Episodic: what was said on these days, or happened on them."""

    @property
    def kinds(self) -> dict[Kind, str]:
        """The kinds of memory that are looked for beside the rest, and by which words."""
        wanted = {Kind.PROCEDURE: self.procedure, Kind.SOLUTION: self.solution}
        return {kind: words for kind, words in wanted.items() if words}


def needs(message: str, times: Sequence[TimeSpan], today: date) -> Needs:
    """``times``: the days that the message names."""
    activities = [name for name, words in _ACTIVITIES.items() if words.search(message)]
    works = any(part.turn is Turn.REQUEST for part in read_turn([message]))
    wants_procedure = bool(activities) or works or bool(_HOW_IT_IS_DONE.search(message))
    return Needs(
        procedure=", ".join([*activities, message]) if wants_procedure else "",
        solution=message if _PROBLEM in activities else "",
        days=_past_days(times, today),
    )


def _past_days(times: Sequence[TimeSpan], today: date) -> Days | None:
    """The first of the stretches that is over, or goes on; the future holds no episodes."""
    for span in times:
        short = (span.last - span.first).days < LONGEST_DAYS
        if short and span.first <= today and span.past is not False:
            return Days(span.first, min(span.last, today))
    return None
