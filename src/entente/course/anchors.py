"""Lets a page link to a single cell of a chapter: to a scenario, a chart or a question.

``[the two hunters](../chapters/01_foundations.ipynb#scenario-trust)`` leads to the cell of that
name, and a link to a cell that is not there fails the build as one to a missing heading does.
"""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from entente.course import notebooks


def name_cells(app: Sphinx, page: nodes.document) -> None:
    """Give what a code cell shows the cell's name, and tell MyST of it."""
    path = Path(app.env.doc2path(app.env.docname))
    if path.suffix != ".ipynb":
        return
    names = [cell.id for cell in notebooks.read(path).cells]
    known = app.env.metadata[app.env.docname].setdefault("myst_slugs", {})
    for cell in page.findall(nodes.container):
        if cell.get("nb_element") == "cell_code":
            name = names[cell["cell_index"]]
            if name not in page.ids:  # a section of that name has it
                cell["ids"].append(name)
                known[name] = (cell.line, name, name)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("doctree-read", name_cells)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
