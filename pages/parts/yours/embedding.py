"""How meaning is searched: the embedding model in use, another one's index while it is built, the
comparison of both, the switch, and the way back."""

from collections.abc import Callable, Sequence

import streamlit as st

from memory import (
    AppError,
    BuildState,
    EmbeddingModel,
    IndexBuild,
    IndexState,
    Memory,
)
from pages.parts.shared import count_of, literal, size_of
from pages.parts.yours.embedding_choice import draw_choice, draw_network
from pages.parts.yours.embedding_compared import draw_compared

TICK_SECONDS = 1.0
PROBLEM = "embedding_problem"
MEANING = (
    "A model turns each memory into numbers, so that a question finds what means the same in other "
    "words. Numbers of two models say nothing about each other: another model needs an index of "
    "its own, which is built beside the one in use while you go on chatting."
)
MEASURED = (
    "What counts as near was measured with the model that comes with Recollect. Compare before you "
    "switch: another model may find more, or less, of what you ask for."
)


def draw_embedding(memory: Memory) -> None:
    st.header("How meaning is searched", anchor=False)
    st.caption(MEANING)
    try:
        models = memory.embedding_models()
        build = memory.index_build()
    except AppError as error:
        st.error(literal(str(error)), icon=":material/error:")
        return
    in_use = models[0]
    _draw_in_use(memory, in_use)
    if not in_use.downloaded and build is None:
        _draw_ways_out(memory, models)
    if problem := st.session_state.pop(PROBLEM, None):
        st.error(literal(problem), icon=":material/error:")
    kept = next((model for model in models if model.state is IndexState.KEPT), None)
    if build is not None:
        of = next((model for model in models if model.name == build.model), None)
        _draw_build(memory, build, of)
    elif kept is not None:
        _draw_kept(memory, kept)
    else:
        draw_choice(memory, models, _do)


def _draw_in_use(memory: Memory, model: EmbeddingModel) -> None:
    with st.container(border=True, key="embedding_in_use"):
        st.markdown(f":material/manage_search: **{literal(model.name)}** is in use")
        origin = (
            "It comes with Recollect."
            if model.is_packaged
            else "It was downloaded, and works with no network."
        )
        held = f"{count_of(model.vectors, 'memory')} · {model.offer.dimension:,} numbers each"
        st.caption(f"{held} · {origin}")
        if model.downloaded:
            return
        st.warning(
            "Its files are not on this computer any more, so nothing can be searched or stored.",
            icon=":material/error:",
        )


def _draw_ways_out(memory: Memory, models: Sequence[EmbeddingModel]) -> None:
    """Of a model in use whose files are gone."""
    missing = models[0]
    own = next(model for model in models if model.is_packaged)
    draw_network(missing.offer)
    with st.container(horizontal=True):
        again = "Agree and download it again"
        _button(again, "embedding_again", memory.build_index, missing.name, download=True)
        if own.state is None:
            label = "Build the index of Recollect’s own model"
            _button(label, "embedding_own", memory.build_index, own.name)


# -- being built ----------------------------------------------------------------------------


def _draw_build(memory: Memory, build: IndexBuild, of: EmbeddingModel | None) -> None:
    fetches = build.lacks_model
    running = build.state in (BuildState.DOWNLOADING, BuildState.BUILDING)
    with st.container(border=True, key="embedding_build"):
        st.fragment(_draw_progress, run_every=TICK_SECONDS if running else None)(memory, build)
        if not running and fetches and of is not None:
            draw_network(of.offer)
        with st.container(horizontal=True):
            if running:
                _button("Stop", "embedding_stop", memory.stop_build)
            elif build.state is BuildState.READY and not fetches:
                _button("Switch to it", "embedding_switch", _switch, memory, build, primary=True)
                compares = st.button("Compare on my own questions", key="embedding_compare")
            else:
                label = "Agree, download, and go on" if fetches else "Go on"
                again, named = memory.build_index, {"download": fetches}
                _button(label, "embedding_resume", again, build.model, primary=True, **named)
            if not running:
                _draw_drop(memory, build.model, "What is built of it so far")
        if build.state is BuildState.READY and not fetches:
            st.caption(MEASURED)
            if compares:
                draw_compared(memory)


def _draw_progress(memory: Memory, drawn: IndexBuild) -> None:
    """``drawn``: what the page around it was drawn for; another state needs other buttons."""
    build = memory.index_build()
    if build is None or build.state is not drawn.state:
        st.rerun()
    st.markdown(f"{ICONS[build.state]} **{literal(build.model)}** {SAYS[build.state]}")
    share = min(1.0, build.done / build.of) if build.of else float(build.state is BuildState.READY)
    st.progress(share, text=_progress_in_words(build))
    if build.problem:
        st.warning(literal(build.problem), icon=":material/error:")


ICONS = {
    BuildState.DOWNLOADING: ":material/cloud_download:",
    BuildState.BUILDING: ":material/construction:",
    BuildState.STOPPED: ":material/pause_circle:",
    BuildState.READY: ":material/check_circle:",
}
SAYS = {
    BuildState.DOWNLOADING: "is being downloaded",
    BuildState.BUILDING: "is reading your memories, while the old one goes on searching",
    BuildState.STOPPED: "is not finished; it goes on from here whenever you like",
    BuildState.READY: "knows every memory, and waits for you to switch",
}


def _progress_in_words(build: IndexBuild) -> str:
    is_download = build.state is BuildState.DOWNLOADING
    if is_download and not build.of:
        return "Asking what there is to download"
    done = size_of(build.done) if is_download else f"{build.done:,}"
    of = size_of(build.of) if is_download else count_of(build.of, "memory")
    left = "" if build.seconds_left is None else f" · {_duration(build.seconds_left)} left"
    return f"{done} of {of}{left}"


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"about {max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"about {minutes} min" if minutes < 90 else f"about {round(minutes / 60)} h"


def _switch(memory: Memory, build: IndexBuild) -> None:
    memory.switch_index()
    st.toast(f"“{build.model}” is in use. The one before is kept.", icon=":material/check:")


# -- the way back ---------------------------------------------------------------------------


def _draw_kept(memory: Memory, model: EmbeddingModel) -> None:
    with st.container(border=True, key="embedding_kept"):
        st.markdown(f":material/history: **{literal(model.name)}** is kept as the way back")
        st.caption(
            f"Its index of {count_of(model.vectors, 'memory')} takes room until you let it go, and "
            "is completed before you go back. Let it go to choose yet another model."
        )
        with st.container(horizontal=True):
            if model.downloaded:
                _button("Go back to it", "embedding_back", memory.switch_back)
                compares = st.button("Compare on my own questions", key="embedding_compare")
            _draw_drop(memory, model.name, "Its index")
        if model.downloaded and compares:
            draw_compared(memory)


def _draw_drop(memory: Memory, name: str, what: str) -> None:
    with st.popover("Let it go", key="embedding_drop"):
        st.caption(
            f"{what} leaves the file to the last byte, at once. No memory goes: the index can be "
            "built again from them."
        )
        _button("Let it go for good", "embedding_drop_sure", _drop, memory, name)


def _drop(memory: Memory, name: str) -> None:
    if not memory.drop_index(name):
        st.toast("It is let go; its bytes leave the file when no other program reads it.")


# -- buttons --------------------------------------------------------------------------------


def _button(
    label: str,
    key: str,
    action: Callable[..., object],
    *args: object,
    primary: bool = False,
    **named: object,
) -> None:
    st.button(
        label,
        key=key,
        type="primary" if primary else "secondary",
        on_click=lambda: _do(action, *args, **named),
    )


def _do(action: Callable[..., object], *args: object, **named: object) -> None:
    """What hinders it is said beside the button that was pressed."""
    try:
        action(*args, **named)
    except AppError as error:
        st.session_state[PROBLEM] = str(error)
