"""What an import would bring in, and what would be learnt from it: the steps of the import itself
but for the last, over all of it or over a sample. Nothing is written.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from threading import Event

from memory.flow import confirmed, derive, intake, learn, permission, study
from memory.flow.chats import choosing, lines, messages
from memory.flow.chats.choosing import Chosen, WaitingLine, WaitingMessage
from memory.flow.chats.importing import BATCH, OnChatProgress
from memory.flow.chats.learnt import Found, Learnt
from memory.flow.parts import Parts
from memory.flow.provisional import Provisional
from memory.flow.study import Studied
from memory.records import (
    ChatImportPlan,
    ChatProgress,
    DataClass,
    Kind,
    Message,
    MessageState,
    PlannedChat,
    Role,
)
from memory.rules import confirmation


@dataclass(slots=True)
class _Looking:
    """What is kept from one batch to the next."""

    parts: Parts
    user_id: str
    person_id: int
    learnt: Learnt
    same: lines.Same
    numbers: Provisional = field(default_factory=Provisional)
    asked: dict[str, DataClass] = field(default_factory=dict)
    before: dict[str, list[Message]] = field(default_factory=dict)
    """What was said last in each conversation: a fix is confirmed behind it."""


def plan(
    parts: Parts,
    user_id: str,
    data: bytes,
    sample: int | None,
    on_step: OnChatProgress | None,
    stop: Event | None,
) -> ChatImportPlan:
    """``sample``: about so many messages are looked through, in conversations from all over the
    file; None: all. Raises ImportRejected, ConsentRequired."""
    person_id = choosing.consenting(parts, user_id)
    now = parts.clock()
    chosen = choosing.choose(parts, person_id, data, None, now)
    same = lines.Same(parts.store.memories.all(person_id) if chosen.lines else ())
    looking = _Looking(parts, user_id, person_id, Learnt(parts, person_id, now), same)
    said, listed = _sampled(chosen, sample)
    done, total = 0, len(said) + len(listed)
    for batch in _batches(said, listed):
        if stop is not None and stop.is_set():
            break
        _look_through(looking, batch)
        done += len(batch)
        if on_step is not None:
            on_step(ChatProgress(done, total, memories=looking.learnt.kinds.total()))
    return _plan(chosen, looking.learnt, done)


def _sampled(
    chosen: Chosen, sample: int | None
) -> tuple[Sequence[WaitingMessage], Sequence[WaitingLine]]:
    """Whole conversations, evenly from all of them."""
    if sample is None or chosen.total <= sample:
        return chosen.messages, chosen.lines
    if chosen.lines:
        return (), chosen.lines[:sample]
    names = list(dict.fromkeys(each.chat.name for each in chosen.messages))
    step = max(1, chosen.total // max(1, sample))
    taken = set(names[::step])
    return [each for each in chosen.messages if each.chat.name in taken], ()


def _batches(
    said: Sequence[WaitingMessage], listed: Sequence[WaitingLine]
) -> Iterator[Sequence[WaitingMessage] | Sequence[WaitingLine]]:
    for place in range(0, len(said), BATCH):
        yield said[place : place + BATCH]
    for place in range(0, len(listed), BATCH):
        yield listed[place : place + BATCH]


def _look_through(
    looking: _Looking, batch: Sequence[WaitingMessage] | Sequence[WaitingLine]
) -> None:
    said = [each for each in batch if isinstance(each, WaitingMessage)]
    listed = [each for each in batch if isinstance(each, WaitingLine)]
    if said:
        reading = messages.read_ahead(looking.parts, said)
        for each in said:
            _look_at_message(looking, reading, each)
    if listed:
        reading = lines.read_ahead(looking.parts, listed)
        for line in listed:
            _look_at_line(looking, reading, line)


# -- a message ------------------------------------------------------------------------------


def _look_at_message(looking: _Looking, reading: Parts, waiting: WaitingMessage) -> None:
    learnt, chat, said = looking.learnt, waiting.chat, waiting.message
    if said.role is not Role.USER:
        studied = study.answer(
            reading,
            looking.user_id,
            looking.person_id,
            said.text,
            said_at=waiting.said_at,
            asked=looking.asked.get(chat.name, DataClass.PUBLIC),
            looking=looking.numbers,
        )
    else:
        studied = study.worked_out(
            reading,
            looking.user_id,
            looking.person_id,
            said.role,
            said.text,
            said_at=waiting.said_at,
            conversation=chat.name,
            looking=looking.numbers,
        )
        looking.asked[chat.name] = studied.intake.data_class
    if not intake.may_hold(looking.parts, looking.person_id, studied.intake.data_class):
        learnt.sensitive += 1
        return
    learnt.masked.update(span.label for span in studied.intake.masked)
    if said.role is Role.USER and permission.remembers_in(
        looking.parts, looking.person_id, chat.name
    ):
        _learn(looking, waiting, studied)
    _go_on(looking, waiting, studied)


def _learn(looking: _Looking, waiting: WaitingMessage, studied: Studied) -> None:
    learnt, parts = looking.learnt, looking.parts
    studied = learn.as_the_person_wants(parts, looking.person_id, studied)
    title, said_at, doubt = waiting.chat.title, waiting.said_at, studied.doubt
    if not studied.skipped:
        taken = studied.intake
        kind, data_class = Kind.EPISODE, taken.data_class
        learnt.add(
            Found(taken.text, kind, data_class, said_at, title, doubt, profile=studied.profile)
        )
    for draft in studied.drafts:
        if intake.may_hold(parts, looking.person_id, draft.classification.data_class):
            learnt.add(
                Found(
                    draft.text,
                    draft.statement.kind,
                    draft.classification.data_class,
                    said_at,
                    title,
                    doubt or derive.doubt_of(draft.text),
                    draft.statement,
                    draft.profile,
                )
            )
    if confirmation.confirms(studied.intake.text):
        _learn_solution(looking, waiting, studied)
    if permission.is_noted(
        parts, looking.person_id, waiting.chat.name, Role.USER, told=studied.told
    ):
        learnt.mention(studied.mentions)


def _learn_solution(looking: _Looking, waiting: WaitingMessage, studied: Studied) -> None:
    """What the assistant proposed, now that the person says that it worked."""
    before = looking.before.get(waiting.chat.name, [])
    solution = confirmed.stated(looking.parts, before)
    if solution is None:
        return
    found = intake.class_of(looking.parts, f"{solution.problem}\n{solution.fix}")
    looking.learnt.add(
        Found(
            solution.text,
            Kind.SOLUTION,
            found.data_class,
            before[-1].said_at,
            waiting.chat.title,
            studied.doubt or derive.doubt_of(solution.text),
        )
    )


def _go_on(looking: _Looking, waiting: WaitingMessage, studied: Studied) -> None:
    said = Message(
        id=0,
        user_id=looking.user_id,
        conversation_id=waiting.chat.name,
        role=waiting.message.role,
        text=studied.intake.text,
        speaker=None,
        state=MessageState.COMPLETE,
        created_at=waiting.said_at,
        said_at=waiting.said_at,
    )
    before = looking.before.setdefault(waiting.chat.name, [])
    before.append(said)
    del before[: -confirmed.LOOKED_BACK]
    if waiting.ends:
        del looking.before[waiting.chat.name]


# -- a line ---------------------------------------------------------------------------------


def _look_at_line(looking: _Looking, reading: Parts, waiting: WaitingLine) -> None:
    learnt = looking.learnt
    noted = lines.worked_out(reading, looking.person_id, waiting, looking.numbers)
    if not intake.may_hold(looking.parts, looking.person_id, noted.data_class):
        learnt.sensitive += 1
        return
    learnt.masked.update(span.label for span in noted.taken.masked)
    if looking.same.find(noted.taken.text) is not None:
        learnt.again += 1
        return
    looking.same.add(noted.taken.text, 0)
    learnt.mention(noted.taken.reading.mentions)
    learnt.add(
        Found(
            noted.taken.text,
            noted.kind,
            noted.data_class,
            waiting.said_at,
            "",
            noted.doubt,
            noted.statement,
            noted.profile,
        )
    )


# -- in sum ---------------------------------------------------------------------------------


def _plan(chosen: Chosen, learnt: Learnt, done: int) -> ChatImportPlan:
    waiting: Counter[str] = Counter(each.chat.name for each in chosen.messages)
    chats = [
        PlannedChat(
            chat.name,
            chat.title,
            chat.first_at,
            chat.last_at,
            waiting[chat.name],
            chosen.known.get(chat.name, 0),
        )
        for chat in chosen.file.conversations
    ]
    chats.sort(key=lambda chat: chat.last_at or choosing.NEVER, reverse=True)
    times = [each.said_at for each in chosen.messages]
    times += [each.line.said_at for each in chosen.lines if each.line.said_at]
    return ChatImportPlan(
        format=chosen.file.format,
        conversations=tuple(chats),
        messages=dict(Counter(each.message.role for each in chosen.messages)),
        lines=len(chosen.lines),
        first_at=min(times, default=None),
        last_at=max(times, default=None),
        left_out=dict(chosen.left_out),
        learnt=learnt.result,
        looked_through=done,
    )
