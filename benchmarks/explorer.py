"""How long from a move to the redrawn picture: on the page, in JupyterLab, in a kernel?

    .venv/bin/python benchmarks/explorer.py

Moves every control of `how-this-book-works.html` back and forth with the arrow keys in Chromium,
and prints the median and the 95th percentile of the time from the input event to the first frame
in which the new picture stands. Moves a slider of each scenario in JupyterLab, with a local
kernel, in the same way. Then does the kernel's part alone, and compares it with what a user would
write instead: the chart made anew by Altair. Run `make book` first.
"""

import ast
import tempfile
import time
from pathlib import Path

import numpy as np
from myst_nb.core.read import myst_nb_reader_plugin
from playwright.sync_api import sync_playwright

from entente.course.browser import chromium
from entente.course.lab import jupyterlab, open_and_run
from entente.explore import Scenario

ROOT = Path(__file__).resolve().parents[1]
PAGE = "how-this-book-works"
MOVES = 40  # for each slider, so more than 200 in all

# Times each input, until the newest setting is drawn, and at least until the next frame.
WATCH = """figure => {
    figure.times = [];
    figure.addEventListener("input", () => {
        const begun = performance.now();
        const wait = () => figure.dataset.state === figure.dataset.drawnState
            ? figure.times.push(performance.now() - begun)
            : setTimeout(wait, 0);
        requestAnimationFrame(wait);
    }, { capture: true });
}"""


def on_the_page() -> None:
    """Print a row for each scenario, and one for all."""
    print(f"{'on the page':38}{'moves':>6}{'median ms':>11}{'p95 ms':>9}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((ROOT / f"_build/html/{PAGE}.html").as_uri())
        everything = []
        for figure in page.locator(".entente-figure:has(.entente-controls)").all():
            figure.locator(".entente-chart").scroll_into_view_if_needed()
            figure.locator(".entente-chart[data-drawn=live]").wait_for()
            page.wait_for_timeout(300)
            figure.evaluate(WATCH)
            moves = 0
            for control in figure.locator("[data-control]").all():
                slides = control.get_attribute("type") == "range"
                keys = ["ArrowRight", "ArrowLeft"] if slides else ["ArrowDown", "ArrowUp"]
                switch = control.get_attribute("type") == "checkbox"
                control.focus()
                for move in range(MOVES):
                    page.keyboard.press("Space" if switch else keys[move // 3 % 2])
                    moves += 1
                    page.wait_for_timeout(30)
            page.wait_for_timeout(300)
            times = figure.evaluate("figure => figure.times")
            title = figure.locator("figcaption").inner_text()
            row(title, times)
            everything += times
        row("all", everything)
        browser.close()


# Times each key, until JupyterLab shows the last picture that it makes of it.
WATCH_LAB = """cell => {
    cell.times = [];
    let [begun, last, took] = [0, cell.querySelector(".vega-embed svg"), 0];
    new MutationObserver(() => {
        const now = cell.querySelector(".vega-embed svg");
        if (now && now !== last) [last, took] = [now, performance.now() - begun];
    }).observe(cell, { childList: true, subtree: true });
    cell.addEventListener("keydown", () => {
        if (took) cell.times.push(took);
        [begun, took] = [performance.now(), 0];
    }, { capture: true });
}"""


def in_jupyterlab() -> None:
    """Print a row for each scenario with a slider, moved in JupyterLab with a local kernel."""
    print(f"\n{'in JupyterLab':38}{'moves':>6}{'median ms':>11}{'p95 ms':>9}")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        (home / "files").mkdir()
        text = (ROOT / f"{PAGE}.md").read_text(encoding="utf-8")
        (home / f"files/{PAGE}.md").write_text(text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page, everything = browser.new_page(viewport={"width": 1400, "height": 900}), []
        with jupyterlab(home) as address:
            open_and_run(page, address, f"{PAGE}.md")
            page.wait_for_function("document.querySelectorAll('.vega-embed svg').length >= 6")
            page.wait_for_timeout(2000)
            for cell in page.locator(".jp-CodeCell:has(.vega-embed):has(.noUi-handle)").all():
                cell.evaluate(WATCH_LAB)
                cell.locator(".noUi-handle").first.focus()
                for move in range(MOVES):
                    page.keyboard.press(["ArrowRight", "ArrowLeft"][move // 3 % 2])
                    page.wait_for_timeout(300)
                times = cell.evaluate("cell => cell.times")
                row(cell.locator(".vega-embed .role-title-text").text_content(), times)
                everything += times
            row("all", everything)
        browser.close()


def in_a_kernel() -> None:
    """Print for each scenario the kernel's part, against the chart made anew."""
    print(f"\n{'in a kernel':38}{'settings':>9}{'kB gz':>7}{'median ms':>11}{'anew: times':>15}")
    names: dict[str, object] = {}
    for cell in myst_nb_reader_plugin(str(ROOT / f"{PAGE}.md")).cells:
        if cell.cell_type != "code":
            continue
        body = ast.parse(cell.source).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), PAGE, "exec"), names)
        shown = eval(compile(ast.Expression(last.value), PAGE, "eval"), names) if last else None
        if isinstance(shown, Scenario):
            draw = next(names[name] for name in reversed(names) if name.startswith("draw_"))
            kernel_row(shown, draw)


def kernel_row(scenario: Scenario, draw) -> None:
    """Print what a redraw costs the kernel, and how much longer a new chart would take."""
    settings = list(scenario.states())
    some = settings[:: max(1, len(settings) // 20)]
    ours = np.median([timed(lambda s=state: scenario.spec(**s)) for state in some])
    anew = np.median([timed(lambda s=s: draw(scenario.model(**s)).to_dict()) for s in some])
    title = scenario._page["usermeta"]["entente"]["title"]
    print(
        f"{title[:37]:38}{len(settings):>9,}{scenario.weight / 1000:>7.1f}"
        f"{1000 * ours:>11.1f}{anew / ours:>15.1f}"
    )


def timed(call) -> float:
    """Return the seconds that a call takes."""
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def row(title: str, times: list[float]) -> None:
    """Print a row of times in milliseconds."""
    median, late = np.median(times), np.quantile(times, 0.95)
    print(f"{title[:37]:38}{len(times):>6}{median:>11.1f}{late:>9.1f}")


if __name__ == "__main__":
    on_the_page()
    in_jupyterlab()
    in_a_kernel()
