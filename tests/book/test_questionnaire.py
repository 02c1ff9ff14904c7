"""A reader answers before the course and after it, and takes the answers along."""

import json

import pytest

from entente.concepts import CONCEPTS, NAME, compare

RIGHT = {chapter: question.key["right"][0] for chapter, question in CONCEPTS.items()}
START, FINAL = "questionnaire-start.html", "questionnaire-final.html"


@pytest.fixture
def page(browser, served):
    page = browser.new_context(accept_downloads=True).new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{served}/{START}")
    yield page
    page.context.close()


def answer(page, choices):
    for chapter, place in choices.items():
        page.locator(f'[data-chapter="{chapter}"] input').nth(place).check()
    page.locator('button[type="submit"]').click()


def told(page):
    return page.locator(".entente-questionnaire > .entente-verdict").inner_text()


def test_answers_are_kept_judged_and_compared(page, served, tmp_path):
    page.locator('button[type="submit"]').click()
    assert told(page) == "Choose an answer first."
    answer(page, {"00": RIGHT["00"], "01": (RIGHT["01"] + 1) % 4})
    assert told(page).startswith("Kept: 2 of 14.")
    assert page.locator(".entente-verdict[data-right]").count() == 0  # nothing is given away

    page.reload()
    assert "are known: 2 of 14" in told(page)
    assert page.locator('[data-chapter="00"] input').nth(RIGHT["00"]).is_checked()

    page.goto(f"{served}/{FINAL}")
    answer(page, RIGHT | {"09": (RIGHT["09"] + 1) % 4})
    assert "Right at the start: 1 of 14. Right now: 13 of 14." in told(page)
    assert "Of what there was to learn: 92 %." in told(page)
    first, last = (page.locator(f'[data-chapter="{chapter}"]') for chapter in ("00", "09"))
    assert "Right." in first.inner_text()
    assert "(At the start: right.)" in first.inner_text()
    assert "Not quite." in last.inner_text()
    feedback = CONCEPTS["09"].key["feedback"][(RIGHT["09"] + 1) % 4]
    assert feedback in last.inner_text()

    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a file").click()
    saved.value.save_as(tmp_path / "saved.json")
    shares = compare([tmp_path / "saved.json"])
    assert shares.loc["all"].round(3).tolist() == [1, round(1 / 14, 3), round(13 / 14, 3)]

    page.get_by_role("button", name="Delete my answers").click()
    assert told(page) == "Deleted."
    assert page.evaluate(f"localStorage.getItem('entente:{NAME}')") is None
    assert page.locator("input:checked").count() == 0


def test_a_file_brings_the_answers_to_another_device(page, served, tmp_path):
    page.goto(f"{served}/{FINAL}")
    answer(page, RIGHT)
    assert "not known here" in told(page)
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    start = {"date": "2026-01-02", "answers": {"00": (RIGHT["00"] + 1) % 4}}
    good.write_text(json.dumps({"questionnaire": NAME, "start": start, "final": None}))
    for content in ("no JSON", "[]", "null", json.dumps({"questionnaire": NAME, "start": {}})):
        bad.write_text(content)
        page.locator('input[type="file"]').set_input_files(bad)
        page.get_by_text("That is no file of answers to this questionnaire").wait_for()
        page.locator('button[type="submit"]').click()
    page.locator('input[type="file"]').set_input_files(good)
    page.get_by_text("Right at the start: 0 of 14. Right now: 14 of 14.").wait_for()


def test_answers_that_cannot_be_kept_can_be_saved(browser, served):
    page = browser.new_page()
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    page.goto(f"{served}/{START}")
    answer(page, {"00": 0})
    assert "Your browser keeps nothing for this page." in told(page)
    page.close()
