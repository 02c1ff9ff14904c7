"""A file is whole or as it was."""

import pytest

from entente.course import files


def test_a_failed_write_leaves_the_file_and_nothing_else(tmp_path, monkeypatch):
    page = tmp_path / "page.txt"
    files.write(page, "before")

    def fail(*_):
        raise OSError("no space left")

    monkeypatch.setattr(files.os, "replace", fail)
    with pytest.raises(OSError, match="no space left"):
        files.write(page, "after")
    assert page.read_text() == "before"
    assert list(tmp_path.iterdir()) == [page]
