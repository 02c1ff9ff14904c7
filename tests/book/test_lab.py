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


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_a_chapter_runs_and_draws(open_page, lab, theme):
    page = open_page(f"{lab}/tree/01_foundations.ipynb?reset", width=1400)
    page.set_default_timeout(60_000)
    page.locator(".jp-Notebook .jp-MarkdownCell").first.wait_for()
    # MyST is rendered: the claim stands in a box, the formulas are set.
    page.locator("aside", has_text="The claim under test").first.wait_for()

    # The commands of the menus, by their names.
    do = "([name, options]) => jupyterapp.commands.execute(name, options)"
    page.evaluate(do, ["apputils:change-theme", {"theme": f"JupyterLab {theme}"}])
    page.locator(f"body[data-jp-theme-name='JupyterLab {theme}']").wait_for(state="attached")
    page.wait_for_function(
        "jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
    )
    page.evaluate(do, ["notebook:run-all-cells", {}])
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
