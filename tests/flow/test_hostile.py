"""Whatever a person types or names, through the door: taken and given back, or refused in words.

Every example ends with the erasure of all it left behind, so that none reaches the next.
"""

import io
import json
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from memory.adapters.embedder import MiniLMEmbedder
from memory.adapters.language import SpacyLanguage
from memory.engine import Memory
from memory.errors import AppError, InvalidInput
from memory.flow import intake
from memory.records import PERSONALIZATION, SENSITIVE
from memory.rules.query import search_words
from memory.settings import Settings
from tests.fakes import FakeEmbedder, FakeLanguage, FixedClock

FREELY = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FEW = settings(FREELY, max_examples=25)
TOO_LONG = 1024 * 1024
"""Bytes: more than any text may have."""

SURROGATES = st.characters(categories=["Cs"])
INVISIBLE = st.text("\u200b\u200d\u2060\ufeff\u202e\u2066\u2069\u00ad\u3164\u2800\ufe0f \t\n")
PIECES = st.sampled_from(
    [
        *(
            '"',
            "'",
            "*",
            "-",
            "NEAR(",
            "text:",
            "AND",
            "OR NOT",
            "^a",
            "{a b}",
            "a*",
            "(",
            "%",
            "_",
        ),
        *("'; drop table memories; --", "\\", "]]>", "${x}", "{{x}}", "%s%n", "../../etc/passwd"),
        *(
            "# Title",
            "**bold**",
            "`code`",
            "```",
            "[a](javascript:x)",
            "| a | b |",
            "$\\frac{a}{b}$",
        ),
        *("<script>alert(1)</script>", "&amp;", "<b>", "\u202egnp.exe\u202c", "\u2066a\u2069"),
        *(
            "👩‍👩‍👧‍👦",
            "🏳️‍🌈",
            "e\u0301\u0301\u0301",
            "\x00",
            "\ud83d",
            "\x1b[31m",
            "\x07",
            "\r\n",
            "\x85",
        ),
        *("my name is Ann", "ann@post.example", "sk-abcdefghijkl", "Remember that I use Vim."),
        *("日本語", "עברית", "word", "Word", "1", "I", "’s", "ﬁ", "İ", "ẞ", "ſ"),
    ]
)
WILD = (
    st.text(st.characters() | SURROGATES, max_size=40)
    | st.lists(PIECES, min_size=1, max_size=6).map(" ".join)
    | st.lists(PIECES, min_size=1, max_size=6).map("".join)
    | INVISIBLE
)
LONG = st.builds(
    lambda piece, size: piece * (size // len(piece.encode())),
    PIECES.filter(lambda piece: "\ud83d" not in piece),
    st.sampled_from([4000, 30_000, TOO_LONG]),
)
LINES = PIECES.map(lambda piece: "\n".join([piece] * 10_000))
TEXTS = WILD | LONG | LINES


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Memory]:
    """One for all examples, since opening takes longer than any of them."""
    path = tmp_path_factory.mktemp("hostile") / "recollect.db"
    fakes = {"clock": FixedClock(), "embedder": FakeEmbedder(), "language": FakeLanguage()}
    with Memory.open(Settings(database=path), **fakes) as memory:  # type: ignore[arg-type]
        yield memory


@contextmanager
def consent(memory: Memory) -> Iterator[Memory]:
    """“me” agreed to all of it; nobody is left behind for the next example."""
    memory.grant("me", PERSONALIZATION)
    memory.grant("me", SENSITIVE)
    try:
        yield memory
    finally:
        for _, user_id in memory._parts.store.people.all():
            memory.erase(user_id)


def cleaned(text: str, size: int = TOO_LONG) -> str:
    """As documented: without NUL, halves of characters replaced, stripped."""
    return intake.clean(text, size, "text")


def as_stored(memory: Memory, text: str) -> str:
    """Cleaned, and what policy says masked with the person's own numbers."""
    person_id = memory._parts.store.people.find("me")
    return intake.take_in(memory._parts, person_id, cleaned(text)).text


def is_long_known(character: str) -> bool:
    """SQLite's words are those of Unicode 6.1: a younger sign counts to the word it touches."""
    return unicodedata.ucd_3_2_0.category(character) != "Cn"


def refusal(call: Callable[[], object]) -> str:
    """What the person reads when it is refused; empty when it is taken."""
    try:
        call()
    except AppError as error:
        said = str(error)
        assert said[0].isupper()
        assert said.endswith(".")
        assert len(said) < 500
        return said
    return ""


def exported(memory: Memory, user_id: str = "me") -> dict[str, object]:
    with zipfile.ZipFile(io.BytesIO(memory.export(user_id))) as archive:
        content: dict[str, object] = json.loads(archive.read("recollect.json"))
    return content


# -- texts ----------------------------------------------------------------------------------


@FREELY
@given(TEXTS)
def test_a_memory_lives_its_whole_life_with_any_text(door: Memory, text: str) -> None:
    """Stored as given, found by each word, edited, exported as valid JSON, erased to the bytes."""
    with consent(door) as memory:
        if refusal(lambda: memory.remember("me", text)):
            assert memory.items("me") == []
            return
        (item,) = memory.items("me")
        taken = as_stored(memory, text)
        assert item.text == taken
        for word in search_words(item.text)[: 3 * all(map(is_long_known, item.text))]:
            found = memory.recall("me", word, mode="text", touch=False)
            assert [result.item.id for result in found] == [item.id]
        shown = item.text.split()[0]
        assert [found.id for found in memory.items("me", search=shown)] == [item.id]
        assert not refusal(lambda: memory.edit(item.id, f"{item.text[:1000]} anew"))
        told = exported(memory)["memories"]
        assert [row["text"] for row in told] == [memory.item(item.id).text]  # type: ignore[attr-defined]
        assert memory.erase("me").verified
        assert memory.items("me") == []


@FREELY
@given(TEXTS)
def test_a_message_is_kept_as_it_was_given(door: Memory, text: str) -> None:
    """In the transcript and in the hot cache, and answered, or refused before a trace is left."""
    with consent(door) as memory:
        if refusal(lambda: memory.respond("me", text).read()):
            assert memory.messages("default", user_id="me") == []
            return
        asked = memory.messages("default", user_id="me")[0]
        assert asked.text == as_stored(memory, text)
        assert exported(memory)["conversations"]
        assert memory.erase("me").verified


@FREELY
@given(TEXTS, st.sampled_from(["hybrid", "vector", "text"]))
def test_any_query_is_answered_or_refused(door: Memory, query: str, mode: str) -> None:
    """No query reaches the full-text search as syntax, and no search breaks."""
    with consent(door) as memory:
        item = memory.remember("me", "The ferry leaves at nine.")
        said = refusal(lambda: memory.recall("me", query, mode=mode))
        if not said and mode == "text":
            found = memory.recall("me", f"{query[:1000]} ferry", mode=mode)
            words = search_words(cleaned(f"{query[:1000]} ferry"))
            assert [result.item.id for result in found] == [item.id] * ("ferry" in words)
        refusal(lambda: memory.items("me", search=query))
        refusal(lambda: memory.explain("me", query, item.id))
        refusal(lambda: memory.context("me", query))


@FREELY
@given(WILD)
def test_instructions_come_back_as_they_were_given(door: Memory, text: str) -> None:
    """What shows nothing is refused or brings the default back."""
    with consent(door) as memory:
        default = memory.instructions("me")
        if refusal(lambda: memory.set_instructions("me", text)) or not text.strip():
            assert memory.instructions("me") == default
            return
        assert memory.instructions("me") == as_stored(memory, text)


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\u200b\u200d", "\u202e\u202c", "\ufeff", "\u2066 \u2069", "\u3164\ufe0f"]
)
def test_what_shows_nothing_is_empty(memory: Memory, text: str) -> None:
    """Spaces, joiners and direction marks alone say nothing."""
    with pytest.raises(InvalidInput, match="empty"):
        memory.remember("me", text)


@pytest.mark.parametrize(
    "text", ["\u202egnp.exe\u202c", "👩‍👩‍👧", "می\u200cخواهم", "e\u0301", "\u0301"]
)
def test_marks_within_a_text_stay(memory: Memory, text: str) -> None:
    """Joiners make the emoji and the Persian, direction marks the Hebrew."""
    assert memory.remember("me", text).text == text


# -- names ----------------------------------------------------------------------------------


@FREELY
@given(WILD)
def test_a_conversation_and_a_speaker_have_any_name_or_none(door: Memory, name: str) -> None:
    """A name that is taken finds what was said under it, and is erased with it."""
    with consent(door) as memory:
        if refusal(lambda: memory.observe("me", "user", "Hello there", conversation_id=name)):
            assert memory.conversations("me") == []
            return
        known = name or "default"
        assert [found.id for found in memory.conversations("me")] == [known]
        assert [m.text for m in memory.messages(known, user_id="me")] == ["Hello there"]
        if name and not refusal(lambda: memory.observe("me", "user", "Hi again", speaker=name)):
            spoken = memory.messages("default", user_id="me")[-1]
            assert spoken.speaker == name
        assert not refusal(lambda: memory.respond("me", "And now?", conversation_id=name).read())
        assert exported(memory)["conversations"]
        assert memory.erase("me", conversation=known).verified
        assert known not in [found.id for found in memory.conversations("me")]


@FREELY
@given(WILD)
def test_a_person_and_a_purpose_have_any_name_or_none(door: Memory, name: str) -> None:
    """A name that is taken is told in the export, and is erased."""
    with consent(door) as memory:
        if refusal(lambda: memory.grant(name, PERSONALIZATION)):
            assert memory.privacy_report().people == 1
            for refused in (
                lambda: memory.grant("me", name),
                lambda: memory.remember("me", "Tea", purpose=name),
                lambda: memory.observe(name, "user", "Tea"),
                lambda: memory.set_instructions(name, "Be brief."),
            ):
                assert refusal(refused)
            return
        memory.grant(name, name)
        item = memory.remember(name, "I drink tea", purpose=name)
        assert (item.user_id, item.purpose) == (name, name)
        assert exported(memory, name)["person"] == name
        assert memory.revoke(name, name).verified
        assert memory.items(name) == []
        assert memory.erase(name).verified


@pytest.mark.parametrize("name", ["", " ", "\u200b", "a" * 201, "a\nb", "a\x00", "\ud800", "\x7f"])
def test_what_no_name_can_be_is_refused(memory: Memory, name: str) -> None:
    """Nothing shown, too much, control characters, halves of characters."""
    with pytest.raises(InvalidInput):
        intake.name(name, "person")
    with pytest.raises(InvalidInput):
        memory.grant(name, PERSONALIZATION)


# -- with the real adapters -----------------------------------------------------------------


@pytest.fixture(scope="module")
def real_door(
    tmp_path_factory: pytest.TempPathFactory, real_embedder: MiniLMEmbedder
) -> Iterator[Memory]:
    path = tmp_path_factory.mktemp("hostile") / "real.db"
    real = {"language": SpacyLanguage(), "embedder": real_embedder}
    with Memory.open(Settings(database=path), clock=FixedClock(), **real) as memory:  # type: ignore[arg-type]
        memory.warm_up()
        yield memory


@FEW
@given(text=WILD | PIECES.map(lambda piece: piece * 100))
def test_the_real_models_take_any_text(real_door: Memory, text: str) -> None:
    """Learnt, recalled in each mode, answered and erased with the models that ship."""
    with consent(real_door) as memory:
        said = refusal(lambda: memory.remember("me", text))
        assume(not said)
        (item,) = memory.items("me")
        for mode in ("hybrid", "vector", "text"):
            assert not refusal(lambda mode=mode: memory.recall("me", text, mode=mode))  # type: ignore[misc]
        found = memory.recall("me", text, mode="vector")
        assert [result.item.id for result in found] == [item.id]
        assert not refusal(lambda: memory.respond("me", text).read())
        assert memory.erase("me").verified
