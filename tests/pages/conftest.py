"""The app with the real engine, on a database of its own for each test."""

import functools
import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager

from memory import Memory, Settings
from memory.adapters.embedder import MiniLMEmbedder
from memory.adapters.language import SpacyLanguage
from pages.parts.shared import PERSONALIZATION, open_memory
from pages.parts.sweeping import AGAIN_AFTER_SECONDS
from pages.parts.whose import ME
from tests.fakes import FixedClock
from tests.pages.screen import Screen


@pytest.fixture(scope="package")
def language() -> SpacyLanguage:
    loaded = SpacyLanguage()
    loaded.read("Hello")
    return loaded


@pytest.fixture(scope="package")
def embedder() -> MiniLMEmbedder:
    loaded = MiniLMEmbedder(Settings().cache)
    loaded.embed(["Hello"])
    return loaded


@pytest.fixture(scope="package", autouse=True)
def _as_on_a_server_that_has_started() -> Iterator[None]:
    """Streamlit looks through all installed packages for components, here for each new session
    and not just at its start: a tenth of a second each time.
    """
    with pytest.MonkeyPatch.context() as patch:
        found = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture(scope="package", autouse=True)
def _models_are_no_garbage(language: SpacyLanguage, embedder: MiniLMEmbedder) -> Iterator[None]:
    """Streamlit collects garbage after each run: through all of the models and of the tests, it
    takes as long as the run."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _as_on_a_server_that_had_a_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    """``app.py`` runs each time. AppTest forgets before each run that ``st.navigation`` was called;
    with a folder of the name ``pages`` it would then run the page alone.
    """
    begin = PagesManager.__init__

    def begin_after_a_visit(self: PagesManager, *args: object, **options: object) -> None:
        begin(self, *args, **options)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", begin_after_a_visit)


@pytest.fixture(autouse=True)
def _nothing_is_swept_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test may take longer than the app waits before its first sweep."""
    monkeypatch.setattr("pages.parts.sweeping.FIRST_AFTER_SECONDS", AGAIN_AFTER_SECONDS)


@pytest.fixture(autouse=True)
def database(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: SpacyLanguage,
    embedder: MiniLMEmbedder,
) -> Iterator[Path]:
    """The models are the real ones, loaded once for all tests: they take seconds."""
    path = tmp_path / "recollect.db"
    monkeypatch.setenv("RECOLLECT_DATABASE", str(path))
    monkeypatch.setenv("RECOLLECT_WORDS_PER_SECOND", "0")
    monkeypatch.setattr("memory.engine.SpacyLanguage", lambda: language)
    monkeypatch.setattr("memory.engine.MiniLMEmbedder", lambda _cache: embedder)
    st.cache_resource.clear()
    yield path
    st.cache_resource.clear()  # closes the engine


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FixedClock:
    """The engine's; it must be there before the screen: ``usefixtures("clock")``."""
    fixed = FixedClock()
    monkeypatch.setattr("memory.engine.utc_now", fixed)
    return fixed


@pytest.fixture
def screen() -> Screen:
    """A new session of the app, on its first page."""
    return Screen().run()


@pytest.fixture
def memory(screen: Screen) -> Memory:
    """The engine that the pages use, allowed to remember."""
    shared = open_memory()
    shared.grant(ME, PERSONALIZATION)
    return shared


@pytest.fixture
def live(memory: Memory, clock: FixedClock) -> Callable[[int], None]:
    """So many days with somebody there, for whom days count."""

    def days(number: int) -> None:
        for _ in range(number):
            clock.advance(days=1)
            memory.visit(ME)

    return days
