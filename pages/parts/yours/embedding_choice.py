"""Which embedding model: all that can be had, searchable, and the word about the network before one
is downloaded."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from memory import EmbeddingModel, EmbeddingOffer, Memory
from pages.parts.shared import literal, visible

SEARCH, FOLDER = "embedding_search", "embedding_folder"
TABLE_PIXELS = 300
FEW = 7
NOT_COMMERCIAL = "-nc-"


def draw_choice(memory: Memory, models: Sequence[EmbeddingModel], do: Callable[..., None]) -> None:
    """``do``: a call of the memory's, with what it is given; it says what hinders it."""
    with st.expander("Choose another model", icon=":material/swap_horiz:", key="embedding_choose"):
        wanted = st.text_input(
            "Search",
            key=SEARCH,
            placeholder="A name, a language, a licence",
            label_visibility="collapsed",
            icon=":material/search:",
        )
        found = [model for model in models if model.state is None and _fits(model, wanted)]
        if not found:
            st.caption("No model fits. Search for less.")
            return
        chosen = _draw_table(found)
        if chosen is None:
            st.caption("Pick a row to see what it needs.")
        else:
            _draw_chosen(memory, chosen, do)


def _fits(model: EmbeddingModel, wanted: str) -> bool:
    offer = model.offer
    text = f"{offer.name} {offer.languages} {offer.licence}".casefold()
    return all(word in text for word in wanted.casefold().split())


def _draw_table(models: Sequence[EmbeddingModel]) -> EmbeddingModel | None:
    import pandas as pd

    selection = st.dataframe(
        pd.DataFrame(
            {
                "Model": [visible(model.name) for model in models],
                "Languages": [model.offer.languages for model in models],
                "Size": [_size(model.offer) for model in models],
                "Numbers": [model.offer.dimension for model in models],
                "Reads": [model.offer.tokens for model in models],
                "Here": [model.downloaded for model in models],
                "Licence": [model.offer.licence for model in models],
            }
        ),
        key="embedding_table",
        hide_index=True,
        height=TABLE_PIXELS if len(models) > FEW else "content",
        on_select="rerun",
        selection_mode="single-row",
        alt="Embedding models that can be chosen",
        column_config=_columns(),
    )["selection"]
    rows = [row for row in selection["rows"] if row < len(models)]
    return models[rows[0]] if rows else None


def _columns() -> dict[str, Any]:
    return {
        "Model": st.column_config.TextColumn(width=262),
        "Languages": st.column_config.TextColumn(width=165),
        "Size": st.column_config.TextColumn(width=72, help="Of the download."),
        "Numbers": st.column_config.NumberColumn(width=72, help="Per memory."),
        "Reads": st.column_config.NumberColumn(width=62, help="Tokens of a text, at most."),
        "Here": st.column_config.CheckboxColumn(width=50, help="On this computer already."),
        "Licence": st.column_config.TextColumn(width=92),
    }


def _size(offer: EmbeddingOffer) -> str:
    if not offer.megabytes:
        return "comes along"
    return (
        f"{offer.megabytes / 1000:.1f} GB" if offer.megabytes >= 1000 else f"{offer.megabytes} MB"
    )


def _draw_chosen(memory: Memory, model: EmbeddingModel, do: Callable[..., None]) -> None:
    st.markdown(f"**{literal(model.name)}**")
    if NOT_COMMERCIAL in model.offer.licence:
        st.caption(":material/gavel: Its licence does not allow commercial use.")
    if not model.downloaded:
        draw_network(model.offer)
    with st.container(horizontal=True):
        st.button(
            "Build its index" if model.downloaded else "Agree, download, and build its index",
            key="embedding_build_it",
            type="primary",
            on_click=lambda: do(memory.build_index, model.name, download=not model.downloaded),
        )
        if model.downloaded and not model.is_packaged:
            st.button(
                "Remove its files",
                key="embedding_remove",
                on_click=do,
                args=(memory.remove_model_files, model.name),
            )
    if not model.downloaded:
        _draw_folder(memory, model, do)


def _draw_folder(memory: Memory, model: EmbeddingModel, do: Callable[..., None]) -> None:
    """For who has no network here, or fetched the files before."""
    with (
        st.expander("I have its files in a folder", type="compact"),
        st.form("embedding_folder_form", border=False),
    ):
        st.text_input(
            "Folder on this computer",
            key=FOLDER,
            placeholder="/home/me/models/the-model",
            help="With the weights as ONNX, tokenizer.json and config.json, as they are on the "
            "hub. They are copied.",
        )
        st.form_submit_button(
            "Take them",
            key="embedding_take",
            on_click=lambda: do(
                memory.take_model_files,
                model.name,
                Path(st.session_state.get(FOLDER) or "").expanduser(),
            ),
        )


def draw_network(offer: EmbeddingOffer) -> None:
    """The exact words, before the button that agrees to them."""
    with st.container(border=True, gap="small"):
        st.markdown(
            f":material/cloud_download: **It is downloaded from {literal(offer.source)}: "
            f"{_size(offer)}, once.**"
        )
        st.caption(
            f"{literal(offer.source)} learns the address of this computer and which model you "
            "fetch. Nothing that you told Recollect goes there, and no key of yours. From then on "
            "the model works with no network, and what you ask stays on this computer."
        )
