"""Every page by its own address, on a server that has shown nothing yet.

Until its first visitor has been through ``app.py``, Streamlit knows the pages folder only, and
would run the page alone; each case therefore has a server of its own.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.server import AppServer

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES = {"/": "Chat", "/inspector": "Inspector", "/forgetting": "Forgetting", "/privacy": "Privacy"}


@pytest.mark.parametrize(("path", "name"), PAGES.items())
def test_first_visit_opens_the_page_of_its_address(
    path: str, name: str, server: Callable[..., AppServer], page: "Page"
) -> None:
    """The page, its title and the navigation are there; there is no "Page not found"."""
    from playwright.sync_api import expect

    page.goto(server().url + path)

    expect(page.get_by_role("heading", name=name, exact=True, level=1)).to_be_visible()
    expect(page).to_have_title(f"{name} · Recollect")
    expect(page.get_by_test_id("stSidebarNav").get_by_role("link")).to_have_count(len(PAGES))
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
