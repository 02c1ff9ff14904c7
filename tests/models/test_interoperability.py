"""Interoperability: closed forms, exact small urns, all coalitions of parts, integrated battles."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from entente.models.interoperability import (
    adoption_path,
    combined_strength,
    message_delays,
    reliability,
    required_integration,
    square_law,
    tipping_share,
    urn_shares,
)

values = st.floats(-5, 5)


# Standards ------------------------------------------------------------------------------------


def test_the_better_standard_needs_fewer_users():
    """Computed: .6 for a = 1, b = 1.2, k = 1."""
    assert tipping_share(1, 1.2, 1) == pytest.approx(0.6)
    assert tipping_share(1.2, 1, 1) == pytest.approx(0.4)
    assert tipping_share(1, 3, 1) > 1
    assert tipping_share(3, 1, 1) < 0


@given(values, values, st.floats(0.05, 5))
@settings(max_examples=60, deadline=None)
def test_at_the_tipping_share_both_are_worth_the_same(a, b, k):
    x = tipping_share(a, b, k)
    assert a + k * x == pytest.approx(b + k * (1 - x), abs=1e-9)
    assert tipping_share(b, a, k) == pytest.approx(1 - x, abs=1e-9)


shares = st.sampled_from([0.0, 1.0]) | st.floats(1e-6, 1 - 1e-6)


@given(shares, values, values, st.floats(0.05, 5))
@settings(max_examples=80, deadline=None)
def test_a_path_leaves_the_tipping_share_and_never_turns(x, a, b, k):
    path = adoption_path(x, a, b, k, steps=40)
    assert path.shape == (41,)
    assert path[0] == x
    assert ((path >= 0) & (path <= 1)).all()
    tip = tipping_share(a, b, k)
    if x in (0, 1):
        assert (path == x).all()
    elif x > tip + 1e-6:
        assert (np.diff(path) >= -1e-15).all()
    elif x < tip - 1e-6:
        assert (np.diff(path) <= 1e-15).all()
    # The other standard's users are the rest.
    np.testing.assert_allclose(adoption_path(1 - x, b, a, k, 40), 1 - path, atol=1e-5)


def test_the_odds_grow_by_the_exponential_of_the_lead():
    path = adoption_path(0.7, 1, 1.2, 1, steps=6)
    odds = path / (1 - path)
    lead = (1 + path) - (1.2 + 1 - path)
    np.testing.assert_allclose(odds[1:], odds[:-1] * np.exp(lead[:-1]))
    assert adoption_path(0.6, 1, 1.2, 1, 50)[-1] == pytest.approx(0.6, abs=1e-6)
    assert adoption_path(0.7, 1, 1.2, 1, 200)[-1] == pytest.approx(1)
    assert adoption_path(1e-9, 1e5, -1e5, 1, 3)[-1] == 1  # no overflow


@pytest.mark.parametrize("draws", [1, 2, 5])
def test_a_short_urn_is_uniform(draws):
    """Exact: after d draws all of 1 to d + 1 balls of a colour are equally likely."""
    shares = urn_shares(draws, 40_000, rng=draws)
    balls = np.rint(shares * (draws + 2)).astype(int)
    counts = np.bincount(balls, minlength=draws + 2)[1:]
    assert counts.size == draws + 1
    assert stats.chisquare(counts).pvalue > 0.001


def test_a_long_urn_settles_anywhere():
    """Published: uniform in the limit, so mean 1/2 and variance 1/12."""
    shares = urn_shares(2000, 20_000, rng=0)
    assert abs(shares.mean() - 0.5) < 0.01
    assert abs(shares.var() - 1 / 12) < 0.002
    assert stats.kstest(shares, "uniform").statistic < 0.012
    np.testing.assert_array_equal(urn_shares(9, 5, rng=3), urn_shares(9, 5, rng=3))
    source = np.random.default_rng(3)
    np.testing.assert_array_equal(urn_shares(9, 5, rng=3), urn_shares(9, 5, rng=source))


# Links ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("p", "needed", "works"),
    [([0.95] * 5, None, 0.773781), ([0.9] * 3, 2, 0.972), ([0.9] * 5, 3, 0.99144),
     ([0.98] * 10, None, 0.817073)],
)  # fmt: skip
def test_reference_systems(p, needed, works):
    """Computed; 2 of 3 and 3 of 5 are in every textbook."""
    assert reliability(p, needed) == pytest.approx(works, abs=5e-7)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8), st.data())
@settings(max_examples=80, deadline=None)
def test_reliability_is_the_sum_over_all_states_of_the_parts(p, draws):
    needed = draws.draw(st.integers(1, len(p)))
    total = sum(
        math.prod(x if up else 1 - x for x, up in zip(p, state, strict=True))
        for state in product([0, 1], repeat=len(p))
        if sum(state) >= needed
    )
    assert reliability(p, needed) == pytest.approx(total, abs=1e-12)
    assert reliability(p[::-1], needed) == pytest.approx(total, abs=1e-12)
    assert reliability(p) == pytest.approx(reliability(p, len(p)), abs=1e-12)


def test_many_parts_are_binomial():
    assert reliability([0.97] * 300, 290) == pytest.approx(stats.binom.sf(289, 300, 0.97))


# Messages ---------------------------------------------------------------------------------------

DESK = {"messages": 400, "interval": 10, "sending": 2, "translating": 8, "mistakes": 0.3}


def test_a_full_standard_needs_no_desk_and_none_needs_it_always():
    """Exact at both ends."""
    table = message_delays([0, 1], **DESK)
    assert list(table) == ["common", "translated", "delay", "wrong"]
    assert table.loc[0, "translated"] == 1
    assert table.loc[1, ["translated", "delay", "wrong"]].tolist() == [0, 2, 0]
    sure = message_delays([0, 0.4], **DESK | {"mistakes": 1})
    assert sure["wrong"].tolist() == sure["translated"].tolist()
    # With next to no line, each message takes as long as its steps.
    rare = message_delays([0, 0.4], **DESK | {"interval": 1e9})
    np.testing.assert_allclose(rare["delay"], 2 + 8 * rare["translated"])
    # All come at once: they are translated one after the other.
    rush = message_delays([0], **DESK | {"interval": 1e-9})
    assert rush.loc[0, "delay"] == pytest.approx(2 + 8 * (400 + 1) / 2, rel=1e-6)


@pytest.mark.parametrize("share", [0, 0.3, 0.6, 0.9])
def test_a_long_line_is_that_of_pollaczek_and_khinchine(share):
    many = DESK | {"messages": 400_000, "translating": 6}
    found = message_delays([share], **many, rng=1).iloc[0]
    desk = 1 - share**2
    load = 6 * desk / 10
    assert found["translated"] == pytest.approx(desk, abs=0.003)
    assert found["wrong"] == pytest.approx(0.3 * desk, abs=0.003)
    assert found["delay"] == pytest.approx(2 + desk * (6 + load * 6 / (2 * (1 - load))), rel=0.02)


@given(st.integers(0, 50), st.floats(0, 20), st.floats(0.1, 20))
@settings(max_examples=30, deadline=None)
def test_a_higher_share_never_delays_and_the_line_is_that_of_the_clock(seed, desk, interval):
    busy = {
        "messages": 60,
        "interval": interval,
        "sending": 1,
        "translating": desk,
        "mistakes": 0.5,
    }
    table = message_delays(np.linspace(0, 1, 6), **busy, rng=seed)
    for column in ("translated", "delay", "wrong"):
        assert (np.diff(table[column]) <= 1e-9).all()
    # Message by message: each begins when it comes, or when the desk is free.
    chance = np.random.default_rng(seed)
    now = np.cumsum(interval * chance.exponential(size=60))
    ends = chance.random((2, 60)).max(axis=0)
    free, delays = 0.0, []
    for come, end in zip(now, ends, strict=True):
        if end >= 0.4:
            free = max(free, come) + desk
        delays.append(1 + (free - come if end >= 0.4 else 0))
    assert table.loc[2, "delay"] == pytest.approx(np.mean(delays))


# Fighting as one ------------------------------------------------------------------------------


@pytest.mark.parametrize(("enemy", "required"), [(3, 0.2), (4, 0.55)])
def test_five_contingents(enemy, required):
    """Computed."""
    assert required_integration([1] * 5, enemy) == pytest.approx(required)
    assert combined_strength([1] * 5, 0) == pytest.approx(math.sqrt(5))
    assert combined_strength([1] * 5, 1) == pytest.approx(5)


def test_a_tiny_contingent_keeps_its_digits():
    """(E² − 1 − f²) / 2f, where f² is past the last digit."""
    for tiny in (1e-12, 1e-17):
        assert required_integration([1, tiny], 2) == pytest.approx(1.5 / tiny, rel=1e-15)
        assert required_integration([tiny, 1], 2) == pytest.approx(1.5 / tiny, rel=1e-15)


@given(st.lists(st.floats(0.1, 100), min_size=2, max_size=8), st.floats(0, 1), st.floats(0.1, 50))
@settings(max_examples=60, deadline=None)
def test_what_is_required_matches_and_units_do_not_matter(forces, θ, unit):
    strength = combined_strength(forces, θ)
    assert required_integration(forces, strength) == pytest.approx(θ, abs=1e-9)
    scaled = [unit * force for force in forces]
    assert combined_strength(scaled, θ) == pytest.approx(unit * strength)
    assert combined_strength(forces[::-1], θ) == pytest.approx(strength)
    assert math.sqrt(sum(f * f for f in forces)) <= strength * (1 + 1e-12)
    assert strength <= sum(forces) * (1 + 1e-12)


def test_fighting_one_after_the_other_is_two_battles():
    """Computed: 1,000 against 500 and then 500 leaves 707.107."""
    first = square_law(1000, 500, 0.05, 0.05)["red"].iloc[-1]
    second = square_law(first, 500, 0.05, 0.05)["red"].iloc[-1]
    assert second == pytest.approx(707.107, abs=5e-4)
    assert second == pytest.approx(math.sqrt(1000**2 - combined_strength([500, 500], 0) ** 2))


def test_a_thousand_against_eight_hundred():
    """Computed: 600 left at t = 21.9722."""
    battle = square_law(1000, 800, 0.05, 0.05)
    assert list(battle) == ["time", "red", "blue"]
    assert battle.iloc[-1].tolist() == pytest.approx([21.9722, 600, 0], abs=5e-4)
    assert len(battle) == 101


@given(st.floats(1, 1000), st.floats(1, 1000), st.floats(0.01, 2), st.floats(0.01, 2))
@settings(max_examples=40, deadline=None)
def test_a_battle_is_the_solution_of_its_equations(red, blue, ρ, β):
    battle = square_law(red, blue, ρ, β)
    constant = ρ * red**2 - β * blue**2
    scale = ρ * red**2 + β * blue**2
    np.testing.assert_allclose(
        ρ * battle["red"] ** 2 - β * battle["blue"] ** 2, constant, atol=1e-7 * scale
    )
    early = battle["time"].to_numpy()[:60]
    solved = integrate.solve_ivp(
        lambda _, y: [-β * y[1], -ρ * y[0]], (0, early[-1]), [red, blue], t_eval=early,
        rtol=1e-10, atol=1e-10,
    )  # fmt: skip
    np.testing.assert_allclose(
        battle[["red", "blue"]][:60].T, solved.y, rtol=1e-5, atol=1e-5 * max(red, blue)
    )
    # The sides may change names.
    turned = square_law(blue, red, β, ρ)
    np.testing.assert_allclose(turned["blue"], battle["red"], rtol=1e-9, atol=1e-9 * red)


def test_after_the_end_nothing_changes_and_equals_never_end():
    battle = square_law(1000, 800, 0.05, 0.05, times=[500, 0, 21.97, 30])
    assert battle["blue"].tolist()[0] == battle["blue"].tolist()[3] == 0
    assert battle["red"].tolist()[0] == pytest.approx(600)
    assert battle.iloc[1].tolist() == pytest.approx([0, 1000, 800])
    even = square_law(100, 100, 0.1, 0.1)
    assert even.iloc[-1][["red", "blue"]].tolist() == pytest.approx([1, 1])
    assert square_law(100, 100, 0.1, 0.1, times=[1e6]).iloc[0].tolist() == [1e6, 0, 0]


def test_who_is_exactly_matched_is_told_by_the_decimals():
    """0.05 · 5.6² = 0.03828125 · 6.4², though the roots of floats differ."""
    even = square_law(5.6, 6.4, 0.05, 0.03828125)
    assert even.iloc[-1][["red", "blue"]].tolist() == pytest.approx([0.056, 0.064])
