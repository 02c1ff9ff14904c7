"""What the whole project must keep to: its layers, its lock, its notebooks, its wheel."""

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from entente import data
from entente.course import notebooks

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CHAPTERS = sorted((ROOT / "chapters").glob("*.ipynb"))
TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.splitlines()


# --- who may know whom -----------------------------------------------------------------------


def imported(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def of_ours(source):
    names = (name.split(".") for name in imported(source))
    return {parts[1] for parts in names if parts[0] == "entente" and len(parts) > 1}


MAY_KNOW = {
    "models": {"models"},
    "data.py": set(),
    "ledger.py": {"data"},
    "charts.py": set(),
    "__init__.py": set(),
    "explore": {"charts", "explore"},
    "questions.py": set(),
    "concepts.py": {"questions"},
    "course": {"charts", "concepts", "course", "data", "explore", "ledger", "models", "questions"},
}


@pytest.mark.parametrize("room", MAY_KNOW)
def test_each_room_knows_only_those_it_may(room):
    place = ROOT / "src/entente" / room
    files = [place] if place.is_file() else sorted(place.glob("*.py"))
    for file in files:
        assert of_ours(file.read_text(encoding="utf-8")) <= MAY_KNOW[room], file


def test_every_room_has_its_rule():
    rooms = {path.name for path in (ROOT / "src/entente").iterdir() if path.name != "__pycache__"}
    assert rooms == set(MAY_KNOW)


def test_importing_entente_loads_nothing_heavy():
    loaded = subprocess.run(
        [sys.executable, "-c", "import entente, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "entente" in loaded
    assert not {"altair", "scipy.stats", "statsmodels", "numpy", "pandas"} & set(loaded)


# --- notebooks -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapters_are_in_normal_form(path):
    assert notebooks.faults(notebooks.read(path)) == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapters_keep_the_rules_of_the_house(path):
    for cell in notebooks.read(path).cells:
        if cell.cell_type == "code":
            assert "course" not in of_ours(cell.source), "chapters never import entente.course"
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.FunctionDef):
                    assert node.end_lineno - node.lineno < 12, f"{node.name} belongs in models"


# --- sources ---------------------------------------------------------------------------------


def test_the_sources_of_all_tables_stand_in_the_bibliography():
    bibliography = (ROOT / "references.bib").read_text(encoding="utf-8")
    for name in data.names():
        for entry in data.cite(name).split("\n\n"):
            assert entry in bibliography


def test_every_citation_is_found_and_no_key_stands_twice():
    keys = re.findall(r"^@\w+\{(.+),$", (ROOT / "references.bib").read_text("utf-8"), re.M)
    assert len(keys) == len(set(keys))
    pages = [path.read_text("utf-8") for path in ROOT.glob("*.md")]
    text = "".join(
        [*pages, *(cell.source for path in CHAPTERS for cell in notebooks.read(path).cells)]
    )
    cited = {key.strip() for found in re.findall(r"\{cite:\w+\}`([^`]+)`", text)
             for key in found.split(",")}  # fmt: skip
    assert cited
    assert cited <= set(keys)
    of_tables = set(re.findall(r"^@\w+\{(.+),$", "\n".join(map(data.cite, data.names())), re.M))
    assert set(keys) <= cited | of_tables


def test_the_glossary_is_long_enough_and_every_term_is_linked():
    text = (ROOT / "glossary.md").read_text(encoding="utf-8")
    entries = text[text.index("{glossary}") :].splitlines()[1:]
    terms = [line for line in entries if line and not line.startswith((" ", "`", ":"))]
    assert len(terms) >= 120
    pages = [*(ROOT / "chapters").glob("*.ipynb"), *ROOT.glob("*.md")]
    linked = re.findall(
        r"\{term\}`(?:[^`<]*<)?([^`>]+)>?`", "".join(page.read_text("utf-8") for page in pages)
    )
    assert set(terms) <= set(linked)


# --- the lock --------------------------------------------------------------------------------


def pins():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return [Requirement(line) for line in lines]


def test_the_lock_fits_what_is_asked_for():
    project = PYPROJECT["project"]
    asked = sum(project["optional-dependencies"].values(), project["dependencies"])
    asked += PYPROJECT["tool"]["uv"]["constraint-dependencies"]
    locked = {}
    for pin in pins():
        (exact,) = pin.specifier
        assert exact.operator == "=="
        locked.setdefault(pin.name.lower().replace("_", "-"), []).append(exact.version)
    for line in asked:
        wanted = Requirement(line)
        versions = locked[wanted.name.lower().replace("_", "-")]
        assert all(wanted.specifier.contains(version) for version in versions), line


def test_what_is_installed_is_what_is_locked():
    for pin in pins():
        if pin.marker is None or pin.marker.evaluate():
            assert pin.specifier.contains(importlib.metadata.version(pin.name)), pin


# --- the wheel -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
         "--wheel-dir", folder, ROOT],
        check=True,
    )  # fmt: skip
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_carries_the_tables_and_nothing_of_the_instructors(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tables = {name for name in names if name.startswith("entente/tables/")}
    described = json.loads((ROOT / "data/datapackage.json").read_text(encoding="utf-8"))
    expected = {resource["path"] for resource in described["resources"]} | {"datapackage.json"}
    assert tables == {f"entente/tables/{name}" for name in expected}
    assert "entente/course/templates/static/webpack-macros.html" in names
    assert not [name for name in names if name.startswith(("exercises", "tests", "data"))]
    assert wheel.stat().st_size < 8_000_000


def test_the_wheel_works_away_from_the_checkout(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = (
        "import entente.data as data; from entente.models import burden;"
        "print(data.__file__); print(len(data.load('nato_members')), *data.names())"
    )
    place, found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert Path(place).is_relative_to(tmp_path)
    assert found == " ".join(["32", *data.names()])


# --- what is committed -----------------------------------------------------------------------


def test_no_path_of_a_machine_is_committed():
    of_a_machine = re.compile(r"(?<![\w.:/])/(?:home|root|Users|work|tmp)/\w|[A-Z]:\\\\Users")
    for name in TRACKED:
        if (ROOT / name).suffix not in (".csv", ".bib") and (ROOT / name).is_file():
            found = of_a_machine.search((ROOT / name).read_text(encoding="utf-8"))
            assert found is None, f"{name}: {found}"


def test_no_large_file_is_committed():
    for name in TRACKED:
        if (ROOT / name).is_file():
            assert (ROOT / name).stat().st_size < 1_500_000, name
