"""What a turn says, worked out before anything is written: as it may be stored, how much it
deserves to last, and what it states. What was found out can still be refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from memory.flow import confirmed, derive, intake
from memory.flow.confirmed import Fix
from memory.flow.derive import Draft
from memory.flow.parts import Parts
from memory.flow.provisional import Provisional
from memory.records import (
    Classification,
    ClassReason,
    DataClass,
    Days,
    Doubt,
    Importance,
    Mention,
    ProfileFact,
    Role,
)
from memory.rules import policy
from memory.rules.importance import TOLD, importance
from memory.rules.query import attributed
from memory.store.vectors import Vector

NOT_REMEMBERING = "Recollect may not remember: there is no consent for personalization."
BY_ITS_STATEMENTS = "It is kept by what it states."
SAID_ELSEWHERE = "An assistant said it elsewhere, so nothing is learnt from it."
LONG_TURN = 8
"""Sentences; of a longer turn what it states is kept, the rest stays in the conversation."""
REFUSED = "It is sensitive ({topic}), and you have not agreed that such things are kept."


@dataclass(frozen=True, slots=True)
class Studied:
    """A turn understood, before anything is written."""

    user_id: str
    role: Role
    intake: intake.Intake
    importance: Importance
    mentions: tuple[Mention, ...]
    profile: tuple[ProfileFact, ...]
    skipped: str
    """Why the turn as a whole becomes no memory, in words; empty when it does."""
    vector: "Vector | None"
    """Of the turn as a whole, if it becomes a memory."""
    drafts: tuple[Draft, ...]
    """What it states that becomes a memory."""
    happened: Days | None
    doubt: Doubt | None
    speaker: str | None
    said_at: datetime
    fix: Fix | None = None
    """What it confirms of what the assistant proposed."""

    @property
    def refused(self) -> str:
        """Why nothing of it may be stored, in words; empty when it may."""
        return refusal(self.intake)

    @property
    def is_own(self) -> bool:
        """The person speaks for themselves; nobody else states anything of them."""
        return _is_own(self.role, self.speaker, self.user_id)

    @property
    def told(self) -> bool:
        """The person said that it is to be remembered."""
        return self.is_own and TOLD in self.importance.terms


def _is_own(role: Role, speaker: str | None, user_id: str) -> bool:
    return role is Role.USER and speaker in (None, user_id)


def understand(
    parts: Parts,
    user_id: str,
    person_id: int | None,
    role: Role,
    text: str,
    *,
    said_at: datetime,
    conversation: str,
    speaker: str | None = None,
) -> Studied:
    """``person_id`` None: nothing may be stored. Raises InvalidInput for a text too long."""
    studied = worked_out(
        parts,
        user_id,
        person_id,
        role,
        text,
        said_at=said_at,
        conversation=conversation,
        speaker=speaker,
    )
    return embedded(parts, [studied])[0]


def worked_out(
    parts: Parts,
    user_id: str,
    person_id: int | None,
    role: Role,
    text: str,
    *,
    said_at: datetime,
    conversation: str,
    speaker: str | None = None,
    looking: Provisional | None = None,
) -> Studied:
    """All but the vectors. ``looking``: it is only looked at, and nothing is written."""
    given = intake.clean(text, parts.settings.max_message_bytes, "message")
    taken = intake.take_in(parts, person_id, given, looking=looking)
    reading = taken.reading
    by_another = not _is_own(role, speaker, user_id)
    weight = importance(
        taken.text, role, reading.sentences, reading.mentions, by_another=by_another
    )
    studied = Studied(
        user_id=user_id,
        role=role,
        intake=taken,
        importance=weight,
        mentions=reading.mentions,
        profile=reading.profile if _is_own(role, speaker, user_id) else (),
        skipped=_reason_to_skip(parts, person_id, taken, weight),
        vector=None,
        drafts=(),
        happened=derive.happened(parts, taken.text, said_at),
        doubt=derive.doubt_of(taken.text),
        speaker=speaker,
        said_at=said_at,
    )
    if person_id is None or taken.refused:
        return studied
    if studied.is_own:
        fix = confirmed.fix(parts, person_id, conversation, taken.text, said_at)
        studied = replace(_with_statements(parts, studied), fix=fix)
    return studied


def answer(
    parts: Parts,
    user_id: str,
    person_id: int,
    text: str,
    *,
    said_at: datetime,
    asked: DataClass,
    looking: Provisional | None = None,
) -> Studied:
    """What another assistant said to the person, as the answers here are kept: in the conversation,
    and nothing is learnt from it. ``asked``: the class of what it answers, which it may repeat."""
    given = intake.clean(text, parts.settings.max_message_bytes, "message")
    taken = intake.take_in(parts, person_id, given, learnt_from=False, looking=looking)
    studied = Studied(
        user_id=user_id,
        role=Role.ASSISTANT,
        intake=taken,
        importance=Importance(0.0, {}),
        mentions=(),
        profile=(),
        skipped=refusal(taken) or SAID_ELSEWHERE,
        vector=None,
        drafts=(),
        happened=None,
        doubt=None,
        speaker=None,
        said_at=said_at,
    )
    return of_class_at_least(studied, asked)


def _with_statements(parts: Parts, studied: Studied) -> Studied:
    """A long turn is kept by what it states, unless every turn is kept; one that is a single
    statement is that statement."""
    taken = studied.intake
    drafts = derive.drafts(parts, taken, studied.said_at)
    if not drafts:
        return studied
    long = len(taken.reading.sentences) > LONG_TURN and parts.settings.importance_threshold > 0
    if is_whole(drafts, taken.text) or long:
        return replace(studied, drafts=drafts, skipped=BY_ITS_STATEMENTS)
    return replace(studied, drafts=drafts)


def is_whole(drafts: Sequence[Draft], text: str) -> bool:
    """Whether a text is one statement, and nothing beside it."""
    return len(drafts) == 1 and drafts[0].text == text


def embedded(parts: Parts, found: Sequence[Studied]) -> list[Studied]:
    """With their vectors, in one batch; a statement that is the whole turn is one text with it."""
    texts = [_texts(studied) for studied in found]
    every = [text for own in texts for text in own]
    vectors = iter(parts.embedder.embed(every) if every else ())
    return [
        _with_vectors(studied, list(islice(vectors, len(own))))
        for studied, own in zip(found, texts, strict=True)
    ]


def _texts(studied: Studied) -> list[str]:
    """What is embedded of it: the turn as a whole, if it becomes a memory, then its statements."""
    whole = [] if studied.skipped else [attributed(studied.intake.text, studied.speaker)]
    return whole + [attributed(draft.text, studied.speaker) for draft in studied.drafts]


def _with_vectors(studied: Studied, vectors: "list[Vector]") -> Studied:
    if not vectors:
        return studied
    vector = None if studied.skipped else vectors.pop(0)
    drafts = zip(studied.drafts, vectors, strict=True)
    return replace(
        studied,
        vector=vector,
        drafts=tuple(replace(draft, vector=own) for draft, own in drafts),
    )


def of_class_at_least(studied: Studied, data_class: DataClass) -> Studied:
    taken = studied.intake
    found = policy.strictest([taken.data_class, data_class])
    if found is taken.data_class:
        return studied
    classification = Classification(found, ClassReason.CHOSEN)
    drafts = (replace(draft, classification=classification) for draft in studied.drafts)
    return replace(
        studied,
        intake=replace(taken, classification=classification),
        drafts=tuple(drafts),
    )


def refusal(taken: intake.Intake) -> str:
    """Why nothing of it may be stored, in words; empty when it may."""
    return REFUSED.format(topic=taken.classification.reason) if taken.refused else ""


def _reason_to_skip(
    parts: Parts, person_id: int | None, taken: intake.Intake, weight: Importance
) -> str:
    settings = parts.settings
    if person_id is None:
        return NOT_REMEMBERING
    if taken.refused:
        return refusal(taken)
    # a threshold of 0 keeps every turn, also one whose score is 0
    if 0 < settings.importance_threshold >= weight.score and TOLD not in weight.terms:
        return (
            f"Its importance of {weight.score:.2f} is not above {settings.importance_threshold:g}, "
            "so it stays in the conversation only."
        )
    if len(taken.text.encode()) > settings.max_memory_bytes:
        return (
            f"It is longer than a memory may be ({settings.max_memory_bytes / 1024:g} KB), so it "
            "stays in the conversation only."
        )
    return ""
