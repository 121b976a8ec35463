"""One turn on the page: what was asked is shown at once, the answer as it comes, and what came of
it is kept however the turn ends.

Streamlit ends a run by an exception out of any of its calls, and a click starts the next run while
the one before may still be about to end.
"""

import time
from contextlib import suppress
from threading import Event

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from memory import BUILT_IN, AppError, Memory, NotAsShown, Reply, Role
from pages.parts.chat.asked import Asked
from pages.parts.chat.before_sending import HINDRANCES, asks_first, may_ask_first
from pages.parts.chat.conversations import Place, open_at_end
from pages.parts.chat.held import hold, let_go
from pages.parts.chat.messages import bubble, draw_text
from pages.parts.models.words import elsewhere
from pages.parts.shared import draw_error, literal
from pages.parts.whose import user

TELL_AFTER_SECONDS = 3
"""Whoever has waited so long for the first word wants to know that it goes on."""
KEEPING_SECONDS = 2
"""How long a page waits for a stopped answer to be kept; a model may take longer to stop."""


def take_turn(memory: Memory, place: Place, asked: Asked) -> bool:
    """The text shows at once; after the answer all is drawn again, as it was stored.

    False when it could not be sent: what stood there still stands.
    """
    said, answer, stop = st.empty(), st.empty(), st.empty()
    reply: Reply | None = None
    if waits := may_ask_first(memory, asked):
        hold(place.id, asked)
    kept = st.session_state["chat_kept"] = Event()
    try:
        _redraw_when(kept)
        if asked.answer is None:
            with said, bubble(Role.USER):
                draw_text(Role.USER, asked.text)
        if waits:
            _look_first(memory, place, asked, answer)
            waits = False
        with answer, bubble(Role.ASSISTANT), st.spinner("One moment"):
            reply = _reply(memory, place, asked)
        if not asked.typed:
            stop.button("Stop", key="chat_stop", type="tertiary", icon=":material/stop_circle:")
        with answer, bubble(Role.ASSISTANT):
            _stream(reply, memory.settings.words_per_second)
    except AppError as error:
        if reply is not None and reply.message_id is not None:
            kept.set()
            open_at_end()
            st.rerun()  # what came is kept, with why no more did
        st.session_state.pop("chat_kept")  # and not set: the error would be drawn over
        if reply is None:
            _wait_or_let_go(memory, place, asked, error)
            said.empty()
        answer.empty()
        stop.empty()
        draw_error(error)
        _draw_unsent("" if reply else asked.text)
        return False
    except BaseException:
        # Stop raises through this script, wherever it is: what was said is stored all the same, and
        # what has arrived of the answer is kept; but not what may have to be seen first. The
        # session's state would raise it once more.
        with suppress(AppError):
            if not waits:
                (reply or _reply(memory, place, asked)).close()
        kept.set()
        raise
    kept.set()
    open_at_end()
    st.rerun()
    return True  # never reached: a rerun raises


def _look_first(memory: Memory, place: Place, asked: Asked, answer: DeltaGenerator) -> None:
    """What the person wants to see first waits; and so it does while that is found out: whatever is
    pressed meanwhile, nothing that was written is lost, or sent."""
    with answer, bubble(Role.ASSISTANT), st.spinner("One moment"):
        asks = asks_first(memory, place, asked)
    if asks:
        st.rerun()
    let_go()


def _wait_or_let_go(memory: Memory, place: Place, asked: Asked, error: AppError) -> None:
    """What was not sent waits where there is a way on: it is drawn anew, and says so itself."""
    changed = isinstance(error, NotAsShown)
    if changed or (isinstance(error, HINDRANCES) and elsewhere(memory, user()) is not None):
        hold(place.id, asked, changed=changed)
        st.rerun()
    let_go()


def wait_for_stopped_turn() -> None:
    """A click runs this script anew while the run it stops may still be keeping its answer."""
    kept: Event | None = st.session_state.get("chat_kept")
    if kept is None:
        return
    if kept.wait(KEEPING_SECONDS):
        st.session_state.pop("chat_kept", None)
    else:
        _redraw_when(kept)


def _reply(memory: Memory, place: Place, asked: Asked) -> Reply:
    model = BUILT_IN if asked.from_memory else None
    if asked.answer is not None:
        return memory.regenerate(user(), asked.answer, model=model, as_shown=asked.as_shown)
    return memory.respond(
        user(),
        asked.text,
        conversation_id=place.id,
        model=model,
        private=place.private,
        replacing=asked.replacing,
        as_shown=asked.as_shown,
    )


def _stream(reply: Reply, words_per_second: int) -> None:
    """The built-in answerer is done at once: its words come at the pace of reading, so that they
    can be stopped. A model sets its own pace.

    All of the text is drawn with each piece: a link or an image that is split over two pieces
    would otherwise come to life. While nothing comes something is drawn all the same: only then
    does a run notice that it is asked to stop.
    """
    shown = st.empty()
    begun = time.monotonic()
    for _ in reply.watched():
        with shown:
            if reply.text:
                draw_text(Role.ASSISTANT, reply.text)
            else:
                _draw_waiting(reply.model, int(time.monotonic() - begun))
        if words_per_second and reply.sent is None:
            time.sleep(1 / words_per_second)


def _draw_waiting(model: str, seconds: int) -> None:
    so_far = f" · {seconds} s" if seconds >= TELL_AFTER_SECONDS else ""
    st.caption(f":material/hourglass_top: {literal(model)} is reading{so_far}")


@st.fragment(run_every=1)
def _redraw_when(kept: Event) -> None:
    """The composer's Stop ends a run where it is: another one draws what was kept of the answer,
    and what can be done with it. Until then nothing is drawn here."""
    if kept.is_set():
        st.rerun()


def _draw_unsent(prompt: str) -> None:
    if prompt:
        st.caption("Your message was not sent. Here it is, to copy:")
        st.code(prompt, language=None, wrap_lines=True, height=160)
