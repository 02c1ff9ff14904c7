"""Do alliances deter? Which pairs of states could meet in war at all?

Most pairs of states are far apart and weak, and will never fight, whatever they sign. A study
of deterrence therefore begins with the *risk set*: the pairs and years in which a dispute was
possible. The usual choice are the politically relevant pairs, neighbours and pairs with a
major power. It is a choice: other risk sets give other rates, and sometimes another sign.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from entente.models import _arguments as arguments

__all__ = ["relevant_dyads"]


# The risk set -----------------------------------------------------------------------------


def relevant_dyads(
    states: pd.DataFrame,
    contiguity: pd.DataFrame,
    major_powers: pd.DataFrame,
    first: int,
    last: int,
) -> pd.DataFrame:
    r"""Which pairs of states could have met in a dispute, year by year?

    Parameters
    ----------
    states : DataFrame
        Spells of states in the system: `ccode`, `start`, `end`.
    contiguity : DataFrame
        Spells of neighbourhood, each pair once: `state_a`, `state_b`, `start`, `end`. Keep the
        rows with ``type == 1`` to count land borders only.
    major_powers : DataFrame
        Spells of major powers: `ccode`, `start`, `end`. With no rows, only neighbours remain.
    first, last : int
        The first and the last year, both included.

    Returns
    -------
    DataFrame
        One row for each politically relevant directed pair and year: `ccode1`, `ccode2`,
        `year` (int), `contiguous`, `major1`, `major2` (bool), in the order of the first three.
        Each pair stands twice in a year, once from each side.

    Raises
    ------
    TypeError, ValueError
        If a table lacks a column or has something else than days or years in it, or if the
        years are not whole or `last` is before `first`.

    Notes
    -----
    A directed pair :math:`(i, j)` is in the risk set of year t if both are states in t and

    .. math:: C_{ijt} \lor M_{it} \lor M_{jt},

    contiguous, or one of them a major power. `start` and `end` may be days or years; a spell
    counts in every year that it touches, and one without an end has not ended. All is done at
    once on arrays of pairs by years, n² T cells for n states and T years.

    With the tables of the course and any kind of contiguity there are 224,576 rows for 1816 to
    2010. The original file of contiguity also has spells of type 0, which tell when a pair was
    *not* contiguous; whoever counts them as contiguity gets 227,358.

    References
    ----------
    Maoz, Z. and Russett, B. (1993). Normative and structural causes of democratic peace,
    1946–1986. *American Political Science Review* 87(3).

    Examples
    --------
    Three states in 1914 and 1915; the first and the second share a border until 1914, and the
    third becomes a major power in 1915.

    >>> states = pd.DataFrame({"ccode": [1, 2, 3], "start": 1900, "end": None})
    >>> border = pd.DataFrame({"state_a": [1], "state_b": [2], "start": 1900, "end": 1914})
    >>> majors = pd.DataFrame({"ccode": [3], "start": [1915], "end": None})
    >>> relevant_dyads(states, border, majors, 1914, 1915).query("ccode1 < ccode2")
       ccode1  ccode2  year  contiguous  major1  major2
    0       1       2  1914        True   False   False
    1       1       3  1915       False   False    True
    3       2       3  1915       False   False    True
    """
    first = arguments.whole("first", first, 1)
    last = arguments.whole("last", last, first)
    codes = np.unique(_whole("states", states, "ccode"))
    size, years = codes.size, last - first + 1

    def cells(name: str, table: pd.DataFrame, *columns: str) -> tuple[NDArray[np.int64], ...]:
        """The positions of all states or pairs of a table, and of all years of their spells."""
        places = [_whole(name, table, column) for column in columns]
        start = np.maximum(_years(name, table, "start"), first)
        end = np.minimum(_years(name, table, "end"), last)
        known = np.logical_and.reduce([start <= end, *(np.isin(place, codes) for place in places)])
        start, end = (years[known].astype(np.int64) - first for years in (start, end))
        length = end - start + 1
        spell = np.repeat(np.arange(length.size), length)
        year = np.arange(spell.size) - (np.cumsum(length) - length - start)[spell]
        return *(np.searchsorted(codes, place[known])[spell] for place in places), year

    exists = np.zeros((size, years), dtype=bool)
    exists[cells("states", states, "ccode")] = True
    major = np.zeros_like(exists)
    major[cells("major_powers", major_powers, "ccode")] = True
    near = np.zeros((size, size, years), dtype=bool)
    one, other, year = cells("contiguity", contiguity, "state_a", "state_b")
    near[one, other, year] = near[other, one, year] = True

    relevant = near | major[:, None] | major[None, :]
    relevant &= exists[:, None] & exists[None, :]
    relevant[np.arange(size), np.arange(size)] = False
    one, other, year = np.nonzero(relevant)
    return pd.DataFrame(
        {
            "ccode1": codes[one],
            "ccode2": codes[other],
            "year": year + first,
            "contiguous": near[one, other, year],
            "major1": major[one, year],
            "major2": major[other, year],
        }
    )


def _column(name: str, table: pd.DataFrame, column: str) -> pd.Series:
    """A column of a table, or a refusal that names both."""
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"{name} must be a DataFrame, got {type(table).__name__}")
    if column not in table:
        raise ValueError(f"{name} must have the column {column}, got {', '.join(table)}")
    return table[column]


def _whole(name: str, table: pd.DataFrame, column: str) -> NDArray[np.int64]:
    """A column of codes of states."""
    values = _column(name, table, column)
    if not pd.api.types.is_integer_dtype(values) or values.isna().any():
        raise TypeError(f"{name} must have whole numbers in {column}, got {values.dtype}")
    return values.to_numpy(np.int64)


def _years(name: str, table: pd.DataFrame, column: str) -> NDArray[np.float64]:
    """A column of days or years as years; no value means for ever."""
    values = _column(name, table, column)
    if pd.api.types.is_datetime64_any_dtype(values):
        values = values.dt.year
    try:
        years = pd.to_numeric(values).to_numpy(np.float64, na_value=np.nan)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must have days or years in {column}, got {values.dtype}") from None
    if column == "start" and np.isnan(years).any():
        raise ValueError(f"{name} must have a start in every row")
    return np.where(np.isnan(years), np.inf, years)
