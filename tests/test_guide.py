"""The instructor's guide: a lesson for every chapter, and no objective that is only promised."""

import re
from pathlib import Path

import pytest

from entente.course import exercises, notebooks

ROOT = Path(__file__).parents[1]
STEMS = exercises.stems(ROOT)
PARTS = [
    "Objectives",
    "Before class",
    "Fifty minutes",
    "Ninety minutes",
    "Activities",
    "Discussion",
    "Misconceptions",
    "The exercise",
]


def lesson(stem):
    """The parts of a lesson, by their headings."""
    text = (ROOT / f"guide/{stem}.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)\n", text, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(part):
    """The rows of the table in a part, without its head."""
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[one.strip() for one in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def objectives(chapter):
    """What a chapter says that its readers will be able to do, in its own words."""
    (title,) = [cell.source for cell in chapter.cells if "you will be able to" in cell.source]
    return re.findall(r"^- (.+)[;.]$", title.partition("you will be able to")[2], flags=re.M)


def cells_linked(stem, column):
    return re.findall(rf"\]\(\.\./chapters/{stem}\.ipynb#([a-z0-9-]+)\)", column)


def test_every_chapter_has_a_lesson():
    assert sorted(path.stem for path in ROOT.glob("guide/0*.md")) == STEMS


@pytest.mark.parametrize(("name", "weeks"), [("Fourteen", 14), ("Ten", 10), ("Six", 6)])
def test_a_syllabus_has_a_lesson_for_each_week(name, weeks):
    text = (ROOT / "guide/index.md").read_text(encoding="utf-8")
    plan = rows(text.partition(f"### {name} weeks\n")[2].partition("\n### ")[0])
    assert [int(row[0]) for row in plan] == list(range(1, weeks + 1))
    lessons = [re.findall(r"\]\((0\w+)\)", row[1])[0] for row in plan]
    assert lessons == sorted(set(lessons))
    assert set(lessons) <= set(STEMS)


def test_the_guide_names_what_is_done_in_each_lesson():
    text = (ROOT / "guide/index.md").read_text(encoding="utf-8")
    listed = rows(text.partition("## The lessons\n")[2].partition("\n## ")[0])
    for (link, activities, discussion), stem in zip(listed, STEMS, strict=True):
        assert f"]({stem})" in link
        for activity in re.findall(r"^### [AB]\. (.+)", lesson(stem)["Activities"], flags=re.M):
            assert activity in activities
        assert discussion


@pytest.mark.parametrize("stem", STEMS)
def test_a_lesson_has_all_its_parts(stem):
    assert list(lesson(stem)) == PARTS


@pytest.mark.parametrize("stem", STEMS)
def test_each_objective_has_something_to_see_a_question_and_a_task(stem):
    chapter = notebooks.read(ROOT / f"chapters/{stem}.ipynb")
    cells = {cell.id for cell in chapter.cells if cell.cell_type == "code"}
    asked = {name for name in cells if name.startswith("question-")}
    exercise = notebooks.read(exercises.source(ROOT, stem))
    tasks = {cell.id for cell in exercise.cells if cell.cell_type == "markdown"}
    traced = rows(lesson(stem)["Objectives"])
    assert [row[0] for row in traced] == objectives(chapter)
    for objective, see, check, do in traced:
        seen, questions = set(cells_linked(stem, see)), set(cells_linked(stem, check))
        done = set(re.findall(r"`([a-z0-9-]+)`", do))
        assert set() < seen <= cells - asked, objective
        assert set() < questions <= asked, objective
        assert set() < done <= tasks, objective


@pytest.mark.parametrize("stem", STEMS)
def test_each_question_serves_an_objective(stem):
    chapter = notebooks.read(ROOT / f"chapters/{stem}.ipynb")
    traced = rows(lesson(stem)["Objectives"])
    asked = {cell.id for cell in chapter.cells if cell.id.startswith("question-")}
    assert asked == {name for row in traced for name in cells_linked(stem, row[2])}


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize(("name", "minutes"), [("Fifty minutes", 50), ("Ninety minutes", 90)])
def test_a_lesson_fills_its_time(stem, name, minutes):
    assert sum(int(row[0]) for row in rows(lesson(stem)[name])) == minutes


@pytest.mark.parametrize("stem", STEMS)
def test_a_number_of_the_guide_stands_in_the_chapter(stem):
    """Numbers with a decimal point or a per cent sign: those are results, and may drift."""
    chapter = notebooks.read(ROOT / f"chapters/{stem}.ipynb")
    known = "\n".join(cell.source for cell in chapter.cells)
    text = "".join(lesson(stem).values())
    results = re.findall(r"[−-]?\d+\.\d+(?: %)?|\d+ %", text)
    assert [number for number in results if number not in known] == []
