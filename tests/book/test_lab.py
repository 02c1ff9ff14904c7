"""What a learner sees who opens a page in JupyterLab and runs it."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from entente.course.lab import jupyterlab, open_and_run

ROOT = Path(__file__).parents[2]
PAGE = "how-this-book-works.md"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on a copy of the chapters."""
    home = tmp_path_factory.mktemp("lab")
    (home / "files").mkdir()
    for page in [*(ROOT / "chapters").glob("*.ipynb"), ROOT / PAGE]:
        (home / "files" / page.name).write_bytes(page.read_bytes())
    with jupyterlab(home) as address:
        yield address


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_a_chapter_runs_and_draws(open_page, lab, theme):
    page = open_page("about:blank", width=1400)
    open_and_run(page, lab, "01_foundations.ipynb", theme)
    # MyST is rendered: the claim stands in a box, the formulas are set.
    page.locator("aside", has_text="The claims under test").first.wait_for()
    page.wait_for_function("document.querySelectorAll('.vega-embed svg').length >= 4")
    assert page.locator(".jp-RenderedText[data-mime-type*=stderr]").count() == 0
    ink, around = page.evaluate(
        """() => { const svg = document.querySelector(".vega-embed svg");
            return [getComputedStyle(svg.querySelector("text")).fill,
                    getComputedStyle(svg.parentElement).color]; }"""
    )
    assert ink == around
    hosts = {urlsplit(asked).hostname for asked in page.requests} - {None}
    assert hosts == {"127.0.0.1"}


@pytest.fixture(scope="module")
def page(lab, browser):
    """The page that shows how the book works, opened as a notebook and run."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    open_and_run(page, lab, PAGE)
    page.wait_for_function("document.querySelectorAll('.vega-embed svg').length >= 6")
    page.wait_for_function("document.querySelectorAll('.widget-radio').length >= 7")
    yield page
    page.close()


@pytest.mark.parametrize("which", range(6), ids=["line", "bars", "heat", "network", "map", "words"])
def test_a_scenario_is_moved_by_its_widgets(page, which):
    scenario = page.locator(".jp-CodeCell:has(.vega-embed)").nth(which)
    picture = scenario.locator(".vega-embed svg")
    sliders = scenario.locator(".widget-slider .noUi-handle")
    choices, switches = scenario.locator("select"), scenario.locator(".widget-checkbox input")
    assert sliders.count() + choices.count() + switches.count() > 0

    def changed(before):
        page.wait_for_function(
            "([scenario, before]) => { const now = scenario.querySelector('.vega-embed svg');"
            " return now && now.innerHTML !== before; }",
            arg=[scenario.element_handle(), before],
        )

    for slider in sliders.all():
        before = picture.inner_html()
        slider.focus()
        at_least = slider.get_attribute("aria-valuenow") == slider.get_attribute("aria-valuemin")
        page.keyboard.press("End" if at_least else "Home")
        changed(before)
    for choice in choices.all():
        before = picture.inner_html()
        choice.select_option(index=2)
        changed(before)
    for switch in switches.all():
        before = picture.inner_html()
        switch.press("Space")
        changed(before)
    before = picture.inner_html()
    scenario.get_by_role("button", name="Reset").press("Enter")
    changed(before)


def test_a_fast_hand_leaves_no_stale_pictures(page):
    """When the keys rest, what is shown is the newest setting, and nothing changes after it."""
    scenario = page.locator(".jp-CodeCell:has(.vega-embed)").first
    slider = scenario.locator(".noUi-handle").first
    slider.focus()
    page.keyboard.press("Home")
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    scenario.get_by_text("if another round is at least 72.5 % likely").wait_for(timeout=3000)
    page.wait_for_timeout(300)
    settled = scenario.locator(".vega-embed svg").inner_html()
    page.wait_for_timeout(1000)
    assert scenario.locator(".vega-embed svg").inner_html() == settled


def test_a_question_is_answered_by_its_widgets(page):
    question = page.locator(".jp-CodeCell:has(.jp-OutputArea-output)", has_text="What does a scen")
    question.locator("input[type=radio]").nth(1).press("Space")
    question.get_by_role("button", name="Check").press("Enter")
    question.locator("[role=status]", has_text="Right.").wait_for()
