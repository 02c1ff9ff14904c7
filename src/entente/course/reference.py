"""A Sphinx extension: what the pages of the models, made of docstrings, do differently.

A DOI becomes a link. And autodoc would write "Alias for field number 0" under each field of a
named tuple, which its class has explained already under "Attributes".
"""

import re
from typing import Any, NamedTuple

from sphinx.application import Sphinx


class _Example(NamedTuple):
    field: int


_DOI = r"doi:(10\.\d+/[^\s,;]*[^\s,;.])"
_FIELD = type(_Example.field)  # what Python makes of a field of a named tuple


def skip_field(
    app: Sphinx, what: str, name: str, member: Any, skip: bool, options: Any
) -> bool | None:
    """Leave out a field of a named tuple, and have no opinion on the rest."""
    return True if isinstance(member, _FIELD) else None


def link_dois(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Turn each `doi:10...` of a docstring into a link.

    Examples
    --------
    >>> lines = ["*International Organization* 54(2). doi:10.1162/002081800551190."]
    >>> link_dois(None, "function", "minimum_trust", None, None, lines)
    >>> lines[0].split("2). ")[1]
    '`doi:10.1162/002081800551190 <https://doi.org/10.1162/002081800551190>`__.'
    """
    lines[:] = [re.sub(_DOI, r"`doi:\1 <https://doi.org/\1>`__", line) for line in lines]


def setup(app: Sphinx) -> dict[str, bool]:
    """Tell Sphinx what this extension does."""
    app.connect("autodoc-process-docstring", link_dois)
    app.connect("autodoc-skip-member", skip_field)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
