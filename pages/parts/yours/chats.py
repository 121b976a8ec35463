"""Chats from elsewhere: how to get them, what they would bring in, bringing them in, and removing
them again."""

import streamlit as st

from memory import ChatImport, ChatImportReport, ChatProgress, Memory
from pages.parts.deciding import INBOX
from pages.parts.receipt import draw_places, draw_receipt
from pages.parts.shared import at_time, count_of, literal, remembering
from pages.parts.steps import OnStep, draw_steps
from pages.parts.whose import user
from pages.parts.yours.chat_desk import Desk, Doing, desk
from pages.parts.yours.chat_plan import draw_left_out, draw_plan
from pages.parts.yours.uploads import begin_anew, key_of, let_go_of

FILE, TEXT = "chats_file", "chats_text"
REMOVING, NOW, RECEIPT = "chats_removing", "chats_remove_now", "chats_receipt"
"""Ids of imports: to be confirmed, and confirmed; and what came of it."""
EVERY_SECONDS = 1.0
MOST_MEGABYTES = 500
"""Of a file: pictures make an export large, and they are not read."""

MEANWHILE = {
    (Doing.LOOKING, False): "Stop, and you see what was found so far.",
    (Doing.LOOKING, True): "It ends with what was found so far.",
    (Doing.IMPORTING, False): "You can go to other pages and use the chat meanwhile.",
    (Doing.IMPORTING, True): "It ends with the conversation under way.",
}
"""By whether Stop was pressed."""
HOW = {
    "ChatGPT": "**Settings → Data controls → Export data.** A mail brings the link to a ZIP; "
    "choose it as it came. The memories it has of you are not in it: copy them from "
    "**Settings → Personalization → Manage memories** as a list.",
    "Claude": "**Settings → Privacy → Export data.** A mail brings the link to a ZIP; choose it as "
    "it came.",
    "A list": "Plain text or Markdown, one statement a line or bullet, with its date before it if "
    "you like: `2024-03-01: I moved to Oslo.` Ask the other assistant: “List everything you "
    "remember about me, one line each, with its date.”",
}


def draw_chats(memory: Memory) -> None:
    st.header("Chats from elsewhere", anchor=False)
    st.caption(
        "What you said to ChatGPT or Claude, or a list of what is to be known of you. It is read "
        "on this computer, and you see first what would come in. It is masked, classed and learnt "
        "from as what you say here, with the days on which it was said."
    )
    here = desk()
    if not remembering(memory):
        st.caption(":material/info: Recollect may not remember yet. Allow it under Consent first.")
        return
    if here.doing:
        _draw_doing()
    elif here.report is not None or here.problem:
        _draw_ended(memory, here)
    elif here.plan is not None:
        draw_plan(memory, here, here.plan)
    else:
        _draw_upload(memory, here)
    _draw_imports(memory)


# -- a file ---------------------------------------------------------------------------------


def _draw_upload(memory: Memory, here: Desk) -> None:
    with st.expander("How to get them", icon=":material/help:", type="compact"):
        for name, how in HOW.items():
            st.markdown(f"{name}: {how}")
    file_key, text_key = key_of(FILE), key_of(TEXT)

    def take(data: bytes) -> None:
        here.look(memory, data)
        begin_anew(FILE)
        begin_anew(TEXT)

    def take_file() -> None:
        if (file := st.session_state[file_key]) is not None:
            take(file.getvalue())
            let_go_of(file)

    st.file_uploader(
        "The export of ChatGPT or Claude, or a list",
        type=["zip", "json", "txt", "md"],
        key=file_key,
        max_upload_size=MOST_MEGABYTES,
        on_change=take_file,
    )
    with st.expander("Or paste a list", icon=":material/content_paste:", type="compact"):
        st.text_area("One statement a line", key=text_key, placeholder="I live in Oslo.")
        st.button(
            "Look at it",
            key="chats_paste",
            icon=":material/search:",
            on_click=lambda: take(st.session_state[text_key].encode("utf-8", "replace")),
        )


# -- under way ------------------------------------------------------------------------------


@st.fragment(run_every=EVERY_SECONDS)
def _draw_doing() -> None:
    here = desk()
    doing = here.doing
    if doing is None:
        st.rerun()
    progress = here.progress or ChatProgress(0, 0)
    share = progress.done / progress.total if progress.total else 0.0
    st.progress(share, text=f"{doing}: {_how_far(progress, here.seconds_left)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Stop",
            key="chats_stop",
            icon=":material/stop:",
            on_click=here.stop,
            disabled=here.is_stopping,
        )
        st.caption(MEANWHILE[doing, here.is_stopping])


def _how_far(progress: ChatProgress, seconds_left: float | None) -> str:
    if not progress.total:
        return "opening the file"
    told = f"{progress.done:,} of {progress.total:,}, {count_of(progress.memories, 'memory')}"
    if seconds_left is None or progress.done == progress.total:
        return told
    if seconds_left < 60:
        return f"{told}, less than a minute left"
    return f"{told}, about {count_of(round(seconds_left / 60), 'minute')} left"


# -- ended ----------------------------------------------------------------------------------


def _draw_ended(memory: Memory, here: Desk) -> None:
    if here.problem:
        st.error(literal(here.problem), icon=":material/error:")
    if here.report is not None:
        _draw_report(here.report)
    with st.container(horizontal=True, vertical_alignment="center"):
        if here.data is not None:
            st.button(
                "Resume",
                key="chats_resume",
                type="primary",
                icon=":material/play_arrow:",
                on_click=lambda: here.bring_in(memory, here.chosen),
            )
        if here.report is not None:
            st.page_link("pages/inspector.py", label="To the memories", icon=":material/search:")
            if here.report.proposed:
                st.page_link(
                    "pages/inspector.py",
                    label="To the inbox",
                    icon=":material/inbox:",
                    query_params=INBOX,
                )
        st.button("Done", key="chats_done", icon=":material/check:", on_click=here.set_aside)
    if here.data is not None:
        st.caption(
            "Resume goes on where it ended. So does choosing the same file again, also when "
            "Recollect was closed in between."
        )


def _draw_report(report: ChatImportReport) -> None:
    came = sum(report.messages.values())
    title = "Stopped" if report.is_stopped else "Brought in"
    st.markdown(f"**:material/move_to_inbox: {title}**")
    told = [count_of(report.memories, "memory")]
    if came:
        told.insert(
            0, f"{count_of(came, 'message')} of {count_of(report.conversations, 'conversation')}"
        )
    if report.reinforced:
        told.append(f"{report.reinforced:,} said again")
    if report.proposed:
        told.append(f"{report.proposed:,} waiting in your inbox")
    st.markdown(" · ".join(told))
    if report.is_stopped:
        st.caption(f"{report.remaining:,} are left. What is here is whole conversations.")
    draw_left_out(report.left_out)


# -- removing -------------------------------------------------------------------------------


def _draw_imports(memory: Memory) -> None:
    if receipt := st.session_state.pop(RECEIPT, None):
        draw_receipt(receipt)
    found = memory.chat_imports(user())
    confirmed = st.session_state.pop(NOW, None)
    if confirmed in [each.id for each in found]:
        _remove(memory, confirmed)
        return
    if not found:
        return
    st.markdown("**Imported so far**")
    for each in found:
        with st.container(border=True, key=f"chats_import_{each.id}"):
            _draw_import(memory, each)


def _draw_import(memory: Memory, each: ChatImport) -> None:
    told = [count_of(each.memories, "memory")]
    if each.messages:
        told = [
            count_of(each.conversations, "conversation"),
            count_of(each.messages, "message"),
            *told,
        ]
    how = "" if each.ended_at else " · stopped, or not at its end yet"
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.markdown(f"**{each.format}** · {at_time(each.begun_at)}{how}  \n{' · '.join(told)}")
        if st.session_state.get(REMOVING) != each.id:
            st.button(
                "Remove…",
                key=f"chats_remove_{each.id}",
                icon=":material/ink_eraser:",
                on_click=lambda: st.session_state.update({REMOVING: each.id}),
                disabled=bool(desk().doing),
            )
            return
    _draw_confirmation(memory, each)


def _draw_confirmation(memory: Memory, each: ChatImport) -> None:
    st.caption("This goes, at once and for good. What you said since in its conversations stays.")
    draw_places(memory.footprint(user(), imported=each.id).places)
    with st.container(horizontal=True):
        st.button(
            "Remove for good",
            key="chats_remove_confirm",
            type="primary",
            icon=":material/ink_eraser:",
            on_click=lambda: st.session_state.update({NOW: each.id, REMOVING: None}),
        )
        st.button(
            "Keep it",
            key="chats_remove_cancel",
            on_click=lambda: st.session_state.update({REMOVING: None}),
        )


def _remove(memory: Memory, import_id: int) -> None:
    def remove(tell: OnStep) -> None:
        st.session_state[RECEIPT] = memory.erase(user(), imported=import_id, on_step=tell)

    draw_steps("Removing it…", "It was not removed", remove)
    if RECEIPT in st.session_state:
        st.rerun()
