"""Do alliances deter? Which pairs of states could meet in war at all?

Most pairs of states are far apart and weak, and will never fight, whatever they sign. A study
of deterrence therefore begins with the *risk set*: the pairs and years in which a dispute was
possible. The usual choice are the politically relevant pairs, neighbours and pairs with a
major power. It is a choice: other risk sets give other rates, and sometimes another sign.
"""

import math
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from entente.models import _arguments as arguments

__all__ = ["clustered_risk_ratio", "relevant_dyads", "risk_ratio"]


# The risk set -----------------------------------------------------------------------------


def relevant_dyads(
    states: pd.DataFrame,
    contiguity: pd.DataFrame,
    major_powers: pd.DataFrame,
    first: int,
    last: int,
) -> pd.DataFrame:
    r"""Which pairs of states could have met in a dispute, year by year?

    Parameters
    ----------
    states : DataFrame
        Spells of states in the system: `ccode`, `start`, `end`.
    contiguity : DataFrame
        Spells of neighbourhood, each pair once: `state_a`, `state_b`, `start`, `end`. Keep the
        rows with ``type == 1`` to count land borders only.
    major_powers : DataFrame
        Spells of major powers: `ccode`, `start`, `end`. With no rows, only neighbours remain.
    first, last : int
        The first and the last year, both included.

    Returns
    -------
    DataFrame
        One row for each politically relevant directed pair and year: `ccode1`, `ccode2`,
        `year` (int), `contiguous`, `major1`, `major2` (bool), in the order of the first three.
        Each pair stands twice in a year, once from each side.

    Raises
    ------
    TypeError, ValueError
        If a table lacks a column or has something else than days or years in it, or if the
        years are not whole or `last` is before `first`.

    Notes
    -----
    A directed pair :math:`(i, j)` is in the risk set of year t if both are states in t and

    .. math:: C_{ijt} \lor M_{it} \lor M_{jt},

    contiguous, or one of them a major power. `start` and `end` may be days or years; a spell
    counts in every year that it touches, and one without an end has not ended. All is done at
    once on arrays of pairs by years, n² T cells for n states and T years.

    With the tables of the course and any kind of contiguity there are 224,576 rows for 1816 to
    2010. The original file of contiguity also has spells of type 0, which tell when a pair was
    *not* contiguous; whoever counts them as contiguity gets 227,358.

    References
    ----------
    Maoz, Z. and Russett, B. (1993). Normative and structural causes of democratic peace,
    1946–1986. *American Political Science Review* 87(3).

    Examples
    --------
    Three states in 1914 and 1915; the first and the second share a border until 1914, and the
    third becomes a major power in 1915.

    >>> states = pd.DataFrame({"ccode": [1, 2, 3], "start": 1900, "end": None})
    >>> border = pd.DataFrame({"state_a": [1], "state_b": [2], "start": 1900, "end": 1914})
    >>> majors = pd.DataFrame({"ccode": [3], "start": [1915], "end": None})
    >>> relevant_dyads(states, border, majors, 1914, 1915).query("ccode1 < ccode2")
       ccode1  ccode2  year  contiguous  major1  major2
    0       1       2  1914        True   False   False
    1       1       3  1915       False   False    True
    3       2       3  1915       False   False    True
    """
    first = arguments.whole("first", first, 1)
    last = arguments.whole("last", last, first)
    codes = np.unique(_whole("states", states, "ccode"))
    size, years = codes.size, last - first + 1

    def cells(name: str, table: pd.DataFrame, *columns: str) -> tuple[NDArray[np.int64], ...]:
        """The positions of all states or pairs of a table, and of all years of their spells."""
        places = [_whole(name, table, column) for column in columns]
        start = np.maximum(_years(name, table, "start"), first)
        end = np.minimum(_years(name, table, "end"), last)
        known = np.logical_and.reduce([start <= end, *(np.isin(place, codes) for place in places)])
        start, end = (years[known].astype(np.int64) - first for years in (start, end))
        length = end - start + 1
        spell = np.repeat(np.arange(length.size), length)
        year = np.arange(spell.size) - (np.cumsum(length) - length - start)[spell]
        return *(np.searchsorted(codes, place[known])[spell] for place in places), year

    exists = np.zeros((size, years), dtype=bool)
    exists[cells("states", states, "ccode")] = True
    major = np.zeros_like(exists)
    major[cells("major_powers", major_powers, "ccode")] = True
    near = np.zeros((size, size, years), dtype=bool)
    one, other, year = cells("contiguity", contiguity, "state_a", "state_b")
    near[one, other, year] = near[other, one, year] = True

    relevant = near | major[:, None] | major[None, :]
    relevant &= exists[:, None] & exists[None, :]
    relevant[np.arange(size), np.arange(size)] = False
    one, other, year = np.nonzero(relevant)
    return pd.DataFrame(
        {
            "ccode1": codes[one],
            "ccode2": codes[other],
            "year": year + first,
            "contiguous": near[one, other, year],
            "major1": major[one, year],
            "major2": major[other, year],
        }
    )


# Comparing rates ----------------------------------------------------------------------------

_DRAWS = 2_000  # of the bootstrap


def risk_ratio(
    events_a: int, n_a: int, events_b: int, n_b: int, confidence: float = 0.95
) -> tuple[float, float, float]:
    r"""How many times as often does something happen in group a as in group b?

    Parameters
    ----------
    events_a, events_b : int
        How often it happened in each group, at least 1 in both.
    n_a, n_b : int
        The number of independent trials in each group, at least that of its events.
    confidence : float
        The confidence of the interval, in (0, 1).

    Returns
    -------
    tuple of float
        The ratio of the two rates, and the lower and upper end of its interval.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    Katz's interval takes the logarithm of the ratio as normal, with the variance

    .. math:: \frac{1}{x_a} - \frac{1}{n_a} + \frac{1}{x_b} - \frac{1}{n_b}.

    Years of the same pair of states are not independent trials: use `clustered_risk_ratio`.

    References
    ----------
    Katz, D., Baptista, J., Azen, S. P. and Pike, M. C. (1978). Obtaining confidence intervals
    for the risk ratio in cohort studies. *Biometrics* 34(3).

    Examples
    --------
    >>> [round(number, 5) for number in risk_ratio(20, 200, 40, 200)]
    [0.5, 0.30336, 0.82411]
    """
    x_a, x_b = (
        arguments.whole(name, events, least=1)
        for name, events in (("events_a", events_a), ("events_b", events_b))
    )
    n_a, n_b = arguments.whole("n_a", n_a, least=x_a), arguments.whole("n_b", n_b, least=x_b)
    confidence = arguments.number("confidence", confidence, "(0, 1)")
    ratio = (x_a / n_a) / (x_b / n_b)
    spread = NormalDist().inv_cdf((1 + confidence) / 2) * math.sqrt(
        1 / x_a - 1 / n_a + 1 / x_b - 1 / n_b
    )
    return ratio, ratio * math.exp(-spread), ratio * math.exp(spread)


def clustered_risk_ratio(
    events: ArrayLike,
    exposed: ArrayLike,
    clusters: ArrayLike,
    confidence: float = 0.95,
    *,
    rng: int | np.random.Generator = 0,
) -> tuple[float, float, float]:
    """How many times as often does something happen to the exposed, if trials come in clusters?

    Parameters
    ----------
    events : array_like of bool, shape (n,)
        Whether it happened in each trial, such as a year of a pair of states.
    exposed : array_like of bool, shape (n,)
        Whether the trial was exposed to what is being studied.
    clusters : array_like, shape (n,)
        The label of each trial's cluster, such as the pair. Trials of one cluster may depend on
        each other, those of different clusters may not. At least two clusters.
    confidence : float
        The confidence of the interval, in (0, 1).
    rng : int or numpy.random.Generator
        The seed, or the source, of chance. The same seed gives the same interval.

    Returns
    -------
    tuple of float
        The ratio of the rate among the exposed to that among the others, and the lower and
        upper end of its interval.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, or if either group has no trial, or the unexposed no
        event.

    Notes
    -----
    Bootstrap: clusters are drawn with replacement 2,000 times, each with all its trials, and
    the interval lies between quantiles of the ratios. It is too narrow where clusters depend on
    each other, as the pairs of one treaty do.

    References
    ----------
    Cameron, A. C., Gelbach, J. B. and Miller, D. L. (2008). Bootstrap-based improvements for
    inference with clustered errors. *Review of Economics and Statistics* 90(3).

    Examples
    --------
    >>> events = [1, 0, 0, 0, 1, 1, 0, 1] * 5
    >>> exposed = [1, 1, 1, 1, 0, 0, 0, 0] * 5
    >>> pairs = np.repeat(np.arange(10), 4)
    >>> ratio, low, high = clustered_risk_ratio(events, exposed, pairs)
    >>> round(ratio, 3)
    0.333
    """
    happened, treated = arguments.truths("events", events), arguments.truths("exposed", exposed)
    labels = pd.factorize(np.asarray(clusters))[0]
    arguments.equally_long(events=happened, exposed=treated, clusters=labels)
    confidence = arguments.number("confidence", confidence, "(0, 1)")
    number = labels.max() + 1
    if number < 2 or (labels < 0).any():
        raise ValueError(f"clusters must have at least two labels and none missing, got {number}")
    if not treated.any() or treated.all() or not happened[~treated].any():
        raise ValueError(
            f"there must be exposed trials, and events among the others; got {treated.sum()} "
            f"exposed, {(~treated).sum()} others with {happened[~treated].sum()} events"
        )
    # For each cluster: events and trials of the exposed, then of the others.
    counts = np.stack(
        [np.bincount(labels, of, number) for of in (happened & treated, treated,
                                                    happened & ~treated, ~treated)],
        axis=1,
    )  # fmt: skip
    drawn = (
        arguments.generator(rng).multinomial(number, np.full(number, 1 / number), size=_DRAWS)
        @ counts
    )
    with np.errstate(divide="ignore", invalid="ignore"):  # a draw may lack a group
        ratios = (drawn[:, 0] / drawn[:, 1]) / (drawn[:, 2] / drawn[:, 3])
    low, high = np.nanquantile(ratios, [(1 - confidence) / 2, (1 + confidence) / 2])
    x, n, y, m = counts.sum(axis=0)
    return float((x / n) / (y / m)), float(low), float(high)


# What the arguments must be ---------------------------------------------------------------


def _whole(name: str, table: pd.DataFrame, column: str) -> NDArray[np.int64]:
    """A column of codes of states."""
    values = arguments.column(name, table, column)
    if not pd.api.types.is_integer_dtype(values) or values.isna().any():
        raise TypeError(f"{name} must have whole numbers in {column}, got {values.dtype}")
    return values.to_numpy(np.int64)


def _years(name: str, table: pd.DataFrame, column: str) -> NDArray[np.float64]:
    """A column of days or years as years; no value means for ever."""
    values = arguments.column(name, table, column)
    if pd.api.types.is_datetime64_any_dtype(values):
        values = values.dt.year
    try:
        years = pd.to_numeric(values).to_numpy(np.float64, na_value=np.nan)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must have days or years in {column}, got {values.dtype}") from None
    if column == "start" and np.isnan(years).any():
        raise ValueError(f"{name} must have a start in every row")
    return np.where(np.isnan(years), np.inf, years)
