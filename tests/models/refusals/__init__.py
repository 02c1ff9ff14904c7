"""What each function refuses: a list ROWS for each module, put together in test_refusals.py.

A row has a function, the arguments that it is called with, the error, and what the message must
match.
"""

import math

__all__ = [
    "INF",
    "NAN",
    "NOT_POSITIVE",
    "NO_COUNT",
    "NO_NUMBER",
    "NO_PROBABILITY",
    "NO_ROW",
    "NO_SEED",
    "each",
]

INF, NAN = math.inf, math.nan


def each(function, name, values, /, **good):
    """A row for each wrong value of one argument of a call that is good otherwise."""
    # A single letter may be an article: it must have something to do.
    pattern = rf"\b{name}\b" if len(name) > 1 else rf"(^|\W){name}( must|,| and | \+|$)"
    return [(function, good | {name: value}, error, pattern) for value, error in values]


# What is wrong wherever it comes.
NO_NUMBER = [
    (NAN, ValueError), (-INF, ValueError), ("1", TypeError), (None, TypeError), (True, TypeError),
    ([1.0], TypeError),
]  # fmt: skip
NO_PROBABILITY = [(-0.1, ValueError), (1.1, ValueError), (INF, ValueError), *NO_NUMBER]
NOT_POSITIVE = [(0, ValueError), (-1, ValueError), (INF, ValueError), *NO_NUMBER]
NO_COUNT = [
    (0, ValueError), (-3, ValueError), (2.0, TypeError), (NAN, TypeError), ("2", TypeError),
    (None, TypeError), (True, TypeError), ([2], TypeError),
]  # fmt: skip
NO_SEED = [(-1, ValueError), (0.5, TypeError), (None, TypeError), ("0", TypeError)]
NO_ROW = [
    ([], ValueError), (5, ValueError), ([[5, 3]], ValueError), ([5, NAN], ValueError),
    ([5, INF], ValueError), (["much"], TypeError), (None, ValueError), ([[1], [1, 2]], TypeError),
]  # fmt: skip
