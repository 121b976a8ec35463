"""What an import would bring in, leaves out and differs in, counted while it is worked out."""

from collections import Counter
from dataclasses import dataclass, field

from memory.records.transfer import Clash, Conflict, LeftOutBecause


@dataclass(slots=True)
class Tally:
    added: Counter[str] = field(default_factory=Counter)
    already_here: Counter[str] = field(default_factory=Counter)
    left_out: Counter[LeftOutBecause] = field(default_factory=Counter)
    conflicts: list[Conflict] = field(default_factory=list)

    def clash(self, what: Clash, here: str, there: str) -> None:
        self.conflicts.append(Conflict(what, here, there))
