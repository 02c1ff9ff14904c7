"""Makes the students' notebooks from the instructor's, and refuses one that is not sound.

An exercise is a notebook in ``exercises/source/<stem>/``. Each task has a name, and its cells are
called after it: ``<task>-answer`` holds the solution between markers, ``<task>-tests`` the tests
that students see, and ``<task>-hidden``, at the end, the tests that they do not see. A task that is
graded by hand has an answer in words that bears the points itself. The cell ``seed`` sets the
numbers. The student's version has neither solutions nor hidden tests; nbgrader takes them out.
"""

import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import NotebookNode

from entente.course import notebooks
from entente.course.files import write

SOURCE, RELEASE, WRONG = "exercises/source", "exercises/release", "exercises/wrong"
POINTS = 20

SOLUTION = ("BEGIN SOLUTION", "END SOLUTION")
HIDDEN = ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")


class ExerciseFault(Exception):
    """An exercise cannot be released; the message names the notebook, the cells and why."""


# The rooms --------------------------------------------------------------------------------


def stems(root: Path) -> list[str]:
    """List the exercises, by the stems of their chapters."""
    return sorted({path.parent.name for path in root.glob(f"{SOURCE}/*/*.ipynb")})


def source(root: Path, stem: str) -> Path:
    """Return where the instructor's notebook is."""
    return root / SOURCE / stem / f"{stem}.ipynb"


def released(root: Path, stem: str) -> Path:
    """Return where the student's notebook is."""
    return root / RELEASE / stem / f"{stem}.ipynb"


# What an exercise must be -----------------------------------------------------------------


def is_answer(cell: NotebookNode) -> bool:
    """Tell whether a student writes in this cell."""
    return bool(_nbgrader(cell).get("solution"))


def is_graded(cell: NotebookNode) -> bool:
    """Tell whether this cell bears points."""
    return bool(_nbgrader(cell).get("grade"))


def is_hidden(cell: NotebookNode) -> bool:
    """Tell whether this cell holds tests that a student does not see."""
    return any(marker in cell.source for marker in HIDDEN)


def faults(notebook: NotebookNode) -> list[str]:
    """Return what keeps a notebook from being released, a sentence for each fault."""
    cells = [cell for cell in notebook.cells if _nbgrader(cell)]
    names = [_nbgrader(cell).get("grade_id") for cell in cells]
    found = [f"two cells have the grade_id {name!r}" for name, n in Counter(names).items() if n > 1]
    found += [
        f"cell {cell.id!r} has the grade_id {name!r}: give it its own name"
        for cell, name in zip(cells, names, strict=True)
        if cell.id != name
    ]
    for cell in notebook.cells:
        found += [f"cell {cell.id!r} {fault}" for fault in _faults(cell)]
    found += _faults_of_tasks(cells)
    found += _faults_of_order(notebook.cells)
    points = sum(_nbgrader(cell).get("points") or 0 for cell in cells if is_graded(cell))
    if points != POINTS:
        found.append(f"its points sum to {points:g}, not {POINTS}")
    locked = (cell for cell in cells if _nbgrader(cell).get("locked"))
    seed = next((cell.source for cell in locked if cell.id == "seed"), "")
    if not re.fullmatch(r"SEED = \d+", seed):
        found.append("it has no locked cell 'seed' that reads SEED = 1, or another whole number")
    return found


def _nbgrader(cell: NotebookNode) -> dict:
    return cell.metadata.get("nbgrader", {})


def _faults(cell: NotebookNode) -> list[str]:
    found = []
    for begin, end in (SOLUTION, HIDDEN):
        inside = re.findall(f"{begin}|{end}", cell.source)
        if inside != [begin, end] * (len(inside) // 2):
            found.append(f"has {begin} and {end} that do not pair")
    if is_graded(cell) and not _nbgrader(cell).get("points"):
        found.append("is graded and has no points")
    if is_answer(cell) != (SOLUTION[0] in cell.source):
        found.append(
            f"is an answer without {SOLUTION[0]}: all of it would be taken out"
            if is_answer(cell)
            else f"has {SOLUTION[0]} and is no answer: mark it as one"
        )
    if is_answer(cell) and is_hidden(cell):
        found.append("holds hidden tests beside an answer: give them a cell of their own")
    elif is_hidden(cell) and not is_graded(cell):
        found.append("holds hidden tests and is not graded")
    elif is_hidden(cell):
        rest = re.sub(f".*{HIDDEN[0]}(.|\n)*?{HIDDEN[1]}.*", "", cell.source).strip()
        if not re.fullmatch(r"#[^\n]+", rest):
            found.append("should hold hidden tests and, outside them, one comment that says so")
    if is_graded(cell) and not is_answer(cell):
        if not _nbgrader(cell).get("locked"):
            found.append("is a test that students can change: lock it")
        if "catch_warnings" not in cell.source:
            found.append("is a test that lets warnings through, and nbgrader gives nothing for any")
    return found


def _faults_of_tasks(cells: list[NotebookNode]) -> list[str]:
    found = []
    by_name = {cell.id: cell for cell in cells}
    wanted = {"seed"}
    for cell in filter(is_answer, cells):
        task = cell.id.removesuffix("-answer")
        if task == cell.id:
            found.append(f"answer {cell.id!r} should be called {cell.id}-answer")
        elif cell.cell_type == "markdown" and not is_graded(cell):
            found.append(f"answer {cell.id!r} is in words and has no points")
        elif cell.cell_type == "code":
            if is_graded(cell):
                found.append(f"answer {cell.id!r} is code: give the points to its tests")
            wanted |= {f"{task}-tests", f"{task}-hidden"}
        wanted.add(cell.id)
    found += [f"it lacks the cell {name!r}" for name in sorted(wanted - set(by_name))]
    found += [
        f"cell {cell.id!r} is graded and belongs to no answer"
        for cell in filter(is_graded, cells)
        if cell.id not in wanted
    ]
    found += [
        f"cell {name!r} {'holds no' if name.endswith('-hidden') else 'holds'} hidden tests"
        for name, cell in by_name.items()
        if name.endswith(("-tests", "-hidden")) and is_hidden(cell) != name.endswith("-hidden")
    ]
    return found


def _faults_of_order(cells: list[NotebookNode]) -> list[str]:
    first = next((place for place, cell in enumerate(cells) if is_hidden(cell)), len(cells))
    return [
        f"cell {cell.id!r} stands after hidden tests, which belong at the end"
        for cell in cells[first:]
        if not is_hidden(cell)
    ]


# The student's version --------------------------------------------------------------------


def release(root: Path, stem: str) -> bool:
    """Make the student's notebook from the instructor's; tell whether that changed the file.

    Parameters
    ----------
    root : Path
        The course's folder.
    stem : str
        The stem of the chapter, such as ``01_foundations``.

    Raises
    ------
    ExerciseFault
        If there is no such exercise, or if it is not sound; nothing is then changed.
    """
    text, path = student_version(source(root, stem)), released(root, stem)
    if changed := not path.exists() or text != path.read_text(encoding="utf-8"):
        write(path, text)
    return changed


def student_version(path: Path) -> str:
    """Return the text of the student's notebook that belongs to an instructor's.

    Raises
    ------
    ExerciseFault
        As `release` does.
    """
    try:
        notebook = notebooks.read(path)
    except notebooks.NotebookFault as error:
        raise ExerciseFault(str(error)) from None
    if found := notebooks.faults(notebook) + faults(notebook):
        raise ExerciseFault("\n".join(f"{path}: {fault}" for fault in found))
    with tempfile.TemporaryDirectory() as folder:
        student = _assigned(Path(folder), path)
    for cell in student.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    student.metadata = nbformat.from_dict(notebooks.METADATA)
    return nbformat.writes(student, version=nbformat.NO_CONVERT).rstrip("\n") + "\n"


def _assigned(folder: Path, path: Path) -> NotebookNode:
    """Let nbgrader make the student's version, in a folder that is thrown away."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.utils import capture_log
    from traitlets.config import Config

    write(folder / "source" / path.stem / path.name, path.read_bytes())
    config = Config()
    config.CourseDirectory.root = str(folder)
    config.CourseDirectory.assignment_id = path.stem
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False  # in a database
    course = CourseDirectory(config=config)
    outcome = capture_log(GenerateAssignment(coursedir=course, config=config))
    if not outcome["success"]:
        raise ExerciseFault(f"{path}: nbgrader refuses it.\n{outcome['log']}")
    return notebooks.read(folder / "release" / path.stem / path.name)


# Wrong answers ----------------------------------------------------------------------------


class WrongAnswer(NamedTuple):
    """A mistake that people make, and what the tests must say to it."""

    task: str
    name: str
    says: str
    code: str


def wrong_answers(path: Path) -> list[WrongAnswer]:
    """Read the planted wrong answers of an exercise.

    Each begins with a line ``# %% task: its name``, then ``# says: words`` that the message of
    the failing test must contain, then the code that stands in for the answer.

    Raises
    ------
    ExerciseFault
        If the file is not there or not of this form.
    """
    if not path.exists():
        raise ExerciseFault(f"{path}: there are no wrong answers")
    _, *blocks = re.split(r"^# %% ", path.read_text(encoding="utf-8"), flags=re.M)
    found = []
    for block in blocks:
        form = re.match(r"(?P<task>[a-z-]+): (?P<name>.+)\n# says: (?P<says>.+)\n", block)
        if form is None or not (code := block[form.end() :].strip()):
            raise ExerciseFault(
                f"{path}: a wrong answer begins with `# %% task: name` and `# says: words`, and "
                f"this does not: {block.splitlines()[:2]}"
            )
        found.append(WrongAnswer(form["task"], form["name"], form["says"], code + "\n"))
    return found
