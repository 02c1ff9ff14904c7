"""Notes which files of the course a notebook really loads: an extension of the kernel.

Loaded into the kernels that `entente.course.execution` starts, before the first cell. After
each cell the list of files, relative to the course's folder, is written to the file that the
environment variable ``ENTENTE_TRACE`` names.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

# The machinery of the book does not change what a chapter computes.
LEFT_OUT = ("_build", ".venv", "src/entente/course")


def load_ipython_extension(shell: Any) -> None:
    """Begin to take notes; called by IPython."""
    root, notes = Path(os.environ["ENTENTE_ROOT"]), Path(os.environ["ENTENTE_TRACE"])
    opened: set[str] = set()

    def listen(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str):
            opened.add(arguments[0])

    def save(*_: object) -> None:
        # A list of its own: another thread may be importing a module just now.
        modules = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
        loaded = {Path(name).resolve() for name in opened | modules if name}
        files = (path.relative_to(root) for path in loaded if path.is_relative_to(root))
        kept = sorted(
            path.as_posix()
            for path in files
            if path.suffix in (".py", ".csv", ".json")
            and not path.as_posix().startswith(LEFT_OUT)
            and (root / path).is_file()
        )
        notes.write_text(json.dumps(kept), encoding="utf-8")

    sys.addaudithook(listen)
    shell.events.register("post_run_cell", save)
