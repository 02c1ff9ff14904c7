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
    *((foresight.airport_shares, {"costs": value}, error, text)
      for value, error, text in _row("costs", _LEAST)),
]  # fmt: skip
