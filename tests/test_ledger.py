"""The ledger and its chapters say the same, and a number that has drifted stops the build."""

import ast
import re
from html import escape
from pathlib import Path

import pandas as pd
import pytest

from entente import data, ledger
from entente.course.notebooks import read_page

ROOT = Path(__file__).parents[1]
CLAIMS = data.load("claims")
ROWS = [pytest.param(row, id=row.id) for row in CLAIMS.itertuples(index=False)]


def chapter_of(row):
    return read_page(ROOT / f"chapters/{row.chapter}.ipynb")


def test_a_number_that_has_drifted_is_named():
    row = CLAIMS.dropna(subset=list(ledger.NUMBERS)).iloc[0]
    stated = {name: float(row[name]) for name in ledger.NUMBERS}
    ledger.check(row["id"], **stated)
    for name in ledger.NUMBERS:
        with pytest.raises(AssertionError, match=f"states {name} = .* of the claim {row['id']}"):
            ledger.check(row["id"], **stated | {name: stated[name] + 0.001})


def test_every_number_must_be_checked_and_no_other():
    with pytest.raises(ValueError, match=r"01\.3 the ledger states value, and not nothing"):
        ledger.check("01.3")
    with pytest.raises(ValueError, match=r"01\.3 the ledger states value, and not value, n"):
        ledger.check("01.3", value=0.039, n=3)
    with pytest.raises(ValueError, match=r"no claim '99\.9'"):
        ledger.check("99.9", value=1)


def test_a_chapter_shows_its_claims_as_text_and_as_a_page():
    shown = ledger.show("01_foundations")
    own = CLAIMS[CLAIMS["chapter"] == "01_foundations"]
    for form in (repr(shown), shown._repr_html_()):
        for row in own.itertuples():
            assert row.id in form
            assert re.sub(r"\s+", " ", row.claim) in re.sub(r"\s+", " ", form)
    assert shown._repr_html_().count('class="ledger"') == len(own)


def test_the_scorecard_holds_every_claim_once_with_its_place_and_verdict():
    shown = ledger.scorecard()
    assert [claim.id for claim in shown.claims] == CLAIMS["id"].tolist()
    lines = repr(shown).splitlines()
    rows = re.findall(r'<tr role="row"><th role="rowheader".*?</tr>', shown._repr_html_())
    assert len(lines) == len(rows) == len(CLAIMS)
    for claim, line, row in zip(CLAIMS.itertuples(), lines, rows, strict=True):
        words = [claim.verdict, claim.strength, claim.test]
        assert line.split() == " ".join([claim.id, *words, claim.claim]).split()
        assert re.findall(r'<a href="(\w+)\.ipynb#Verdicts">', row) == [claim.chapter]
        assert "## Verdicts" in " ".join(cell.source for cell in chapter_of(claim).cells)
        assert re.findall(r'data-order="\d">([^<]+)</td>', row) == words
        assert escape(claim.claim) in row


@pytest.mark.parametrize("by", list(ledger.ORDER))
def test_the_scorecard_is_sorted_and_keeps_the_order_of_those_alike(by):
    shown = ledger.scorecard(by)
    keys = [(ledger.ORDER[by].index(getattr(claim, by)), claim.id) for claim in shown.claims]
    places = dict(zip(CLAIMS["id"], range(len(CLAIMS)), strict=True))
    assert keys == sorted(keys, key=lambda key: (key[0], places[key[1]]))
    assert len({key[0] for key in keys}) > 1
    (sorted_by,) = re.findall(r'data-column="(\w+)" aria-sort="ascending"', shown._repr_html_())
    assert sorted_by == by


def test_a_scorecard_by_something_else_is_refused():
    with pytest.raises(ValueError, match="by must be one of claim, verdict, strength, test, got"):
        ledger.scorecard("chapter")


@pytest.mark.parametrize("row", ROWS)
def test_every_number_of_the_ledger_is_checked_in_its_chapter(row):
    stated = {name for name in ledger.NUMBERS if pd.notna(getattr(row, name))}
    checked = [
        {keyword.arg for keyword in call.keywords}
        for cell in chapter_of(row).cells
        if cell.cell_type == "code"
        for call in ast.walk(ast.parse(cell.source))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) == "ledger.check"
        and ast.literal_eval(call.args[0]) == row.id
    ]
    assert checked == ([stated] if stated else [])


@pytest.mark.parametrize("row", ROWS)
def test_a_claim_and_its_verdict_stand_in_its_chapter(row):
    chapter = chapter_of(row)
    prose = " ".join(cell.source for cell in chapter.cells if cell.cell_type == "markdown")
    assert f"**{row.id} {row.claim}**" in prose
    assert any("ledger.show(" in cell.source for cell in chapter.cells)
    assert row.chapter.split("_")[0] == row.id.split(".")[0]


@pytest.mark.parametrize("row", ROWS)
def test_a_verdict_keeps_to_the_rules_of_the_ledger(row):
    if pd.notna(row.low):
        assert row.low <= row.value <= row.high
    # A model alone shows what is possible, and no more.
    if row.test == "model":
        assert row.verdict == "untestable"
    if row.verdict == "untestable":
        assert row.strength in ("none", "low")


@pytest.mark.parametrize("row", ROWS)
def test_the_works_that_a_claim_names_are_in_the_bibliography_and_on_its_page(row):
    known = re.findall(r"^@\w+\{(\w+),", (ROOT / "references.bib").read_text("utf-8"), re.M)
    prose = " ".join(cell.source for cell in chapter_of(row).cells)
    for keys in (row.citations_for, row.citations_against):
        for key in keys.split() if isinstance(keys, str) else []:
            assert key in known
            assert key in prose
