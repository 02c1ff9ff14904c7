"""Wrong arguments of entente.models.power: (callable, arguments, error, message)."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np

from entente.models import power

_WHOLE = "weights must be whole numbers of at least 0, got "
_ADVICE = "multiply all weights and the quota by a common factor and round"
_QUOTA = "quota must be a whole number of at least 1, got "


def _voting(function):
    weights = [
        ([], ValueError, r"weights must be a row of whole numbers, got shape \(0,\)"),
        (5, ValueError, r"weights must be a row of whole numbers, got shape \(\)"),
        ([[3, 2], [1, 1]], ValueError, r"weights must be .*, got shape \(2, 2\)"),
        ([0, 0, 0], ValueError, "weights must not all be 0"),
        ([3, -1, 2], ValueError, _WHOLE + "-1"),
        ([0.5, 0.25, 0.25], ValueError, _WHOLE + "0.5; " + _ADVICE),
        (np.array([1.5, 2]), ValueError, _WHOLE + "1.5; "),
        ([Fraction(1, 3), 2], ValueError, _WHOLE + "1/3; "),
        ([Decimal("0.1"), 2], ValueError, _WHOLE + "0.1; "),
        ([1e-300, 2], ValueError, _WHOLE + "1e-300; "),
        ([2, math.nan], ValueError, _WHOLE + "nan"),
        ([2, math.inf], ValueError, _WHOLE + "inf"),
        ([Decimal("NaN"), 2], ValueError, _WHOLE + "NaN"),
        ([Decimal("Infinity"), 2], ValueError, _WHOLE + "Infinity"),
        (["two", 1], TypeError, _WHOLE + "'two'"),
        ("21", TypeError, _WHOLE + "'21'"),
        (None, TypeError, _WHOLE + "None"),
        ([2, None], TypeError, _WHOLE + "None"),
        ([True, 2], TypeError, _WHOLE + "True"),
        ([np.True_, 2], TypeError, _WHOLE),
        ([2, 1j], TypeError, _WHOLE),
        ([[1], [1, 2]], TypeError, _WHOLE),
        ({"a": 2, "b": 1}, TypeError, _WHOLE),
        ([10**9, 10**9 + 1, 7], ValueError, r"weights must be smaller to be counted: .* divide"),
    ]
    quotas = [
        *((q, ValueError, rf"quota must be a whole number in \[1, 6\], .*, got {q}")
          for q in (0, -2, 7, 10**30, 7.0)),
        (3.5, ValueError, _QUOTA + "3.5; " + _ADVICE),
        (math.nan, ValueError, _QUOTA + "nan"),
        (math.inf, ValueError, _QUOTA + "inf"),
        *((q, TypeError, _QUOTA) for q in ("4", None, True, [4], 4j)),
    ]  # fmt: skip
    return [
        *((function, {"weights": w, "quota": 2}, error, text) for w, error, text in weights[:-1]),
        (function, {"weights": weights[-1][0], "quota": 10**9}, *weights[-1][1:]),
        *((function, {"weights": [3, 2, 1], "quota": q}, error, text) for q, error, text in quotas),
    ]


def _shares(function, *more):
    wrong = [
        ([], ValueError, r"shares must be a row of at least \d numbers, got shape \(0,\)"),
        (0.5, ValueError, r"shares must be a row of at least \d numbers, got shape \(\)"),
        ([[0.5, 0.5]], ValueError, r"shares must be a row .*, got shape \(1, 2\)"),
        ([0.5, -0.1], ValueError, r"shares must lie in \[0, inf\), got -0.1 at position 1"),
        ([0.5, math.nan], ValueError, r"shares must lie in \[0, inf\), got nan at position 1"),
        ([math.inf, 0.5], ValueError, r"shares must lie in \[0, inf\), got inf at position 0"),
        ([0, 0.0], ValueError, "shares must not all be 0"),
        (["half", 0.5], TypeError, "shares must be a row of numbers"),
        ([True, False], TypeError, "shares must be a row of numbers"),
        ([[1], [1, 2]], TypeError, "shares must be a row of numbers"),
        *more,
    ]
    return [(function, {"shares": value}, error, text) for value, error, text in wrong]


ROWS = [
    *(row for f in (power.swings, power.banzhaf, power.shapley_shubik) for row in _voting(f)),
    *((power.banzhaf, {"weights": [3, 2, 1], "quota": 4, "normalised": value}, TypeError,
       "normalised must be True or False, got ") for value in (1, "yes", None, [True])),
    *_shares(
        power.concentration,
        ([1], ValueError, r"shares must be a row of at least 2 numbers, got shape \(1,\)"),
    ),
    *_shares(power.herfindahl),
    *_shares(power.effective_number),
]  # fmt: skip
