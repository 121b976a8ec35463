"""What the pages share: the one ``Memory``, the way in, and how texts and dates are shown.

No text of the person is kept in the session's state or in a cache: both would outlive an erasure.
"""

import atexit
import re
import string
import threading
from datetime import datetime

import streamlit as st

from memory import AppError, Memory, MemoryItem, Settings

USER = "me"
PERSONALIZATION = "personalization"

PUNCTUATION = re.compile(f"[{re.escape(string.punctuation)}]")
DOLLAR = re.compile(r"(?<!\\)((?:\\\\)*)\$")
"""One that no backslash stands before, or backslashes that are themselves escaped."""

ABOUT = (
    "**Recollect**: a memory for your LLM that you can see, steer and erase. "
    "It runs on this computer, in one file; nothing leaves it."
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
    return open_memory()


def come_back_to_deep_link() -> None:
    """In app.py, after the pages are known: the other half of ``enter``."""
    st.session_state["_via_app"] = True
    if target := st.session_state.pop("_deep_link", None):
        st.switch_page(target, query_params=st.session_state.pop("_deep_query", {}))


@st.cache_resource(show_spinner=False, on_release=lambda memory: memory.close())
def open_memory() -> Memory:
    """One engine for the whole server, closed with it."""
    memory = Memory.open(Settings.from_env())
    atexit.register(memory.close)
    return memory


@st.cache_resource(show_spinner=False)
def warm_up(_memory: Memory) -> threading.Thread:
    """Load models and large libraries once, in the background, after a page has been drawn."""

    def load() -> None:
        import altair  # noqa: F401  charts
        import pandas  # noqa: F401  the first streamed answer would wait for it

        _memory.warm_up()

    thread = threading.Thread(target=load, name="warm-up", daemon=True)
    thread.start()
    return thread


def stay_local() -> None:
    """A foreign Origin on the websocket makes Streamlit ask the internet for this computer's
    address; with one given it does not ask."""
    from streamlit import net_util

    net_util._external_ip = "127.0.0.1"


def erase_what_is_due(memory: Memory) -> None:
    """What is past its retention or past undo goes on the next thing anybody does."""
    memory.expire()


def remembering(memory: Memory) -> bool:
    """Whether the person agreed that Recollect remembers."""
    return any(
        consent.purpose == PERSONALIZATION and consent.revoked_at is None
        for consent in memory.consents(USER)
    )


def draw_error(error: AppError) -> None:
    st.error(str(error), icon=":material/error:")


def draw_empty(title: str, caption: str) -> None:
    """An empty state: what will be here, and what to do for it."""
    with st.container(horizontal_alignment="center", gap="small"):
        st.space("medium")
        st.subheader(title, anchor=False, text_alignment="center")
        st.caption(caption, text_alignment="center")
        st.space("medium")


def literal(text: str) -> str:
    """Markdown that shows the text as it is, in one line: for labels, quotations and captions.

    ``st.text`` does it better, with its lines. A mark escaped by a backslash would still be
    looked at for ``:icon:`` codes, and a backslash be seen in a code span.
    """
    return PUNCTUATION.sub(lambda mark: f"&#{ord(mark[0])};", " ".join(text.split()))


def plain(markdown: str) -> str:
    """An answer's Markdown, with images, links and formulas made inert; a second time changes
    nothing."""
    without_formulas = DOLLAR.sub(r"\1\\$", markdown)
    return without_formulas.replace("![", "!\\[").replace("](", "]\\(")


def shorten(text: str, characters: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= characters else line[: characters - 1].rstrip() + "…"


def on_day(moment: datetime) -> str:
    """A date in the person's own zone: 3 November 2026."""
    local = moment.astimezone()
    return f"{local.day} {local:%B %Y}"


def at_time(moment: datetime) -> str:
    return f"{on_day(moment)}, {moment.astimezone():%H:%M}"


def title_of(item: MemoryItem) -> str:
    return shorten(item.text)


def undo_minutes_left(memory: Memory, item: MemoryItem) -> int:
    """Whole minutes until a forgotten memory is erased, at least 1."""
    assert item.forgotten_at is not None
    gone = (datetime.now(item.forgotten_at.tzinfo) - item.forgotten_at).total_seconds()
    return max(1, round((memory.settings.undo_seconds - gone) / 60))


def count_of(number: int, noun: str) -> str:
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"
