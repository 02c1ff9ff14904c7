"""Foresight: reference numbers, independent routes to them, rules that hold."""

import math
from fractions import Fraction
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, optimize

from entente.models.foresight import (
    airport_shares,
    club_depths,
    club_gain_share,
    diffusion,
    diffusion_fits,
    diffusion_peak,
    group_diffusion,
    sample_futures,
    security_investment,
    shapley_value,
    stable_club_sizes,
    weakest_link_security,
)
from entente.models.power import shapley_shubik

settings.register_profile("models", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("models")


# Clubs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [3, 4, 5, 10, 32, 100, 10**9])
def test_stable_clubs_have_two_or_three_members(n):
    assert stable_club_sizes(n) == [2, 3]  # 3 classic; computed


def test_two_states_form_the_club_of_both():
    assert stable_club_sizes(2) == [2]


@pytest.mark.parametrize(
    ("n", "percent"), [(3, 100), (5, 45), (10, 11.85), (32, 1.17), (100, 0.12)]
)
def test_a_club_of_three_reaches_ever_less(n, percent):
    assert round(100 * club_gain_share(n, 3), 2) == percent  # computed


def provided(n, s, b, c):
    """What members and outsiders provide: found by calculus, in rationals, and not assumed.

    A member's unit is worth b to each of s members, an outsider's b to itself; both at a
    marginal cost cq.
    """
    return [Fraction(s * b, c)] * s + [Fraction(b, c)] * (n - s)


def gains(n, s, b, c):
    q = provided(n, s, b, c)
    return [b * sum(q) - c * own**2 / 2 for own in q]


@pytest.mark.parametrize("n", range(2, 13))
@pytest.mark.parametrize(("b", "c"), [(1, 1), (3, 2), (Fraction(1, 7), 5)])
def test_comparing_all_gains_finds_the_same_clubs(n, b, c):
    # Independent route: who would leave, who would join, in exact rationals
    def stable(s):
        leaves = gains(n, s - 1, b, c)[-1] > gains(n, s, b, c)[0]
        joins = s < n and gains(n, s + 1, b, c)[0] > gains(n, s, b, c)[-1]
        return not leaves and not joins

    assert stable_club_sizes(n, float(b), float(c)) == [s for s in range(1, n + 1) if stable(s)]
    alone, all_ = sum(gains(n, 1, b, c)), sum(gains(n, n, b, c))
    for s in range(1, n + 1):
        share = (sum(gains(n, s, b, c)) - alone) / (all_ - alone)
        assert club_gain_share(n, s, float(b), float(c)) == float(share)


@pytest.mark.parametrize("s", [1, 2, 3, 5])
def test_what_each_provides_is_its_best_reply(s):
    # Independent route: a numerical search, given what all others provide
    n, b, c = 5, 1.5, 0.8
    q = [float(x) for x in provided(n, s, Fraction(3, 2), Fraction(4, 5))]
    for i, own in enumerate(q):
        counts = s if i < s else 1  # a member counts the gain of all members
        best = optimize.minimize_scalar(
            lambda x, i=i, k=counts: c * x**2 / 2 - k * b * (sum(q) - q[i] + x)
        ).x
        assert own == pytest.approx(best, rel=1e-6)


@given(st.integers(2, 300), st.data())
def test_larger_clubs_reach_more(n, data):
    s = data.draw(st.integers(1, n - 1))
    assert club_gain_share(n, 1) == 0
    assert club_gain_share(n, n) == 1
    assert club_gain_share(n, s) < club_gain_share(n, s + 1)
    scale = data.draw(st.floats(1e-3, 1e3))
    assert club_gain_share(n, s, benefit=scale, cost=2.5) == club_gain_share(n, s)


willing = st.lists(st.floats(0.1, 10), min_size=1, max_size=9)


@given(willing, st.floats(0, 1))
def test_no_member_of_a_club_wants_to_leave(values, x):
    # Independent route: gains computed one by one, and a search for a deeper club
    v = sorted(values, reverse=True)

    def gain(i, s, q):
        return v[i] * s * q - q**2 / 2

    def stays(i, s, q):
        slack = 1e-9 * (1 + q**2)
        return gain(i, s, q) >= (1 - x) * v[i] * (s - 1) * q - slack

    table = club_depths(values, x)
    assert list(table["members"]) == list(range(1, len(v) + 1))
    for row in table.itertuples():
        s, q = row.members, row.depth
        assert all(stays(i, s, q) for i in range(s))
        inside = sum(gain(i, s, q) for i in range(s))
        assert row.inside == pytest.approx(inside, rel=1e-9, abs=1e-9)
        assert row.outside == pytest.approx((1 - x) * s * q * sum(v[s:]), rel=1e-9, abs=1e-6)
        assert row.least == pytest.approx(gain(s - 1, s, q), rel=1e-9, abs=1e-9)
        assert row.good == pytest.approx(s * q)
        for other in (0.9 * q, 1.01 * q):  # neither less nor more does better and holds
            better = sum(gain(i, s, other) for i in range(s)) > inside + 1e-9 * (1 + q**2)
            assert not (better and all(stays(i, s, other) for i in range(s)))


def test_depths_of_equal_members_have_a_closed_form():
    for x in (0, 0.25, 1):
        table = club_depths([1.5] * 8, x)
        s = table["members"]
        np.testing.assert_allclose(table["depth"], 1.5 * np.minimum(s, 2 * (1 + x * (s - 1))))
    assert (club_depths([1] * 8, 0)["depth"] == [1] + [2] * 7).all()  # wide and shallow
    assert (club_depths([1] * 8, 1)["depth"] == list(range(1, 9))).all()  # nothing to gain outside


def test_more_exclusion_makes_clubs_deeper_and_outsiders_poorer():
    tables = [club_depths([3, 2, 1.5, 1, 0.5, 0.2], x) for x in np.linspace(0, 1, 6)]
    for less, more in pairwise(tables):
        assert (more["depth"] >= less["depth"]).all()
    assert (tables[-1]["outside"] == 0).all()


# Cyber defence ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [  # computed
        ((0.65, 4e5, 1e-5), 61_245.15),
        ((1, 1e6, 1e-5), 216_227.77),
        ((0.65, 4e5, 1e-5, 2), 73_247.82),
    ],
)
def test_security_investment_has_the_reference_values(arguments, expected):
    assert security_investment(*arguments) == pytest.approx(expected, abs=5e-3)


def test_the_reference_share_of_the_expected_loss():
    assert security_investment(0.65, 4e5, 1e-5) / (0.65 * 4e5) == pytest.approx(0.2356, abs=5e-5)


shares = st.floats(0.01, 1)


@given(shares, st.floats(1, 1e9), st.floats(1e-8, 10), st.floats(0.2, 8))
def test_no_other_spending_costs_less(v, loss, α, β):
    # Independent route: total cost itself, convex in z, on both sides of z*
    def cost(z):
        return z + v * loss / (α * z + 1) ** β

    z = security_investment(v, loss, α, β)
    steps = np.array([1e-3, 0.1, 0.5]) * (z + 1 / α)
    assert (cost(z + steps) >= cost(z)).all()
    assert (cost(np.maximum(0, z - steps)) >= cost(z) * (1 - 1e-12)).all()
    # the slope is 0 there, or spending has not begun
    slope = 1 - v * loss * α * β / (α * z + 1) ** (β + 1)
    assert (slope >= 0) if z == 0 else (slope == pytest.approx(0, abs=1e-9))
    assert z <= (β / (β + 1)) ** (β + 1) * v * loss * (1 + 1e-12)
    assert z < v * loss / math.e


def test_the_bounds_are_reached():
    # closed form: the share peaks where (αz + 1) = (β + 1)/β
    for β in (0.5, 1, 2, 5):
        loss = ((β + 1) / β) ** (β + 1) / β
        share = security_investment(1, loss, 1, β) / loss
        assert share == pytest.approx((β / (β + 1)) ** (β + 1), rel=1e-12)
    assert security_investment(1, 4, 1) == pytest.approx(0.25 * 4, rel=1e-12)


def test_spending_begins_where_the_first_unit_pays():
    assert security_investment(0.5, 1.999, 1) == 0
    assert security_investment(0.5, 2.001, 1) > 0
    assert security_investment(0, 1e9, 1) == security_investment(1, 0, 1) == 0
    # closed form: √(1 + d) − 1 is nearly d/2
    assert security_investment(1, 1 + 1001 * 2**-52, 1) == pytest.approx(
        1001 * 2**-53, rel=1e-9, abs=0
    )


@given(shares, st.floats(1, 1e9), st.floats(1e-8, 10), st.floats(1e-3, 1e3))
def test_the_unit_of_money_does_not_matter(v, loss, α, unit):
    z = security_investment(v, loss, α)
    moved = security_investment(v, unit * loss, α / unit)
    assert moved == pytest.approx(unit * z, rel=1e-9, abs=1e-12 * unit / α)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [  # closed forms
        ((1, 1e308, 1e-300, 1), 9999e300),
        ((1, 1e-300, 1e308, 1), 9.999e-305),
        ((1e-10, 1e10, 1e308, 1), 1e-154),
        ((1, 1e300, 1e300, 1e-12), 1e288 * math.exp(-588e-12 * math.log(10))),
        ((1, 1.7e308, 1, 1e-300), 1.7e8 - 1),
    ],
)
def test_spending_stays_sound_at_extremes(arguments, expected):
    assert security_investment(*arguments) == pytest.approx(expected, rel=1e-9, abs=0)


losses = st.lists(st.floats(1, 1e6), min_size=1, max_size=6)


@given(shares, losses, st.floats(1e-6, 1), st.floats(0.5, 4))
def test_the_weakest_link_sets_the_spending_of_all(v, losses, α, β):
    # Independent route: the costs themselves
    def cost(loss, own, least):
        return own + loss * v / (α * least + 1) ** β

    table = weakest_link_security(v, losses, α, β)
    least, best = table["together"][0], table["best"][0]
    assert table[["together", "best"]].nunique().eq(1).all()
    for row in table.itertuples():
        assert row.alone == security_investment(v, row.loss, α, β)
        for way in ("alone", "together", "best"):
            own = getattr(row, way)
            assert getattr(row, f"cost_{way}") == pytest.approx(cost(row.loss, own, own))
        # nobody gains by another amount, as the least of all counts
        for other in (0.5 * least, 0.99 * least, 1.01 * least, 2 * least + 1):
            assert cost(row.loss, other, min(other, least)) >= row.cost_together * (1 - 1e-12)
    total = table["cost_best"].sum()
    for other in (0, 0.9 * best, 1.1 * best + 0.01 / α):
        assert sum(cost(loss, other, other) for loss in losses) >= total * (1 - 1e-9)
    assert least <= best * (1 + 1e-12)
    assert table["cost_together"].sum() >= total * (1 - 1e-12)


def test_equal_partners_lose_nothing_by_the_weakest_link():
    table = weakest_link_security(0.65, [4e5] * 3, 1e-5)
    assert table[["alone", "together", "best"]].to_numpy() == pytest.approx(61_245.15, abs=5e-3)
    nothing = weakest_link_security(0.65, [4e5, 0], 1e-5)  # one has nothing to lose
    assert (nothing["together"] == 0).all()


# Diffusion --------------------------------------------------------------------------------


def test_the_peak_has_the_reference_values():
    time, rate, share = diffusion_peak(0.03, 0.38)  # computed
    assert time == pytest.approx(6.1926, abs=5e-5)
    assert rate == pytest.approx(0.110592, abs=5e-7)
    assert share == pytest.approx(0.460526, abs=5e-7)


rates = st.tuples(st.floats(1e-3, 1), st.one_of(st.just(0.0), st.floats(1e-3, 2)))


@given(rates)
def test_integrating_the_equation_finds_the_same_path(rates):
    # Independent route
    p, q = rates
    times = np.linspace(0, 12, 7)
    table = diffusion(times, p, q)
    solution = integrate.solve_ivp(
        lambda t, F: (p + q * F) * (1 - F), (0, 12), [0], t_eval=times, rtol=1e-9, atol=1e-11
    ).y[0]
    assert list(table.columns) == ["time", "adopters", "rate"]
    np.testing.assert_array_equal(table["time"], times)
    np.testing.assert_allclose(table["adopters"], solution, atol=1e-7)
    expected = (p + q * solution) * (1 - solution)
    np.testing.assert_allclose(table["rate"], expected, atol=1e-7)


@given(rates)
def test_the_peak_is_the_highest_point_of_the_path(rates):
    # Independent route: a fine grid
    p, q = rates
    time, rate, share = diffusion_peak(p, q)
    table = diffusion(np.linspace(0, 2 * time + 1, 4001), p, q)
    assert table["rate"].max() <= rate * (1 + 1e-12)
    assert table["rate"].max() == pytest.approx(rate, rel=1e-4)
    at = diffusion([time], p, q).loc[0]
    assert at["rate"] == pytest.approx(rate, rel=1e-12)
    assert at["adopters"] == pytest.approx(share, abs=1e-12)
    assert 0 <= share < 0.5


def test_without_stronger_imitation_the_rate_only_falls():
    for p, q in ((0.3, 0), (0.3, 0.1), (0.3, 0.3)):
        assert diffusion_peak(p, q) == (0, p, 0)
        assert (np.diff(diffusion(range(20), p, q)["rate"]) < 0).all()
    # closed form: without any imitation, decay
    decay = diffusion([0, 2, 9], 0.3, 0)
    np.testing.assert_allclose(decay["adopters"], 1 - np.exp([0, -0.6, -2.7]), rtol=1e-12)


@given(rates, st.floats(0.1, 10))
def test_the_unit_of_time_does_not_matter(rates, unit):
    p, q = rates
    times = np.array([0, 1.5, 7, 3, 40])
    years, others = diffusion(times, p, q), diffusion(times * unit, p / unit, q / unit)
    np.testing.assert_allclose(others["adopters"], years["adopters"], rtol=1e-9)
    np.testing.assert_allclose(others["rate"] * unit, years["rate"], rtol=1e-7, atol=1e-300)


def test_late_and_extreme_diffusion():
    table = diffusion([0, 1e300], 0.03, 0.38)
    assert list(table["adopters"]) == [0, 1]
    assert list(table["rate"]) == [0.03, 0]
    tiny = diffusion([0, 1], 1e-300, 1e-300)
    np.testing.assert_allclose(tiny["rate"], 1e-300, rtol=1e-12)
    np.testing.assert_allclose(tiny["adopters"], [0, 1e-300], rtol=1e-12)
    # closed form near the start: p (e^{qt} − 1)/q
    slow = diffusion([100], 1e-290, 0.38)["adopters"][0]
    assert slow == pytest.approx(1e-290 * math.expm1(38) / 0.38, rel=1e-9, abs=0)
    assert diffusion_peak(1e-300, 1.0)[0] == pytest.approx(300 * math.log(10), rel=1e-12)
    assert diffusion_peak(1e-300, 1e300)[0] == pytest.approx(
        1.3815510557964274e-297, rel=1e-12, abs=0
    )
    assert diffusion_peak(1e307, 1e308) == pytest.approx((math.log(10) / 1.1e308, 3.025e307, 0.45))


@given(rates, st.integers(1, 4))
def test_groups_that_are_alike_follow_the_curve_of_one(rates, groups):
    p, q = rates
    times = np.linspace(0, 12, 7)
    path = group_diffusion(times, [p] * groups, np.full((groups, groups), q / groups))
    expected = diffusion(times, p, q)["adopters"].to_numpy()
    np.testing.assert_allclose(path, np.tile(expected[:, None], groups), atol=1e-6)
    apart = group_diffusion(times, [p] * groups, q * np.eye(groups))
    np.testing.assert_allclose(apart, path, atol=1e-6)


def test_integrating_the_equations_of_groups_finds_the_same_paths():
    # Independent route
    p, q = np.array([0.05, 0.0, 0.4]), np.array([[0.3, 0.1, 0], [0.2, 0.5, 0.1], [0, 1.5, 0.2]])
    times = [0.0, 0.5, 3, 3, 12]
    solution = integrate.solve_ivp(
        lambda t, F: (p + q @ F) * (1 - F), (0, 12), np.zeros(3), t_eval=[0, 0.5, 3, 12],
        rtol=1e-10, atol=1e-12,
    ).y.T[[0, 1, 2, 2, 3]]  # fmt: skip
    np.testing.assert_allclose(group_diffusion(times, p, q), solution, atol=1e-7)


def test_many_scenarios_are_computed_at_once():
    rng = np.random.default_rng(3)
    p, q = rng.random((4, 2)), rng.random((4, 2, 2))
    together = group_diffusion([1, 2], p, q)
    assert together.shape == (4, 2, 2)
    for one, own_p, own_q in zip(together, p, q, strict=True):
        np.testing.assert_allclose(one, group_diffusion([1, 2], own_p, own_q), atol=1e-6)
    assert group_diffusion([1], p, q[0]).shape == (4, 1, 2)
    # closed form: who watches nobody adopts by decay; nobody who neither tries nor watches
    still = group_diffusion([0, 5, 1000], [0.2, 0], np.zeros((2, 2)))
    np.testing.assert_allclose(still[:, 0], 1 - np.exp([0, -1, -200]), atol=1e-6)
    assert (still[:, 1] == 0).all()


def test_a_curve_of_the_grid_is_found_again():
    for p, q in ((np.geomspace(1e-3, 0.3, 30)[17], 0.3), (np.geomspace(1e-3, 0.3, 30)[5], 0.0)):
        seen = 80 * diffusion(range(1, 16), p, q)["adopters"].to_numpy()
        fits = diffusion_fits(seen[:9], 200, ahead=6)
        best = fits.curves.iloc[0]
        assert tuple(best) == pytest.approx((p, q, 80, 0), abs=1e-6)
        np.testing.assert_allclose(fits.paths[0], seen, rtol=1e-6)


def test_each_curve_misses_by_what_is_told():
    y = np.array([3, 8, 8, 20, 41.5])
    curves, paths = diffusion_fits(y, 60, ahead=3)
    assert paths.shape == (len(curves), 8) == (930, 8)
    assert curves["miss"].is_monotonic_increasing
    assert curves["final"].between(41.5, 60).all()
    rng = np.random.default_rng(1)
    for row in rng.choice(len(curves), 25):
        p, q, m, miss = curves.iloc[row]
        F = diffusion(range(1, 9), p, q)["adopters"].to_numpy()
        np.testing.assert_allclose(paths[row], m * F, rtol=1e-9)
        # no other final number misses by less
        grid = np.linspace(41.5, 60, 400)[:, None] * F[:5]
        assert miss <= np.sqrt(((grid - y) ** 2).mean(axis=1)).min() + 1e-12
        assert miss == pytest.approx(np.sqrt(((m * F[:5] - y) ** 2).mean()))


# Futures ----------------------------------------------------------------------------------


def test_each_part_of_each_range_is_tried_once():
    ranges = {"a": (0, 1), "b": (-5.0, 7.5), "c": (2, 2)}
    table = sample_futures(ranges, 40, rng=5)
    assert list(table) == list(ranges)
    assert (table["c"] == 2).all()
    for name in "ab":
        low, high = ranges[name]
        parts = np.floor((table[name] - low) / (high - low) * 40).astype(int)
        assert sorted(parts) == list(range(40))
    assert abs(table["a"].corr(table["b"])) < 0.5
    assert table.equals(sample_futures(ranges, 40, rng=np.random.default_rng(5)))
    assert not table.equals(sample_futures(ranges, 40, rng=6))


# Sharing costs and gains ------------------------------------------------------------------


def test_shapley_values_have_the_reference_values():
    def glove(team):
        return min(len(team & {"left"}), len(team - {"left"}))

    shares = shapley_value(["left", "right", "right too"], glove)  # computed
    assert list(shares) == ["left", "right", "right too"]
    assert list(shares.values()) == pytest.approx([2 / 3, 1 / 6, 1 / 6], rel=1e-15)
    costs = {"a": 1, "b": 2, "c": 3}
    shares = shapley_value(costs, lambda team: max(map(costs.get, team), default=0))  # computed
    assert list(shares.values()) == pytest.approx([1 / 3, 5 / 6, 11 / 6], rel=1e-15)


def test_airport_shares_have_the_reference_values():
    np.testing.assert_allclose(airport_shares([1, 2, 3]), [1 / 3, 5 / 6, 11 / 6])  # computed
    sixteen = airport_shares(range(1, 17))  # computed
    assert sixteen[0] == pytest.approx(0.0625, rel=1e-12)
    assert sixteen[-1] == pytest.approx(3.38073, abs=5e-6)


def test_sixteen_partners_agree_with_the_closed_form():
    shares = shapley_value(range(1, 17), lambda team: max(team, default=0))
    np.testing.assert_allclose(list(shares.values()), airport_shares(range(1, 17)), rtol=1e-12)


games = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.integers(-50, 50), min_size=2**n - 1, max_size=2**n - 1)
)


def table_of(worths):
    """A game of the players A, B, …, from the worths of the coalitions that are not empty."""
    names = "ABCDE"[: (len(worths) + 1).bit_length() - 1]

    def worth(team):
        number = sum(1 << names.index(name) for name in team)
        return worths[number - 1] if number else 0

    return names, worth


@given(games)
def test_the_mean_over_all_orders_is_the_same(worths):
    # Independent route, in rationals
    names, worth = table_of(worths)
    added = dict.fromkeys(names, 0)
    for order in permutations(names):
        for place, name in enumerate(order):
            added[name] += worth(frozenset(order[: place + 1])) - worth(frozenset(order[:place]))
    expected = [Fraction(total, math.factorial(len(names))) for total in added.values()]
    shares = shapley_value(names, worth)
    np.testing.assert_allclose(list(shares.values()), [float(x) for x in expected], atol=1e-12)
    assert math.fsum(shares.values()) == pytest.approx(worth(frozenset(names)), abs=1e-12)


@given(games, st.randoms(use_true_random=False), st.integers(-9, 9))
def test_shares_follow_their_owners_and_add_up(worths, random, scale):
    names, worth = table_of(worths)
    shares = shapley_value(names, worth)
    order = random.sample(names, len(names))
    other = shapley_value(order, worth)
    assert list(other) == order
    assert other == pytest.approx(shares, abs=1e-12)
    # with a partner who adds just as much to any coalition, and in another unit
    wider = shapley_value(
        [*names, "Z"], lambda team: scale * worth(team - {"Z"}) + 7 * ("Z" in team)
    )
    expected = {name: scale * share for name, share in shares.items()} | {"Z": 7}
    assert wider == pytest.approx(expected, abs=1e-10)


def test_a_vote_is_a_game():
    weights = {"A": 4, "B": 4, "C": 4, "D": 2, "E": 2, "F": 1}
    shares = shapley_value(weights, lambda team: sum(map(weights.get, team)) >= 12)
    powers = shapley_shubik(list(weights.values()), 12)
    np.testing.assert_allclose(list(shares.values()), powers, rtol=1e-14)


def test_each_coalition_is_asked_for_once():
    asked = []

    def worth(team):
        asked.append(team)
        return np.float64(len(team))

    assert shapley_value(iter([("x", 1), None, 3]), worth) == {("x", 1): 1, None: 1, 3: 1}
    assert len(asked) == len(set(asked)) == 8
    assert all(isinstance(team, frozenset) for team in asked)


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_a_runway_is_paid_in_full_by_those_who_need_it(costs, random):
    # Independent route: the Shapley value of the game
    shares = airport_shares(costs)
    game = shapley_value(range(len(costs)), lambda team: max((costs[i] for i in team), default=0))
    np.testing.assert_allclose(shares, list(game.values()), atol=1e-9 * max(costs))
    assert shares.sum() == pytest.approx(max(costs), rel=1e-12)
    assert (shares <= np.array(costs) * (1 + 1e-12)).all()
    places = random.sample(range(len(costs)), len(costs))
    np.testing.assert_allclose(airport_shares(np.array(costs)[places]), shares[places], rtol=1e-12)
