"""What a conversation outgrew, and what of it comes back: the summary that a model made of it, and
the turns that have to do with the question, word for word."""

from collections import Counter
from collections.abc import Sequence
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
) -> list[Line]:
    """The summary first, then the turns as they were said, oldest first.

    ``outgrown``: messages that may be used and do not fit, oldest first. ``before``: what stands
    before the message of this id is looked through as well.
    """
    row = parts.store.conversations.find(person_id, conversation)
    words = search_words(question)
    made = None if row is None else usable_summary(parts, row, now)
    long_ago: list[Message] = []
    if row is not None and before is not None:
        stems = [stem(word) for word in words]
        long_ago = parts.store.messages.usable(row, LOOKED_AT, before, now, stems)
    turns = [_turn_line(message) for message in _relevant(words, [*long_ago, *outgrown])]
    return turns if made is None else [_summary_line(made), *turns]


def summary(parts: Parts, user_id: str, conversation: str) -> Summary | None:
    """As it stands, also while it may not be used."""
    person_id = parts.store.people.find(user_id)
    row = None if person_id is None else parts.store.conversations.find(person_id, conversation)
    return None if row is None else parts.store.summaries.get(row, parts.clock())


def usable_summary(parts: Parts, conversation_id: int, now: datetime) -> Summary | None:
    """None where it tells of anything that may not be used now, such as what was forgotten."""
    made = parts.store.summaries.get(conversation_id, now)
    usable = made is not None and parts.store.messages.are_usable(made.message_ids, now)
    return made if usable else None


def _summary_line(made: Summary) -> Line:
    text = f"What came before, in short (by {made.model}, {made.made_at:%Y-%m-%d}): {made.text}"
    return Line(text, made.data_class, telling(made.text), message_ids=made.message_ids)


def _turn_line(message: Message) -> Line:
    speaker = message.speaker
    said = f"{speaker} said" if speaker else SPEAKERS.get(message.role, message.role.value)
    text = f"Earlier here, on {message.said_at:%Y-%m-%d}, {said}: {message.text}"
    ids = (message.id,) if message.id > 0 else ()
    return Line(text, message.data_class, telling(message.text), message_ids=ids)


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
    return WordHits(counts, lengths, len(messages))
