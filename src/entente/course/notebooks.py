"""The one form in which notebooks are kept, so that their differences can be read.

In normal form a notebook has readable names for its cells, no trace of the machine, counts
1, 2, 3 … and stored text outputs, which the tests compare with what the code gives today. A cell
that shows a chart stores nothing and bears the tag ``nbval-ignore-output``.
"""

import re
import tempfile
import warnings
from pathlib import Path

import nbformat
from myst_nb.core.read import myst_nb_reader_plugin
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

from entente.course.files import write

UNCOMPARED = "nbval-ignore-output"
TEXTS = {"text/plain", "text/html", "text/markdown", "text/latex"}
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
NAME = re.compile(r"[a-z][a-z0-9-]{1,63}")


class NotebookFault(Exception):
    """A notebook cannot be brought to normal form; the message names it, the cell and why."""


def read(path: Path) -> NotebookNode:
    """Read a notebook.

    Raises
    ------
    NotebookFault
        If the file is not there, or is no valid notebook.
    """
    try:
        with warnings.catch_warnings(action="ignore"):
            notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except FileNotFoundError:
        raise NotebookFault(f"{path}: there is no such notebook") from None
    except Exception as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else repr(error)
        raise NotebookFault(f"{path} is damaged: {reason}") from None
    return notebook


def read_page(path: Path) -> NotebookNode:
    """Read a page of the book as a notebook: a chapter, or a text that holds cells.

    Raises
    ------
    NotebookFault
        As `read` does.
    """
    return read(path) if path.suffix == ".ipynb" else myst_nb_reader_plugin(str(path))


def normalise(path: Path) -> bool:
    """Execute a notebook and keep it in normal form; tell whether that changed the file.

    Raises
    ------
    NotebookFault
        If the notebook is damaged, a cell fails, or what it gives cannot be compared; the file
        is then left as it was.
    """
    notebook = read(path)
    notebook.metadata = nbformat.from_dict(METADATA)
    try:
        with tempfile.TemporaryDirectory() as aside:
            NotebookClient(
                notebook,
                config=kernel_settings(aside),
                timeout=600,
                resources={"metadata": {"path": str(path.parent)}},
                record_timing=False,
                store_widget_state=False,
                coalesce_streams=True,  # in how many pieces a stream comes depends on the clock
            ).execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise NotebookFault(failure(path, error)) from None
    _tidy(notebook)
    if found := faults(notebook):
        raise NotebookFault("\n".join(f"{path}: {fault}" for fault in found))
    text = nbformat.writes(notebook, version=nbformat.NO_CONVERT)
    text = text.rstrip("\n") + "\n"
    if changed := text != path.read_text(encoding="utf-8"):
        write(path, text)
    return changed


def kernel_settings(folder: str) -> Config:
    """Let a kernel talk through files in a folder of its own.

    By default it gets five ports, which are chosen some time before it takes them; when many
    kernels start, one may find that another has taken its port, and die.
    """
    return Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})


def failure(path: Path, error: Exception) -> str:
    """Tell in which notebook and cell an execution failed, and how; without colours."""
    return f"{path} does not run. " + re.sub(r"\x1b\[[\d;]*m", "", str(error)).strip()


def faults(notebook: NotebookNode) -> list[str]:
    """Return what keeps a notebook from being in normal form, a sentence for each fault."""
    found = []
    if (notebook.nbformat, notebook.nbformat_minor) != (4, 5):
        version = f"{notebook.nbformat}.{notebook.nbformat_minor}"
        found.append(f"its format is {version}, not 4.5")
    if notebook.metadata != METADATA:
        found.append("its metadata are not those of the course")
    names = [cell.get("id", "") for cell in notebook.cells]
    found += [f"cell {name!r} has no readable name" for name in names if not NAME.fullmatch(name)]
    found += [
        f"two cells are named {name!r}" for name in sorted(set(names)) if names.count(name) > 1
    ]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for count, cell in enumerate(code, start=1):
        found += [f"cell {cell.id!r} {fault}" for fault in _faults(cell, count)]
    return found


def _faults(cell: NotebookNode, count: int) -> list[str]:
    found = []
    if cell.execution_count != count:
        found.append(f"has the count {cell.execution_count}, not {count}")
    if set(cell.metadata) - {"tags", "nbgrader"}:
        found.append(f"has metadata of a machine: {', '.join(sorted(cell.metadata))}")
    if cell.source.rstrip().endswith(";"):
        found.append("ends with a semicolon: write `_ = …` instead")
    if UNCOMPARED in cell.metadata.get("tags", []) and cell.outputs:
        found.append(f"stores outputs although it is tagged {UNCOMPARED}")
    for output in cell.outputs:
        text = output.get("text", "") + str(output.get("data", {}).get("text/plain", ""))
        if output.output_type == "stream" and output.name == "stderr":
            found.append(f"writes to stderr: {output.text.strip().splitlines()[-1]}")
        elif set(output.get("data", {})) - TEXTS:
            found.append(f"stores a picture or a widget: tag it {UNCOMPARED}")
        elif re.search(r"\bat 0x[0-9a-f]+", text):
            found.append(f"shows an address, which changes from run to run: {text.strip()}")
    return found


def _tidy(notebook: NotebookNode) -> None:
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = nbformat.from_dict(METADATA)  # the kernel has added to them
    _name_cells(notebook.cells)
    for cell in notebook.cells:
        kept = ("tags", "nbgrader")
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k in kept})
        if cell.cell_type == "code":
            _tidy_outputs(cell)


def _tidy_outputs(cell: NotebookNode) -> None:
    shows_more_than_text = any(set(output.get("data", {})) - TEXTS for output in cell.outputs)
    tags = cell.metadata.get("tags", [])
    if shows_more_than_text and UNCOMPARED not in tags:
        cell.metadata["tags"] = [*tags, UNCOMPARED]
    if UNCOMPARED in cell.metadata.get("tags", []):
        cell.outputs = []
    for output in cell.outputs:
        output.get("metadata", {}).clear()
        if output.output_type == "execute_result":
            output.execution_count = cell.execution_count


def _name_cells(cells: list[NotebookNode]) -> None:
    """Name each cell that has no readable name of its own after the heading it stands under."""
    taken = {cell.id for cell in cells if NAME.fullmatch(cell.get("id", ""))}
    # Names made by a machine are hexadecimal; nobody reads them.
    taken = {name for name in taken if not re.fullmatch(r"[0-9a-f-]{8,}", name)}
    heading = "opening"
    for cell in cells:
        if cell.cell_type == "markdown" and (found := re.search(r"^#+ (.+)$", cell.source, re.M)):
            words = re.findall(r"[a-z0-9]+", found[1].lower())
            heading = "-".join(words)[:40].strip("-") or heading
            heading = heading if heading[0].isalpha() else f"section-{heading}"
        if cell.get("id") not in taken:
            stem = f"{heading}-{'code' if cell.cell_type == 'code' else 'text'}"
            number = next(n for n in range(1, len(cells) + 2) if f"{stem}-{n}" not in taken)
            cell.id = f"{stem}-{number}"
            taken.add(cell.id)
