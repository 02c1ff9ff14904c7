"""A chart becomes a figure of HTML, with its words and a picture."""

import json
import re

import altair as alt
import pandas as pd
import pytest

from entente import charts
from entente.course import vegalite


def spec(**words):
    table = pd.DataFrame({"year": [2014, 2024], "share": [1.0, 2.0]})
    line = alt.Chart(table).mark_line().encode(
        x=alt.X("year:O", title="Year"), y=alt.Y("share:Q", title="Spending (% of GDP)")
    )  # fmt: skip
    words = {"title": "Spending rose", "alt": "It rises.", "source": "NATO (2026)"} | words
    return charts.figure(line, **words).to_dict()


def test_the_words_stand_in_the_page_and_not_in_the_drawing():
    page = vegalite.figure_html(spec())
    assert "<figcaption>Spending rose</figcaption>" in page
    assert 'role="img" aria-label="It rises."' in page
    assert "Source: NATO (2026)" in page
    drawing = json.loads(re.search(r"<script.*?>(.*)</script>", page)[1])["vega"]
    assert "title" not in drawing
    assert drawing["description"] == "It rises."


def test_words_are_escaped_and_cannot_end_the_script():
    page = vegalite.figure_html(spec(title="</script><b>5 < 6</b>", alt='A "line" & </script>'))
    assert page.count("</script>") == 1
    assert "<b>" not in page
    assert "&lt;/script&gt;&lt;b&gt;5 &lt; 6" in page
    assert json.loads(re.search(r"<script.*?>(.*)</script>", page)[1])["vega"][
        "description"
    ].endswith("</script>")


def test_the_picture_is_drawn_and_its_names_are_its_own():
    pages = [vegalite.figure_html(spec(alt=words)) for words in ("It rises.", "It goes up.")]
    within = r"<noscript><div.*?>(.*)</div></noscript>"
    pictures = [re.search(within, page, re.DOTALL)[1] for page in pages]
    names = [set(re.findall(r'\bid="([^"]+)"', picture)) for picture in pictures]
    assert all(picture.startswith("<svg") and "2024" in picture for picture in pictures)
    assert not names[0] & names[1]
    for picture, known in zip(pictures, names, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", picture)) <= known


def drawing(spec):
    page = vegalite.figure_html(spec)
    return json.loads(re.search(r"<script.*?>(.*)</script>", page)[1])["vega"]


def test_a_chart_takes_the_width_of_its_column():
    widths = [signal for signal in drawing(spec())["signals"] if signal["name"] == "width"]
    assert "containerSize" in json.dumps(widths)


def test_a_width_that_the_author_chose_stays():
    assert drawing(spec() | {"width": 200})["width"] == 200


def test_a_chart_of_several_views_keeps_its_widths():
    view = {key: spec()[key] for key in ("mark", "encoding")}
    several = {key: part for key, part in spec().items() if key not in view} | {
        "hconcat": [view, view]
    }
    assert "containerSize" not in json.dumps(drawing(several))


def test_a_chart_without_its_words_is_refused():
    bare = spec()
    del bare["description"]
    with pytest.raises(ValueError, match="alternative text"):
        vegalite.figure_html(bare)


def test_the_same_chart_gives_the_same_page():
    assert vegalite.figure_html(spec()) == vegalite.figure_html(spec())
