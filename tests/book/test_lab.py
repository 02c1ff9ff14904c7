"""What a learner sees who opens a chapter in JupyterLab and runs it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on a copy of the chapters, with settings of its own."""
    home = tmp_path_factory.mktemp("lab")
    (home / "chapters").mkdir()
    for chapter in (ROOT / "chapters").glob("*.ipynb"):
        (home / "chapters" / chapter.name).write_bytes(chapter.read_bytes())
    page = "how-this-book-works.md"
    (home / "chapters" / page).write_bytes((ROOT / page).read_bytes())
    # All cells stay in the page, also those that are not in view.
    settings = home / "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"windowingMode": "none"}')
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "chapters",
        "--no-browser",
        "--allow-root",
        "--IdentityProvider.token=",
        f"--ServerApp.port={port}",
        "--LabApp.expose_app_in_browser=True",
    ]
    own = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=home,
            env=os.environ
            | {name: str(home / name) for name in own}
            | {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings")},
            stdout=log,
            stderr=log,
        )
    address = f"http://127.0.0.1:{port}/lab"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(address).close()
                break
            except OSError:
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait()


def run_all(page, theme):
    """Choose a theme and run all cells, by the names of the menus' commands."""
    do = "([name, options]) => jupyterapp.commands.execute(name, options)"
    page.evaluate(do, ["apputils:change-theme", {"theme": f"JupyterLab {theme}"}])
    page.locator(f"body[data-jp-theme-name='JupyterLab {theme}']").wait_for(state="attached")
    page.wait_for_function(
        "jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
    )
    page.evaluate(do, ["notebook:run-all-cells", {}])


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_a_chapter_runs_and_draws(open_page, lab, theme):
    page = open_page(f"{lab}/tree/01_foundations.ipynb?reset", width=1400)
    page.set_default_timeout(60_000)
    page.locator(".jp-Notebook .jp-MarkdownCell").first.wait_for()
    # MyST is rendered: the claim stands in a box, the formulas are set.
    page.locator("aside", has_text="The claim under test").first.wait_for()

    run_all(page, theme)
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
def scenarios_page(lab, browser):
    """The page that shows how the book works, opened as a notebook and run."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_default_timeout(60_000)
    page.goto(f"{lab}?reset")
    page.wait_for_function("window.jupyterapp?.restored.then(() => true)")
    page.evaluate(
        "jupyterapp.commands.execute('docmanager:open', "
        "{path: 'how-this-book-works.md', factory: 'Jupytext Notebook'}).then(() => 0)"
    )
    page.locator(".jp-Notebook .jp-MarkdownCell").first.wait_for()
    run_all(page, "Light")
    page.wait_for_function("document.querySelectorAll('.vega-embed svg').length >= 6")
    page.wait_for_function("document.querySelectorAll('.widget-radio').length >= 7")
    yield page
    page.close()


@pytest.mark.parametrize("which", range(6), ids=["line", "bars", "heat", "network", "map", "words"])
def test_a_scenario_is_moved_by_its_widgets(scenarios_page, which):
    page = scenarios_page
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

    for place in range(sliders.count()):
        before = picture.inner_html()
        sliders.nth(place).focus()
        page.keyboard.press("Home")
        page.keyboard.press("ArrowRight")
        changed(before)
    for place in range(choices.count()):
        before = picture.inner_html()
        choices.nth(place).select_option(index=2)
        changed(before)
    for place in range(switches.count()):
        before = picture.inner_html()
        switches.nth(place).press("Space")
        changed(before)
    before = picture.inner_html()
    scenario.get_by_role("button", name="Reset").press("Enter")
    changed(before)
