"""What every test has: no network, a clock that stands still, settings in a folder of its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from memory.settings import Settings
from tests import bytecode
from tests.fakes import FakeEmbedder, FakeLanguage, FakeModel, FixedClock
from tests.outside import forget_proxies, refuse_outside

# Benchmarks measure; they are programs to run, not tests.
collect_ignore = ["benchmarks"]

# How long one example takes tells how busy the machine is, and nothing of the code.
hypothesis_settings.register_profile("without a clock", deadline=None, max_examples=50)
hypothesis_settings.load_profile("without a clock")

_attempts: list[str] = []


@pytest.hookimpl(optionalhook=True)  # without xdist there is no such hook
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object | None:
    """Only where files are kept together anyway: whoever asks for another way gets it."""
    if config.getvalue("dist") != "loadfile":
        return None
    from tests.workers import BrowserOnOneWorker

    return BrowserOnOneWorker(config, log)


def pytest_configure(config: pytest.Config) -> None:
    if folder := bytecode.share():
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    forget_proxies()
    refuse_outside(_attempts.append)


@pytest.fixture(autouse=True)
def outside() -> Iterator[list[str]]:
    """Fails the test when anything tried to leave this computer, even if the error was handled."""
    yield _attempts
    tried, _attempts[:] = list(_attempts), []
    assert not tried, f"tried to reach outside: {tried}"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database=tmp_path / "recollect.db")


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def language() -> FakeLanguage:
    return FakeLanguage()


@pytest.fixture
def model() -> FakeModel:
    return FakeModel()
