"""Bargaining: exact fractions, simulation, and the games solved another way."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from entente.models.bargaining import (
    common_win_set,
    common_win_set_probability,
    nash_bargain,
    rubinstein_share,
)


@pytest.mark.parametrize(
    ("n", "probability"), [(2, 0.75), (5, 0.1875), (10, 0.010742), (32, 7.68e-9)]
)
def test_a_quarter_on_either_side(n, probability):
    """Computed: the range of uniform numbers."""
    assert common_win_set_probability(n, 0.25) == pytest.approx(probability, rel=1e-3)


@given(st.integers(1, 60), st.integers(0, 50))
@settings(max_examples=80, deadline=None)
def test_the_probability_is_exact(n, hundredths):
    reach = 2 * Fraction(hundredths, 100)
    exact = n * reach ** (n - 1) - (n - 1) * reach**n
    found = common_win_set_probability(n, hundredths / 100)
    assert found == pytest.approx(float(exact), rel=1e-12, abs=1e-300)
    assert common_win_set_probability(n + 1, hundredths / 100) <= found + 1e-15


@pytest.mark.parametrize("n", [2, 3, 7])
def test_the_probability_by_simulation(n):
    rng = np.random.default_rng(n)
    points = rng.random((20_000, n))
    agree = np.mean([common_win_set(row, 0.2) is not None for row in points])
    assert abs(agree - common_win_set_probability(n, 0.2)) < 0.015
    assert common_win_set_probability(n, 0.5) == common_win_set_probability(n, 3) == 1


@given(
    st.lists(st.integers(-100, 100), min_size=1, max_size=8),
    st.integers(0, 60),
    st.integers(-50, 50),
)
@settings(max_examples=60, deadline=None)
def test_a_position_is_in_the_win_set_if_it_is_near_to_all(points, radius, shift):
    found = common_win_set(points, radius)
    accepted = [x for x in range(-170, 171) if all(abs(x - point) <= radius for point in points)]
    assert (found is None) == (not accepted)
    if found:
        assert found == (accepted[0], accepted[-1])
        moved = common_win_set([point + shift for point in points], radius)
        assert moved == (found[0] + shift, found[1] + shift)


@pytest.mark.parametrize(
    ("first", "second", "share"), [(0.9, 0.9, 0.526316), (0.9, 0.8, 0.714286), (0, 0.7, 0.3)]
)
def test_shares_of_the_first(first, second, share):
    """Computed, after the published formula."""
    assert rubinstein_share(first, second) == pytest.approx(share, abs=5e-7)


@given(st.floats(0, 0.99), st.floats(0, 0.99))
@settings(max_examples=60, deadline=None)
def test_the_share_is_the_limit_of_longer_and_longer_haggling(first, second):
    """Backwards from a last round in which the first may take all."""
    share = 1.0
    for _ in range(3000):
        share = 1 - second * (1 - first * share)
    assert rubinstein_share(first, second) == pytest.approx(share, abs=1e-9)


def test_who_never_loses_by_waiting_gets_all():
    assert rubinstein_share(1, 0.5) == 1
    assert rubinstein_share(0.5, 1) == 0


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(0.1, 10))
@settings(max_examples=60, deadline=None)
def test_the_division_maximises_the_product_of_the_gains(a, b, surplus):
    pie = a + b + surplus
    if pie <= 0:
        return
    mine, theirs = nash_bargain(a, b, pie)
    best = optimize.minimize_scalar(
        lambda x: -(x - a) * (pie - x - b), bounds=(a, pie - b), method="bounded",
        options={"xatol": 1e-9},
    )  # fmt: skip
    assert mine == pytest.approx(best.x, abs=1e-5)
    assert mine + theirs == pytest.approx(pie)
    assert nash_bargain(b, a, pie) == pytest.approx((theirs, mine))


def test_the_reference_division():
    """Computed: d = (.2, .1) gives .55."""
    assert nash_bargain(0.2, 0.1) == pytest.approx((0.55, 0.45))
    assert nash_bargain(0.1, 0.9) == pytest.approx((0.1, 0.9))


def test_one_point_is_a_win_set_in_decimals_too():
    assert common_win_set([3, 9], 3) == (6, 6)
    assert common_win_set([0.3, 0.9], 0.3) == pytest.approx((0.6, 0.6))
    hundredths = np.arange(1, 50)
    for radius in hundredths:
        touching = common_win_set([0.01 * radius, 0.01 * radius + 0.02 * radius], 0.01 * radius)
        assert touching == pytest.approx((0.02 * radius, 0.02 * radius))
    assert common_win_set([0, 1 + 1e-9], 0.5) is None


def test_more_than_the_pie_is_refused_however_large_the_numbers():
    assert nash_bargain(0.1, 0.9) == pytest.approx((0.1, 0.9))
    with pytest.raises(ValueError, match="must be at most the pie"):
        nash_bargain(1e12, -1e12 + 1.5, 1)
    assert common_win_set_probability(10**400, 0.25) == 0
