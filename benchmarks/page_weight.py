"""How heavy is a page of the book? Bytes that a browser asks for, raw and gzipped.

    .venv/bin/python benchmarks/page_weight.py

Opens each page of `_build/html` in Chromium, scrolls through it, and adds up what it loaded,
with and without Vega. Run `make book` first.
"""

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from playwright.sync_api import sync_playwright

from entente.course.browser import chromium
from entente.course.vegalite import BUNDLE

ROOT = Path(__file__).resolve().parents[1]
HTML = ROOT / "_build/html"


def loaded(browser, path: Path) -> set[Path]:
    """Return the files that a page asks for while a reader scrolls through it."""
    page, asked = browser.new_page(), set()
    page.on("request", lambda request: asked.add(request.url))
    page.goto(path.as_uri())
    for chart in page.locator(".entente-chart").all():
        chart.scroll_into_view_if_needed()
        chart.locator("xpath=self::*[@data-drawn]").wait_for()
    page.close()
    return {Path(url2pathname(unquote(urlsplit(url).path))) for url in asked if "file:" in url}


def main() -> None:
    """Print a row for each page."""
    print(f"{'page':34}{'files':>6}{'raw kB':>9}{'gzip kB':>9}{'without Vega: raw':>19}{'gzip':>8}")
    program = chromium()
    pages = sorted(HTML.glob("*.html")) + sorted(HTML.glob("chapters/*.html"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for path in pages:
            sizes = {
                file: (len(content), len(gzip.compress(content)))
                for file in loaded(browser, path)
                for content in [file.read_bytes()]
            }
            light = {file: size for file, size in sizes.items() if file != HTML / BUNDLE}
            columns = [
                sum(size[kind] for size in files.values()) / 1000
                for files in (sizes, light)
                for kind in (0, 1)
            ]
            name = path.relative_to(HTML).as_posix()
            print(
                f"{name:34}{len(sizes):>6}" + "{:>9.1f}{:>9.1f}{:>19.1f}{:>8.1f}".format(*columns)
            )
        browser.close()


if __name__ == "__main__":
    main()
