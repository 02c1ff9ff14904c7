"""The pages of the models: every public name is on them, told as the docstring tells it."""

import ast
import importlib
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from entente.course.reference import link_dois, skip_field
from entente.models import burden

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    path.stem for path in (ROOT / "src/entente/models").glob("*.py") if path.stem[0] != "_"
)
CATALOGUE = (ROOT / "models.md").read_text(encoding="utf-8")


def test_every_module_has_a_page_in_the_table_of_contents():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    [entry] = [entry for entry in toc["chapters"] if entry["file"] == "models"]
    assert sorted(page["file"] for page in entry["sections"]) == [
        f"models/{module}" for module in MODULES
    ]


@pytest.mark.parametrize("module", MODULES)
def test_a_page_is_made_of_its_module(module):
    page = (ROOT / f"models/{module}.md").read_text(encoding="utf-8")
    assert f".. automodule:: entente.models.{module}\n" in page
    title = re.match("# (.+)\n", page)[1]
    assert f"\n## [{title}](models/{module}.md)\n" in CATALOGUE


@pytest.mark.parametrize("module", MODULES)
def test_the_catalogue_has_each_public_name_and_the_question_of_its_module(module):
    """In the order of the source, from the simple to the composed."""
    loaded = importlib.import_module(f"entente.models.{module}")
    [block] = re.findall(
        rf"currentmodule:: entente\.models\.{module}\n(.*?)```", CATALOGUE, re.DOTALL
    )
    names = re.findall(r"^   (\w+)$", block, re.MULTILINE)
    assert sorted(names) == sorted(loaded.__all__)
    source = ast.parse(Path(loaded.__file__).read_text(encoding="utf-8"))
    order = {getattr(node, "name", None): node.lineno for node in source.body}
    defined = [order[name] for name in names if name in order]
    assert defined == sorted(defined)
    assert f"\n{loaded.__doc__.splitlines()[0]}\n" in CATALOGUE


def test_fields_of_named_tuples_are_not_told_twice():
    field = burden.ExploitationTest.spearman
    assert skip_field(None, "class", "spearman", field, False, None) is True
    assert skip_field(None, "module", "provide", burden.provide, False, None) is None


def test_a_doi_becomes_a_link_and_the_full_stop_stays_outside():
    lines = ["*Econometrica* 14(3): doi:10.1016/0047-2727(86)90024-1.", "no link", "doi:10.1/a, b"]
    link_dois(None, "function", "x", SimpleNamespace(), None, lines)
    where = "10.1016/0047-2727(86)90024-1"
    assert lines == [
        f"*Econometrica* 14(3): `doi:{where} <https://doi.org/{where}>`__.",
        "no link",
        "`doi:10.1/a <https://doi.org/10.1/a>`__, b",
    ]
