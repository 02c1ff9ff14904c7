"""A scenario is refused where it could not work, and its table is the model's."""

import json

import altair as alt
import numpy as np
import pandas as pd
import pytest

from entente import charts
from entente.explore import MIME_TYPE, Choice, Prediction, Slider, Switch, explore

SIZE = Slider(1, 3, step=1, default=2, label="Size", unit="states")


def model(size, shift=False):
    return pd.DataFrame({"ally": ["A", "B"], "share": [size / 3, 2.0 + shift], "word": f"{size}"})


def draw(table, **options):
    mark = alt.Chart(table).mark_point().encode(
        x=alt.X("share:Q", title="Share (%)", **options), y=alt.Y("ally:N", title=None)
    )  # fmt: skip
    return finish(mark)


def finish(chart):
    return charts.figure(chart, title="A chart", alt="Two points.", source="Made up")


def page(scenario):
    return scenario._repr_mimebundle_()[MIME_TYPE]


def test_one_output_carries_the_widgets_and_the_page():
    bundle = explore(model, draw, size=SIZE)._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.jupyter.widget-view+json", MIME_TYPE, "text/plain"}
    json.dumps(bundle)


def test_states_run_through_the_grid_and_the_last_control_is_the_fastest():
    scenario = explore(model, draw, size=SIZE, shift=Switch(label="Shift"))
    states = [(state["size"], state["shift"]) for state in scenario.states()]
    assert states == [(1, False), (1, True), (2, False), (2, True), (3, False), (3, True)]
    for state in scenario.states():
        exact, kept = model(**state), scenario.table(**state)
        assert np.abs(exact["share"] - kept["share"]).max() <= 0.0005
        assert list(kept["word"]) == list(exact["word"])


def test_the_precision_can_be_stated():
    scenario = explore(model, draw, precision={"share": 0.1}, size=SIZE)
    assert list(scenario.table(size=1)["share"]) == [0.3, 2.0]
    with pytest.raises(ValueError, match=r"power of ten, got 0\.3"):
        explore(model, draw, precision={"share": 0.3}, size=SIZE)
    with pytest.raises(ValueError, match=r"precision names \['shares'\]"):
        explore(model, draw, precision={"shares": 0.1}, size=SIZE)


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ([1, 2, 3], [1, 2, 3]),  # whole numbers exactly
        ([1.23456, 2.0, 3.0], [1.235, 2, 3]),
        ([0.0, 123_456.0, 1e6], [0, 123_000, 1_000_000]),
        ([-0.00012345, 0.0, 0.001], [-0.000123, 0, 0.001]),
    ],
)
def test_numbers_are_kept_to_a_thousandth_of_their_span(values, kept):
    def single(size):
        return pd.DataFrame({"ally": ["A"], "share": [values[size - 1]]})

    scenario = explore(single, draw, size=SIZE)
    found = [scenario.table(size=size)["share"].iloc[0] for size in (1, 2, 3)]
    assert found == pytest.approx(kept, rel=1e-12, abs=1e-12)


def test_the_axis_spans_all_settings_and_begins_at_zero():
    spec = explore(model, draw, size=SIZE).spec(size=1)
    low, high = spec["encoding"]["x"]["scale"]["domain"]
    assert low == 0
    assert 2 <= high <= 2.1


def test_live_and_page_hold_the_same_numbers():
    scenario = explore(model, draw, size=SIZE)
    spec = page(scenario)
    codes = next(param for param in spec["params"] if param["name"] == "column_0")["value"]
    for number, size in enumerate((1, 2, 3)):
        rows = next(iter(scenario.spec(size=size)["datasets"].values()))
        assert [row["share"] for row in rows] == [
            code / 1000 for code in codes[2 * number : 2 * number + 2]
        ]


def test_the_kernel_asks_the_model_anew():
    asked = []

    def noted(size):
        asked.append(size)
        return model(size)

    scenario = explore(noted, draw, size=SIZE)
    asked.clear()
    scenario.spec(size=3)
    assert asked == [3]


# --- the widgets -------------------------------------------------------------------------------


def parts(scenario):
    box = scenario.widget()
    return {type(part).__name__: part for part in box.children}


def test_moving_a_widget_redraws_from_the_model():
    scenario = explore(
        model, draw, says=lambda table: f"Now {table['share'].iloc[0]:.2f}.", size=SIZE
    )
    found = parts(scenario)
    assert "Now 0.67." in found["HTML"].value
    found["SelectionSlider"].value = 2
    assert "Now 1.00." in found["HTML"].value
    (shown,) = found["Output"].outputs
    rows = next(iter(shown["data"][MIME_TYPE]["datasets"].values()))
    assert rows[0]["share"] == 1
    found["HBox"].children[-1].click()
    assert found["SelectionSlider"].value == 1


def test_a_preset_sets_several_controls_and_redraws_once():
    asked = []

    def noted(size, shift):
        asked.append((size, shift))
        return model(size, shift)

    scenario = explore(
        noted,
        draw,
        presets={"Both": {"size": 3, "shift": True}},
        size=SIZE,
        shift=Switch(label="Shift"),
    )
    found = parts(scenario)
    asked.clear()
    found["HBox"].children[0].click()
    assert asked == [(3, True)]
    assert (found["SelectionSlider"].value, found["Checkbox"].value) == (2, True)


# --- what cannot work is refused at declaration --------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "at least one control"),
        ({"size": 3}, "size must be a Slider, a Choice or a Switch, got 3"),
        ({"sise": SIZE}, "cannot be called with sise"),
        ({"size": SIZE, "prediction": "What?"}, "prediction must be a Prediction"),
        ({"size": SIZE, "says": lambda table: 3}, "says must return a sentence, got 3"),
    ],
)
def test_a_wrong_declaration_is_refused(options, message):
    with pytest.raises(TypeError, match=message):
        explore(model, draw, **options)


@pytest.mark.parametrize(
    ("presets", "message"),
    [
        ({"Big": {"seize": 3}}, "Big sets 'seize', and the controls are size"),
        ({"Big": {"size": 9}}, "size in Big must be one of 1 states, 2 states, 3 states, got 9"),
    ],
)
def test_a_wrong_preset_is_refused(presets, message):
    with pytest.raises(ValueError, match=message):
        explore(model, draw, presets=presets, size=SIZE)


def wide(size):
    return pd.DataFrame({"ally": range(400), "share": np.random.default_rng(size).random(400)})


def test_a_scenario_that_weighs_too_much_is_refused_with_the_numbers():
    many = Slider(1, 400, step=1, default=1, label="Seed")
    with pytest.raises(ValueError, match=r"weighs \d+ kB gzipped and may weigh 200.*coarser"):
        explore(wide, draw, size=many)
    more = Slider(1, 4000, step=1, default=1, label="Seed")
    with pytest.raises(ValueError, match=r"4,000 settings.*3,200,000 numbers, and may have"):
        explore(wide, draw, size=more)


@pytest.mark.parametrize(
    ("table", "error", "message"),
    [
        (lambda size: [size], TypeError, "must return a DataFrame, got list"),
        (lambda size: model(size).head(size), ValueError, "rows must be the same"),
        (lambda size: model(size).rename(columns={"word": f"w{size}"}), ValueError, "columns must"),
        (lambda size: model(size) if size < 3 else 1 / 0, ValueError, "fails at size = 3"),
        (lambda size: model(size).assign(share=np.log(size - 1.0)), ValueError, "must be finite"),
        (
            lambda size: model(size).assign(day=pd.Timestamp(2000 + size, 1, 1)),
            TypeError,
            "only numbers, words and truth values",
        ),
        (
            lambda size: model(size).assign(word=None if size == 2 else "x"),
            TypeError,
            "holds None at size = 2",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore:divide by zero")
def test_a_table_that_cannot_be_looked_up_is_refused(table, error, message):
    with pytest.raises(error, match=message):
        explore(table, draw, size=SIZE)


def lines(table):
    return alt.Chart(table).mark_bar().encode(y=alt.Y("ally:N", title=None))


X = {"title": "Share (%)"}


@pytest.mark.parametrize(
    ("drawn", "message"),
    [
        (lambda t: draw(t).properties(title=f"{t.share.min()}"), "the chart itself changes"),
        (lambda t: draw(t.assign(double=2 * t["share"])), "draw adds 'double'"),
        (lambda t: draw(t[["ally", "share"]]), "draw must draw the table"),
        (lambda t: finish(lines(t).encode(x=alt.X("sum(share):Q", **X))), "Give it a domain"),
        (
            lambda t: finish(lines(t).encode(x=alt.X("share:Q", **X), color="word:N")),
            "Give it a domain",
        ),
        (
            lambda t: finish(
                lines(t).transform_calculate(z="2 * datum.share").encode(x=alt.X("z:Q", **X))
            ),
            "Give it a domain",
        ),
        (lambda t: draw(t, scale=alt.Scale(type="log")), "precision="),
        (
            lambda t: finish(
                lines(t).encode(x=alt.X("share:Q", **X), y=alt.Y("ally:N", sort="-x", title=None))
            ),
            "the order of y would change",
        ),
        (lambda t: finish(lines(t).encode(row="word:N")), "places and panels must stay"),
        (
            lambda t: finish(
                alt.Chart(t).mark_circle().encode(longitude="share:Q", latitude="share:Q")
            ),
            "places and panels must stay",
        ),
    ],
)
def test_a_chart_that_would_move_or_fail_is_refused(drawn, message):
    with pytest.raises(ValueError, match=message):
        explore(model, drawn, size=SIZE)


def test_a_chart_without_its_words_is_refused():
    with pytest.raises(ValueError, match="a chart needs a title"):
        explore(model, lambda table: alt.Chart(table).mark_point(), size=SIZE)
    with pytest.raises(TypeError, match="must return an Altair chart, got str"):
        explore(model, lambda table: "chart", size=SIZE)


def test_a_stated_domain_lets_a_computed_axis_work():
    def stacked(table):
        domain = alt.Scale(domain=[0, 4])
        return finish(lines(table).encode(x=alt.X("sum(share):Q", scale=domain, **X)))

    assert explore(model, stacked, size=SIZE).spec()["encoding"]["x"]["scale"]["domain"] == [0, 4]


# --- the controls --------------------------------------------------------------------------------


def test_a_slider_has_exact_steps():
    slider = Slider(-0.3, 0.3, step=0.1, default=0.1, label="Tilt")
    assert slider.values == (-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3)
    assert slider.texts[0] == "−0.3"
    assert Slider(0, 20_000, step=10_000, default=0, label="Men").texts[-1] == "20,000"


@pytest.mark.parametrize(
    ("made", "error", "message"),
    [
        (lambda: Slider(0, 1, step=0.3, default=0, label="S"), ValueError, "in whole steps"),
        (lambda: Slider(1, 0, step=0.1, default=0, label="S"), ValueError, "in whole steps"),
        (lambda: Slider(0, 1, step=0, default=0, label="S"), ValueError, "in whole steps"),
        (lambda: Slider(0, 1, step=0.1, default=0.25, label="S"), ValueError, "default of 'S'"),
        (lambda: Slider(0, "1", step=0.1, default=0, label="S"), TypeError, "greatest of 'S'"),
        (lambda: Slider(0, 1, step=0.1, default=0, label=" "), TypeError, "needs words"),
        (lambda: Choice(["one"], label="C"), ValueError, "at least two"),
        (lambda: Choice("one", label="C"), TypeError, "a list or a dict"),
        (lambda: Choice([1, 2], label="C"), TypeError, "must be words"),
        (lambda: Choice(["a", "b"], label="C", default="c"), ValueError, "one of a, b, got 'c'"),
        (lambda: Switch(label="S", default=1), TypeError, "True or False"),
        (lambda: Prediction("Why?", ["a"]), ValueError, "at least two different choices"),
        (lambda: Prediction("Why?", "ab"), ValueError, "at least two different choices"),
    ],
)
def test_a_wrong_control_is_refused(made, error, message):
    with pytest.raises(error, match=message):
        made()
