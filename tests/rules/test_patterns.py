"""No text makes a pattern explode: each one's time grows with the text, not with its square.

Every pattern of ``memory.rules`` and ``memory.adapters`` is found by looking into the modules, so
a new one is covered by itself. Growth is a ratio within one run: a text four times as long takes
four times as long when reading is linear, sixteen times when it is quadratic.
"""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import memory.adapters
import memory.rules

Pattern = re.Pattern[str]

SIZES = (1_600, 6_400, 25_600, 102_400)
"""Characters, each four times the one before: what explodes is seen before it takes minutes."""
EXPLODES = 8
"""Times as long, for four times as much: between the 4 of linear and the 16 of quadratic."""
SUSPECT = 5
"""Work of a*n + b*n*n that grows less than 5.3 times in one step grows less than 8 in the next."""
FLOOR_SECONDS = 0.001
"""What reads 6,400 characters faster has no quadratic part worth knowing: 40 million steps."""

PIECES = (
    *("a", "A", "é", "日", "1", "_", "😀", "e\u0301", "\u200d"),
    *("a ", "A ", "Aa ", "1 ", "12 Oak ", "a.", "A. ", "1.1.", "1-1-", "1:", "a@"),
    *(" ", "\t", "\n", " \n", "a\n", "#", "* ", "> "),
    *("(", "[", "“", '"', "'", "’", "`", "-", "+", "/", "@", ", ", "; ", "? ", "... "),
    *("Maria and ", "Maria, ", "my name is ", "name: ", "what my ", "remember that ", "I use "),
    *("and ", "really ", "key ", "eyJ", "http://"),
    *(
        "3 days ",
        "May 5 ",
        "the week before ",
        "in 2019 ",
        "between 3 and ",
        "last Monday ",
        "1/1/2020 ",
    ),
)


def test_no_pattern_explodes() -> None:
    """Over every kind of repetition, the time of every pattern stays in proportion."""
    patterns = dict(collected())
    assert "memory.rules.technologies._pattern()" in patterns.values()
    assert len(patterns) > 150
    exploding = [
        f"{name} explodes over {piece!r}: {growth:.0f} times as long for {size:,} characters as "
        f"for a quarter of them"
        for pattern, name in patterns.items()
        for piece in PIECES
        for size, growth in explosions(pattern, piece)
    ]
    assert not exploding, "\n".join(exploding)


def test_a_planted_explosion_is_found_and_named() -> None:
    """A quadratic pattern is caught wherever a module keeps it, and a plain one is let through."""
    planted = SimpleNamespace(
        tables={"spaces": (re.compile(r"\s+x"),)}, plain=re.compile(r"\bfine\b", re.IGNORECASE)
    )
    caught = [
        name for pattern, name in held("planted", vars(planted)) if any(explosions(pattern, " "))
    ]
    assert caught == ["planted['tables']['spaces'][0]"]


@dataclasses.dataclass(frozen=True, slots=True)
class Cue:
    pattern: Pattern


def made_late() -> Pattern:
    """Stands for a pattern that a module builds at first use."""
    return re.compile("late")


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (re.compile("a"), ["it"]),
        ((1, re.compile("a")), ["it[1]"]),
        ({"key": [re.compile("a")]}, ["it['key'][0]"]),
        (Cue(re.compile("a")), ["it.pattern"]),
        (made_late, ["it()"]),
        (Cue, []),
        ("a", []),
    ],
)
def test_patterns_are_found_wherever_a_module_keeps_them(value: object, names: list[str]) -> None:
    """Bare, in tables, in records, and behind functions that build one."""
    assert [name for _, name in held("it", value)] == names


def test_patterns_written_where_they_are_used_are_found() -> None:
    """A pattern given to ``re.search`` and the like has no name but counts as well."""
    source = 'import re\nre.search(r"a+b", text, re.IGNORECASE)\nre.escape("a")\n'
    assert [(p.pattern, name) for p, name in inline("there", source)] == [("a+b", "there:2")]


# -- finding them ---------------------------------------------------------------------------


def collected() -> Iterator[tuple[Pattern, str]]:
    """Every pattern of both rooms with a name to find it by."""
    for module in modules(memory.rules, memory.adapters):
        for name, value in vars(module).items():
            yield from held(f"{module.__name__}.{name}", value)
        yield from inline(module.__name__, inspect.getsource(module))


def modules(*rooms: ModuleType) -> Iterator[ModuleType]:
    for room in rooms:
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            yield importlib.import_module(found.name)


def held(name: str, value: object) -> Iterator[tuple[Pattern, str]]:
    """The patterns in a value, however deep, each with the way to it."""
    if isinstance(value, re.Pattern):
        yield value, name
    elif isinstance(value, Mapping):
        for key, member in value.items():
            yield from held(f"{name}[{key!r}]", member)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for place, member in enumerate(value):
            yield from held(f"{name}[{place}]", member)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from held(f"{name}.{field.name}", getattr(value, field.name))
    elif callable(value) and builds_a_pattern(value):
        yield value(), f"{name}()"


def builds_a_pattern(value: Callable[..., object]) -> bool:
    """Whether it is a function without parameters that says it returns a pattern."""
    function = inspect.unwrap(value)
    if not inspect.isfunction(function) or inspect.signature(function).parameters:
        return False
    return function.__annotations__.get("return") in (Pattern, re.Pattern)


def inline(name: str, source: str) -> Iterator[tuple[Pattern, str]]:
    """Patterns given to functions of ``re`` where they are used, named by their line."""
    for call in ast.walk(ast.parse(source)):
        match call:
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Name(id="re"),
                    attr="search" | "match" | "fullmatch" | "sub" | "split" | "finditer",
                ),
                args=[ast.Constant(value=str(pattern)), *_],
            ):
                yield re.compile(pattern), f"{name}:{call.lineno}"


# -- measuring them -------------------------------------------------------------------------


def explosions(pattern: Pattern, piece: str) -> Iterator[tuple[int, float]]:
    """The first size at which reading took out of proportion, and how many times as long."""
    before = 0.0
    for size in SIZES:
        now = seconds(pattern, piece, size)
        if size > SIZES[0] and now < FLOOR_SECONDS:
            return
        if before and now > EXPLODES * before:
            # once is no proof: a disturbed measurement looks the same
            growth = least(pattern, piece, size) / least(pattern, piece, size // 4)
            if growth > EXPLODES:
                yield size, growth
                return
        if size == SIZES[-2] and now < SUSPECT * before:
            return
        before = now


def least(pattern: Pattern, piece: str, size: int) -> float:
    return min(seconds(pattern, piece, size) for _ in range(3))


def seconds(pattern: Pattern, piece: str, size: int) -> float:
    """Of this thread's own work, for all matches in ``size`` characters of the piece repeated."""
    text: Any = (piece * (size // len(piece) + 1))[:size]
    if isinstance(pattern.pattern, bytes):
        text = text.encode()
    started = time.thread_time()
    for _ in pattern.finditer(text):
        pass
    return time.thread_time() - started
