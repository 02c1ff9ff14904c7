"""Nothing of a solution, a hidden test or a wrong answer is in what a student can get."""

import html
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from entente.course import exercises, notebooks

ROOT = Path(__file__).parents[2]

LETTERS = 25  # fewer in a line tell nothing
ORDINARY = ("def ", "from ", "import ", "with warnings.catch_warnings", "world = data.load(")
"""How lines begin that stand in many a notebook."""


def bare(text):
    """Return the letters and digits alone, so that no form of quoting or spacing hides them."""
    return re.sub(r"\W+", "", text)


def telling(text):
    """Return the lines of a text, and the sentences of its paragraphs, that give something away."""
    lines = [line.strip() for line in re.split(r"\n|(?<=\.)\s", text)]
    return {bare(line) for line in lines if not line.startswith(ORDINARY)
            and len(bare(line)) >= LETTERS}  # fmt: skip


@pytest.fixture(scope="session")
def secrets():
    """The telling lines of all that is the instructors' alone, by where they stand."""
    found = {}
    for stem in exercises.stems(ROOT):
        for cell in notebooks.read(exercises.source(ROOT, stem)).cells:
            for begin, end in (exercises.SOLUTION, exercises.HIDDEN):
                for region in re.findall(f"{begin}.*\n((?:.|\n)*?).*{end}", cell.source):
                    found = dict.fromkeys(telling(region), f"{stem}, {cell.id}") | found
        for wrong in exercises.wrong_answers(ROOT / exercises.WRONG / f"{stem}.py"):
            found = dict.fromkeys(telling(wrong.code), f"{stem}, wrong: {wrong.name}") | found
    return found


def leaks(folder, secrets):
    """Return what a folder gives away, and in which file."""
    found = []
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="ignore")
            if path.suffix == ".html":
                text = html.unescape(re.sub("<[^>]*>", "", text))
            text = bare(text)
            found += [f"{path}: {where}" for line, where in secrets.items() if line in text]
        place = path.relative_to(folder).as_posix()
        if re.search(r"exercises/(source|wrong)\b", place):
            found.append(f"{path}: should not be here")
    return found


# --- what a student can get ------------------------------------------------------------------


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """The wheel and the source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("packages")
    command = [sys.executable, "-m", "hatchling", "build", "--directory", folder]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,), (archive,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    zipfile.ZipFile(wheel).extractall(folder / "wheel")
    with tarfile.open(archive) as file:
        file.extractall(folder / "sdist", filter="data")
    return folder


def test_the_releases_give_nothing_away(secrets):
    assert secrets
    assert leaks(ROOT / exercises.RELEASE, secrets) == []


@pytest.mark.parametrize("package", ["wheel", "sdist"])
def test_the_packages_give_nothing_away(packages, package, secrets):
    assert list((packages / package).rglob("burden.py"))
    assert leaks(packages / package, secrets) == []


def test_the_book_gives_nothing_away(secrets):
    book = ROOT / "_build/html"
    if not (book / "index.html").exists():
        pytest.fail("there is no book in _build/html: run `make book` first")
    assert leaks(book, secrets) == []
    index = (book / "searchindex.js").read_text(encoding="utf-8")
    assert not re.search(r'"exercises/[^"]*"', index), "the search finds exercises"


# --- that it would be found ------------------------------------------------------------------

SPANS = '<span class="{}">{}</span>'


def highlighted(code):
    """Return code as a page shows it."""
    parts = re.split(r"(\W)", html.escape(code))
    return "".join(SPANS.format("n", part) if part.isidentifier() else part for part in parts)


FORMS = {
    "page.html": lambda code: f"<pre>{highlighted(code)}</pre>",
    "page.ipynb": lambda code: f'{{"source": ["{code!r}"]}}',
    "page.js": lambda code: f"var text = {code.replace(' ', '').encode()!r}",
    "entente/hints.py": lambda code: f"# {code}",
}


@pytest.mark.parametrize("name", FORMS)
def test_a_planted_leak_is_found(stem, name, tmp_path, secrets):
    """One line is enough, in every form in which it might be handed on."""
    notebook = notebooks.read(exercises.source(ROOT, stem))
    for cell in notebook.cells:
        for marker in (exercises.SOLUTION[0], exercises.HIDDEN[0]):
            if marker in cell.source:
                inside = cell.source.split(marker)[1].splitlines()
                code = next(line.strip() for line in inside if telling(line))
                path = tmp_path / name
                path.parent.mkdir(exist_ok=True)
                path.write_text(FORMS[name](code), encoding="utf-8")
                found = leaks(tmp_path, secrets)
                assert found, f"a line of {cell.id} was not found"
                assert found[0].startswith(f"{path}: {stem}, ")


def test_an_instructors_notebook_in_a_package_is_found(stem, tmp_path, secrets):
    path = tmp_path / "entente-0.1.0" / exercises.SOURCE / stem / f"{stem}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(exercises.source(ROOT, stem).read_bytes())
    found = leaks(tmp_path, secrets)
    assert f"{path}: should not be here" in found
    assert f"{path}: {stem}, judgement-answer" in found
