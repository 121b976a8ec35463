"""The article's ``1_conversation_memory.py`` (section 2): seven turns under a budget of tokens.

Its inputs. It prints some lines cut off; these are completed here in our own words, so that its
counts and ours differ by a few tokens.
"""

from memory import AppError, Context, Memory
from memory.demo import printing
from memory.demo.printing import better, brief, otherwise, part, point, say, table
from memory.demo.scratch import Scratch

SYSTEM = "You are a helpful coding assistant specializing in Python."
TURNS = (
    (
        "Help me debug this Python function",
        "I'd be happy to help! Please share the function code.",
    ),
    (
        "def calculate_sum(numbers): return sum(numbers)",
        "That function looks correct! It calculates the sum of a list of numbers.",
    ),
    (
        "It's giving me a TypeError",
        "The TypeError suggests you might be passing incompatible types.",
    ),
    (
        "TypeError: unsupported operand type(s) for +: 'int' and 'str'",
        "Ah! You have strings mixed with integers. Try converting them first.",
    ),
    (
        "How do I convert strings to integers?",
        "Use int() function: int('5') converts string '5' to the integer 5.",
    ),
    (
        "What about handling non-numeric strings?",
        "Use try/except with ValueError: try: int(x) except ValueError: skip it.",
    ),
    (
        "Show me a complete example",
        "Here's a robust version with error handling...",
    ),
)
BUDGET = 1000
"""Tokens: the article's limit, which its seven turns never reach."""
SMALL_BUDGET = 140
"""Less than the seven turns take."""
TINY_BUDGET = 15
"""Less than the instructions and a question take."""
MODEL = "gpt-3.5-turbo"
"""Whose encoding counts, as in the article."""
LAST = "Can you show me calculate_sum again?"
"""Asks for what the small budget no longer holds."""
CHAT = "debugging"


def walk(scratch: Scratch) -> None:
    printing.title("Conversation memory", "1_conversation_memory.py")
    with scratch.open_for_me(token_model=MODEL) as memory:
        memory.set_instructions("me", SYSTEM)
        _talk(scratch, memory)
        whole = _ask(memory, BUDGET)
        _show_whole(whole)
        small = _show_small(memory)
        refusal = _show_too_small(memory)
        kept = len(memory.items("me"))
    with scratch.open(token_model=MODEL) as memory:
        again = _show_again(memory)
    _compare(whole, small, refusal, again)
    otherwise(
        [
            f"Long-term memories made of the seven turns: {kept}. Questions and an error message "
            "state nothing that lasts; they stay in the conversation and are found there.",
            "Tokens are of what a model is given, with the question: the words around recalled "
            "lines count too, which the article's counter does not know of.",
        ]
    )


def _talk(scratch: Scratch, memory: Memory) -> None:
    part(f"Seven turns, at most {BUDGET:,} tokens")
    say("What a model would be given with each message:")
    rows = []
    for number, (asked, answered) in enumerate(TURNS, start=1):
        given = memory.context("me", asked, conversation_id=CHAT, max_tokens=BUDGET)
        rows.append((number, len(given.messages), given.report.tokens, brief(asked)))
        for role, text in (("user", asked), ("assistant", answered)):
            memory.observe("me", role, text, conversation_id=CHAT)
            scratch.clock.forward(minutes=1)
    table(("turn", "messages", "tokens", "the message"), rows)


def _ask(memory: Memory, budget: int) -> Context:
    return memory.context("me", LAST, conversation_id=CHAT, max_tokens=budget)


def _show_whole(given: Context) -> None:
    part("The final context, with one more question")
    for number, message in enumerate(given.messages, start=1):
        print(f"{number:>4}. {message['role']:<10} {brief(message['content'], 66)}")
    print(f"\n  {given.report.tokens} of {given.report.budget:,} tokens")


def _show_small(memory: Memory) -> Context:
    part(f"The same with {SMALL_BUDGET} tokens: something has to leave")
    given = _ask(memory, SMALL_BUDGET)
    rows = [(s.name, s.items, s.tokens) for s in given.report.sections if s.tokens]
    table(("what went in", "items", "tokens"), [*rows, ("all", "", given.report.tokens)])
    print()
    say("The messages that went in:")
    for message in given.messages:
        point(f"{message['role']}: {brief(message['content'].splitlines()[0], 70)}", 2)
    say("Of what left, this bears on the question, and is told word for word:")
    for line in _recalled_lines(given):
        point(line, 2)
    say("Left out:")
    for reason, count, tokens in _left_out(given):
        point(f"{count} of the {reason}, {tokens} tokens", 2)
    return given


def _recalled_lines(given: Context) -> list[str]:
    lines = given.messages[0]["content"].splitlines()
    return [line.removeprefix("- ") for line in lines if line.startswith("- ")]


def _left_out(given: Context) -> list[tuple[str, int, int]]:
    tokens: dict[str, list[int]] = {}
    for left in given.report.left_out:
        tokens.setdefault(f"{left.what} ({left.reason})", []).append(left.tokens)
    return [(reason, len(each), sum(each)) for reason, each in tokens.items()]


def _show_too_small(memory: Memory) -> str:
    part(f"With {TINY_BUDGET} tokens")
    try:
        _ask(memory, TINY_BUDGET)
    except AppError as error:
        say(f"{type(error).__name__}: {error}")
        return type(error).__name__
    return ""


def _show_again(memory: Memory) -> int:
    part("Closed, and opened again")
    (conversation,) = memory.conversations("me")
    say(f"“{conversation.title}”, {conversation.message_count} messages. Those with “TypeError”:")
    for message in reversed(memory.search_messages("me", "TypeError")):
        point(f"{message.role}: {message.text}", 2)
    return conversation.message_count


def _compare(whole: Context, small: Context, refusal: str, again: int) -> None:
    better(
        [
            f"The limit is seen at work. The article's run ends at 175 of {BUDGET:,} tokens, so "
            f"that nothing ever leaves; here {len(whole.messages)} messages became "
            f"{len(small.messages)} under {SMALL_BUDGET} tokens, whole turns leaving oldest first, "
            "the instructions and the question staying.",
            "What left is not lost: the line that the question asks for came back word for word.",
            "A report says what each part took, and what was left out and why.",
            f"A budget that cannot hold even the question is said so ({refusal}).",
            f"It lasts: {again} messages after closing and opening. The article's list ends with "
            "its program.",
            "No key and no network are needed. The article's run ends in “LLM test failed”, for "
            "want of a model to ask.",
        ]
    )
