"""What a model is given: instructions, what is known, and the conversation, under a budget.

Memories are data, not instructions: they stand in a block of their own that says so (``block``),
each with its source and date (``known``). A report tells what went in and what was left out.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import takewhile

from memory.flow import (
    buffer,
    earlier,
    instructions,
    intake,
    known,
    learn,
    needed,
    permission,
    recall,
)
from memory.flow.block import HEADER, Block
from memory.flow.needed import NOTHING, Needed
from memory.flow.parts import Parts
from memory.protocols import TokenCounter
from memory.records import (
    ChatMessage,
    Context,
    ContextReport,
    DataClass,
    LeftOut,
    Message,
    Recalled,
    Role,
    Section,
    Sentence,
    Stats,
)
from memory.rules import delimiting, policy, shares
from memory.rules.repeats import telling
from memory.store.said import Within

OUTGROWN = "older turns make room for newer ones"
MEMORIES = known.MOST_MEMORIES
"""How many of what is recalled a context, or the answerer, looks at."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a context is built for."""

    user_id: str
    text: str
    conversation: str
    recalled: Sequence[Recalled]
    now: datetime
    needed: Needed = NOTHING
    """What the message needs beside what is near to it."""
    max_tokens: int | None = None
    without: Sequence[int] = ()
    """Ids of memories that nothing may come from, here or in the conversation."""
    before: int | None = None
    """Only what was said before the message of this id: it is said anew."""
    with_memory: bool = True
    """False: only the conversation and the instructions."""
    classes: Collection[DataClass] = tuple(DataClass)
    """Only what is of these may go in: a model elsewhere is not given all."""
    parsed: Sequence[Sentence] = ()
    """The sentences of ``text`` with their grammar."""


class _CountedOnce:
    """For one context: what was said is counted when it is seen what fits, when that is put
    together, and when it is told."""

    def __init__(self, tokens: TokenCounter) -> None:
        self.count = cache(tokens.count)


def most_tokens(parts: Parts) -> int:
    """That may be given in all, where nobody says otherwise."""
    return parts.settings.buffer_tokens + parts.settings.memory_tokens


def assemble(parts: Parts, asked: Asked) -> Context:
    """Raises BudgetExceeded when the instructions and the message alone are too much."""
    parts = replace(parts, tokens=_CountedOnce(parts.tokens))
    settings = parts.settings
    budgeted = most_tokens(parts) if asked.max_tokens is None else asked.max_tokens
    share = settings.memory_tokens / most_tokens(parts)
    person_id = parts.store.people.find(asked.user_id)
    prompt, prompt_class = instructions.for_classes(parts, person_id, asked.classes)
    around = f"\n\n{HEADER}\n{delimiting.OPEN}\n{delimiting.CLOSE}"
    room = budgeted - sum(parts.tokens.count(each) for each in (prompt, around, asked.text))
    untold = _telling(parts, asked.user_id, asked.without)
    said = buffer.load(
        parts,
        asked.user_id,
        asked.conversation,
        asked.now,
        untold=untold,
        before=asked.before,
        classes=asked.classes,
    )
    block = Block(parts, min(int(budgeted * share), room))
    chosen: list[Recalled] = []
    if person_id is not None and asked.with_memory:
        block.said += [telling(text) for text in _latest(parts, said, room - block.budget)]
        chosen = known.fill(parts, block, _wanted(asked, person_id, untold))
    fits = _fitting(parts, prompt, block, said, asked, budgeted)
    outgrown, said = said[: len(said) - fits], said[len(said) - fits :]
    is_outgrown = bool(outgrown) or fits == buffer.MAX_MESSAGES
    if person_id is not None and is_outgrown:
        _tell_outgrown(parts, block, asked, person_id, outgrown, said, untold)
    back = _given_back(parts, prompt, block, outgrown, said, asked, budgeted)
    outgrown, said = outgrown[: len(outgrown) - back], [*outgrown[len(outgrown) - back :], *said]
    turns = buffer.Buffer(budgeted, parts.tokens.count)
    turns.extend(_messages(prompt, block, said, asked))
    return Context(
        turns.messages,
        _report(parts, turns, block, outgrown, budgeted),
        tuple(chosen),
        data_class=policy.strictest(
            [prompt_class, *block.classes, *(message.data_class for message in said)]
        ),
        message_ids=(*block.message_ids, *(message.id for message in said if message.id > 0)),
        memory_ids=tuple(dict.fromkeys(block.memory_ids)),
        holds_unstorable=not all(message.may_be_stored for message in (*outgrown, *said)),
        begins_at=next((m.id for m in said if m.id > 0), None) if is_outgrown else None,
    )


def _fitting(
    parts: Parts, prompt: str, block: Block, said: Sequence[Message], asked: Asked, budgeted: int
) -> int:
    """How many of the latest messages fit beside what is known, and the share of what does not."""
    without = buffer.Buffer(budgeted, parts.tokens.count)
    without.extend(_messages(prompt, block, said, asked))
    if not without.left_out:
        return len(said)
    used = sum(section.tokens for section in block.sections)
    reserved = shares.room(shares.EARLIER, block.budget, used)
    within = buffer.Buffer(budgeted - reserved, parts.tokens.count)
    within.extend(_messages(prompt, block, said, asked))
    return len(within.messages) - 2  # the instructions, and the question


def _given_back(
    parts: Parts,
    prompt: str,
    block: Block,
    outgrown: Sequence[Message],
    said: Sequence[Message],
    asked: Asked,
    budgeted: int,
) -> int:
    """How many more of the latest messages fit in what the older ones left of their share; none
    that is told already."""
    whole = buffer.Buffer(budgeted, parts.tokens.count)
    whole.extend(_messages(prompt, block, [*outgrown, *said], asked))
    fits = len(whole.messages) - 2 - len(said)
    told = set(block.message_ids)
    latest = reversed(outgrown[len(outgrown) - max(0, fits) :])
    back = list(takewhile(lambda message: message.id not in told, latest))
    while back and back[-1].role is not Role.USER:
        back.pop()  # an answer without its question
    return len(back)


def _messages(
    prompt: str, block: Block, said: Sequence[Message], asked: Asked
) -> list[ChatMessage]:
    system = f"{prompt}\n\n{block}" if block.lines else prompt
    return [
        ChatMessage(role="system", content=system),
        *buffer.as_chat(said),
        ChatMessage(role="user", content=asked.text),
    ]


def _tell_outgrown(
    parts: Parts,
    block: Block,
    asked: Asked,
    person_id: int,
    outgrown: Sequence[Message],
    said: Sequence[Message],
    untold: Collection[int],
) -> None:
    """What of it bears on the question, in what is left of the budget for what is known."""
    loaded = [message.id for message in (*outgrown, *said) if message.id > 0]
    found = earlier.lines(
        parts,
        person_id,
        asked.conversation,
        asked.text,
        outgrown,
        before=min(loaded, default=None),
        now=asked.now,
        untold=untold,
        until=asked.before,
    )
    block.add(shares.EARLIER, block.keep_home(shares.EARLIER, found, asked.classes))


def _wanted(asked: Asked, person_id: int, untold: Collection[int | None]) -> known.Wanted:
    return known.Wanted(
        person_id=person_id,
        conversation=asked.conversation,
        now=asked.now,
        recalled=asked.recalled,
        needed=asked.needed,
        without=asked.without,
        untold=untold,
        classes=asked.classes,
        parsed=asked.parsed,
    )


def _latest(parts: Parts, said: Sequence[Message], room: int) -> list[str]:
    """The turns that go in however much is known: what they say need not be told again."""
    texts: list[str] = []
    for message in reversed(said):
        room -= parts.tokens.count(message.text)
        if room < 0:
            break
        texts.append(message.text)
    return texts


def _telling(parts: Parts, user_id: str, memory_ids: Sequence[int]) -> set[int]:
    """Messages that tell any of them. What was merged was said in the messages of its parts."""
    if not memory_ids:
        return set()
    merged = (item.id for ident in memory_ids for item in parts.store.memories.merged_from(ident))
    ids = [*memory_ids, *merged]
    return parts.store.messages.telling(ids) | parts.transcripts.built_on(user_id, ids)


def _report(
    parts: Parts, turns: buffer.Buffer, block: Block, outgrown: Sequence[Message], budget: int
) -> ContextReport:
    """The sections add up to the whole; the words around the recalled lines are instructions."""
    system_tokens = parts.tokens.count(turns.messages[0]["content"])
    recalled_tokens = sum(section.tokens for section in block.sections)
    left = [*(message.text for message in outgrown), *(m["content"] for m in turns.left_out)]
    left_turns = [LeftOut("conversation", OUTGROWN, parts.tokens.count(text)) for text in left]
    return ContextReport(
        sections=(
            Section("instructions", system_tokens - recalled_tokens, 1),
            *block.sections,
            Section("conversation", turns.tokens - system_tokens, len(turns.messages) - 1),
        ),
        left_out=(*block.left_out, *left_turns),
        tokens=turns.tokens,
        budget=budget,
    )


def build(
    parts: Parts, user_id: str, text: str, conversation_id: str | None, max_tokens: int | None
) -> Context:
    """The context of a message that is not a turn: nothing is stored or counted as a use."""
    now = parts.clock()
    question = intake.clean(text, parts.settings.max_message_bytes, "message")
    conversation = conversation_id or learn.DEFAULT_CONVERSATION
    person_id = parts.store.people.find(user_id)
    with_memory = person_id is not None and permission.remembers_in(parts, person_id, conversation)
    recalled: list[Recalled] = []
    more = NOTHING
    parsed: Sequence[Sentence] = ()
    if person_id is not None and with_memory:
        vector = parts.embedder.question(question)
        recalled = recall.search(parts, person_id, question, vector, limit=MEMORIES, now=now)
        more = needed.find(parts, person_id, question, vector, now=now)
        parsed = parts.language.read(question).parsed
    asked = Asked(
        user_id=user_id,
        text=question,
        conversation=conversation,
        recalled=recalled,
        now=now,
        needed=more,
        max_tokens=max_tokens,
        with_memory=with_memory,
        parsed=parsed,
    )
    return assemble(parts, asked)


def stats(parts: Parts) -> Stats:
    """Over every person in the file."""
    store, now = parts.store, parts.clock()
    people = [person_id for person_id, _ in store.people.all()]
    return Stats(
        memories=store.memories.count(),
        messages=store.messages.count(),
        conversations=sum(len(store.conversations.all(person)) for person in people),
        entities=sum(len(store.entities.all(Within(person, now))) for person in people),
        hot_entries=store.hot_cache.count(now),
        file_bytes=store.database.file_bytes(),
        embedding_model=parts.embedder.models.offer_of(store.vectors.model),
    )
