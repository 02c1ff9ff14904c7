"""Peacekeeping: the gambler's ruin, classic survival data, lifelines, and Fortna's ceasefires."""

import warnings
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from entente import data
from entente.models.peacekeeping import (
    absorption,
    compare_survival,
    escalation_ladder,
    hazard_ratio,
    peace_survival,
)

# Weeks of remission with 6-MP and with placebo: Freireich et al. (1963), as in every textbook.
REMISSION = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
WEEKS, RELAPSE = REMISSION + PLACEBO, [1] * 9 + [0] * 12 + [1] * 21
TREATED = [1] * 21 + [0] * 21


# Escalation -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("p", "war", "steps"),
    [
        (0.3, [0.019560, 0.065202, 0.171698, 0.420188], [2.2555, 4.1850, 5.3538, 4.7476]),
        (0.4, [0.075829, 0.189573, 0.360190, 0.616114], [3.1043, 5.2607, 5.9953, 4.5972]),
        (0.5, [0.2, 0.4, 0.6, 0.8], [4, 6, 6, 4]),
    ],
)
def test_the_ladder_of_five_rungs(p, war, steps):
    """Computed, by the closed form and by the chain."""
    ladder = escalation_ladder(p, 5)
    assert list(ladder["rung"]) == [1, 2, 3, 4]
    np.testing.assert_allclose(ladder["p_war"], war, atol=5e-7)
    np.testing.assert_allclose(ladder["expected_steps"], steps, atol=5e-5)


@given(st.floats(0.05, 0.95), st.integers(2, 30))
@settings(max_examples=60, deadline=None)
def test_the_ladder_is_the_gamblers_ruin(p, rungs):
    r, i = (1 - p) / p, np.arange(1, rungs)
    if abs(r - 1) < 1e-6:
        p, r = 0.4, 1.5
    ruin = (1 - r**i) / (1 - r**rungs)
    duration = (i - rungs * ruin) / (1 - 2 * p)
    ladder = escalation_ladder(p, rungs)
    np.testing.assert_allclose(ladder["p_war"], ruin, rtol=1e-6, atol=1e-12)
    np.testing.assert_allclose(ladder["expected_steps"], duration, rtol=1e-6)
    # Seen from the other end, peace is war.
    mirrored = escalation_ladder(1 - p, rungs)["p_war"].to_numpy()[::-1]
    np.testing.assert_allclose(ladder["p_war"], 1 - mirrored, atol=1e-9)


def test_easing_helps_most_where_the_crisis_stands():
    """Computed: a tenth less at one rung, from rung 2 and from rung 4."""

    def eased(rung, start):
        p = np.full(4, 0.4)
        p[rung - 1] -= 0.1
        return escalation_ladder(p, 5)["p_war"][start - 1]

    assert [round(eased(rung, 2), 4) for rung in (1, 2, 3, 4)] == [0.1670, 0.1307, 0.1399, 0.1563]
    assert [round(eased(rung, 4), 4) for rung in (1, 4)] == [0.6054, 0.5078]


def test_the_ladder_by_throwing_dice():
    """Simulation, 20,000 crises from rung 2."""
    rng, at = np.random.default_rng(0), np.full(20_000, 2)
    steps = np.zeros(at.size)
    while (open_ := (at > 0) & (at < 5)).any():
        at[open_] += np.where(rng.random(open_.sum()) < 0.4, 1, -1)
        steps += open_
    ladder = escalation_ladder(0.4, 5).set_index("rung").loc[2]
    assert abs((at == 5).mean() - ladder["p_war"]) < 4 * np.sqrt(0.19 * 0.81 / 20_000)
    assert abs(steps.mean() - ladder["expected_steps"]) < 4 * steps.std() / np.sqrt(20_000)


@given(st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_any_chain_ends_where_its_powers_lead(seed):
    rng = np.random.default_rng(seed)
    chain = rng.dirichlet(np.ones(6), size=6)
    chain[[1, 4]] = np.eye(6)[[1, 4]]
    probabilities, steps = absorption(chain)
    transient = [0, 2, 3, 5]
    powers = np.linalg.matrix_power(chain, 4000)
    np.testing.assert_allclose(probabilities, powers[np.ix_(transient, [1, 4])], atol=1e-9)
    # Steps: the sum of the probabilities of being on the way.
    inside, waiting, total = chain[np.ix_(transient, transient)], np.ones(4), np.zeros(4)
    for _ in range(4000):
        total += waiting
        waiting = inside @ waiting
    np.testing.assert_allclose(steps, total, rtol=1e-6)


@pytest.mark.parametrize("half", [5, 12, 20, 60])
def test_a_crisis_that_hardly_ever_ends_keeps_its_digits(half):
    """Both ends are alike from the middle: one half. The steps, in exact fractions."""
    p = [0.9] * half + [0.1] * half
    ladder = escalation_ladder(p, 2 * half + 1).set_index("rung")
    assert ladder["p_war"].iloc[half - 1 : half + 1].mean() == pytest.approx(0.5, rel=1e-12)
    # Backwards: from rung i the crisis must first get to rung i + 1, and that takes u steps.
    up, below = [Fraction(9, 10)] * half + [Fraction(1, 10)] * half, Fraction(0)
    chance = [Fraction(0)]  # of getting from rung i up to rung i + 1 before peace
    spent = [Fraction(0)]  # the expected steps until either
    for share in up:
        again = 1 - (1 - share) * chance[-1]
        chance.append(share / again)
        spent.append((1 + (1 - share) * spent[-1]) / again)
    war, steps = Fraction(1), below
    for rung in range(2 * half, 0, -1):
        war, steps = chance[rung] * war, spent[rung] + chance[rung] * steps
        assert ladder["p_war"][rung] == pytest.approx(float(war), rel=1e-12)
        assert ladder["expected_steps"][rung] == pytest.approx(float(steps), rel=1e-12)


def test_a_chain_of_absorbing_states_only_has_nowhere_to_go():
    probabilities, steps = absorption(np.eye(2))
    assert probabilities.shape == (0, 2)
    assert steps.shape == (0,)


# The duration of peace --------------------------------------------------------------------------


def product_limit(durations, events, entry):
    """Kaplan and Meier's estimator, written out."""
    rows, survival = [], 1.0
    for time in sorted({d for d, e in zip(durations, events, strict=True) if e}):
        at_risk = sum(a < time <= d for a, d in zip(entry, durations, strict=True))
        died = sum(e and d == time for d, e in zip(durations, events, strict=True))
        survival *= 1 - died / at_risk
        rows.append((time, at_risk, died, survival))
    return np.array(rows, dtype=float)


def test_remission_with_6_mp():
    """Published: survival .857 .807 .753 .690 .627 .538 .448 (any textbook)."""
    table = peace_survival(REMISSION, [1] * 9 + [0] * 12)
    assert list(table["time"]) == [6, 7, 10, 13, 16, 22, 23]
    assert list(table["at_risk"]) == [21, 17, 15, 12, 11, 7, 6]
    shares = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert list(table["survival"].round(3)) == shares


def test_a_rung_that_nobody_climbs_leaves_a_chance_of_zero_and_not_less():
    table = escalation_ladder([0.5, 0.5, 0, 0.5], 5)
    assert table["p_war"].tolist() == [0, 0, 0, 0.5]
    assert not np.signbit(table["p_war"]).any()


@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.booleans(), st.integers(0, 4)), min_size=2, max_size=25
    )
)
@settings(max_examples=60, deadline=None)
def test_survival_is_the_product_limit_with_late_entry_too(spells):
    spells = [(d, e, min(a, d - 1)) for d, e, a in spells]
    durations, events, entry = map(list, zip(*spells, strict=True))
    if not any(events):
        events[0] = True
    for late in (None, entry):
        table = peace_survival(durations, events, late)
        expected = product_limit(durations, events, late or [-1] * len(durations))
        np.testing.assert_allclose(table.to_numpy(float), expected, atol=1e-9)


def test_without_censoring_survival_is_the_share_that_lasts_longer():
    durations = [3, 1, 4, 1, 5, 9, 2, 6]
    table = peace_survival(durations, [True] * 8)
    shares = [np.mean(np.array(durations) > time) for time in table["time"]]
    np.testing.assert_allclose(table["survival"], shares, atol=1e-12)


def test_the_log_rank_statistic_of_remission():
    """Published: 16.79 (any textbook)."""
    chi2, p_value = compare_survival(WEEKS, RELAPSE, TREATED)
    assert round(chi2, 3) == 16.793
    assert round(p_value, 6) == 0.000042


def test_leaders_in_office():
    """Computed by lifelines, and in its documentation: 1,808 leaders, democracies and others."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifelines.datasets import load_dd

        leaders = load_dd()
    chi2, _ = compare_survival(leaders["duration"], leaders["observed"], leaders["democracy"])
    assert round(chi2, 4) == 260.4695
    for kind, median in (("Democracy", 3), ("Non-democracy", 6)):
        group = leaders[leaders["democracy"] == kind]
        table = peace_survival(group["duration"], group["observed"])
        assert table.loc[table["survival"] <= 0.5, "time"].iloc[0] == median


def test_three_groups_agree_with_lifelines():
    from lifelines.statistics import multivariate_logrank_test

    rng = np.random.default_rng(3)
    durations, events = rng.integers(1, 30, 90), rng.random(90) < 0.7
    groups = rng.integers(0, 3, 90)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = multivariate_logrank_test(durations, groups, events)
    chi2, p_value = compare_survival(durations, events, groups)
    assert chi2 == pytest.approx(found.test_statistic, rel=1e-9)
    assert p_value == pytest.approx(found.p_value, rel=1e-9)


def test_the_hazard_ratio_of_remission():
    """Published: the coefficient of the treatment is −1.572 with Efron's ties, error 0.412."""
    table = hazard_ratio(WEEKS, RELAPSE, {"6-MP": TREATED})
    assert round(np.log(table.loc["6-MP", "ratio"]), 3) == -1.572
    error = (np.log(table["high"]) - np.log(table["low"])).iloc[0] / (2 * 1.959964)
    assert round(error, 3) == 0.412


def efron(beta, durations, events, entry, x):
    """The negative partial likelihood with Efron's ties, written out."""
    total = 0.0
    for time in np.unique(durations[events]):
        risk = np.exp(x[(entry < time) & (durations >= time)] @ beta).sum()
        fails = x[(durations == time) & events]
        tied = np.exp(fails @ beta).sum()
        total += (fails @ beta).sum()
        total -= sum(np.log(risk - k / len(fails) * tied) for k in range(len(fails)))
    return -total


@pytest.mark.parametrize("late", [False, True])
def test_two_covariates_with_ties_and_late_entry_by_maximising_the_likelihood(late):
    rng = np.random.default_rng(5)
    x = np.column_stack([rng.integers(0, 2, 60), rng.normal(size=60)])
    durations = np.ceil(8 * rng.exponential(np.exp(-0.7 * x[:, 0] + 0.4 * x[:, 1])))
    events = rng.random(60) < 0.8
    entry = np.minimum(rng.integers(0, 4, 60), durations - 1) if late else np.full(60, -1.0)
    best = optimize.minimize(efron, np.zeros(2), (durations, events, entry, x), tol=1e-10)
    table = hazard_ratio(
        durations, events, {"a": x[:, 0], "b": 1000 * x[:, 1]}, entry=entry if late else None
    )
    np.testing.assert_allclose(np.log(table["ratio"]) * [1, 1000], best.x, atol=1e-4)


@pytest.mark.parametrize("clustered", [False, True])
def test_intervals_agree_with_lifelines(clustered):
    from lifelines import CoxPHFitter

    rng = np.random.default_rng(6)
    frame = pd.DataFrame({"x": rng.integers(0, 2, 80), "z": rng.normal(size=80)})
    frame["d"] = rng.exponential(10 * np.exp(-0.5 * frame["x"])) + 0.01
    frame["e"], frame["c"] = rng.random(80) < 0.75, rng.integers(0, 20, 80)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = CoxPHFitter().fit(
            frame if clustered else frame.drop(columns="c"),
            "d", "e", cluster_col="c" if clustered else None,
        )  # fmt: skip
        summary = fit.summary
    table = hazard_ratio(
        frame["d"], frame["e"], frame[["x", "z"]], clusters=frame["c"] if clustered else None
    )
    names = ["exp(coef)", "exp(coef) lower 95%", "exp(coef) upper 95%", "p"]
    expected = summary[names].copy()
    if clustered:
        # lifelines takes clusters for many: no correction for their number, and a normal quantile.
        wider = np.sqrt(20 / 19) * stats.t.ppf(0.975, 19) / stats.norm.ppf(0.975)
        for column in names[1:3]:
            expected[column] = expected[names[0]] * (expected[column] / expected[names[0]]) ** wider
        z = summary["z"].abs() / np.sqrt(20 / 19)
        expected["p"] = 2 * stats.t.sf(z, 19)
    np.testing.assert_allclose(table, expected, rtol=2e-3)


@pytest.mark.slow
@pytest.mark.parametrize(("clusters", "least"), [(4, 0.8), (10, 0.9)])
def test_few_clusters_no_longer_seem_to_prove_what_is_not_there(clusters, least):
    """Simulation: the covariate is the cluster's, and so is a part of the risk; the ratio is 1.

    Without the two corrections four clusters held it in 69 cases of 100.
    """
    held = []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        cluster = np.repeat(np.arange(clusters), 12)
        x = np.repeat(rng.permutation(np.arange(clusters) % 2), 12)
        rate = np.repeat(np.exp(rng.normal(0, 0.5, clusters)), 12)
        ends = rng.exponential(1 / rate) + 1e-9
        table = hazard_ratio(ends, np.ones(ends.size), {"x": x}, clusters=cluster)
        held.append(table["low"]["x"] <= 1 <= table["high"]["x"])
    assert np.mean(held) >= least


def test_cutting_a_peace_in_two_changes_nothing():
    whole = hazard_ratio(WEEKS, RELAPSE, {"6-MP": TREATED})
    first = [week / 2 for week in WEEKS]
    halves = hazard_ratio(
        first + WEEKS, [0] * 42 + RELAPSE, {"6-MP": TREATED * 2}, entry=[0] * 42 + first
    )
    np.testing.assert_allclose(halves, whole, rtol=1e-6)
    # With the halves of a peace as one cluster, the robust interval is that of whole peaces, too.
    apart = hazard_ratio(WEEKS, RELAPSE, {"6-MP": TREATED}, clusters=range(42))
    halves = hazard_ratio(
        first + WEEKS, [0] * 42 + RELAPSE, {"6-MP": TREATED * 2}, entry=[0] * 42 + first,
        clusters=[*range(42), *range(42)],
    )  # fmt: skip
    np.testing.assert_allclose(halves, apart, rtol=1e-6)
    assert (apart["high"] - whole["high"]).abs().iloc[0] > 0.001


# Fortna's ceasefires ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def spells():
    return data.load("peace_spells").query("after_1989 and not questionable")


@pytest.fixture(scope="module")
def peaces(spells):
    """One row for each peace: how long, whether it failed, and whether it ever had a mission."""
    return spells.groupby("spell_id").agg(
        exit=("exit", "max"), failed=("failed", "max"), ever=("peacekeeping_ever", "max"),
        deaths=("deaths", "max"), victory=("victory", "max"), treaty=("treaty", "max"),
    )  # fmt: skip


def test_war_resumed_less_often_where_peacekeepers_were(peaces):
    """Computed from the table: 15 of 36 and 39 of 58; log-rank 5.94; ratio .48 [.27, .88]."""
    mission = peaces["ever"].astype(bool)
    failed = peaces.groupby(mission)["failed"].agg(["sum", "size"])
    assert failed.to_numpy().tolist() == [[39, 58], [15, 36]]
    chi2, p_value = compare_survival(peaces["exit"], peaces["failed"], mission)
    assert (round(chi2, 2), round(p_value, 3)) == (5.94, 0.015)
    table = hazard_ratio(peaces["exit"], peaces["failed"], {"mission": mission})
    assert list(table.loc["mission", ["ratio", "low", "high"]].round(2)) == [0.48, 0.27, 0.88]


def test_day_by_day_presence_credits_no_mission_with_the_time_before_it(spells):
    """Computed from the table: .62 [.34, 1.14], and .49 [.26, .92] with victory and deaths."""
    covariates = pd.DataFrame({"mission": spells["peacekeeping_now"].astype(int)})
    table = hazard_ratio(spells["exit"], spells["failed"], covariates, entry=spells["entry"])
    assert list(table.loc["mission", ["ratio", "low", "high"]].round(2)) == [0.62, 0.34, 1.14]
    covariates["victory"] = spells["victory"].astype(int)
    covariates["deaths"] = np.log(spells["deaths"].astype(float))
    table = hazard_ratio(spells["exit"], spells["failed"], covariates, entry=spells["entry"])
    assert list(table.loc["mission", ["ratio", "low", "high"]].round(2)) == [0.49, 0.26, 0.92]
