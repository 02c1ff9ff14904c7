"""What the models accept, and how they refuse the rest.

Each function takes the argument's name, what was given and what is allowed, written as a
mathematician would: ``"(0, 1)"`` is open, ``"[0, 1]"`` closed, ``"[0, inf)"`` half open.
It returns the value in its natural type or raises an error that says all three.
"""

from numbers import Integral, Real

import numpy as np
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
    try:
        row = np.asarray(values)
        if row.dtype.kind not in "iufO":  # not text, truth values, dates or complex numbers
            raise TypeError
        row = row.astype(float)
    except (TypeError, ValueError, OverflowError):
        raise TypeError(f"{name} must be a row of numbers, got {values!r}") from None
    if row.ndim != 1 or row.size < at_least:
        raise ValueError(
            f"{name} must be a row of at least {at_least} numbers, got shape {row.shape}"
        )
    wrong = ~_inside(row, allowed)
    if wrong.any():
        where = int(np.flatnonzero(wrong)[0])
        raise ValueError(f"{name} must lie in {allowed}, got {row[where]} at position {where}")
    return row


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
