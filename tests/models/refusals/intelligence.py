"""Wrong arguments of entente.models.intelligence: (callable, arguments, error, message)."""

import math

from entente.models import intelligence

HUGE = 10**400  # a whole number too large for a float


def _rows(function, good, name, *wrong):
    """One row for each wrong value of one argument, the others being right."""
    return [(function, {**good, name: value}, error, text) for value, error, text in wrong]


def _share(name):
    text = rf"{name} must be a number in \[0, 1\], got "
    return [
        *((value, ValueError, text + shown) for value, shown in
          ((-0.1, "-0.1"), (1.1, "1.1"), (math.nan, "nan"), (math.inf, "inf"), (HUGE, "1000"))),
        *((value, TypeError, text) for value in ("half", None, True, [0.5], 0.5j)),
    ]  # fmt: skip


def _above_zero(name):
    text = rf"{name} must be a number in \(0, inf\), got "
    return [
        *((value, ValueError, text + shown) for value, shown in
          ((0, "0"), (-1, "-1"), (math.nan, "nan"), (math.inf, "inf"))),
        *((value, TypeError, text) for value in ("one", None, True, [1])),
    ]  # fmt: skip


def _whole(name):
    text = f"{name} must be a whole number of at least 1, got "
    return [
        (0, ValueError, text + "0"), (-3, ValueError, text + "-3"),
        *((value, TypeError, text) for value in (3.0, math.nan, math.inf, "3", None, True)),
    ]  # fmt: skip


_MAJORITY = (intelligence.majority_correct, {"n": 3, "accuracy": 0.7})
_WEIGHTED = (intelligence.weighted_majority_correct, {"accuracies": [0.7, 0.6]})
_EFFECTIVE = (intelligence.effective_sources, {"n": 5, "correlation": 0.3})
_VARIANCE = (
    intelligence.posterior_variance,
    {"n": 5, "correlation": 0.3, "prior_variance": 1, "source_variance": 1},
)
_BELIEF = (
    intelligence.pooled_belief,
    {"prior": 0.5, "likelihood_ratio": 3, "reports": 5, "distinct_sources": 1},
)
_LOSS = (
    intelligence.sharing_loss,
    {"n": 5, "correlation": 0.3, "leak": 0.02, "leak_loss": 1, "prior_variance": 1,
     "source_variance": 1},
)  # fmt: skip
_CLUB = (
    intelligence.best_club_size,
    {"correlation": 0.3, "leak": 0.02, "leak_loss": 1, "largest": 30},
)
_TOO_LARGE = (HUGE, ValueError, r"must be a number in \[1, inf\), got 1000")
_COST = [
    *((value, ValueError, rf"leak_loss must be a number in \[0, inf\), got {shown}")
      for value, shown in ((-1, "-1"), (math.nan, "nan"), (math.inf, "inf"))),
    *((value, TypeError, r"leak_loss must be a number in \[0, inf\), got ")
      for value in ("one", None, True, [1])),
]  # fmt: skip

ROWS = [
    *_rows(*_MAJORITY, "n", *_whole("n"), _TOO_LARGE,
           ([3], TypeError, r"n must be a whole number of at least 1, got \[3\]"),
           (2, ValueError, "n must be odd, so that no vote is tied, got 2"),
           (10**6, ValueError, "n must be odd, so that no vote is tied, got 1000000")),
    *_rows(*_MAJORITY, "accuracy", *_share("accuracy")),
    *_rows(*_WEIGHTED, "accuracies",
           ([], ValueError, r"accuracies must be a row of at least 1 numbers, got shape \(0,\)"),
           (0.7, ValueError, r"accuracies must be a row of at least 1 numbers, got shape \(\)"),
           (None, ValueError, r"accuracies must be a row of at least 1 numbers, got shape \(\)"),
           ([[0.7, 0.6]], ValueError,
            r"accuracies must be a row of at least 1 numbers, got shape \(1, 2\)"),
           ([0.7, 1.2], ValueError, r"accuracies must lie in \[0, 1\], got 1.2 at position 1"),
           ([-0.1, 0.7], ValueError, r"accuracies must lie in \[0, 1\], got -0.1 at position 0"),
           ([0.7, math.nan], ValueError, r"accuracies must lie in \[0, 1\], got nan at position 1"),
           ([0.7, math.inf], ValueError, r"accuracies must lie in \[0, 1\], got inf at position 1"),
           (["good", 0.7], TypeError, "accuracies must be a row of numbers, got "),
           ([True, False], TypeError, "accuracies must be a row of numbers, got "),
           ([0.7, None], ValueError, r"accuracies must lie in \[0, 1\], got nan at position 1"),
           ([[0.7], [0.6, 0.5]], TypeError, "accuracies must be a row of numbers, got "),
           ("0.7", TypeError, "accuracies must be a row of numbers, got "),
           ([0.6] * 21, ValueError,
            "accuracies must be those of at most 20 sources, got 21; majority_correct")),
    *_rows(*_EFFECTIVE, "n", *_whole("n"), _TOO_LARGE,
           ([3], TypeError, r"n must be a whole number of at least 1, got \[3\]")),
    *_rows(*_EFFECTIVE, "correlation", *_share("correlation")),
    *_rows(*_VARIANCE, "n", *_whole("n"), _TOO_LARGE,
           ([3], TypeError, r"n must be a whole number of at least 1, got \[3\]")),
    *_rows(*_VARIANCE, "correlation", *_share("correlation")),
    *_rows(*_VARIANCE, "prior_variance", *_above_zero("prior_variance")),
    *_rows(*_VARIANCE, "source_variance", *_above_zero("source_variance")),
    *_rows(*_BELIEF, "prior", *_share("prior")),
    *_rows(*_BELIEF, "likelihood_ratio", *_above_zero("likelihood_ratio")),
    *_rows(*_BELIEF, "reports", *_whole("reports"), _TOO_LARGE,
           ([5], TypeError, r"reports must be a whole number of at least 1, got \[5\]")),
    *_rows(*_BELIEF, "distinct_sources", *_whole("distinct_sources"), _TOO_LARGE,
           (6, ValueError, "distinct_sources must be at most reports, 5, got 6")),
    *_rows(*_LOSS, "n", *(row for row in _whole("n") if row[0] is not None), _TOO_LARGE,
           (None, ValueError, r"n must be a row of at least 1 numbers, got shape \(\)"),
           ([], ValueError, r"n must be a row of at least 1 numbers, got shape \(0,\)"),
           ([[1, 2]], ValueError, r"n must be a row of at least 1 numbers, got shape \(1, 2\)"),
           ([1, 0], ValueError, r"n must lie in \[1, inf\), got 0.0 at position 1"),
           ([1, math.nan], ValueError, r"n must lie in \[1, inf\), got nan at position 1"),
           ([1, math.inf], ValueError, r"n must lie in \[1, inf\), got inf at position 1"),
           ([1, HUGE], TypeError, "n must be a row of numbers, got "),
           ([1, 2.5], TypeError, "n must be a whole number of at least 1, got 2.5"),
           ([True, 2], TypeError, "n must be a whole number of at least 1, got True"),
           (["one"], TypeError, "n must be a row of numbers, got "),
           ([[1], [1, 2]], TypeError, "n must be a row of numbers, got "),
           ({1, 2}, TypeError, "n must be a row of numbers, got ")),
    *_rows(*_LOSS, "correlation", *_share("correlation")),
    *_rows(*_LOSS, "leak", *_share("leak")),
    *_rows(*_LOSS, "leak_loss", *_COST),
    *_rows(*_LOSS, "prior_variance", *_above_zero("prior_variance")),
    *_rows(*_LOSS, "source_variance", *_above_zero("source_variance")),
    (intelligence.sharing_loss,
     {"n": 1, "correlation": 0, "leak": 1, "leak_loss": 1e308, "prior_variance": 1.7e308,
      "source_variance": 1.7e308}, ValueError,
     r"leak_loss and prior_variance must have a sum that is a number, got 1e\+308 and 1.7e\+308"),
    *_rows(*_CLUB, "correlation", *_share("correlation")),
    *_rows(*_CLUB, "leak", *_share("leak")),
    *_rows(*_CLUB, "leak_loss", *_COST),
    *_rows(*_CLUB, "largest", *_whole("largest"),
           ([30], TypeError, r"largest must be a whole number of at least 1, got \[30\]"),
           (10**6 + 1, ValueError,
            r"largest must be a number in \[1, 1000000\], got 1000001")),
]  # fmt: skip
