"""Executes the chapters whose code, or whose sources, have changed since they last ran.

jupyter-cache keeps what a chapter's code gave, and knows when that code changes. It does not
know the modules and tables that the code loads. So each execution leaves a fingerprint of those
beside the cache; where one no longer fits, the record is dropped and the chapter runs again.
"""

import json
import logging
import multiprocessing
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from jupyter_cache import get_cache
from jupyter_cache.base import JupyterCacheAbstract, ProjectNb
from jupyter_cache.cache.db import NbCacheRecord
from jupyter_cache.executors.basic import (
    ExecutionWorkerLocalMProc,
    JupyterExecutorLocalMproc,
    ProcessData,
)
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from myst_nb.core.read import is_myst_markdown_notebook
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from entente.course import notebooks
from entente.course.files import write

CACHE = "_build/.jupyter_cache"
LOCK = "requirements.txt"
READERS = {
    ".ipynb": {"name": "nbformat", "type": "plugin"},
    ".md": {"name": "myst_nb_md", "type": "plugin"},
}
"""How jupyter-cache reads the pages."""

SECONDS = 120
"""How long a cell may take."""


class ExecutionFailed(Exception):
    """A chapter's code raised an error or warned; the message holds the cell and what happened."""


def execute_changed(root: Path) -> list[Path]:
    """Execute the chapters that need it, on all cores, and return them.

    Parameters
    ----------
    root : Path
        The course's folder.

    Raises
    ------
    ExecutionFailed
        If a cell raises an error, writes to stderr, or takes longer than `SECONDS`.
    """
    cache = get_cache(root / CACHE)
    stale = [path for path in pages(root) if _drop_stale(cache, root, path)]
    if stale:
        print(f"executing {', '.join(path.stem for path in stale)}", flush=True)
        staged = [
            cache.add_nb_to_project(str(path), read_data=READERS[path.suffix]).pk for path in stale
        ]
        quiet = logging.Logger(__name__, logging.CRITICAL)  # failures are told once, below
        with _stopping_at_once():
            outcome = _Executor(cache, quiet).run_and_cache(filter_pks=staged, timeout=SECONDS)
        if failed := outcome.excepted + outcome.errored:
            reports = [cache.get_project_record(uri).traceback or uri for uri in sorted(failed)]
            raise ExecutionFailed("\n\n".join(reports))
    return stale


@contextmanager
def _stopping_at_once() -> Iterator[None]:
    """Let Ctrl-C end the workers and this process.

    nbclient makes the workers deaf to it, and the pool of jupyter-cache would wait for them for
    ever. The kernels end by themselves when their worker is gone.
    """

    def stop(*_: object) -> None:
        for worker in multiprocessing.active_children():
            worker.kill()
        if multiprocessing.parent_process() is None:  # the workers inherit this function
            print("Stopped. The chapters that had run are kept; call again to go on.", flush=True)
        os._exit(130)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def pages(root: Path) -> list[Path]:
    """List the pages with code: the chapters, and the book's texts that hold cells."""
    texts = [
        path
        for path in sorted(root.glob("*.md"))
        if is_myst_markdown_notebook(path.read_text(encoding="utf-8"))
    ]
    return sorted(root.glob("chapters/*.ipynb")) + texts


def _drop_stale(cache: JupyterCacheAbstract, root: Path, path: Path) -> bool:
    """Tell whether a chapter must run, and forget what it gave if that no longer holds."""
    notebook = notebooks.read_page(path)
    try:
        record = cache.match_cache_notebook(notebook)
    except KeyError:
        return True
    try:
        cache.get_cache_bundle(record.pk)  # may be lost or half written, if a build was killed
        noted = json.loads(_fingerprint_file(root, path).read_text(encoding="utf-8"))
        if noted["code"] == record.hashkey and noted["files"] == _fingerprint(root, noted["files"]):
            return False
    except (KeyError, OSError, TypeError, ValueError):
        pass
    shutil.rmtree(cache.path / "executed" / record.hashkey, ignore_errors=True)
    NbCacheRecord.remove_records([record.pk], cache.db)
    return True


def _fingerprint_file(root: Path, page: Path) -> Path:
    relative = page.relative_to(root).with_suffix(".json")
    return root / CACHE / "fingerprints" / relative


def _fingerprint(root: Path, files: list[str] | dict[str, str]) -> dict[str, str]:
    return {
        name: sha256((root / name).read_bytes()).hexdigest() if (root / name).is_file() else ""
        for name in files
    }


def _files(root: Path) -> list[str]:
    """List the files that a chapter might load."""
    places = [root.glob("*"), *((root / room).rglob("*") for room in ("chapters", "data", "src"))]
    return [
        path.relative_to(root).as_posix() for place in places for path in place if path.is_file()
    ]


def _warned(page: NotebookNode) -> Exception | None:
    """What a page would show readers in red, though no cell raised it: warnings, a hook's error."""
    for cell in page.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error" or output.get("name") == "stderr":
                told = output.get("text") or "\n".join(output.traceback)
                return RuntimeError(f"The cell {cell.get('id')!r} wrote to stderr:\n{told}")
    return None


class _Worker(ExecutionWorkerLocalMProc):
    @staticmethod
    def execute(project_nb: ProjectNb, data: ProcessData) -> ExecutionResult:
        path = Path(project_nb.uri)
        root = data.cache.path.parents[1]
        with tempfile.TemporaryDirectory() as aside:
            notes = Path(aside, "loaded.json")
            notes.write_text("[]", encoding="utf-8")  # a chapter without code loads nothing
            before = _fingerprint(root, _files(root))
            # A process of its own, so that its environment is this chapter's alone.
            os.environ |= {"ENTENTE_ROOT": str(root.resolve()), "ENTENTE_TRACE": str(notes)}
            result = single_nb_execution(
                project_nb.nb,
                config=notebooks.kernel_settings(aside),
                cwd=str(path.parent),
                timeout=data.timeout,
                allow_errors=data.allow_errors,
                store_widget_state=False,  # the page draws without widgets
                extra_arguments=["--ext=entente.course.trace", "--log-level=ERROR"],
            )
            result.err = result.err or _warned(result.nb)
            if result.err:
                result.exc_string = notebooks.failure(path, result.err)
            else:
                loaded = [LOCK, *json.loads(notes.read_text(encoding="utf-8"))]
                # As it was before the run: what is edited meanwhile counts as changed.
                files = {name: before.get(name, "") for name in loaded}
                code = data.cache.create_hashed_notebook(project_nb.nb)[1]
                write(
                    _fingerprint_file(root, path),
                    json.dumps({"code": code, "files": files}, indent=1),
                )
        return result


class _Executor(JupyterExecutorLocalMproc):
    _EXECUTION_WORKER = _Worker


def executed_since_read(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Return the pages that were read before their chapter last ran."""
    root = Path(app.srcdir)
    return [
        page
        for page, read in env.all_docs.items()
        if (noted := _fingerprint_file(root, root / page)).exists()
        and noted.stat().st_mtime * 1e6 > read
    ]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("env-get-outdated", executed_since_read)
    # When the machinery itself changes, every page is read again.
    machinery = sorted(Path(__file__).parent.rglob("*.*"))
    digest = sha256(b"".join(path.read_bytes() for path in machinery if path.suffix != ".pyc"))
    app.add_config_value("entente_machinery", digest.hexdigest(), "env")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
