"""Mathematics as MathML, made when the book is built: no script, and a screen reader reads it.

Pandoc translates the formulas of a page in one call. Browsers draw MathML themselves, well if
they have a font made for mathematics; the book carries a part of STIX Two Math.
"""

import io
import json
import re
from importlib.metadata import distribution
from pathlib import Path

import pypandoc
from docutils import nodes
from fontTools import subset
from fontTools.ttLib import TTFont
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

from entente.course.files import write

FONT = "_static/stix-two-math.woff2"
LOG = logging.getLogger(__name__)

Formula = tuple[str, bool]
"""A formula in TeX, and whether it stands on a line of its own."""

_mathml: dict[Formula, str] = {}


def _span(first: str, last: str) -> str:
    return "".join(map(chr, range(ord(first), ord(last) + 1)))


# One-letter variables are set in the italic letters that Unicode keeps for mathematics.
ITALICS = _span("𝐴", "𝑔") + "ℎ" + _span("𝑖", "𝑧") + _span("𝛢", "𝜛")
CHARACTERS = frozenset(
    _span(" ", "~")
    + "\xa0¬±·×÷′″…–—\u2061\u2062"
    + _span("Α", "Ρ")
    + _span("Σ", "Ω")
    + _span("α", "ω")
    + "ϑϕϵ𝔼ℕℝℙℤ𝟙ℓ"
    + "←→↔⇒⇔↦∀∃∅∈∉∋∏∑−∓∕∗∘√∝∞∣∥∧∨∩∪∫≈≠≡≤≥≪≫≺≻⊂⊆⊕⊗⊤⊥⋅⋯⋮⋱⌈⌉⌊⌋⟨⟩∂∇∼≃∖ˆ˜¯‾˙¨⏞⏟⃗◦"
    + "\u0302\u0303\u0304\u0307\u0308\u20d7"  # accents: hat, tilde, bar, dot, two dots, arrow
    + "\u2001\u2002\u2003\u2004\u2005\u2009\u200a"
    + ITALICS
)


def translate(formulas: list[Formula]) -> list[str]:
    r"""Translate formulas from TeX to MathML.

    Raises
    ------
    ValueError
        If Pandoc does not understand a formula, or one uses a character that the book's font
        for mathematics lacks.

    Examples
    --------
    >>> translate([(r"\delta", False)])[0].startswith('<math display="inline"')
    True
    >>> translate([(r"\frac{1", False)])
    Traceback (most recent call last):
      ...
    ValueError: not a formula that Pandoc can translate: \frac{1
    """
    new = [formula for formula in dict.fromkeys(formulas) if formula not in _mathml]
    if new:
        kinds = {True: "DisplayMath", False: "InlineMath"}
        blocks = [
            {"t": "Plain", "c": [{"t": "Math", "c": [{"t": kinds[display]}, tex]}]}
            for tex, display in new
        ]
        document = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks}
        page = pypandoc.convert_text(
            json.dumps(document), "html", "json", extra_args=["--mathml", "--wrap=none"]
        )
        found = re.findall(r"<math.*?</math>|<span class=\"math.*?</span>", page, re.DOTALL)
        for formula, markup in zip(new, found, strict=True):
            _mathml[formula] = _checked(markup, formula[0])
    return [_mathml[formula] for formula in formulas]


def _checked(markup: str, tex: str) -> str:
    if not markup.startswith("<math"):
        raise ValueError(f"not a formula that Pandoc can translate: {tex}")
    shown = re.sub(r"<annotation.*?</annotation>|<[^>]*>|&[#\w]+;", "", markup, flags=re.DOTALL)
    if missing := sorted(set(shown) - CHARACTERS - {"\n"}):
        raise ValueError(
            f"the font for mathematics lacks {' '.join(missing)}, used in {tex}: "
            "add it to CHARACTERS in entente.course.mathml"
        )
    return markup


def translate_page(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Translate all formulas of a page in one go, and warn of those that fail."""
    found = list(doctree.findall(lambda node: isinstance(node, nodes.math | nodes.math_block)))
    try:
        translate([(node.astext(), isinstance(node, nodes.math_block)) for node in found])
    except ValueError as error:
        LOG.warning(str(error), location=docname)


def _written(tex: str, display: bool) -> str:
    try:
        return translate([(tex, display)])[0]  # a title's formula also stands on other pages
    except ValueError:
        return ""  # its own page has been warned of it


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line."""
    self.body.append(_written(node.astext(), False))
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on a line of its own, with its number if it has one."""
    self.body.append(self.starttag(node, "div", CLASS="math"))
    if node.get("number"):
        number = get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({number})</span>')
    self.body.append(_written(node.astext(), True) + "</div>\n")
    raise nodes.SkipNode


def font() -> bytes:
    """Return the part of STIX Two Math that the book uses, as WOFF2."""
    # The package ziamath carries it; its code is not needed.
    whole = TTFont(distribution("ziamath").locate_file("ziamath/fonts/STIXTwoMath-Regular.ttf"))
    options = subset.Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 13, 14])
    part = subset.Subsetter(options)
    part.populate(text="".join(sorted(CHARACTERS)))
    part.subset(whole)
    whole.flavor = "woff2"
    file = io.BytesIO()
    whole.save(file)
    return file.getvalue()


def write_font(app: Sphinx, failure: Exception | None) -> None:
    """Put the font into the book."""
    if failure is None and app.builder.format == "html":
        write(Path(app.outdir, FONT), font())


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_html_math_renderer("pandoc", (visit_math, None), (visit_math_block, None))
    app.connect("doctree-resolved", translate_page)
    app.connect("build-finished", write_font)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
