"""Trust: reference numbers, independent routes to them, rules that must hold."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from entente.models.trust import (
    PRISONERS_DILEMMA,
    STAG_HUNT,
    STRATEGIES,
    Payoffs,
    Strategy,
    fixation_probability,
    grim_threshold,
    long_run_payoffs,
    minimum_effort_payoff,
    minimum_trust,
    play_match,
    tit_for_tat_threshold,
    tournament,
    update_trust,
)

settings.register_profile("models", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("models")

DETERMINISTIC = ["TFT", "ALLC", "ALLD", "GRIM", "WSLS", "ALT", "TF2T", "STFT"]
probabilities = st.floats(0, 1)
whole_payoffs = st.lists(st.integers(-20, 20), min_size=4, max_size=4, unique=True).map(sorted)


def prisoners_dilemma(values):
    S, P, R, T = values
    return Payoffs(temptation=T, reward=R, punishment=P, sucker=S)


def stag_hunt(values):
    S, P, T, R = values
    return Payoffs(temptation=T, reward=R, punishment=P, sucker=S)


# Trust ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("R", "S", "T", "P", "expected"),
    [  # computed
        (4, 0, 3, 2, 2 / 3),
        (4, 1, 3, 2, 1 / 2),
        (1, -1, 0.5, 0, 2 / 3),
        (4, 0, 2, 2, 1 / 2),  # T = P is allowed
    ],
)
def test_minimum_trust_has_the_reference_values(R, S, T, P, expected):
    payoffs = Payoffs(temptation=T, reward=R, punishment=P, sucker=S)
    assert minimum_trust(payoffs) == pytest.approx(expected, rel=1e-14)


def test_thresholds_do_not_overflow():
    """The differences of these payoffs are past a float; their ratios are not."""
    huge = {"temptation": 1.7e308, "reward": 1e308, "punishment": -1e308, "sucker": -1.7e308}
    assert grim_threshold(Payoffs(**huge)) == pytest.approx(0.7 / 2.7)
    assert tit_for_tat_threshold(Payoffs(**huge)) == pytest.approx(0.7 / 2.7)
    hunt = huge | {"temptation": 1e308, "reward": 1.7e308, "punishment": 0}
    assert minimum_trust(Payoffs(**hunt)) == pytest.approx(1.7 / 2.4)


@given(whole_payoffs)
def test_at_minimum_trust_cooperating_and_defecting_pay_the_same(values):
    game = stag_hunt(values)
    t = minimum_trust(game)
    cooperate = t * game.reward + (1 - t) * game.sucker
    defect = t * game.temptation + (1 - t) * game.punishment
    assert cooperate == pytest.approx(defect, abs=1e-12)
    assert 0 < t < 1


@given(whole_payoffs, st.integers(-50, 50), st.integers(1, 9))
def test_thresholds_do_not_depend_on_zero_and_unit_of_utility(values, shift, scale):
    moved = [scale * value + shift for value in values]
    for threshold, game in (
        (minimum_trust, stag_hunt),
        (grim_threshold, prisoners_dilemma),
        (tit_for_tat_threshold, prisoners_dilemma),
    ):
        assert threshold(game(moved)) == pytest.approx(threshold(game(values)), rel=1e-12)


def test_update_trust_counts_cases():
    # Independent route: of 1000 states 300 are trustworthy; 240 of these and 140 others signal.
    assert update_trust(0.3, 0.8, 0.2) == pytest.approx(240 / (240 + 140), rel=1e-14)


@given(st.floats(0.01, 0.99), st.floats(0.01, 1), st.floats(0.01, 1))
def test_evidence_moves_trust_as_bayes_says(prior, a, b):
    after = update_trust(prior, a, b)
    odds = prior / (1 - prior) * a / b
    assert after == pytest.approx(odds / (1 + odds), rel=1e-9)
    assert update_trust(after, b, a) == pytest.approx(prior, rel=1e-9)  # undone by its opposite
    assert update_trust(prior, a, a) == pytest.approx(prior, rel=1e-12)


@pytest.mark.parametrize(
    ("prior", "a", "b", "expected"),
    [(0, 0.5, 0.5, 0), (1, 0.5, 0, 1), (0.2, 0.5, 0, 1), (0.2, 0, 0.5, 0), (1e-200, 1e-200, 0, 1)],
)
def test_update_trust_at_the_edges(prior, a, b, expected):
    assert update_trust(prior, a, b) == expected


# The shadow of the future -----------------------------------------------------------------


def test_thresholds_have_the_reference_values():
    assert grim_threshold() == 0.5  # reported from memory, and computed
    assert tit_for_tat_threshold() == pytest.approx(2 / 3, rel=1e-14)  # the same


def discounted(mine, theirs, game, δ, turns=4000):
    """Sum of discounted payoffs of two endless rows of actions, each a prefix and a cycle."""
    gain = {"CC": game.reward, "CD": game.sucker, "DC": game.temptation, "DD": game.punishment}

    def row(plan):
        return itertools.chain(plan[0], itertools.cycle(plan[1]))

    pairs = itertools.islice(zip(row(mine), row(theirs), strict=False), turns)
    return sum(gain[x + y] * δ**turn for turn, (x, y) in enumerate(pairs))


@pytest.mark.parametrize("game", [Payoffs(), Payoffs(4, 3, 1, 0), Payoffs(3.5, 3, 0, -1)])
def test_grim_deters_just_above_its_threshold_and_not_below(game):
    for δ, holds in ((grim_threshold(game) * 1.01, True), (grim_threshold(game) * 0.99, False)):
        cooperate = discounted(("", "C"), ("", "C"), game, δ)
        defect = discounted(("", "D"), ("C", "D"), game, δ)
        assert (cooperate >= defect) is holds


@pytest.mark.parametrize(
    "game", [Payoffs(), Payoffs(4, 3, 1, 0), Payoffs(5, 3, 2.9, 0), Payoffs(6.5, 4, 1, 0.5)]
)
def test_tit_for_tat_is_a_best_reply_just_above_its_threshold_and_not_below(game):
    # Independent route: against TFT the own next action decides the state that one is in;
    # value iteration finds the best plan of all.
    w = tit_for_tat_threshold(game)
    for δ, holds in ((w * 1.01, True), (w * 0.99, False)):
        nice = hostile = 0.0
        for _ in range(5000):
            nice, hostile = (
                max(game.reward + δ * nice, game.temptation + δ * hostile),
                max(game.sucker + δ * nice, game.punishment + δ * hostile),
            )
        assert (nice <= game.reward / (1 - δ) + 1e-9) is holds


@given(whole_payoffs)
def test_thresholds_for_patient_players(values):
    game = prisoners_dilemma(values)
    T, R, S = game.temptation, game.reward, game.sucker
    assert 0 < grim_threshold(game) < 1  # so δ → 1 makes grim hold
    assert grim_threshold(game) <= tit_for_tat_threshold(game)
    assert (tit_for_tat_threshold(game) < 1) is (2 * R > T + S)


def test_where_taking_turns_pays_as_well_no_discount_factor_is_enough():
    assert tit_for_tat_threshold(Payoffs(temptation=6)) == 1.0
    assert tit_for_tat_threshold(Payoffs(temptation=7)) > 1


# The long run -----------------------------------------------------------------------------


def memory_one(name):
    return STRATEGIES[name].memory_one


@pytest.mark.parametrize(
    ("name", "expected", "digits"),
    [
        ("TFT", 2.25, 12),  # (R+S+T+P)/4; computed
        ("WSLS", 2.995, 3),  # computed
        ("ALLC", 2.999, 3),  # computed
        ("GTFT", 2.9970, 4),  # computed; the working notes had 2.9717, which no route confirms
    ],
)
def test_long_run_has_the_reference_values(name, expected, digits):
    mine, theirs = long_run_payoffs(memory_one(name), memory_one(name), noise=0.001)
    assert round(mine, digits) == expected
    assert theirs == pytest.approx(mine, rel=1e-12)


def test_errors_cost_generous_tit_for_tat_half_a_point_for_three_turns():
    # Independent route: an error starts a feud in which one exploits the other, so that both
    # get 1/2 less on average; with chance 1/3 it ends each turn, so it lasts 3 turns; there
    # are 2ε errors a turn. To first order in ε:
    ε = 1e-6
    mine, _ = long_run_payoffs(memory_one("GTFT"), memory_one("GTFT"), noise=ε)
    assert (3 - mine) / ε == pytest.approx(2 * 3 * 0.5, rel=1e-4)


@pytest.mark.parametrize("noise", [1e-12, 1e-9, 1e-4, 0.3, 0.5, 0.999])
def test_two_tit_for_tats_earn_the_plain_mean_with_any_noise(noise):
    game = Payoffs(7, 4, 1.5, -2)
    assert long_run_payoffs((1, 0, 1, 0), (1, 0, 1, 0), game, noise) == pytest.approx(
        (2.625, 2.625), rel=1e-12
    )


def press_dyson(p, q, gains):
    """The determinant of Press and Dyson (2012)."""
    a, b, c, d = p
    e, f, g, h = q
    return np.linalg.det(
        [
            [a * e - 1, a - 1, e - 1, gains[0]],
            [b * g, b - 1, g, gains[1]],
            [c * f, c, f - 1, gains[2]],
            [d * h, d, h, gains[3]],
        ]
    )


inner = st.lists(st.floats(0.05, 0.95), min_size=4, max_size=4)


@given(inner, inner)
def test_long_run_is_the_determinant_of_press_and_dyson(p, q):
    game = Payoffs(5, 3, 1, 0)
    mine, theirs = long_run_payoffs(p, q, game)
    one = press_dyson(p, q, [1, 1, 1, 1])
    assert mine == pytest.approx(press_dyson(p, q, [3, 0, 5, 1]) / one, abs=1e-9)
    assert theirs == pytest.approx(press_dyson(p, q, [3, 5, 0, 1]) / one, abs=1e-9)


@given(inner, inner, st.floats(0, 1))
def test_long_run_swaps_with_the_players(p, q, noise):
    assert long_run_payoffs(p, q, noise=noise) == pytest.approx(
        long_run_payoffs(q, p, noise=noise)[::-1], rel=1e-10
    )


def average_payoffs(p, q, game, start, turns=5040):
    """Follow the distribution over outcomes in plain Python from one opening, on average."""
    outcomes = "CC", "CD", "DC", "DD"
    gain = {"CC": game.reward, "CD": game.sucker, "DC": game.temptation, "DD": game.punishment}
    mine, theirs = dict(zip(outcomes, p, strict=True)), dict(zip(outcomes, q, strict=True))
    now, total, other = {start: 1.0}, 0.0, 0.0
    for _ in range(turns):
        then = dict.fromkeys(outcomes, 0.0)
        for last, weight in now.items():
            x, y = mine[last], theirs[last[::-1]]
            for here in outcomes:
                then[here] += (
                    weight * (x if here[0] == "C" else 1 - x) * (y if here[1] == "C" else 1 - y)
                )
        now = then
        total += sum(weight * gain[here] for here, weight in now.items())
        other += sum(weight * gain[here[::-1]] for here, weight in now.items())
    return total / turns, other / turns


def test_without_noise_the_long_run_is_told_exactly_where_no_opening_changes_it():
    # Independent route, over all 256 pairs of deterministic plans: play each opening. Cycles
    # have at most four turns, so an average over a multiple of 12 turns (after as many to
    # settle) is the long run.
    outcomes = ["CC", "CD", "DC", "DD"]
    gain = {"CC": (3, 3), "CD": (0, 5), "DC": (5, 0), "DD": (1, 1)}
    unique = 0
    for p in itertools.product((0, 1), repeat=4):
        for q in itertools.product((0, 1), repeat=4):
            ends = set()
            for opening in outcomes:
                here, mine, theirs = opening, 0, 0
                for turn in range(24):
                    x, y = p[outcomes.index(here)], q[outcomes.index(here[::-1])]
                    here = "DC"[x] + "DC"[y]
                    if turn >= 12:
                        mine, theirs = mine + gain[here][0], theirs + gain[here][1]
                ends.add((mine / 12, theirs / 12))
            if len(ends) == 1:
                unique += 1
                assert long_run_payoffs(p, q) == pytest.approx(ends.pop(), rel=1e-12)
            else:
                with pytest.raises(ValueError, match="no unique long run"):
                    long_run_payoffs(p, q)
    assert 50 < unique < 206  # both kinds are many


def test_ends_that_pay_the_same_are_one_long_run():
    # Two tit for tats settle on CC, on CD and DC in turn, or on DD; here all these pay 2.
    same = Payoffs(temptation=4, reward=2, punishment=2, sucker=0)
    assert long_run_payoffs((1, 0, 1, 0), (1, 0, 1, 0), same) == (2, 2)


def test_long_run_with_noise_follows_the_distribution():
    p, q, ε = (0.9, 0.2, 0.7, 0.4), (1, 1 / 3, 1, 1 / 3), 0.05
    flipped = [[(1 - ε) * x + ε * (1 - x) for x in plan] for plan in (p, q)]
    assert long_run_payoffs(p, q, noise=ε) == pytest.approx(
        average_payoffs(*flipped, PRISONERS_DILEMMA, "DD"), abs=0.005
    )


def test_zero_determinant_extortion_works():
    # Press and Dyson (2012), equation 14 and text after it, from memory: χ = 3 is reached by
    # (11/13, 1/2, 7/26, 0); whoever plays against it gains a third of what it gains above P.
    extort = (11 / 13, 1 / 2, 7 / 26, 0)
    for q in ((1, 1, 1, 1), (0.3, 0.8, 0.1, 0.6), (0.9, 0.1, 0.5, 0.5)):
        mine, theirs = long_run_payoffs(extort, q)
        assert mine - 1 == pytest.approx(3 * (theirs - 1), abs=1e-9)


# Strategies -------------------------------------------------------------------------------

# What each strategy does, as a function of all that both did: an independent description.
RULES = {
    "TFT": lambda own, other: not other or other[-1] == "C",
    "ALLC": lambda own, other: True,
    "ALLD": lambda own, other: False,
    "GRIM": lambda own, other: "D" not in other,
    "WSLS": lambda own, other: not own or own[-1] == other[-1],
    "ALT": lambda own, other: not own or own[-1] == "D",
    "TF2T": lambda own, other: other[-2:] != "DD",
    "STFT": lambda own, other: other[-1:] == "C",
    "GTFT": lambda own, other: 1 if not other or other[-1] == "C" else 1 / 3,
    "RANDOM": lambda own, other: 0.5,
}


@pytest.mark.parametrize("name", RULES)
def test_a_strategy_does_what_its_rule_says_after_every_history(name):
    strategy = STRATEGIES[name]
    for length in range(6):
        for history in itertools.product(range(4), repeat=length):
            state = 0
            for outcome in history:
                state = strategy.after[state][outcome]
            own = "".join("CCDD"[outcome] for outcome in history)
            other = "".join("CDCD"[outcome] for outcome in history)
            assert strategy.cooperate[state] == RULES[name](own, other), (own, other)


def test_the_strategies_are_named_described_and_sourced():
    assert set(RULES) == set(STRATEGIES)
    for strategy in STRATEGIES.values():
        assert strategy.name
        assert strategy.description.endswith(".")
        assert "\n" not in strategy.description
        assert any(year in strategy.source for year in ("19", "20"))
    assert len({strategy.name for strategy in STRATEGIES.values()}) == len(STRATEGIES)


def test_memory_one_tells_the_plan_or_that_there_is_none():
    assert memory_one("WSLS") == (1, 0, 0, 1)
    assert memory_one("ALT") == (0, 0, 1, 1)
    assert memory_one("STFT") == memory_one("TFT") == (1, 0, 1, 0)
    assert memory_one("GTFT") == (1, 1 / 3, 1, 1 / 3)
    assert memory_one("GRIM") is None
    assert memory_one("TF2T") is None


def test_generosity_is_the_largest_that_invites_no_exploitation():
    T, R, P, S = 5, 3, 1, 0
    largest = min(1 - (T - R) / (R - S), (R - P) / (T - P))
    assert memory_one("GTFT")[1] == pytest.approx(largest, rel=1e-14)


# Play -------------------------------------------------------------------------------------

# Total payoffs of the row over 200 turns without noise; computed, and the same in all 64 cells
# by the library axelrod 4.14.
TOTALS = """
    600  600 199 600 600 498 600 500
    600  600   0 600 600 300 600 597
    204 1000 200 204 600 600 208 200
    600  600 199 600 600 597 600 203
    600  600 100 600 600 450 600 401
    503  800 100 107 450 400 800 500
    600  600 198 600 600 300 600 597
    500  602 200 203 401 500 602 200
"""


def test_tournament_and_matches_have_the_reference_table():
    expected = np.array([[int(cell) for cell in row.split()] for row in TOTALS.split("\n")[1:-1]])
    table = tournament(DETERMINISTIC)
    np.testing.assert_allclose(table.to_numpy() * 200, expected, rtol=1e-14)
    for i, a in enumerate(DETERMINISTIC):
        for j, b in enumerate(DETERMINISTIC):
            assert play_match(a, b) == (expected[i, j], expected[j, i])


def test_one_match_by_hand():
    # TFT against ALT: CC CD DC CD DC ...
    assert play_match("TFT", "ALT", rounds=1) == (3, 3)
    assert play_match("TFT", "ALT", rounds=3) == (3 + 0 + 5, 3 + 5 + 0)
    assert play_match("ALT", "TFT", rounds=2) == (8, 3)
    game = Payoffs(temptation=10, reward=6, punishment=2.5, sucker=-1)
    assert play_match("STFT", "ALLD", rounds=4, payoffs=game) == (10, 10)
    assert play_match("ALLC", "ALLD", rounds=4, payoffs=game) == (-4, 40)


def in_plain_python(a, b, rounds, noise):
    """Expected mean payoffs a turn: all histories, one by one, with the rules above."""
    gain = {"CC": (3, 3), "CD": (0, 5), "DC": (5, 0), "DD": (1, 1)}
    histories, mine, theirs = {("", ""): 1.0}, 0.0, 0.0
    for _ in range(rounds):
        longer = {}
        for (own, other), weight in histories.items():
            x, y = float(RULES[a](own, other)), float(RULES[b](other, own))
            x, y = x * (1 - noise) + (1 - x) * noise, y * (1 - noise) + (1 - y) * noise
            for now, chance in {
                "CC": x * y, "CD": x * (1 - y), "DC": (1 - x) * y, "DD": (1 - x) * (1 - y)
            }.items():  # fmt: skip
                if chance:
                    longer[own + now[0], other + now[1]] = weight * chance
                    mine += weight * chance * gain[now][0]
                    theirs += weight * chance * gain[now][1]
        histories = longer
    return mine / rounds, theirs / rounds


def test_noisy_play_agrees_with_all_histories_weighed():
    rounds, repetitions = 5, 20_000
    names = ["TFT", "GRIM", "WSLS", "TF2T", "GTFT", "RANDOM"]
    table = tournament(names, rounds, repetitions, noise=0.1, rng=7)
    for a, b in itertools.combinations_with_replacement(names, 2):
        mine, theirs = in_plain_python(a, b, rounds, 0.1)
        # A match's mean has a standard deviation below 2.5, the mean of 20,000 below .018.
        assert table.loc[a, b] == pytest.approx(mine, abs=0.05), (a, b)
        assert table.loc[b, a] == pytest.approx(theirs, abs=0.05), (b, a)


def test_long_matches_agree_with_the_long_run():
    names = ["TFT", "WSLS", "GTFT", "ALLD", "RANDOM"]
    table = tournament(names, rounds=2000, repetitions=60, noise=0.05, rng=3)
    for a, b in itertools.product(names, repeat=2):
        expected, _ = long_run_payoffs(memory_one(a), memory_one(b), noise=0.05)
        assert table.loc[a, b] == pytest.approx(expected, abs=0.03), (a, b)


def test_noise_flips_each_action_independently():
    # Two who always cooperate: each defects with chance .2 on its own.
    gain = Payoffs(temptation=0, reward=0, punishment=1, sucker=0)  # counts DD
    both, _ = play_match("ALLC", "ALLC", 100_000, gain, noise=0.2, rng=5)
    assert both / 100_000 == pytest.approx(0.04, abs=0.003)
    gain = Payoffs(temptation=1, reward=0, punishment=1, sucker=0)  # counts the own D
    assert play_match("ALLC", "ALLC", 50, gain, noise=1.0) == (50, 50)
    assert play_match("ALLD", "ALLD", 50, gain, noise=1.0) == (0, 0)


def test_row_and_column_tell_the_same_match():
    # With T + S = 2R = 2P, whatever happens, the two sides of one match sum to a constant.
    zero_sum = Payoffs(temptation=7, reward=2, punishment=2, sucker=-3)
    table = tournament(list(STRATEGIES), 37, 3, zero_sum, noise=0.2, rng=11).to_numpy()
    np.testing.assert_allclose(table + table.T, 4, rtol=1e-12)
    assert np.ptp(table[~np.eye(len(table), dtype=bool)]) > 0.5
    np.testing.assert_allclose(np.diag(table), 2, rtol=1e-12)  # the mean of both sides


def test_a_tournament_of_two_holds_the_matches_that_were_played():
    # One name, one repetition: the same draws as in one match of that strategy with itself.
    both = play_match("RANDOM", "RANDOM", 33, noise=0.1, rng=4)
    alone = tournament(["RANDOM"], 33, noise=0.1, rng=4)
    assert alone.loc["RANDOM", "RANDOM"] == pytest.approx(np.mean(both) / 33, rel=1e-14)


def test_tournament_is_a_square_table_with_names():
    table = tournament(["ALT", "TFT"], rounds=4)
    assert table.shape == (2, 2)
    assert list(table.index) == list(table.columns) == ["ALT", "TFT"]
    assert (table.index.name, table.columns.name) == ("strategy", "opponent")
    assert table.loc["ALT", "TFT"] == play_match("ALT", "TFT", rounds=4)[0] / 4


@given(st.permutations(DETERMINISTIC), st.integers(1, 60))
def test_the_order_of_the_players_does_not_matter_without_noise(names, rounds):
    table = tournament(names, rounds)
    usual = tournament(DETERMINISTIC, rounds)
    assert table.loc[DETERMINISTIC, DETERMINISTIC].equals(usual)


@given(st.integers(0, 2**32), st.sampled_from(list(STRATEGIES)), st.sampled_from(list(STRATEGIES)))
def test_the_same_seed_gives_the_same_result(seed, a, b):
    once = play_match(a, b, 80, noise=0.1, rng=seed)
    assert once == play_match(a, b, 80, noise=0.1, rng=seed)
    assert once == play_match(a, b, 80, noise=0.1, rng=np.random.default_rng(seed))
    names = list(dict.fromkeys([a, b, "RANDOM"]))
    table = tournament(names, 20, 3, noise=0.1, rng=seed)
    assert table.equals(tournament(names, 20, 3, noise=0.1, rng=np.random.default_rng(seed)))


def test_different_seeds_and_a_generator_used_twice_give_different_results():
    assert play_match("RANDOM", "TFT", rng=1) != play_match("RANDOM", "TFT", rng=2)
    rng = np.random.default_rng(1)
    assert play_match("RANDOM", "TFT", rng=rng) != play_match("RANDOM", "TFT", rng=rng)


@pytest.mark.parametrize("turns", [1, 7, 1000])
def test_how_many_turns_are_drawn_at_once_changes_nothing(monkeypatch, turns):
    usual = tournament(["GTFT", "WSLS", "TF2T"], 123, 4, noise=0.1, rng=9)
    monkeypatch.setattr("entente.models.trust._BLOCK", turns)
    assert tournament(["GTFT", "WSLS", "TF2T"], 123, 4, noise=0.1, rng=9).equals(usual)


@given(st.integers(-5, 5), st.integers(1, 4))
def test_a_change_of_zero_and_unit_of_utility_changes_totals_likewise(shift, scale):
    moved = Payoffs(*(scale * value + shift for value in (5, 3, 1, 0)))
    before = np.array(play_match("GTFT", "WSLS", 50, noise=0.1, rng=2))
    after = np.array(play_match("GTFT", "WSLS", 50, moved, noise=0.1, rng=2))
    np.testing.assert_allclose(after, scale * before + 50 * shift, rtol=1e-12)


def test_a_strategy_of_one_s_own_can_play(monkeypatch):
    every_third = Strategy(
        "Every third", "Defects in turns 3, 6, 9, …", "invented",
        cooperate=(1, 1, 0), after=((1,) * 4, (2,) * 4, (0,) * 4),
    )  # fmt: skip
    monkeypatch.setitem(STRATEGIES, "THIRD", every_third)
    assert play_match("THIRD", "ALLC", rounds=7) == (5 * 3 + 2 * 5, 5 * 3)
    assert every_third.memory_one is None


# Populations and groups -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("r", "N", "expected"),
    [(1, 10, 0.1), (1.1, 10, 0.147950), (1.1, 100, 0.0909157), (2, 10, 0.500489)],  # computed
)
def test_fixation_probability_has_the_reference_values(r, N, expected):
    assert fixation_probability(r, N) == pytest.approx(expected, abs=5e-7)


def test_a_population_past_a_float_is_infinite():
    assert fixation_probability(2, 10**400) == 0.5
    assert fixation_probability(0.5, 10**400) == fixation_probability(1, 10**400) == 0


@pytest.mark.parametrize("r", [0.2, 0.9, 1, 1.001, 3])
@pytest.mark.parametrize("N", [1, 2, 5, 12])
def test_fixation_probability_solves_the_chain(r, N):
    # Independent route: the absorption probabilities of the birth-death chain, by linear algebra.
    chain = np.zeros((N + 1, N + 1))
    chain[0, 0] = chain[N, N] = 1
    for i in range(1, N):
        up = r * i / (r * i + N - i) * (N - i) / N
        down = (N - i) / (r * i + N - i) * i / N
        chain[i, i - 1 : i + 2] = down, 1 - up - down, up
    inner = chain[1:N, 1:N]
    if N == 1:
        assert fixation_probability(r, 1) == 1
    else:
        absorbed = np.linalg.solve(np.eye(N - 1) - inner, chain[1:N, N])
        assert fixation_probability(r, N) == pytest.approx(absorbed[0], rel=1e-9)


def test_fixation_probability_is_exact_where_the_formula_breaks_down():
    # Near r = 1: ρ = 1/N · (1 + (N−1)/2 · (r−1) + …).
    for gap in (1e-15, 1e-12, 1e-9, -1e-12):
        r = 1 + gap
        expected = 0.01 * (1 + 99 / 2 * (r - 1))
        assert fixation_probability(r, 100) == pytest.approx(expected, rel=1e-13)
    assert fixation_probability(1e9, 10**6) == pytest.approx(1 - 1e-9, rel=1e-15)
    assert fixation_probability(0.5, 10**6) == 0.0
    # The last factor vanishes: r^(N−1) (1 − r), still in range.
    assert fixation_probability(0.5, 900) == pytest.approx(0.5**900, rel=1e-12)


@given(st.floats(0.3, 3), st.integers(2, 200))
def test_a_fitter_newcomer_has_better_odds(r, N):
    assume(r != 1)
    neutral = 1 / N
    assert (fixation_probability(r, N) > neutral) is (r > 1) or abs(r - 1) < 1e-12
    # The chances that one A takes over and that one B does are in the ratio r^(N−1).
    ratio = fixation_probability(r, N) / fixation_probability(1 / r, N)
    assert math.log(ratio) == pytest.approx((N - 1) * math.log(r), rel=1e-9, abs=1e-12)


def test_minimum_effort_has_the_reference_values():
    # Reported from memory of the experiment, and computed.
    diagonal = [minimum_effort_payoff(e, e) for e in range(7, 0, -1)]
    assert diagonal == pytest.approx([1.30, 1.20, 1.10, 1.00, 0.90, 0.80, 0.70])
    assert minimum_effort_payoff(7, 1) == pytest.approx(0.10)
    assert minimum_effort_payoff(2, 1) == pytest.approx(0.60)


def test_every_shared_effort_is_an_equilibrium():
    for shared in range(1, 8):
        deviations = {e: minimum_effort_payoff(e, min(e, shared)) for e in range(1, 8)}
        assert max(deviations, key=deviations.get) == shared


@given(st.floats(0, 5), st.floats(0, 5), st.floats(-5, 5))
def test_each_coefficient_of_minimum_effort_does_its_work(a, b, c):
    assert minimum_effort_payoff(5, 2, a, b, c) == pytest.approx(a * 2 - b * 5 + c)


# What a user may rely on ---------------------------------------------------------------------


def test_results_are_frozen():
    with pytest.raises(AttributeError):
        STAG_HUNT.reward = 5
    with pytest.raises(AttributeError):
        STRATEGIES["TFT"].name = "Rapoport"
    assert Payoffs(5, 3, 1, 0) == PRISONERS_DILEMMA


def test_a_strategy_keeps_what_it_checked():
    rows = [[0, 1, 0, 1], (0, 1, 0, 1)]
    strategy = Strategy("x", "y", "z", np.array([1.0, 0.0]), rows)
    assert strategy.memory_one == (1.0, 0.0, 1.0, 0.0)
    assert hash(strategy) == hash(Strategy("x", "y", "z", (1.0, 0.0), tuple(map(tuple, rows))))


def test_more_strategies_than_memory_can_hold_are_refused(monkeypatch):
    for i in range(100):
        generous = Strategy("x", "y", "z", (1.0, i / 100), ((0, 1, 0, 1), (0, 1, 0, 1)))
        monkeypatch.setitem(STRATEGIES, f"G{i}", generous)
    with pytest.raises(ValueError, match="names must have fewer states and different chances"):
        tournament([f"G{i}" for i in range(100)], rounds=1)
