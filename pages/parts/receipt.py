"""What an erasure reached: its receipt, and how much of what is held in which places."""

from collections.abc import Mapping

import streamlit as st

from memory import ErasureReceipt
from pages.parts.shared import at_time, count_of, counts_in_words, on_day

KNOWN_PLACES = ("memories", "messages", "conversations", "profile fields", "entities")
"""What a person has seen of what is held; the other places hold what was made from it."""


def draw_receipt(receipt: ErasureReceipt) -> None:
    """What was erased from where, and whether the file was found free of it."""
    with st.container(border=True, key="receipt"):
        if receipt.verified:
            st.markdown("## :material/verified: Erased and verified")
        else:
            st.markdown("## :material/hourglass_top: Erased, not yet verified")
            st.caption(receipt.pending)
        st.caption(
            f"{at_time(receipt.erased_at)} · {count_of(receipt.total, 'row')} · "
            f"{receipt.bytes_searched:,} bytes of the file {_read(receipt)} for "
            f"{count_of(receipt.strings_searched, 'piece')} of what was erased. "
            "This receipt holds no content."
        )
        draw_places(receipt.places)
        st.caption(f"What no erasure reaches: {_out_of_reach(receipt)}.")


def _read(receipt: ErasureReceipt) -> str:
    """On the disk an encrypted file would be free of anything."""
    return "deciphered and read" if receipt.deciphered else "read"


def _out_of_reach(receipt: ErasureReceipt) -> str:
    taken = [
        f"{count_of(count, noun)} that you {did}{f', the last on {on_day(last)}' if last else ''}"
        for count, noun, did, last in (
            (receipt.exports, "export", "took", receipt.last_export_at),
            (receipt.backups, "backup", "made", receipt.last_backup_at),
        )
        if count
    ]
    others = "other copies of the file" if receipt.backups else "copies that you made of the file"
    copies = ", and ".join([*taken, others])
    if receipt.backups:
        copies += " (delete those that you do not need; what is restored here is erased again)"
    if not receipt.sent:
        return f"{copies}. Nothing was ever sent to anybody"
    return f"{copies}; and what {count_of(receipt.sent, 'question')} told models elsewhere"


def draw_places(places: Mapping[str, int]) -> None:
    """How much of what: what a person knows of first, every place of the file on demand."""
    known = {place: places.get(place, 0) for place in KNOWN_PLACES}
    st.markdown(counts_in_words(known) or counts_in_words(places))
    held = {place.capitalize(): f"{count:,}" for place, count in places.items() if count}
    if held.keys() - {place.capitalize() for place in KNOWN_PLACES}:
        with st.expander(f"Every place in the file ({len(held)})", type="compact"):
            st.table(held, border="horizontal")
