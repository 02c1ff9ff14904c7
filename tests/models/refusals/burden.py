"""What the functions of `burden` refuse."""

from entente.models import burden
from refusals import INF, NAN, NO_NUMBER, NO_ROW, each

NO_TASTE = [(-0.1, ValueError), (1, ValueError), (INF, ValueError), *NO_NUMBER]
NO_COLUMN = [
    ([1, 2], ValueError), ([], ValueError), (5, ValueError), ([[1, 2, 3, 4]], ValueError),
    ([1, 2, 3, NAN], ValueError), ([1, 2, 3, INF], ValueError), ([7, 7, 7, 7], ValueError),
    (["a", 1, 2, 3], TypeError), (None, ValueError), ([1, 2, 3, 4, 5], ValueError),
]  # fmt: skip
GIVING = {"incomes": [3, 2], "taste": 0.5}
JOINT = {"incomes": [3, 2], "public_taste": 0.2, "private_taste": 0.1}
COLUMNS = {"size": [4, 3, 2, 1], "burden": [2, 1, 4, 3]}
LABELLED = COLUMNS | {"labels": list("ABCD")}

ROWS = [
    *(row for function, good in [
        (burden.nash_contributions, GIVING), (burden.efficient_provision, GIVING),
        (burden.lindahl_shares, {}), (burden.joint_product_contributions, JOINT),
    ] for row in each(function, "incomes", [*NO_ROW, ([5, 0], ValueError), ([5, -1], ValueError)], **good)),
    *(row for function in (burden.nash_contributions, burden.efficient_provision)
      for row in each(function, "taste", [(0, ValueError), *NO_TASTE], **GIVING)),
    *(row for name in ("public_taste", "private_taste")
      for row in each(burden.joint_product_contributions, name, NO_TASTE, **JOINT)),
    (burden.joint_product_contributions, JOINT | {"public_taste": 0, "private_taste": 0},
     ValueError, r"public_taste \+ private_taste .*\(0, 1\).*0\.0"),
    (burden.joint_product_contributions, JOINT | {"public_taste": 0.6, "private_taste": 0.6},
     ValueError, r"public_taste \+ private_taste .*\(0, 1\).*1\.2"),
    *each(burden.provide, "contributions", [
        ([], ValueError), (5, ValueError), ([1, -1], ValueError), ([1, NAN], ValueError),
        ([1, INF], ValueError), ([[1, 2]], ValueError), (["a"], TypeError),
    ]),
    *each(burden.provide, "technology", [
        ("mean", ValueError), ("", ValueError), (None, ValueError), (3, ValueError)
    ], contributions=[1, 2]),
    (burden.provide, {"contributions": [1], "technology": "sum"}, ValueError,
     "technology .*summation, weakest_link, best_shot.*'sum'"),
    *(row for function, good in [(burden.exploitation_test, COLUMNS),
                                 (burden.leave_one_out, LABELLED)]
      for name in COLUMNS for row in each(function, name, NO_COLUMN, **good)),
    (burden.exploitation_test, {"size": [1, 2], "burden": [1, 2]}, ValueError, "size .*at least 3"),
    (burden.leave_one_out, {"size": [1, 2, 3], "burden": [1, 2, 3], "labels": list("ABC")},
     ValueError, "at least 4"),
    (burden.exploitation_test, COLUMNS | {"size": [1, 2, 3]}, ValueError,
     "size and burden .*3 and 4"),
    (burden.exploitation_test, COLUMNS | {"burden": [2, 2, 2, 2]}, ValueError,
     r"burden .*the same.*2\.0"),
    (burden.leave_one_out, LABELLED | {"size": [1, 1, 9, 1]}, ValueError,
     "size .*all equal without C"),
    (burden.leave_one_out, LABELLED | {"burden": [6, 1, 1, 1]}, ValueError,
     "burden .*all equal without A"),
    *each(burden.leave_one_out, "labels", [
        ("ABCD", TypeError), (4, TypeError), (None, TypeError), (["A", "B"], ValueError),
        ([], ValueError), (["A", "B", "C", None], ValueError), (["A", "B", NAN, "D"], ValueError),
    ], **LABELLED),
]  # fmt: skip
