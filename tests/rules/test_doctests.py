"""What the docstrings of the rules show is what happens."""

import doctest
import importlib
import pkgutil
from types import ModuleType

import pytest

from memory import rules


def examples(module: ModuleType) -> list[doctest.DocTest]:
    return [found for found in doctest.DocTestFinder().find(module) if found.examples]


MODULES = [
    module
    for found in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}.")
    if examples(module := importlib.import_module(found.name))
]


@pytest.mark.parametrize("module", MODULES, ids=[module.__name__ for module in MODULES])
def test_examples_in_docstrings_hold(module: ModuleType) -> None:
    """Each is run as it stands there."""
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", ["active_days", "decay", "sweeping"])
def test_the_rules_of_forgetting_show_examples(name: str) -> None:
    """Their numbers are best seen."""
    assert f"{rules.__name__}.{name}" in [module.__name__ for module in MODULES]
