"""An exercise that is not sound is refused, with the cell and the reason, and nothing changed."""

import copy
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from entente.course import cli, exercises, notebooks

TEST = "import warnings\nwith warnings.catch_warnings(action='ignore'):\n    assert half(4) == 2"
HIDDEN = f"# Hidden tests\n### BEGIN HIDDEN TESTS\n{TEST}\n### END HIDDEN TESTS"
ANSWER = "def half(x):\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION"
WORDS = "<!-- BEGIN SOLUTION -->\nWell argued.\n<!-- END SOLUTION -->"


def cell(name, source, make=new_code_cell, **marks):
    marks = {"grade": "points" in marks, "locked": False, "solution": False} | marks
    marks |= {"grade_id": name, "schema_version": 3, "task": False}
    return make(source, id=name, metadata={"nbgrader": marks})


@pytest.fixture
def notebook():
    """A sound exercise."""
    cells = [
        new_markdown_cell("# Halves", id="title"),
        cell("seed", "SEED = 1", locked=True),
        cell("half-answer", ANSWER, solution=True),
        cell("half-tests", TEST, points=5, locked=True),
        cell("words-answer", WORDS, new_markdown_cell, solution=True, points=10),
        cell("half-hidden", HIDDEN, points=5, locked=True),
    ]
    for count, code in enumerate((c for c in cells if c.cell_type == "code"), start=1):
        code.execution_count = count
    return new_notebook(cells=cells, metadata=notebooks.METADATA)


@pytest.fixture
def course(tmp_path, notebook):
    (tmp_path / "_config.yml").touch()
    keep(tmp_path, notebook)
    return tmp_path


def keep(course, notebook):
    path = exercises.source(course, "halves")
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def named(notebook, name):
    return next(cell for cell in notebook.cells if cell.id == name)


def test_a_sound_exercise_has_no_faults(notebook):
    assert exercises.faults(notebook) == []


# --- what is refused -------------------------------------------------------------------------


def change(name, source=None, **marks):
    def changed(notebook):
        cell = named(notebook, name)
        cell.source = cell.source if source is None else source
        cell.metadata.nbgrader.update(marks)

    return changed


def drop(name):
    return lambda notebook: notebook.cells.remove(named(notebook, name))


def hidden_first(notebook):
    notebook.cells.insert(2, notebook.cells.pop())


def text_last(notebook):
    notebook.cells.append(new_markdown_cell("The end.", id="the-end"))


def twice(notebook):
    again = copy.deepcopy(named(notebook, "half-tests"))
    again.id = "half-tests-again"
    notebook.cells.insert(4, again)


def beside(notebook):
    cell = named(notebook, "half-answer")
    cell.source += "\n### BEGIN HIDDEN TESTS\nassert half(6) == 3\n### END HIDDEN TESTS"


FAULTS = {
    "no points": (change("half-tests", points=0), "'half-tests' is graded and has no points"),
    "too many points": (change("half-tests", points=6), "points sum to 21, not 20"),
    "a grade_id twice": (twice, "two cells have the grade_id 'half-tests'"),
    "another grade_id": (change("half-tests", grade_id="test1"), "give it its own name"),
    "no solution region": (
        change("half-answer", "def half(x):\n    return x / 2"),
        "'half-answer' is an answer without BEGIN SOLUTION",
    ),
    "a solution outside an answer": (change("seed", ANSWER), "'seed' has BEGIN SOLUTION and is no"),
    "a solution without end": (
        change("half-answer", ANSWER.replace("END SOLUTION", "")),
        "'half-answer' has BEGIN SOLUTION and END SOLUTION that do not pair",
    ),
    "hidden tests without end": (
        change("half-hidden", HIDDEN.replace("END HIDDEN TESTS", "")),
        "'half-hidden' has BEGIN HIDDEN TESTS and END HIDDEN TESTS that do not pair",
    ),
    "hidden tests among others": (hidden_first, "stands after hidden tests"),
    "text after hidden tests": (text_last, "'the-end' stands after hidden tests"),
    "hidden tests beside visible ones": (
        change("half-hidden", f"{HIDDEN}\nassert half(8) == 4"),
        "'half-hidden' should hold hidden tests and, outside them, one comment",
    ),
    "no word about what is hidden": (
        change("half-hidden", HIDDEN.removeprefix("# Hidden tests\n")),
        "'half-hidden' should hold hidden tests and, outside them, one comment",
    ),
    "hidden tests beside an answer": (beside, "'half-answer' holds hidden tests beside an answer"),
    "hidden tests without grade": (
        change("half-hidden", grade=False),
        "'half-hidden' holds hidden tests and is not graded",
    ),
    "visible tests in place of hidden ones": (
        change("half-hidden", TEST),
        "'half-hidden' holds no hidden tests",
    ),
    "hidden tests in place of visible ones": (
        change("half-tests", HIDDEN),
        "'half-tests' holds hidden tests",
    ),
    "no hidden tests": (drop("half-hidden"), "it lacks the cell 'half-hidden'"),
    "no visible tests": (drop("half-tests"), "it lacks the cell 'half-tests'"),
    "tests of nothing": (drop("half-answer"), "'half-tests' is graded and belongs to no answer"),
    "a test that can be changed": (change("half-tests", locked=False), "lock it"),
    "a test that warns": (
        change("half-tests", "assert half(4) == 2"),
        "'half-tests' is a test that lets warnings through",
    ),
    "code with points of its own": (
        change("half-answer", grade=True, points=5),
        "answer 'half-answer' is code: give the points to its tests",
    ),
    "words without points": (
        change("words-answer", grade=False),
        "answer 'words-answer' is in words and has no points",
    ),
    "no seed": (drop("seed"), "no locked cell 'seed'"),
    "a seed that is none": (change("seed", "SEED = input()"), "no locked cell 'seed'"),
    "marks that nbgrader does not know": (
        change("half-tests", schema_version=99),
        "nbgrader refuses it",
    ),
    "an open seed": (change("seed", locked=False), "no locked cell 'seed'"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_and_nothing_is_released(course, notebook, fault):
    exercises.release(course, "halves")
    before = exercises.released(course, "halves").read_bytes()
    spoil, message = FAULTS[fault]
    spoil(notebook)
    keep(course, notebook)
    with pytest.raises(exercises.ExerciseFault) as refusal:
        exercises.release(course, "halves")
    assert message in str(refusal.value)
    assert str(exercises.source(course, "halves")) in str(refusal.value)
    assert exercises.released(course, "halves").read_bytes() == before


def test_an_answer_with_a_name_of_its_own_kind_is_refused(notebook):
    answer = named(notebook, "half-answer")
    answer.id = answer.metadata.nbgrader.grade_id = "half"
    assert "answer 'half' should be called half-answer" in exercises.faults(notebook)


def test_a_notebook_that_is_not_in_normal_form_is_refused(course, notebook):
    notebook.cells[1].execution_count = 7
    keep(course, notebook)
    with pytest.raises(exercises.ExerciseFault, match="has the count 7, not 1"):
        exercises.release(course, "halves")


def test_a_missing_or_damaged_exercise_is_named(course):
    with pytest.raises(exercises.ExerciseFault, match=r"thirds\.ipynb: there is no such notebook"):
        exercises.release(course, "thirds")
    exercises.source(course, "halves").write_text("{")
    with pytest.raises(exercises.ExerciseFault, match=r"halves\.ipynb is damaged"):
        exercises.release(course, "halves")


# --- what is released ------------------------------------------------------------------------


def test_the_students_version(course):
    assert exercises.release(course, "halves")
    assert not exercises.release(course, "halves")
    student = notebooks.read(exercises.released(course, "halves"))
    assert student.metadata == notebooks.METADATA
    sources = {cell.id: cell.source for cell in student.cells}
    assert sources == {
        "title": "# Halves",
        "seed": "SEED = 1",
        "half-answer": "def half(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()",
        "half-tests": TEST,
        "words-answer": "YOUR ANSWER HERE",
        "half-hidden": "# Hidden tests",
    }
    for cell in student.cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
    assert named(student, "half-tests").metadata.editable is False
    assert "editable" not in named(student, "half-answer").metadata
    everything = [path.relative_to(course) for path in course.rglob("*") if path.is_file()]
    assert sorted(map(str, everything)) == [
        "_config.yml",
        "exercises/release/halves/halves.ipynb",
        "exercises/source/halves/halves.ipynb",
    ]


def test_the_command_releases_all_or_those_named(course, notebook, monkeypatch, capsys):
    monkeypatch.chdir(course)
    monkeypatch.setattr(sys, "argv", ["entente", "release"])
    cli.main()
    path = "exercises/release/halves/halves.ipynb"
    assert capsys.readouterr().out == f"{path}: changed\n"
    monkeypatch.setattr(sys, "argv", ["entente", "release", "halves"])
    cli.main()
    assert capsys.readouterr().out == f"{path}: as it was\n"
    monkeypatch.setattr(sys, "argv", ["entente", "release", "thirds"])
    with pytest.raises(SystemExit, match="The exercise thirds was not released"):
        cli.main()


def test_the_command_brings_exercises_to_normal_form(course, notebook, monkeypatch, capsys):
    named(notebook, "half-tests").execution_count = 9
    keep(course, notebook)
    monkeypatch.chdir(course)
    monkeypatch.setattr(sys, "argv", ["entente", "normalise"])
    cli.main()
    assert "halves.ipynb: changed" in capsys.readouterr().out
    exercises.release(course, "halves")


# --- wrong answers ---------------------------------------------------------------------------


def test_wrong_answers_are_read(tmp_path):
    path = tmp_path / "halves.py"
    path.write_text(
        '"""Wrong answers."""\n\n'
        "# %% half: doubles\n# says: twice\ndef half(x):\n    return 2 * x\n\n\n"
        "# %% half: of nothing\n# says: nothing\nhalf = None\n"
    )
    assert exercises.wrong_answers(path) == [
        ("half", "doubles", "twice", "def half(x):\n    return 2 * x\n"),
        ("half", "of nothing", "nothing", "half = None\n"),
    ]


@pytest.mark.parametrize(
    "text", ["# %% half: doubles\nx = 1\n", "# %% doubles\n# says: a\nx = 1\n",
             "# %% half: doubles\n# says: twice\n\n"]
)  # fmt: skip
def test_a_wrong_answer_of_another_form_is_refused(tmp_path, text):
    path = tmp_path / "halves.py"
    path.write_text(text)
    with pytest.raises(exercises.ExerciseFault, match="a wrong answer begins with"):
        exercises.wrong_answers(path)


def test_missing_wrong_answers_are_told(tmp_path):
    with pytest.raises(exercises.ExerciseFault, match="there are no wrong answers"):
        exercises.wrong_answers(tmp_path / "halves.py")
