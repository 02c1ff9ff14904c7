"""Each exercise is sound: right answers pass, empty and wrong ones do not, and are told why."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from entente.course import exercises, notebooks

ROOT = Path(__file__).parents[2]


def failed(said):
    """Return the tasks that failed."""
    return {name.rpartition("-")[0] for name, message in said.items() if message is not None}


def test_the_instructors_notebook_is_sound_and_in_normal_form(stem):
    notebook = notebooks.read(exercises.source(ROOT, stem))
    assert exercises.faults(notebook) == []
    assert notebooks.faults(notebook) == []
    assert (ROOT / "chapters" / f"{stem}.ipynb").exists(), "an exercise has its chapter's stem"


def test_the_release_is_what_the_source_gives_today(stem):
    kept = exercises.released(ROOT, stem).read_text(encoding="utf-8")
    assert kept == exercises.student_version(exercises.source(ROOT, stem)), "call `make release`"


def test_a_release_has_its_source(stem):
    assert [path.name for path in (ROOT / exercises.RELEASE / stem).iterdir()] == [f"{stem}.ipynb"]
    folders = [path.name for path in (ROOT / exercises.RELEASE).iterdir() if path.is_dir()]
    assert sorted(folders) == exercises.stems(ROOT)


def test_right_answers_pass_every_test(stem, run):
    assert set(run(stem).values()) == {None}


SEEDS = [*range(2, 7), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(7, 13))]


@pytest.mark.parametrize("seed", SEEDS)
def test_right_answers_pass_for_other_seeds(stem, run, seed):
    assert set(run(stem, seed=seed).values()) == {None}


def test_the_students_version_fails_every_test(stem, run, answers):
    said = run(stem, answers(exercises.released(ROOT, stem)))
    assert None not in said.values(), said


def test_every_fraction_in_a_model_answer_is_printed_by_a_cell(stem):
    cells = notebooks.read(exercises.source(ROOT, stem)).cells
    printed = " ".join(str(cell.get("outputs")) for cell in cells)
    for cell in filter(exercises.is_answer, cells):
        if cell.cell_type == "markdown":
            numbers = re.findall(r"\d+\.\d+", cell.source)
            assert numbers, "a judgement uses a number"
            assert [number for number in numbers if number not in printed] == []


LOUD = """
import functools, warnings

def loud(function):
    @functools.wraps(function)
    def warned(*arguments):
        warnings.warn("beware")
        return function(*arguments)
    return warned

"""


def test_right_answers_that_warn_pass_every_test(stem, run, answers):
    warning = {}
    for name, code in answers(exercises.source(ROOT, stem)).items():
        made = [node.name for node in ast.parse(code).body if isinstance(node, ast.FunctionDef)]
        warning[name] = code + LOUD + "".join(f"{made} = loud({made})\n" for made in made)
    assert set(run(stem, warning).values()) == {None}


def test_a_wrong_answer_fails_its_task_alone_and_is_told_why(stem, wrong, run):
    said = run(stem, {f"{wrong.task}-answer": wrong.code})
    assert failed(said) == {wrong.task}
    messages = [message for message in said.values() if message is not None]
    assert any(wrong.says in message for message in messages), messages


def test_a_hidden_test_fails_with_one_sentence(stem, wrong, run):
    message = run(stem, {f"{wrong.task}-answer": wrong.code})[f"{wrong.task}-hidden"]
    assert message is None or (message.endswith(".") and "\n" not in message)
    assert message is None or message.count(". ") == 0, message


def test_each_task_has_three_wrong_answers_or_more(stem, answers):
    planted = exercises.wrong_answers(ROOT / exercises.WRONG / f"{stem}.py")
    counted = Counter(wrong.task for wrong in planted)
    tasks = {name.removesuffix("-answer") for name in answers(exercises.source(ROOT, stem))}
    assert set(counted) == tasks
    assert min(counted.values()) >= 3, counted
    assert len({(wrong.task, wrong.code) for wrong in planted}) == len(planted)


def test_hidden_tests_catch_what_visible_ones_let_pass(stem, run, answers):
    """For each task one wrong answer passes what students see, and fails what they do not."""
    caught = set()
    for wrong in exercises.wrong_answers(ROOT / exercises.WRONG / f"{stem}.py"):
        said = run(stem, {f"{wrong.task}-answer": wrong.code})
        if said[f"{wrong.task}-tests"] is None and said[f"{wrong.task}-hidden"] is not None:
            caught.add(f"{wrong.task}-answer")
    assert caught == set(answers(exercises.source(ROOT, stem)))
