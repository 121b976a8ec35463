"""Which tests stay together when they are spread over workers."""

import pytest

from tests.workers import BROWSER, scope_of


@pytest.mark.parametrize(
    ("nodeid", "scope"),
    [
        ("tests/browser/test_chat.py::test_reload", BROWSER),
        ("tests/browser/test_tabs.py::test_both[2]", BROWSER),
        ("tests/flow/test_learn.py::test_one", "tests/flow/test_learn.py"),
        ("tests/flow/test_learn.py::test_two[a::b]", "tests/flow/test_learn.py"),
        ("tests/test_browser/test_x.py::test_y", "tests/test_browser/test_x.py"),
    ],
)
def test_files_stay_together_and_so_does_all_of_the_browser(nodeid: str, scope: str) -> None:
    """Whatever a test's parameters look like."""
    assert scope_of(nodeid) == scope
