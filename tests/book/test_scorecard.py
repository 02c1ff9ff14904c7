"""The scorecard of the last chapter: sorted by mouse and keyboard, whole without scripts."""

import re

import pytest
from playwright.sync_api import expect

from entente import data, ledger

PAGE = "chapters/09_conclusion.html"
CLAIMS = data.load("claims")


def ids(page):
    return page.locator(".scorecard tbody a").all_inner_texts()


def heading_of(page, name):
    return page.locator(".scorecard").get_by_role("columnheader", name=name)


def by(column):
    return [claim.id for claim in ledger.scorecard(column).claims]


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1280, "light")])
def test_each_heading_sorts_and_says_so(open_page, html, width, theme):
    page = open_page((html / PAGE).as_uri(), width, theme)
    said = page.locator(".scorecard-says")
    assert ids(page) == by("claim")
    for column, heading in [*list(ledger.HEADINGS.items())[1:], ("claim", "Claim")]:
        head = heading_of(page, heading)
        head.get_by_role("button").press("Enter")
        expect(head).to_have_attribute("aria-sort", "ascending")
        expect(page.locator(".scorecard th[aria-sort]")).to_have_count(1)
        expect(said).to_have_text(f"Sorted by {heading.lower()}.")
        ranks = CLAIMS.set_index("id").loc[ids(page)]
        if column == "claim":
            assert ids(page) == by("claim")
        else:
            order = [ledger.ORDER[column].index(word) for word in ranks[column]]
            assert order == sorted(order)
        assert (
            min(head.get_by_role("button").bounding_box()[side] for side in ("width", "height"))
            >= 24
        )
    heading_of(page, "Claim").get_by_role("button").click()
    expect(heading_of(page, "Claim")).to_have_attribute("aria-sort", "descending")
    assert ids(page) == by("claim")[::-1]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_sorting_twice_keeps_the_first_order_within_the_second(open_page, html):
    page = open_page((html / PAGE).as_uri())
    for heading in ("Evidence", "Verdict"):
        heading_of(page, heading).get_by_role("button").click()
    rows = CLAIMS.set_index("id").loc[ids(page), ["verdict", "strength"]]
    keys = [
        tuple(ledger.ORDER[name].index(row[name]) for name in rows.columns)
        for _, row in rows.iterrows()
    ]
    assert keys == sorted(keys)


def test_without_scripts_it_is_a_table_and_every_link_leads_to_verdicts(open_page, html):
    page = open_page((html / PAGE).as_uri(), java_script_enabled=False)
    assert ids(page) == by("claim")
    assert page.locator(".scorecard button").count() == 0
    links = [link.get_attribute("href") for link in page.locator(".scorecard tbody a").all()]
    assert links == [f"{chapter}.html#verdicts" for chapter in CLAIMS["chapter"]]
    for link in set(links):
        chapter = (html / "chapters" / link.split("#")[0]).read_text(encoding="utf-8")
        assert re.search(r'id="verdicts"', chapter)


def test_only_the_page_with_the_scorecard_loads_its_script(html):
    loading = [
        path.name
        for path in html.glob("chapters/*.html")
        if "scorecard.js" in path.read_text(encoding="utf-8")
    ]
    assert loading == ["09_conclusion.html"]
