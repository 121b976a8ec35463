"""Bars with their numbers at the end: no axis is needed to read them."""

from collections.abc import Mapping, Sequence

import streamlit as st

BAR_PIXELS = 28
NAME_PIXELS = 150


def draw_bars(
    bars: Mapping[str, int],
    *,
    key: str,
    alt: str,
    hues: Sequence[int] = (0,),
    unit: str = "memories",
) -> None:
    """One a name, in the order given. ``hues``: of the theme's, one for all or one each."""
    import altair
    import pandas as pd

    theme = st.context.theme.type or "light"
    colours = st.get_option(f"theme.{theme}.chartCategoricalColors")
    names = list(bars)
    chosen = [colours[hue] for hue in hues] * (len(names) if len(hues) == 1 else 1)
    across = altair.Chart(pd.DataFrame({"name": names, "number": list(bars.values())})).encode(
        x=altair.X("number:Q", axis=None, scale=altair.Scale(domain=[0, _longest(bars)])),
        y=altair.Y(
            "name:N",
            sort=names,
            title=None,
            axis=altair.Axis(
                labelLimit=NAME_PIXELS,
                labelFontSize=13,
                labelColor=st.get_option(f"theme.{theme}.textColor"),
                ticks=False,
                domain=False,
            ),
        ),
        tooltip=[
            altair.Tooltip("name:N", title="Of"),
            altair.Tooltip("number:Q", title=unit, format=","),
        ],
    )
    drawn = across.mark_bar(cornerRadiusEnd=4, height=16).encode(
        color=altair.Color("name:N", scale=altair.Scale(domain=names, range=chosen), legend=None)
    )
    numbers = across.mark_text(
        align="left", dx=6, fontSize=13, color=st.get_option(f"theme.{theme}.textColor")
    ).encode(text=altair.Text("number:Q", format=","))
    st.altair_chart((drawn + numbers).properties(height=altair.Step(BAR_PIXELS)), key=key, alt=alt)


def _longest(bars: Mapping[str, int]) -> float:
    """With room for its number behind it."""
    return max(1, *bars.values()) * 1.15
