"""Each page of the book is whole, on any screen, with nothing but the book at hand."""

import ast
import gzip
import itertools
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from myst_nb.core.read import is_myst_markdown_notebook

from entente.course.notebooks import read_page

ROOT = Path(__file__).parents[2]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
PAGES = [f"{TOC['root']}.html"] + [f"{entry['file']}.html" for entry in TOC["chapters"]]
TEXT, CHAPTER = "index.html", "chapters/01_foundations.html"
WIDTHS = [320, 390, 1280]
THEMES = ["light", "dark"]
# The pages of the models are made alike, of docstrings: their narrowest form is enough.
ALIKE = [f"{page['file']}.html" for entry in TOC["chapters"] for page in entry.get("sections", [])]
# From the disk and from a server: each with every width and every theme.
FORMS = [
    ("served" if (place + light) % 2 else "file", width, theme)
    for place, width in enumerate(WIDTHS)
    for light, theme in enumerate(THEMES)
]
MATRIX = [
    *((page, *form) for page in PAGES for form in FORMS),
    *itertools.product(ALIKE, ["file"], [320], THEMES),
]


def drawn(page):
    """How many charts a page must show: cells that end with a chart or a scenario."""
    stem = ROOT / page.removesuffix(".html")
    path = next(path for end in (".ipynb", ".md") if (path := stem.with_suffix(end)).exists())
    if not is_myst_markdown_notebook(path.read_text("utf-8")) and path.suffix == ".md":
        return 0
    code = [cell.source for cell in read_page(path).cells if cell.cell_type == "code"]
    ends = [ast.unparse(ast.Module(ast.parse(source).body[-1:], [])) for source in code]
    return sum(end.startswith(("explore(", "charts.figure(")) for end in ends)


CHARTS = {page: drawn(page) for page in PAGES + ALIKE}


@pytest.fixture
def address(html, served):
    return lambda page, source="served": (
        f"{served}/{page}" if source == "served" else (html / page).as_uri()
    )


# The words in charts that stick out of the drawing, or end in dots for want of space.
CUT_WORDS = """() => [...document.querySelectorAll(".entente-chart svg")].flatMap((svg) => {
    const all = svg.getBoundingClientRect();
    return [...svg.querySelectorAll("text")].filter((text) => {
        const box = text.getBoundingClientRect();
        const out = box.left < all.left - 2 || box.right > all.right + 2;
        return box.width && (out || text.textContent.endsWith("…"));
    }).map((text) => text.textContent);
})"""


def scroll_through(page):
    """Bring every chart into view, one after the other, and wait until it is drawn."""
    for chart in page.locator(".entente-chart").all():
        chart.scroll_into_view_if_needed()
        chart.locator("xpath=self::*[@data-drawn]").wait_for()


def quick(page, *form):
    """Whether `make test FAST=1` looks at this: each page in one form, of the chapters one."""
    return form == ("file", 390, "dark") and (page == CHAPTER or not page.startswith("chapters/"))


@pytest.mark.parametrize(("page", "source", "width", "theme"), [
    pytest.param(*case, marks=[] if quick(*case) else pytest.mark.slow) for case in MATRIX
])  # fmt: skip
def test_a_page_is_whole_and_fits(open_page, address, page, source, width, theme):
    name, page = page, open_page(address(page, source), width, theme)
    scroll_through(page)

    charts = page.locator(".entente-chart")
    assert charts.count() == CHARTS[name]
    for chart in charts.all():
        assert chart.get_attribute("data-drawn") == "live"
        assert chart.locator("svg :is(path, circle, text)").count() > 10
        drawn, column = chart.locator("svg").bounding_box(), chart.bounding_box()
        assert 0.9 * column["width"] < drawn["width"] <= column["width"] + 1
    assert page.evaluate(CUT_WORDS) == []
    assert page.complaints == []
    here = urlsplit(address(page="", source=source))
    assert {urlsplit(asked)[:2] for asked in page.requests} == {here[:2]}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("html").get_attribute("data-theme") == theme


def test_what_sticks_out_can_be_scrolled(open_page, address):
    """Nothing is cut off at the narrowest width: what is too wide has its own scroll bar."""
    page = open_page(address(CHAPTER), width=320)
    scroll_through(page)
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".bd-article *")].filter((element) => {
            const box = element.getBoundingClientRect();
            if (!box.width || box.right <= innerWidth + 1) return false;
            for (let up = element; up; up = up.parentElement)
                if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return false;
            return !element.closest("svg, .visually-hidden, .headerlink");
        }).map((element) => element.outerHTML.slice(0, 120))"""
    )
    assert cut == []


def test_charts_wait_until_they_come_near(open_page, address):
    page = open_page(address(CHAPTER))
    page.evaluate("scrollTo(0, 0)")
    last = page.locator(".entente-chart").last
    assert last.get_attribute("data-drawn") is None
    last.scroll_into_view_if_needed()
    last.locator("xpath=self::*[@data-drawn]").wait_for()


@pytest.mark.parametrize("theme", THEMES)
def test_text_in_charts_has_the_colour_of_the_page(open_page, address, theme):
    page = open_page(address(CHAPTER), theme=theme)
    scroll_through(page)
    colours = page.evaluate(
        """() => [getComputedStyle(document.querySelector(".entente-chart")).color,
                  ...[...document.querySelectorAll(".entente-chart svg text")]
                     .map((text) => getComputedStyle(text).fill)]"""
    )
    assert len(colours) > 50
    assert len(set(colours)) == 1


def test_the_reader_can_change_the_colours(open_page, address):
    page = open_page(address(CHAPTER))
    colour = "getComputedStyle(document.querySelector('.entente-chart')).color"
    before = page.evaluate(colour)
    page.locator(".theme-switch-button").first.click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate(colour) != before


def test_a_tooltip_tells_the_numbers(open_page, address):
    page = open_page(address(CHAPTER))
    scroll_through(page)
    spending = page.locator(".entente-figure", has_text="Three Allies spent 2 % of GDP")
    spending.locator("path[aria-roledescription=point]").last.hover()
    tooltip = page.locator("#vg-tooltip-element.visible")
    tooltip.wait_for()
    assert re.search(r"Ally\s+\w+[\s\S]+% of GDP\s+\d\.\d\d", tooltip.inner_text())
    page.mouse.move(0, 0)
    page.wait_for_function("!document.querySelector('#vg-tooltip-element.visible')")


def contrast(page, selector):
    """The contrast of an element's text with what is painted behind it (WCAG 2)."""
    return page.evaluate(
        """(selector) => {
            const rgb = (colour) => colour.match(/[\\d.]+/g).map(Number);
            const light = (colour) => {
                const [r, g, b] = rgb(colour).slice(0, 3).map((part) =>
                    (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const element = document.querySelector(selector);
            let behind = element;
            const clear = (node) => rgb(getComputedStyle(node).backgroundColor)[3] === 0;
            while (behind && clear(behind)) behind = behind.parentElement;
            const ground = behind ? getComputedStyle(behind).backgroundColor : "rgb(255, 255, 255)";
            const [low, high] = [light(getComputedStyle(element).color), light(ground)].sort();
            return (high + 0.05) / (low + 0.05);
        }""",
        selector,
    )


def test_without_scripts_the_pictures_stand_in(open_page, address):
    page = open_page(address(CHAPTER), java_script_enabled=False)
    pictures = page.locator(".entente-chart noscript svg")
    assert pictures.count() == CHARTS[CHAPTER]
    for picture in pictures.all():
        assert picture.bounding_box()["height"] > 100
    assert page.locator("math").count() > 5
    assert contrast(page, ".highlight pre") > 4.5
    assert contrast(page, ".bd-article p") > 4.5


def test_on_paper_every_chart_is_shown_in_light(open_page, address):
    page = open_page(address(CHAPTER), theme="dark")
    # Nothing has been scrolled into view.
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("html").get_attribute("data-theme") == "light"
    for chart in page.locator(".entente-chart").all():
        assert chart.locator("svg").bounding_box()["height"] > 100
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    scroll_through(page)
    assert page.locator(".entente-chart[data-drawn=live]").count() == CHARTS[CHAPTER]


def test_when_vega_is_missing_the_pictures_stand_in(open_page, address, browser):
    page = open_page("about:blank")
    page.route("**/vega.js", lambda route: route.abort())
    page.goto(address(CHAPTER))
    scroll_through(page)
    for chart in page.locator(".entente-chart").all():
        assert chart.get_attribute("data-drawn") == "picture"
        assert chart.locator("svg").bounding_box()["height"] > 100


def test_every_icon_is_drawn(html, open_page, address):
    page = open_page(address(CHAPTER))
    masks = page.evaluate(
        """() => [...document.querySelectorAll("[class*='fa-']")].map((icon) =>
            [icon.className, getComputedStyle(icon).maskImage])"""
    )
    assert len(masks) > 5
    assert [name for name, mask in masks if not mask.startswith("url(")] == []


def test_formulas_are_in_the_font_of_the_book(open_page, address):
    page = open_page(address(CHAPTER))
    assert page.evaluate("document.fonts.check('16px \"STIX Two Math\"', '𝑥')")
    assert any(asked.endswith("stix-two-math.woff2") for asked in page.requests)


# --- what the pages load ---------------------------------------------------------------------

LOADS = re.compile(
    r"""<(?:script|img|iframe|source|embed)[^>]*?\ssrc=["']?([^"'\s>]+)"""
    r"""|<link(?![^>]*rel=["'](?:index|search|next|prev|canonical|license))"""
    r"""[^>]*?\shref=["']?([^"'\s>]+)|url\(["']?([^"')]+)|@import\s+["']([^"']+)""",
    re.IGNORECASE,
)


def test_no_page_names_another_host_to_load_from(html):
    files = [path for path in html.rglob("*") if path.suffix in (".html", ".css")]
    assert len(files) > 5
    named = [
        f"{path.relative_to(html)}: {next(filter(None, found))}"
        for path in files
        for found in LOADS.findall(path.read_text(encoding="utf-8"))
        if re.match(r"(https?:)?//", next(filter(None, found)))
    ]
    assert named == []


def test_every_link_within_the_book_leads_somewhere(html):
    pages, names = {}, {}
    for path in html.rglob("*.html"):
        if "_static" not in path.parts:
            text = path.read_text(encoding="utf-8")
            pages[path] = re.sub(r"(?s)<(script|noscript).*?</\1>", "", text)
            names[path] = re.findall(r'\sid="([^"]+)"', pages[path])
            twice = {name for name in names[path] if names[path].count(name) > 1}
            assert twice <= {"search-input"}, path  # the theme's, in the bar and on its page
    lost = []
    for path, text in pages.items():
        for link in set(re.findall(r'<a\s[^>]*?href="([^"]*)"', text)):
            to = urlsplit(unescape(link))
            if to.scheme or to.netloc:
                continue
            target = path.parent.joinpath(unquote(to.path)).resolve() if to.path else path
            known = names.get(target, [unquote(to.fragment)])
            if not target.exists() or (to.fragment and unquote(to.fragment) not in known):
                lost.append(f"{path.relative_to(html)}: {link}")
    assert lost == []


def test_nothing_of_the_theme_is_loaded_in_vain(html):
    for path in [*html.glob("*.html"), *html.glob("chapters/*.html")]:
        page = path.read_text(encoding="utf-8")
        for unwanted in (
            "fontawesome",
            "require.js",
            "require.min",
            "thebe",
            "mathjax@",
            "MathJax.js",
        ):
            assert unwanted not in page
    assert not (html / "_static/vendor/fontawesome").exists()


def weight(page, html):
    """The bytes of all that a page asked for, gzipped one by one as a server would."""
    asked = {unquote(urlsplit(url).path).lstrip("/") for url in page.requests}
    return sum(len(gzip.compress((html / name).read_bytes())) for name in asked)


def test_a_page_is_light(open_page, address, html):
    text = open_page(address(TEXT))
    assert weight(text, html) < 130_000
    charts = open_page(address(CHAPTER))
    scroll_through(charts)
    assert weight(charts, html) < 600_000  # three scenarios, and 300 kB of Vega
