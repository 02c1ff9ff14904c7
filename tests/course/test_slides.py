"""A chapter's page becomes slides that show what one shows, and tell the rest to the speaker."""

import pytest
from bs4 import BeautifulSoup

from entente.course import slides

PAGE = """
<html><body><article class="bd-article"><section id="who-pays">
<h1>Who pays?<a class="headerlink" href="#who-pays">#</a></h1>
<p>Some do. Others &lt; do not.</p>
<p>After this page you will be able to</p><ul><li>count.</li></ul>
<section id="the-sum"><h2>The sum</h2>
<p>Now to it. Five states <a href="#cite-olson">gave</a> more than all of the others together. More
than that is not known.</p>
<p>A second thought, in a paragraph of its own.</p>
<p><strong>Against it.</strong> One study of six found nothing like it in any year. It is old.</p>
<div class="math">1 + 1</div>
<div class="cell" id="chart-sum"><figure class="entente-figure">a chart</figure></div>
<p>What the chart shows, <a href="02_mechanisms.html#x">and more</a>.</p>
<div class="admonition note"><p class="admonition-title">What this leaves out</p><p>Much.</p></div>
</section>
<section id="verdicts"><h2>Verdicts</h2><div class="cell">
<div class="ledger"><p class="ledger-claim">01.1 All pay.</p><p><b>Mixed.</b></p>
<details><p>The rule.</p></details></div></div></section>
<section id="check-yourself"><h2>Check yourself</h2>
<div class="cell"><form class="entente-question">How many?</form></div></section>
<section id="summary"><h2>Summary</h2><ul><li>Some pay.</li></ul></section>
<section id="sources"><h2>Sources</h2><p>A book.</p></section>
</section></article></body></html>"""


@pytest.fixture(scope="module")
def cells():
    notebook = slides.deck(PAGE, "01_foundations")
    return [(cell.metadata.slideshow.slide_type, cell.source) for cell in notebook.cells]


def on(cells, kind):
    return [source for slide_type, source in cells if slide_type == kind]


def test_a_section_opens_a_slide_and_what_it_shows_has_one_of_its_own(cells):
    titles = [BeautifulSoup(text, "html.parser").get_text() for text in on(cells, "slide")]
    assert titles == ["Who pays?", "The sum", "Verdicts", "Summary"]
    assert [text.split("\n")[0] for text in on(cells, "subslide")] == [
        "<h2>After this page you will be able to</h2>",
        '<figure class="entente-figure">a chart</figure>',
        "<h2>What this leaves out</h2>",
        "<h2>01.1 All pay.</h2>",
        '<form class="entente-question">How many?</form>',
    ]


def test_a_slide_has_the_opening_and_the_speaker_has_the_rest(cells):
    shown = on(cells, "-")
    assert shown[0] == "<p>Some do. Others &lt; do not.</p>"
    assert [text for text in shown if text.startswith("<p>Now")] == [
        '<p>Now to it. Five states <a href="../chapters/01_foundations.html#cite-olson">gave</a> '
        "more than all of the others together.</p>"
    ]
    assert (
        "<p><strong>Against it.</strong> One study of six found nothing like it in any year.</p>"
        in shown
    )
    assert '<div class="math">1 + 1</div>' in shown
    assert not any("second thought" in text for text in shown)
    told = "".join(on(cells, "notes"))
    assert "More\nthan that is not known." in told
    assert "second thought" in told
    assert '<a href="../chapters/02_mechanisms.html#x">' in told


def test_a_claim_is_shown_before_its_verdict(cells):
    place = [text for _, text in cells].index("<h2>01.1 All pay.</h2>")
    assert cells[place + 1] == ("fragment", "<p><b>Mixed.</b></p>")
    assert cells[place + 2][0] == "notes"


def test_what_is_no_chapter_is_refused():
    with pytest.raises(ValueError, match="page of x holds no chapter"):
        slides.deck("<html><body><p>Not found</p></body></html>", "x")
