"""What the functions of `trust` refuse."""

from entente.models import trust
from refusals import INF, NAN, NO_COUNT, NO_NUMBER, NO_PROBABILITY, NO_SEED, NOT_POSITIVE, each

HUNT, DILEMMA = trust.STAG_HUNT, trust.PRISONERS_DILEMMA
NO_PAYOFFS = [((5, 3, 1, 0), TypeError), (None, TypeError), (5, TypeError)]
NO_STRATEGY = [("TIT", ValueError), ("tft", ValueError), ("", ValueError), (None, ValueError)]
NO_MEMORY_ONE = [
    ((1, 1, 1), ValueError), ((1, 1, 1, 1, 1), ValueError), ([], ValueError), (0.5, ValueError),
    ([[1, 1, 1, 1]], ValueError), ((1, 1, 1, 1.5), ValueError), ((1, 1, NAN, 1), ValueError),
    ((1, INF, 1, 1), ValueError), (("a", 1, 1, 1), TypeError), (None, ValueError),
]  # fmt: skip
ALWAYS = {"p": (1, 1, 1, 1), "q": (1, 1, 1, 1)}
MATCH = {"a": "TFT", "b": "ALLD"}
NAMES = {"names": ["TFT", "ALLD"]}
SIGNAL = {"prior": 0.5, "if_trustworthy": 0.5, "if_untrustworthy": 0.5}
EFFORT = {"own": 5, "minimum": 2}
AUTOMATON = {"name": "a", "description": "b", "source": "c", "cooperate": (1, 0),
             "after": ((0, 1, 0, 1), (0, 1, 0, 1))}  # fmt: skip

ROWS = [
    *(row for name in ("temptation", "reward", "punishment", "sucker")
      for row in each(trust.Payoffs, name, [(INF, ValueError), *NO_NUMBER])),
    (trust.minimum_trust, {"payoffs": trust.Payoffs()}, ValueError,
     r"payoffs .*R > T >= P > S.*reward R = 3\.0.*temptation T = 5\.0.*R > T fails"),
    (trust.minimum_trust, {"payoffs": trust.Payoffs(3, 3, 1, 0)}, ValueError, "R > T fails"),
    (trust.minimum_trust, {"payoffs": trust.Payoffs(1, 4, 2, 0)}, ValueError, "T >= P fails"),
    (trust.minimum_trust, {"payoffs": trust.Payoffs(3, 4, 2, 2)}, ValueError, "P > S fails"),
    *(row for function in (trust.grim_threshold, trust.tit_for_tat_threshold) for row in [
        (function, {"payoffs": HUNT}, ValueError,
         r"payoffs .*T > R > P > S.*temptation T = 3\.0.*reward R = 4\.0.*T > R fails"),
        (function, {"payoffs": trust.Payoffs(3, 3, 1, 0)}, ValueError, "T > R fails"),
        (function, {"payoffs": trust.Payoffs(5, 1, 1, 0)}, ValueError, "R > P fails"),
        (function, {"payoffs": trust.Payoffs(5, 3, 1, 1)}, ValueError, "P > S fails"),
    ]),
    *(row for function, good in [
        (trust.minimum_trust, {}), (trust.grim_threshold, {}), (trust.tit_for_tat_threshold, {}),
        (trust.long_run_payoffs, ALWAYS), (trust.play_match, MATCH), (trust.tournament, NAMES),
    ] for row in each(function, "payoffs", NO_PAYOFFS, **good)),
    *(row for name in SIGNAL for row in each(trust.update_trust, name, NO_PROBABILITY, **SIGNAL)),
    # evidence that nobody could have sent
    (trust.update_trust, SIGNAL | {"if_trustworthy": 0, "if_untrustworthy": 0}, ValueError,
     "signal .*possible.*probability zero"),
    (trust.update_trust, {"prior": 0, "if_trustworthy": 1, "if_untrustworthy": 0}, ValueError,
     "signal .*prior 0.*probability zero"),
    (trust.update_trust, {"prior": 1, "if_trustworthy": 0, "if_untrustworthy": 1}, ValueError,
     "signal .*prior 1.*probability zero"),
    *each(trust.long_run_payoffs, "p", NO_MEMORY_ONE, **ALWAYS),
    *each(trust.long_run_payoffs, "q", NO_MEMORY_ONE, **ALWAYS),
    *(row for function, good in [(trust.long_run_payoffs, ALWAYS), (trust.play_match, MATCH),
                                 (trust.tournament, NAMES)]
      for row in each(function, "noise", NO_PROBABILITY, **good)),
    (trust.long_run_payoffs, {"p": (1, 0, 1, 0), "q": (1, 0, 1, 0)}, ValueError,
     r"p and q .*no unique long run.*\[1\. 0\. 1\. 0\.\].*noise 0\.0.*add noise"),
    (trust.long_run_payoffs, {"p": (0, 0, 1, 1), "q": (0, 0, 1, 1), "noise": 1}, ValueError,
     "no unique"),
    *each(trust.play_match, "a", NO_STRATEGY, **MATCH),
    *each(trust.play_match, "b", NO_STRATEGY, **MATCH),
    (trust.play_match, MATCH | {"a": "TIT"}, ValueError, "TFT, ALLC.*RANDOM.*'TIT'"),
    *(row for function, good in [(trust.play_match, MATCH), (trust.tournament, NAMES)]
      for name, values in [("rounds", NO_COUNT), ("rng", NO_SEED)]
      for row in each(function, name, values, **good)),
    *each(trust.tournament, "repetitions", NO_COUNT, **NAMES),
    *each(trust.tournament, "names", [
        ("TFT", TypeError), (5, TypeError), (None, TypeError), ([], ValueError),
        (["TFT", "TFT"], ValueError), (["TFT", "TIT"], ValueError), ([None], ValueError),
    ]),
    *each(trust.fixation_probability, "relative_fitness", NOT_POSITIVE, population=5),
    *each(trust.fixation_probability, "population", NO_COUNT, relative_fitness=2),
    *each(trust.minimum_effort_payoff, "own", NOT_POSITIVE, minimum=2),
    *each(trust.minimum_effort_payoff, "minimum", NOT_POSITIVE, own=5),
    *each(trust.minimum_effort_payoff, "a", [(-0.1, ValueError), *NO_NUMBER], **EFFORT),
    *each(trust.minimum_effort_payoff, "b", [(-0.1, ValueError), *NO_NUMBER], **EFFORT),
    *each(trust.minimum_effort_payoff, "c", NO_NUMBER, **EFFORT),
    (trust.minimum_effort_payoff, {"own": 2, "minimum": 3}, ValueError, r"own.*2\.0.*3\.0|minimum"),
    *each(trust.Strategy, "cooperate", [
        ((1, 2), ValueError), ((1, NAN), ValueError), ((), ValueError), (("a", 0), TypeError)
    ], **AUTOMATON),
    *each(trust.Strategy, "after", [
        ((), ValueError), (((0, 1, 0, 1),), ValueError), (((0, 1, 0), (0, 1, 0)), ValueError),
        (((0, 1, 0, 1), (0, 1)), ValueError), (((0, 1, 0, 2), (0, 1, 0, 1)), ValueError),
        (((0, 1, 0, -1), (0, 1, 0, 1)), ValueError), (((0, 1, 0, 0.5), (0, 1, 0, 1)), TypeError),
        (None, ValueError),
    ], **AUTOMATON),
]  # fmt: skip
