"""Everything at once on one file: ``uv run --group test --group browser python -m
tests.benchmarks.together [--seconds=120] [--seed=1]``.

One app with two tabs in a headless Chromium, in which somebody chats, corrects, pins, forgets,
deletes conversations, exports and looks at every page; and two other programs on the same file that
do the same and more through the door (``together_program``). All of them are the same person.
Then everything is closed, and the file is compared with what each was told had happened: it is
sound, what was acknowledged and not erased is there once, no byte of what was erased or forgotten
is, the audit is intact; no program met an error that may not happen, the server's log has no
traceback, and nobody asked another computer for anything.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import apsw
from playwright.sync_api import Error, expect, sync_playwright

from memory import PERSONALIZATION, Memory
from tests.benchmarks.telling import QUICK, result, skip, smaller
from tests.benchmarks.together_program import ME, sentence
from tests.browser.beside import engine
from tests.browser.chromium import CHROMIUM_FLAGS, find_chromium
from tests.browser.person import Person
from tests.browser.server import ROOT, AppServer
from tests.browser.windows import Seen, Windows
from tests.flow.on_disk import left_of
from tests.flow.promised import words_in

SECONDS = smaller(120.0, 30.0)
SEED = 1
TABS, PROGRAMS = 2, 2
DESKTOP = (1280, 900)
PROGRAM = "from tests.benchmarks.together_program import main; main()"
PATIENCE_MILLISECONDS = 90_000
"""Longer than a write waits for others, on a busy machine."""
ERROR_CHARACTERS = 400
"""Of one of Playwright's, which goes on with the whole page."""
GRACE_SECONDS = 120
"""For the last deed of a program, on a busy machine."""
PAGES = (
    *("/", "/inspector", "/inspector?inspector_sort=Weakest", "/forgetting"),
    *(f"/forgetting?view={view}" for view in ("curves", "week", "future", "what-if", "sweeps")),
    *(f"/privacy?view={view}" for view in ("consent", "erasure", "audit", "sent", "yours")),
)


@dataclass
class Books:
    """What all of them were told had happened."""

    done: Counter[str] = field(default_factory=Counter)
    busy: Counter[str] = field(default_factory=Counter)
    overtaken: Counter[str] = field(default_factory=Counter)
    kept: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    """Erased, or forgotten: that is erased when a program closes."""
    pending: int = 0
    faults: list[str] = field(default_factory=list)

    def enter(self, line: dict) -> None:
        """In the order of one program; no other erases what this one told."""
        adds, removes = set(line.get("adds", ())), set(line.get("removes", ()))
        self.kept = self.kept - removes | adds
        self.gone = self.gone - adds | removes
        self.pending += bool(line.get("pending"))
        if "fault" in line:
            self.faults.append(line["fault"])
        for name, counted in (
            ("did", self.done),
            ("busy", self.busy),
            ("overtaken", self.overtaken),
        ):
            if name in line:
                counted[line[name]] += 1


# -- a tab ----------------------------------------------------------------------------------


class Tab:
    """Somebody at a page; what is done in it is entered when the page says that it is done."""

    def __init__(self, person: Person, database: Path, name: str, books: Books, seed: int) -> None:
        self.person = person
        self.database = database
        self.name = name
        self.books = books
        self.chance = random.Random(f"{name} {seed}")  # noqa: S311 - the same deeds again
        self.words = (f"quark{name}{number:05}x" for number in count())
        self.places = (f"tab-{name}-{number}" for number in count())
        self.begin()

    def begin(self) -> None:
        self.place = next(self.places)
        self.told: dict[str, list[str]] = {}
        """By the word that was said: those of all its wordings, the latest last."""

    def deeds(self) -> Iterator[None]:
        some = [self.tell, self.tell, self.look, self.export]
        more = [*some, self.tell, self.correct, self.pin, self.forget, self.delete]
        while True:
            deed = self.chance.choice(more if self.told else some)
            try:
                self.books.enter({"did": f"{deed.__name__} in a tab", **deed()})
            except (Error, AssertionError) as error:
                said = " ".join(str(error).split())[:ERROR_CHARACTERS]
                self.books.faults.append(f"{deed.__name__} in tab {self.name}: {said}")
            if trace := self.person.page.get_by_test_id("stException").all_inner_texts():
                self.books.faults.append(f"{deed.__name__} in tab {self.name}: {trace}")
            yield

    def tell(self) -> dict:
        self.person.open(f"/?c={self.place}")
        word = next(self.words)
        self.person.ask(sentence(word))
        self.told[word] = [word]
        return {"adds": [word]}

    def look(self) -> dict:
        self.person.open(self.chance.choice(PAGES))
        return {}

    def export(self) -> dict:
        page = self.person.page
        self.person.open("/privacy?view=yours")
        page.get_by_role("button", name="Prepare my data").click()
        with page.expect_download() as taken:
            page.get_by_role("button", name="Download my data").click()
        with zipfile.ZipFile(taken.value.path()) as archive:
            broken = archive.testzip()
        return {"fault": f"an export is damaged: {broken}"} if broken else {}

    def correct(self) -> dict:
        first, word = self.open_card(self.told), next(self.words)
        self.card.get_by_role("button", name="Correct").click()
        dialog = self.person.page.get_by_role("dialog")
        dialog.get_by_role("textbox").fill(sentence(word))
        dialog.get_by_role("textbox").blur()
        dialog.get_by_role("button", name="Save").click()
        self.person.expect(dialog).to_have_count(0)
        self.person.expect(self.card).to_contain_text(word)
        self.told[first].append(word)
        return {"adds": [word]}

    def pin(self) -> dict:
        self.open_card(self.told)
        pin = self.card.get_by_role("button", name="Pin", exact=True)
        if pin.count():
            pin.click()
            self.person.expect(self.card.get_by_role("button", name="Unpin")).to_be_visible()
        return {}

    def forget(self) -> dict:
        """Of what was corrected an earlier wording may stand in a memory of its own."""
        unchanged = [first for first, words in self.told.items() if len(words) == 1]
        if not unchanged:
            return {}
        first = self.open_card(unchanged)
        self.card.get_by_role("button", name="Forget", exact=True).click()
        self.person.expect(self.person.main.get_by_text("Forgot 1 memory")).to_be_visible()
        return {"removes": self.told.pop(first)}

    def delete(self) -> dict:
        """The whole conversation, with what was learnt from it."""
        self.person.open(f"/?c={self.place}")
        self.person.menu("Delete")
        dialog = self.person.page.get_by_role("dialog")
        dialog.get_by_text("Also forget what was learnt from it").click()
        dialog.get_by_role("button", name="Delete").click()
        self.person.toast("Erased")
        words = [word for wordings in self.told.values() for word in wordings]
        self.begin()
        return {"removes": words}

    @property
    def card(self):
        return self.person.page.locator(".st-key-inspector_card")

    def open_card(self, among: Iterable[str]) -> str:
        """Of one of what was told in this tab; returns the word that it was told with."""
        first = self.chance.choice(sorted(among))
        word = self.told[first][-1]
        self.person.open(f"/inspector?memory={ident_of(self.database, word)}")
        self.person.expect(self.card).to_contain_text(word)
        return first


def ident_of(database: Path, word: str) -> int:
    """Of the first memory that says it."""
    connection = apsw.Connection(str(database), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        query = "select min(id) from memories where instr(text, ?)"
        [(ident,)] = connection.execute(query, (word,)).fetchall()
    finally:
        connection.close()
    return ident


def tab(app: AppServer, name: str, seed: int, end: float) -> Books:
    """Until ``end``, in a browser of its own: Playwright belongs to one thread."""
    books, seen = Books(), Seen()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        with Windows(browser).open(DESKTOP, "light", seen) as page:
            page.set_default_timeout(PATIENCE_MILLISECONDS)
            deeds = Tab(Person(page, app.url), app.database, name, books, seed).deeds()
            while time.monotonic() < end:
                next(deeds)
        browser.close()
    for what in ("outside", "dialogs", "page_errors"):
        books.faults += [f"tab {name}, {what}: {each}" for each in getattr(seen, what)]
    return books


# -- the other programs ---------------------------------------------------------------------


def program(app: AppServer, number: int, seconds: float) -> Books:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(app.database), str(number), str(seconds)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=seconds + GRACE_SECONDS,
    )
    books = Books()
    for line in ended.stdout.splitlines():
        books.enter(json.loads(line))
    if ended.returncode or "Traceback" in ended.stderr:
        last = ended.stderr.strip().splitlines()[-1:]
        books.faults.append(f"program {number} ended with {ended.returncode}: {last}")
    return books


# -- afterwards -----------------------------------------------------------------------------


def compare(app: AppServer, books: Sequence[Books]) -> Iterator[str]:
    """What is wrong with the file that they left, when all of them have ended."""
    kept = set().union(*(each.kept for each in books))
    gone = set().union(*(each.gone for each in books))
    with engine(app) as memory:
        yield from unsound(memory)
        there = held(memory)
        yield from (f"{word} is lost" for word in sorted(kept - there))
    yield from (f"{word} is still in the file" for word in left_of(sorted(gone), app.database))
    if "Traceback" in app.output:
        yield f"the server's log has a traceback:\n{app.output}"
    yield from (f"the server tried to reach {each}" for each in app.outside)


def unsound(memory: Memory) -> Iterator[str]:
    health = memory.check()
    yield from health.problems
    if not health.memories == health.vectors == health.full_text_rows:
        yield f"rows differ: {health}"
    if health.pending_erasures:
        yield f"{health.pending_erasures} erasures are pending"
    if (state := memory.verify_audit().state) != "intact":
        yield f"the audit is {state}"


def held(memory: Memory) -> set[str]:
    """Words of all memories, in all their wordings."""
    database = memory._store.database
    texts = database.rows("select text from memories union all select text from revisions")
    return words_in(*(text for (text,) in texts))


def main() -> None:
    """Fails when anything was lost, left behind or broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(QUICK, action="store_true")
    asked = parser.parse_args()
    if find_chromium() is None:
        skip("there is no Chromium")
    with tempfile.TemporaryDirectory() as folder:
        app = AppServer(Path(folder), {"RECOLLECT_WORDS_PER_SECOND": "0"})
        app.start()
        try:
            books = at_once(app, asked.seconds, asked.seed)
        finally:
            app.stop()
        faults = [fault for each in books for fault in each.faults]
        faults += compare(app, books)
    print(*faults, sep="\n")
    tell(books)
    result(f"{asked.seconds:.0f} s of two tabs and two programs: {len(faults)} faults")
    sys.exit(bool(faults))


def at_once(app: AppServer, seconds: float, seed: int) -> list[Books]:
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with engine(app) as memory:
        memory.grant(ME, PERSONALIZATION)
    end = time.monotonic() + seconds
    with ThreadPoolExecutor() as threads:
        working = [
            *(threads.submit(tab, app, f"{90 + n}", seed, end) for n in range(TABS)),
            *(threads.submit(program, app, 10 * seed + n, seconds) for n in range(PROGRAMS)),
        ]
        return [each.result() for each in working]


def tell(books: Sequence[Books]) -> None:
    done, busy, overtaken = (
        sum((getattr(each, name) for each in books), Counter())
        for name in ("done", "busy", "overtaken")
    )
    for name, times in sorted(done.items()):
        print(f"{name:28}{times:6,}")
    kept, gone, pending = (
        sum(len(each.kept) for each in books),
        sum(len(each.gone) for each in books),
        sum(each.pending for each in books),
    )
    result(
        f"{done.total():,} deeds, {busy.total()} met a busy file, {overtaken.total()} overtaken; "
        f"{kept:,} texts kept, {gone:,} erased, {pending} of them a little later"
    )


if __name__ == "__main__":
    main()
