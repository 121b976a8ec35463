"""The article's scripts as walks, end to end with the real models: what each prints.

All in one file, which stays on one worker, so that the models are loaded once.
"""

import contextlib
import io
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest

from memory.adapters.embedder import MiniLMEmbedder
from memory.adapters.language import SpacyLanguage
from memory.demo.__main__ import WALKS, main
from memory.demo.printing import WIDTH
from memory.engine import Memory
from memory.errors import EmbedderUnavailable

NAMES = ("conversation", "entities", "semantic", "hybrid", "forgetting", "privacy")
BETTER = "What is better than in the article"
OTHERWISE = "What is otherwise, or not better"

Walk = Callable[[str], str]
OpenReal = Callable[..., Memory]


@pytest.fixture(scope="module")
def open_real(tmp_path_factory: pytest.TempPathFactory) -> OpenReal:
    embedder = MiniLMEmbedder(tmp_path_factory.mktemp("models"))
    return partial(Memory.open, embedder=embedder, language=SpacyLanguage())


@pytest.fixture(scope="module")
def printed(open_real: OpenReal) -> Walk:
    """What a walk prints; each is gone once."""
    return cache(partial(go, open_real=open_real))


def go(name: str, open_real: OpenReal) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main([name], open_real) == 0
    return out.getvalue()


def section(text: str, heading: str) -> str:
    """What stands under the heading that begins so, its lines joined."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(heading)) + 2
    end = next((i for i in range(start, len(lines)) if set(lines[i]) == {"-"}), len(lines) + 1)
    return " ".join(" ".join(lines[start : end - 1]).split())


# -- all of them --------------------------------------------------------------------------


def test_the_six_scripts_of_the_article_are_there() -> None:
    """By the names that the README gives."""
    assert tuple(WALKS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_walk_says_what_is_better_and_what_is_not(printed: Walk, name: str) -> None:
    """In the width of a terminal."""
    text = printed(name)

    assert section(text, BETTER).startswith("- ")
    assert section(text, OTHERWISE).startswith("- ")
    assert max(map(len, text.splitlines())) <= WIDTH


def test_a_walk_prints_the_same_each_time(printed: Walk, open_real: OpenReal) -> None:
    """Its clock is moved, never read; keys and hashes that are drawn anew are not printed."""
    assert go("privacy", open_real) == printed("privacy")


@pytest.mark.parametrize("name", ["entities", "privacy"])
def test_nothing_is_left_of_a_walk(
    open_real: OpenReal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    """Neither its file nor anything in the folders where the app has its own."""
    temporary, home = tmp_path / "temporary", tmp_path / "home"
    for folder in (temporary, home):
        folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.chdir(home)
    for variable in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(home))
    opened: list[Path] = []

    def open_it(settings: object, **parts: object) -> Memory:
        memory = open_real(settings, **parts)
        assert memory.settings.database.exists()
        opened.append(memory.settings.database)
        return memory

    with contextlib.redirect_stdout(io.StringIO()):
        main([name], open_it)

    assert [database.parents[1] for database in opened] == [temporary]
    assert [*temporary.iterdir(), *home.iterdir()] == []


@pytest.mark.parametrize(("arguments", "code"), [([], 0), (["--help"], 0), (["nope"], 2)])
def test_whoever_names_no_walk_is_told_them(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    """One a line."""
    assert main(arguments) == code

    out, err = capsys.readouterr()
    listed = [line.split()[0] for line in out.splitlines() if line.startswith("  ")]
    assert listed == [*NAMES, "all"]
    assert ("“nope”" in err) == (code == 2)


def test_what_cannot_be_loaded_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """And not as a traceback."""

    def fail(*_: object, **__: object) -> Memory:
        raise EmbedderUnavailable("The embedding model is missing.")

    assert main(["all"], fail) == 1
    assert capsys.readouterr().err == "The embedding model is missing.\n"


# -- each of them -------------------------------------------------------------------------


def test_conversation(printed: Walk) -> None:
    """Whole turns leave, the system prompt and the question stay, and what is asked for is back."""
    text = printed("conversation")

    assert "7 14 159 Show me a complete example" in section(text, "Seven turns")
    went_in = section(text, "The same with 140 tokens")
    assert "system: You are a helpful coding assistant" in went_in
    assert "user: What about handling non-numeric strings? - assistant: Use try/except" in went_in
    assert "user: How do I convert" not in went_in
    assert "the person said: def calculate_sum(numbers): return sum(numbers)" in went_in
    assert section(text, "With 15 tokens").startswith("BudgetExceeded: ")
    assert "14 messages" in section(text, "Closed, and opened again")


def test_entities(printed: Walk) -> None:
    """Names and relations, the one who fixed it first, and an erasure that is verified."""
    text = printed("entities")

    assert section(text, "“Who fixed the authentication bug?”").startswith("1. Smith (person)")
    network = section(text, "The network")
    for told in ("Smith reported bug", "John fixed timeout", "Smith fixed bug"):
        assert told in network
    assert "No byte of it is left." in section(text, "Not in the article: erase Smith")
    assert "of such words 0 are among" in section(text, BETTER)


def test_semantic(printed: Walk) -> None:
    """The article's hits by meaning, and what it missed by words and meaning together."""
    text = printed("semantic")

    assert "0.837 0.837" in section(text, "“Python web development advice”, by meaning")
    preferences = "“What are the user's preferences?”, "
    assert section(text, preferences + "by meaning").startswith("Nothing above the threshold")
    recalled = section(text, preferences + "as Recollect")
    assert "1. User prefers concise" in recalled
    assert "2. Customer prefers AWS" in recalled
    assert "1 of the five queries finds anything" in section(text, BETTER)
    assert "By meaning alone 5 of the five" in section(text, OTHERWISE)
    assert "On their own" in section(text, "Clusters")


def test_hybrid(printed: Walk) -> None:
    """Two of five are kept, the weather is not, and what is hot is gone after an hour."""
    text = printed("hybrid")

    weather = section(text, "user: What's the weather like?")
    assert "Importance 0.10" in weather
    assert "Hot (the last hour) 5, warm (the conversation) 5, cold (memories) 2." in weather
    anew = section(text, "“Show me how to optimize database connections”, in a new")
    assert "last hour elsewhere 2" in anew
    assert "hot 5 0" in section(text, "An hour later")


def test_forgetting(printed: Walk) -> None:
    """Half is left in 13.5 days, a sweep is undone, and at last no byte is left."""
    text = printed("forgetting")

    assert "13.5 0.48 0.15 0.30 0.30 0.60" in section(text, "5 % a day")
    early = section(text, "Day 14: a preview")
    assert "archives chitchat" in early
    assert "archives aside" not in early
    assert "recalled 0, in the list 1" in section(text, "The sweep")
    assert "put back in the last 7 days" in section(text, "Undo")
    assert "no byte of them is left" in section(text, "Day 76")
    assert "stand there 0 times now" in section(text, BETTER)


def test_privacy(printed: Walk) -> None:
    """The article's counts, a refusal, three verified erasures, and whole values masked."""
    text = printed("privacy")

    assert section(text, "Seven memories").count("stored") - 1 == 6  # “Nothing was stored”
    assert "memories, people: 6, 3" in section(text, "The first report")
    assert "memories, people: 2, 2" in section(text, "The last report")
    for heading in ("2. Consent", "3. Right to be forgotten", "4. Retention"):
        told = section(text, heading)
        assert "verified." in told
        assert "0 times after" in told
    assert "-> Contact [NAME] at [EMAIL] or [PHONE]" in section(text, "Anonymisation")
    assert "user456 stands in the files 0 times" in section(text, "The audit")
