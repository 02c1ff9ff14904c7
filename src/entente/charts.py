"""Charts that a reader can trust: one theme, and no chart without its words.

Compose a chart with Altair as usual, then give it its words with `figure`:

>>> import altair as alt, pandas as pd
>>> from entente import charts
>>> spending = pd.DataFrame({"year": [2014, 2024], "share": [3.71, 3.21]})
>>> lines = alt.Chart(spending).mark_line().encode(
...     x=alt.X("year:O", title="Year"),
...     y=alt.Y("share:Q", title="Defence spending (% of GDP)"),
... )
>>> chart = charts.figure(
...     lines,
...     title="The United States spends a smaller share than ten years ago",
...     alt="A line falls from 3.7 % of GDP in 2014 to 3.2 % in 2024.",
...     source="NATO (2026)",
... )

Text, axes and grid take the colour of the page around them, so that a chart reads as well in
the dark as in the light.
"""

import re
import textwrap
from collections.abc import Iterator
from typing import Any

import altair

__all__ = ["COLOURS", "INK", "check", "figure", "tooltip"]

INK = "currentColor"
"""The colour of text, axes and grid: that of the page's own text."""

COLOURS = ["#0072B2", "#D55E00", "#009E73", "#B4608F", "#7F7F7F"]
"""Colours for categories, in order of use, after Okabe and Ito (2008), whose palette stays
distinct for readers who are colour-blind. Each has a contrast of at least 3 to 1 with the page,
light and dark; hence the purple is a little darker than theirs, and sky blue, orange and yellow
are left out."""

# Quantities drawn on these channels need a unit.
_MEASURED = (
    *("x", "y", "theta", "radius", "color", "fill", "stroke", "size"),
    *("opacity", "fillOpacity", "strokeOpacity", "strokeWidth"),
)
_UNIT = re.compile(r".*\S \(.+\)|Year")


def figure(
    chart: altair.TopLevelMixin, *, title: str, alt: str, source: str
) -> altair.TopLevelMixin:
    """Give a chart the words without which this course shows none.

    Parameters
    ----------
    chart : altair chart
        A chart whose quantitative axes and legends have a title that ends with the unit in
        brackets, such as ``"Troops (thousands)"`` or ``"Rank correlation (−1 to 1)"``.
    title : str
        What the chart shows, as a sentence: "Three Allies spent 2 % of GDP in 2014".
    alt : str
        What a reader who cannot see the chart needs to know of it. Not the title again.
    source : str
        Where the data come from, or "Made-up numbers" or the model's name.

    Returns
    -------
    altair chart
        The chart with its words. In the published book it is as wide as its column, unless
        it has a width of its own.

    Raises
    ------
    ValueError
        If any of the words or units are missing; the message lists all that are.

    Examples
    --------
    >>> import altair as alt, pandas as pd
    >>> bare = alt.Chart(pd.DataFrame({"share": [1.0]})).mark_bar().encode(x="share:Q")
    >>> figure(bare, title="A title", alt="", source="NATO (2026)")
    Traceback (most recent call last):
      ...
    ValueError: a chart needs alternative text (alt) and the unit of x, in brackets at the end \
of its title: 'share'
    """
    worded = chart.properties(
        title={"text": textwrap.wrap(str(title), 80), "subtitle": f"Source: {source}"},
        description=alt,
        usermeta={"entente": {"title": title, "source": source}},
    )
    check(worded.to_dict())
    return worded


def tooltip(**columns: str | tuple[str, str]) -> list[altair.Tooltip]:
    """Name what a mark tells when the reader points at it.

    Parameters
    ----------
    **columns : str or (str, str)
        For each column its title, or its title and the format of its numbers (after d3-format).

    Returns
    -------
    list of altair.Tooltip
        What the encoding channel ``tooltip`` takes.

    Examples
    --------
    >>> [tip.to_dict() for tip in tooltip(name="Ally", share=("% of GDP", ".2f"))]
    [{'field': 'name', 'title': 'Ally'}, {'field': 'share', 'format': '.2f', 'title': '% of GDP'}]
    """
    tips = []
    for column, words in columns.items():
        title, style = (words, altair.Undefined) if isinstance(words, str) else words
        tips.append(altair.Tooltip(field=column, title=title, format=style))
    return tips


def check(spec: dict[str, Any]) -> None:
    """Refuse a Vega-Lite specification that lacks a title, alternative text, units or source.

    Parameters
    ----------
    spec : dict
        The specification of a chart made by `figure`.

    Raises
    ------
    ValueError
        If something is missing; the message lists all that is.
    """
    words = spec.get("usermeta", {}).get("entente", {})
    title, source, alternative = words.get("title"), words.get("source"), spec.get("description")
    missing = []
    if not _is_text(title):
        missing.append("a title")
    if not _is_text(alternative):
        missing.append("alternative text (alt)")
    elif alternative == title:
        missing.append("alternative text (alt) that is not its title again")
    if not _is_text(source):
        missing.append("a source")
    missing += [
        f"the unit of {channel}, in brackets at the end of its title: {name!r}"
        for channel, name in dict.fromkeys(_quantities(spec))
        if not _UNIT.fullmatch(name)
    ]
    if missing:
        raise ValueError("a chart needs " + " and ".join(missing))


def _quantities(spec: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each quantity that the chart draws on a channel with an axis or a legend, and its title."""
    for channel, definition in spec.get("encoding", {}).items():
        measured = channel in _MEASURED and isinstance(definition, dict)
        if not measured or definition.get("type") != "quantitative":
            continue
        guide = definition.get("axis", definition.get("legend", {}))
        if guide is not None:
            field = str(definition.get("field", ""))
            # A title of null in one layer would take the title from the others, too.
            name = guide.get("title", definition.get("title", field)) or ""
            yield channel, " ".join(name) if isinstance(name, list) else name
    for part in ("layer", "hconcat", "vconcat", "concat"):
        for view in spec.get(part, []):
            yield from _quantities(view)
    if isinstance(spec.get("spec"), dict):
        yield from _quantities(spec["spec"])


def _is_text(words: object) -> bool:
    return isinstance(words, str) and bool(words.strip())


@altair.theme.register("entente", enable=True)
def _theme() -> altair.theme.ThemeConfig:
    text = {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12}
    lines = {"gridColor": INK, "gridOpacity": 0.15, "domainColor": INK, "tickColor": INK}
    return {
        "config": {
            "background": "transparent",
            "font": "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', Arial, sans-serif",
            "view": {
                "stroke": None,
                "continuousHeight": 320,
                "continuousWidth": 640,
                "discreteWidth": 640,
            },
            "title": {
                "anchor": "start",
                "color": INK,
                "fontSize": 15,
                "subtitleColor": INK,
                "subtitleFontSize": 12,
                "subtitlePadding": 6,
                "offset": 14,
            },
            "axis": {**text, **lines, "titleFontWeight": "normal", "labelOverlap": True},
            # The title of the y axis stands level, above the axis, where it can be read.
            "axisY": {
                "titleAngle": 0,
                "titleAlign": "left",
                "titleAnchor": "end",
                "titleBaseline": "bottom",
                "titleX": 0,
                "titleY": -10,
            },
            "axisX": {"grid": False, "labelAngle": 0, "labelFlush": False},
            "axisQuantitative": {"tickCount": 6},
            "legend": {
                **text,
                "orient": "top",
                "titleFontWeight": "normal",
                "symbolSize": 80,
                "offset": 24,
                "labelLimit": 0,  # no words are cut
            },
            "header": text,
            "text": {"color": INK, "fontSize": 12},
            "mark": {"color": COLOURS[0]},
            "rule": {"color": INK},
            "line": {"strokeWidth": 2.5},
            "range": {"category": COLOURS, "ordinal": {"scheme": "viridis"}},
        }
    }


# JupyterLab, Notebook, VS Code and the book draw a chart from its specification, with no
# script from another host; as SVG, since a canvas does not know the colour of the page.
altair.renderers.enable("mimetype", embed_options={"renderer": "svg"})
