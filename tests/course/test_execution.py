"""A chapter runs again when, and only when, something that it really uses has changed."""

import json
import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from entente.course import execution, notebooks

CODE = """\
import sys
sys.path.insert(0, "..")
import model
from pathlib import Path
print(model.double(int(Path("../data/used.csv").read_text())))"""


@pytest.fixture
def course(tmp_path):
    for name, text in {
        "requirements.txt": "numpy==2.4\n",
        "model.py": "def double(x):\n    return 2 * x\n",
        "data/used.csv": "21\n",
        "data/other.csv": "1\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "chapters").mkdir()
    keep(tmp_path, CODE)
    return tmp_path


def keep(course, code, text="# A title"):
    cells = [new_markdown_cell(text, id="title"), new_code_cell(code, id="code")]
    page = new_notebook(cells=cells, metadata=notebooks.METADATA)
    nbformat.write(page, course / "chapters/01_first.ipynb")


def outputs(course):
    cache = execution.get_cache(course / execution.CACHE)
    page = notebooks.read(course / "chapters/01_first.ipynb")
    return cache.merge_match_into_notebook(page)[1].cells[1].outputs


def test_a_chapter_runs_when_something_it_uses_has_changed(course):
    chapter = course / "chapters/01_first.ipynb"
    assert execution.execute_changed(course) == [chapter]
    assert outputs(course)[0].text == "42\n"
    noted = json.loads(
        (course / execution.CACHE / "fingerprints/chapters/01_first.json").read_text()
    )
    assert sorted(noted["files"]) == ["data/used.csv", "model.py", "requirements.txt"]

    assert execution.execute_changed(course) == []
    (course / "data/other.csv").write_text("2\n")
    keep(course, CODE, text="# Another title")
    assert execution.execute_changed(course) == []

    (course / "data/used.csv").write_text("4\n")
    assert execution.execute_changed(course) == [chapter]
    assert outputs(course)[0].text == "8\n"

    (course / "model.py").write_text("def double(x):\n    return x + x + 1\n")
    assert execution.execute_changed(course) == [chapter]
    assert outputs(course)[0].text == "9\n"

    (course / "requirements.txt").write_text("numpy==2.5\n")
    assert execution.execute_changed(course) == [chapter]
    assert execution.execute_changed(course) == []


def test_a_kernel_takes_no_ports(course):
    asked = "from ipykernel.connect import get_connection_info as asked\nasked(unpack=True)"
    keep(course, f"{asked}['transport']")
    execution.execute_changed(course)
    assert outputs(course)[0].data == {"text/plain": "'ipc'"}


def test_a_chapter_that_goes_back_is_not_taken_for_fresh(course):
    execution.execute_changed(course)
    keep(course, CODE + "\n1 + 1")
    execution.execute_changed(course)
    (course / "model.py").write_text("def double(x):\n    return 1000 * x\n")
    execution.execute_changed(course)
    keep(course, CODE)
    assert len(execution.execute_changed(course)) == 1
    assert outputs(course)[0].text == "21000\n"


def test_a_lost_output_and_a_chapter_without_code_do_no_harm(course):
    execution.execute_changed(course)
    for output in (course / execution.CACHE / "executed").rglob("base.ipynb"):
        output.write_text("{")
    assert len(execution.execute_changed(course)) == 1
    keep(course, "")
    assert len(execution.execute_changed(course)) == 1


def test_a_chapter_that_fails_is_told_and_tried_again(course):
    keep(course, "1 / 0")
    for _ in range(2):
        with pytest.raises(execution.ExecutionFailed, match="ZeroDivisionError"):
            execution.execute_changed(course)
    keep(course, "print('mended')")
    assert len(execution.execute_changed(course)) == 1


@pytest.mark.parametrize("code", [
    "import warnings; warnings.warn('a column is empty')",
    # What is raised after a cell, by a hook, stops no notebook.
    "get_ipython().events.register('post_run_cell', lambda *_: 1 / 0)",
])  # fmt: skip
def test_a_page_that_would_show_a_red_box_is_not_made(course, code):
    keep(course, code)
    with pytest.raises(execution.ExecutionFailed, match=r"column is empty|ZeroDivisionError"):
        execution.execute_changed(course)


def test_it_can_be_stopped(course):
    keep(course, "open('begun', 'w').close()\nimport time\ntime.sleep(600)")
    code = (
        "from pathlib import Path; from entente.course import execution;"
        "execution.execute_changed(Path.cwd())"
    )
    build = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=course,
        start_new_session=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    for _ in range(600):
        if (course / "chapters/begun").exists():
            break
        assert build.poll() is None
        time.sleep(0.1)
    os.killpg(build.pid, signal.SIGINT)  # as a terminal does at Ctrl-C
    told, _ = build.communicate(timeout=60)
    assert build.returncode == 130
    assert told.count("Stopped.") == 1


def test_a_file_that_went_missing_counts_as_changed(course):
    execution.execute_changed(course)
    (course / "data/used.csv").unlink()
    with pytest.raises(execution.ExecutionFailed, match="FileNotFoundError"):
        execution.execute_changed(course)


def test_a_damaged_chapter_is_named(course):
    (course / "chapters/01_first.ipynb").write_text("{")
    with pytest.raises(notebooks.NotebookFault, match=r"01_first\.ipynb is damaged"):
        execution.execute_changed(course)


def test_a_page_is_read_again_after_its_chapter_ran(course):
    execution.execute_changed(course)
    fingerprint = course / execution.CACHE / "fingerprints/chapters/01_first.json"
    os.utime(fingerprint, (1000, 1000))

    class App:
        srcdir = course

    class Environment:
        all_docs = {"index": 1e6, "chapters/01_first": 999 * 1e6}  # noqa: RUF012

    def outdated():
        return execution.executed_since_read(App, Environment, set(), set(), set())

    assert outdated() == ["chapters/01_first"]
    Environment.all_docs["chapters/01_first"] = 1001 * 1e6
    assert outdated() == []
