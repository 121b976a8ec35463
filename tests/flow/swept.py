"""A person with much that is fresh and a little dust, as the tests of sweeps find it."""

from dataclasses import dataclass

from memory.engine import Memory
from memory.records import Protection, Status
from tests.fakes import FixedClock
from tests.flow.lived import live, told

STRONG = 12
DAYS = 20
"""After which what was worth 0.3 stands at 0.11, and what was worth 0.8 at 0.29."""


@dataclass(frozen=True)
class Scene:
    memory: Memory
    clock: FixedClock
    dust: tuple[int, int]
    """The weakest first."""
    strong: tuple[int, ...]

    def archived(self) -> set[int]:
        items = self.memory.items("me")
        return {item.id for item in items if item.status is Status.ARCHIVED}

    def planned(self, **more: object) -> list[int]:
        return [each.item.id for each in self.memory.plan_sweep("me", **more).archived]

    def why(self, **more: object) -> dict[int, Protection]:
        plan = self.memory.plan_sweep("me", **more)
        return {kept.item.id: kept.why for kept in plan.protected}


def live_through(memory: Memory, clock: FixedClock) -> Scene:
    strong = tuple(told(memory, f"The notebook number {n} is blue", 0.8) for n in range(STRONG))
    dust = told(memory, "The weather was grey", 0.25), told(memory, "The bus was late", 0.3)
    live(memory, clock, DAYS)
    return Scene(memory, clock, dust, strong)
