"""Charts on the published page: drawn by Vega from the book itself, as they come into view.

`VegaLiteRenderer` turns a chart's output into a figure of HTML: title, drawing, source, the
data as a table, and a picture for readers without scripts and for paper. A scenario has its
controls, too. Vega-Lite is compiled to Vega here, so that a
wrong chart stops the build and not the reader. Registered as a MIME renderer of myst-nb in
pyproject.toml; `setup` makes Vega's script part of the book.
"""

import html
import json
import re
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

import vl_convert
from docutils import nodes
from sphinx.application import Sphinx

from entente import charts
from entente.course import scenarios
from entente.course.files import write

MIME_TYPE = "application/vnd.vegalite.v5+json"
VEGALITE = "5.20"
BUNDLE = "_static/vega.js"

FIGURE = """\
<figure class="entente-figure" id="{name}">
<figcaption>{title}</figcaption>
{before}\
<div class="entente-chart" role="img" aria-label="{alt}">
<noscript><div aria-hidden="true">{picture}</div></noscript>
</div>
<script type="application/json">{data}</script>
{after}\
<details class="entente-data"><summary>Show the data as a table</summary></details>
<p class="entente-source">Source: {source}</p>
</figure>
"""


class VegaLiteRenderer:
    """Renders Vega-Lite as a figure; takes precedence over plain text and pictures."""

    mime_priority_overrides = (("*", MIME_TYPE, 5),)

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Return the figure's node, or None for any other type of output."""
        if data.mime_type != MIME_TYPE or inline:
            return None
        try:
            figure = figure_html(data.content)
        except ValueError as error:
            # A warning stops the book's build, and names the page and the line.
            renderer.logger.warning(str(error), line=data.line, subtype="chart")
            return []
        renderer.add_js_file("entente-charts", "charts.js", {"defer": "defer"})
        if "entente-controls" in figure:
            renderer.add_js_file("entente-scenarios", "scenarios.js", {"defer": "defer"})
        return [nodes.raw(text=figure, format="html")]


def figure_html(spec: dict[str, Any]) -> str:
    """Return a chart as a figure whose words are text of the page and wrap with it."""
    charts.check(spec)
    words = spec["usermeta"]["entente"]
    drawing = {key: part for key, part in spec.items() if key not in ("title", "usermeta")}
    drawing = deepcopy(drawing)
    for param in drawing.get("params", []):
        param.pop("bind", None)  # the page has controls of its own
    vega = vl_convert.vegalite_to_vega(_as_wide_as_its_column(drawing), vl_version=VEGALITE)
    # It names Vega 5, of which the bundle's Vega 6 would warn although it draws it as well.
    del vega["$schema"]
    scenario = words.get("scenario")
    content = {"vega": vega, "tables": tables(spec), "scenario": scenario}
    data = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    name = "chart-" + sha256(data.encode()).hexdigest()[:10]
    before, after = scenarios.around(scenario, name) if scenario else ("", "")
    return FIGURE.format(
        name=name,
        before=before,
        after=after,
        title=html.escape(words["title"]),
        alt=html.escape(spec["description"]),
        source=html.escape(words["source"]),
        picture=picture(drawing, name),
        data=data.replace("<", r"\u003c"),  # no tag within the data may end the script, or the page
    )


def tables(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """List the data that the chart shows: for each set its name and the columns with titles."""
    found: dict[str, dict[str, tuple[bool, str]]] = {}
    _columns(spec, "", found)
    changing = spec["usermeta"]["entente"].get("scenario", {}).get("columns", {})
    shown = []
    for name, titles in found.items():
        first = next(iter(spec.get("datasets", {}).get(name, [])), {})
        known = {*first, *(changing if "entente_row" in first else ())}
        # What a row is about stands before what was measured of it.
        ordered = sorted(titles.items(), key=lambda column: column[1][0])
        columns = [[field, title] for field, (_, title) in ordered if field in known]
        if columns:
            shown.append({"name": name, "columns": columns})
    return shown


def _columns(
    view: dict[str, Any], name: str, found: dict[str, dict[str, tuple[bool, str]]]
) -> None:
    name = view.get("data", {}).get("name", name)
    for channel in view.get("encoding", {}).values():
        for definition in channel if isinstance(channel, list) else [channel]:
            field = definition.get("field")
            if isinstance(field, str) and not definition.get("aggregate"):
                guide = definition.get("axis") or definition.get("legend") or {}
                title = definition.get("title") or guide.get("title")
                title = " ".join(title) if isinstance(title, list) else title
                titles = found.setdefault(name, {})
                # The fullest title is an axis's, which has the unit.
                measured = definition.get("type") == "quantitative"
                was, known = titles.get(field, (measured, ""))
                titles[field] = (measured or was, max(known, title or "", key=len))
    for key in ("layer", "hconcat", "vconcat", "concat"):
        for part in view.get(key, []):
            _columns(part, name, found)
    if isinstance(view.get("spec"), dict):
        _columns(view["spec"], name, found)


def _as_wide_as_its_column(spec: dict[str, Any]) -> dict[str, Any]:
    """Make a chart of one view responsive, unless its author chose a width."""
    if "width" in spec or not {"mark", "layer"} & set(spec):
        return spec
    return spec | {"width": "container", "autosize": {"type": "fit-x", "contains": "padding"}}


def picture(spec: dict[str, Any], name: str) -> str:
    """Return the chart drawn now, as SVG, for paper and for readers without scripts."""
    # With room around it, as the reader's font may be wider than the one that is measured here.
    svg = vl_convert.vegalite_to_svg(spec | {"padding": 16}, vl_version=VEGALITE)
    # Several pictures share a page, so each needs its own names for its clipping paths.
    return re.sub(r'(id="|url\(#)', rf"\1{name}-", svg)


def write_bundle(app: Sphinx, failure: Exception | None) -> None:
    """Put Vega and Vega-Embed into the book, as one classic script.

    Wrapped in a function, since its names are not to become the page's; not a module, since
    browsers refuse those over ``file://``.
    """
    if failure is None and app.builder.format == "html":
        script = vl_convert.javascript_bundle(vl_version=VEGALITE)
        write(Path(app.outdir, BUNDLE), f"(function () {{\n{script}\n}})();\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("build-finished", write_bundle)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
