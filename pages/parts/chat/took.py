"""What an answer took: tokens by section, money, time by stage, and where what it was made of was
found."""

import streamlit as st

from memory import Latency, LedgerEntry, Memory, ModelPlace, Tier
from pages.parts.charts import draw_bars
from pages.parts.models.words import dollars
from pages.parts.shared import draw_empty, literal
from pages.parts.whose import user

PLACES = {
    ModelPlace.BUILT_IN: "Recollect itself, without a model",
    ModelPlace.LOCAL: "on this computer",
    ModelPlace.REMOTE: "elsewhere",
}
TIERS = {
    Tier.HOT: ":material/local_fire_department: **Hot**: said in the last hour, in another "
    "conversation",
    Tier.WARM: ":material/forum: **Warm**: said in this conversation",
    Tier.COLD: ":material/inventory_2: **Cold**: long-term memory: memories, profile, names",
}
STAGES = {
    Latency.UNDERSTANDING: "Understanding",
    Latency.RECALL: "Recall",
    Latency.CONTEXT: "Context",
    Latency.MASKING: "Masking",
    Latency.STORING: "Storing",
    Latency.FIRST_WORD: "First word",
    Latency.ANSWERING: "Answering",
}


def draw_took(memory: Memory, answer_id: int) -> None:
    entry = memory.ledger_of(user(), answer_id)
    if entry is None:
        draw_empty(
            "It was not written down",
            "What an answer takes is kept with it, unless it is from before that or is not stored.",
        )
        return
    _draw_by(entry)
    with st.grid(4, min_column_width=130):
        about = "" if entry.counted_by_model or not entry.context_tokens else "about "
        st.metric("Tokens given", f"{about}{entry.context_tokens:,}", border=True)
        st.metric("Tokens answered", f"{about}{entry.answer_tokens:,}", border=True)
        st.metric("Cost", cost_of(entry), border=True)
        st.metric("Tokens saved", saved_in_percent(entry), border=True)
    if entry.history_tokens:
        st.caption(_against_history(entry))
    _draw_tiers(entry)
    if sections := _sections(entry):
        key = f"chat_took_sections_{answer_id}"
        draw_bars("Tokens by section", sections, key=key, unit="tokens")
    if stages := _stages(entry):
        draw_bars("Milliseconds by stage", stages, key=f"chat_took_stages_{answer_id}", unit="ms")


def _draw_by(entry: LedgerEntry) -> None:
    if entry.place is ModelPlace.BUILT_IN:
        st.markdown(f"Answered by {PLACES[entry.place]}.")
        return
    st.markdown(
        f"Answered by **{literal(entry.model)}**, run by **{literal(entry.provider)}**, "
        f"{PLACES[entry.place]}."
    )


def cost_of(entry: LedgerEntry) -> str:
    """Nothing is paid for what stays on this computer."""
    if entry.place is not ModelPlace.REMOTE:
        return "nothing"
    return "not known" if entry.cost is None else dollars(entry.cost)


def saved_in_percent(entry: LedgerEntry) -> str:
    if not entry.tokens_saved:
        return "none yet"
    return f"{entry.tokens_saved / entry.history_tokens:.0%}"


def _against_history(entry: LedgerEntry) -> str:
    if not entry.tokens_saved:
        return "All that was said so far would have been no more than this: nothing was saved yet."
    saved = saved_in_percent(entry)
    return (
        f"{entry.context_tokens:,} of about {entry.history_tokens:,} tokens, which all that was "
        f"said so far would have been: {saved} saved."
    )


def _draw_tiers(entry: LedgerEntry) -> None:
    st.markdown("### Where it was found")
    if not entry.tiers:
        st.caption("Nowhere: it was made of the question alone.")
    for tier in entry.tiers:
        st.caption(TIERS[tier])


def _sections(entry: LedgerEntry) -> dict[str, int]:
    return {name.capitalize(): tokens for name, tokens in entry.sections.items() if tokens}


def _stages(entry: LedgerEntry) -> dict[str, int]:
    told = ((STAGES[stage], entry.seconds.get(stage)) for stage in Latency)
    return {name: round(1000 * seconds) for name, seconds in told if seconds is not None}
