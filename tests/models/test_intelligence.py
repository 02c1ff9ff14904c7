"""Intelligence: reference numbers, independent routes to them, rules that must hold."""

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from entente.models.intelligence import (
    best_club_size,
    effective_sources,
    majority_correct,
    pooled_belief,
    posterior_variance,
    sharing_loss,
    weighted_majority_correct,
)

settings.register_profile("models", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("models")

probabilities = st.floats(0, 1)
positive = st.floats(1e-3, 1e3)
some_accuracies = st.lists(probabilities, min_size=1, max_size=9)


# Votes on yes or no -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "accuracy", "expected", "tolerance"),
    [  # computed; .784 also a classic
        (3, 0.7, 0.784, 1e-12),
        (5, 0.7, 0.83692, 1e-12),
        (7, 0.7, 0.873964, 1e-12),
        (11, 0.7, 0.921775, 5e-7),
        (3, 0.6, 0.648, 1e-12),
        (5, 0.6, 0.68256, 1e-12),
        (7, 0.6, 0.710208, 1e-12),
        (101, 0.6, 0.979103, 5e-7),
        (3, 0.45, 0.42525, 1e-12),
        (5, 0.45, 0.406873, 5e-7),
        (11, 0.45, 0.366877, 5e-7),
        (101, 0.45, 0.156245, 5e-7),
    ],
)
def test_the_majority_has_the_reference_values(n, accuracy, expected, tolerance):
    assert majority_correct(n, accuracy) == pytest.approx(expected, abs=tolerance)


def majority_by_fractions(n, p):
    """Independent route: the sum itself, in whole numbers."""
    right, all_ = p.numerator, p.denominator
    wrong = all_ - right
    ways = sum(math.comb(n, k) * right**k * wrong ** (n - k) for k in range(n // 2 + 1, n + 1))
    return float(Fraction(ways, all_**n))


@pytest.mark.parametrize("n", [1, 3, 5, 21, 101, 1001])
@pytest.mark.parametrize(
    "p",  # all of them floats, too
    [Fraction(1, 2**40), Fraction(1, 8), Fraction(7, 16), Fraction(511, 1024), Fraction(1, 2),
     Fraction(17, 32), Fraction(3, 4), Fraction(63, 64), 1 - Fraction(1, 2**40)],
)  # fmt: skip
def test_the_majority_is_exact(n, p):
    expected = majority_by_fractions(n, p)
    assert majority_correct(n, float(p)) == pytest.approx(expected, rel=1e-12, abs=1e-300)


@pytest.mark.parametrize("n", [10**5 + 1, 10**6 + 1])
@pytest.mark.parametrize("accuracy", [0.45, 0.499, 0.5, 0.5005, 0.502, 0.7])
def test_many_sources_agree_with_the_binomial_distribution(n, accuracy):
    expected = stats.binom.sf(n // 2, n, accuracy)
    assert majority_correct(n, accuracy) == pytest.approx(expected, rel=1e-8, abs=1e-300)


@pytest.mark.parametrize("power", [9, 12, 15, 18, 25, 30])
@pytest.mark.parametrize("z", [-6, -1, -0.1, 0.1, 1, 3])
def test_however_many_sources_the_normal_law_holds(power, z):
    # Independent route: the square root of −(n + ½) ln(1 − d²) is normal up to terms in 1/n².
    n, accuracy = 10**power + 1, 0.5 + z / 2 / 10 ** (power / 2)
    d = 2 * accuracy - 1  # what z became in floats
    root = math.copysign(math.sqrt(-(n + 0.5) * math.log1p(-d * d)), d)
    assert majority_correct(n, accuracy) == pytest.approx(stats.norm.cdf(root), rel=1e-11)


@pytest.mark.parametrize("n", [1, 3, 10**5 + 1, 10**307 + 1])
def test_the_majority_at_the_edges(n):
    assert majority_correct(n, 0) == 0
    assert majority_correct(n, 1) == 1
    assert majority_correct(n, 0.5) == 0.5
    assert majority_correct(1, 1e-300) == pytest.approx(1e-300)


@given(st.integers(0, 500).map(lambda k: 2 * k + 1), probabilities)
def test_two_more_help_the_good_and_harm_the_bad(n, accuracy):
    now, then = majority_correct(n, accuracy), majority_correct(n + 2, accuracy)
    assert (then - now) * np.sign(accuracy - 0.5) >= -1e-12
    assert 0 <= now <= 1
    assert now + majority_correct(n, 1 - accuracy) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("accuracies", "expected", "simple"),
    [  # computed
        ((0.9, 0.6, 0.6, 0.6, 0.6), 0.9, 0.78624),
        ((0.9, 0.9, 0.6, 0.6, 0.6), 0.92664, 0.87696),
        ((0.85, 0.8, 0.75, 0.7, 0.65), 0.90765, 0.900038),
    ],
)
def test_the_weighted_majority_has_the_reference_values(accuracies, expected, simple):
    assert weighted_majority_correct(accuracies) == pytest.approx(expected, abs=5e-6)
    # equal weights, by enumeration: what the weights are worth
    equal = sum(
        math.prod(p if right else 1 - p for p, right in zip(accuracies, pattern, strict=True))
        for pattern in product([0, 1], repeat=5)
        if sum(pattern) >= 3
    )
    assert equal == pytest.approx(simple, abs=5e-6)


def weighted_by_fractions(accuracies):
    """Independent route: the vote itself. The weights of those who are right against the rest.

    A weighted majority is right if the product of the odds of those who are right exceeds
    that of the others; in fractions a tie is a tie.
    """
    total = Fraction(0)
    for pattern in product([True, False], repeat=len(accuracies)):
        chance, odds = Fraction(1), Fraction(1)
        for p, right in zip(accuracies, pattern, strict=True):
            chance *= p if right else 1 - p
            odds *= p / (1 - p) if right else (1 - p) / p
        total += chance * (1 if odds > 1 else Fraction(1, 2) if odds == 1 else 0)
    return total


hundredths = st.integers(1, 99).map(lambda whole: Fraction(whole, 100))


@given(st.lists(hundredths, min_size=1, max_size=7))
def test_the_weighted_majority_is_that_of_the_vote(accuracies):
    found = weighted_majority_correct([float(p) for p in accuracies])
    assert found == pytest.approx(float(weighted_by_fractions(accuracies)), rel=1e-13)


@pytest.mark.parametrize(
    ("accuracies", "expected"),
    [  # closed forms
        ([0.6, 0.6], 0.6),  # tied whenever they disagree
        ([0.7, 0.7, 0.7, 0.7], 0.784),  # a fourth equal source only makes ties
        ([0.8, 0.2], 0.8),  # two that always tell the same
        ([0.2], 0.8),
        ([0.5] * 5, 0.5),
        ([0.9, 0.5, 0.5], 0.9),
        ([0.3, 0.3, 0.3], 0.784),
        ([1, 0.6], 1),
        ([0, 0.6], 1),
        ([1, 0], 1),
    ],
)
def test_ties_opposites_and_certainties(accuracies, expected):
    assert weighted_majority_correct(accuracies) == pytest.approx(expected, rel=1e-15)


def test_a_simulated_vote_is_right_as_often():
    # Independent route: 400,000 votes by log-odds; standard error .0005.
    accuracies = np.array([0.85, 0.8, 0.75, 0.7, 0.65, 0.3])
    right = np.random.default_rng(0).random((400_000, 6)) < accuracies
    votes = np.where(right, 1, -1) @ np.log(accuracies / (1 - accuracies))
    share = (votes > 0).mean() + (votes == 0).mean() / 2
    assert weighted_majority_correct(accuracies) == pytest.approx(share, abs=0.002)


@given(some_accuracies, st.randoms(use_true_random=False))
def test_weights_never_harm_and_do_not_care_who_comes_first(accuracies, random):
    found = weighted_majority_correct(accuracies)
    best = max(max(p, 1 - p) for p in accuracies)
    assert best - 1e-12 <= found <= 1
    shuffled = random.sample(accuracies, len(accuracies))
    assert weighted_majority_correct(shuffled) == pytest.approx(found, rel=1e-12)
    assert weighted_majority_correct([*accuracies, 0.5]) == pytest.approx(found, rel=1e-12)
    turned = [1 - p if random.random() < 0.5 else p for p in accuracies]
    assert weighted_majority_correct(turned) == pytest.approx(found, rel=1e-12)
    assert weighted_majority_correct([*accuracies, 0.7]) >= found - 1e-12


@given(st.integers(0, 4).map(lambda k: 2 * k + 1), st.floats(0.5, 1))
def test_equal_sources_have_equal_weights(n, accuracy):
    found = weighted_majority_correct([accuracy] * n)
    assert found == pytest.approx(majority_correct(n, accuracy), rel=1e-12)


def test_twenty_sources_are_enumerated():
    # nineteen of one accuracy, and one that only breaks their ties, of which there are none
    found = weighted_majority_correct([0.6] * 19 + [0.5])
    assert found == pytest.approx(majority_correct(19, 0.6), rel=1e-12)


# Estimates of a quantity ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("correlation", "expected"),
    [(0, 5), (0.1, 3.5714), (0.3, 2.2727), (0.5, 1.6667), (0.9, 1.087), (1, 1)],  # computed
)
def test_effective_sources_have_the_reference_values(correlation, expected):
    assert effective_sources(5, correlation) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(("n", "correlation"), [(2, 0.5), (5, 0.3), (12, 0.05)])
def test_the_mean_of_simulated_sources_is_as_precise(n, correlation):
    # Independent route: 200,000 draws of normal errors with a common part.
    rng = np.random.default_rng(n)
    common, own = rng.standard_normal((200_000, 1)), rng.standard_normal((200_000, n))
    errors = math.sqrt(correlation) * common + math.sqrt(1 - correlation) * own
    assert 1 / errors.mean(axis=1).var() == pytest.approx(
        effective_sources(n, correlation), rel=0.015
    )


@given(st.integers(1, 200), probabilities)
def test_no_more_than_there_are_and_than_the_correlation_allows(n, correlation):
    found = effective_sources(n, correlation)
    assert 1 - 1e-12 <= found <= n * (1 + 1e-12)
    assert found * correlation <= 1 + 1e-12
    assert effective_sources(n + 1, correlation) >= found - 1e-12
    assert effective_sources(n, 0) == n
    assert effective_sources(n, 1) == 1


@pytest.mark.parametrize(
    ("correlation", "expected"),
    [(0, 0.16667), (0.3, 0.30556), (1, 0.5)],  # computed
)
def test_the_posterior_variance_has_the_reference_values(correlation, expected):
    assert posterior_variance(5, correlation, 1, 1) == pytest.approx(expected, abs=5e-6)


@given(st.integers(1, 8), st.floats(0, 0.99), positive, positive)
def test_the_posterior_variance_is_that_of_the_normal_model(n, correlation, prior, source):
    # Independent route: condition the joint normal distribution of truth and reports.
    covariance = np.full((n, n), correlation) + (1 - correlation) * np.eye(n)
    reports = prior + source * covariance
    gain = np.linalg.solve(reports, np.full(n, prior))
    expected = prior - prior * gain.sum()
    # the subtraction cancels where the sources are precise
    assert posterior_variance(n, correlation, prior, source) == pytest.approx(
        expected, rel=1e-9, abs=1e-11 * prior
    )


@given(st.integers(1, 50), probabilities, positive, positive, st.floats(0.01, 100))
def test_rules_of_the_posterior_variance(n, correlation, prior, source, scale):
    found = posterior_variance(n, correlation, prior, source)
    assert 0 < found < min(prior, source)
    assert posterior_variance(n + 1, correlation, prior, source) <= found * (1 + 1e-12)
    scaled = posterior_variance(n, correlation, scale * prior, scale * source)
    assert scaled == pytest.approx(scale * found, rel=1e-12)
    independent = posterior_variance(n, 0, prior, source)
    assert independent == pytest.approx(1 / (1 / prior + n / source), rel=1e-12)
    assert independent <= found * (1 + 1e-12)


def test_variances_of_any_size():
    assert posterior_variance(5, 0.3, 1e-300, 1e300) == 1e-300
    assert posterior_variance(1, 0.3, 1e300, 1e-300) == 1e-300
    assert posterior_variance(1, 0, 1e-320, 1e-320) == pytest.approx(5e-321, rel=1e-2)
    assert posterior_variance(1, 0, 1.6e308, 1.6e308) == pytest.approx(8e307, rel=1e-12)
    assert posterior_variance(10**300, 0, 1, 1) == pytest.approx(1e-300, rel=1e-12)


def test_circular_reporting_has_the_reference_values():
    found = pooled_belief(0.5, 3, reports=5, distinct_sources=1)
    assert found == pytest.approx((0.995902, 0.75), abs=5e-7)  # computed
    assert found[0] == pytest.approx(243 / 244, rel=1e-14)


@given(
    st.integers(1, 99), st.integers(1, 99), st.integers(1, 99), st.integers(1, 9), st.integers(0, 9)
)
def test_beliefs_are_bayes_rule_in_fractions(hundredths, over, under, distinct, copies):
    # Independent route: one report after the other, in fractions.
    prior, ratio = Fraction(hundredths, 100), Fraction(over, under)
    beliefs = []
    for count in (distinct + copies, distinct):
        belief = prior
        for _ in range(count):
            belief = belief * ratio / (belief * ratio + 1 - belief)
        beliefs.append(float(belief))
    found = pooled_belief(float(prior), over / under, distinct + copies, distinct)
    assert found == pytest.approx(beliefs, rel=1e-12)


@given(st.floats(0.01, 0.99), st.floats(0.05, 20), st.integers(1, 20), st.integers(0, 20))
def test_rules_of_pooled_beliefs(prior, ratio, distinct, copies):
    naive, correct = pooled_belief(prior, ratio, distinct + copies, distinct)
    assert (naive - correct) * (ratio - 1) >= -1e-12
    assert pooled_belief(prior, ratio, distinct, distinct)[0] == correct
    against = pooled_belief(1 - prior, 1 / ratio, distinct + copies, distinct)
    assert against == pytest.approx((1 - naive, 1 - correct), abs=1e-12)
    assert pooled_belief(prior, 1, distinct, 1) == pytest.approx((prior, prior), rel=1e-12)


def test_beliefs_of_any_strength():
    assert pooled_belief(1e-300, 1e300, 10**307, 1) == pytest.approx((1, 0.5), rel=1e-12)
    assert pooled_belief(0.5, 1e-300, 10**307, 1) == pytest.approx((0, 1e-300), rel=1e-12)
    assert pooled_belief(0.5, 1.7e308, 10**308, 10**307) == (1, 1)
    assert pooled_belief(0, 1e300, 9, 1) == (0, 0)
    assert pooled_belief(1, 1e-300, 10**307, 1) == (1, 1)


# What sharing costs -----------------------------------------------------------------------


def test_the_sharing_loss_has_the_reference_values():
    losses = sharing_loss(np.arange(1, 7), correlation=0.3, leak=0.02, leak_loss=1)
    expected = [0.5200, 0.4335, 0.4066, 0.3997, 0.4016, 0.4083]  # computed
    np.testing.assert_allclose(losses, expected, atol=5e-5)
    assert losses.shape == (6,)


@pytest.mark.parametrize(("leak", "expected"), [(0.01, 6), (0.02, 4), (0.05, 3)])  # computed
def test_the_best_club_has_the_reference_size(leak, expected):
    size = best_club_size(0.3, leak, 1)
    assert size == expected
    assert type(size) is int


@given(st.integers(1, 60), probabilities, probabilities, st.floats(0, 100), positive, positive)
def test_the_loss_is_that_of_ignorance_and_of_leaks(n, ρ, leak, cost, prior, source):
    # Independent route: the two losses one by one, the leak member by member.
    kept = 1.0
    for _ in range(n):
        kept *= 1 - leak
    expected = posterior_variance(n, ρ, prior, source) + cost * (1 - kept)
    found = sharing_loss(n, ρ, leak, cost, prior, source)
    assert type(found) is float
    assert found == pytest.approx(expected, rel=1e-9)
    for row in ([n, 1], (n, 1), np.array([n, 1])):
        np.testing.assert_array_equal(
            sharing_loss(row, ρ, leak, cost, prior, source),
            [found, sharing_loss(1, ρ, leak, cost, prior, source)],
        )


def test_simulated_clubs_lose_as_much():
    # Independent route: truth, reports, the best estimate and leaks, 300,000 times.
    rng, n, draws = np.random.default_rng(1), 4, 300_000
    truth = rng.normal(0, math.sqrt(2), draws)
    errors = math.sqrt(0.3) * rng.standard_normal((draws, 1))
    errors = errors + math.sqrt(0.7) * rng.standard_normal((draws, n))
    mean = (truth[:, None] + math.sqrt(0.5) * errors).mean(axis=1)
    slope = np.cov(truth, mean)[0, 1] / mean.var()
    leaked = (rng.random((draws, n)) < 0.05).any(axis=1)
    loss = ((truth - slope * mean) ** 2 + 3 * leaked).mean()
    assert sharing_loss(n, 0.3, 0.05, 3, 2, 0.5) == pytest.approx(loss, abs=0.008)


@given(probabilities, probabilities, st.floats(0, 5), st.integers(1, 40))
def test_the_best_club_is_the_best_of_all(correlation, leak, cost, largest):
    # Independent route: one after the other; the first that is better than all before it.
    best, least = 0, math.inf
    for n in range(1, largest + 1):
        loss = sharing_loss(n, correlation, leak, cost)
        if loss < least:
            best, least = n, loss
    assert best_club_size(correlation, leak, cost, largest) == best


@given(st.floats(0, 0.9), st.floats(0.001, 0.2), st.floats(0.1, 3))
def test_secrets_make_clubs_small(correlation, leak, cost):
    size = best_club_size(correlation, leak, cost, largest=12)
    assert best_club_size(correlation, leak, 2 * cost, largest=12) <= size
    assert best_club_size(correlation, 0, cost, largest=12) == 12
    assert best_club_size(correlation, leak, 0, largest=12) == 12
    assert best_club_size(1, leak, cost) == 1


def test_limits_of_the_loss():
    assert best_club_size(1, 0, 1) == 1  # all clubs alike: the smallest
    assert best_club_size(0.3, 1, 1) == 30  # it leaks anyhow
    assert best_club_size(0.3, 0.02, 1, largest=2) == 2
    # two valleys: a small club, or everybody
    losses = sharing_loss(range(1, 31), 0, 0.3, 0.6)
    assert losses[:10].argmin() == 1
    assert best_club_size(0, 0.3, 0.6) == 30
    assert sharing_loss(10**300, 0, 0, 1) == pytest.approx(1e-300, rel=1e-12)
    assert sharing_loss(1, 0, 1e-300, 1e300, 1e-300, 1e-300) == pytest.approx(1, rel=1e-12)
    assert sharing_loss([1, 2], 0, 1, 7, 1e-300, 1).tolist() == [7, 7]
