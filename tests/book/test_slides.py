"""The slides of each chapter run, from a disk, with all that the chapter shows."""

import re

import pytest

CHAPTER = "01_foundations"
STATE = """() => {
    const slide = Reveal.getCurrentSlide();
    const chart = slide.querySelector(".entente-chart");
    const waits = chart && !chart.dataset.drawn;
    const sticksOut = slide.scrollWidth > slide.clientWidth + 1;
    return waits ? null : { drawn: chart?.dataset.drawn, sticksOut };
}"""


def open_slides(open_page, html, stem, width=1280):
    page = open_page((html / f"slides/{stem}.html").as_uri(), width)
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    return page


def stems(html):
    return sorted(path.stem for path in html.glob("chapters/[0-9]*.html"))


def test_every_chapter_has_slides_with_all_its_charts_and_questions(html):
    assert sorted(path.stem for path in html.glob("slides/*.html")) == stems(html)
    for stem in stems(html):
        page, shown = (
            (html / room / f"{stem}.html").read_text() for room in ("chapters", "slides")
        )
        for kind in ("chart", "question"):
            names = rf'id="({kind}-[0-9a-f]{{10}})"'
            assert sorted(re.findall(names, shown)) == sorted(re.findall(names, page)) != []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_slides_can_be_gone_through(open_page, html, width):
    page = open_slides(open_page, html, CHAPTER, width)
    drawn = []
    for _ in range(page.evaluate("Reveal.getTotalSlides()") + 20):  # fragments count, too
        state = page.wait_for_function(STATE).json_value()
        assert not state["sticksOut"]
        drawn += [state["drawn"]] if state["drawn"] else []
        if page.evaluate("Reveal.isLastSlide()"):
            break
        page.keyboard.press("Space")
    assert page.evaluate("Reveal.isLastSlide()")
    assert drawn == ["live"] * page.locator(".entente-chart").count()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []
    assert all(asked.startswith("file:") for asked in page.requests)


def test_a_key_that_moves_a_control_turns_no_page(open_page, html):
    page = open_slides(open_page, html, CHAPTER)
    # Slides that wait are laid out, too, and would pass for visible: only Reveal.js knows.
    find = "() => Reveal.getCurrentSlide().querySelector('input[type=range]')"
    while not (slider := page.evaluate_handle(find).as_element()):
        page.keyboard.press("Space")
    before, at = slider.input_value(), page.url
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.input_value() != before
    assert page.url == at


def test_the_speaker_has_the_words(open_page, html):
    page = open_slides(open_page, html, CHAPTER)
    page.keyboard.press("Space")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    notes = opened.value.locator(".speaker-controls-notes .value")
    page.evaluate("Reveal.slide(1)")
    notes.filter(has_text="Scholars who count alliances").wait_for()


def test_a_mark_under_the_pointer_tells_its_numbers(open_page, html):
    page = open_slides(open_page, html, CHAPTER)
    find = """() => {
        const slide = Reveal.getCurrentSlide();
        const found = slide.textContent.includes("What five ways");
        return found && slide.querySelector(".role-mark path");
    }"""
    while not (mark := page.evaluate_handle(find).as_element()):
        page.keyboard.press("Space")
        page.wait_for_function(STATE)
    mark.hover()
    tooltip = page.locator("#vg-tooltip-element.visible")
    tooltip.wait_for()
    assert "Points a round" in tooltip.inner_text()
