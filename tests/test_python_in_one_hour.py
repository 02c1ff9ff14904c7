"""The page for readers who never programmed: its tasks can be done, and its checks tell."""

import ast
import contextlib
import io
import re
from pathlib import Path

import pytest

from entente.course.notebooks import read
from entente.questions import Question

CELLS = read(Path(__file__).parents[1] / "chapters/python_in_one_hour.ipynb").cells
CODE = [cell for cell in CELLS if cell.cell_type == "code"]
TASKS = [cell.id.removesuffix("-turn") for cell in CODE if cell.id.endswith("-turn")]


def run(source, names):
    """Run a cell; return what its last line gives and what it prints."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(ast.Module(body, []), "cell", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
    return value, said.getvalue()


def solution(task):
    [text] = [cell.source for cell in CELLS if cell.id == f"{task}-solution"]
    return re.search(r"```python\n(.*?)```", text, re.DOTALL)[1]


@pytest.fixture(scope="module")
def names():
    """What the names of the page stand for when its last cell has run."""
    known = {"__name__": "__main__"}
    for cell in CODE:
        run(cell.source, known)
    return known


def test_the_parts_make_an_hour():
    headings = [re.match(r"## (\d+) .*\((\d+) minutes\)", cell.source) for cell in CELLS]
    parts = [(int(found[1]), int(found[2])) for found in headings if found]
    assert [number for number, _ in parts] == list(range(1, 11))
    assert sum(minutes for _, minutes in parts) == 60


@pytest.mark.parametrize("task", TASKS)
def test_the_solution_of_a_task_is_right_and_an_empty_answer_is_not(names, task):
    [empty, check] = [cell.source for cell in CODE if cell.id in (f"{task}-turn", f"{task}-check")]
    run(empty, names)
    shown, before = run(check, names)
    given, _ = run(solution(task), names)
    if isinstance(shown, Question):
        assert shown.check(float(given)).right
    else:
        assert before.startswith("Not yet: ")
        assert run(check, names)[1] == "Right.\n"


@pytest.mark.parametrize(
    ("task", "answer", "told"),
    [
        ("mean", "def mean_share(shares): return sum(shares.values())", "that is the sum"),
        ("mean", "def mean_share(shares): return sum(shares.values()) / 2", "single share"),
        ("mean", "def mean_share(s): return sum(s.values()) / len(s)", "divide by 0"),
        ("allied", "def part_allied(table): return (table['partners'] > 0).sum()", "Divide it"),
        ("allied", "def part_allied(table): return 0.6", "without partners"),
    ],
)
def test_a_wrong_answer_is_told_why(names, task, answer, told):
    [check] = [cell.source for cell in CODE if cell.id == f"{task}-check"]
    run(answer, names)
    said = run(check, names)[1]
    assert said.startswith("Not yet: ")
    assert told in said
