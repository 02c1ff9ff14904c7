"""The look of the book: the theme of sphinx-book-theme without what it loads in vain.

The theme brings a script of 1.5 MB and three fonts for its icons; the book uses about twenty.
Their outlines are read from that script when the book is built and become masks in one style
sheet, which take the colour of the text around them. Beside the icons, that sheet has the
colours for readers without scripts, for whom the theme forgets to choose between light and dark.
"""

import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pydata_sphinx_theme
from sphinx.application import Sphinx

from entente.course.files import write

HERE = Path(__file__).parent
STYLES = "_static/made.css"
STATIC = Path(pydata_sphinx_theme.__file__).parent / "theme/pydata_sphinx_theme/static"
VENDOR = "vendor/fontawesome"

ICONS = (
    "angle-left",
    "angle-right",
    "arrow-up",
    "bars",
    "chevron-down",
    "circle-half-stroke",
    "circle-info",
    "code",
    "download",
    "expand",
    "file",
    "file-pdf",
    "lightbulb",
    "list",
    "magnifying-glass",
    "moon",
    "pencil",
    "sun",
    "triangle-exclamation",
    "xmark",
)


def outlines() -> dict[str, str]:
    """Return each icon as a small SVG, read from the theme's own copy of Font Awesome.

    Raises
    ------
    LookupError
        If the theme's script has no icon of that name.
    """
    (script,) = STATIC.glob(f"{VENDOR}/*/js/all.min.js")
    drawn = {
        # The solid form of an icon comes after the outlined one, and replaces it.
        name: f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}"><path d="{d}"/></svg>'
        for name, w, h, d in re.findall(
            r'[{,]"?([a-z-]+)"?:\[(\d+),(\d+),\[[^\]]*\],"[0-9a-f]+","([^"]+)"\]',
            script.read_text(encoding="utf-8"),
        )
    }
    if missing := [name for name in ICONS if name not in drawn]:
        raise LookupError(f"{script.name} of the theme has no icon {', '.join(missing)}")
    return {name: drawn[name] for name in ICONS}


def colours(name: str) -> str:
    """Return the declarations by which the theme makes a page ``light`` or ``dark``."""
    sheet = (STATIC / "styles/pydata-sphinx-theme.css").read_text(encoding="utf-8")
    return ";".join(re.findall(rf"html\[data-theme={name}\]\{{([^}}]*--pst-color[^}}]*)\}}", sheet))


def styles() -> str:
    """Return the style sheet made here: a mask for each icon, and colours without scripts."""
    drawn = outlines()
    outline = "".join(
        f'  --icon-{name}: url("data:image/svg+xml,{quote(svg)}");\n' for name, svg in drawn.items()
    )
    masks = "".join(f".fa-{name} {{ --icon: var(--icon-{name}); }}\n" for name in drawn)
    note = "/* Icons of Font Awesome Free (fontawesome.com), CC BY 4.0. */"
    without_scripts = f"@media (scripting: none) {{ html {{ {colours('light')} }} }}\n"
    return f"{note}\n:root {{\n{outline}}}\n{masks}{without_scripts}"


def add_paths(app: Sphinx, config: object) -> None:
    """Let Sphinx find the templates and static files that lie beside this module."""
    app.config.templates_path.append(str(HERE / "templates"))
    app.config.html_static_path.append(str(HERE / "static"))


# What docutils and pandas write that hinders some readers, and what stands in its place.
MENDED = (
    # A role withdrawn from ARIA, in a list without items.
    ('role="doc-biblioentry"', 'role="listitem"'),
    # The corner of a table heads nothing.
    ("<th></th>", "<td></td>"),
    # What scrolls on a phone must do so by keyboard, too.
    ('<div class="math"', '<div class="math" tabindex="0"'),
    ('<div class="pst-scrollable-table', '<div tabindex="0" class="pst-scrollable-table'),
)


# A link of the scorecard, which in JupyterLab leads to the chapter's notebook.
TO_CHAPTER = re.compile(r'(<th role="rowheader"[^>]*><a href="\w+)\.ipynb#Verdicts"')


def mend(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Mend in a page's text what would hinder a reader, and what leads to a notebook."""
    for found, better in MENDED:
        context["body"] = context.get("body", "").replace(found, better)
    if '<table class="scorecard"' in context["body"]:
        context["body"] = TO_CHAPTER.sub(r'\1.html#verdicts"', context["body"])
        app.add_js_file("scorecard.js", defer="defer")  # to this page only
    navigation = context.get("generate_toctree_html")
    if navigation:
        # What opens the pages below another in the sidebar has a picture and no name.
        context["generate_toctree_html"] = lambda *args, **options: str(
            navigation(*args, **options)
        ).replace("<summary>", '<summary aria-label="Pages of this section">')


def finish(app: Sphinx, failure: Exception | None) -> None:
    """Write the style sheet, take out what its icons replace, and add the students' exercises."""
    if failure is None and app.builder.format == "html":
        write(Path(app.outdir, STYLES), styles())
        shutil.rmtree(Path(app.outdir, "_static", VENDOR), ignore_errors=True)
        for exercise in Path(app.srcdir).glob("exercises/release/*/*.ipynb"):
            write(Path(app.outdir, exercise.relative_to(app.srcdir)), exercise.read_bytes())


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("config-inited", add_paths)
    app.connect("html-page-context", mend, priority=900)  # after the theme's own
    app.connect("build-finished", finish)
    app.add_css_file("entente.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
