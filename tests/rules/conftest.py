"""The real pipeline, for the rules that walk the grammar it reads."""

from collections.abc import Callable

import pytest

from memory.adapters.language import SpacyLanguage
from memory.records import Finding
from memory.rules.statements import find_statements


@pytest.fixture(scope="session")
def language() -> SpacyLanguage:
    return SpacyLanguage()


@pytest.fixture(scope="session")
def stated(language: SpacyLanguage) -> Callable[[str], Finding]:
    """What a text states, read by the real pipeline."""
    return lambda text: find_statements(language.read(text).parsed)
