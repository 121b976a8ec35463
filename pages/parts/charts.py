"""What all charts have in common: the theme's colours, a title, the same in words for whoever does
not see them, and room that is theirs before they are loaded, so that nothing moves."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    import altair

BAR_PIXELS, NAME_PIXELS = 28, 150
EDGE_PIXELS = 12
"""Above and below bars."""


# -- colours --------------------------------------------------------------------------------


def colours() -> list[str]:
    """Of the theme, for what is told apart."""
    return list(st.get_option(f"theme.{_theme()}.chartCategoricalColors"))


def ink() -> str:
    """Of texts in a chart: Vega's own are black."""
    return str(st.get_option(f"theme.{_theme()}.textColor"))


def paper() -> str:
    return str(st.get_option(f"theme.{_theme()}.backgroundColor"))


def _theme() -> str:
    return st.context.theme.type or "light"


# -- a chart --------------------------------------------------------------------------------


def draw_chart(
    chart: "altair.Chart | altair.LayerChart", *, title: str | None, pixels: int, key: str, alt: str
) -> None:
    """``title``: with the unit, where no axis has it; None where a heading right above is one.
    ``pixels``: its height with title, axes and legend."""
    if title:
        chart = chart.properties(title=title)
    st.altair_chart(chart, height=pixels, key=key, alt=alt)


def draw_bars(
    title: str,
    bars: Mapping[str, int],
    *,
    key: str,
    hues: Sequence[int] = (0,),
    unit: str = "memories",
) -> None:
    """One a name, in the order given, with its number at the end: no axis is needed to read them.
    ``hues``: of the theme's, one for all or one each."""
    import altair
    import pandas as pd

    names = list(bars)
    chosen = [colours()[hue] for hue in hues] * (len(names) if len(hues) == 1 else 1)
    across = altair.Chart(pd.DataFrame({"name": names, "number": list(bars.values())})).encode(
        x=altair.X("number:Q", axis=None, scale=altair.Scale(domain=[0, _longest(bars)])),
        y=altair.Y(
            "name:N",
            sort=names,
            title=None,
            axis=altair.Axis(
                labelLimit=NAME_PIXELS,
                labelFontSize=13,
                labelColor=ink(),
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
    numbers = across.mark_text(align="left", dx=6, fontSize=13, color=ink()).encode(
        text=altair.Text("number:Q", format=",")
    )
    st.markdown(f"### {title}")
    listed = ", ".join(f"{name} {count:,}" for name, count in bars.items())
    pixels = BAR_PIXELS * len(bars) + EDGE_PIXELS
    draw_chart(drawn + numbers, title=None, pixels=pixels, key=key, alt=f"{title}: {listed}")


def _longest(bars: Mapping[str, int]) -> float:
    """With room for its number behind it."""
    return max(1, *bars.values()) * 1.15
