"""What the functions of `evaluation` refuse."""

import pandas as pd

from entente.models import evaluation
from refusals import INF, NAN, NO_COUNT, NO_NUMBER, NO_PROBABILITY, NO_ROW, NOT_POSITIVE, each

COUNTED = {"times": [1, 2, 3, 4], "counts": [5, 6, 7, 8]}
BROKEN = COUNTED | {"break_at": 3}
OUTCOME = pd.DataFrame(
    {"a": [1.0, 2, 3], "b": [2.0, 3, 4], "c": [1.0, 1, 5]}, index=[2000, 2001, 2002]
)
CONTROL = {"outcome": OUTCOME, "treated": "a", "start": 2002}
PREDICTORS = pd.DataFrame({"wealth": [1, 2, 3]}, index=list("abc"))
NO_TIMES = [
    *NO_ROW,
    ([1, 2, 3], ValueError),
    ([1, 2, 3, 3], ValueError),
    ([1, 2, 3, 4, 5], ValueError),
]
NO_COUNTS = [
    *NO_ROW,
    ([5, 6, -1, 8], ValueError),
    ([5, 6, 7], ValueError),
    ([5, 6, 7, 8, 9], ValueError),
]
SEARCH = {"width": 1, "speed": 1, "time": 1, "area": 1}
NOT_NEGATIVE = [(-1, ValueError), (INF, ValueError), *NO_NUMBER]
FORCE = {"contingents": 10, "needed": 8, "caveat": 0.3}


def outcome(message, table, error=ValueError):
    return (evaluation.synthetic_control, CONTROL | {"outcome": table}, error, message)


ROWS = [
    *each(evaluation.interrupted_counts, "times", NO_TIMES, **BROKEN),
    *each(evaluation.interrupted_counts, "counts", NO_COUNTS, **BROKEN),
    *each(evaluation.interrupted_counts, "break_at", [
        (2, ValueError), (4, ValueError), (9, ValueError), (INF, ValueError), *NO_NUMBER
    ], **COUNTED),
    (evaluation.interrupted_counts, BROKEN | {"counts": [0, 0, 7, 8]}, ValueError,
     "break_at must leave at least two counts, not all 0, on either side, got 3 with 2 before"),
    *each(evaluation.interrupted_counts, "errors", [
        ("white", ValueError), ("", ValueError), (None, ValueError), (1, ValueError),
    ], **BROKEN),
    (evaluation.interrupted_counts, BROKEN | {"counts": [5, 5, 7, 7], "errors": "robust"}, ValueError,
     "counts must scatter on a side of the break for robust errors"),
    *each(evaluation.break_scan, "times", NO_TIMES, counts=COUNTED["counts"]),
    *each(evaluation.break_scan, "counts", NO_COUNTS, times=COUNTED["times"]),
    (evaluation.break_scan, COUNTED | {"counts": [0, 0, 0, 5]}, ValueError,
     "counts must not be all 0 on one side of every break"),
    outcome("outcome must be a DataFrame, got list", [[1, 2]], TypeError),
    outcome("outcome must be a DataFrame, got NoneType", None, TypeError),
    outcome("outcome must lie in .*, got nan in row 0, column 1", OUTCOME.assign(b=[NAN, 1, 2])),
    outcome("outcome must be a matrix of numbers", OUTCOME.assign(b=list("xyz")), TypeError),
    outcome("outcome must have at least two other units, got 1", OUTCOME[["a", "b"]]),
    outcome("outcome must have its times in rising order", OUTCOME[::-1]),
    outcome("outcome must have each unit and each time once", OUTCOME[["a", "b", "c", "c"]]),
    outcome("outcome must have each unit and each time once",
            OUTCOME.set_axis([2000, 2000, 2002])),
    *each(evaluation.synthetic_control, "treated", [("d", ValueError), (None, ValueError)],
          outcome=OUTCOME, start=2002),
    *each(evaluation.synthetic_control, "start", [(2001, ValueError), (2003, ValueError)],
          outcome=OUTCOME, treated="a"),
    *each(evaluation.synthetic_control, "predictors", [
        ([[1]], TypeError), (PREDICTORS[:2], ValueError), (PREDICTORS * NAN, ValueError),
        (PREDICTORS.assign(wealth=1), ValueError), (PREDICTORS.iloc[[0, 1, 2, 2]], ValueError),
    ], **CONTROL),
    *(row for name in ("width", "speed", "time")
      for row in each(evaluation.detection_probability, name, NOT_NEGATIVE, **SEARCH)),
    *each(evaluation.detection_probability, "area", NOT_POSITIVE, **SEARCH),
    *each(evaluation.usable_force, "contingents", [*NO_COUNT, (7, ValueError)], **FORCE),
    *each(evaluation.usable_force, "needed", [*NO_COUNT, (11, ValueError)], **FORCE),
    *each(evaluation.usable_force, "caveat", NO_PROBABILITY, **FORCE),
]  # fmt: skip
