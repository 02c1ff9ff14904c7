"""What a model gives at every setting, kept as whole numbers.

A column that is the same at every setting is kept once. A column of numbers is rounded to a
decimal step and counted in such steps; a column of words is kept as places in a list of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray


@dataclass(frozen=True)
class Column:
    """A column whose values change: `codes` has a row for each setting."""

    codes: NDArray[np.int64]
    words: tuple[Any, ...] | None = None
    digits: int = 0

    @property
    def factor(self) -> str:
        """What turns a code into its number, as Python, JavaScript and Vega write it."""
        return f"/ {10**self.digits}" if self.digits >= 0 else f"* {10**-self.digits}"

    def values(self, codes: NDArray[np.int64]) -> list[Any]:
        """Return what codes stand for."""
        if self.words is not None:
            return [self.words[code] for code in codes]
        # A division by a power of ten gives the number nearest to the decimal one, in every
        # language; so the page and the kernel agree to the last bit.
        exact = codes / 10**self.digits if self.digits >= 0 else codes * 10**-self.digits
        return [int(n) if self.digits <= 0 else float(n) for n in exact]

    def encode(self, values: Sequence[Any]) -> NDArray[np.int64]:
        """Return the codes of values."""
        if self.words is not None:
            place = {word: code for code, word in enumerate(self.words)}
            return np.array([place[value] for value in values])
        return _in_steps(np.asarray(values, dtype=float), self.digits)


class Results:
    """The tables of a model at every setting."""

    def __init__(
        self,
        tables: Iterable[pd.DataFrame],
        states: Sequence[str],
        precision: Mapping[str, float],
    ) -> None:
        tables = [table.reset_index(drop=True) for table in tables]
        self.first = tables[0]
        self.names = [str(name) for name in self.first.columns]
        for table, state in zip(tables, states, strict=True):
            if [str(name) for name in table.columns] != self.names:
                raise ValueError(
                    f"the table's columns must be the same at every setting: {self.names} at "
                    f"{states[0]}, {list(table.columns)} at {state}"
                )
            if len(table) != len(self.first):
                raise ValueError(
                    f"the table's rows must be the same at every setting: {len(self.first)} rows "
                    f"at {states[0]}, {len(table)} at {state}"
                )
        if unknown := set(precision) - set(self.names):
            raise ValueError(f"precision names {sorted(unknown)}; the columns are {self.names}")
        self.columns: dict[str, Column] = {}
        self.stated = set(precision)
        for name in self.names:
            series = [table[name] for table in tables]
            if not all(one.equals(series[0]) for one in series[1:]):
                self.columns[name] = _column(name, series, states, precision.get(name))

    def range(self, names: Iterable[str]) -> tuple[float, float]:
        """Return the least and the greatest number of columns over all settings."""
        low, high = np.inf, -np.inf
        for name in names:
            if name in self.columns:
                codes = self.columns[name].codes
                ends = self.columns[name].values(np.array([codes.min(), codes.max()]))
            else:
                ends = [float(self.first[name].min()), float(self.first[name].max())]
            low, high = min(low, *ends), max(high, *ends)
        return low, high

    def levels(self, name: str) -> list[Any]:
        """Return the different values of a column that changes, in order."""
        column = self.columns[name]
        return sorted(column.values(np.unique(column.codes)), key=lambda v: (str(type(v)), v))

    def table(self, state: int) -> pd.DataFrame:
        """Return the table at a setting, as the page shows it."""
        changed = {name: column.values(column.codes[state]) for name, column in self._all()}
        return self.first.assign(**changed)

    def rows(self, table: pd.DataFrame) -> dict[str, list[Any]]:
        """Return the columns that change, of a table that the model has just made."""
        return {name: column.values(column.encode(table[name])) for name, column in self._all()}

    def described(self) -> dict[str, Any]:
        """Return how the published page reads the columns that change."""
        return {
            name: {"codes": f"column_{place}", "digits": column.digits}
            | ({"words": f"words_{place}"} if column.words is not None else {})
            for place, (name, column) in enumerate(self._all())
        }

    def _all(self) -> Iterable[tuple[str, Column]]:
        return self.columns.items()


def _column(
    name: str, series: list[pd.Series], states: Sequence[str], precision: float | None
) -> Column:
    kinds = {one.dtype.kind for one in series}
    if kinds <= set("iuf"):
        return _numbers(name, series, states, precision)
    if kinds <= set("OUTb") or all(isinstance(one.dtype, pd.StringDtype) for one in series):
        return _words(name, series, states)
    raise TypeError(
        f"the column {name!r} changes with the controls and holds {series[0].dtype}; only "
        "numbers, words and truth values can"
    )


def _numbers(
    name: str, series: list[pd.Series], states: Sequence[str], precision: float | None
) -> Column:
    values = np.array([one.to_numpy(dtype=float) for one in series])
    if not np.isfinite(values).all():
        state, row = (int(place[0]) for place in np.nonzero(~np.isfinite(values)))
        raise ValueError(
            f"{name!r} must be finite at every setting, got {values[state, row]} in row {row} at "
            f"{states[state]}"
        )
    if precision is not None:
        digits = -round(log10(precision)) if precision > 0 else None
        if digits is None or not np.isclose(10.0**-digits, precision):
            raise ValueError(f"precision of {name!r} must be a power of ten, got {precision}")
    elif all(one.dtype.kind in "iu" for one in series):
        digits = 0
    else:
        # A thousandth of the span or finer: less than a screen can show.
        digits = 3 - floor(log10(values.max() - values.min()))
    return Column(_in_steps(values, digits), digits=digits)


def _words(name: str, series: list[pd.Series], states: Sequence[str]) -> Column:
    values = [one.tolist() for one in series]
    for state, row in zip(states, values, strict=True):
        for value in row:
            if not isinstance(value, str | bool):
                raise TypeError(
                    f"the column {name!r} changes with the controls and holds {value!r} at "
                    f"{state}; only numbers, words and truth values can"
                )
    words = tuple(dict.fromkeys(value for row in values for value in row))
    place = {word: code for code, word in enumerate(words)}
    return Column(np.array([[place[value] for value in row] for row in values]), words=words)


def _in_steps(values: NDArray[np.float64], digits: int) -> NDArray[np.int64]:
    scaled = values * 10**digits if digits >= 0 else values / 10**-digits
    return np.rint(scaled).astype(np.int64)
