"""Finding what was said: candidates by meaning and by words, scored with terms (article,
section 3: vector-based semantic memory)."""

from collections.abc import Sequence
from datetime import datetime

from memory.errors import NotFound
from memory.flow import audit, intake, policies
from memory.flow.parts import Parts
from memory.records import Act, Explanation, Recalled, SearchMode, Source, Status
from memory.rules import decay, policy, scoring
from memory.rules.query import search_words
from memory.store.vectors import MAX_NEIGHBOURS, Vector

MIN_CANDIDATES = 50
CANDIDATES_PER_RESULT = 4
"""A memory that is only fair in each search can be the best in both."""


def recall(
    parts: Parts,
    user_id: str,
    query: str,
    *,
    limit: int,
    threshold: float | None,
    at: datetime | None,
    touch: bool,
    mode: str,
) -> list[Recalled]:
    """The best first. Raises InvalidInput for an empty query."""
    now = parts.clock()
    question = intake.clean(query, parts.settings.max_message_bytes, "question")
    person_id = parts.store.people.find(user_id)
    if person_id is None or limit < 1:
        return []
    vector = parts.embedder.embed([question])[0]
    found = search(
        parts,
        person_id,
        question,
        vector,
        limit=limit if at is None else MAX_NEIGHBOURS,  # some were said after it
        now=now,
        as_of=intake.moment(at, now),
        mode=intake.chosen(SearchMode, mode, "mode"),
    )
    chosen = [
        result
        for result in found
        if (threshold is None or result.similarity >= threshold)
        and (at is None or result.item.said_at <= at)
    ][:limit]
    if touch and chosen:
        with parts.store.transaction():
            use(parts, chosen, message_id=None, now=now)
            classes = [result.item.data_class for result in chosen]
            counts = {"memories": len(chosen)}
            audit.event(parts, person_id, Act.RECALL, "recall", now, counts, classes=classes)
    return chosen


def search(
    parts: Parts,
    person_id: int,
    question: str,
    vector: Vector,
    *,
    limit: int,
    now: datetime,
    mode: SearchMode = SearchMode.HYBRID,
    without: Sequence[int] = (),
    as_of: datetime | None = None,
) -> list[Recalled]:
    """All candidates, scored, the best first; more than ``limit`` as a rule.

    ``as_of``: the moment of their strength. What has expired by now is found at no moment, and
    what will have by then is not, either.
    """
    as_of = as_of or now
    now = max(now, as_of)
    wanted = max(MIN_CANDIDATES, CANDIDATES_PER_RESULT * limit)
    similarities: dict[int, float] = {}
    words: dict[int, float] = {}
    if mode is not SearchMode.TEXT:
        similarities = dict(parts.store.vectors.search(person_id, vector, wanted, now))
    if mode is not SearchMode.VECTOR:
        looked_for = search_words(question, parts.store.memories.speakers(person_id))
        words = dict(parts.store.memories.search_text(person_id, looked_for, wanted, now))
    candidates = [ident for ident in similarities | words if ident not in without]
    missing = [ident for ident in candidates if ident not in similarities]
    similarities |= parts.store.vectors.similarities(vector, missing)
    best = max(words.values(), default=0.0)
    results = []
    for item in parts.store.memories.many(candidates):
        similarity = similarities.get(item.id, 0.0)
        full_text = words.get(item.id, 0.0) / best if best > 0 else 0.0
        score, terms = scoring.weigh(
            mode,
            similarity=similarity,
            full_text=full_text,
            strength=decay.strength(item, as_of),
        )
        why = scoring.reason(similarity, full_text)
        results.append(Recalled(item, score, similarity, terms, why))
    return sorted(results, key=lambda result: (-result.score, -result.item.id))


def use(
    parts: Parts,
    sources: Sequence[Recalled | Source],
    *,
    message_id: int | None,
    now: datetime,
    counts: bool = True,
) -> None:
    """Reinforce what was used, unless it was merely listed; call it in a transaction."""
    if not sources:
        return
    rules = policies.of(parts, parts.store.people.find(sources[0].item.user_id))
    for source in sources:
        item = source.item
        parts.store.uses.record(
            Source(item, source.score, source.similarity, source.terms, source.reason),
            message_id=message_id,
            expires_at=policy.expires_after_use(item, now, rules),
            now=now,
            counts=counts,
        )


def explain(parts: Parts, user_id: str, query: str, item_id: int, limit: int) -> Explanation:
    """Why a memory was, or was not, among the first ``limit`` for a query."""
    now = parts.clock()
    person_id = parts.store.people.find(user_id)
    item = parts.store.memories.get(item_id)
    if person_id is None or item.user_id != user_id:
        raise NotFound("memory", item_id)
    question = intake.clean(query, parts.settings.max_message_bytes, "question")
    vector = parts.embedder.embed([question])[0]
    ranking = search(parts, person_id, question, vector, limit=MAX_NEIGHBOURS, now=now)
    for rank, result in enumerate(ranking, start=1):
        if result.item.id == item_id:
            lost_to = ranking[limit - 1] if rank > limit else None
            return Explanation(
                item=result.item,
                recalled=lost_to is None,
                rank=rank,
                score=result.score,
                similarity=result.similarity,
                terms=result.terms,
                reason=result.reason if lost_to is None else _shortfall(result, lost_to, limit),
            )
    similarity = parts.store.vectors.similarities(vector, [item_id]).get(item_id, 0.0)
    return Explanation(
        item, False, None, 0.0, similarity, {}, _why_filtered(parts, person_id, item_id, now)
    )


def _shortfall(result: Recalled, last: Recalled, limit: int) -> str:
    """What cost it its place: the term in which it is furthest behind the last that made it."""
    behind = {name: last.terms[name] - value for name, value in result.terms.items()}
    worst = max(behind, key=lambda name: behind[name])
    return (
        f"It was {last.score - result.score:.2f} short of place {limit}; it lost most on "
        f"{worst} ({result.terms[worst]:.2f} against {last.terms[worst]:.2f})."
    )


def _why_filtered(parts: Parts, person_id: int, item_id: int, now: datetime) -> str:
    item = parts.store.memories.get(item_id)
    if item.status is Status.FORGOTTEN:
        return "It was forgotten at your request."
    if item.status is Status.ARCHIVED:
        return "It is archived: restore it to have it recalled."
    if item.status is Status.MERGED:
        return "It was merged into another memory, which is recalled instead."
    if item.paused:
        return "It is paused: resume it to have it recalled."
    if item.expires_at is not None and item.expires_at <= now:
        return "It has expired."
    if not policies.of(parts, person_id).classes[item.data_class].recalled:
        return f"What is {item.data_class} is not recalled: your rules in Privacy say so."
    if not parts.store.consents.granted(person_id, item.purpose) or not intake.may_hold(
        parts, person_id, item.data_class
    ):
        return "There is no consent to use it: give it in Privacy."
    return "It is not among the candidates: neither its words nor its meaning are near."
