"""What the models accept, and how they refuse the rest.

Each function takes the argument's name, what was given and what is allowed, written as a
mathematician would: ``"(0, 1)"`` is open, ``"[0, 1]"`` closed, ``"[0, inf)"`` half open.
It returns the value in its natural type or raises an error that says all three.
"""

from collections.abc import Iterable
from numbers import Integral, Real

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray


def number(name: str, value: float, allowed: str = "(-inf, inf)") -> float:
    """A single finite number in the interval `allowed`."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number in {allowed}, got {value!r}")
    try:
        number = float(value)
    except OverflowError:  # a whole number too large for a float
        number = np.inf
    if not _inside(np.float64(number), allowed):
        raise ValueError(f"{name} must be a number in {allowed}, got {value}")
    return number


def whole(name: str, value: int, least: int) -> int:
    """A whole number that is at least `least`."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be a whole number of at least {least}, got {value!r}")
    if value < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, got {value}")
    return int(value)


def numbers(
    name: str, values: ArrayLike, allowed: str = "(-inf, inf)", *, at_least: int = 1
) -> NDArray[np.float64]:
    """A row of at least `at_least` finite numbers, each in the interval `allowed`."""
    row = _floats(name, "a row of numbers", values)
    if row.ndim != 1 or row.size < at_least:
        raise ValueError(
            f"{name} must be a row of at least {at_least} numbers, got shape {row.shape}"
        )
    wrong = ~_inside(row, allowed)
    if wrong.any():
        where = int(np.flatnonzero(wrong)[0])
        raise ValueError(f"{name} must lie in {allowed}, got {row[where]} at position {where}")
    return row


def matrix(
    name: str,
    values: ArrayLike,
    allowed: str = "(-inf, inf)",
    *,
    at_least: tuple[int, int] = (1, 1),
    square: bool = False,
) -> NDArray[np.float64]:
    """A matrix of finite numbers in `allowed`, with `at_least` so many rows and columns."""
    kind = "a square matrix of numbers" if square else "a matrix of numbers"
    cells = _floats(name, kind, values)
    if cells.ndim != 2 or (square and cells.shape[0] != cells.shape[1]):
        raise ValueError(f"{name} must be {kind}, got shape {cells.shape}")
    if cells.shape[0] < at_least[0] or cells.shape[1] < at_least[1]:
        raise ValueError(
            f"{name} must have at least {at_least[0]} x {at_least[1]} cells, "
            f"got shape {cells.shape}"
        )
    wrong = ~_inside(cells, allowed)
    if wrong.any():
        row, column = (int(place) for place in np.argwhere(wrong)[0])
        raise ValueError(
            f"{name} must lie in {allowed}, got {cells[row, column]} in row {row}, column {column}"
        )
    return cells


def truths(name: str, values: ArrayLike) -> NDArray[np.bool_]:
    """A row of truth values, or of 0 and 1."""
    row = np.asarray(values)
    if row.ndim != 1 or not row.size:
        raise ValueError(f"{name} must be a row of truth values, got shape {row.shape}")
    if row.dtype.kind not in "biuf":
        raise TypeError(f"{name} must be a row of truth values, or of 0 and 1, got {row.dtype}")
    wrong = np.flatnonzero(~np.isin(row, (0, 1)))
    if wrong.size:
        raise ValueError(
            f"{name} must be a row of truth values, or of 0 and 1, got {row[wrong[0]]} at "
            f"position {wrong[0]}"
        )
    return row.astype(bool)


def labels(name: str, values: ArrayLike) -> NDArray[np.intp]:
    """A row of labels of any kind, as numbers from 0; -1 for a missing one."""
    try:
        return pd.factorize(pd.Index(values))[0]
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be a row of labels, got {_short(values)}") from None


def rounding(values: ArrayLike) -> float:
    """How far apart two results of numbers of this size may be by rounding alone."""
    return 1e-12 * float(np.abs(values).max())


def equally_long(**rows: NDArray) -> None:
    """Rows that belong together."""
    sizes = [len(row) for row in rows.values()]
    if len(set(sizes)) > 1:
        raise ValueError(
            f"{_listed(rows)} must be equally long, got {_listed(str(size) for size in sizes)}"
        )


def column(name: str, table: pd.DataFrame, wanted: str) -> pd.Series:
    """A column of a table."""
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"{name} must be a DataFrame, got {type(table).__name__}")
    if wanted not in table:
        raise ValueError(
            f"{name} must have the column {wanted}, got {', '.join(map(str, table)) or 'none'}"
        )
    return table[wanted]


def spells(name: str, table: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The years in which spells start and end; without an end they last for ever."""
    start, end = _years(name, table, "start"), _years(name, table, "end")
    wrong = np.flatnonzero(end < start)
    if wrong.size:
        raise ValueError(
            f"{name} must not have an end before its start, got {start[wrong[0]]:.0f} to "
            f"{end[wrong[0]]:.0f} in row {wrong[0]}"
        )
    return start, end


def _years(name: str, table: pd.DataFrame, wanted: str) -> NDArray[np.float64]:
    """A column of days or years as whole years."""
    values = column(name, table, wanted)
    if pd.api.types.is_datetime64_any_dtype(values):
        values = values.dt.year
    try:
        if values.dtype.kind in "bcm" or _holds_no_numbers(values):
            raise TypeError
        years = pd.to_numeric(values).to_numpy(np.float64, na_value=np.nan)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must have days or years in {wanted}, got {values.dtype}") from None
    if wanted == "start" and not np.isfinite(years).all():
        raise ValueError(f"{name} must have a start in every row")
    return np.where(np.isnan(years), np.inf, np.floor(years))


def generator(rng: int | np.random.Generator) -> np.random.Generator:
    """A source of chance, from a seed or as it is."""
    if isinstance(rng, np.random.Generator):
        return rng
    return np.random.default_rng(whole("rng", rng, least=0))


def one_of(name: str, value: str, allowed: tuple[str, ...]) -> str:
    """One of the words in `allowed`."""
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, got {value!r}")
    return value


def _inside(values: NDArray[np.float64], interval: str) -> NDArray[np.bool_]:
    low, high = (float(end) for end in interval[1:-1].split(","))
    above = values > low if interval[0] == "(" else values >= low
    below = values < high if interval[-1] == ")" else values <= high
    return above & below & np.isfinite(values)


def _floats(name: str, kind: str, values: ArrayLike) -> NDArray[np.float64]:
    try:
        array = np.asarray(values)
        # Not text, truth values, dates or complex numbers; what is masked is missing.
        if array.dtype.kind not in "iufO" or _holds_no_numbers(array) or np.ma.is_masked(values):
            raise TypeError
        return array.astype(float)
    except (TypeError, ValueError, OverflowError):
        raise TypeError(f"{name} must be {kind}, got {_short(values)}") from None


def _holds_no_numbers(values: ArrayLike) -> bool:
    """Whether a row of objects has text or truth values in it, which would turn into numbers."""
    array = np.asarray(values)
    return array.dtype.kind == "O" and any(
        isinstance(value, str | bytes | bool | np.bool_) for value in array.flat
    )


def _short(value: object) -> str:
    """What was given, as far as a message can bear it."""
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]} …"


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
