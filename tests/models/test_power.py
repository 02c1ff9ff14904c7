"""Power: reference numbers, independent routes to them, rules that hold."""

import math
import warnings
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.models.power import (
    banzhaf,
    concentration,
    effective_number,
    herfindahl,
    shapley_shubik,
    swings,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from powerindex import Game

settings.register_profile("models", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("models")

COUNCIL = [7] * 5 + [1] * 10
EARLY_COUNCIL = [5] * 5 + [1] * 6
SIX = [4, 4, 4, 2, 2, 1]
FIFTEEN = [10] * 4 + [8] + [5] * 4 + [4] * 2 + [3] * 3 + [2]
NICE = [29] * 4 + [27] * 2 + [14, 13] + [12] * 5 + [10] * 3 + [7] * 5 + [4] * 5 + [3]

REFERENCES = {  # weights, quota; for each weight: swings, Shapley–Shubik, how many have it
    "UN Security Council": (
        COUNCIL, 39, [(848, Fraction(421, 2145), 5), (84, Fraction(4, 2145), 10)]
    ),
    "UN Security Council to 1965": (
        EARLY_COUNCIL, 27, [(57, Fraction(76, 385), 5), (5, Fraction(1, 462), 6)]
    ),
    "EEC 1958": (
        SIX, 12, [(10, Fraction(7, 30), 3), (6, Fraction(3, 20), 2), (0, Fraction(0), 1)]
    ),
    "a small party": ([49, 49, 2], 51, [(2, Fraction(1, 3), 3)]),
    "four members": (
        [4, 3, 2, 1], 6,
        [(5, Fraction(5, 12), 1), (3, Fraction(1, 4), 2), (1, Fraction(1, 12), 1)],
    ),
}  # fmt: skip


# Weight and power -------------------------------------------------------------------------


@pytest.mark.parametrize("body", REFERENCES)
def test_power_has_the_reference_values(body):
    # published: 4/2145, and that Luxembourg had no power in 1958; computed: all others
    weights, quota, rows = REFERENCES[body]
    assert list(swings(weights, quota)) == [count for count, _, times in rows for _ in range(times)]
    total = sum(count * times for count, _, times in rows)
    assert list(banzhaf(weights, quota)) == [
        c / total for c, _, times in rows for _ in range(times)
    ]
    expected = [float(power) for _, power, times in rows for _ in range(times)]
    assert list(shapley_shubik(weights, quota)) == expected


def test_the_sums_and_decimals_of_the_references():
    # computed
    assert sum(swings(COUNCIL, 39)) == 5080
    assert sum(swings(EARLY_COUNCIL, 27)) == 315
    assert banzhaf(COUNCIL, 39)[[0, -1]] == pytest.approx([0.166929, 0.016535], abs=5e-7)
    assert banzhaf(EARLY_COUNCIL, 27)[[0, -1]] == pytest.approx([0.180952, 0.015873], abs=5e-7)
    assert shapley_shubik(COUNCIL, 39)[[0, -1]] == pytest.approx([0.196270, 0.001865], abs=5e-7)
    assert banzhaf(SIX, 12)[[0, 3, 5]] == pytest.approx([0.238095, 0.142857, 0], abs=5e-7)
    assert shapley_shubik(SIX, 12)[[0, 3, 5]] == pytest.approx([0.233333, 0.15, 0], abs=5e-7)


def test_the_european_union_of_fifteen():
    # computed
    kinds = [0, 4, 5, 9, 11, 14]
    assert list(swings(FIFTEEN, 62)[kinds]) == [1849, 1531, 973, 793, 595, 375]
    assert banzhaf(FIFTEEN, 62)[kinds] == pytest.approx(
        [0.111621, 0.092424, 0.058738, 0.047872, 0.035919, 0.022638], abs=5e-7
    )
    assert shapley_shubik(FIFTEEN, 62)[kinds] == pytest.approx(
        [0.116667, 0.095460, 0.055175, 0.045360, 0.035254, 0.020690], abs=5e-7
    )


def by_coalitions(weights, quota):
    """The swings by size of the coalition of others, from a list of all coalitions."""
    n = len(weights)
    counts = [[0] * n for _ in range(n)]
    for i in range(n):
        others = weights[:i] + weights[i + 1 :]
        for size in range(n):
            for team in combinations(others, size):
                counts[i][size] += quota - weights[i] <= sum(team) < quota
    return counts


def by_orders(weights, quota):
    """The share of all orders in which each member is pivotal."""
    n = len(weights)
    pivots = [0] * n
    for order in permutations(range(n)):
        votes = accumulate(weights[i] for i in order)
        pivots[next(i for i, sum_ in zip(order, votes, strict=True) if sum_ >= quota)] += 1
    return [pivot / math.factorial(n) for pivot in pivots]


votings = (
    st.lists(st.integers(0, 12), min_size=1, max_size=9)
    .filter(any)
    .flatmap(lambda weights: st.tuples(st.just(weights), st.integers(1, sum(weights))))
)


@given(votings)
def test_counting_all_coalitions_finds_the_same(voting):
    weights, quota = voting
    n = len(weights)
    counts = by_coalitions(weights, quota)
    assert list(swings(weights, quota)) == [sum(row) for row in counts]
    expected = [sum(row) / 2 ** (n - 1) for row in counts]
    assert list(banzhaf(weights, quota, normalised=False)) == expected
    total = sum(map(sum, counts))
    assert list(banzhaf(weights, quota)) == [sum(row) / total for row in counts]
    orders = [math.factorial(s) * math.factorial(n - 1 - s) for s in range(n)]
    expected = [np.dot(row, orders) / math.factorial(n) for row in counts]
    np.testing.assert_allclose(shapley_shubik(weights, quota), expected, rtol=1e-15)


@given(votings.filter(lambda voting: len(voting[0]) <= 6))
def test_trying_all_orders_finds_the_same(voting):
    assert list(shapley_shubik(*voting)) == by_orders(*voting)  # both rounded once


@pytest.mark.parametrize(
    ("weights", "quota"),
    [(COUNCIL, 39), (FIFTEEN, 62), (NICE, 255), (NICE, 173), ([40, 25, 20, 10, 5], 51)],
)
def test_an_established_package_finds_the_same(weights, quota):
    game = Game(quota, weights)
    game.calc_banzhaf()
    game.calc_shapley_shubik()
    np.testing.assert_allclose(banzhaf(weights, quota), game.banzhaf, rtol=1e-9)
    np.testing.assert_allclose(shapley_shubik(weights, quota), game.shapley_shubik, rtol=1e-9)


def without_remainders(weights, quota, i):
    """The swings of member i by size, from whole numbers of any length, the others one by one."""
    others = weights[:i] + weights[i + 1 :]
    counts = np.zeros((len(weights), quota), dtype=object)
    counts[0, 0] = 1
    for weight in others:
        counts[1:, weight:] += counts[:-1, : max(0, quota - weight)].copy()
    return counts[:, max(0, quota - weights[i]) :].sum(axis=1)


@pytest.mark.parametrize(
    ("n", "largest", "share"),
    [(30, 40, 0.5), (33, 9, 0.45), (33, 9, 0.3), (36, 60, 0.62), (67, 3, 0.5)],
)
def test_counts_beyond_one_remainder_are_exact(n, largest, share):
    # Independent route: counts in Python's own whole numbers, and nothing taken out again
    rng = np.random.default_rng(n)
    weights = rng.integers(1, largest, n, endpoint=True).tolist()
    quota = math.ceil(share * sum(weights))
    for i in (0, n // 2, weights.index(max(weights)), weights.index(min(weights))):
        counts = without_remainders(weights, quota, i)
        assert swings(weights, quota)[i] == sum(counts)
        orders = [math.factorial(s) * math.factorial(n - 1 - s) for s in range(n)]
        pivots = sum(count * order for count, order in zip(counts, orders, strict=True))
        assert shapley_shubik(weights, quota)[i] == pivots / math.factorial(n)


def test_many_votes_overflow_nothing():
    # Independent route as above, for the coalitions of all sizes together
    weights = [2**k for k in range(18) for _ in range(2)]
    quota = sum(weights) // 2 + 1
    for i in (0, 35):
        counts = np.zeros(quota, dtype=object)
        counts[0] = 1
        for weight in weights[:i] + weights[i + 1 :]:
            counts[weight:] += counts[:-weight].copy()
        assert swings(weights, quota)[i] == sum(counts[quota - weights[i] :])


def test_193_equal_members():
    # closed form: the other 192 must be one short of the quota
    for quota in (97, 129, 193, 1):
        assert set(swings([1] * 193, quota)) == {math.comb(192, quota - 1)}
        assert set(shapley_shubik([5] * 193, 5 * quota)) == {1 / 193}
    assert math.comb(192, 96) > 2**64
    assert all(type(count) is int for count in swings([1] * 193, 97))


def test_one_large_member_among_many_equal_ones():
    # closed form: it decides if from q − w to q − 1 of the 192 others are with it
    w, n, quota = 20, 193, 107
    range_ = range(quota - w, quota)
    assert swings([w] + [1] * 192, quota)[0] == sum(math.comb(192, k) for k in range_)
    shapley = shapley_shubik([w] + [1] * 192, quota)
    assert shapley[0] == w / n  # each place in the order is equally likely
    assert set(shapley[1:]) == {float(Fraction(1 - Fraction(w, n), 192))}


def test_193_unequal_members_and_the_reverse_of_the_vote():
    # The dual rule has the same pivots; the quota of the one is more than half, of the other less
    weights = (np.arange(193) ** 2 // 120 + 1).tolist()
    quota = sum(weights) // 3
    one, two = (shapley_shubik(weights, q) for q in (quota, sum(weights) - quota + 1))
    assert list(one) == list(two)
    assert one.sum() == pytest.approx(1, rel=1e-12)
    assert (np.diff(one) >= 0).all()


def test_random_orders_of_the_members_find_nearly_the_same():
    # Independent route by simulation, standard error at most .003
    rng = np.random.default_rng(3)
    orders = rng.permuted(np.tile(np.arange(27), (30_000, 1)), axis=1)
    pivots = (np.cumsum(np.array(NICE)[orders], axis=1) >= 255).argmax(axis=1)
    found = np.bincount(orders[np.arange(30_000), pivots], minlength=27) / 30_000
    np.testing.assert_allclose(shapley_shubik(NICE, 255), found, atol=0.006)
    votes = rng.random((30_000, 26)) < 0.5
    totals = votes @ np.array(NICE[1:])
    decisive = ((totals < 255) & (totals >= 255 - NICE[0])).mean()
    assert banzhaf(NICE, 255, normalised=False)[0] == pytest.approx(decisive, abs=0.006)


@given(votings, st.randoms(use_true_random=False), st.integers(2, 10**30))
def test_neither_order_nor_unit_nor_idle_members_matter(voting, random, unit):
    weights, quota = voting
    places = list(range(len(weights)))
    random.shuffle(places)
    shuffled = [weights[place] for place in places]
    for index in (banzhaf, shapley_shubik, swings):
        power = list(index(weights, quota))
        assert list(index(shuffled, quota)) == [power[place] for place in places]
        assert list(index([unit * weight for weight in weights], unit * quota)) == power
        # between two sums of weights, the quota itself does not matter
        assert list(index([unit * weight for weight in weights], unit * (quota - 1) + 1)) == power
    for index in (banzhaf, shapley_shubik):
        power = list(index(weights, quota))
        assert list(index([*weights, 0], quota)) == [*power, 0]
        assert math.fsum(power) == pytest.approx(1, rel=1e-14)
    assert list(swings([0, *weights, 0], quota)[1:-1]) == [
        4 * count for count in swings(weights, quota)
    ]


@given(votings)
def test_heavier_members_have_no_less_power(voting):
    weights, quota = voting
    order = np.argsort(weights, kind="stable")
    for index in (banzhaf, shapley_shubik, swings):
        assert (np.diff(index(weights, quota)[order]) >= 0).all()


@given(votings)
def test_blocking_is_as_powerful_as_carrying(voting):
    weights, quota = voting
    dual = sum(weights) - quota + 1
    for index in (banzhaf, shapley_shubik, swings):
        assert list(index(weights, dual)) == list(index(weights, quota))


def test_dictators_vetoes_and_unanimity():
    assert list(swings([51, 30, 19], 51)) == [4, 0, 0]
    assert list(banzhaf([3, 1, 1], 4)) == [0.6, 0.2, 0.2]
    for quota in (1, 10):
        assert list(shapley_shubik([4, 3, 2, 1], quota)) == [0.25] * 4
        assert list(swings([4, 3, 2, 1], quota)) == [1] * 4
    assert list(banzhaf([5], 3)) == list(shapley_shubik([5], 3)) == [1]
    assert list(banzhaf([5], 3, normalised=False)) == [1]


def test_weights_of_any_type_count_if_they_are_whole():
    expected = [5 / 12, 1 / 4, 1 / 4, 1 / 12]
    for weights in (
        (4, 3, 2, 1),
        np.array([4, 3, 2, 1], dtype=np.uint8),
        np.array([4.0, 3, 2, 1]),
        [np.float32(4), Fraction(3), Decimal("2"), True + np.int16(0)],
        pd.Series([4, 3, 2, 1], index=list("ABCD")),
    ):
        for quota in (6, 6.0, np.int8(6), np.float32(6), Fraction(6), Decimal(6)):
            assert list(banzhaf(weights, quota)) == expected
            assert banzhaf(weights, quota, np.True_).dtype == float


# Concentration of power -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shares", "con", "number"),
    [  # computed
        ((0.5, 0.3, 0.2), 0.264575, 2.6316),
        ((0.4, 0.3, 0.2, 0.1), 0.258199, 3.3333),
        ((0.6, 0.1, 0.1, 0.1, 0.1), 0.5, 2.5),
    ],
)
def test_concentration_has_the_reference_values(shares, con, number):
    assert concentration(shares) == pytest.approx(con, abs=5e-7)
    assert effective_number(shares) == pytest.approx(number, abs=5e-5)


def test_the_herfindahl_index_has_the_reference_value():
    assert herfindahl((0.5, 0.3, 0.2)) == pytest.approx(0.38, rel=1e-14)  # computed


amounts = st.lists(
    st.one_of(st.just(0.0), st.floats(1e-6, 1e6)), min_size=2, max_size=15
).filter(any)  # fmt: skip


@given(amounts, st.randoms(use_true_random=False), st.sampled_from([1e-290, 1e-3, 7, 1e290]))
def test_concentration_follows_its_definition(shares, random, unit):
    # Independent route: the definitions in rationals, which do not round
    n = len(shares)
    exact = [Fraction(share) for share in shares]
    hhi = sum(share**2 for share in exact) / sum(exact) ** 2
    con = math.sqrt((hhi - Fraction(1, n)) / (1 - Fraction(1, n)))
    assert herfindahl(shares) == pytest.approx(float(hhi), rel=1e-12)
    assert effective_number(shares) == pytest.approx(float(1 / hhi), rel=1e-12)
    assert concentration(shares) == pytest.approx(con, rel=1e-9, abs=1e-15)
    assert 0 <= concentration(shares) <= 1
    moved = [unit * share for share in shares]
    random.shuffle(moved)
    for measure in (herfindahl, effective_number, concentration):
        assert measure(moved) == pytest.approx(measure(shares), rel=1e-9, abs=1e-15)


@given(amounts, st.floats(0, 1))
def test_a_gift_from_the_largest_to_the_least_spreads_power(shares, part):
    shares = np.array(shares)
    giver, taker = shares.argmax(), shares.argmin()
    after = shares.copy()
    gift = part * (shares[giver] - shares[taker])
    after[giver] -= gift
    after[taker] += gift
    assert concentration(after) <= concentration(shares) * (1 + 1e-9) + 1e-12
    assert effective_number(after) >= effective_number(shares) * (1 - 1e-9)


def test_equals_and_a_single_power():
    for n in (2, 3, 7, 193):
        assert concentration([0.1] * n) == 0
        assert effective_number([0.1] * n) == n
        assert herfindahl([0.1] * n) == pytest.approx(1 / n, rel=1e-15)
        single = [0.0] * (n - 1) + [0.3]
        assert concentration(single) == pytest.approx(1, rel=1e-15)
        assert effective_number(single) == herfindahl(single) == 1
    assert effective_number([3]) == herfindahl([3]) == 1


def test_small_differences_do_not_cancel():
    # closed form for two states, 1 + d and 1 − d: CON = d
    assert concentration([1 + 2**-40, 1 - 2**-40]) == pytest.approx(2**-40, rel=1e-12, abs=0)
    assert concentration([5e-324, 1e300]) == 1


def test_states_with_nothing_raise_con_and_leave_the_others():
    few, many = [0.5, 0.3, 0.2], [0.5, 0.3, 0.2] + [0.0] * 7
    assert concentration(many) > concentration(few)
    assert effective_number(many) == effective_number(few)
    assert herfindahl(many) == herfindahl(few)
