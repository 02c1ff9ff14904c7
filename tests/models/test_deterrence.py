"""Deterrence: the politically relevant pairs, against a slow second route and known facts."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente import data
from entente.models.deterrence import clustered_risk_ratio, relevant_dyads, risk_ratio


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


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"first": 1950.5}, TypeError, "first must be a whole number"),
        ({"last": 1899}, ValueError, "last must be a whole number of at least 1900, got 1899"),
        ({"states": [1, 2]}, TypeError, "states must be a DataFrame, got list"),
        ({"states": pd.DataFrame({"iso3": ["FRA"]})}, ValueError, "column ccode, got iso3"),
        (
            {"major_powers": pd.DataFrame({"ccode": [1.5], "start": 1900, "end": 1950})},
            TypeError,
            "major_powers must have whole numbers in ccode, got float64",
        ),
        (
            {"major_powers": pd.DataFrame({"ccode": [1], "start": ["once"], "end": 1950})},
            TypeError,
            "major_powers must have days or years in start",
        ),
        (
            {"major_powers": pd.DataFrame({"ccode": [1], "start": [np.nan], "end": 1950})},
            ValueError,
            "major_powers must have a start in every row",
        ),
    ],
)
def test_wrong_arguments_are_named(tables, change, error, message):
    names = ["states", "contiguity", "major_powers", "first", "last"]
    arguments = dict(zip(names, [*tables, 1900, 1950], strict=True)) | change
    with pytest.raises(error, match=message):
        relevant_dyads(**arguments)


# --- Comparing rates ------------------------------------------------------------------------


def test_the_interval_of_katz_is_that_of_the_reference():
    """Computed by hand: exp(log 0.5 ± 1.96 √(1/20 − 1/200 + 1/40 − 1/200))."""
    assert risk_ratio(20, 200, 40, 200) == pytest.approx((0.5, 0.30336, 0.82411), abs=5e-6)


@given(st.integers(1, 50), st.integers(50, 500), st.integers(1, 50), st.integers(50, 500))
def test_swapping_the_groups_inverts_the_ratio(x, n, y, m):
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


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((0, 10, 1, 10), ValueError, "events_a must be a whole number of at least 1, got 0"),
        ((5, 4, 1, 10), ValueError, "n_a must be a whole number of at least 5, got 4"),
        ((1, 10, 2.5, 10), TypeError, "events_b must be a whole number"),
        ((1, 10, 1, 10, 1.0), ValueError, r"confidence must be a number in \(0, 1\), got 1"),
    ],
)
def test_a_ratio_of_wrong_counts_is_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        risk_ratio(*arguments)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([1, 0], [1, 0, 0], [1, 2]), ValueError, "equally long, got 2, 3 and 2"),
        (([1, 2], [1, 0], [1, 2]), TypeError, "events must be a row of truth values"),
        (([1, 1], ["a", "b"], [1, 2]), TypeError, "exposed must be a row of truth values"),
        (
            ([[1]], [1], [1]),
            ValueError,
            r"events must be a row of truth values, got shape \(1, 1\)",
        ),
        (([1, 1], [1, 0], [1, 1]), ValueError, "at least two labels"),
        (([1, 1], [1, 0], [1, None]), ValueError, "at least two labels and none missing"),
        (([1, 0], [1, 1], [1, 2]), ValueError, "2 exposed, 0 others with 0 events"),
        (([1, 0], [1, 0], [1, 2]), ValueError, "1 others with 0 events"),
        (([1, 1], [1, 0], [1, 2], 95), ValueError, "confidence must be a number"),
    ],
)
def test_trials_that_cannot_be_compared_are_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        clustered_risk_ratio(*arguments)
