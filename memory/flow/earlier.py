"""What a conversation outgrew, and what of it comes back: the summary that a model made of it, and
the turns that have to do with the question, word for word."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from memory.flow.block import Line
from memory.flow.parts import Parts
from memory.records import Message, Role, Summary, WordHits
from memory.rules import scoring
from memory.rules.query import WORD, search_words
from memory.rules.repeats import telling
from memory.rules.talk.vocabulary import stem

TURNS = 4
"""How many come back at most."""
LOOKED_AT = 100
"""Messages that share a word with the question, of what was said before those that are loaded."""
NEARLY_AS_GOOD = 0.5
"""Of the best one's score: what shares less with the question is about something else."""
SUMMARISED = "What came before, in short"
"""How the line of a summary begins."""
SPEAKERS = {Role.USER: "the person said", Role.ASSISTANT: "the assistant answered"}


def lines(
    parts: Parts,
    person_id: int,
    conversation: str,
    question: str,
    outgrown: Sequence[Message],
    *,
    before: int | None,
    now: datetime,
    untold: Collection[int] = (),
    until: int | None = None,
) -> list[Line]:
    """The summary first, then the turns as they were said, oldest first.

    ``outgrown``: messages that may be used and do not fit, oldest first. ``before``: what stands
    before the message of this id is looked through as well. Nothing comes from the messages of the
    ids ``untold``, nor from that of the id ``until`` or what was said after it.
    """
    row = parts.store.conversations.find(person_id, conversation)
    words = search_words(question)
    made = None if row is None else usable_summary(parts, row, now)
    if made is not None and not _tells_only(made, untold, until):
        made = None
    long_ago: list[Message] = []
    if row is not None and before is not None:
        stems = [stem(word) for word in words]
        saying = parts.store.messages.usable(row, LOOKED_AT, before, now, stems)
        long_ago = [message for message in saying if message.id not in untold]
    found = _without_archived(parts, words, [*long_ago, *outgrown])
    turns = [_turn_line(message) for message in _relevant(words, found)]
    return turns if made is None else [_summary_line(made), *turns]


def summary(parts: Parts, user_id: str, conversation: str) -> Summary | None:
    """As it stands, also while it may not be used."""
    person_id = parts.store.people.find(user_id)
    row = None if person_id is None else parts.store.conversations.find(person_id, conversation)
    return None if row is None else parts.store.summaries.get(row, parts.clock())


def usable_summary(parts: Parts, conversation_id: int, now: datetime) -> Summary | None:
    """None where it tells of anything that may not be used now, such as what was forgotten or is
    archived, and where memory is off: it was made while that was on."""
    if not parts.store.conversations.remembers(conversation_id):
        return None
    made = parts.store.summaries.get(conversation_id, now)
    usable = made is not None and may_come_back(parts, made.message_ids, now)
    return made if usable else None


def may_come_back(parts: Parts, message_ids: Sequence[int], now: datetime) -> bool:
    """Whether a summary may tell of all of them."""
    messages = parts.store.messages
    return messages.are_usable(message_ids, now) and not messages.telling_archived(message_ids)


def given_contexts(parts: Parts, summary_ids: Collection[int]) -> tuple[int, ...]:
    """What is kept of contexts that held the summaries: it goes with them."""
    return tuple(parts.store.summaries.contexts(summary_ids, SUMMARISED))


def _tells_only(made: Summary, untold: Collection[int], until: int | None) -> bool:
    """Whether it tells of nothing that may not be told, and of nothing later: it cannot be told
    in part."""
    is_early = until is None or until < 0 or max(made.message_ids, default=0) < until
    return is_early and not set(made.message_ids) & set(untold)


def _summary_line(made: Summary) -> Line:
    text = f"{SUMMARISED} (by {made.model}, {made.made_at:%Y-%m-%d}): {made.text}"
    return Line(text, made.data_class, telling(made.text), message_ids=made.message_ids)


def _turn_line(message: Message) -> Line:
    speaker = message.speaker
    said = f"{speaker} said" if speaker else SPEAKERS.get(message.role, message.role.value)
    text = f"Earlier here, on {message.said_at:%Y-%m-%d}, {said}: {message.text}"
    ids = (message.id,) if message.id > 0 else ()
    return Line(text, message.data_class, telling(message.text), message_ids=ids)


def _without_archived(
    parts: Parts, words: Sequence[str], messages: Sequence[Message]
) -> list[Message]:
    """What is in the archive does not come back; only what has one of the words would."""
    hits = _hits([stem(word) for word in words], messages)
    asked = [messages[place].id for place in hits.lengths]
    untold = parts.store.messages.telling_archived(asked)
    return [message for message in messages if message.id not in untold]


def _relevant(words: Sequence[str], outgrown: Sequence[Message]) -> list[Message]:
    """By BM25 over what left: the meaning of turns that are no memories is not kept, and to embed
    them anew would take longer than the rest of the turn."""
    hits = _hits([stem(word) for word in words], outgrown)
    scores = scoring.best_words(hits)
    best = max(scores.values(), default=0.0)
    chosen = sorted(scores, key=lambda place: (-scores[place], -place))[:TURNS]
    return [outgrown[place] for place in sorted(chosen) if scores[place] >= NEARLY_AS_GOOD * best]


def _hits(wanted: Sequence[str], messages: Sequence[Message]) -> WordHits:
    """Where the words stand, by the places of the messages."""
    counts: dict[str, dict[int, int]] = {word: {} for word in wanted}
    lengths: dict[int, int] = {}
    for place, message in enumerate(messages):
        said = Counter(stem(word.lower()) for word in WORD.findall(message.text))
        for word in counts.keys() & said.keys():
            counts[word][place] = said[word]
            lengths[place] = len(message.text)
    said_in = {word: len(of_word) for word, of_word in counts.items()}
    return WordHits(counts, said_in, lengths, len(messages))
