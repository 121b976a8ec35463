"""Plays a script through the door, as if its days were going by."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from memory import BUILT_IN, Memory, MemoryItem, NotFound
from memory.example.script import Act, Do, Say, Sitting, Step, dated

READING = timedelta(seconds=70)
"""From what is said to the next step: the answer is read."""
CLICKING = timedelta(seconds=10)
"""From what is done to the next step."""
TYPING = timedelta(seconds=4)
"""From a message to an answer that the script has."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the life is; nothing of what is said in it."""

    done: int
    """Steps."""
    total: int
    day: date
    """The local day of the last one."""


class Player:
    """One life of one person."""

    def __init__(self, memory: Memory, user_id: str) -> None:
        self._ends = self._moment = memory.now()
        self._today = self._ends.astimezone().date()
        self._memory = memory.with_clock(lambda: self._moment)
        self._user_id = user_id
        self._said: int | None = None
        """The last message of the person."""

    def play(self, sittings: Sequence[Sitting], on_step: Callable[[Progress], None]) -> None:
        """To its end; what ``on_step`` raises ends it before."""
        total = sum(len(each.steps) for each in sittings)
        for done, (moment, conversation, step) in enumerate(self._steps(sittings), start=1):
            self._moment = moment
            self._memory.visit(self._user_id)
            if isinstance(step, Say):
                self._say(step, conversation)
            else:
                self._do(step)
            on_step(Progress(done, total, moment.astimezone().date()))

    def _steps(self, sittings: Sequence[Sitting]) -> Iterator[tuple[datetime, str, Step]]:
        """All of them in their order, each with its moment."""
        for each in sittings:
            moment = self._begins(each)
            for step in each.steps:
                yield moment, each.conversation, step
                moment += READING if isinstance(step, Say) else CLICKING

    def _begins(self, each: Sitting) -> datetime:
        """An hour that a change of daylight saving leaves out is the one after it."""
        if each.day == 0:
            return self._ends - timedelta(hours=each.at.hour, minutes=each.at.minute)
        day = self._today + timedelta(days=each.day)
        return datetime.combine(day, each.at).astimezone(self._ends.tzinfo)

    def _written(self, text: str) -> str:
        return dated(text, self._today)

    # -- saying -----------------------------------------------------------------------------

    def _say(self, step: Say, conversation: str) -> None:
        text, whose = self._written(step.text), self._user_id
        if step.answer:
            seen = self._memory.observe(whose, "user", text, conversation_id=conversation)
            self._moment += TYPING
            self._memory.observe(whose, "assistant", step.answer, conversation_id=conversation)
        else:
            reply = self._memory.respond(whose, text, conversation_id=conversation, model=BUILT_IN)
            reply.read()
            seen = reply.observation
        self._said = seen.message_id

    # -- doing ------------------------------------------------------------------------------

    def _do(self, step: Do) -> None:
        memory, whose = self._memory, self._user_id
        what, to = self._written(step.what), self._written(step.to)
        if step.act in _CHANGES:
            _CHANGES[step.act](memory, self._named(what), to)
        elif step.act is Act.MERGE:
            memory.merge([self._named(what).id, self._named(to).id])
        elif step.act is Act.GRANT:
            memory.grant(whose, what)
        elif step.act is Act.REMEMBER:
            memory.remember(whose, what, kind=step.kind, purpose=to)
        elif step.act is Act.SET_PROFILE:
            memory.set_profile(whose, what, to)
        elif step.act is Act.KEEP:
            self._keep()
        else:
            memory.sweep(memory.plan_sweep(whose))

    def _keep(self) -> None:
        if self._said is None:
            raise NotFound("message", "to keep")
        self._memory.keep(self._said)

    def _named(self, beginning: str) -> MemoryItem:
        """The latest that begins so. Raises NotFound where none was learnt."""
        for item in self._memory.items(self._user_id):
            if item.text.startswith(beginning):
                return item
        raise NotFound("memory", beginning)


_CHANGES: Mapping[Act, Callable[[Memory, MemoryItem, str], object]] = {
    Act.PIN: lambda memory, item, _: memory.pin(item.id),
    Act.PAUSE: lambda memory, item, _: memory.pause(item.id),
    Act.EDIT: lambda memory, item, text: memory.edit(item.id, text),
    Act.CLASSIFY: lambda memory, item, data_class: memory.classify(item.id, data_class),
    Act.REINFORCE: lambda memory, item, _: memory.reinforce([item.id]),
    Act.FORGET: lambda memory, item, _: memory.forget(item.id),
    Act.REPLACE: lambda memory, item, _: memory.accept(item.id, replace=True),
    Act.REJECT: lambda memory, item, _: memory.reject(item.id),
}
