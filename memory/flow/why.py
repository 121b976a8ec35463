"""Why an answer is as it is: how it came about, what was given, and what nearly was."""

from memory.flow import anew, context, conversations, recall, turn
from memory.flow.parts import Parts
from memory.records import Answered, Explanation, KeptContext, LeftOut, Recalled, Source

NEAR_MISSES = 5
ANSWERS_NOTHING = "It was looked at, and does not answer this."
LEFT_OUT = "It was recalled, but did not go in: {}."


def answered(parts: Parts, user_id: str, message_id: int) -> Answered | None:
    """None for an answer of before this was kept, and for what is no answer. Raises NotFound."""
    conversations.own_message(parts, user_id, message_id)
    if message_id < 0:
        kept = parts.transcripts.provenance(message_id)
        return None if kept is None else kept.answered
    return parts.store.answers.get(message_id)


def given(parts: Parts, user_id: str, message_id: int) -> KeptContext | None:
    """Exactly what a model got; None when none was asked, or that is kept no more. Raises
    NotFound."""
    conversations.own_message(parts, user_id, message_id)
    if message_id < 0:
        kept = parts.transcripts.provenance(message_id)
        found = None if kept is None else kept.given
        return found if found is not None and found.expires_at > parts.clock() else None
    return parts.store.contexts.get(message_id, parts.clock())


def sources(parts: Parts, message_id: int) -> list[Source]:
    """The memories an answer was built on, as they are now; also of one that is not stored."""
    if message_id > 0:
        return parts.store.uses.sources(message_id)
    kept = parts.transcripts.provenance(message_id)
    built_on = () if kept is None else kept.built_on
    items = {item.id: item for item in parts.store.memories.many([b.memory_id for b in built_on])}
    return [
        Source(items[each.memory_id], each.score, each.similarity, each.terms, each.reason)
        for each in built_on
        if each.memory_id in items
    ]


def near_misses(parts: Parts, user_id: str, answer_id: int) -> tuple[Explanation, ...]:
    """Memories that are near to the question and are not among the answer's sources, the nearest
    first, with the reason each lost; by what is known now. Raises NotFound or InvalidInput."""
    asked = anew.question_of(parts, user_id, answer_id)
    understood = turn.understand(parts, anew.asked_again(asked, ()))
    if understood.recalls_for is None or understood.vector is None:
        return ()
    found = recall.search(
        parts,
        understood.recalls_for,
        asked.text,
        understood.vector,
        limit=context.MEMORIES,
        now=understood.studied.said_at,
        without=understood.without,
    )
    used = {source.item.id for source in sources(parts, answer_id)}
    kept = given(parts, user_id, answer_id)
    left_out = {each.memory_id: each for each in (kept.report.left_out if kept else ())}
    missed = [
        _explained(found, rank, left_out.get(result.item.id))
        for rank, result in enumerate(found, start=1)
        if result.item.id not in used
    ]
    return tuple(missed[:NEAR_MISSES])


def _explained(found: list[Recalled], rank: int, left_out: LeftOut | None) -> Explanation:
    result = found[rank - 1]
    if left_out is not None:
        reason = LEFT_OUT.format(left_out.reason)
    elif rank > context.MEMORIES:
        reason = recall.shortfall(result, found[context.MEMORIES - 1], context.MEMORIES)
    else:
        reason = ANSWERS_NOTHING
    return Explanation(
        item=result.item,
        recalled=rank <= context.MEMORIES,
        rank=rank,
        score=result.score,
        similarity=result.similarity,
        terms=result.terms,
        reason=reason,
    )
