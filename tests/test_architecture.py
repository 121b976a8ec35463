"""What no single room can promise: who imports whom, what loads early, what is tracked."""

import ast
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

import pytest

from memory.settings import Settings

ROOT = Path(__file__).parents[1]
OWN_PACKAGES = frozenset({"app", "memory", "pages"})


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a room may import besides itself and the standard library."""

    rooms: frozenset[str] = frozenset()
    libraries: frozenset[str] | None = frozenset()
    """None: any."""


def allow(rooms: str = "", libraries: str | None = "") -> Allowed:
    return Allowed(
        frozenset(rooms.split()), None if libraries is None else frozenset(libraries.split())
    )


# "door" is memory/__init__.py: what a page, a test or a notebook gets from `import memory`, a
# reply's type from the flows included. "pages" are app.py and pages/. The vocabulary (records,
# errors, protocols) is open to the engine too, whose methods are written in it.
MAY_IMPORT = {
    "pages": allow("door example records errors", "streamlit pandas altair"),
    "door": allow("engine flow settings records errors"),
    "demo": allow("door"),
    "example": allow("door"),
    "engine": allow("flow store adapters settings protocols records errors"),
    "flow": allow("rules store protocols settings records errors", "numpy"),
    "store": allow("records errors", "apsw filelock sqlite_vec numpy"),
    # what counts as a phone number or a name is a rule; the adapter hands it to the library
    "adapters": allow("rules protocols settings records errors", None),
    "rules": allow("records errors", "numpy regex"),
    "settings": allow("records errors", "platformdirs"),
    "protocols": allow("records", "numpy"),
    "records": allow(),
    "errors": allow(),
}

SOURCES = sorted(
    path.relative_to(ROOT)
    for path in (ROOT / "app.py", *ROOT.glob("pages/**/*.py"), *ROOT.glob("memory/**/*.py"))
)

SLOW_OR_FORBIDDEN = {
    "dateparser",
    "fastembed",
    "httpx",
    "litellm",
    "numpy",
    "openai",
    "pandas",
    "presidio_analyzer",
    "pydantic",
    "scipy",
    "sklearn",
    "spacy",
    "streamlit",
}

# The exact values; .streamlit/config.toml gives the reason of each.
PRIVACY_SETTINGS = {
    "server.address": "127.0.0.1",
    "server.allowedHosts": ["localhost", "127.0.0.1"],
    "server.showEmailPrompt": False,
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "type",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
}

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    ".streamlit",
    "LICENSE",
    "README.md",
    "app.py",
    "memory",
    "pages",
    "pyproject.toml",
    "tests",
}

# Where packages come from is the choice of whoever installs them. (Written so that this file does
# not match itself.)
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.org|npmjs\.com/|crates\.io|artifactory\."
    r"|(extra-)?index[-_]url|find[-_]links|UV_[A-Z_]*INDEX",
    re.IGNORECASE,
)


# -- who may import whom ------------------------------------------------------------------


def room_of(source: Path) -> str:
    """The room of a file, given by its path from the root of the project."""
    if source.parts[0] != "memory":
        return "pages"
    return "door" if source == Path("memory/__init__.py") else Path(source.parts[1]).stem


def imported_modules(code: str, source: Path) -> Iterator[str]:
    """Absolute dotted names of all imports of a file, those inside functions included.

    ``from memory import records`` is memory.records, ``from memory import Memory`` is memory.
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            folders = source.parent.parts
            package = folders[: len(folders) - node.level + 1] if node.level else ()
            parts = (*package, *(node.module.split(".") if node.module else ()))
            base = ".".join(parts)
            for name in node.names:
                yield f"{base}.{name.name}" if is_module(*parts, name.name) else base


def is_module(*parts: str) -> bool:
    return parts[0] in OWN_PACKAGES and (
        ROOT.joinpath(*parts).is_dir() or ROOT.joinpath(*parts).with_suffix(".py").is_file()
    )


def imported_room(module: str) -> str | None:
    """None for what is not this project's own."""
    parts = module.split(".")
    if parts[0] not in OWN_PACKAGES:
        return None
    if parts[0] != "memory":
        return "pages"
    return "door" if len(parts) == 1 else parts[1]


def forbidden_imports(code: str, source: Path) -> list[str]:
    room = room_of(source)
    allowed = MAY_IMPORT[room]
    found = []
    for module in imported_modules(code, source):
        top = module.partition(".")[0]
        other = imported_room(module)
        if other is not None:
            fine = other == room or other in allowed.rooms
        else:
            known = allowed.libraries is None or top in allowed.libraries
            fine = known or top in sys.stdlib_module_names
        if not fine:
            found.append(module)
    return found


@pytest.mark.parametrize("source", SOURCES, ids=str)
def test_rooms_import_only_what_they_may(source: Path) -> None:
    """Every import of every file is in the table above."""
    assert room_of(source) in MAY_IMPORT, f"{source} is in no known room"
    assert forbidden_imports((ROOT / source).read_text(), source) == []


@pytest.mark.parametrize(
    ("source", "code", "forbidden"),
    [
        ("memory/rules/decay.py", "def f():\n    import apsw", ["apsw"]),
        ("memory/rules/decay.py", "from ..store import memories", ["memory.store.memories"]),
        ("memory/rules/decay.py", "from . import scoring\nimport numpy as np, math", []),
        ("memory/store/connection.py", "import memory.settings", ["memory.settings"]),
        ("memory/store/connection.py", "from memory.rules import decay", ["memory.rules.decay"]),
        ("memory/flow/learn.py", "from memory import Memory", ["memory"]),
        ("memory/flow/learn.py", "from memory import adapters", ["memory.adapters"]),
        ("memory/adapters/llm.py", "import litellm\nfrom memory.flow import x", ["memory.flow"]),
        ("memory/records/words.py", "from numpy.typing import NDArray", ["numpy.typing"]),
        ("memory/__init__.py", "from memory.engine import Memory", []),
        (
            "pages/chat.py",
            "import apsw\nfrom memory.engine import Memory",
            ["apsw", "memory.engine"],
        ),
        ("app.py", "from memory import Memory\nfrom pages import _shared\nimport altair", []),
    ],
)
def test_import_check_sees_forbidden_imports(source: str, code: str, forbidden: list[str]) -> None:
    """Inside functions, relative ones and submodules by name are all seen."""
    assert forbidden_imports(code, Path(source)) == forbidden


def circle_of(modules: dict[str, set[str]]) -> list[str]:
    """Modules of which each imports the next, the first of them again at the end; empty when there
    are none. ``modules``: what each imports, by its dotted name."""
    try:
        TopologicalSorter(modules).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found[::-1]  # graphlib names whoever is imported first
    return []


def dotted(source: Path) -> str:
    """``memory/flow/fading/__init__.py`` is memory.flow.fading."""
    return ".".join(source.with_suffix("").parts).removesuffix(".__init__")


def test_no_file_imports_itself_by_way_of_others() -> None:
    """In a circle no file can be read, or changed, before the others; so neither those imported
    inside a function nor those for the type checker alone make one."""
    modules = {
        dotted(source): set(imported_modules((ROOT / source).read_text(), source))
        for source in SOURCES
    }

    assert circle_of(modules) == []


def test_circle_check_sees_a_circle() -> None:
    """Also a long one, beside files that are in none."""
    modules = {"a": {"b"}, "b": {"c", "x"}, "c": {"d"}, "d": {"b", "y"}, "e": {"a", "d"}}
    circle = circle_of(modules)

    assert sorted(circle[1:]) == ["b", "c", "d"]
    assert all(other in modules[module] for module, other in pairwise(circle))


def test_each_library_has_one_adapter() -> None:
    """A library that is replaced or updated changes one file; numpy is everybody's."""
    adapters: defaultdict[str, set[str]] = defaultdict(set)
    for source in SOURCES:
        if room_of(source) == "adapters":
            for module in imported_modules((ROOT / source).read_text(), source):
                top = module.partition(".")[0]
                if top not in sys.stdlib_module_names | OWN_PACKAGES | {"numpy"}:
                    adapters[top].add(Path(source.parts[2]).stem)

    assert {library: names for library, names in adapters.items() if len(names) > 1} == {}


def test_importing_memory_loads_nothing_heavy() -> None:
    """Numpy takes a quarter of a second, the others seconds, and litellm asks the network at
    import: they load when needed."""
    code = "import sys, memory; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    loaded = set(run.stdout.split())
    assert "memory" in loaded
    assert loaded.isdisjoint(SLOW_OR_FORBIDDEN)


# -- what holds it together ---------------------------------------------------------------


def test_migrations_are_numbered_without_gaps() -> None:
    """Numbers are the order they run in, and what a file remembers of them."""
    from memory.store.migrations import MIGRATIONS

    assert MIGRATIONS
    assert [migration.number for migration in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


@pytest.mark.parametrize("option", PRIVACY_SETTINGS)
def test_server_keeps_to_this_computer(option: str) -> None:
    """Streamlit's own defaults listen on the network and report to its makers."""
    section, name = option.split(".")
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())

    assert config[section][name] == PRIVACY_SETTINGS[option]


def test_readme_names_every_setting() -> None:
    """A setting that is not written down does not exist for the person."""
    readme = (ROOT / "README.md").read_text()
    names = [f"RECOLLECT_{setting.name.upper()}" for setting in fields(Settings)]

    assert [name for name in names if not re.search(rf"\b{name}\b", readme)] == []


def test_readme_says_where_every_step_is() -> None:
    """Whoever looks for what happens next finds the file, or its room, in the table."""
    readme = (ROOT / "README.md").read_text()
    table = readme[readme.index("memory/flow/  ") : readme.index("memory/rules/  ")]
    steps = {path.parent for path in (ROOT / "memory/flow").glob("*/*.py")}
    steps |= set((ROOT / "memory/flow").glob("*.py")) - {ROOT / "memory/flow/__init__.py"}

    unnamed = {step.stem for step in steps if not re.search(rf"\b{step.stem}\b", table)}
    assert unnamed == set()


# -- what is tracked ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """The files git knows, by their paths from the root."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"not a git checkout: {error}")
    # A file deleted a moment ago is still listed until the deletion is added.
    paths = [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]
    return paths or pytest.skip("git tracks no file here yet")


def test_no_tracked_file_names_a_registry(tracked: list[Path]) -> None:
    """Nor is the lock file tracked, which is full of such addresses."""
    assert [path for path in tracked if path.name == "uv.lock"] == []

    named = {
        str(path): found[0]
        for path in tracked
        if (found := REGISTRY.search((ROOT / path).read_text(errors="replace")))
    }
    assert named == {}


def test_top_level_holds_only_what_belongs_there(tracked: list[Path]) -> None:
    """The first thing a newcomer sees is short, and stays so."""
    assert {path.parts[0] for path in tracked} <= TOP_LEVEL
