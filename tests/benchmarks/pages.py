"""Do pages stay fast? ``uv run python -m tests.benchmarks.pages``.

A chat of 2,000 messages beside one of 50; the Inspector over 20,000 memories beside 200, in its
orders and in a search; and the views of Forgetting over as many: opened in a headless Chromium by
their addresses, in turns, from a server that is warm. A page is there when its last part can be
used and the server has nothing left to do. What is held is made up as for *turn*. Medians count,
as ratios.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from memory import Memory, Settings
from memory.adapters.embedder import MiniLMEmbedder
from memory.records import PERSONALIZATION, DataClass, Role
from memory.store import Store
from memory.store.messages import NewMessage
from tests.benchmarks.made_up import phrases, sentence
from tests.benchmarks.telling import result
from tests.benchmarks.turn import ME, fill
from tests.browser.chromium import CHROMIUM_FLAGS, find_chromium
from tests.browser.server import AppServer

ROUNDS = 9
MEMORIES = (200, 20_000)
MESSAGES = (50, 2_000)
REST_SECONDS = 0.3
AT_REST = """seconds => {
    const rests = document.querySelector("[data-test-script-state=notRunning]")
    if (!rests) window.restingSince = undefined
    else window.restingSince ??= performance.now()
    return rests && performance.now() - window.restingSince > seconds * 1000
}"""
"""For so long: some pages run twice when they are opened by an address."""
COMPOSER = "[data-testid=stChatInputTextArea]:enabled"
TABLE = "[data-testid=stDataFrame]"
LISTS = {
    "newest": "",
    "weakest": "&inspector_sort=Weakest",
    "most used": "&inspector_sort=Most+used",
    "a search": "&inspector_search=green+tea",
}
VIEWS = ("curves", "week", "future", "what-if", "sweeps")
NAVIGATION = "[data-testid=stButtonGroup]"


def hold(database: Path, memories: int) -> None:
    """So many memories; and, among all messages, the conversations of the chat."""
    told = phrases(memories // 2)
    twice = [*told, *((*parts, "once more") for parts in told)]
    fill(database, twice, MiniLMEmbedder(Settings().cache))
    store = Store(database)
    with store.transaction():
        person = store.people.find(ME)
        assert person is not None
        for count in MESSAGES:
            _converse(store, person, count)
    store.close()
    with Memory.open(Settings(database=database)) as memory:
        memory.grant(ME, PERSONALIZATION)


def _converse(store: Store, person: int, count: int) -> None:
    now = datetime.now(UTC)
    conversation = store.conversations.open(person, f"of {count}", now)
    for number, parts in enumerate(phrases(count)):
        role = Role.ASSISTANT if number % 2 else Role.USER
        new = NewMessage(role, sentence(parts), now, now, DataClass.INTERNAL, expires_at=None)
        store.messages.add(person, conversation, new)


def seconds(page: Page, address: str, last: str) -> float:
    begin = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(last)
    page.wait_for_function(AT_REST, arg=REST_SECONDS)
    return time.perf_counter() - begin - REST_SECONDS


def compare(name: str, small: Callable[[], float], large: Callable[[], float]) -> None:
    """In turns, after one of each that does not count."""
    found = [(small(), large()) for _ in range(ROUNDS + 1)][1:]
    few, many = (statistics.median(column) for column in zip(*found, strict=True))
    print(f"{name:36}{few:8.2f}{many:8.2f}{many / few:8.2f}", flush=True)
    result(f"{name}: {many / few:.2f} times")


def main() -> None:
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        servers = []
        for memories in MEMORIES:
            (home := Path(folder) / str(memories)).mkdir()
            hold(home / "recollect.db", memories)
            servers.append(AppServer(home))
        for server in servers:
            server.start()
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        page = browser.new_page()
        few, many = (server.url for server in servers)
        print(f"seconds to the whole page, medians of {ROUNDS}{'few':>8}{'many':>8}{'ratio':>8}")
        short, long = (f"{few}/?c=of+{count}" for count in MESSAGES)
        compare(
            "chat, {:,} and {:,} messages".format(*MESSAGES),
            lambda: seconds(page, short, COMPOSER),
            lambda: seconds(page, long, COMPOSER),
        )
        for name, query in LISTS.items():
            compare(
                "Inspector, {:,} and {:,}, ".format(*MEMORIES) + name,
                lambda query=query: seconds(page, f"{few}/inspector?{query}", TABLE),
                lambda query=query: seconds(page, f"{many}/inspector?{query}", TABLE),
            )
        for view in VIEWS:
            compare(
                "Forgetting, {:,} and {:,}, ".format(*MEMORIES) + view,
                lambda view=view: seconds(page, f"{few}/forgetting?view={view}", NAVIGATION),
                lambda view=view: seconds(page, f"{many}/forgetting?view={view}", NAVIGATION),
            )
        browser.close()
        for server in servers:
            server.stop()


if __name__ == "__main__":
    main()
