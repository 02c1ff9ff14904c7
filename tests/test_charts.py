"""No chart without its words, and colours that everyone can tell apart."""

import itertools

import altair as alt
import pandas as pd
import pytest

from entente import charts

WORDS = {"title": "Spending rose", "alt": "A line rises from 1 to 2.", "source": "NATO (2026)"}
TABLE = pd.DataFrame({"year": [2014, 2024], "share": [1.0, 2.0], "ally": ["A", "B"]})


def line(x="Year", y="Spending (% of GDP)"):
    return (
        alt.Chart(TABLE)
        .mark_line()
        .encode(x=alt.X("year:Q", title=x), y=alt.Y("share:Q", title=y), color="ally:N")
    )


def test_a_chart_keeps_its_words():
    spec = charts.figure(line(), **WORDS).to_dict()
    assert spec["title"]["text"] == ["Spending rose"]
    assert spec["title"]["subtitle"] == "Source: NATO (2026)"
    assert spec["description"] == "A line rises from 1 to 2."
    assert spec["usermeta"]["entente"] == {"title": "Spending rose", "source": "NATO (2026)"}
    # JupyterLab freezes over a chart that takes the width of its container.
    assert "width" not in spec


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"title": " "}, "a chart needs a title"),
        ({"title": None}, "a chart needs a title"),
        ({"alt": ""}, r"a chart needs alternative text \(alt\)"),
        ({"alt": "Spending rose"}, "not its title again"),
        ({"source": ""}, "a chart needs a source"),
        ({"title": "", "alt": "", "source": ""}, "a title and alternative text .* and a source"),
    ],
)
def test_a_chart_without_its_words_is_refused(words, message):
    with pytest.raises(ValueError, match=message):
        charts.figure(line(), **(WORDS | words))


@pytest.mark.parametrize(
    "chart",
    [
        line(y="Spending"),
        line(y=alt.Undefined),
        line(x="When"),
        line() + line(y="Spending"),
        line() + line(y=None),
        line() | line(y="Spending"),
        line(y="Spending").facet("ally:N"),
        alt.Chart(TABLE).mark_point().encode(size="share:Q"),
        alt.Chart(TABLE).mark_bar().encode(y=alt.Y("share:Q", axis=alt.Axis(title="Spending"))),
        alt.Chart(TABLE).mark_bar().encode(y="mean(share):Q"),
    ],
)
def test_a_quantity_without_unit_is_refused(chart):
    with pytest.raises(ValueError, match="a chart needs the unit of"):
        charts.figure(chart, **WORDS)


@pytest.mark.parametrize(
    "chart",
    [
        line(),
        line() + line(),
        line() + alt.Chart().mark_rule().encode(y=alt.datum(2)),
        line().facet("ally:N"),
        alt.Chart(TABLE).mark_bar().encode(x="ally:N", y=alt.Y("share:Q", axis=None)),
        alt.Chart(TABLE)
        .mark_rect()
        .encode(x="ally:N", y="year:O", color=alt.Color("share:Q", legend=None)),
    ],
)
def test_names_years_and_hidden_axes_need_no_unit(chart):
    charts.figure(chart, **WORDS)


def test_a_specification_made_without_figure_is_refused():
    with pytest.raises(ValueError, match=r"a title and alternative text .* and a source"):
        charts.check(line().to_dict())


def test_text_takes_the_colour_of_the_page():
    config = line().to_dict()["config"]
    for part, key in [("axis", "labelColor"), ("axis", "titleColor"), ("legend", "labelColor"),
                      ("title", "color"), ("text", "color"), ("header", "labelColor")]:  # fmt: skip
        assert config[part][key] == "currentColor"


# --- colours ---------------------------------------------------------------------------------


def linear(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(colour):
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("page", ["#ffffff", "#121212"])
@pytest.mark.parametrize("colour", charts.COLOURS)
def test_each_colour_stands_out_from_the_page(colour, page):
    # WCAG 2.2, success criterion 1.4.11: at least 3 to 1 for parts of a chart.
    assert contrast(colour, page) >= 3


# What a reader without red or without green cones sees, in linear RGB (Viénot, Brettel and
# Mollon 1999).
SEEN = {
    "protanopia": [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
    "deuteranopia": [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
}


@pytest.mark.parametrize("sight", SEEN)
@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(charts.COLOURS[:4], 2)))
def test_colours_stay_distinct_for_the_colour_blind(one, other, sight):
    def seen(colour):
        rgb = linear(colour)
        return [sum(w * c for w, c in zip(row, rgb, strict=True)) for row in SEEN[sight]]

    distance = max(abs(a - b) for a, b in zip(seen(one), seen(other), strict=True))
    assert distance > 0.05
