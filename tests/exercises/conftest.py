"""Runs an exercise, with answers of one's own put in, and tells what its tests say."""

import contextlib
import functools
import io
from pathlib import Path

import pytest

from entente.course import exercises, notebooks

ROOT = Path(__file__).parents[2]
STEMS = exercises.stems(ROOT)
# `make test FAST=1` runs one exercise.
MARKS = {stem: () if stem == "01_foundations" else (pytest.mark.slow,) for stem in STEMS}


def pytest_generate_tests(metafunc):
    """Give every test that asks for it each exercise in turn, or each of its wrong answers."""
    if "wrong" in metafunc.fixturenames:
        planted = [
            pytest.param(stem, wrong, marks=MARKS[stem], id=f"{stem}-{wrong.task}: {wrong.name}")
            for stem in STEMS
            for wrong in exercises.wrong_answers(ROOT / exercises.WRONG / f"{stem}.py")
        ]
        metafunc.parametrize(("stem", "wrong"), planted)
    elif "stem" in metafunc.fixturenames:
        metafunc.parametrize("stem", [pytest.param(stem, marks=MARKS[stem]) for stem in STEMS])


@pytest.fixture(scope="session")
def run():
    """A function that runs the instructor's notebook, in this process, and judges as nbgrader.

    It takes a stem, answers by the names of their cells, and a seed. It returns, for each cell of
    tests, None if it passed and otherwise what it said.
    """

    def run(stem, answers=None, seed=None):
        seeds = {} if seed is None else {"seed": f"SEED = {seed}"}
        return once(stem, tuple(((answers or {}) | seeds).items()))

    @functools.cache
    def once(stem, answers):
        notebook, answers = notebooks.read(exercises.source(ROOT, stem)), dict(answers)
        names, said = {"__name__": "__main__"}, {}
        for cell in notebook.cells:
            if cell.cell_type == "code":
                outcome = _outcome(answers.get(cell.id, cell.source), cell.id, names)
                if exercises.is_graded(cell):
                    said[cell.id] = outcome
        return said

    return run


def _outcome(source, name, names):
    printed, complained = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(complained):
            exec(compile(source, name, "exec"), names)
    except Exception as error:  # whatever an answer does
        return str(error) if isinstance(error, AssertionError) else repr(error)
    return complained.getvalue() or None


@pytest.fixture(scope="session")
def answers():
    """A function that returns the answers in code of a notebook, by the names of their cells."""

    def answers(path):
        return {
            cell.id: cell.source
            for cell in notebooks.read(path).cells
            if exercises.is_answer(cell) and cell.cell_type == "code"
        }

    return answers
