"""An instructor assigns, grades and gives feedback with plain nbgrader."""

import csv
import functools
import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from entente.course import exercises, notebooks
from entente.course.files import write

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def class_of(tmp_path_factory, run):
    """A function that gives the folder of a class in which an exercise has been graded.

    `ada` answered as the instructor does, `ben` handed in what he was given, and `cleo` made, in
    each task, a mistake that only hidden tests find; she also changed the seed and a test.
    """

    @functools.cache
    def graded(stem):
        folder = tmp_path_factory.mktemp("class") / "exercises"
        shutil.copytree(ROOT / exercises.SOURCE / stem, folder / "source" / stem)
        shutil.copy(ROOT / "exercises/nbgrader_config.py", folder)
        nbgrader(folder, "generate_assignment", stem)
        given = folder / "release" / stem / f"{stem}.ipynb"
        right = {
            cell.id: cell.source
            for cell in notebooks.read(exercises.source(ROOT, stem)).cells
            if exercises.is_answer(cell)
        }
        cleo = subtle(stem, run)
        test = next(iter(cleo)).replace("-answer", "-tests")
        cleo |= {"seed": "SEED = 99", test: "# no test"}
        for student, answered in {"ada": right, "ben": {}, "cleo": cleo}.items():
            handed_in = folder / "submitted" / student / stem / given.name
            write(handed_in, filled_in(given, answered))
        nbgrader(folder, "autograde", stem)
        nbgrader(folder, "generate_feedback", stem)
        nbgrader(folder, "export")
        return folder

    return graded


def nbgrader(folder, *arguments):
    """Call nbgrader as a shell does in which the environment is not active."""
    outcome = subprocess.run(
        [Path(sys.executable).parent / "nbgrader", *arguments],
        cwd=folder,
        env=os.environ | {"PATH": os.defpath},
        capture_output=True,
        text=True,
    )
    assert outcome.returncode == 0, outcome.stderr


def filled_in(path, answered):
    notebook = notebooks.read(path)
    for cell in notebook.cells:
        cell.source = answered.get(cell.id, cell.source)
    return nbformat.writes(notebook)


def subtle(stem, run):
    """Return, for each task, a wrong answer that the visible tests let pass."""
    found = {}
    for wrong in exercises.wrong_answers(ROOT / exercises.WRONG / f"{stem}.py"):
        said = run(stem, {f"{wrong.task}-answer": wrong.code})
        if said[f"{wrong.task}-tests"] is None:
            found[f"{wrong.task}-answer"] = wrong.code
    return found


def test_the_release_of_plain_nbgrader_is_ours(stem, class_of):
    theirs = class_of(stem) / "release" / stem / f"{stem}.ipynb"
    assert theirs.read_bytes() == exercises.released(ROOT, stem).read_bytes()


def test_the_grades(stem, class_of):
    with (class_of(stem) / "grades.csv").open() as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    points = {"hidden": 0, "tests": 0}
    for cell in notebooks.read(exercises.source(ROOT, stem)).cells:
        if exercises.is_graded(cell) and cell.cell_type == "code":
            points[cell.id.rpartition("-")[2]] += cell.metadata.nbgrader.points
    # Words are graded by hand.
    assert scores == {"ada": sum(points.values()), "ben": 0, "cleo": points["tests"]}


def test_what_is_locked_is_set_back(stem, class_of):
    graded = class_of(stem) / "autograded/cleo" / stem / f"{stem}.ipynb"
    kept = {cell.id: cell.source for cell in notebooks.read(exercises.source(ROOT, stem)).cells}
    for cell in notebooks.read(graded).cells:
        if cell.metadata.get("nbgrader", {}).get("locked"):
            assert cell.source == kept[cell.id]


@pytest.mark.parametrize("student", ["ada", "ben", "cleo"])
def test_the_feedback_shows_nothing_of_the_hidden_tests(stem, class_of, student):
    hidden = {
        line.strip()
        for cell in notebooks.read(exercises.source(ROOT, stem)).cells
        if exercises.is_hidden(cell)
        for line in cell.source.split(exercises.HIDDEN[0])[1].splitlines()
    }
    handed_in = class_of(stem) / "submitted" / student / stem / f"{stem}.ipynb"
    visible = "".join(cell.source for cell in notebooks.read(handed_in).cells)
    page = feedback(class_of(stem), student, stem)
    assert "Tests that you can see" in page
    telling = [line for line in hidden if len(line) > 30 and line not in visible]
    assert telling
    assert [line for line in telling if line in page] == []
    assert "BEGIN HIDDEN TESTS" not in page


def test_the_feedback_says_what_hidden_tests_found(stem, class_of, run):
    page = feedback(class_of(stem), "cleo", stem)
    said = run(stem, subtle(stem, run))
    for name, message in said.items():
        assert name.endswith("-hidden") == (message is not None)
        assert message is None or message in " ".join(page.split())


def feedback(folder, student, stem):
    """Return the words of a student's feedback."""
    page = (folder / "feedback" / student / stem / f"{stem}.html").read_text(encoding="utf-8")
    return html.unescape(re.sub("<[^>]*>", "", page))
