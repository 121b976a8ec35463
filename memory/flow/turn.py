"""A turn before its answer: what is asked for, understood against what is known, and stored.

A disk that is full does not end the conversation: the turn goes on in the process alone, and says
that it was not saved.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from memory.errors import InvalidInput, StoreUnavailable
from memory.flow import (
    audit,
    context,
    conversations,
    forget,
    hot,
    intake,
    learn,
    needed,
    permission,
    recall,
    revise,
    study,
)
from memory.flow.parts import Parts
from memory.flow.stopwatch import Stopwatch
from memory.records import (
    PERSONALIZATION,
    Act,
    DataClass,
    Latency,
    MemoryItem,
    Observation,
    Recalled,
    Role,
    Status,
)
from memory.store.vectors import Vector


@dataclass(frozen=True, slots=True)
class Request:
    """What one call asks for."""

    user_id: str
    text: str
    conversation: str
    without: tuple[int, ...] = ()
    """Ids of memories to answer as if they were not there."""
    private: bool = False
    """Nothing of the turn is stored."""
    replacing: int | None = None
    """Id of the message this one takes the place of; what followed it goes too."""
    asked_in: int | None = None
    """Id of the message that holds the text already: only its answer is given anew."""
    old_answer: int | None = None
    """Id of the answer that is given anew."""
    asked_class: DataClass = DataClass.PUBLIC
    """Of the message that holds the text: what was masked in it cannot be seen any more."""
    unsaved: str = ""
    """Why that message could not be saved, in words; empty when it was."""
    rehearsed: bool = False
    """Only to see what would be answered: nothing of it is kept."""
    as_shown: str = ""
    """Digest of what the person was shown: nothing else may be sent."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a call has worked out before anything is written."""

    request: Request
    stores_for: int | None
    """The person whose file it goes into; None: nothing of this turn may be stored."""
    recalls_for: int | None
    """The person whose memories may be used; None without consent, or with memory off here."""
    studied: study.Studied
    vector: "Vector | None"
    """Of what is said; None where nothing may be recalled."""
    recalled: tuple[Recalled, ...]
    without: tuple[int, ...]
    """Also what was learnt from the messages that are replaced."""
    unsaved: str = ""
    """Why nothing of it could be saved, in words."""

    @property
    def may_be_stored(self) -> bool:
        """Though it could not be saved; False when it is private, or not agreed to."""
        return bool(self.stores_for or self.unsaved) and not self.studied.refused

    @property
    def said_before(self) -> int | None:
        """Of the conversation, only what stands before the message of this id counts as said."""
        return self.request.replacing or self.request.asked_in


def understand(parts: Parts, request: Request, watch: Stopwatch | None = None) -> Turn:
    """What the turn says and what is known of it; nothing is written but numbers of what is masked.

    Raises InvalidInput for a text that is empty or too long, or cannot replace what it should, and
    NotFound when that is not there.
    """
    intake.name(request.conversation, "conversation")
    _check_replaceable(parts, request)
    consenting = permission.consenting(parts, request.user_id, PERSONALIZATION)
    watch = watch or Stopwatch()
    numbers_for = None if request.private or request.asked_in is not None else consenting
    with watch.during(Latency.UNDERSTANDING):
        studied, unsaved = _study(parts, request, numbers_for)
        studied = study.of_class_at_least(studied, request.asked_class)
    unsaved = request.unsaved or unsaved or studied.refused
    without = (
        *_with_same_words(parts, request.without),
        *_with_wholes(_learnt_from_replaced(parts, request)),
    )
    recalls_for = consenting
    if recalls_for is not None and not permission.remembers_in(
        parts, recalls_for, request.conversation
    ):
        recalls_for = None
    with watch.during(Latency.UNDERSTANDING):
        vector = None if recalls_for is None else _vector(parts, studied)
    with watch.during(Latency.RECALL):
        recalled = _recall(parts, studied, recalls_for, vector, without)
    return Turn(
        request=request,
        stores_for=None if request.private or unsaved else consenting,
        recalls_for=recalls_for,
        studied=studied,
        vector=vector,
        recalled=recalled,
        without=without,
        unsaved=unsaved,
    )


def _check_replaceable(parts: Parts, request: Request) -> None:
    if request.replacing is None:
        return
    message = conversations.standing_message(parts, request.user_id, request.replacing)
    if message.role is not Role.USER or message.conversation_id != request.conversation:
        raise InvalidInput("Only your own messages of this conversation can be edited.")


def _study(parts: Parts, request: Request, person_id: int | None) -> tuple[study.Studied, str]:
    """The text understood; in words, why it cannot be saved, if it cannot.

    Numbering what is masked writes to the file already.
    """
    understood = partial(
        study.understand,
        parts,
        request.user_id,
        role=Role.USER,
        text=request.text,
        said_at=parts.clock(),
        conversation=request.conversation,
    )
    try:
        return understood(person_id), ""
    except StoreUnavailable as error:
        if person_id is None:
            raise
        return understood(None), str(error)


def _recall(
    parts: Parts,
    studied: study.Studied,
    recalls_for: int | None,
    vector: "Vector | None",
    without: tuple[int, ...],
) -> tuple[Recalled, ...]:
    if recalls_for is None or vector is None:
        return ()
    found = recall.search(
        parts,
        recalls_for,
        studied.intake.text,
        vector,
        limit=context.MEMORIES,
        now=studied.said_at,
        without=without,
    )
    return tuple(found[: context.MEMORIES])


def _vector(parts: Parts, studied: study.Studied) -> "Vector":
    """Of the message as a question; as it is stored, where its model makes no difference."""
    whole = study.is_whole(studied.drafts, studied.intake.text)
    known = studied.drafts[0].vector if whole else studied.vector
    if known is None or parts.embedder.tells_questions_apart:
        return parts.embedder.question(studied.intake.text)
    return known


def _learnt_from_replaced(parts: Parts, request: Request) -> list[MemoryItem]:
    """Memories of the messages that must not count as said: replaced, or being answered anew."""
    if request.asked_in is not None and request.asked_in > 0:
        return parts.store.memories.from_message(request.asked_in)
    if request.replacing is None or request.replacing < 0:
        return []
    return [
        item
        for message_id in parts.store.messages.following(request.replacing)
        for item in parts.store.memories.from_message(message_id)
    ]


def _with_same_words(parts: Parts, memory_ids: Sequence[int]) -> tuple[int, ...]:
    """What a memory says stands in its turn, too: without the one is without the other, as when it
    is forgotten."""
    others = (each.id for ident in memory_ids for each in parts.store.statements.overlapping(ident))
    return tuple(dict.fromkeys([*memory_ids, *others]))


def _with_wholes(items: list[MemoryItem]) -> tuple[int, ...]:
    """Their ids, and those of the merges that hold their texts."""
    wholes = (item.merged_into for item in items if item.merged_into is not None)
    return (*(item.id for item in items), *wholes)


def for_context(parts: Parts, turn: Turn) -> context.Asked:
    """With what the message needs beside what is near to it: only a model is given that."""
    more = needed.NOTHING
    if turn.recalls_for is not None and turn.vector is not None:
        more = needed.find(
            parts,
            turn.recalls_for,
            turn.studied.intake.text,
            turn.vector,
            now=turn.studied.said_at,
            without=turn.without,
        )
    return context.Asked(
        user_id=turn.request.user_id,
        text=turn.studied.intake.text,
        conversation=turn.request.conversation,
        recalled=turn.recalled,
        now=turn.studied.said_at,
        needed=more,
        without=turn.without,
        before=turn.said_before,
        with_memory=turn.recalls_for is not None,
        parsed=turn.studied.intake.reading.parsed,
    )


# -- storing --------------------------------------------------------------------------------


def store(parts: Parts, turn: Turn) -> tuple[Turn, Observation]:
    """The person's words, where they may be kept; the turn says if they could not be saved."""
    if turn.request.asked_in is not None:
        return turn, _standing(parts, turn, turn.request.asked_in)
    if turn.stores_for is not None:
        try:
            observation = _store_in_file(parts, turn, turn.stores_for)
            if observation.message_id is not None:
                _cut_unsaved(parts, turn.request)
                return turn, observation
            turn = replace(turn, stores_for=None, unsaved=observation.skipped)
        except StoreUnavailable as error:
            turn = replace(turn, stores_for=None, unsaved=str(error))
    elif turn.studied.refused:
        _replace_stored(parts, turn)
    return turn, _keep_in_process(parts, turn)


def _replace_stored(parts: Parts, turn: Turn) -> None:
    """The message that one takes the place of goes, though the new one may not be stored."""
    replaced = turn.request.replacing
    person_id = permission.consenting(parts, turn.request.user_id, PERSONALIZATION)
    if person_id is not None and replaced is not None and replaced > 0:
        with parts.store.transaction():
            _replace(parts, person_id, replaced, turn)


def _store_in_file(parts: Parts, turn: Turn, person_id: int) -> Observation:
    request, now = turn.request, turn.studied.said_at
    with parts.store.transaction():
        if request.replacing is not None and request.replacing > 0:
            _replace(parts, person_id, request.replacing, turn)
        return learn.store(parts, turn.studied, person_id, request.conversation, now)


def _replace(parts: Parts, person_id: int, message_id: int, turn: Turn) -> None:
    """Out of sight and out of use at once; erased when undo ends, as what is forgotten."""
    now = turn.studied.said_at
    for item in _learnt_from_replaced(parts, turn.request):
        if item.merged_into is not None:
            _undo_merge(parts, item.merged_into, now)
        if item.status is not Status.FORGOTTEN:
            parts.store.memories.set_status(item.id, Status.FORGOTTEN, now)
            forget.cool(parts, item)
    _hide(parts, person_id, parts.store.messages.following(message_id), now)


def _undo_merge(parts: Parts, whole_id: int, now: datetime) -> None:
    """It holds the replaced words; its other parts are memories of their own again."""
    whole = parts.store.memories.get(whole_id)
    revise.release(parts, whole, parts.store.memories.merged_from(whole_id))
    if whole.status is not Status.FORGOTTEN:
        parts.store.memories.set_status(whole_id, Status.FORGOTTEN, now)


def replace_answers(parts: Parts, person_id: int, asked: int, now: datetime) -> None:
    """Those to a question, and none to another one that was asked meanwhile; call it in the
    transaction that records the new answer."""
    messages = parts.store.messages
    answers = [
        ident
        for ident in messages.following(asked)[1:]
        if messages.get(ident).role is not Role.USER and messages.question_of(ident) == asked
    ]
    _hide(parts, person_id, answers, now)


def _hide(parts: Parts, person_id: int, message_ids: list[int], now: datetime) -> None:
    parts.store.messages.replace(message_ids, now)
    for message_id in message_ids:
        hot.drop(parts, person_id, message_id)
    what = f"message:{','.join(map(str, message_ids))}"
    audit.event(parts, person_id, Act.REPLACE, what, now, {"messages": len(message_ids)})


def _keep_in_process(parts: Parts, turn: Turn) -> Observation:
    request = turn.request
    _cut_unsaved(parts, request)
    parts.transcripts.add(
        request.user_id,
        request.conversation,
        Role.USER,
        turn.studied.intake.text,
        now=turn.studied.said_at,
        masked=turn.studied.intake.labels,
        note=turn.unsaved,
        data_class=turn.studied.intake.data_class,
        may_be_stored=turn.may_be_stored,
    )
    observation = learn.unstored(turn.studied)
    return replace(observation, skipped=turn.unsaved) if turn.unsaved else observation


def _cut_unsaved(parts: Parts, request: Request) -> None:
    """What is replaced, where it lives in the process only."""
    if request.replacing is not None:
        parts.transcripts.cut(request.user_id, request.conversation, request.replacing)


def _standing(parts: Parts, turn: Turn, message_id: int) -> Observation:
    """What became of a message when it was taken in."""
    stored = [] if message_id < 0 else parts.store.memories.from_message(message_id)
    kept = tuple(item for item in stored if item.in_use)
    return Observation(
        message_id=message_id if message_id > 0 else None,
        importance=turn.studied.importance,
        stored=kept,
        entities=turn.studied.mentions,
        profile=turn.studied.profile if kept else (),
        skipped=_why_not(parts, message_id, kept),
    )


def _why_not(parts: Parts, message_id: int, kept: tuple[MemoryItem, ...]) -> str:
    if kept or message_id < 0:
        return ""
    return parts.store.messages.get(message_id).note
