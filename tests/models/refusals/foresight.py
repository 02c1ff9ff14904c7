"""Wrong arguments of entente.models.foresight: (callable, arguments, error, message)."""

import math

from entente.models import foresight

HUGE = 10**400  # a whole number too large for a float


def _rows(function, good, name, *wrong):
    """One row for each wrong value of one argument, the others being right."""
    return [(function, {**good, name: value}, error, text) for value, error, text in wrong]


def _number(name, interval, *wrong):
    text = rf"{name} must be a number in {interval}, got "
    return [
        *((value, ValueError, text + str(value)) for value in (*wrong, math.nan, math.inf)),
        (HUGE, ValueError, text + "1000"),
        *((value, TypeError, text) for value in ("half", None, True, [0.5], 0.5j)),
    ]


def _whole(name, least):
    text = f"{name} must be a whole number of at least {least}, got "
    return [
        *((value, ValueError, text + str(value)) for value in (least - 1, -3)),
        *((value, TypeError, text) for value in (3.0, math.nan, "3", None, True, [3])),
    ]


def _row(name, interval):
    return [
        ([], ValueError, rf"{name} must be a row of at least 1 numbers, got shape \(0,\)"),
        (5, ValueError, rf"{name} must be a row of at least 1 numbers, got shape \(\)"),
        ([[1, 2]], ValueError, rf"{name} must be a row of at least 1 numbers, got shape \(1, 2\)"),
        ([1, -0.5], ValueError, rf"{name} must lie in {interval}, got -0.5 at position 1"),
        ([1, math.nan], ValueError, rf"{name} must lie in {interval}, got nan at position 1"),
        ([math.inf, 1], ValueError, rf"{name} must lie in {interval}, got inf at position 0"),
        (["one"], TypeError, f"{name} must be a row of numbers"),
        ([True], TypeError, f"{name} must be a row of numbers"),
        ([[1], [1, 2]], TypeError, f"{name} must be a row of numbers"),
    ]


_ABOVE = r"\(0, inf\)"
_LEAST = r"\[0, inf\)"
_SIZES = (foresight.stable_club_sizes, {"n": 5, "benefit": 1, "cost": 1})
_GAIN = (foresight.club_gain_share, {"n": 5, "size": 3, "benefit": 1, "cost": 1})
_CYBER = (
    foresight.security_investment,
    {"vulnerability": 0.65, "loss": 4e5, "productivity": 1e-5, "beta": 1},
)
_PATH = (foresight.diffusion, {"times": [0, 5], "innovation": 0.03, "imitation": 0.38})
_PEAK = (foresight.diffusion_peak, {"innovation": 0.03, "imitation": 0.38})
_DEPTHS = (foresight.club_depths, {"values": [2, 1], "exclusion": 0.5})
_WEAKEST = (
    foresight.weakest_link_security,
    {"vulnerability": 0.65, "losses": [4e5, 1e5], "productivity": 1e-5, "beta": 1},
)
_GROUPS = (
    foresight.group_diffusion,
    {"times": [0, 5], "innovation": [0.03, 0.01], "imitation": [[0.3, 0.1], [0.1, 0.3]]},
)
_FITS = (foresight.diffusion_fits, {"adopters": [1, 3, 4], "population": 9, "ahead": 2})
_FUTURES = (foresight.sample_futures, {"ranges": {"a": (0, 1)}, "runs": 3, "rng": 1})
_MODERATE = r"\[1e-100, 1e100\]"
_VALUE = (foresight.shapley_value, {"players": ["A", "B"], "worth": len})

ROWS = [
    *(row for model in (_SIZES, _GAIN) for row in (
        *_rows(*model, "n", *_whole("n", 2)),
        *_rows(*model, "benefit", *_number("benefit", _ABOVE, 0, -1)),
        *_rows(*model, "cost", *_number("cost", _ABOVE, 0, -1)),
    )),
    *_rows(*_GAIN, "size", *_whole("size", 1),
           (6, ValueError, "size must be a whole number of at most n, 5, got 6")),
    *_rows(*_CYBER, "vulnerability", *_number("vulnerability", r"\[0, 1\]", -0.1, 1.1)),
    *_rows(*_CYBER, "loss", *_number("loss", _LEAST, -1)),
    *_rows(*_CYBER, "productivity", *_number("productivity", _ABOVE, 0, -1)),
    *_rows(*_CYBER, "beta", *_number("beta", _ABOVE, 0, -1)),
    *_rows(*_PATH, "times", *_row("times", _LEAST)),
    *(row for model in (_PATH, _PEAK) for row in (
        *_rows(*model, "innovation", *_number("innovation", _ABOVE, 0, -0.1)),
        *_rows(*model, "imitation", *_number("imitation", _LEAST, -0.1)),
        (model[0], {**model[1], "innovation": 1.5e308, "imitation": 1.5e308}, ValueError,
         r"innovation \+ imitation must be a number in \(0, inf\), got inf"),
    )),
    (_PATH[0], {**_PATH[1], "innovation": 1e-300, "imitation": 1e300}, ValueError,
     r"imitation / innovation must be a number in \[0, inf\), got inf"),
    *_rows(*_VALUE, "players",
           ([], ValueError, "players must be from 1 to 20 names, got 0"),
           (range(21), ValueError, "players must be from 1 to 20 names, got 21"),
           (["A", "B", "A"], ValueError, "players must be different names, got "),
           (["A", ["B"]], TypeError, r"players must be names that a set can hold, got \['B'\]"),
           (3, TypeError, "players must be a row of names, got 3"),
           (None, TypeError, "players must be a row of names, got None")),
    *_rows(*_VALUE, "worth",
           (7, TypeError, "worth must be a function of a frozenset of players, got 7"),
           (None, TypeError, "worth must be a function .*, got None"),
           (lambda team: 1, ValueError, "worth of the empty coalition must be 0, got 1"),
           (lambda team: math.nan if team else 0, ValueError,
            r"worth of frozenset\(\{'.'\}\) must be a number in .*, got nan"),
           (lambda team: math.inf if team else 0, ValueError, "worth of .*, got inf"),
           (lambda team: 1e301 * len(team), ValueError, r"worth of .*, got 1e\+301"),
           (lambda team: HUGE if team else 0, ValueError, "worth of .* must be a number"),
           (lambda team: "much" if team else 0, TypeError, "worth of .*, got 'much'"),
           (lambda team: None if team else 0, TypeError, "worth of .*, got None"),
           (lambda team: [len(team)], TypeError, "worth of .*, got "),
           (lambda team: math.nan, ValueError, "worth of .*, got nan"),
           (lambda team: None, TypeError, "worth of .*, got None")),
    *_rows(*_DEPTHS, "values", *_row("values", _MODERATE),
           ([1, 0], ValueError, r"values must lie in \[1e-100, 1e100\], got 0.0 at position 1")),
    *_rows(*_DEPTHS, "exclusion", *_number("exclusion", r"\[0, 1\]", -0.1, 1.1)),
    *_rows(*_WEAKEST, "vulnerability", *_number("vulnerability", r"\[0, 1\]", -0.1, 1.1)),
    *_rows(*_WEAKEST, "losses", *_row("losses", r"\[0, 1e100\]")),
    *_rows(*_WEAKEST, "productivity", *_number("productivity", _MODERATE, 0, -1)),
    *_rows(*_WEAKEST, "beta", *_number("beta", r"\(0, 1000\]", 0, -1)),
    *_rows(*_GROUPS, "times", *_row("times", r"\[0, 1000\]"),
           ([5, 0], ValueError, "times must be in rising order")),
    *_rows(*_GROUPS, "innovation",
           (0.1, ValueError, r"innovation must be a row of numbers .*, got shape \(\)"),
           ([], ValueError, r"innovation must be a row of numbers .*, got shape \(0,\)"),
           ([0.1, 11], ValueError, r"innovation must lie in \[0, 10\], got 11.0 at position 1"),
           ([0.1, -1], ValueError, r"innovation must lie in \[0, 10\], got -1.0 at position 1"),
           ([math.nan, 0], ValueError, r"innovation must lie in \[0, 10\], got nan"),
           ([[1, 0], [1]], TypeError, "innovation must be a row of numbers"),
           (["one", 0], TypeError, "innovation must be a row of numbers"),
           ([0.1, 0.1, 0.1], ValueError, "imitation must have 3 rows")),
    *_rows(*_GROUPS, "imitation",
           ([0.1, 0.2], ValueError, r"imitation must be a square matrix .*, got shape \(2,\)"),
           ([[0.1, 0.2]], ValueError, r"imitation must have 2 rows and columns, .*\(1, 2\)"),
           ([[0.1, 0.2], [0.1, -1]], ValueError, r"imitation must lie in .*, got -1.0"),
           ([[0.1, 0.2], [0.1]], TypeError, "imitation must be a square matrix of numbers"),
           ([[True, False], [True, True]], TypeError, "imitation must be a row of numbers")),
    (_GROUPS[0], {"times": [0, 5], "innovation": [[0.1, 0.2]] * 3,
                  "imitation": [[[0.1, 0.2], [0.1, 0.2]]] * 2}, ValueError,
     "innovation and imitation must be of as many scenarios, got shapes"),
    *_rows(*_FITS, "adopters",
           ([3], ValueError, r"adopters must be a row of at least 2 numbers, got shape \(1,\)"),
           ([3, 2], ValueError, "adopters must never fall"),
           ([-1, 2], ValueError, r"adopters must lie in \[0, 1e12\], got -1.0 at position 0"),
           (["1", "2"], TypeError, "adopters must be a row of numbers")),
    *_rows(*_FITS, "population", *_number("population", r"\(0, 1e12\]", 0, -1),
           (3.5, ValueError, "population must not be below the adopters, 4, got 3.5")),
    *_rows(*_FITS, "ahead", *_whole("ahead", 0)),
    *_rows(*_FUTURES, "ranges",
           ({}, TypeError, r"ranges must be a dict of at least one range, got \{\}"),
           ([(0, 1)], TypeError, "ranges must be a dict of at least one range"),
           ({"a": (1, 0)}, ValueError, r"ranges of a must be the least and the greatest value"),
           ({"a": (0, 1, 2)}, ValueError, "ranges of a must be the least and the greatest value"),
           ({"a": (0,)}, ValueError, "ranges of a must be a row of at least 2 numbers"),
           ({"a": (0, math.inf)}, ValueError, "ranges of a must lie in .*, got inf"),
           ({"a": ("0", "1")}, TypeError, "ranges of a must be a row of numbers")),
    *_rows(*_FUTURES, "runs", *_whole("runs", 1)),
    *_rows(*_FUTURES, "rng", (-1, ValueError, "rng must be a whole number of at least 0, got -1"),
           (0.5, TypeError, "rng must be a whole number of at least 0"),
           (None, TypeError, "rng must be a whole number of at least 0")),
    *((foresight.airport_shares, {"costs": value}, error, text)
      for value, error, text in _row("costs", _LEAST)),
]  # fmt: skip
