"""Burden sharing: reference numbers, independent routes to them, rules that hold."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from entente.models.burden import (
    ExploitationTest,
    efficient_provision,
    exploitation_test,
    joint_product_contributions,
    leave_one_out,
    lindahl_shares,
    nash_contributions,
    provide,
)

settings.register_profile("models", derandomize=True, deadline=None, max_examples=60, database=None)
settings.load_profile("models")

# Olson and Zeckhauser (1966), reported from memory: GNP in 1964 in billions of dollars, and
# defence in per cent of it.
NATO_1964 = {
    "US": (569.03, 9.0), "DE": (88.87, 5.5), "UK": (79.46, 7.0), "FR": (73.40, 6.7),
    "IT": (43.63, 4.1), "CA": (38.14, 4.4), "NL": (15.00, 4.9), "BE": (13.43, 3.7),
    "DK": (7.73, 3.3), "TR": (6.69, 5.8), "NO": (5.64, 3.9), "GR": (4.31, 4.2),
    "PT": (2.88, 7.7), "LU": (0.53, 1.7),
}  # fmt: skip
LABELS = list(NATO_1964)
GNP, DEFENCE = np.array(list(NATO_1964.values())).T

incomes_of_many = st.lists(st.floats(0.5, 1000), min_size=1, max_size=12)
tastes = st.floats(0.02, 0.95)


# A pure public good -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("incomes", "taste", "expected"),
    [  # computed
        ((100, 80, 60), 0.5, (40, 20, 0)),
        ((90, 85, 65), 0.5, (30, 25, 5)),
        ((100, 50), 0.5, (50, 0)),
        ((70,), 0.3, (21,)),
    ],
)
def test_nash_contributions_have_the_reference_values(incomes, taste, expected):
    np.testing.assert_allclose(nash_contributions(incomes, taste), expected, atol=1e-12)


@pytest.mark.parametrize(("n", "expected"), [(2, 0.5556), (4, 0.2941), (10, 0.1220), (32, 0.0388)])
def test_identical_allies_provide_ever_less_of_what_would_be_efficient(n, expected):
    # computed: 1/(a + n(1−a)), a = .2
    ratio = nash_contributions([20] * n, 0.2).sum() / efficient_provision([20] * n, 0.2)
    assert ratio == pytest.approx(1 / (0.2 + n * 0.8), rel=1e-12)
    assert ratio == pytest.approx(expected, abs=5e-5)


def test_four_equal_allies():
    assert nash_contributions([100] * 4, 0.2).sum() == pytest.approx(23.5294, abs=5e-5)  # computed
    assert efficient_provision([100] * 4, 0.2) == pytest.approx(80)  # computed


def pure_utility(own, others, income, a):
    return (1 - a) * math.log(income - own) + a * math.log(own + others)


@given(incomes_of_many, tastes)
def test_nobody_would_rather_give_something_else(incomes, a):
    # Independent route: best replies to all the others.
    q = nash_contributions(incomes, a)
    rest = q.sum() - q
    reply = np.maximum(0, a * np.array(incomes) - (1 - a) * rest)
    np.testing.assert_allclose(q, reply, atol=1e-9 * max(incomes))


def test_a_grid_search_finds_nothing_better():
    # Independent route: utility itself, not the first-order condition.
    incomes, a = np.array([100.0, 70, 30]), 0.4
    q = nash_contributions(incomes, a)
    for income, own, others in zip(incomes, q, q.sum() - q, strict=True):
        best = pure_utility(own, others, income, a)
        grid = np.linspace(0, income * 0.999, 5001)
        assert all(pure_utility(g, others, income, a) <= best + 1e-12 for g in grid if g + others)


def test_best_reply_iteration_ends_in_the_same_place():
    incomes, a = np.array([12.0, 9, 9, 4, 1]), 0.35
    q = np.zeros(5)
    for _ in range(300):
        for i in range(5):
            q[i] = max(0, a * incomes[i] - (1 - a) * (q.sum() - q[i]))
    np.testing.assert_allclose(nash_contributions(incomes, a), q, atol=1e-12)
    assert 0 < (q == 0).sum() < 5


@given(incomes_of_many, tastes, st.randoms(use_true_random=False))
def test_a_transfer_among_contributors_leaves_the_public_good_unchanged(incomes, a, random):
    q = nash_contributions(incomes, a)
    givers = np.flatnonzero(q > 1e-6)
    assume(len(givers) >= 2)
    giver, taker = random.sample(list(givers), 2)
    moved = np.array(incomes)
    gift = random.uniform(0, 0.99) * q[giver]  # no more than it gives, or it stops giving
    moved[giver] -= gift
    moved[taker] += gift
    after = nash_contributions(moved, a)
    assert after.sum() == pytest.approx(q.sum(), rel=1e-9)
    assert after[giver] == pytest.approx(q[giver] - gift, abs=1e-9 * max(incomes))


@given(incomes_of_many, tastes)
def test_the_richer_give_more_and_together_they_give_too_little(incomes, a):
    q = nash_contributions(incomes, a)
    order = np.argsort(incomes)
    assert (np.diff(q[order]) >= -1e-12 * max(incomes)).all()
    best = efficient_provision(incomes, a)
    assert q.sum() <= best * (1 + 1e-12)
    assert q.sum() >= a * max(incomes) * (1 - 1e-12)  # what the richest would give alone


@given(incomes_of_many, tastes, st.floats(1e-3, 1e3), st.randoms(use_true_random=False))
def test_contributions_scale_with_incomes_and_follow_their_owners(incomes, a, scale, random):
    places = list(range(len(incomes)))
    random.shuffle(places)
    income = np.array(incomes)
    for contributions in (
        lambda values: nash_contributions(values, a),
        lambda values: joint_product_contributions(values, 0.7 * a, 0.3 * a),
    ):
        q = contributions(income)
        tolerance = 1e-9 * scale * max(incomes)
        np.testing.assert_allclose(contributions(scale * income), scale * q, atol=tolerance)
        np.testing.assert_allclose(contributions(income[places]), q[places], atol=tolerance)


@given(incomes_of_many, tastes)
def test_the_efficient_provision_maximises_welfare(incomes, a):
    # Independent route: in an efficient state no change of Q, paid for in proportion to
    # private consumption x, raises Σ of the gains in money; the sum of MRS is 1.
    total = sum(incomes)
    best = efficient_provision(incomes, a)
    private = lindahl_shares(incomes) * (total - best)
    assert (a / (1 - a) * private / best).sum() == pytest.approx(1, rel=1e-12)


@given(incomes_of_many, tastes)
def test_lindahl_shares_sum_to_one_and_make_all_want_the_same(incomes, a):
    shares = lindahl_shares(incomes)
    assert shares.sum() == pytest.approx(1, rel=1e-12)
    for share, income in zip(shares, incomes, strict=True):
        wanted = optimize.minimize_scalar(
            lambda Q, t=share, m=income: -((1 - a) * np.log(m - t * Q) + a * np.log(Q)),
            bounds=(1e-9, income / share * (1 - 1e-9)),
            method="bounded",
            options={"xatol": 1e-9 * sum(incomes)},
        ).x
        assert wanted == pytest.approx(efficient_provision(incomes, a), rel=1e-4)


def test_lindahl_shares_are_the_income_shares():
    np.testing.assert_allclose(lindahl_shares([50, 30, 20]), [0.5, 0.3, 0.2], rtol=1e-15)


# Joint products ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("private_share", "expected"),
    [  # computed, a + b = .1; burdens of US, DE and LU in per cent of GNP
        (0, (10.0, 0, 0)),
        (0.25, (8.75, 3.05, 2.70)),
        (0.5, (8.64, 5.62, 5.27)),
        (0.75, (9.18, 7.89, 7.69)),
        (1, (10.0, 10.0, 10.0)),
    ],
)
def test_joint_products_have_the_reference_values(private_share, expected):
    q = joint_product_contributions(GNP, 0.1 * (1 - private_share), 0.1 * private_share)
    burden = dict(zip(LABELS, 100 * q / GNP, strict=True))
    assert [burden[ally] for ally in ("US", "DE", "LU")] == pytest.approx(expected, abs=0.005)


@given(incomes_of_many, st.floats(0, 0.6), st.floats(0, 0.35))
def test_each_joint_contribution_is_a_best_reply(incomes, a, b):
    # Independent route: the first-order condition, of the sign that a corner needs.
    assume(a + b > 0.01)
    income = np.array(incomes)
    q = joint_product_contributions(incomes, a, b)
    assert ((q >= 0) & (q < income)).all()
    Q = q.sum()
    # multiplied by (I − q) Q, to stay finite
    own = np.divide(b * Q * (income - q), q, out=np.zeros_like(q), where=q > 0)
    slope = a * (income - q) + own - (1 - a - b) * Q
    inside = q > 1e-9 * income
    np.testing.assert_allclose(slope[inside], 0, atol=1e-7 * income.sum())
    assert (slope[~inside] <= 1e-7 * income.sum()).all()


def test_utility_itself_is_greatest_at_the_joint_contributions():
    incomes, a, b = np.array([100.0, 40, 5]), 0.15, 0.05
    q = joint_product_contributions(incomes, a, b)

    def utility(own, others, income):
        return (1 - a - b) * np.log(income - own) + a * np.log(own + others) + b * np.log(own)

    for income, own, others in zip(incomes, q, q.sum() - q, strict=True):
        grid = np.linspace(1e-6, income * 0.999, 20_001)
        best = grid[utility(grid, others, income).argmax()]
        assert own == pytest.approx(best, abs=income / 10_000)


@given(incomes_of_many, tastes)
def test_the_two_extremes_of_joint_products(incomes, a):
    atol = 1e-9 * max(incomes)
    public = joint_product_contributions(incomes, a, 0)
    np.testing.assert_allclose(public, nash_contributions(incomes, a), atol=atol)
    private = joint_product_contributions(incomes, 0, a)
    np.testing.assert_allclose(private, a * np.array(incomes), rtol=1e-12)


@pytest.mark.parametrize("a", [0, 1e-6, 1e-3, 0.5, 0.999])
@pytest.mark.parametrize("b", [0, 1e-250, 1e-12, 1e-3, 0.5])
def test_joint_products_stay_sound_at_extreme_tastes_and_incomes(a, b):
    if not 0 < a + b < 1:
        return
    incomes = np.array([1e12, 1e6, 1.0, 1e-6])
    q = joint_product_contributions(incomes, a, b)
    assert np.isfinite(q).all()
    assert (q >= 0).all()
    assert (q >= b * incomes * (1 - 1e-9)).all()  # at least what it would give for itself
    assert (q <= (a + b) * incomes * (1 + 1e-9)).all()  # at most what it would give alone


def test_the_more_private_the_benefits_the_more_alike_the_burdens():
    shares = np.linspace(0, 1, 11)
    spread = [
        np.ptp(joint_product_contributions(GNP, 0.1 * (1 - s), 0.1 * s) / GNP) for s in shares
    ]
    assert (np.diff(spread) < 0).all()


# How contributions add up -----------------------------------------------------------------


def test_provide_has_three_technologies():
    assert provide([5, 3, 1]) == provide([5, 3, 1], "summation") == 9
    assert provide([5, 3, 1], "weakest_link") == 1
    assert provide([5, 3, 1], "best_shot") == 5
    assert provide([0, 0]) == 0


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=9))
def test_the_technologies_bound_one_another(contributions):
    least, total, greatest = (
        provide(contributions, how) for how in ("weakest_link", "summation", "best_shot")
    )
    n = len(contributions)
    assert n * least <= total <= n * greatest
    assert total == math.fsum(contributions)
    assert {least, greatest} <= set(contributions)


# Do the large carry the small? ------------------------------------------------------------


def test_the_exploitation_test_has_the_reference_values():
    test = exploitation_test(GNP, DEFENCE)
    assert test.spearman == pytest.approx(1 - 6 * 232 / (14 * (14**2 - 1)), rel=1e-12)
    assert test.spearman == pytest.approx(0.490110, abs=5e-7)  # .490 published; reported
    assert test.kendall == pytest.approx(35 / 91, rel=1e-12)  # computed
    assert test.p_value == pytest.approx(0.0376, abs=5e-5)  # computed
    assert test.n == 14
    assert isinstance(test, ExploitationTest)
    assert test._fields == ("spearman", "p_value", "kendall", "n")


def test_shuffled_burdens_are_as_rarely_so_highly_correlated():
    # Independent route: 20,000 random orders; reference .0385, standard error .0014.
    rng = np.random.default_rng(0)
    sizes, burdens = stats.rankdata(GNP), stats.rankdata(DEFENCE)
    shuffled = rng.permuted(np.tile(burdens, (20_000, 1)), axis=1)
    distance = ((shuffled - sizes) ** 2).sum(axis=1)
    p_value = (distance <= 232).mean()
    assert p_value == pytest.approx(0.0385, abs=0.004)
    assert exploitation_test(GNP, DEFENCE).p_value == pytest.approx(p_value, abs=0.004)


@pytest.mark.parametrize("n", [3, 5, 6, 8])
def test_few_allies_get_an_exact_p_value(n):
    # Independent route: SciPy's own enumeration of the sum of squared differences of ranks.
    rng = np.random.default_rng(n)
    size, burden = rng.random(n), rng.integers(0, 4, n) + rng.integers(0, 2) * rng.random(n)
    burden[0] += 0.5  # never all equal
    sizes, burdens = stats.rankdata(size), stats.rankdata(burden)
    observed = sizes @ burdens
    exact = np.mean([sizes @ np.array(order) >= observed - 1e-9 for order in permutations(burdens)])
    test = exploitation_test(size, burden)
    assert test.p_value == pytest.approx(exact, rel=1e-12)
    reference = stats.spearmanr(size, burden)
    assert test.spearman == pytest.approx(reference.statistic, rel=1e-12)


@pytest.mark.parametrize("n", [3, 4, 7])
def test_a_perfect_order_of_few_is_one_order_in_all(n):
    rising = np.arange(n)
    assert exploitation_test(rising, rising).p_value == pytest.approx(1 / math.factorial(n))
    assert exploitation_test(rising, -rising).p_value == 1


def test_many_allies_agree_with_scipy():
    rng = np.random.default_rng(1)
    size, burden = rng.random(40), rng.integers(0, 9, 40)
    test = exploitation_test(size, burden)
    reference = stats.spearmanr(size, burden, alternative="greater")
    assert (test.spearman, test.p_value) == pytest.approx((reference.statistic, reference.pvalue))
    # Kendall's τ-b by hand, pair by pair
    x, y = np.sign(size[:, None] - size), np.sign(burden[:, None] - burden)
    assert test.kendall == pytest.approx((x * y).sum() / np.sqrt((x**2).sum() * (y**2).sum()))
    perfect = exploitation_test(range(30), range(30))
    assert perfect == pytest.approx((1, 1 / math.factorial(30), 1, 30))


def test_one_order_among_all_is_never_less_likely_than_that():
    """With nine allies in one order the chance is one in 9!; the approximation says 0."""
    assert exploitation_test(range(9), range(9)).p_value == 1 / math.factorial(9)


def test_sums_that_a_float_cannot_hold_are_refused():
    for function, tastes in [
        (nash_contributions, (0.1,)), (efficient_provision, (0.1,)), (lindahl_shares, ()),
        (joint_product_contributions, (0.05, 0.05)), (provide, ()),
    ]:  # fmt: skip
        with pytest.raises(ValueError, match="must have a sum that a float can hold"):
            function([1e308] * 3, *tastes)


@pytest.mark.parametrize("labels", [{"A", "B", "C", "D"}, b"ABCD", "ABCD"])
def test_labels_without_an_order_are_refused(labels):
    with pytest.raises(TypeError, match="labels must be a row of names"):
        leave_one_out([4, 3, 2, 1], [8, 7, 6, 9], labels)


few_pairs = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=4, max_size=11
).filter(lambda pairs: all(len(set(column)) > 1 for column in zip(*pairs, strict=True)))


@given(few_pairs, st.randoms(use_true_random=False))
def test_the_test_sees_only_the_order_and_not_who_comes_first(pairs, random):
    size, burden = np.array(pairs, dtype=float).T
    test = exploitation_test(size, burden)
    stretched = exploitation_test(np.exp(size), 3 * burden - 7)
    assert stretched == pytest.approx(test, rel=1e-9)
    random.shuffle(pairs)
    assert exploitation_test(*np.array(pairs).T) == pytest.approx(test, abs=1e-9)
    reversed_ = exploitation_test(size, -burden)
    assert reversed_.spearman == pytest.approx(-test.spearman, abs=1e-12)
    assert -1 - 1e-12 <= test.spearman <= 1 + 1e-12
    assert 0 <= test.p_value <= 1


def test_leave_one_out_has_the_reference_values():
    table = leave_one_out(GNP, DEFENCE, LABELS)
    assert list(table.columns) == ["label", "spearman"]
    assert list(table["label"]) == LABELS
    without = table.set_index("label")["spearman"]
    assert without["PT"] == pytest.approx(0.725, abs=5e-4)  # computed
    assert without["US"] == pytest.approx(0.363, abs=5e-4)  # computed
    assert without["LU"] == pytest.approx(0.363, abs=5e-4)  # computed


@given(few_pairs)
def test_leaving_one_out_is_testing_the_others(pairs):
    places = range(len(pairs))
    size, burden = np.array(pairs, dtype=float).T
    others = [(np.delete(size, place), np.delete(burden, place)) for place in places]
    assume(all(np.ptp(column) > 0 for pair in others for column in pair))
    table = leave_one_out(size, burden, [f"ally {place}" for place in places])
    expected = [stats.spearmanr(*pair).statistic for pair in others]
    np.testing.assert_allclose(table["spearman"], expected, atol=1e-12)
