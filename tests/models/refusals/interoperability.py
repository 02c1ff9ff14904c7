"""What the functions of `interoperability` refuse."""

from entente.models import interoperability as io
from refusals import (
    INF,
    NAN,
    NO_COUNT,
    NO_NUMBER,
    NO_PROBABILITY,
    NO_ROW,
    NO_SEED,
    NOT_POSITIVE,
    each,
)

VALUES = {"value_a": 1, "value_b": 1.2, "network": 1}
PATH = VALUES | {"share": 0.5, "steps": 3}
LINE = {
    "common": [0.5], "messages": 3, "interval": 10, "sending": 2, "translating": 5, "mistakes": 0.1,
}  # fmt: skip
NO_TIME = [(-1, ValueError), (2e12, ValueError), (INF, ValueError), *NO_NUMBER]
BATTLE = {"red": 10, "blue": 8, "red_rate": 0.1, "blue_rate": 0.1}
NO_FORCES = [*NO_ROW, ([5, -1], ValueError)]
ANY = [(INF, ValueError), *NO_NUMBER]

ROWS = [
    *(row for function, good in [(io.tipping_share, VALUES), (io.adoption_path, PATH)]
      for name, values in [("value_a", ANY), ("value_b", ANY), ("network", NOT_POSITIVE)]
      for row in each(function, name, values, **good)),
    (io.tipping_share, VALUES | {"network": 1e-320}, ValueError, "network must be large enough"),
    *each(io.adoption_path, "share", NO_PROBABILITY, **PATH),
    *each(io.adoption_path, "steps", NO_COUNT, **PATH),
    *each(io.urn_shares, "draws", NO_COUNT, runs=2),
    *each(io.urn_shares, "runs", NO_COUNT, draws=2),
    *each(io.urn_shares, "rng", NO_SEED, draws=2, runs=2),
    *each(io.reliability, "p", [
        *NO_ROW, ([0.5, 1.1], ValueError), ([-0.1], ValueError), ([[0.5]], ValueError),
    ]),
    *each(io.reliability, "needed", [
        (0, ValueError), (3, ValueError), (1.0, TypeError), ("1", TypeError), (True, TypeError),
        (NAN, TypeError),
    ], p=[0.9, 0.9]),
    *each(io.message_delays, "common", [
        *NO_ROW, ([0.5, 1.1], ValueError), ([-0.1], ValueError), ([[0.5]], ValueError),
    ], **LINE),
    *each(io.message_delays, "messages", NO_COUNT, **LINE),
    *each(io.message_delays, "interval", [(0, ValueError), *NO_TIME], **LINE),
    *each(io.message_delays, "sending", NO_TIME, **LINE),
    *each(io.message_delays, "translating", NO_TIME, **LINE),
    *each(io.message_delays, "mistakes", NO_PROBABILITY, **LINE),
    *each(io.message_delays, "rng", NO_SEED, **LINE),
    *each(io.combined_strength, "contingents", [*NO_FORCES, ([1e308] * 9, ValueError)], integration=0.5),
    *each(io.combined_strength, "integration", NO_PROBABILITY, contingents=[1, 2]),
    *each(io.required_integration, "contingents", [
        *NO_FORCES, ([1], ValueError), ([0, 0], ValueError), ([3, 0], ValueError)
    ], enemy=3),
    *each(io.required_integration, "enemy", [*NOT_POSITIVE, (1e300, ValueError)], contingents=[1, 2]),
    *(row for name in BATTLE for row in each(io.square_law, name, NOT_POSITIVE, **BATTLE)),
    (io.square_law, BATTLE | {"red": 1e308, "red_rate": 1e308}, ValueError,
     "red, blue and their rates must be nearer to 1"),
    *each(io.square_law, "times", [
        ([], ValueError), (5, ValueError), ([-1], ValueError), ([NAN], ValueError), (["a"], TypeError),
    ], **BATTLE),
]  # fmt: skip
