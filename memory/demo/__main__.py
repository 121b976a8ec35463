"""``python -m memory.demo WALK``: one of the article's scripts, or all of them."""

import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence

from memory import AppError, Memory
from memory.demo import conversation, entities, forgetting, hybrid, privacy, semantic
from memory.demo.scratch import OpenMemory, Scratch, temporary_scratch

WALKS: Mapping[str, tuple[Callable[[Scratch], None], str]] = {
    "conversation": (conversation.walk, "an open conversation under a budget of tokens"),
    "entities": (entities.walk, "people, technologies and things, and who did what to what"),
    "semantic": (semantic.walk, "ten memories found by meaning, grouped, and how they are used"),
    "hybrid": (hybrid.walk, "hot, warm and cold: what deserves to last, and a model's context"),
    "forgetting": (forgetting.walk, "5 % a day, uses that fight it, a sweep and its undo"),
    "privacy": (privacy.walk, "consent, export, erasure checked on the file, expiry, masking"),
}
ALL = "all"
ASKS_FOR_HELP = ("-h", "--help")


def main(arguments: Sequence[str], open_memory: OpenMemory = Memory.open) -> int:
    """The exit code: 1 when a walk could not be gone, such as for want of a model's files; 2 for
    what is no walk."""
    match list(arguments):
        case []:
            return _tell_walks()
        case [word] if word in ASKS_FOR_HELP:
            return _tell_walks()
        case [name] if name in WALKS:
            return _walk([name], open_memory)
        case [name] if name == ALL:
            return _walk(list(WALKS), open_memory)
    print(f"There is no walk “{' '.join(arguments)}”.\n", file=sys.stderr)
    _tell_walks()
    return 2


def _walk(names: Sequence[str], open_memory: OpenMemory) -> int:
    for name in names:
        try:
            with temporary_scratch(open_memory) as scratch:
                WALKS[name][0](scratch)
        except AppError as error:
            print(error, file=sys.stderr)
            return 1
        print()
    return 0


def _tell_walks() -> int:
    print("The article's six scripts as walks through the real engine, each in some seconds, on a")
    print("temporary file, with no key and no network: python -m memory.demo WALK\n")
    for name, (_, text) in WALKS.items():
        print(f"  {name:<14}{text}")
    print(f"  {ALL:<14}all six, one after the other")
    return 0


def run() -> int:
    """As a program: what the terminal cannot show becomes “?”, and a reader may stop early."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # what is still buffered would be written, and fail, at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


if __name__ == "__main__":
    sys.exit(run())
