"""The language model, loaded once for all that reads real sentences."""

import pytest

from memory.adapters.language import SpacyLanguage


@pytest.fixture(scope="package")
def language() -> SpacyLanguage:
    loaded = SpacyLanguage()
    loaded.load()
    return loaded
