"""Deterrence: reference numbers, independent routes to them, rules that hold, known facts."""

import decimal
import math
from fractions import Fraction
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, linalg

from entente import data
from entente.models.deterrence import (
    bargaining_range,
    clustered_risk_ratio,
    honour_threshold,
    observed_reliability,
    optimal_demand,
    relevant_dyads,
    richardson_equilibrium,
    richardson_path,
    richardson_stable,
    risk_ratio,
)

settings.register_profile("models", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("models")

# --- Pledges and wars -----------------------------------------------------------------------


def test_the_threshold_has_the_reference_value():
    assert honour_threshold(0.7, 0.3, 0.5) == pytest.approx(0.5, rel=1e-12)  # computed


chances = st.tuples(st.floats(0, 1), st.floats(0, 1)).filter(lambda pair: pair[0] - pair[1] > 1e-3)


@given(chances, st.floats(0, 2))
def test_at_the_threshold_an_attack_is_worth_nothing(chances, cost):
    # Independent route: the challenger's expected utility, which falls as reliability rises.
    alone, defended = chances
    threshold = honour_threshold(alone, defended, cost)

    def worth(reliability):
        return reliability * defended + (1 - reliability) * alone - cost

    assert worth(threshold) == pytest.approx(0, abs=1e-9)
    assert worth(threshold - 0.1) > 0 > worth(threshold + 0.1)


@pytest.mark.parametrize(
    ("alone", "defended", "cost", "expected"),
    [  # closed forms
        (0.75, 0.25, 1.0, -0.5),  # too costly even if the ally stays out
        (0.75, 0.25, 0.75, 0),
        (0.75, 0.25, 0.25, 1),
        (0.75, 0.25, 0.0, 1.5),  # pays even if the ally fights
        (1, 0, 0.125, 0.875),
        (1, 0.5, 1e300, -2e300),
        (1e-300, 0, 5e-301, 0.5),
    ],
)
def test_thresholds_may_lie_outside_the_unit_interval(alone, defended, cost, expected):
    assert honour_threshold(alone, defended, cost) == pytest.approx(expected, rel=1e-12)


def test_observed_reliability_has_the_reference_values():
    assert observed_reliability(0.7, 0.3, 0.5) == pytest.approx(0.25, rel=1e-12)  # computed
    found = observed_reliability(0.7, 0.3)
    assert found == pytest.approx((0.35 - 0.4 / 3) / 0.5, rel=1e-12)  # computed
    assert found == pytest.approx(0.433333, abs=5e-7)


def attacked(alone, defended, cost, seed):
    """The reliability of those pledges, among 400,000, that a challenger attacks."""
    rng = np.random.default_rng(seed)
    reliability = rng.random(400_000)
    costs = rng.random(400_000) if cost is None else cost
    return reliability[reliability * defended + (1 - reliability) * alone > costs]


@pytest.mark.parametrize(
    ("alone", "defended", "cost"),
    [(0.7, 0.3, 0.5), (0.7, 0.3, None), (0.9, 0.1, 0.2), (0.9, 0.6, 0.3), (0.4, 0, None),
     (1, 0.9, None)],
)  # fmt: skip
def test_simulated_wars_show_as_much_reliability(alone, defended, cost):
    # Independent route; standard error at most .0008.
    simulated = attacked(alone, defended, cost, seed=5).mean()
    assert observed_reliability(alone, defended, cost) == pytest.approx(simulated, abs=0.003)


def test_a_pledge_lowers_the_rate_of_attack():
    # computed: .50 with an ally, .70 without one, if the cost is spread evenly
    assert attacked(0.7, 0.3, None, seed=6).size / 400_000 == pytest.approx(0.5, abs=0.003)
    assert attacked(0.7, 0.7, None, seed=7).size / 400_000 == pytest.approx(0.7, abs=0.003)


@given(chances, st.floats(0, 0.999))
def test_the_record_understates_reliability(chances, share):
    alone, defended = chances
    cost = share * alone
    found = observed_reliability(alone, defended, cost)
    assert 0 < found <= 0.5
    # Independent route: a sum over a fine grid of reliability
    grid = (np.arange(20_000) + 0.5) / 20_000
    tested = grid[grid < honour_threshold(alone, defended, cost)]
    assert found == pytest.approx(tested.mean() if tested.size else 0, abs=1e-4)
    weight = alone - (alone - defended) * grid
    mixed = observed_reliability(alone, defended)
    assert mixed == pytest.approx((grid * weight).sum() / weight.sum(), abs=1e-6)
    assert 1 / 3 - 1e-12 <= mixed < 0.5


def test_who_is_always_attacked_is_seen_as_he_is():
    assert observed_reliability(0.7, 0.3, 0.3) == 0.5
    assert observed_reliability(0.7, 0.3, 0) == 0.5
    assert observed_reliability(1, 0) == pytest.approx(1 / 3, rel=1e-15)
    assert observed_reliability(1e-300, 0) == pytest.approx(1 / 3, rel=1e-15)


# --- Bargaining -----------------------------------------------------------------------------

shares = st.floats(0, 1)
costs = st.floats(0, 2)


@given(shares, costs, costs)
def test_the_bargaining_range_holds_all_that_both_prefer_to_war(p, cost_a, cost_b):
    # Independent route: each division on a grid, and what each side has from it and from war.
    low, high = bargaining_range(p, cost_a, cost_b)
    assert 0 <= low <= p <= high <= 1
    share = np.linspace(0, 1, 2001)
    both = (share >= p - cost_a) & (1 - share >= 1 - p - cost_b)
    inside = (share >= low - 1e-9) & (share <= high + 1e-9)
    assert (both <= inside).all()
    assert (both[(share > low + 1e-9) & (share < high - 1e-9)]).all()
    # seen from the other side
    mirrored = bargaining_range(1 - p, cost_b, cost_a)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-12)


def test_the_range_is_as_wide_as_the_costs_or_as_the_stake():
    low, high = bargaining_range(0.5, 0.1, 0.2)
    assert (low, high) == pytest.approx((0.4, 0.7), rel=1e-12)
    assert high - low == pytest.approx(0.3, rel=1e-12)
    assert bargaining_range(0.5, 0, 0) == (0.5, 0.5)
    assert bargaining_range(0.05, 0.1, 0.2) == pytest.approx((0, 0.25), rel=1e-12)
    assert bargaining_range(0.5, 1e300, 1e300) == (0, 1)


@pytest.mark.parametrize(
    ("p", "cost", "b", "demand", "risk"),
    [
        (0.5, 0.1, 0.4, 0.65, 0.375),  # computed
        (0.6, 0.05, 0.3, 0.725, 0.416667),  # computed
        (0.5, 0.1, 0.2, 0.55, 0.25),  # computed: half the doubt
        (0.5, 0.4, 0.4, 0.5, 0),  # computed: no risk for c ≥ b
        (0.5, 0.5, 0.4, 0.5, 0),
        (0.5, 0, 0.4, 0.7, 0.5),  # at no cost, a half, however small the doubt
        (0.5, 0, 1e-300, 0.5, 0.5),
        (0.9, 0.1, 0.8, 1, 0.125),  # the corner: all, where 1.25 would be best
        (0.5, 0, 1, 1, 0.5),  # just there
        (1, 0, 1, 1, 0),
        (0, 0, 1, 0.5, 0.5),
        (0.5, 0, 1e300, 1, 5e-301),
        (0.5, 1e300, 0.1, 0.5, 0),
    ],
)
def test_the_optimal_demand_has_the_reference_values(p, cost, b, demand, risk):
    assert optimal_demand(p, cost, b) == pytest.approx((demand, risk), rel=2e-6, abs=1e-12)
    if risk:
        assert optimal_demand(p, cost, b)[1] == pytest.approx(risk, rel=2e-6)


@given(shares, costs, st.floats(0.01, 2))
def test_no_other_demand_is_better(p, cost, b):
    # Independent route: A's utility at 4,001 demands, from what B does at each.
    def utility(x):
        accepted = np.clip((p + b - x) / b, 0, 1)  # c_B ≥ x − p
        return x * accepted + (p - cost) * (1 - accepted)

    demand, risk = optimal_demand(p, cost, b)
    assert p <= demand <= 1
    assert 0 <= risk <= 0.5
    assert risk == pytest.approx(np.clip((demand - p) / b, 0, 1), abs=1e-12)
    grid = np.linspace(0, 1, 4001)
    assert utility(demand) >= utility(grid).max() - 1e-12
    assert demand == pytest.approx(grid[utility(grid).argmax()], abs=3e-4)  # its step is .00025


def test_simulated_wars_are_as_frequent_as_the_risk():
    for p, cost, b in ((0.5, 0.1, 0.4), (0.9, 0.1, 0.8)):
        demand, risk = optimal_demand(p, cost, b)
        costs_b = np.random.default_rng(8).uniform(0, b, 400_000)
        war = 1 - demand < 1 - p - costs_b  # B prefers to fight
        assert war.mean() == pytest.approx(risk, abs=0.003)


@given(st.floats(0.1, 0.4), st.floats(0.01, 0.3), st.floats(0.01, 0.3), st.floats(0.1, 0.3))
def test_doubt_and_not_power_makes_for_war(p, cost, b, shift):
    demand, risk = optimal_demand(p, cost, b)
    stronger, same = optimal_demand(p + shift, cost, b)
    assert same == pytest.approx(risk, abs=1e-12)
    assert stronger == pytest.approx(demand + shift, abs=1e-12)
    assert optimal_demand(p, cost, 1.5 * b)[1] >= risk
    assert optimal_demand(p, 1.5 * cost, b)[1] <= risk


# --- Arms races -----------------------------------------------------------------------------

RACE = {"k": 0.8, "l": 0.6, "a": 1, "b": 0.9, "g": 0.5, "h": 0.3}
rates = st.sampled_from([0.0, 0.1, 0.3, 0.4, 0.6, 0.9, 1.0, 1.7, 2.5])
wishes = st.floats(-2, 2).map(lambda wish: round(wish, 3))
races = st.fixed_dictionaries({name: rates for name in "klab"} | {name: wishes for name in "gh"})


def reactions(race):
    return {name: race[name] for name in "klab"}


def matrix(race):
    return np.array([[-race["a"], race["k"]], [race["l"], -race["b"]]])


def path_in_decimals(race, start, time):
    """Independent route: the augmented matrix's exponential as a series, in 80 digits."""
    with decimal.localcontext(prec=80):
        k, l, a, b, g, h = (decimal.Decimal(repr(float(race[name]))) for name in "klabgh")  # noqa: E741
        scaled = decimal.Decimal(repr(float(time)))
        A = np.array([[-a, k, g], [l, -b, h], [0, 0, 0]], dtype=object) * scaled
        halvings = max(0, math.ceil(math.log2(float(abs(A).sum()) + 1)))
        A = A / decimal.Decimal(2) ** halvings
        term = power = np.array(
            [[decimal.Decimal(int(i == j)) for j in range(3)] for i in range(3)]
        )
        for n in range(1, 60):
            term = term.dot(A) / n
            power = power + term
        for _ in range(halvings):
            power = power.dot(power)
        state = np.array([*(decimal.Decimal(repr(float(x))) for x in start), decimal.Decimal(1)])
        return power.dot(state)[:2].astype(float)


def test_the_equilibrium_has_the_reference_value():
    found = richardson_equilibrium(**RACE)
    assert found == pytest.approx((1.642857, 1.428571), abs=5e-7)  # computed
    assert found == (float(Fraction(23, 14)), float(Fraction(10, 7)))
    assert richardson_stable(**reactions(RACE)) is True


@given(races)
def test_at_the_equilibrium_nobody_moves(race):
    # Independent route: NumPy's solution of the linear equations.
    surplus = Fraction(str(race["a"])) * Fraction(str(race["b"])) - Fraction(
        str(race["k"])
    ) * Fraction(str(race["l"]))
    if surplus == 0:
        with pytest.raises(ValueError, match=r"a \* b must differ from k \* l"):
            richardson_equilibrium(**race)
        return
    found = richardson_equilibrium(**race)
    c = [race["g"], race["h"]]
    np.testing.assert_allclose(found, np.linalg.solve(-matrix(race), c), rtol=1e-9, atol=1e-12)
    swapped = {"k": race["l"], "l": race["k"], "a": race["b"], "b": race["a"]}
    assert richardson_equilibrium(**swapped, g=race["h"], h=race["g"]) == found[::-1]
    rests = richardson_path(**race, start=found, times=[1, 3])
    np.testing.assert_allclose(rests, [found] * 2, rtol=1e-9, atol=1e-9)


@given(races)
def test_a_race_is_stable_if_both_eigenvalues_are_negative(race):
    eigenvalues = np.linalg.eigvals(matrix(race))
    assert np.isrealobj(eigenvalues) or (abs(eigenvalues.imag) < 1e-7).all()
    largest = eigenvalues.real.max()
    if abs(largest) > 1e-7:
        assert richardson_stable(**reactions(race)) == (largest < 0)
    else:  # a b = k l in decimals
        assert not richardson_stable(**reactions(race))


def test_numbers_count_as_the_decimals_that_they_are_written_as():
    assert 0.4 * 0.9 > 0.6 * 0.6  # in floats
    assert not richardson_stable(k=0.6, l=0.6, a=0.4, b=0.9)
    assert not richardson_stable(k=0.1, l=0.3, a=0.03, b=1)
    with pytest.raises(ValueError, match=r"got 0\.4 \* 0\.9 and 0\.6 \* 0\.6"):
        richardson_equilibrium(k=0.6, l=0.6, a=0.4, b=0.9, g=1, h=1)
    assert richardson_stable(k=1e-300, l=1e-300, a=1e-300, b=2e-300)
    assert not richardson_stable(k=1e300, l=2e300, a=1e300, b=1e300)
    assert richardson_equilibrium(1e-300, 1e-300, 1e-300, 2e-300, 1e-300, 0) == (2, 1)
    assert richardson_equilibrium(1e300, 1e300, 2e300, 1e300, 1e300, 0) == (1, 1)


def test_goodwill_makes_for_negative_armaments():
    assert richardson_equilibrium(0.5, 0.5, 1, 1, -1, -1) == (-2, -2)
    # with grievances, but without stability, the equilibrium is negative, and is left behind
    assert richardson_equilibrium(2, 2, 1, 1, 1, 1) == (-1, -1)
    assert (richardson_path(2, 2, 1, 1, 1, 1, [0, 0], [5]) > 100).all()


def test_the_path_has_the_reference_values():
    path = richardson_path(**RACE, start=[0.2, 0.1], times=[5, 0])
    np.testing.assert_allclose(path, [[1.242751, 1.056165], [0.2, 0.1]], atol=5e-7)  # computed
    # computed: the eigenvalues −1.6446 and −.2554 are the rates at which it comes to rest
    rest = np.array(richardson_equilibrium(**RACE))
    slow = richardson_path(**RACE, start=[0.2, 0.1], times=[30, 31]) - rest
    np.testing.assert_allclose(np.log(slow[1] / slow[0]), -0.2554, atol=5e-5)
    values, vectors = np.linalg.eig(matrix(RACE))
    fast = richardson_path(**RACE, start=rest + vectors[:, values.argmin()], times=[0, 1]) - rest
    np.testing.assert_allclose(np.log(fast[1] / fast[0]), -1.6446, atol=5e-5)


@given(races, st.tuples(st.floats(-3, 3), st.floats(-3, 3)))
def test_the_path_is_that_of_the_matrix_exponential(race, start):
    # Established library: SciPy's matrix exponential.
    times = [0, 0.01, 0.3, 1, 4, 20]
    A = np.zeros((3, 3))
    A[:2] = np.column_stack([matrix(race), [race["g"], race["h"]]])
    expected = [(linalg.expm(A * time) @ [*start, 1])[:2] for time in times]
    found = richardson_path(**race, start=start, times=times)
    scale = np.abs(expected).max(axis=1, keepdims=True) + 1
    assert found.shape == (6, 2)
    np.testing.assert_allclose(found / scale, expected / scale, atol=1e-11)


@pytest.mark.parametrize(
    "race",
    [RACE, {**RACE, "a": 0.4}, {**RACE, "k": 0}, {"k": 2, "l": 2, "a": 1, "b": 1, "g": -1, "h": 1}],
)
def test_the_path_solves_the_differential_equations(race):
    # Independent route: step by step.
    times = np.linspace(0, 6, 13)
    solution = integrate.solve_ivp(
        lambda _, z: matrix(race) @ z + [race["g"], race["h"]],
        (0, 6), [0.2, 0.1], t_eval=times, rtol=1e-11, atol=1e-12, method="DOP853",
    )  # fmt: skip
    found = richardson_path(**race, start=[0.2, 0.1], times=times)
    np.testing.assert_allclose(found, solution.y.T, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("time", [1e-9, 1e-3, 0.5, 2, 30, 1e4, 1e9, 1e15])
@pytest.mark.parametrize(
    ("k", "l", "a", "b"),
    [
        (0.8, 0.6, 1, 0.9),  # comes to rest
        (0.6, 0.6, 0.6, 0.6),  # a b = k l: grows evenly for ever
        (0.6, 0.6, 0.4, 0.9),  # the same, if 0.4 and 0.9 are tenths
        (1, 1e-20, 1, 1),  # eigenvalues that almost agree
        (1, 0, 1, 1),  # and that agree
        (1e-20, 1e-20, 1e3, 1e-3),  # one side fast, the other slow
        (1, 0, 0, 0),
        (0, 0, 0, 0),
    ],
)
def test_the_path_keeps_its_digits_at_any_time(k, l, a, b, time):  # noqa: E741
    race = {"k": k, "l": l, "a": a, "b": b, "g": 0.3, "h": 0.2}
    found = richardson_path(**race, start=[0.2, 1], times=[time])[0]
    np.testing.assert_allclose(found, path_in_decimals(race, [0.2, 1], time), rtol=1e-12)


def test_the_long_run_is_the_equilibrium():
    rest = richardson_equilibrium(**RACE)
    path = richardson_path(**RACE, start=[9, 0], times=[200, 1e6, 1e300])
    np.testing.assert_allclose(path, [rest] * 3, rtol=1e-12)
    path = richardson_path(0, 0, 1e10, 1e10, 1e10, 1, [0, 0], [1e300])
    np.testing.assert_allclose(path, [[1, 1e-10]], rtol=1e-12)
    path = richardson_path(0, 0, 1e-300, 1e-300, 1, 2, [0, 0], [1e-30])
    np.testing.assert_allclose(path, [[1e-30, 2e-30]], rtol=1e-12)


@given(races, st.floats(0, 4), st.floats(0, 4))
def test_a_path_can_be_taken_up_where_it_was_left(race, first, then):
    start = [0.5, -0.25]
    halfway, end = richardson_path(**race, start=start, times=[first, first + then])
    resumed = richardson_path(**race, start=halfway, times=[then])[0]
    np.testing.assert_allclose(resumed, end, rtol=1e-9, atol=1e-9 * (1 + np.abs(end).max()))
    mirrored = {"k": race["l"], "l": race["k"], "a": race["b"], "b": race["a"]}
    other = richardson_path(
        **mirrored, g=race["h"], h=race["g"], start=start[::-1], times=[first + then]
    )
    np.testing.assert_allclose(other[0][::-1], end, rtol=1e-12, atol=1e-12)


def test_growth_beyond_all_numbers_is_refused():
    with pytest.raises(ValueError, match=r"times must be short enough .* got 1000\.0"):
        richardson_path(2, 2, 1, 1, 1, 1, [0, 0], [1, 1000, 2000])
    with pytest.raises(ValueError, match="times must be short enough"):
        richardson_path(0, 0, 0, 0, 1e300, 1, [0, 0], [1e10])
    with pytest.raises(ValueError, match="must have a sum that is a number"):
        richardson_path(1e308, 1e308, 1e308, 1e308, 1, 1, [0, 0], [1])
    with pytest.raises(ValueError, match="g and h must be small enough"):
        richardson_equilibrium(0, 0, 1e-10, 1, 1e300, 0)


# --- The risk set ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tables():
    return data.load("states"), data.load("contiguity"), data.load("major_powers")


@pytest.fixture(scope="module")
def pairs(tables):
    return relevant_dyads(*tables, 1816, 2010)


def by_hand(tables, year):
    """The same pairs of one year, one pair after the other, from the definition."""
    alive = [
        table[(table["start"].dt.year <= year) & ~(table["end"].dt.year < year)] for table in tables
    ]
    states, majors = set(alive[0]["ccode"]), set(alive[2]["ccode"])
    near = {frozenset(pair) for pair in alive[1][["state_a", "state_b"]].to_numpy().tolist()}
    return [
        (one, other, {one, other} in near, one in majors, other in majors)
        for one, other in permutations(sorted(states), 2)
        if {one, other} in near or {one, other} & majors
    ]


@pytest.mark.parametrize("year", [1816, 1859, 1914, 1942, 1945, 1990, 2010])
def test_every_year_has_the_pairs_that_the_definition_gives(tables, pairs, year):
    found = pairs[pairs["year"] == year].drop(columns="year")
    assert list(found.itertuples(index=False, name=None)) == by_hand(tables, year)


def test_there_are_224_576_politically_relevant_dyad_years(tables, pairs):
    """Contiguous by any of COW's five types, or with a major power, 1816–2010.

    The spells of type 0 in the original file, which are no contiguity, would make 227,358.
    """
    assert len(pairs) == 224_576
    assert not pairs.duplicated(["ccode1", "ccode2", "year"]).any()
    assert pairs["contiguous"].sum() == 75_774
    assert set(pairs["year"]) == set(range(1816, 2011))
    onsets = data.load("dispute_onsets")
    assert pairs.merge(onsets[onsets["initiated"]]).shape[0] == 2368


def test_every_pair_stands_twice_with_its_sides_changed(pairs):
    sides = {"ccode1": "ccode2", "ccode2": "ccode1", "major1": "major2", "major2": "major1"}
    mirrored = pairs.rename(columns=sides)[list(pairs)]
    mirrored = mirrored.sort_values(["ccode1", "ccode2", "year"], ignore_index=True)
    pd.testing.assert_frame_equal(mirrored, pairs)


def test_land_borders_only_and_no_major_powers(tables):
    states, contiguity, majors = tables
    land = relevant_dyads(states, contiguity[contiguity["type"] == 1], majors[:0], 2000, 2000)
    assert land["contiguous"].all()
    assert not land[["major1", "major2"]].any(axis=None)
    neighbours = set(land.loc[land["ccode1"] == 220, "ccode2"])
    # Andorra, Belgium, Germany, Italy, Luxembourg, Monaco, Spain, Switzerland: France in Europe.
    assert neighbours == {211, 212, 221, 225, 230, 232, 255, 325}


def test_years_will_do_for_days_and_the_order_of_rows_does_not_matter(tables, pairs):
    in_years = [
        table.assign(start=table["start"].dt.year, end=table["end"].dt.year).sample(
            frac=1, random_state=1
        )
        for table in tables
    ]
    found = relevant_dyads(*in_years, 1900, 1950)
    expected = pairs[pairs["year"].between(1900, 1950)].reset_index(drop=True)
    pd.testing.assert_frame_equal(found, expected)


def test_the_open_end_of_a_spell_goes_on(tables):
    later = relevant_dyads(*tables, 2016, 2020)
    assert (later.groupby("year").size() == len(later) / 5).all()


def test_a_neighbour_that_is_no_state_makes_no_pair():
    states = pd.DataFrame({"ccode": [1, 2], "start": [1900, 1900], "end": [1950, None]})
    border = pd.DataFrame({"state_a": [1, 2], "state_b": [2, 9], "start": 1900, "end": None})
    majors = pd.DataFrame({"ccode": [9], "start": [1900], "end": [None]})
    found = relevant_dyads(states, border, majors, 1949, 1952)
    assert found[["ccode1", "ccode2", "year"]].to_numpy().tolist() == [
        [1, 2, 1949],
        [1, 2, 1950],
        [2, 1, 1949],
        [2, 1, 1950],
    ]
    assert found.dtypes.map(str).tolist() == ["int64"] * 3 + ["bool"] * 3
    assert relevant_dyads(states, border[1:], majors, 1949, 1952).empty


@pytest.mark.parametrize("columns", [{"ccode": [], "start": [], "end": []}, {}])
def test_without_major_powers_only_neighbours_are_left(columns):
    """However an empty table was made: its columns have no type, or that of floats."""
    states = pd.DataFrame({"ccode": [1, 2, 3], "start": 1900, "end": None})
    border = pd.DataFrame({"state_a": [1], "state_b": [2], "start": [1900.5], "end": [1901.5]})
    none = pd.DataFrame(columns, columns=["ccode", "start", "end"])
    found = relevant_dyads(states, border, none, 1900, 1902)
    assert found["year"].tolist() == [1900, 1901, 1900, 1901]
    assert not found["major1"].any()


# --- Comparing rates ------------------------------------------------------------------------


def test_the_interval_of_katz_is_that_of_the_reference():
    """Computed by hand: exp(log 0.5 ± 1.96 √(1/20 − 1/200 + 1/40 − 1/200))."""
    assert risk_ratio(20, 200, 40, 200) == pytest.approx((0.5, 0.30336, 0.82411), abs=5e-6)


@given(st.integers(1, 50), st.integers(50, 500), st.integers(1, 50), st.integers(50, 500))
def test_swapping_the_groups_inverts_the_ratio(x, n, y, m):
    if x == n == y == m:
        y -= 1
    ratio, low, high = risk_ratio(x, n, y, m)
    assert (1 / ratio, 1 / high, 1 / low) == pytest.approx(risk_ratio(y, m, x, n))
    assert low <= ratio <= high


def trials(seed, size=1200):
    rng = np.random.default_rng(seed)
    exposed = rng.random(size) < 0.5
    return rng.random(size) < np.where(exposed, 0.1, 0.2), exposed


def test_trials_that_are_their_own_clusters_are_independent():
    events, exposed = trials(1)
    clustered = clustered_risk_ratio(events, exposed, np.arange(events.size))
    katz = risk_ratio(
        (events & exposed).sum(), exposed.sum(), (events & ~exposed).sum(), (~exposed).sum()
    )
    assert clustered[0] == pytest.approx(katz[0])
    assert np.log(clustered[1:]) == pytest.approx(np.log(katz[1:]), abs=0.06)


def test_a_trial_told_five_times_is_no_more_than_one():
    events, exposed = trials(2)
    once = clustered_risk_ratio(events, exposed, np.arange(events.size))
    told = [np.repeat(row, 5) for row in (events, exposed, np.arange(events.size))]
    assert clustered_risk_ratio(*told) == pytest.approx(once)
    as_if_five = clustered_risk_ratio(told[0], told[1], np.arange(told[0].size))
    assert np.log(as_if_five[2] / as_if_five[1]) < 0.6 * np.log(once[2] / once[1])


def test_the_interval_holds_the_true_ratio_as_often_as_it_says():
    """A cluster raises or lowers the rate of all its trials; the true ratio is 1."""
    held = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        clusters = np.repeat(np.arange(60), 10)
        rate = np.repeat(rng.beta(2, 8, 60), 10)
        exposed = np.repeat(rng.random(60) < 0.5, 10)
        _, low, high = clustered_risk_ratio(rng.random(600) < rate, exposed, clusters, rng=seed)
        held += low <= 1 <= high
    assert 0.89 <= held / 200 <= 0.99


def test_the_same_seed_gives_the_same_interval_and_the_confidence_widens_it():
    events, exposed = trials(3)
    clusters = np.arange(events.size) // 4
    assert clustered_risk_ratio(events, exposed, clusters, rng=7) == clustered_risk_ratio(
        events, exposed, clusters, rng=np.random.default_rng(7)
    )
    _, low, high = clustered_risk_ratio(events, exposed, clusters, 0.5)
    _, lower, higher = clustered_risk_ratio(events, exposed, clusters, 0.99)
    assert lower < low < high < higher


def test_a_sure_interval_and_one_without_an_upper_end():
    ratio, low, high = risk_ratio(1, 10, 2, 10, confidence=1 - 1e-16)
    assert 0 < low < ratio < high < math.inf
    # one cluster in eight has all events of the unexposed: every third draw lacks it
    events, exposed = [1, 0, 0, 0, 1, 0, 0, 0], [1, 1, 1, 1, 0, 0, 0, 0]
    with pytest.raises(ValueError, match="events must be spread over more clusters"):
        clustered_risk_ratio(events, exposed, range(8))


@pytest.mark.parametrize("clusters", [None, 5, "ab", [[1], [2]], np.ones((2, 1))])
def test_labels_that_are_no_row_are_refused(clusters):
    with pytest.raises(TypeError, match="clusters must be a row of labels"):
        clustered_risk_ratio([1, 1], [1, 0], clusters)


def test_labels_may_be_of_any_kind():
    events, exposed = trials(4, 400)
    numbers = np.arange(400) // 2
    expected = clustered_risk_ratio(events, exposed, numbers)
    pairs = [(number, number + 1) for number in numbers]
    for labels in ([f"pair {n}" for n in numbers], pd.Series(numbers, index=numbers), pairs):
        assert clustered_risk_ratio(events, exposed, labels) == expected


@pytest.mark.parametrize("start", [np.inf, -np.inf, np.nan])
def test_a_spell_has_a_finite_start(start):
    states = pd.DataFrame({"ccode": [1, 2], "start": [1900, start], "end": None})
    border = pd.DataFrame({"state_a": [1], "state_b": [2], "start": 1900, "end": None})
    with pytest.raises(ValueError, match="states must have a start in every row"):
        relevant_dyads(states, border, states[:0], 1900, 1901)


@pytest.mark.parametrize("start", [True, 1900 + 1j])
def test_a_year_is_a_number(start):
    states = pd.DataFrame({"ccode": [1, 2], "start": [start, start], "end": None})
    border = pd.DataFrame({"state_a": [1], "state_b": [2], "start": 1900, "end": None})
    with pytest.raises(TypeError, match="states must have days or years in start"):
        relevant_dyads(states, border, states[:0], 1900, 1901)


def simpson():
    """Made-up trials in which alliances form where danger is."""
    groups = pd.DataFrame(
        [(30, 300, True, "danger"), (15, 100, False, "danger"), (1, 100, True, "safe"),
         (12, 800, False, "safe")],
        columns=["events", "trials", "exposed", "stratum"],
    )  # fmt: skip
    trials = groups.loc[groups.index.repeat(groups["trials"])].reset_index()
    trials["event"] = trials.groupby("index").cumcount() < trials["events"]
    return trials.assign(cluster=np.arange(len(trials)) % 200)


def test_within_strata_the_ratio_is_that_of_mantel_and_haenszel():
    """Computed: .667 in either stratum, 2.58 pooled; statsmodels as a second opinion."""
    from statsmodels.stats.contingency_tables import StratifiedTable

    trials = simpson()
    columns = (trials["event"], trials["exposed"], trials["cluster"])
    assert round(clustered_risk_ratio(*columns)[0], 2) == 2.58
    assert clustered_risk_ratio(*columns, strata=trials["stratum"])[0] == pytest.approx(2 / 3)
    rng = np.random.default_rng(3)
    trials["stratum"] = rng.integers(0, 5, len(trials))
    tables = StratifiedTable(
        [
            pd.crosstab(~part["exposed"], ~part["event"]).to_numpy()
            for _, part in trials.groupby("stratum")
        ]
    )
    found = clustered_risk_ratio(
        trials["event"], trials["exposed"], trials["cluster"], strata=trials["stratum"]
    )
    assert found[0] == pytest.approx(tables.riskratio_pooled)
    assert found[1] < found[0] < found[2]


def test_one_stratum_is_none_and_one_of_only_one_kind_counts_for_nothing():
    trials = simpson()
    columns = (trials["event"], trials["exposed"], trials["cluster"])
    plain = clustered_risk_ratio(*columns)
    assert clustered_risk_ratio(*columns, strata=["all"] * len(trials)) == pytest.approx(plain)
    within = clustered_risk_ratio(*columns, strata=trials["stratum"])
    more = pd.concat([trials, trials[trials["exposed"]].assign(stratum="exposed only")])
    again = clustered_risk_ratio(
        more["event"], more["exposed"], more["cluster"], strata=more["stratum"]
    )
    assert again == pytest.approx(within)


def test_each_cluster_compared_with_itself_drops_what_is_lasting():
    """Simulation: pairs differ tenfold in their rate, the quarrelsome ally; the truth is 1."""
    rng = np.random.default_rng(8)
    rate = rng.choice([0.02, 0.2], 400)
    exposed = rng.random((400, 40)) < np.where(rate > 0.1, 0.8, 0.2)[:, None]
    events = rng.random((400, 40)) < rate[:, None]
    pair = np.repeat(np.arange(400), 40)
    pooled = clustered_risk_ratio(events.ravel(), exposed.ravel(), pair)
    within = clustered_risk_ratio(events.ravel(), exposed.ravel(), pair, strata=pair)
    assert pooled[1] > 2
    assert within[1] < 1 < within[2]
    assert abs(within[0] - 1) < 0.15
