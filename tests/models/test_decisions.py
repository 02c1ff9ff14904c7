"""Decisions: reference numbers, independent routes to them, rules that hold."""

import math
import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from entente.models.decisions import (
    AHP,
    ahp,
    expected_value_of_information,
    expected_value_of_perfect_information,
    minimax_regret,
    regret,
    topsis,
    winning_share,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pymcdm.methods import TOPSIS
    from pymcdm.normalizations import vector_normalization

settings.register_profile("models", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("models")

# Saaty and Khouja (1976), reported: US, USSR, China, France, UK, Japan, West Germany
WORLD = np.array([
    [1, 4, 9, 6, 6, 5, 5],
    [1 / 4, 1, 7, 5, 5, 3, 4],
    [1 / 9, 1 / 7, 1, 1 / 5, 1 / 5, 1 / 7, 1 / 5],
    [1 / 6, 1 / 5, 5, 1, 1, 1 / 3, 1 / 3],
    [1 / 6, 1 / 5, 5, 1, 1, 1 / 3, 1 / 3],
    [1 / 5, 1 / 3, 7, 3, 3, 1, 2],
    [1 / 5, 1 / 4, 5, 3, 3, 1 / 2, 1],
])  # fmt: skip
SCORES = np.array([[7, 9, 9, 8], [8, 7, 8, 7], [9, 6, 8, 9], [6, 7, 8, 6]])
WEIGHTS = np.array([0.1, 0.4, 0.3, 0.2])
PAYOFFS = np.array([[10, 4, -5], [6, 5, 3], [2, 3, 6]])


# Weights from comparisons -----------------------------------------------------------------


def test_world_influence_has_the_reference_values():
    found = ahp(WORLD)
    assert isinstance(found, AHP)
    assert found._fields == (
        "weights", "lambda_max", "consistency_index", "consistency_ratio"
    )  # fmt: skip
    reported = [0.427, 0.230, 0.021, 0.052, 0.052, 0.123, 0.094]
    np.testing.assert_allclose(found.weights, reported, atol=5e-4)
    assert found.lambda_max == pytest.approx(7.61, abs=5e-3)  # reported
    computed = [0.4271, 0.2303, 0.0208, 0.0524, 0.0524, 0.1227, 0.0943]
    np.testing.assert_allclose(found.weights, computed, atol=5e-5)
    assert found.lambda_max == pytest.approx(7.6077, abs=5e-5)  # computed
    assert found.consistency_index == pytest.approx(0.10129, abs=5e-6)  # computed
    assert found.consistency_ratio == pytest.approx(0.0767, abs=5e-5)  # computed, R = 1.32
    ratio = ahp(WORLD, random_index="computed").consistency_ratio
    assert ratio == pytest.approx(found.consistency_index / 1.340, rel=1e-12)


def test_the_geometric_mean_gives_other_weights():
    # computed: what the eigenvector is not
    means = np.exp(np.log(WORLD).mean(axis=1))
    other = [0.4172, 0.2315, 0.0199, 0.0535, 0.0535, 0.1282, 0.0962]
    np.testing.assert_allclose(means / means.sum(), other, atol=5e-5)
    assert np.abs(means / means.sum() - ahp(WORLD).weights).max() > 0.005


def test_three_options_have_the_reference_values():
    found = ahp([[1, 3, 5], [1 / 3, 1, 3], [1 / 5, 1 / 3, 1]])  # computed
    assert found.weights == pytest.approx([0.636986, 0.258285, 0.104729], abs=5e-7)
    assert found.lambda_max == pytest.approx(3.038511, abs=5e-7)
    assert found.consistency_ratio == pytest.approx(0.0332, abs=5e-5)


def random_comparisons(n, many, seed):
    """Reciprocal matrices whose entries are drawn evenly from 1/9, …, 1/2, 1, 2, …, 9."""
    rng = np.random.default_rng(seed)
    scale = np.array([1 / k for k in range(9, 1, -1)] + list(range(1, 10)))
    upper = np.triu(rng.choice(scale, (many, n, n)), 1)
    lower = np.divide(1, upper, out=np.zeros_like(upper), where=upper > 0).swapaxes(1, 2)
    return upper + lower + np.eye(n)


@pytest.mark.parametrize("n", range(3, 11))
def test_random_comparisons_have_nearly_the_computed_index(n):
    # Independent route: other draws; two standard errors of them are at most .018
    values = np.linalg.eigvals(random_comparisons(n, 3000, seed=n)).real.max(axis=1)
    mean = ((values - n) / (n - 1)).mean()
    used = ahp(random_comparisons(n, 1, seed=0)[0], "computed")
    table = used.consistency_index / used.consistency_ratio
    assert table == pytest.approx(mean, abs=0.03)
    reported = dict(zip(range(3, 11), (0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49), strict=True))
    used = ahp(random_comparisons(n, 1, seed=0)[0])
    assert used.consistency_index / used.consistency_ratio == pytest.approx(reported[n], rel=1e-9)
    assert {3: 0.520, 4: 0.880, 5: 1.109, 6: 1.248, 7: 1.340, 8: 1.404, 9: 1.453, 10: 1.483}[
        n
    ] == pytest.approx(table, rel=1e-9)  # computed


@given(st.integers(1, 10), st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_repeated_multiplication_finds_the_same_weights(n, seed, random):
    # Independent route: the power method
    A = random_comparisons(n, 1, seed)[0]
    w = np.ones(n) / n
    for _ in range(400):
        w = A @ w
        w /= w.sum()
    found = ahp(A)
    np.testing.assert_allclose(found.weights, w, rtol=1e-9)
    np.testing.assert_allclose(A @ found.weights, found.lambda_max * found.weights, rtol=1e-9)
    assert found.lambda_max >= n - 1e-12
    if n > 2:
        assert found.consistency_index == pytest.approx(
            max(0, found.lambda_max - n) / (n - 1), rel=1e-12
        )
    else:
        assert found.consistency_index == found.consistency_ratio == 0
    places = random.sample(range(n), n)
    moved = ahp(A[np.ix_(places, places)])
    np.testing.assert_allclose(moved.weights, found.weights[places], rtol=1e-9)
    assert moved.consistency_ratio == pytest.approx(found.consistency_ratio, abs=1e-9)


@given(st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=10))
def test_comparisons_that_agree_give_back_their_weights(weights):
    w = np.array(weights)
    found = ahp(w[:, None] / w)
    np.testing.assert_allclose(found.weights, w / w.sum(), rtol=1e-9)
    assert found.lambda_max == pytest.approx(len(w), rel=1e-12)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-12)
    assert found.consistency_ratio >= 0


def test_rounded_reciprocals_are_evened_out():
    exact = ahp([[1, 7, 3], [1 / 7, 1, 1 / 3], [1 / 3, 3, 1]])
    rounded = ahp([[1, 7, 3], [0.1429, 1, 0.3333], [0.3333, 3, 1]])
    np.testing.assert_allclose(rounded.weights, exact.weights, atol=1e-4)
    assert rounded.lambda_max >= 3
    even = ahp([[1, 1.0004], [1.0004, 1]])  # as if both were 1
    np.testing.assert_allclose(even.weights, 0.5, rtol=1e-12)
    assert even.lambda_max == pytest.approx(2, rel=1e-12)


def test_comparisons_at_the_ends_of_the_range():
    w = np.array([1e40, 1, 1e-50])
    np.testing.assert_allclose(ahp(w[:, None] / w).weights, w / w.sum(), rtol=1e-9)
    circle = ahp([[1, 1e100, 1e-100], [1e-100, 1, 1e100], [1e100, 1e-100, 1]])
    np.testing.assert_allclose(circle.weights, 1 / 3, rtol=1e-9)
    assert circle.lambda_max == pytest.approx(1e100, rel=1e-9)


# Options and criteria ---------------------------------------------------------------------


def test_topsis_has_the_reference_values():
    found = topsis(SCORES, WEIGHTS, cost=[3])
    assert found == pytest.approx([0.7427, 0.4036, 0.1759, 0.4414], abs=5e-5)  # computed


tables = arrays.arrays(
    float,
    st.tuples(st.integers(2, 6), st.integers(1, 5)),
    elements=st.floats(0.1, 100).map(lambda score: round(score, 1)),
).filter(lambda scores: (scores != scores[0]).any(axis=0).all())


@given(tables, st.data())
def test_an_established_package_ranks_the_same(scores, data):
    m = scores.shape[1]
    weights = np.array(data.draw(st.lists(st.floats(0.1, 5), min_size=m, max_size=m)))
    cost = data.draw(st.sets(st.integers(0, m - 1)))
    types = np.array([-1 if column in cost else 1 for column in range(m)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of options that dominate others
        oracle = TOPSIS(vector_normalization)(scores, weights / weights.sum(), types)
    np.testing.assert_allclose(topsis(scores, weights, cost), oracle, rtol=1e-9, atol=1e-12)


@given(tables, st.data())
def test_topsis_sees_no_units_and_no_order(scores, data):
    n, m = scores.shape
    weights = np.array(data.draw(st.lists(st.floats(0.1, 5), min_size=m, max_size=m)))
    cost = data.draw(st.sets(st.integers(0, m - 1)))
    found = topsis(scores, weights, cost)
    assert ((found >= 0) & (found <= 1)).all()
    units = 10.0 ** np.array(data.draw(st.lists(st.integers(-90, 90), min_size=m, max_size=m)))
    np.testing.assert_allclose(topsis(scores * units, 3 * weights, cost), found, atol=1e-9)
    rows, columns = data.draw(st.permutations(range(n))), data.draw(st.permutations(range(m)))
    moved = [columns.index(column) for column in cost]
    again = topsis(scores[np.ix_(rows, columns)], weights[columns], moved)
    np.testing.assert_allclose(again, found[rows], atol=1e-12)
    # what is alike in all, nought included, or weighs nothing, changes nothing
    wide = np.column_stack([scores, np.full(n, 4.0), np.zeros(n), np.arange(n)])
    np.testing.assert_allclose(topsis(wide, [*weights, 1, 1, 0], cost), found, atol=1e-12)
    # a cost is a benefit with the other sign
    signs = np.array([-1 if column in cost else 1 for column in range(m)])
    np.testing.assert_allclose(topsis(scores * signs, weights), found, atol=1e-12)


def test_the_best_and_the_worst_of_all():
    assert list(topsis([[3, 1], [2, 2], [1, 3]], [1, 1], cost=[1])) == [1, 0.5, 0]
    assert list(topsis([[1e308, 0], [-1e308, 0]], [1, 1])) == [1, 0]
    assert list(topsis([[5e-324, 1], [0, 1]], [1e-300, 1])) == [1, 0]
    assert list(topsis([[1 + 2**-52], [1]], [1])) == [1, 0]
    assert list(topsis([[-1e300], [-1]], [1])) == [0, 1]


def test_another_option_can_reverse_the_order_of_the_rest():
    # the known weakness that the docstring names
    scores, weights = [[1, 5], [4, 2]], [0.5, 0.5]
    before = topsis(scores, weights)
    after = topsis([*scores, [8, 0.5]], weights)
    assert (before[0] - before[1]) * (after[0] - after[1]) < 0


def two_criteria(u):
    """The exact winning shares with two criteria, from where the values cross."""
    lines = [(b, a - b) for a, b in u]  # value at w: b + w (a − b)
    crossings = sorted({
        0.0, 1.0,
        *(w for i, (c, s) in enumerate(lines) for d, t in lines[:i] if s != t
          if 0 < (w := (d - c) / (s - t)) < 1),
    })  # fmt: skip
    shares = np.zeros(len(u))
    for low, high in pairwise(crossings):
        values = np.array([c + s * (low + high) / 2 for c, s in lines])
        best = values >= values.max() - 1e-9
        shares += (high - low) * best / best.sum()
    return shares


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=6))
@settings(max_examples=30)
def test_winning_shares_of_two_criteria_have_a_closed_form(scores):
    # Independent route; four standard errors are .02
    scores = np.array(scores, dtype=float)
    assume((np.ptp(scores, axis=0) > 0).all())
    u = (scores - scores.min(axis=0)) / np.ptp(scores, axis=0)
    found = winning_share(scores, rng=1)
    np.testing.assert_allclose(found, two_criteria(u), atol=0.02)
    assert found.sum() == pytest.approx(1, rel=1e-12)


def test_three_extremes_share_the_weights_evenly():
    # by symmetry; the compromise wins where all weights are below .6: 1 − 3 × .4²
    assert winning_share(np.eye(3)) == pytest.approx([1 / 3] * 3, abs=0.02)
    found = winning_share([*np.eye(3), [0.6, 0.6, 0.6]], draws=40_000)
    assert found == pytest.approx([0.16, 0.16, 0.16, 0.52], abs=0.01)


def test_a_plain_loop_finds_the_same_shares():
    # Independent route: the same draws, one by one; the last column is a cost
    weights = np.random.default_rng(5).dirichlet(np.ones(4), size=500)
    wins = np.zeros(4)
    for w in weights:
        values = []
        for row in SCORES:
            value = 0.0
            for j, score in enumerate(row):
                low, high = SCORES[:, j].min(), SCORES[:, j].max()
                value += w[j] * ((high - score if j == 3 else score - low) / (high - low))
            values.append(value)
        wins[int(np.argmax(values))] += 1
    np.testing.assert_allclose(winning_share(SCORES, 500, [3], rng=5), wins / 500, rtol=1e-12)


@given(tables, st.data())
@settings(max_examples=30)
def test_winning_shares_see_no_units_and_no_order(scores, data):
    n, m = scores.shape
    found = winning_share(scores, 400, rng=7)
    assert found.sum() == pytest.approx(1, rel=1e-12)
    assert (winning_share(scores, 400, rng=np.random.default_rng(7)) == found).all()
    rows = data.draw(st.permutations(range(n)))
    np.testing.assert_allclose(winning_share(scores[rows], 400, rng=7), found[rows], atol=1e-12)
    np.testing.assert_allclose(winning_share(7.5 * scores - 3, 400, rng=7), found, atol=1e-12)
    flipped = winning_share(-scores, 400, cost=range(m), rng=7)
    np.testing.assert_allclose(flipped, found, atol=1e-12)
    twins = winning_share(np.vstack([scores, scores]), 400, rng=7)  # ties are shared
    np.testing.assert_allclose(twins, np.tile(found / 2, 2), atol=1e-12)
    dominated = scores.min(axis=0) - np.ptp(scores, axis=0)
    assert winning_share(np.vstack([scores, dominated]), 400, rng=7)[-1] == 0


def test_options_alike_and_extreme_scores():
    assert list(winning_share([[4, 0], [4, 0]], 10)) == [0.5, 0.5]
    assert list(winning_share([[4]], 1)) == [1]
    # alike but for rounding: 0.1 + 0.2 is not 0.3
    assert list(winning_share([[0.1 + 0.2, 1], [0.3, 1], [0, 0]], 10)) == [0.5, 0.5, 0]
    assert list(winning_share([[1e308], [-1e308], [0]], 10, cost=[0])) == [0, 1, 0]
    assert list(winning_share([[5e-324, 1], [0, 1]], 10)) == [1, 0]


# Options and futures ----------------------------------------------------------------------


def test_regret_has_the_reference_values():
    # computed; the text-book rules that the references compare
    assert list(regret(PAYOFFS).max(axis=1)) == [11, 4, 8]
    assert minimax_regret(PAYOFFS) == 1
    assert PAYOFFS.min(axis=1).argmax() == 1
    assert PAYOFFS.min(axis=1).max() == 3
    means = PAYOFFS.mean(axis=1)
    assert means == pytest.approx([3, 4.667, 3.667], abs=5e-4)
    found = expected_value_of_perfect_information(PAYOFFS, [1 / 3] * 3)
    assert found == pytest.approx(2.3333, abs=5e-5)


payoff_tables = arrays.arrays(
    float, st.tuples(st.integers(1, 6), st.integers(1, 5)), elements=st.integers(-50, 50)
)


@given(payoff_tables, st.data())
def test_regret_and_information_follow_their_definitions(payoffs, data):
    n, m = payoffs.shape
    by_hand = [[max(payoffs[:, j]) - payoffs[i, j] for j in range(m)] for i in range(n)]
    np.testing.assert_array_equal(regret(payoffs), by_hand)
    worst = [max(row) for row in by_hand]
    choice = minimax_regret(payoffs)
    assert type(choice) is int
    assert choice == worst.index(min(worst))  # the first one of several
    p = np.array(data.draw(st.lists(st.integers(0, 9), min_size=m, max_size=m).filter(any)))
    p = p / p.sum()
    informed = sum(p[j] * max(payoffs[:, j]) for j in range(m))
    uninformed = max(sum(p[j] * payoffs[i, j] for j in range(m)) for i in range(n))
    value = expected_value_of_perfect_information(payoffs, p)
    assert type(value) is float
    assert value == pytest.approx(informed - uninformed, abs=1e-12)
    assert value >= 0
    # a bonus for all in one future changes nothing; the order only the order
    bonus = np.array(data.draw(st.lists(st.integers(-9, 9), min_size=m, max_size=m)))
    np.testing.assert_array_equal(regret(payoffs + bonus), regret(payoffs))
    assert expected_value_of_perfect_information(payoffs + bonus, p) == pytest.approx(
        value, abs=1e-12
    )
    rows = data.draw(st.permutations(range(n)))
    np.testing.assert_array_equal(regret(payoffs[rows]), regret(payoffs)[rows])


def test_buying_forecasts_is_worth_as_much_by_simulation():
    # Independent route: many decisions with and without a forecast; standard error .025
    p = [0.5, 0.2, 0.3]
    futures = np.random.default_rng(2).choice(3, size=40_000, p=p)
    with_forecast = PAYOFFS.max(axis=0)[futures].mean()
    without = PAYOFFS[(PAYOFFS @ p).argmax()][futures].mean()
    found = expected_value_of_perfect_information(PAYOFFS, p)
    assert found == pytest.approx(with_forecast - without, abs=0.1)


@given(payoff_tables, st.integers(0, 10**6))
def test_reports_are_worth_nothing_to_all_that_can_be_known(payoffs, seed):
    n, m = payoffs.shape
    rng = np.random.default_rng(seed)
    p = rng.dirichlet(np.ones(m))
    best = expected_value_of_perfect_information(payoffs, p)
    # a report that says all, in any order of messages, and one that says nothing
    names = np.eye(m)[rng.permutation(m)]
    assert expected_value_of_information(payoffs, p, names) == pytest.approx(best, abs=1e-9)
    alike = np.tile(rng.dirichlet(np.ones(3)), (m, 1))
    assert expected_value_of_information(payoffs, p, alike) == pytest.approx(0, abs=1e-9)
    reports = rng.dirichlet(np.ones(4), size=m)
    value = expected_value_of_information(payoffs, p, reports)
    assert type(value) is float
    assert 0 <= value <= best + 1e-9
    # Blackwell: who hears it garbled cannot gain
    garbled = reports @ rng.dirichlet(np.ones(3), size=4)
    assert expected_value_of_information(payoffs, p, garbled) <= value + 1e-9
    # Independent route: Bayes' rule, message by message
    informed = 0.0
    for message in range(4):
        chance = sum(p[j] * reports[j, message] for j in range(m))
        after = [p[j] * reports[j, message] / chance for j in range(m)]
        informed += chance * max(sum(after[j] * payoffs[i, j] for j in range(m)) for i in range(n))
    assert value == pytest.approx(informed - (payoffs @ p).max(), abs=1e-9)
    # a bonus for all in one future, and the order of things, change nothing
    rows, columns = rng.permutation(n), rng.permutation(m)
    again = expected_value_of_information(
        (payoffs + rng.integers(-9, 9, m))[np.ix_(rows, columns)], p[columns], reports[columns]
    )
    assert again == pytest.approx(value, abs=1e-9)


@given(st.floats(0, 1), st.floats(0.5, 1), st.floats(0.1, 9), st.floats(0.1, 9))
def test_two_options_and_two_futures_have_a_closed_form(p, right, gain, loss):
    # Independent route: act (gain or −loss) or not (0), after a report that is right so often
    plain = max(0, p * gain - (1 - p) * loss)
    yes = max(0, p * right * gain - (1 - p) * (1 - right) * loss)
    no = max(0, p * (1 - right) * gain - (1 - p) * right * loss)
    reports = [[right, 1 - right], [1 - right, right]]
    found = expected_value_of_information([[gain, -loss], [0, 0]], [p, 1 - p], reports)
    assert found == pytest.approx(yes + no - plain, abs=1e-9)


def test_a_sure_future_leaves_nothing_to_learn():
    assert expected_value_of_perfect_information(PAYOFFS, [0, 1, 0]) == 0
    assert expected_value_of_perfect_information([[1, 2, 3]], [0.2, 0.3, 0.5]) == 0
    assert math.isclose(
        expected_value_of_perfect_information([[1e300, 0], [0, 1e300]], [0.5, 0.5]), 5e299
    )


def test_what_differs_by_rounding_only_is_alike():
    assert winning_share([[0.1 + 0.2, 0], [0.3, 1]]).tolist() == [0, 1]
    assert minimax_regret([[0.3, 0], [0.2, 0.1]]) == minimax_regret([[3, 0], [2, 1]]) == 0
    for third in (1 / 3, 0.3333, 0.333):
        assert ahp([[1, 3], [third, 1]]).weights == pytest.approx([0.75, 0.25], abs=1e-3)
