"""Wrong arguments of entente.models.deterrence: (callable, arguments, error, message)."""

import math

import numpy as np
import pandas as pd

from entente.models import deterrence

HUGE = 10**400  # a whole number too large for a float


def _rows(function, good, name, *wrong):
    """One row for each wrong value of one argument, the others being right."""
    return [(function, {**good, name: value}, error, text) for value, error, text in wrong]


def _number(name, interval, *wrong):
    """What is no number at all, and numbers outside the interval."""
    text = rf"{name} must be a number in {interval}, got "
    return [
        *((value, ValueError, text + str(value)) for value in (*wrong, math.nan, math.inf)),
        (HUGE, ValueError, text + "1000"),
        *((value, TypeError, text) for value in ("half", None, True, [0.5], 0.5j)),
    ]


def _share(name):
    return _number(name, r"\[0, 1\]", -0.1, 1.1)


def _at_least_zero(name):
    return _number(name, r"\[0, inf\)", -0.1)


_CONFIDENCE = _number("confidence", r"\(0, 1\)", 0, 1, 1.0, -0.1, 95)

# Pledges and wars

_THRESHOLD = (
    deterrence.honour_threshold,
    {"p_alone": 0.7, "p_defended": 0.3, "cost_ratio": 0.5},
)
_OBSERVED = (deterrence.observed_reliability, _THRESHOLD[1])
_UNKNOWN_COST = (deterrence.observed_reliability, {"p_alone": 0.7, "p_defended": 0.3})

_PLEDGES = [
    *(row for call in (_THRESHOLD, _OBSERVED, _UNKNOWN_COST) for row in (
        *_rows(*call, "p_alone", *_share("p_alone"),
               (0.3, ValueError, "p_defended must be below p_alone, 0.3, got 0.3"),
               (0, ValueError, "p_defended must be below p_alone, 0.0, got 0.3")),
        *_rows(*call, "p_defended", *_share("p_defended"),
               (0.7, ValueError, "p_defended must be below p_alone, 0.7, got 0.7"),
               (0.8, ValueError, "p_defended must be below p_alone, 0.7, got 0.8")))),
    *_rows(*_THRESHOLD, "cost_ratio", *_at_least_zero("cost_ratio")),
    *_rows(*_OBSERVED, "cost_ratio",
           *(row for row in _at_least_zero("cost_ratio") if row[0] is not None),
           (0.7, ValueError, "cost_ratio must be below p_alone, 0.7, got 0.7: nobody attacks"),
           (1e300, ValueError, r"cost_ratio must be below p_alone, 0.7, got 1e\+300: nobody")),
    (deterrence.honour_threshold, {"p_alone": 1e-17, "p_defended": 0, "cost_ratio": 1e300},
     ValueError, r"cost_ratio must be small enough for the threshold to be a number, got 1e\+300"),
]  # fmt: skip

# Bargaining

_RANGE = (deterrence.bargaining_range, {"p": 0.5, "cost_a": 0.1, "cost_b": 0.2})
_DEMAND = (deterrence.optimal_demand, {"p": 0.5, "cost_a": 0.1, "cost_b_max": 0.4})

_BARGAINS = [
    *(row for call in (_RANGE, _DEMAND) for row in (
        *_rows(*call, "p", *_share("p")),
        *_rows(*call, "cost_a", *_at_least_zero("cost_a")))),
    *_rows(*_RANGE, "cost_b", *_at_least_zero("cost_b")),
    *_rows(*_DEMAND, "cost_b_max", *_number("cost_b_max", r"\(0, inf\)", 0, -0.1)),
]  # fmt: skip

# Arms races

_REACTIONS = {"k": 0.8, "l": 0.6, "a": 1, "b": 0.9}
_RACE = _REACTIONS | {"g": 0.5, "h": 0.3}
_STABLE = (deterrence.richardson_stable, _REACTIONS)
_EQUILIBRIUM = (deterrence.richardson_equilibrium, _RACE)
_PATH = (deterrence.richardson_path, _RACE | {"start": [0.2, 0.1], "times": [0, 5]})

_ROW = "must be a row of at least {} numbers, got shape "
_RACES = [
    *(row for call in (_STABLE, _EQUILIBRIUM, _PATH) for name in "klab"
      for row in _rows(*call, name, *_at_least_zero(name))),
    *(row for call in (_EQUILIBRIUM, _PATH) for name in "gh"
      for row in _rows(*call, name, *_number(name, r"\(-inf, inf\)"))),
    (deterrence.richardson_equilibrium,
     {"k": 0.6, "l": 0.6, "a": 0.4, "b": 0.9, "g": 1, "h": 1}, ValueError,
     r"a \* b must differ from k \* l for a single equilibrium, got 0.4 \* 0.9 and 0.6 \* 0.6"),
    (deterrence.richardson_equilibrium,
     {"k": 0, "l": 0, "a": 0, "b": 0, "g": 1, "h": 1}, ValueError,
     r"a \* b must differ from k \* l"),
    (deterrence.richardson_equilibrium,
     {"k": 0, "l": 0, "a": 1e-10, "b": 1, "g": 1e300, "h": 0}, ValueError,
     r"g and h must be small enough for the equilibrium to be a number, got 1e\+300 and 0.0"),
    *_rows(*_PATH, "start",
           ([], ValueError, "start " + _ROW.format(2) + r"\(0,\)"),
           ([1], ValueError, "start " + _ROW.format(2) + r"\(1,\)"),
           (1, ValueError, "start " + _ROW.format(2) + r"\(\)"),
           (None, ValueError, "start " + _ROW.format(2) + r"\(\)"),
           ([[1, 2]], ValueError, "start " + _ROW.format(2) + r"\(1, 2\)"),
           ([1, 2, 3], ValueError, "start must be the armaments of 2 sides, got 3 numbers"),
           ([1, math.nan], ValueError, r"start must lie in \(-inf, inf\), got nan at position 1"),
           ([math.inf, 1], ValueError, r"start must lie in \(-inf, inf\), got inf at position 0"),
           (["a", "b"], TypeError, "start must be a row of numbers, got "),
           ([[1], [1, 2]], TypeError, "start must be a row of numbers, got "),
           ([True, False], TypeError, "start must be a row of numbers, got ")),
    *_rows(*_PATH, "times",
           ([], ValueError, "times " + _ROW.format(1) + r"\(0,\)"),
           (5, ValueError, "times " + _ROW.format(1) + r"\(\)"),
           (None, ValueError, "times " + _ROW.format(1) + r"\(\)"),
           ([[0, 1]], ValueError, "times " + _ROW.format(1) + r"\(1, 2\)"),
           ([0, -1], ValueError, r"times must lie in \[0, inf\), got -1.0 at position 1"),
           ([0, math.nan], ValueError, r"times must lie in \[0, inf\), got nan at position 1"),
           ([0, math.inf], ValueError, r"times must lie in \[0, inf\), got inf at position 1"),
           (["now"], TypeError, "times must be a row of numbers, got "),
           ([HUGE], TypeError, "times must be a row of numbers, got ")),
    (deterrence.richardson_path,
     {"k": 2, "l": 2, "a": 1, "b": 1, "g": 1, "h": 1, "start": [0, 0], "times": [0, 1000, 2000]},
     ValueError, "times must be short enough for the growth of armaments to be a number, got 1000"),
    (deterrence.richardson_path,
     {"k": 1e308, "l": 1e308, "a": 1e308, "b": 1e308, "g": 1, "h": 1, "start": [0, 0],
      "times": [1]}, ValueError, "k, l, a and b must have a sum that is a number, got "),
]  # fmt: skip

# The risk set

_STATES = pd.DataFrame({"ccode": [1, 2], "start": 1900, "end": 1950})
_BORDER = pd.DataFrame({"state_a": [1], "state_b": [2], "start": 1900, "end": 1950})
_MAJORS = pd.DataFrame({"ccode": [2], "start": [1900], "end": [1950]})
_TABLES = {"states": _STATES, "contiguity": _BORDER, "major_powers": _MAJORS}
_DYADS = (deterrence.relevant_dyads, {**_TABLES, "first": 1900, "last": 1901})


def _tables():
    for name, table in _TABLES.items():
        codes = [column for column in table if column not in ("start", "end")]
        yield from _rows(
            *_DYADS, name,
            ([1, 2], TypeError, f"{name} must be a DataFrame, got list"),
            (None, TypeError, f"{name} must be a DataFrame, got NoneType"),
            *((table.drop(columns=column), ValueError, f"{name} must have the column {column}, got")
              for column in table),
            *((table.assign(**{code: value}), TypeError,
               f"{name} must have whole numbers in {code}, got ")
              for code in codes for value in (1.5, math.nan, "FRA", None, True)),
            *((table.assign(**{year: value}), TypeError,
               f"{name} must have days or years in {year}, got ")
              for year in ("start", "end") for value in ("once", True, 1900j)),
            *((table.assign(start=value), ValueError, f"{name} must have a start in every row")
              for value in (math.nan, None, pd.NaT, math.inf, -math.inf)),
        )  # fmt: skip


_RISK_SET = [
    *_tables(),
    (deterrence.relevant_dyads, {**_DYADS[1], "states": pd.DataFrame({"iso3": ["FRA"]})},
     ValueError, "states must have the column ccode, got iso3"),
    *_rows(*_DYADS, "first",
           (0, ValueError, "first must be a whole number of at least 1, got 0"),
           *((value, TypeError, "first must be a whole number of at least 1, got ")
             for value in (1950.5, 1900.0, math.nan, math.inf, "1900", None, True, [1900]))),
    *_rows(*_DYADS, "last",
           (1899, ValueError, "last must be a whole number of at least 1900, got 1899"),
           *((value, TypeError, "last must be a whole number of at least 1900, got ")
             for value in (1950.5, 1901.0, math.nan, math.inf, "1901", None, True, [1901]))),
]  # fmt: skip

# Comparing rates

_KATZ = (deterrence.risk_ratio, {"events_a": 5, "n_a": 10, "events_b": 2, "n_b": 10})
_CLUSTERED = (
    deterrence.clustered_risk_ratio,
    {"events": [1, 0, 0, 1, 1, 1], "exposed": [1, 1, 1, 0, 0, 0], "clusters": [1, 2, 3, 4, 5, 6]},
)
_KINDS = (2.5, 5.0, math.nan, math.inf, "5", None, True, [5])


def _truths(name):
    text = f"{name} must be a row of truth values, "
    return [
        ([], ValueError, text + r"got shape \(0,\)"),
        (1, ValueError, text + r"got shape \(\)"),
        (None, ValueError, text + r"got shape \(\)"),
        ([[1, 0, 1, 0, 1, 0]], ValueError, text + r"got shape \(1, 6\)"),
        *((row, ValueError, text + "or of 0 and 1, got .* at position ")
          for row in ([1, 2, 0, 1, 0, 1], [0.5] * 6, [math.nan] * 6, [math.inf] * 6)),
        (["a"] * 6, TypeError, text + "or of 0 and 1, got "),
    ]  # fmt: skip


_RATES = [
    *(row for name in ("events_a", "events_b")
      for row in _rows(*_KATZ, name,
          (0, ValueError, f"{name} must be a whole number of at least 1, got 0"),
          (-1, ValueError, f"{name} must be a whole number of at least 1, got -1"),
          *((value, TypeError, f"{name} must be a whole number of at least 1, got ")
            for value in _KINDS))),
    *(row for name, least in (("n_a", 5), ("n_b", 2))
      for row in _rows(*_KATZ, name,
          (least - 1, ValueError, f"{name} must be a whole number of at least {least}, got "),
          *((value, TypeError, f"{name} must be a whole number of at least {least}, got ")
            for value in _KINDS))),
    (_KATZ[0], {"events_a": 5, "n_a": 5, "events_b": 2, "n_b": 2}, ValueError,
     "events_a and events_b must leave a trial without an event, got 5 of 5 and 2 of 2"),
    *_rows(*_KATZ, "confidence", *_CONFIDENCE),
    *_rows(*_CLUSTERED, "strata",
        ([1, 1], ValueError, "events and strata must be equally long, got 6 and 2"),
        ([1, 1, None, 1, 1, 1], ValueError, "strata must have a label for each trial, and some are missing"),
        ([1, 1, 1, 2, 2, 2], ValueError, "strata must have events of the exposed in one with others, and of others in"),
        ([1, 2, 2, 2, 2, 2], ValueError, "strata must have events of the exposed in one with others")),
    *_rows(*_CLUSTERED, "events", *_truths("events"),
           ([1, 0], ValueError, "events, exposed and clusters must be equally long, got 2, 6 and"),
           ([1, 0, 0, 0, 0, 0], ValueError, "got 1 in 3 exposed and 0 in 3 others"),
           ([0, 0, 0, 0, 1, 1], ValueError, "got 0 in 3 exposed and 2 in 3 others"),
           ([1, 1, 1, 1, 1, 1], ValueError, "not all trials; got 3 in 3 exposed and 3 in 3 others"),
           ([1, 0, 0, 1, 0, 0], ValueError,
            "events must be spread over more clusters of the unexposed: too many draws have none")),
    *_rows(*_CLUSTERED, "exposed", *_truths("exposed"),
           ([1, 0], ValueError, "events, exposed and clusters must be equally long, got 6, 2 and"),
           ([1] * 6, ValueError, "two with exposed trials and two with others, got 6 and 0"),
           ([0] * 6, ValueError, "two with exposed trials and two with others, got 0 and 6")),
    *_rows(*_CLUSTERED, "clusters",
           ([1, 2], ValueError, "events, exposed and clusters must be equally long, got 6, 6 and 2"),
           ([], ValueError, "events, exposed and clusters must be equally long, got 6, 6 and 0"),
           ([1] * 6, ValueError, "clusters must have at least two labels and none missing, got 1"),
           ([1, 1, 1, 2, 3, 4], ValueError,
            "clusters must be at least two with exposed trials and two with others, got 1 and 3"),
           ([1, 2, 3, 4, 5, None], ValueError, "at least two labels and none missing, got 5"),
           ([1, 2, 3, 4, 5, math.nan], ValueError, "at least two labels and none missing, got 5"),
           *((value, TypeError, "clusters must be a row of labels, got ")
             for value in (None, 5, "abcdef", [[1]] * 6, np.ones((6, 1))))),
    *_rows(*_CLUSTERED, "confidence", *_CONFIDENCE),
    *_rows(*_CLUSTERED, "rng",
           (-1, ValueError, "rng must be a whole number of at least 0, got -1"),
           *((value, TypeError, "rng must be a whole number of at least 0, got ")
             for value in (1.5, math.nan, math.inf, "1", None, True, [1]))),
]  # fmt: skip

ROWS = [*_PLEDGES, *_BARGAINS, *_RACES, *_RISK_SET, *_RATES]
