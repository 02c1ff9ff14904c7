"""What readers knew before and after, from the files that they saved."""

import json
from pathlib import Path

import pytest

from entente import concepts

ROOT = Path(__file__).parents[1]
RIGHT = {chapter: asked.key["right"][0] for chapter, asked in concepts.CONCEPTS.items()}
WRONG = {chapter: (place + 1) % 4 for chapter, place in RIGHT.items()}


def saved(start, final, name=concepts.NAME):
    moments = {"start": start, "final": final}
    dated = {
        moment: given and {"date": "2026-01-02", "answers": given}
        for moment, given in moments.items()
    }
    return json.dumps({"questionnaire": name} | dated)


def test_each_chapter_has_its_question():
    chapters = {path.stem.split("_")[0] for path in (ROOT / "chapters").glob("[0-9]*.ipynb")}
    assert set(concepts.CONCEPTS) >= chapters
    assert len(concepts.CONCEPTS) == 14


def test_neither_place_nor_length_gives_the_answer_away():
    asked = concepts.CONCEPTS.values()
    places = [question.key["right"][0] for question in asked]
    assert max(map(places.count, range(4))) <= 5
    longest = [max(question.choices, key=len) for question in asked]
    right = [question.choices[place] for question, place in zip(asked, places, strict=True)]
    assert sum(map(str.__eq__, longest, right)) <= 4


def test_shares_are_of_readers_with_both(tmp_path):
    path = tmp_path / "saved.json"
    path.write_text(saved(WRONG, RIGHT))
    half = dict(list(RIGHT.items())[:7])
    shares = concepts.compare([path, saved(half, RIGHT), saved(RIGHT, None)])
    assert shares["readers"].eq(2).all()
    assert shares.loc["all", ["start", "final"]].tolist() == [0.25, 1.0]
    assert shares.loc["00"].tolist() == [2, 0.5, 1.0]


@pytest.mark.parametrize(("given", "message"), [
    ("{", r"saved\[0\] is not a file of answers to entente-concepts-1"),
    ("no such file", r"saved\[0\] .* No such file"),
    ("[]", r"saved\[0\] is not"),
    (saved(RIGHT, RIGHT, name="another"), "it is one of another"),
    (saved({"00": 4}, RIGHT), "4 is no answer to the question 00"),
    (saved({"00": "0"}, RIGHT), "'0' is no answer to the question 00"),
    (saved({"99": 0}, RIGHT), "'99'"),
    (saved(RIGHT, None), "at least one reader's answers from the start and the end"),
])  # fmt: skip
def test_what_is_no_such_file_is_refused(given, message):
    with pytest.raises(ValueError, match=message):
        concepts.compare([given])


def test_there_are_two_moments():
    with pytest.raises(ValueError, match="moment must be 'start' or 'final', got 'middle'"):
        concepts.questionnaire("middle")


def test_in_a_notebook_the_questions_are_listed():
    shown = concepts.questionnaire("start")._repr_mimebundle_()
    assert all(asked.prompt in shown["text/plain"] for asked in concepts.CONCEPTS.values())
    assert "<ol>" in shown["text/html"]
