"""How the tests are shared out to the two processes of `make test`."""

from pathlib import Path

import pytest

STEMS = sorted(path.stem for path in (Path(__file__).parents[1] / "chapters").glob("*.ipynb"))


def pytest_collection_modifyitems(items):
    """Keep the tests of a module in one process; of those of a chapter, each chapter's in one."""
    for item in items:
        stem = next((stem for stem in STEMS if stem in item.name), "all")
        item.add_marker(pytest.mark.xdist_group(f"{item.path.stem}-{stem}"))
