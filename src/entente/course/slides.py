"""The slides of a chapter, made from its page: what a teacher shows while speaking.

A section becomes a slide with its heading, its first sentence, its lists, formulas and tables;
each of its charts, scenarios and questions a slide of its own, as alive as on the page. A claim is
shown before its verdict. What the section says in words stands in the speaker's notes (key S).
nbconvert puts the slides together and Reveal.js shows them, from the copy that sphinx-revealjs
installs.
"""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import sphinx_revealjs
from bs4 import BeautifulSoup, NavigableString, Tag
from nbconvert import SlidesExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook, new_raw_cell
from sphinx.application import Sphinx

from entente.course import theme
from entente.course.files import write

TEMPLATES = Path(__file__).parent / "templates"
REVEAL = Path(sphinx_revealjs.__file__).parent / "_static/revealjs"
SCRIPTS = ("dist/reveal.css", "dist/reveal.js", "plugin/notes/notes.js")
LEFT_OUT = {"key-terms", "further-reading", "exercise", "sources"}
END = re.compile(r"[.?!](?=\s|$)")
SHORT = 60  # a sentence of fewer characters says too little for a slide


def deck(page: str, stem: str) -> NotebookNode:
    """Return the slides of a chapter as a notebook, whose cells are HTML.

    Parameters
    ----------
    page
        The chapter's page as it was built.
    stem
        The chapter's stem, such as ``01_foundations``.

    Raises
    ------
    ValueError
        If the page holds no chapter.
    """
    chapter = BeautifulSoup(page, "html.parser").select_one("article.bd-article section")
    if chapter is None or chapter.h1 is None:
        raise ValueError(f"The page of {stem} holds no chapter: it has no section with a title.")
    for link in chapter.select("a.headerlink"):
        link.decompose()
    for citation in chapter.select("span.bibtex-citation[id]"):
        del citation["id"]  # a sentence may stand on the slide and in the notes
    for link in chapter.select("a[href]"):
        link["href"] = _from_the_slides(link["href"], stem)
    title = chapter.h1.get_text()
    return new_notebook(cells=list(_slides(chapter)), metadata={"title": title})


def _from_the_slides(address: str, stem: str) -> str:
    """Return where a link of the chapter leads from the folder of the slides."""
    if address.startswith("#"):
        return f"../chapters/{stem}.html{address}"
    return address if re.match(r"\w+:|\.\./", address) else f"../chapters/{address}"


def _slides(section: Tag) -> Iterator[NotebookNode]:
    """Yield the slides of a section, and those of the sections within."""
    heading, *parts = section.find_all(recursive=False)
    opening = heading.name == "h1"
    if section.get("id") != "check-yourself":  # a question is its own heading
        yield _cell("subslide" if heading.name == "h3" else "slide", _titled(heading, opening))
    first = True
    for part in parts:
        kinds = part.get("class", [])
        if part.name == "section":
            if part.get("id") not in LEFT_OUT:
                yield from _slides(part)
        elif "cell" in kinds:
            yield from _of_cell(part)
        elif "admonition" in kinds:
            title = part.select_one(".admonition-title").extract()
            yield _cell("subslide", _titled(title), part.decode_contents())
        elif "math" in kinds or part.name in ("ul", "ol") or part.find("table"):
            yield _cell("-", part)
        elif part.name == "p" and opening and "you will be able to" in part.get_text():
            yield _cell("subslide", _titled(part))
        elif part.name == "p":
            if first or part.contents[0].name == "strong":
                yield _cell("-", part if opening else f"<p>{_opening(part)}</p>")
            first = False
            yield _cell("notes", part)


def _of_cell(cell: Tag) -> Iterator[NotebookNode]:
    """Yield a slide for each chart, scenario, question and verdict that a cell shows."""
    for shown in cell.select(".entente-figure, .entente-question"):
        yield _cell("subslide", shown)
    for entry in cell.select(".ledger"):
        claim, *verdict = entry.find_all("p", recursive=False)
        yield _cell("subslide", _titled(claim))
        yield _cell("fragment", *verdict)
        yield _cell("notes", *entry.find_all("details", recursive=False))


def _titled(words: Tag, opening: bool = False) -> str:
    level = "h1" if opening else "h2"
    return f"<{level}>{words.decode_contents()}</{level}>"


def _opening(paragraph: Tag) -> str:
    """Return how a paragraph opens: one sentence, or two if the first is a mere announcement."""
    kept, length = [], 0
    for part in paragraph.contents:
        words = part.get_text()
        if isinstance(part, NavigableString):
            for end in END.finditer(words):
                if length + end.end() >= SHORT:
                    return "".join([*map(str, kept), html.escape(words[: end.end()], quote=False)])
        kept.append(part)
        length += len(words)
    return "".join(map(str, kept))


def _cell(kind: str, *parts: Tag | str) -> NotebookNode:
    """Return a cell that begins a slide, goes on with it, or is told beside it."""
    metadata = {"slideshow": {"slide_type": kind}}
    return new_raw_cell("\n".join(map(str, parts)), metadata=metadata)


def colours() -> str:
    """Return the theme's colours in light and in dark, as the reader's system has it."""
    light, dark = theme.colours("light"), theme.colours("dark")
    return f"html {{ {light} }}\n@media (prefers-color-scheme: dark) {{ html {{ {dark} }} }}\n"


def write_slides(app: Sphinx, failure: Exception | None) -> None:
    """Write the slides of every chapter whose page, or what makes them, is newer."""
    if failure is not None or app.builder.format != "html":
        return
    book = Path(app.outdir)
    for name in SCRIPTS:
        write(book / "_static/reveal" / Path(name).name, (REVEAL / name).read_bytes())
    write(book / "_static/slides-colours.css", colours())
    exporter = SlidesExporter(template_name="slides", extra_template_basedirs=[str(TEMPLATES)])
    makers = [Path(__file__), *TEMPLATES.glob("slides/*")]
    for page in sorted(book.glob("chapters/[0-9]*.html")):
        path = book / "slides" / page.name
        changed = max(source.stat().st_mtime for source in (page, *makers))
        if not path.exists() or path.stat().st_mtime < changed:
            text, _ = exporter.from_notebook_node(deck(page.read_text(encoding="utf-8"), page.stem))
            write(path, text)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("build-finished", write_slides)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
