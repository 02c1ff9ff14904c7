"""The command ``entente``: what the Makefile's lines call."""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path


def book(root: Path) -> None:
    """Build the book, executing only the chapters that need it."""
    from entente.course.execution import ExecutionFailed, execute_changed
    from entente.course.notebooks import NotebookFault

    try:
        execute_changed(root)
    except (ExecutionFailed, NotebookFault) as error:
        sys.exit(f"{error}\nThe book was not built: a chapter does not run.")
    print("building the pages", flush=True)
    sphinx = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]
    options = ["build", str(root), "--quiet", "--warningiserror", "--nitpick", "--keep-going"]
    if subprocess.run([*sphinx, *options], stdout=subprocess.DEVNULL).returncode:
        # Sphinx warns only of pages that it reads; without this the next call would pass.
        shutil.rmtree(root / "_build/.doctrees", ignore_errors=True)
        sys.exit("The book was not built: see the warnings above.")
    index = root / "_build/html/index.html"
    print(f"The book is in {index.parent.relative_to(root)}. Open {index.as_uri()} in a browser.")


def normalise(root: Path, names: list[str]) -> None:
    """Bring notebooks to normal form; all chapters and exercises if none is named."""
    from entente.course import exercises, notebooks

    kept = sorted(root.glob("chapters/*.ipynb"))
    kept += [exercises.source(root, stem) for stem in exercises.stems(root)]
    paths = [Path(name) for name in names] or kept
    for path in paths:
        try:
            print(f"{path}: {'changed' if notebooks.normalise(path) else 'in normal form'}")
        except notebooks.NotebookFault as error:
            sys.exit(str(error))


def release(root: Path, stems: list[str]) -> None:
    """Make the students' notebooks from the instructor's; of all exercises if none is named."""
    from entente.course import exercises

    for stem in stems or exercises.stems(root):
        try:
            changed = exercises.release(root, stem)
        except exercises.ExerciseFault as error:
            sys.exit(f"{error}\nThe exercise {stem} was not released.")
        path = exercises.released(root, stem).relative_to(root)
        print(f"{path}: {'changed' if changed else 'as it was'}")


def browser() -> None:
    """Find the browser for the tests, or install it, and print where it is."""
    from entente.course.browser import BrowserMissing, chromium

    try:
        print(chromium(install=True))
    except BrowserMissing as error:
        sys.exit(str(error))


def main() -> None:
    """Run the command that the arguments name, in the course's folder."""
    parser = argparse.ArgumentParser(prog="entente", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("book", help="build the book into _build/html")
    commands.add_parser("browser", help="find Chromium for the tests, or install it")
    tidy = commands.add_parser("normalise", help="bring notebooks to their normal form")
    tidy.add_argument("notebook", nargs="*", help="paths; all that there are if none is given")
    students = commands.add_parser("release", help="make the students' exercises")
    students.add_argument("stem", nargs="*", help="such as 01_foundations; all if none is given")
    arguments = parser.parse_args()

    root = Path.cwd()
    if not (root / "_config.yml").exists():
        sys.exit(f"entente works in the course's folder, and {root} has no _config.yml.")
    if arguments.command == "book":
        book(root)
    elif arguments.command == "normalise":
        normalise(root, arguments.notebook)
    elif arguments.command == "release":
        release(root, arguments.stem)
    else:
        browser()


if __name__ == "__main__":
    main()
