"""What the functions of `peacekeeping` refuse."""

import numpy as np
import pandas as pd

from entente.models import peacekeeping
from refusals import INF, NAN, NO_PROBABILITY, NO_ROW, each

PEACES = {"durations": [1, 2, 3, 4], "events": [1, 0, 1, 1]}
GROUPED = PEACES | {"groups": list("aabb")}
COX = PEACES | {"covariates": {"mission": [0, 1, 1, 0]}}
NO_DURATIONS = [
    *NO_ROW,
    ([1, 2, 0, 4], ValueError),
    ([1, 2, -3, 4], ValueError),
    ([1, 2], ValueError),
]
NO_EVENTS = [
    ([0, 0, 0, 0], ValueError), ([1, 2, 0, 1], ValueError), (["yes"] * 4, TypeError), ([], ValueError),
    ([1, 0], ValueError), (None, ValueError), ([1, NAN, 0, 1], ValueError),
]  # fmt: skip
NO_ENTRY = [
    ([0, 0, 0, 4], ValueError), ([0, 2, 0, 0], ValueError), ([-1, 0, 0, 0], ValueError),
    ([0, 0, NAN, 0], ValueError), ([0, 0], ValueError), (["a"] * 4, TypeError), (0, ValueError),
]  # fmt: skip
NO_LABELS = [
    (list("aaaa"), ValueError),
    (["a", "b", None, "a"], ValueError),
    (["a", "b", NAN, "a"], ValueError),
    (5, TypeError),
    (list("ab"), ValueError),
]
STUCK = [[0, 1, 0], [1, 0, 0], [0, 0, 1]]


def covariates(message, error=ValueError, **columns):
    return (peacekeeping.hazard_ratio, PEACES | {"covariates": columns}, error, message)


ROWS = [
    *each(peacekeeping.escalation_ladder, "p_up", [
        *(row for row in NO_PROBABILITY if not isinstance(row[0], list)),
        ([0.5, 0.5], ValueError), ([0.5, 0.5, 0.5, 1.5], ValueError), ([[0.5] * 4], ValueError),
        (["a"] * 4, TypeError), ([0.5, NAN, 0.5, 0.5], ValueError), ([0.5, 1, 0, 0.5], ValueError),
    ], rungs=5),
    *each(peacekeeping.escalation_ladder, "rungs", [
        (1, ValueError), (0, ValueError), (5.0, TypeError), ("5", TypeError), (None, TypeError),
    ], p_up=0.4),
    (peacekeeping.escalation_ladder, {"p_up": [0.5, 1, 0, 0.5], "rungs": 5}, ValueError,
     "p_up must lead from every rung to peace or war in steps that can be counted, got "),
    (peacekeeping.escalation_ladder, {"p_up": [0.1] * 350 + [0.9] * 349 + [0], "rungs": 701}, ValueError,
     "in steps that can be counted, got "),
    *each(peacekeeping.absorption, "transition", [
        ([[0.5, 0.5]], ValueError), ([1.0], ValueError), (np.empty((0, 0)), ValueError),
        ([[0.5, 0.6], [0, 1]], ValueError), ([[0.5, 0.4], [0, 1]], ValueError),
        ([[1.5, -0.5], [0, 1]], ValueError), ([[NAN, 1], [0, 1]], ValueError),
        ([["a", 1], [0, 1]], TypeError), ([[0.5, 0.5], [0.5, 0.5]], ValueError), (None, ValueError),
    ]),
    (peacekeeping.absorption, {"transition": [[0.5, 0.4], [0, 1]]}, ValueError,
     "rows that sum to 1, got 0.9 in row 0"),
    (peacekeeping.absorption, {"transition": [[0.5, 0.5], [0.5, 0.5]]}, ValueError,
     "transition must have a state that absorbs"),
    (peacekeeping.absorption, {"transition": STUCK}, ValueError,
     "transition must lead to an absorbing state, and never does from 0, 1"),
    (peacekeeping.absorption, {"transition": [[1, 1e-310], [0, 1]]}, ValueError,
     "transition must end within a number of steps that a float can hold"),
    *((peacekeeping.compare_survival, {"durations": durations, "events": events, "groups": groups},
       ValueError, "groups must be at risk at the same time, so that they can be compared")
      for durations, events, groups in [
          ([1, 2, 3, 4], [0, 0, 1, 1], "aabb"), ([1, 1, 3, 4, 5, 6], [0, 0, 1, 1, 1, 1], "aabbcc"),
      ] for groups in [list(groups)]),
    (peacekeeping.hazard_ratio, COX | {"clusters": list("aabb")}, ValueError,
     "clusters must have none missing and at least 3 labels for 1 covariate, got 2"),
    *(row for function, good in [
        (peacekeeping.peace_survival, PEACES), (peacekeeping.compare_survival, GROUPED),
        (peacekeeping.hazard_ratio, COX),
    ] for name, values in [("durations", NO_DURATIONS), ("events", NO_EVENTS)]
      for row in each(function, name, values, **good)),
    *each(peacekeeping.peace_survival, "entry", NO_ENTRY, **PEACES),
    *each(peacekeeping.hazard_ratio, "entry", NO_ENTRY, **COX),
    *each(peacekeeping.compare_survival, "groups", NO_LABELS, **GROUPED),
    *each(peacekeeping.hazard_ratio, "clusters", NO_LABELS, **COX),
    *each(peacekeeping.hazard_ratio, "covariates", [
        ([[0, 1, 1, 0]], TypeError), (None, TypeError), ({}, ValueError), (pd.DataFrame(), ValueError),
    ], **PEACES),
    covariates(r"covariates\['x'\] must not be the same for all, got 1", x=[1, 1, 1, 1]),
    covariates(r"covariates\['x'\] must lie in .*, got nan at position 1", x=[1, NAN, 0, 1]),
    covariates(r"covariates\['x'\] must lie in .*, got inf", x=[1, INF, 0, 1]),
    covariates(r"covariates\['x'\] must be a row of numbers", TypeError, x=list("abcd")),
    covariates(r"durations and covariates\['x'\] must be equally long, got 4 and 2", x=[0, 1]),
    covariates("covariates must not determine each other, got x, y", x=[0, 1, 1, 0], y=[1, 0, 0, 1]),
    covariates("covariates must not separate .* the ratio of x has no end", x=[4, 3, 2, 1]),
]  # fmt: skip
