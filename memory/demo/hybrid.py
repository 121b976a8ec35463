"""The article's ``4_hybrid_memory_system.py`` (section 4): five interactions through hot, warm and
cold memory, and the context that is put together of them.

Its inputs; two lines that it prints cut off are completed in our own words. Its three tiers are
Redis, a list and a vector store; here they are one SQLite file.
"""

from collections.abc import Mapping

from memory import Context, Memory, Observation, Stats
from memory.demo import printing
from memory.demo.printing import better, brief, otherwise, part, point, say, summed, table
from memory.demo.scratch import Scratch

PERSON = "user_123"
WEATHER = "What's the weather like?"
INTERACTIONS = (
    ("user", "I'm getting a database timeout error in my Python app"),
    (
        "assistant",
        "Let's debug this step by step. First, check your connection pool settings.",
    ),
    ("user", "I prefer concise code examples with detailed comments"),
    ("assistant", "I'll keep that in mind. Here's a concise example with comments."),
    ("user", WEATHER),
)
PRINTED = (0.8, 0.7, 0.9, 0.5, 0.8)
"""The importance that the article prints for each; above 0.7 it stores."""
QUERY = "Show me how to optimize database connections"
SESSION, NEXT_SESSION = "session", "next session"


def walk(scratch: Scratch) -> None:
    printing.title("Hybrid memory", "4_hybrid_memory_system.py")
    with scratch.open() as memory:
        memory.grant(PERSON, "personalization")
        seen = [_take_in(scratch, memory, role, text) for role, text in INTERACTIONS]
        _show_scores(seen)
        here = _show_context(memory, SESSION, "in the same conversation")
        there = _show_context(memory, NEXT_SESSION, "in a new conversation")
        _show_what_a_model_gets(there)
        before = memory.stats()
        scratch.clock.forward(minutes=61)
        after = memory.stats()
        later = _show_an_hour_later(memory, before, after)
    _compare(seen, here, there, later, before, after)


def _take_in(scratch: Scratch, memory: Memory, role: str, text: str) -> Observation:
    part(f"{role}: {text}")
    seen = memory.observe(PERSON, role, text, conversation_id=SESSION)
    scratch.clock.forward(minutes=1)
    say(f"Importance {seen.importance.score:.2f}: {summed(seen.importance.terms)}.", 2)
    kept = [f"Kept as {item.kind}: {item.text}" for item in seen.stored]
    say("\n".join(kept) or seen.skipped, 2)
    say(
        f"Hot (the last hour) {memory.stats().hot_entries}, warm (the conversation) "
        f"{memory.count_messages(PERSON, SESSION)}, cold (memories) {len(memory.items(PERSON))}.",
        2,
    )
    return seen


def _show_scores(seen: list[Observation]) -> None:
    part("Importance, beside the article's")
    rows = [
        (
            here.importance.score,
            theirs,
            _yes(bool(here.stored)),
            _yes(theirs > 0.7),
            brief(text, 42),
        )
        for here, theirs, (_, text) in zip(seen, PRINTED, INTERACTIONS, strict=True)
    ]
    table(("here", "there", "kept here", "kept there", "interaction"), rows)


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"


# -- context ------------------------------------------------------------------------------


def _show_context(memory: Memory, conversation: str, where: str) -> Context:
    part(f"“{QUERY}”, {where}")
    given = memory.context(PERSON, QUERY, conversation_id=conversation)
    rows = [(s.name, s.items, s.tokens) for s in given.report.sections if s.items]
    table(("what goes in", "items", "tokens"), [*rows, ("all", "", given.report.tokens)])
    for left in given.report.left_out:
        point(f"left out of {left.what}: {left.reason} ({left.tokens} tokens)", 2)
    return given


def _show_what_a_model_gets(given: Context) -> None:
    part("What a model would get then")
    for message in given.messages:
        say(f"[{message['role']}]")
        say(message["content"], 2)
    for each in given.recalled:
        say(f"Recalled with similarity {each.similarity:.2f}: {each.item.text}")


def _show_an_hour_later(memory: Memory, before: Stats, after: Stats) -> Context:
    part("An hour later")
    table(
        ("tier", "before", "now"),
        [
            ("hot", before.hot_entries, after.hot_entries),
            ("warm (messages)", before.messages, after.messages),
            ("cold (memories)", before.memories, after.memories),
        ],
    )
    return _show_context(memory, NEXT_SESSION, "in a new conversation, an hour later")


def _items(given: Context) -> Mapping[str, int]:
    return {section.name: section.items for section in given.report.sections}


def _compare(
    seen: list[Observation],
    here: Context,
    there: Context,
    later: Context,
    before: Stats,
    after: Stats,
) -> None:
    weather = seen[-1].importance.score
    kept = sum(len(each.stored) for each in seen)
    (found,) = there.recalled
    better(
        [
            f"“{WEATHER}” is worth {weather:.2f} and is not kept; the article gives it 0.8 and "
            f"stores it for good. Of five interactions {kept} are kept, the problem and the "
            "preference; there it is three.",
            "Each importance shows its terms, and what is not kept says why.",
            f"The timeout error is found with a similarity of {found.similarity:.2f}; the article "
            "prints 0.14 for the same two texts.",
            "Nothing is told twice. The article's context has the timeout error as a message and "
            f"as a memory; here {_items(here)['memories']} memories go in where the conversation "
            "says it, and the report says why.",
            "All of a context is counted, section by section, against a budget of "
            f"{there.report.budget:,} tokens; it took {there.report.tokens}.",
            f"One file and no server: {before.hot_entries} hot entries lived in it for an hour, "
            f"and {after.hot_entries} do now.",
        ]
    )
    otherwise(
        [
            "In the new conversation the preference for concise examples comes only by way of the "
            "last hour. An hour later it is not there: it is not near enough to the question, and "
            f"of {after.memories} memories {_items(later)['memories']} goes in.",
            "The last hour comes along whatever it is about, the question about the weather too.",
            "What the assistant says counts for little here, so that its advice stays in the "
            "conversation only; in the article too, but narrowly (0.7).",
        ]
    )
