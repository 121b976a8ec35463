"""Finding what was said: candidates by meaning and by words, scored with terms (article,
section 3: vector-based semantic memory)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from memory.errors import NotFound
from memory.flow import audit, candidates, intake, policies
from memory.flow.candidates import CANDIDATES_PER_RESULT, MIN_CANDIDATES, Asked
from memory.flow.fading import presence
from memory.flow.parts import Parts
from memory.records import Act, Explanation, Recalled, SearchMode, Source, Status, Terms
from memory.rules import policy, scoring
from memory.rules.query import search_words
from memory.rules.scoring import Candidate
from memory.store.vectors import Vector

WEIGHTS = scoring.HYBRID
REPEATS = "It says again what stands higher up, so it makes room for something new."


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
    vector = parts.embedder.question(question)
    found = search(
        parts,
        person_id,
        question,
        vector,
        limit=limit,
        now=now,
        at=at and intake.moment(at, now),
        mode=intake.chosen(SearchMode, mode, "mode"),
    )
    chosen = [result for result in found if threshold is None or result.similarity >= threshold][
        :limit
    ]
    if touch and chosen:
        with parts.store.transaction():
            presence.note(parts, person_id, now)
            used = [result for result in chosen if scoring.bears_on(result)]
            use(parts, used, message_id=None, now=now)
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
    at: datetime | None = None,
    among: Sequence[int] | None = None,
) -> list[Recalled]:
    """All candidates, scored, the best first; more than ``limit`` as a rule.

    ``among``: ids of recallable memories, of which all are candidates of the hybrid mode, and no
    others.

    ``at``: as of that moment, by what was said and held then, and as strong as it was. What has
    expired by now is found at no moment, and what will have by then is not, either.
    """
    asked = Asked(
        person_id=person_id,
        text=question,
        vector=vector,
        today=now,
        now=max(now, at or now),
        as_of=at or now,
        until=at,
        speakers=parts.store.memories.speakers(person_id),
        without=without,
        among=among,
    )
    wanted = max(MIN_CANDIDATES, CANDIDATES_PER_RESULT * limit)
    match mode:
        case SearchMode.HYBRID:
            return _by_all_signals(parts, asked, wanted, limit)
        case SearchMode.VECTOR:
            return _by_meaning(parts, asked, wanted)
        case SearchMode.TEXT:
            return _by_words(parts, asked, wanted)


def _by_all_signals(parts: Parts, asked: Asked, wanted: int, limit: int) -> list[Recalled]:
    called = candidates.called(parts, asked.person_id)
    question = candidates.read_question(parts, asked, called)
    found = candidates.gather(parts, asked, question, called, wanted)
    ranked = _ranked(
        _recalled(candidate, score, terms)
        for candidate, score, terms in candidates.scored(parts, question, found)
    )
    return scoring.distinct(ranked, limit)


def _recalled(candidate: Candidate, score: float, terms: Terms) -> Recalled:
    shares_words = candidate.own_words > 0
    return Recalled(
        candidate.item,
        score,
        candidate.similarity,
        terms,
        scoring.reason(shares_words=shares_words, similarity=candidate.similarity),
        shares_words,
    )


def _by_meaning(parts: Parts, asked: Asked, wanted: int) -> list[Recalled]:
    """By the cosine alone (article, section 3)."""
    nearest = parts.store.vectors.search(
        asked.person_id, asked.vector, wanted, asked.now, asked.until
    )
    cosines = {ident: cosine for ident, cosine in nearest if ident not in asked.without}
    return _ranked(
        Recalled(
            item,
            cosines[item.id],
            cosines[item.id],
            {"similarity": cosines[item.id]},
            scoring.reason(shares_words=False, similarity=cosines[item.id]),
        )
        for item in parts.store.memories.many(list(cosines))
    )


def _by_words(parts: Parts, asked: Asked, wanted: int) -> list[Recalled]:
    """By BM25 of each memory's own words alone, the best being 1."""
    looked_for = search_words(asked.text, asked.speakers)
    best = parts.store.full_text.best(asked.person_id, looked_for, wanted, asked.now, asked.until)
    found = [ident for ident in best if ident not in asked.without]
    words = scoring.best_words(parts.store.full_text.hits(asked.person_id, found, looked_for))
    most = max(words.values(), default=1.0)
    cosines = parts.store.vectors.similarities(asked.vector, found)
    return _ranked(
        Recalled(
            item,
            words[item.id] / most,
            cosines.get(item.id, 0.0),
            {"full text": words[item.id] / most},
            scoring.reason(shares_words=True, similarity=cosines.get(item.id, 0.0)),
            shares_words=True,
        )
        for item in parts.store.memories.many(found)
    )


def _ranked(results: Iterable[Recalled]) -> list[Recalled]:
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
    """Why a memory was, or was not, among the first ``limit`` for a query: by the very search that
    finds those, since scores are comparable within one search alone."""
    now = parts.clock()
    person_id = parts.store.people.find(user_id)
    item = parts.store.memories.get(item_id)
    if person_id is None or item.user_id != user_id:
        raise NotFound("memory", item_id)
    question = intake.clean(query, parts.settings.max_message_bytes, "question")
    vector = parts.embedder.question(question)
    ranking = search(parts, person_id, question, vector, limit=max(limit, 1), now=now)
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
                reason=result.reason if lost_to is None else shortfall(result, lost_to, limit),
            )
    similarity = parts.store.vectors.similarities(vector, [item_id]).get(item_id, 0.0)
    return Explanation(
        item, False, None, 0.0, similarity, {}, _why_filtered(parts, person_id, item_id, now)
    )


def shortfall(result: Recalled, last: Recalled, limit: int) -> str:
    """What cost it its place: the term in which it is furthest behind the last that made it."""
    if result.score >= last.score:
        return REPEATS
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
    if item.status is Status.PROPOSED:
        return "It waits in the inbox: accept it to have it recalled."
    if item.valid_until is not None and item.valid_until <= now:
        return "It held until something newer was said of the same."
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
