"""The page on limits says of a chapter only what the chapter says."""

import re
from pathlib import Path

import pytest

from entente.course.notebooks import read, read_page

ROOT = Path(__file__).parents[1]
PROSE = "\n\n".join(
    cell.source
    for cell in read_page(ROOT / "limits-and-ethics.md").cells
    if cell.cell_type == "markdown"
)
LINK = re.compile(r"\]\(chapters/(\w+)\)")
WITH_EXAMPLE = [part for part in re.split(r"\n\n|\n- ", PROSE) if LINK.search(part)]


def numbers(text):
    """The numbers of a text, without those in names of chapters and of works."""
    return re.findall(r"\d+(?:[.,]\d+)*", re.sub(r"\]\(.*?\)|\{cite:\w+\}`.*?`", "", text))


def test_each_kind_of_limit_has_an_example():
    assert len(WITH_EXAMPLE) > 10
    assert len(set(LINK.findall(PROSE))) >= 8


@pytest.mark.parametrize("part", WITH_EXAMPLE, ids=lambda part: part.split()[0].strip("*"))
def test_each_number_of_an_example_stands_in_the_chapter(part):
    chapters = [read(ROOT / f"chapters/{stem}.ipynb") for stem in LINK.findall(part)]
    known = {
        number
        for chapter in chapters
        for cell in chapter.cells
        if cell.cell_type == "markdown"
        for number in numbers(cell.source)
    }
    assert [number for number in numbers(part) if number not in known] == []
