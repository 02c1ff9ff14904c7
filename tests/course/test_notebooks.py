"""Notebooks are kept in one form, and a damaged one is named and left as it was."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from entente.course import notebooks

MINE = {"name": "mine", "display_name": "My own", "env": "home"}


def notebook(*sources, **metadata):
    cells = [new_markdown_cell("# A title\n\nText", id="5f3a9c1e")]
    cells += [new_code_cell(source, metadata=metadata) for source in sources]
    return new_notebook(cells=cells, metadata={"kernelspec": MINE})


def kept(path, *sources, **metadata):
    nbformat.write(notebook(*sources, **metadata), path)
    return path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "chapter.ipynb"


def test_normal_form(path):
    kept(path, "print(1 + 1)", "3", collapsed=True, tags=["hide-input"])
    # The kernel of another machine is not looked for.
    assert notebooks.normalise(path)
    after = notebooks.read(path)
    assert notebooks.faults(after) == []
    assert [cell.id for cell in after.cells] == [
        "a-title-text-1",
        "a-title-code-1",
        "a-title-code-2",
    ]
    assert [cell.get("execution_count") for cell in after.cells] == [None, 1, 2]
    assert after.cells[1].outputs[0].text == "2\n"
    assert after.cells[2].outputs[0].data == {"text/plain": "3"}
    assert after.cells[1].metadata == {"tags": ["hide-input"]}
    assert path.read_bytes().endswith(b"}\n")


def test_a_kernel_takes_no_ports(path):
    """Kernels that start at the same time would now and then want the same one."""
    asked = "from ipykernel.connect import get_connection_info as asked\nasked(unpack=True)"
    notebooks.normalise(kept(path, f"{asked}['transport']"))
    assert notebooks.read(path).cells[1].outputs[0].data == {"text/plain": "'ipc'"}


def test_normal_form_is_reached_once(path):
    notebooks.normalise(kept(path, "print(1 + 1)"))
    before = path.read_bytes()
    assert not notebooks.normalise(path)
    assert path.read_bytes() == before


def test_what_is_written_in_pieces_is_stored_in_one(path):
    body = "    print(at, flush=True)\n    time.sleep(0.3)"
    pieces = f"import time\nfor at in range(3):\n{body}"
    notebooks.normalise(kept(path, pieces))
    assert [output.text for output in notebooks.read(path).cells[1].outputs] == ["0\n1\n2\n"]


def test_a_readable_name_is_kept(path):
    page = notebook("1")
    page.cells[1].id = "the-first-sum"
    nbformat.write(page, path)
    notebooks.normalise(path)
    assert notebooks.read(path).cells[1].id == "the-first-sum"


def test_a_chart_is_not_stored_and_not_compared(path):
    kept(
        path, "from IPython.display import SVG\nSVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')"
    )
    notebooks.normalise(path)
    cell = notebooks.read(path).cells[1]
    assert cell.outputs == []
    assert cell.metadata.tags == ["nbval-ignore-output"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import warnings\nwarnings.warn('beware')", "writes to stderr"),
        ("object()", "shows an address"),
        ("1 + 1;", "ends with a semicolon"),
        ("1 / 0", "ZeroDivisionError"),
    ],
)
def test_what_cannot_be_compared_is_refused_and_the_file_left(path, source, message):
    kept(path, source)
    before = path.read_bytes()
    with pytest.raises(notebooks.NotebookFault, match=message):
        notebooks.normalise(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "chapter.ipynb is damaged"),
        ('{"cells": [', "chapter.ipynb is damaged"),
        ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "chapter.ipynb is damaged"),
        ("[]", "chapter.ipynb is damaged"),
    ],
)
def test_a_damaged_notebook_is_named(path, text, message):
    path.write_text(text)
    with pytest.raises(notebooks.NotebookFault, match=message) as refusal:
        notebooks.read(path)
    assert "\n" not in str(refusal.value)


def test_a_missing_notebook_is_named(path):
    with pytest.raises(notebooks.NotebookFault, match=r"chapter\.ipynb: there is no such notebook"):
        notebooks.read(path)


def test_each_fault_is_told(path):
    notebooks.normalise(kept(path, "1", "2"))
    page = notebooks.read(path)
    page.metadata["kernelspec"]["name"] = "mine"
    page.cells[0].id, page.cells[2].id = "X1", page.cells[1].id
    page.cells[1].execution_count = 7
    page.cells[2].outputs = [new_output("display_data", {"image/png": "aGVsbG8="})]
    told = " ".join(notebooks.faults(page))
    for words in ("metadata", "no readable name", "two cells", "count 7", "stores a picture"):
        assert words in told
