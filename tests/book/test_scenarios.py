"""Every scenario of the book, and the questions: moved by keyboard, held against the model.

The pages are opened from the disk, in a browser that finds no other host.
"""

import ast
import copy
import json
import random
import re
from pathlib import Path

import numpy as np
import pytest
import vl_convert
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from entente.course.notebooks import read_page
from entente.course.vegalite import MIME_TYPE
from entente.explore import Scenario

PAGE = "how-this-book-works.html"
KINDS = ["line", "bars", "heat map", "network", "map", "words"]
ROOT = Path(__file__).parents[2]


def declared(path):
    """How many scenarios a page declares: cells that end with a call of `explore`."""
    code = [cell.source for cell in read_page(path).cells if cell.cell_type == "code"]
    ends = [ast.unparse(ast.Module(ast.parse(source).body[-1:], [])) for source in code]
    return sum(end.startswith("explore(") for end in ends)


# The page that shows how the book works, and every chapter.
every_scenario = pytest.mark.parametrize(
    ("name", "which"),
    [pytest.param(PAGE, number, id=kind) for number, kind in enumerate(KINDS)]
    + [
        pytest.param(f"chapters/{path.stem}.html", n, id=f"{path.stem}-{n}", marks=pytest.mark.slow)
        for path in sorted(ROOT.glob("chapters/*.ipynb"))
        for n in range(declared(path))
    ],
    indirect=["name"],
)


@pytest.fixture
def name(request):
    """The page that is opened."""
    return getattr(request, "param", PAGE)


@pytest.fixture
def source(name, page_objects):
    """The scenarios of the page, made by running its cells."""
    return page_objects(name.replace(".html", ".ipynb" if "/" in name else ".md"), Scenario)


@pytest.fixture
def scenario(source, which):
    return source[which]


@pytest.fixture
def page(open_page, html, name):
    page = open_page((html / name).as_uri())
    yield page
    assert page.complaints == []


@pytest.fixture
def figure(page, which):
    figure = page.locator(".entente-figure:has(.entente-controls)").nth(which)
    figure.locator(".entente-chart").scroll_into_view_if_needed()
    figure.locator(".entente-chart[data-drawn=live]").wait_for()
    return figure


def settle(figure):
    """Wait until the newest setting is drawn."""
    figure.page.wait_for_function(
        "figure => figure.dataset.state === figure.dataset.drawnState",
        arg=figure.element_handle(),
    )


def reload(page):
    """Load the page again, when all that it asked for has come."""
    page.locator(".entente-chart[data-drawn=live]").first.wait_for()
    page.reload()


def picture(figure):
    return figure.locator(".entente-chart svg").inner_html()


def test_the_page_shows_six_kinds(page, source):
    assert page.locator(".entente-controls").count() == len(KINDS) == len(source)


@every_scenario
def test_each_control_moves_the_picture_by_keyboard(page, figure):
    for control in figure.locator("[data-control]").all():
        before, state = picture(figure), figure.get_attribute("data-state")
        control.focus()
        kind = control.evaluate("input => input.type")
        page.keyboard.press("Space" if kind == "checkbox" else "Home")
        if kind != "checkbox" and figure.get_attribute("data-state") == state:
            page.keyboard.press("End")
        assert figure.get_attribute("data-state") != state
        settle(figure)
        assert picture(figure) != before
        assert control.evaluate("input => input.matches(':focus-visible')")
        if kind == "range":
            text = control.locator("xpath=..").locator(".entente-value").inner_text()
            assert control.get_attribute("aria-valuetext") == text
    figure.get_by_role("button", name="Reset").focus()
    page.keyboard.press("Enter")
    settle(figure)
    said = figure.locator(".entente-says").inner_text()
    spoken = figure.locator(".entente-controls > [role=status]")
    expect(spoken).to_have_text(f"Back to the start. {said}")


@every_scenario
def test_the_table_is_the_model_at_every_setting(scenario):
    columns = scenario._results.columns
    for state in scenario.states():
        exact, kept = scenario.model(**state), scenario.table(**state)
        for name in exact.columns:
            if name in columns and columns[name].words is None:
                step = 10.0 ** -columns[name].digits
                assert np.isfinite(exact[name]).all()
                assert np.abs(exact[name].to_numpy() - kept[name].to_numpy()).max() <= 0.51 * step
            else:
                assert list(exact[name]) == list(kept[name])
        assert scenario.sentence(**state)


@every_scenario
def test_at_every_corner_something_is_drawn_and_the_axes_stay(figure, scenario):
    guides = "[...figure.querySelectorAll('.role-axis, .role-legend')].map((one) => one.innerHTML)"
    seen = set()
    for state in scenario._ends():
        move(figure, scenario, state)
        seen.add(str(figure.evaluate(f"figure => {guides}")))
        assert "NaN" not in picture(figure)
        assert "undefined" not in picture(figure)
        assert figure.locator(".role-mark:not(.role-axis *) > :is(path, text, line)").count() > 1
        assert figure.locator(".entente-says").inner_text() == scenario.sentence(**state)
    assert len(seen) == 1


def move(figure, scenario, state):
    """Set all controls at once, as a hand would one after the other."""
    for name, control in scenario.controls.items():
        field = figure.locator(f"[data-control={name}]")
        kind, value = type(control).__name__, state[name]
        if kind == "Slider":
            field.fill(f"{value:g}")
        elif kind == "Choice":
            field.select_option(index=control.index(value, name))
        else:
            field.set_checked(value)
    settle(figure)


@every_scenario
def test_live_and_static_pictures_are_equal(page, figure, scenario):
    """At six random settings the marks have the same positions, colours and words."""
    random.seed(0)
    states = list(scenario.states())
    states = random.sample(states, min(6, len(states)))
    static = vega(scenario._repr_mimebundle_()[MIME_TYPE])
    for state in states:
        live, looked_up = vega(scenario.spec(**state)), copy.deepcopy(static)
        for signal in looked_up["signals"]:
            name = signal["name"].removeprefix("control_")
            if name != signal["name"]:
                control = scenario.controls[name]
                words = type(control).__name__ == "Choice"
                place = control.index(state[name], name)
                signal["value"] = control.texts[place] if words else state[name]
        box = figure.element_handle()
        one, other = (page.evaluate(MARKS_OF, [box, spec]) for spec in (live, looked_up))
        assert len(one) > 3
        assert one == other


MARKS_OF = """async ([figure, spec]) => {
    const { view } = await vegaEmbed(document.createElement("div"), spec, {
        ast: true, mode: "vega", renderer: "svg" });
    const found = [];
    const keep = ["x", "y", "x2", "y2", "width", "height", "fill", "stroke", "opacity", "size",
                  "shape", "text", "angle", "description"];
    const walk = (item) => {
        if (item.items) return item.items.forEach(walk);
        found.push(keep.filter((key) => !["shape", "fill"].includes(key)
                || typeof item[key] !== "object")
            .map((key) => item[key] ?? null));
    };
    walk(view.scenegraph().root);
    return found;
}"""


def vega(spec):
    """What Vega draws, without the words that stand in the page."""
    plain = {key: part for key, part in spec.items() if key not in ("title", "usermeta")}
    made = vl_convert.vegalite_to_vega(plain, vl_version="5.20")
    del made["$schema"]
    return made


@every_scenario
def test_the_data_can_be_read_as_a_table(page, figure, scenario):
    summary = figure.locator(".entente-data summary")
    summary.focus()
    page.keyboard.press("Enter")
    table = figure.locator(".entente-table table").first
    for state in (scenario.default, scenario._ends()[1]):
        move(figure, scenario, state)
        shown = table.evaluate(
            "t => [...t.rows].map((r) => [...r.cells].map((c) => c.textContent))"
        )
        assert table.locator("th[scope=col]").count() == len(shown[0])
        assert len(shown) - 1 <= 200
        expected = scenario.table(**state)
        expected = expected[expected.get("shown", np.ones(len(expected), dtype=bool))]
        whole = figure.locator(".entente-table").count() == 1 and len(expected) <= 200
        assert not whole or len(shown) - 1 == len(expected)
        content = json.loads(figure.locator("script").first.text_content())
        drawn = {column for table in content["tables"] for column, _ in table["columns"]}
        for column in drawn & set(scenario._results.columns):
            if expected[column].dtype.kind == "f":
                cells = {cell for row in shown[1:] for cell in row}
                numbers = [float(f"{value:.6g}") for value in expected[column]]
                written = {str(int(n) if n == int(n) else n).replace("-", "−") for n in numbers}
                assert written <= cells
    with page.expect_download() as download:
        figure.get_by_role("button", name="as CSV").first.click()
    lines = download.value.path().read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(shown) if len(shown) - 1 < 200 else len(lines) >= len(shown)


def test_a_prediction_is_kept(page):
    field = page.locator(".entente-prediction").first
    field.locator("input").first.focus()
    page.keyboard.press("Space")
    assert field.locator("[role=status]").inner_text().startswith("You expect: It rises.")
    reload(page)
    assert page.locator(".entente-prediction").first.locator("input").first.is_checked()


def test_presets_set_several_controls(page):
    figure = page.locator(".entente-figure").last
    figure.get_by_role("button", name="Cheap talk").click()
    values = [field.input_value() for field in figure.locator("[data-control]").all()]
    assert values == ["30", "90", "90"]
    assert "Trust goes from 30 % to 30 %" in figure.locator(".entente-says").inner_text()


def verdict(form):
    return form.locator(".entente-verdict").inner_text()


def test_questions_are_answered_by_keyboard_and_kept(page):
    one, every, number, order = page.locator(".entente-question").all()

    one.get_by_role("button", name="Check").press("Enter")
    assert verdict(one) == "Choose an answer first."
    one.locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    assert verdict(one).startswith("Not quite.")
    assert "no forecast" in verdict(one)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert verdict(one).startswith("Right.")

    for box in every.locator("input").all()[:2]:
        box.press("Space")
    every.get_by_role("button", name="Check").press("Enter")
    assert verdict(every).startswith("Right.")
    assert re.findall("Rightly (chosen|left out):", verdict(every)) == [
        "chosen",
        "chosen",
        "left out",
    ]

    field = number.locator("input")
    for answer, said in {
        "": "Give a number",
        "0,25": "in per cent",
        "7": "Divide",
        "25.2 %": "Right.",
        "25/1": "Give a number",
        "25": "Right.",
    }.items():
        field.fill(answer)
        field.press("Enter")
        assert said in verdict(number)

    first = order.get_by_role("button", name="Move up: State it")
    while order.locator("li span").first.inner_text() != "State it":
        first.press("Enter")
        assert first.evaluate("button => button === document.activeElement")
    order.get_by_role("button", name="Check").press("Enter")
    assert verdict(order).startswith("Right.")

    kept = [verdict(form) for form in (one, every, number, order)]
    reload(page)
    assert [verdict(form) for form in page.locator(".entente-question").all()] == kept


def test_the_key_is_not_in_clear(html):
    text = (html / PAGE).read_text(encoding="utf-8")
    for feedback in ("The model's results travel", "A hundred divided by four"):
        assert text.count(feedback) == 1  # in the folded code, where a programmer may read it


CHAPTERS = [f"chapters/{path.stem}.html" for path in sorted(ROOT.glob("chapters/*.ipynb"))]


@pytest.mark.parametrize(("name", "width", "theme"), [
    pytest.param(PAGE, 1280, "light", marks=pytest.mark.slow),
    (PAGE, 390, "dark"),
    ("index.html", 1280, "light"),
    pytest.param("questionnaire-final.html", 390, "dark", marks=pytest.mark.slow),
    *(pytest.param(chapter, 390, "dark", marks=pytest.mark.slow) for chapter in CHAPTERS),
])  # fmt: skip
def test_nothing_hinders_a_reader(open_page, html, name, width, theme):
    page = open_page((html / name).as_uri(), width, theme)
    for chart in page.locator(".entente-chart").all():
        chart.scroll_into_view_if_needed()
        chart.locator("xpath=self::*[@data-drawn='live']").wait_for()
    for opener in page.locator(".entente-data summary").all():
        opener.click()
    for form in page.locator("form.entente-question").all():
        form.get_by_role("button", name="Check").click()
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            ":is(.entente-figure, .entente-question) :is(input, select, button, summary)"
        )].filter((e) => Math.min(e.offsetHeight, e.offsetWidth) < 24)
          .map((e) => e.outerHTML)"""
    )
    assert small == []


@pytest.mark.parametrize("scripts", [True, False], ids=["paper", "no script"])
def test_the_default_stands_in_words_without_scripts_and_on_paper(open_page, html, scripts):
    page = open_page((html / PAGE).as_uri(), java_script_enabled=scripts)
    if scripts:
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
    for figure in page.locator(".entente-figure").all():
        assert figure.locator(".entente-chart svg").first.bounding_box()["height"] > 100
        assert figure.locator("figcaption").is_visible()
        assert not figure.locator(".entente-controls input").first.is_visible()
        for value in figure.locator(".entente-value").all():
            assert value.is_visible()
            assert value.inner_text()
