"""What the pages share: the one ``Memory``, the way in, and how texts and dates are shown.

No text of the person is kept in the session's state or in a cache: both would outlive an erasure.
"""

import atexit
import re
import string
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Literal

import streamlit as st

from memory import (
    AppError,
    Memory,
    MemoryItem,
    Settings,
    StoreUnavailable,
    passphrase_from_env,
)
from pages.parts.whose import user

PERSONALIZATION = "personalization"
WARM_UP_AFTER_SECONDS = 2.0

PUNCTUATION = re.compile(f"[{re.escape(string.punctuation)}]")
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Turns the reading direction of what follows, so that it is seen in another order than it has."""
ADDRESS = re.compile(
    r"\bhttps?:(?=//)|\bwww(?=\.)|\bmailto:(?=[^\s\u2060])|(?<=\w)@(?=\w)", re.IGNORECASE
)
CODE = re.compile(r"(```.*?(?:```|\Z)|`[^`\n]+`)", re.DOTALL)
WORD_JOINER = "\u2060"
"""Takes no room and is not seen."""
DOLLAR = re.compile(r"(?<!\\)((?:\\\\)*)\$")
"""One that no backslash stands before, or backslashes that are themselves escaped."""

ABOUT = (
    "**Recollect**: a memory for your LLM that you can see, steer and erase. "
    "It runs on this computer, in one file; nothing leaves it unless you choose a model elsewhere, "
    "and then you see exactly what."
)


def enter(page: str) -> Memory:
    """Call first on every page.

    On a fresh server a deep link runs the page file alone, without app.py: then go there and
    come back.
    """
    if not st.session_state.get("_via_app"):
        st.session_state["_deep_link"] = page
        st.session_state["_deep_query"] = st.query_params.to_dict()
        st.switch_page("app.py")
    st.session_state["_arrived"] = st.session_state.get("_page") != page
    st.session_state["_page"] = page
    return open_memory()


def has_arrived() -> bool:
    """Whether the person has come to this page just now, from another one."""
    return bool(st.session_state["_arrived"])


def is_open_at(page: str) -> bool:
    """Whether this is the page that is open, by its file."""
    return bool(st.session_state.get("_page") == page)


def come_back_to_deep_link() -> None:
    """In app.py, after the pages are known: the other half of ``enter``."""
    st.session_state["_via_app"] = True
    if target := st.session_state.pop("_deep_link", None):
        st.switch_page(target, query_params=st.session_state.pop("_deep_query", {}))


def _let_go(memory: Memory) -> None:
    atexit.unregister(memory.close)
    with suppress(StoreUnavailable):  # what is due is erased when it is opened again
        memory.close()


@st.cache_resource(show_spinner=False, on_release=_let_go)
def open_memory(_passphrase: str | None = None) -> Memory:
    """One engine for the whole server, closed with it. A passphrase that is typed opens it for all;
    no cache keeps an argument with such a name, and none keeps what failed."""
    memory = Memory.open(Settings.from_env(), passphrase=_passphrase or passphrase_from_env())
    atexit.register(memory.close)
    return memory


@st.cache_resource(show_spinner=False)
def warm_up(_memory: Memory) -> threading.Thread:
    """Load models and large libraries once, in the background, when the first page is up.

    The browser is still fetching and drawing it when the script has ended; loading at once takes
    the processor and the interpreter's lock away from it. Who is faster than this loads what they
    need themselves, and waits for it.
    """
    person = user()  # a thread knows of no session

    def load() -> None:
        with suppress(AppError):  # told where it is needed: a page can say it, a thread cannot
            _memory.warm_up()
            _memory.warm_up_model(person)
        import pandas  # noqa: F401, I001  the first streamed answer would wait for it
        import altair  # noqa: F401  charts, on other pages

    thread = threading.Timer(WARM_UP_AFTER_SECONDS, load)
    thread.daemon = True
    thread.start()
    return thread


def stay_local() -> None:
    """A foreign Origin on the websocket makes Streamlit ask the internet for this computer's
    address; with one given it does not ask."""
    from streamlit import net_util

    net_util._external_ip = "127.0.0.1"


def erase_what_is_due(memory: Memory) -> StoreUnavailable | None:
    """What is past its retention or past undo goes on the next thing anybody does.

    Returns what hinders it: a page can be read all the same when nothing can be written.
    """
    try:
        memory.expire()
    except StoreUnavailable as error:
        return error
    return None


def remembering(memory: Memory) -> bool:
    """Whether the person agreed that Recollect remembers."""
    return agreed(memory, PERSONALIZATION)


def agreed(memory: Memory, purpose: str) -> bool:
    return any(
        consent.purpose == purpose and consent.revoked_at is None
        for consent in memory.consents(user())
    )


def attempt(action: Callable[..., object], *args: object) -> None:
    """A button's action; what hinders it is said in words."""
    try:
        action(*args)
    except AppError as error:
        st.toast(str(error), icon=":material/error:")


def draw_error(error: AppError) -> None:
    st.error(str(error), icon=":material/error:")


def draw_empty(title: str, caption: str) -> None:
    """An empty state: what will be here, and what to do for it."""
    with st.container(horizontal_alignment="center", gap="small"):
        st.space("medium")
        st.header(title, anchor=False, text_alignment="center")
        st.caption(caption, text_alignment="center")
        st.space("medium")


def visible(text: str) -> str:
    """The text with marks that would turn it round shown by name: what is seen cannot lie."""
    return TURNING.sub(lambda mark: f"[U+{ord(mark[0]):04X}]", text)


def draw_pages(total: int, size: int, key: str, bind: Literal["query-params"] | None = None) -> int:
    """The number of the page to show, from 1; nothing is drawn for a single one."""
    pages = max(1, -(-total // size))
    if pages == 1:
        return 1
    if st.session_state.get(key, 1) > pages:
        st.session_state[key] = pages  # the last page has emptied
    return st.pagination(pages, key=key, bind=bind)


def literal(text: str) -> str:
    """Markdown that shows the text as it is, in one line: for labels, quotations and captions.

    ``st.text`` does it better, with its lines. A mark escaped by a backslash would still be
    looked at for ``:icon:`` codes, and a backslash be seen in a code span.
    """
    line = unlinked(" ".join(visible(text).split()))
    return PUNCTUATION.sub(lambda mark: f"&#{ord(mark[0])};", line)


def literal_lines(text: str, mark: str = "") -> str:
    """As ``literal``, with its lines; with a mark such as “> ” before each."""
    return "\\\n".join(mark + literal(line) for line in text.splitlines() if line.strip())


def unlinked(text: str) -> str:
    """Addresses as they are, but not as links, which Markdown makes of them by itself."""
    return ADDRESS.sub(lambda start: start[0] + WORD_JOINER, text)


def plain(markdown: str) -> str:
    """An answer's Markdown, with images, links and formulas made inert; a second time changes
    nothing. Code is never a link: what is copied out of it must be as it was written."""
    without_formulas = DOLLAR.sub(r"\1\\$", visible(markdown))
    parts = CODE.split(without_formulas.replace("![", "!\\[").replace("](", "]\\("))
    return "".join(part if number % 2 else unlinked(part) for number, part in enumerate(parts))


def shorten(text: str, characters: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= characters else line[: characters - 1].rstrip() + "…"


def capitalised(words: str) -> str:
    """As the beginning of a sentence, a heading or a cell."""
    return words[:1].upper() + words[1:]


def on_day(moment: datetime) -> str:
    """A date in the person's own zone: 3 November 2026."""
    local = moment.astimezone()
    return f"{local.day} {local:%B %Y}"


def until(moment: datetime) -> str:
    """“until 3 May”, with its year where that is another one: for marks."""
    local = moment.astimezone()
    year = "" if local.year == datetime.now(local.tzinfo).year else f" {local.year}"
    return f"until {local.day} {local:%B}{year}"


def at_time(moment: datetime) -> str:
    return f"{on_day(moment)}, {moment.astimezone():%H:%M}"


def undo_minutes_left(memory: Memory, item: MemoryItem) -> int:
    """Whole minutes until a forgotten memory is erased, at least 1."""
    assert item.forgotten_at is not None
    gone = (memory.now() - item.forgotten_at).total_seconds()
    return max(1, round((memory.settings.undo_seconds - gone) / 60))


def counts_in_words(counts: Mapping[str, int]) -> str:
    """“3 memories, 1 message”: places are named in the plural; what is none is left out."""
    return ", ".join(
        f"{count:,} {_singular(place) if count == 1 else place}".replace("_", " ")
        for place, count in counts.items()
        if count
    )


def _singular(plural: str) -> str:
    """Some places have no plural: “full text”."""
    if plural.endswith("ies"):
        return plural[:-3] + "y"
    return plural.removesuffix("s")


def count_of(number: int, noun: str) -> str:
    changes = noun.endswith("y") and noun[-2] not in "aeiou"  # memories, but days
    plural = noun[:-1] + "ies" if changes else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"


def size_of(number: int) -> str:
    """Of bytes."""
    if number >= 2**20:
        return f"{number / 2**20:,.1f} MB"
    return f"{number / 2**10:,.0f} KB" if number >= 2**10 else count_of(number, "byte")
