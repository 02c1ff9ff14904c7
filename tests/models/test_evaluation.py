"""Evaluation: statsmodels and pysyncon as second opinions, closed forms, simulation, pirates."""

import itertools
import math
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from entente import data
from entente.models.evaluation import (
    break_scan,
    detection_probability,
    interrupted_counts,
    synthetic_control,
    usable_force,
)

YEARS = list(range(2007, 2016))
# Attacks by Somali pirates as the International Maritime Bureau reported them; 2007, 2009, 2010
# and 2014 from memory.
ATTACKS = [31, 111, 218, 219, 237, 75, 15, 11, 0]


# Before and after -----------------------------------------------------------------------------


@pytest.mark.parametrize(("break_at", "ratio"), [(2009, 1.559), (2012, 0.1547)])
def test_the_ratio_is_that_of_the_means(break_at, ratio):
    """Computed: 71.0 to 110.7 a year, and 163.2 to 25.25."""
    assert interrupted_counts(YEARS, ATTACKS, break_at).ratio == pytest.approx(ratio, abs=5e-4)


counts = st.lists(st.integers(0, 300), min_size=3, max_size=8).filter(sum)


@given(counts, counts)
@settings(max_examples=15, deadline=None)
def test_all_three_errors_agree_with_statsmodels(before, after):
    import statsmodels.api as sm

    y = np.array([*before, *after], float)
    step = np.array([0] * len(before) + [1] * len(after))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = sm.GLM(y, sm.add_constant(step), family=sm.families.Poisson())
        plain, quasi = model.fit(tol=1e-12), model.fit(scale="X2", tol=1e-12)
        robust = model.fit(cov_type="HC0", tol=1e-12)
    degrees, times = y.size - 2, np.arange(y.size)
    for name, fit, law in [
        ("poisson", plain, stats.norm()),
        ("quasi", quasi, stats.t(degrees)),
        ("robust", robust, stats.t(degrees)),
    ]:
        found = interrupted_counts(times, y, len(before), errors=name)
        beta, error = fit.params[1], fit.bse[1]
        if name == "robust":  # statsmodels corrects White's errors for no number of parameters
            error *= math.sqrt(y.size / degrees)
        assert found.ratio == pytest.approx(math.exp(beta), rel=1e-6)
        reach = law.ppf(0.975) * error
        assert math.log(found.high / found.ratio) == pytest.approx(reach, rel=1e-4, abs=1e-9)
        assert math.log(found.ratio / found.low) == pytest.approx(reach, rel=1e-4, abs=1e-9)
        if error > 1e-9:
            assert found.p_value == pytest.approx(2 * law.sf(abs(beta) / error), abs=1e-5)


def test_quasi_intervals_hold_the_truth_as_often_as_they_say_where_plain_ones_do_not():
    """Simulation: counts with ten times the scatter of chance, 600 times."""
    rng, held = np.random.default_rng(0), {"quasi": 0, "poisson": 0}
    for _ in range(600):
        y = rng.negative_binomial(100 / 9, 0.1, 20)
        for errors in held:
            found = interrupted_counts(range(20), y, 10, errors=errors)
            held[errors] += found.low <= 1 <= found.high
    assert 0.92 < held["quasi"] / 600 < 0.98
    assert held["poisson"] / 600 < 0.6


def in_waves(rng, n=50):
    """Poisson counts around a mean whose logarithm is an AR(1) with 0.7 from time to time."""
    log = np.empty(n)
    log[0] = rng.normal(scale=0.5)
    for t in range(1, n):
        log[t] = 0.7 * log[t - 1] + rng.normal(scale=0.5 * math.sqrt(1 - 0.7**2))
    return rng.poisson(200 * np.exp(log))


def test_serial_errors_are_newey_and_wests():
    """statsmodels, with as many lags: 1.3 √100 = 13 steps, so that 12 lags have a weight."""
    import statsmodels.api as sm

    y = in_waves(np.random.default_rng(1), 100)
    step = np.arange(100) >= 40
    fit = sm.GLM(y, sm.add_constant(step.astype(float)), family=sm.families.Poisson()).fit(
        cov_type="HAC", cov_kwds={"maxlags": 12}, tol=1e-12
    )
    found = interrupted_counts(range(100), y, 40, errors="serial")
    error = fit.bse[1] * math.sqrt(100 / 98)
    assert math.log(found.high / found.ratio) == pytest.approx(
        stats.t(98).ppf(0.975) * error, rel=1e-5
    )
    # Two years apart or one, in order or not: the same.
    shuffled = np.random.default_rng(2).permutation(100)
    again = interrupted_counts(2 * shuffled, y[shuffled], 80, errors="serial")
    assert again == pytest.approx(found)


def test_serial_errors_are_no_less_than_whites():
    see_saw = [5, 15] * 10
    serial = interrupted_counts(range(20), see_saw, 10, errors="serial")
    assert serial == pytest.approx(interrupted_counts(range(20), see_saw, 10, errors="robust"))


def test_where_bad_years_last_serial_intervals_hold_the_truth_more_often_but_not_95_times_in_100():
    """Simulation: 50 counts that come in waves, 400 times."""
    rng, held = np.random.default_rng(0), {"quasi": 0, "robust": 0, "serial": 0}
    for _ in range(400):
        y = in_waves(rng)
        for errors in held:
            found = interrupted_counts(range(50), y, 25, errors=errors)
            held[errors] += found.low <= 1 <= found.high
    assert held["quasi"] / 400 < 0.65 > held["robust"] / 400
    assert 0.75 < held["serial"] / 400 < 0.93


def test_the_pirates_of_the_table():
    """Computed from the table: 1.305 from 2009 on, 0.143 from 2012 on."""
    attacks = data.load("pirate_attacks").query("region == 'Horn of Africa'")
    yearly = attacks["date"].dt.year.value_counts().reindex(YEARS)
    assert list(yearly) == [50, 114, 215, 211, 229, 65, 17, 11, 1]
    plain = interrupted_counts(YEARS, yearly, 2009, errors="poisson")
    assert [round(x, 2) for x in plain[:3]] == [1.30, 1.10, 1.55]
    for errors in ("quasi", "robust"):
        found = interrupted_counts(YEARS, yearly, 2009, errors=errors)
        assert found.low < 0.5 < 4 < found.high
    later = interrupted_counts(YEARS, yearly, 2012)
    assert [round(x, 2) for x in later[:3]] == [0.14, 0.03, 0.67]


def test_the_order_of_the_counts_does_not_matter():
    shuffled = [
        (2012, 75),
        *[(y, a) for y, a in zip(YEARS, ATTACKS, strict=True) if y != 2012][::-1],
    ]
    times, counts = zip(*shuffled, strict=True)
    assert interrupted_counts(times, counts, 2012) == pytest.approx(
        interrupted_counts(YEARS, ATTACKS, 2012)
    )


@pytest.mark.parametrize("counts", [[5, 5, 7, 7], [10, 10, 11, 11], [3, 4, 3, 4]])
def test_less_scatter_than_chance_is_chance(counts):
    """No interval is narrower than Poisson's; with t quantiles it is wider."""
    quasi = interrupted_counts(range(4), counts, 2)
    poisson = interrupted_counts(range(4), counts, 2, errors="poisson")
    assert quasi.ratio == poisson.ratio
    wider = stats.t.ppf(0.975, 2) / stats.norm.ppf(0.975)
    assert np.log(quasi.high / quasi.low) == pytest.approx(
        wider * np.log(poisson.high / poisson.low)
    )


def test_a_scan_tries_every_break_and_finds_the_least_deviance():
    scan = break_scan(YEARS, ATTACKS)
    assert list(scan["break_at"]) == list(range(2009, 2015))
    for row in scan.itertuples():
        found = interrupted_counts(YEARS, ATTACKS, row.break_at)
        assert (row.ratio, row.low, row.high, row.p_value) == pytest.approx(found)
        rest = 0.0
        for part in (ATTACKS[: int(row.break_at) - 2007], ATTACKS[int(row.break_at) - 2007 :]):
            mean = np.mean(part)
            rest += 2 * sum((y * math.log(y / mean) if y else 0) - (y - mean) for y in part)
        assert row.deviance == pytest.approx(rest)


def test_a_planted_break_is_found():
    rng = np.random.default_rng(2)
    y = np.r_[rng.poisson(40, 12), rng.poisson(8, 9)]
    scan = break_scan(range(21), y)
    assert scan.loc[scan["deviance"].idxmin(), "break_at"] == 12


# What would have been -------------------------------------------------------------------------


def world(seed, units=8, times=20, start=14, effect=-5.0):
    """Outcomes from two common factors; the first unit is a mixture of the next two."""
    rng = np.random.default_rng(seed)
    factors, loadings = rng.normal(size=(times, 2)).cumsum(axis=0), rng.random((2, units))
    loadings[:, 0] = 0.7 * loadings[:, 1] + 0.3 * loadings[:, 2]
    values = 50 + 3 * factors @ loadings
    values[start:, 0] += effect
    return pd.DataFrame(
        values, index=range(2000, 2000 + times), columns=[f"u{i}" for i in range(units)]
    )


def test_a_mixture_is_recovered_and_the_gap_is_the_effect():
    outcome = world(0, units=5)
    # Only three units beside: a point inside their triangle has one set of weights.
    found = synthetic_control(outcome[["u0", "u1", "u2", "u3"]], "u0", 2014)
    assert found.weights.round(6).to_dict() == {"u1": 0.7, "u2": 0.3, "u3": 0.0}
    assert found.rmspe_before == pytest.approx(0, abs=1e-8)
    assert found.gap.loc[:2013].abs().max() < 1e-8
    assert found.gap.loc[2014:].to_numpy() == pytest.approx(np.full(6, -5.0))


@pytest.mark.parametrize("seed", range(6))
def test_no_mixture_comes_closer(seed):
    """Kuhn and Tucker: no unit that is left out would help, all that are used help alike."""
    rng = np.random.default_rng(seed)
    outcome = world(seed) + rng.normal(size=(20, 8))
    found = synthetic_control(outcome, "u0", 2014)
    w = found.weights.to_numpy()
    assert (w >= 0).all()
    assert w.sum() == pytest.approx(1, abs=1e-12)
    before = outcome.loc[:2013]
    donors, own = before[found.weights.index].to_numpy(), before["u0"].to_numpy()
    slope = donors.T @ (donors @ w - own)
    assert slope[w > 0] == pytest.approx(slope[w > 0][0], abs=1e-6)
    assert (slope >= slope[w > 0].min() - 1e-6).all()


@pytest.mark.parametrize("seed", range(3))
def test_the_weights_are_those_of_pysyncon(seed):
    """The solution of pysyncon to the same problem comes as close, and no closer."""
    from pysyncon import Synth

    rng = np.random.default_rng(10 + seed)
    outcome = world(seed) + rng.normal(size=(20, 8))
    found = synthetic_control(outcome, "u0", 2014)
    before = outcome.loc[:2013]
    own, donors = before["u0"], before.drop(columns="u0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        synth = Synth()  # it divides each row by its standard deviation; the V undoes that
        synth.fit(X0=donors, X1=own, Z0=donors, Z1=own, custom_V=before.var(axis=1).to_numpy())
    mine, theirs = (((own - donors @ w) ** 2).mean() ** 0.5 for w in (found.weights, synth.W))
    assert mine == pytest.approx(found.rmspe_before)
    assert mine <= theirs + 1e-6
    assert mine == pytest.approx(theirs, abs=5e-3)


def test_predictors_count_alike_whatever_their_unit():
    outcome = world(3)
    predictors = pd.DataFrame(
        {"wealth": range(8), "people": [3, 1, 4, 1, 5, 9, 2, 6]}, index=outcome.columns
    )
    one = synthetic_control(outcome, "u0", 2014, predictors)
    other = synthetic_control(outcome, "u0", 2014, predictors * [1000, 0.01])
    np.testing.assert_allclose(one.weights, other.weights, atol=1e-9)
    # Order of units changes nothing but the order of the weights.
    turned = synthetic_control(outcome[outcome.columns[::-1]], "u0", 2014, predictors)
    np.testing.assert_allclose(turned.weights[one.weights.index], one.weights, atol=1e-6)


# Watching and using ---------------------------------------------------------------------------


@pytest.mark.parametrize(("swept", "found"), [(0.5, 0.393469), (1, 0.632121), (2, 0.864665)])
def test_koopmans_random_search(swept, found):
    """Published formula; computed."""
    assert detection_probability(swept, 2, 3, 6) == pytest.approx(found, abs=5e-7)
    assert detection_probability(0, 2, 3, 6) == 0
    assert detection_probability(1e200, 1e200, 0, 1) == 0
    assert detection_probability(1e200, 1e200, 1, 1) == 1


def test_random_search_by_throwing_darts():
    """Simulation: n strips, each a share 1/n of the swept area, land anywhere."""
    rng = np.random.default_rng(1)
    missed = (rng.random((20_000, 200)) >= 1 / 200).all(axis=1).mean()
    assert abs(1 - missed - detection_probability(1, 1, 1, 1)) < 0.02


@pytest.mark.parametrize(("caveat", "usable"), [(0.1, 0.929809), (0.3, 0.382783)])
def test_eight_of_ten_contingents(caveat, usable):
    """Computed, by the sum over all coalitions as well."""
    assert usable_force(10, 8, caveat) == pytest.approx(usable, abs=5e-7)
    total = sum(
        math.prod(caveat if c else 1 - caveat for c in bound)
        for bound in itertools.product([0, 1], repeat=10)
        if bound.count(0) >= 8
    )
    assert usable_force(10, 8, caveat) == pytest.approx(total)


@given(st.integers(1, 60), st.data(), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_more_needed_or_more_caveats_never_help(contingents, draws, caveat):
    needed = draws.draw(st.integers(1, contingents))
    here = usable_force(contingents, needed, caveat)
    assert 0 <= here <= 1
    assert usable_force(contingents + 1, needed, caveat) >= here - 1e-12
    assert usable_force(contingents, needed, min(1, caveat + 0.1)) <= here + 1e-12
    assert usable_force(contingents, contingents, caveat) == pytest.approx(
        (1 - caveat) ** contingents, abs=1e-12
    )
