"""Formulas become MathML, or are named."""

import io

import pytest
from fontTools.ttLib import TTFont

from entente.course import mathml


def test_formulas_of_every_kind_that_the_course_uses():
    formulas = [
        (r"\delta \ge \frac{T-R}{T-P}", True),
        (r"q_i = \max\bigl(0,\; a I_i - (1-a) Q_{-i}\bigr)", False),
        (r"\hat S(t)=\prod_{t_i\le t}\left(1-\frac{d_i}{n_i}\right)", True),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", True),
        (r"\begin{cases} 1 & x>0 \\ 0 & \text{otherwise}\end{cases}", True),
        (r"\begin{pmatrix} 2 & -2 \\ 4 & 0\end{pmatrix}", True),
        (r"\mathbb{E}[h \mid \text{attacked}] = \int_0^1 h\,dh", False),
    ]
    for (tex, display), markup in zip(formulas, mathml.translate(formulas), strict=True):
        assert markup.startswith(f'<math display="{"block" if display else "inline"}"')
        assert markup.endswith("</math>")
        # What was written stays in the page, for those who copy it.
        assert "<annotation" in markup
        assert tex.split()[0][:4] in markup


def test_the_order_is_that_of_the_question():
    first, second = mathml.translate([("x", False), ("y", False)])
    again, _ = mathml.translate([("y", False), ("x", False)])
    assert "<mi>x</mi>" in first
    assert again == second


@pytest.mark.parametrize("tex", [r"\frac{1", r"\nosuchmacro{x}"])
def test_what_is_no_formula_is_named(tex):
    with pytest.raises(ValueError, match="not a formula") as refusal:
        mathml.translate([(tex, False)])
    assert tex in str(refusal.value)


def test_a_character_that_the_font_lacks_is_named():
    with pytest.raises(ValueError, match="lacks ℵ"):
        mathml.translate([(r"\aleph_0", False)])


def test_the_font_has_all_characters_and_stays_small():
    font = mathml.font()
    assert len(font) < 60_000
    parsed = TTFont(io.BytesIO(font))
    assert "MATH" in parsed
    drawn = {chr(code) for code in parsed.getBestCmap()}
    assert mathml.CHARACTERS - drawn - set("\u2001") == set()
