"""Wrong arguments of entente.models.decisions: (callable, arguments, error, message)."""

import math

import numpy as np

from entente.models import decisions


def _rows(function, good, name, *wrong):
    """One row for each wrong value of one argument, the others being right."""
    return [(function, {**good, name: value}, error, text) for value, error, text in wrong]


def _matrix(name):
    return [
        ([], ValueError, rf"{name} must be a .*, got shape \(0,\)"),
        ([[]], ValueError, rf"{name} must .*, got shape \(1, 0\)"),
        (5, ValueError, rf"{name} must be a .*, got shape \(\)"),
        ([1, 2], ValueError, rf"{name} must be a .*, got shape \(2,\)"),
        ([[[1, 2], [1, 2]]], ValueError, rf"{name} must be a .*, got shape \(1, 2, 2\)"),
        ([[1, math.nan], [2, 1]], ValueError, f"{name} must lie in .*, got nan in row 0, column 1"),
        ([[1, 1], [math.inf, 1]], ValueError, f"{name} must lie in .*, got inf in row 1, column 0"),
        ([[1, "a"], [2, 1]], TypeError, f"{name} must be a .*matrix of numbers"),
        ([[True, False], [True, True]], TypeError, f"{name} must be a .*matrix of numbers"),
        ([[1, 2], [1]], TypeError, f"{name} must be a .*matrix of numbers"),
    ]


def _row(name, interval):
    return [
        ([], ValueError, rf"{name} must be a row of at least 1 numbers, got shape \(0,\)"),
        (0.5, ValueError, rf"{name} must be a row of at least 1 numbers, got shape \(\)"),
        ([[0.5, 0.5]], ValueError, rf"{name} must be a row .*, got shape \(1, 2\)"),
        ([1, -0.5], ValueError, rf"{name} must lie in {interval}, got -0.5 at position 1"),
        ([0.5, math.nan], ValueError, rf"{name} must lie in {interval}, got nan at position 1"),
        ([0.5, math.inf], ValueError, rf"{name} must lie in {interval}, got inf at position 1"),
        (["half", 0.5], TypeError, f"{name} must be a row of numbers"),
        ([True, False], TypeError, f"{name} must be a row of numbers"),
        ([[1], [1, 2]], TypeError, f"{name} must be a row of numbers"),
    ]


_COST = [
    ([2], ValueError, "cost must be columns from 0 to 1, got 2"),
    ([-1], ValueError, "cost must be a whole number of at least 0, got -1"),
    ([1, 1], ValueError, "cost must name a column once, got 1 twice"),
    ([0.5], TypeError, "cost must be a whole number of at least 0, got 0.5"),
    ([1.0], TypeError, "cost must be a whole number of at least 0, got 1.0"),
    ([math.nan], TypeError, "cost must be a whole number of at least 0, got nan"),
    ([False, True], TypeError, "cost must be a whole number of at least 0, got False"),
    (["price"], TypeError, "cost must be a whole number of at least 0, got 'price'"),
    ("price", TypeError, "cost must be a row of columns, got 'price'"),
    (1, TypeError, "cost must be a row of columns, got 1"),
    (None, TypeError, "cost must be a row of columns, got None"),
]
_AHP = (decisions.ahp, {"matrix": [[1, 3], [1 / 3, 1]], "random_index": "saaty"})
_TOPSIS = (decisions.topsis, {"scores": [[3, 1], [1, 2]], "weights": [0.5, 0.5], "cost": [1]})
_WINNING = (
    decisions.winning_share, {"scores": [[3, 1], [1, 2]], "draws": 10, "cost": (), "rng": 0}
)  # fmt: skip
_EVPI = (
    decisions.expected_value_of_perfect_information,
    {"payoffs": [[3, 1], [1, 2]], "probabilities": [0.5, 0.5]},
)
_EVI = (
    decisions.expected_value_of_information,
    {
        "payoffs": [[3, 1], [1, 2]],
        "probabilities": [0.5, 0.5],
        "reports": [[0.8, 0.2], [0.3, 0.7]],
    },
)
_PROBABILITIES = [
    *_row("probabilities", r"\[0, 1\]"),
    ([1.5, -0.5], ValueError, r"probabilities must lie in \[0, 1\], got 1.5 at position 0"),
    ([0.2, 0.3, 0.5], ValueError, "probabilities must be as many as the columns of payoffs, 2"),
    ([0.5, 0.4], ValueError, "probabilities must sum to 1, got 0.9"),
    ([0, 0], ValueError, "probabilities must sum to 1, got 0.0"),
    ([0.5, 0.500001], ValueError, "probabilities must sum to 1, got 1.00000"),
]
_PAYOFFS = [
    *_matrix("payoffs"),
    ([[1.5e308, 0], [-1.5e308, 0]], ValueError, "payoffs must differ by less than 1.8e308"),
]

ROWS = [
    *_rows(*_AHP, "matrix", *_matrix("matrix"),
           ([[1, 2, 3], [1, 1, 1]], ValueError, r"matrix must be a square .*, got shape \(2, 3\)"),
           ([[1, 0], [3, 1]], ValueError, "matrix must lie in .*, got 0.0 in row 0, column 1"),
           ([[1, -3], [-1 / 3, 1]], ValueError, "matrix must lie in .*, got -3.0 in row 0"),
           ([[1, 1e101], [1e-101, 1]], ValueError, r"matrix must lie in .*, got 1e\+101"),
           ([[1, 3], [3, 1]], ValueError, "matrix must be reciprocal, .*, got 3 in row 0, column 1"
            " and 3 in row 1, column 0"),
           ([[1, 7], [0.14, 1]], ValueError, "matrix must be reciprocal, .* and 0.14 in row 1"),
           ([[1, 3], [0.33, 1]], ValueError, "matrix must be reciprocal, .* and 0.33 in row 1"),
           ([[2, 3], [1 / 3, 1]], ValueError, "with 1 on the diagonal, got 2 in row 0, column 0"),
           (np.ones((11, 11)), ValueError, "matrix must have at most 10 rows, got 11")),
    *_rows(*_AHP, "random_index",
           *((value, ValueError, "random_index must be one of saaty, computed, got ")
             for value in ("mine", "", "Saaty", None, 3))),
    *_rows(*_TOPSIS, "scores", *_matrix("scores"),
           ([[1, 2]], ValueError, r"scores must have at least 2 x 1 cells, got shape \(1, 2\)"),
           ([[1, 2], [1, 2]], ValueError, "scores must differ in a column with a weight above 0"),
           ([[0, 0], [0, 0]], ValueError, "scores must differ in a column with a weight above 0")),
    *_rows(*_TOPSIS, "weights", *_row("weights", r"\[0, inf\)"),
           ([0.2, 0.3, 0.5], ValueError,
            "weights must be as many as the columns of scores, 2, got 3"),
           ([0, 0], ValueError, "scores must differ in a column with a weight above 0")),
    (_TOPSIS[0], {"scores": [[3, 1], [1, 1]], "weights": [0, 1]}, ValueError,
     "scores must differ in a column with a weight above 0"),
    *_rows(*_TOPSIS, "cost", *_COST),
    *_rows(*_WINNING, "scores", *_matrix("scores")),
    *_rows(*_WINNING, "draws",
           *((value, ValueError, f"draws must be a whole number of at least 1, got {value}")
             for value in (0, -5)),
           *((value, TypeError, "draws must be a whole number of at least 1, got ")
             for value in (10.0, math.nan, math.inf, "10", None, True))),
    *_rows(*_WINNING, "cost", *_COST),
    *_rows(*_WINNING, "rng",
           (-1, ValueError, "rng must be a whole number of at least 0, got -1"),
           *((value, TypeError, "rng must be a whole number of at least 0, got ")
             for value in (0.5, "seed", None, True))),
    *((function, {"payoffs": value}, error, text)
      for function in (decisions.regret, decisions.minimax_regret)
      for value, error, text in _PAYOFFS),
    *_rows(*_EVPI, "payoffs", *_PAYOFFS),
    *_rows(*_EVPI, "probabilities", *_PROBABILITIES),
    *_rows(*_EVI, "payoffs", *_PAYOFFS),
    *_rows(*_EVI, "probabilities", *_PROBABILITIES),
    *_rows(*_EVI, "reports", *_matrix("reports"),
           ([[1.2, -0.2], [0.5, 0.5]], ValueError, r"reports must lie in \[0, 1\], got 1.2"),
           ([[0.5, 0.5]], ValueError, "reports must have a row for each column of payoffs, 2, got"),
           ([[0.5, 0.5], [0.5, 0.4]], ValueError, "reports must sum to 1 in each row, got 0.9 in "
            "row 1")),
]  # fmt: skip
