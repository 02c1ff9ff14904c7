"""What the functions of `bargaining` refuse."""

from entente.models import bargaining
from refusals import INF, NO_COUNT, NO_NUMBER, NO_PROBABILITY, NO_ROW, NOT_POSITIVE, each

NOT_NEGATIVE = [(-0.1, ValueError), (INF, ValueError), *NO_NUMBER]
PATIENCE = {"delta_first": 0.9, "delta_second": 0.9}
APART = {"disagreement_a": 0.2, "disagreement_b": 0.1}

ROWS = [
    *each(bargaining.common_win_set, "ideal_points", NO_ROW, radius=1),
    *each(bargaining.common_win_set, "radius", NOT_NEGATIVE, ideal_points=[1, 2]),
    (bargaining.common_win_set, {"ideal_points": [1e308, 1.7e308], "radius": 1.7e308}, ValueError,
     "radius must leave the win-set a number, got "),
    *each(bargaining.common_win_set_probability, "n", NO_COUNT, radius=0.25),
    *each(bargaining.common_win_set_probability, "radius", NOT_NEGATIVE, n=5),
    *(row for name in PATIENCE for row in each(bargaining.rubinstein_share, name, NO_PROBABILITY, **PATIENCE)),
    (bargaining.rubinstein_share, {"delta_first": 1, "delta_second": 1}, ValueError,
     "delta_first and delta_second must not both be 1"),
    *(row for name in APART for row in each(bargaining.nash_bargain, name, [
        (INF, ValueError), (0.95, ValueError), *NO_NUMBER], **APART)),
    *each(bargaining.nash_bargain, "pie", [*NOT_POSITIVE, (0.29, ValueError)], **APART),
    (bargaining.nash_bargain, APART | {"pie": 0.29}, ValueError,
     r"disagreement_a \+ disagreement_b must be at most the pie, 0.29, got 0.2 and 0.1"),
]  # fmt: skip
