"""Did it work?

Four ways to ask what a joint operation changed: did counts of attacks shift when it began, and
would another date have served as well; what would have happened without it, judged by a mixture of
comparable places; how much of a sea can ships watch; and how much of a force can be used when its
contingents have caveats. None of them shows a cause by itself.
"""

import math
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from entente.models import _arguments as arguments

__all__ = [
    "RateRatio",
    "SyntheticControl",
    "break_scan",
    "detection_probability",
    "interrupted_counts",
    "synthetic_control",
    "usable_force",
]


# Before and after ---------------------------------------------------------------------------


class RateRatio(NamedTuple):
    """What `interrupted_counts` finds.

    Attributes
    ----------
    ratio : float
        The mean count after the break, divided by that before it.
    low, high : float
        The ends of its 95 % interval.
    p_value : float
        The two-sided p-value of no change, in [0, 1].
    """

    ratio: float
    low: float
    high: float
    p_value: float


def interrupted_counts(
    times: ArrayLike,
    counts: ArrayLike,
    break_at: float,
    *,
    errors: Literal["quasi", "poisson", "robust", "serial"] = "quasi",
) -> RateRatio:
    r"""By how much did a count change when something began?

    Parameters
    ----------
    times : array_like, shape (n,)
        When each was counted, each time once, in any order.
    counts : array_like, shape (n,)
        The counts, at least 0.
    break_at : float
        The first time that counts as after. At least two counts lie on either side, not all 0
        there.
    errors : {"quasi", "poisson", "robust", "serial"}
        How the uncertainty is reckoned. ``"quasi"``: the counts may scatter more than chance
        alone would have it, by a factor that is estimated, at least 1, and t quantiles are used.
        ``"poisson"``: they may not. ``"robust"``: the scatter before and after may differ
        (White's errors, corrected for the number of counts); some scatter there must be.
        ``"serial"``: besides, counts may resemble those of the times around them (Newey and
        West's errors, never less than White's). With few counts, or where bad times last long,
        such intervals are still too narrow, only less so.

    Returns
    -------
    RateRatio
        The fields `ratio`, `low`, `high` and `p_value`.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range, if the rows differ in length, if a side of the break
        has too few counts or only zeros, or for ``"robust"`` and
        ``"serial"`` if no side has any scatter.

    Notes
    -----
    A Poisson regression with one step,

    .. math:: \ln \mathrm E[y_t] = \alpha + \beta\, 1[t \ge t_0], \qquad \text{ratio} = e^\beta,

    so that the ratio is that of the two means. Yearly counts of attacks scatter far more than
    Poisson counts: plain Poisson intervals are false precision. ``"serial"`` weights the product
    of two residuals :math:`1 - d/S` if they lie :math:`d < S` apart, where a time step is the
    least gap between times and :math:`S = 1.3 \sqrt n` steps. No errors of the four mend a
    trend, a season, or the choice of the date after a look at the data.

    References
    ----------
    McCullagh, P. and Nelder, J. A. (1989). *Generalized Linear Models*.

    Newey, W. K. and West, K. D. (1987). A simple, positive semi-definite, heteroskedasticity and
    autocorrelation consistent covariance matrix. *Econometrica* 55(3).

    Lazarus, E., Lewis, D. J., Stock, J. H. and Watson, M. W. (2018). HAR inference:
    recommendations for practice. *Journal of Business & Economic Statistics* 36(4), for S.

    Examples
    --------
    Attacks by pirates off Somalia, as reported to the International Maritime Bureau: did the
    navies that came in 2009 raise them?

    >>> years, attacks = range(2007, 2016), [31, 111, 218, 219, 237, 75, 15, 11, 0]
    >>> [round(number, 2) for number in interrupted_counts(years, attacks, 2009)]
    [1.56, 0.18, 13.37, 0.64]
    >>> [round(number, 2) for number in interrupted_counts(years, attacks, 2009, errors="poisson")]
    [1.56, 1.3, 1.86, 0.0]
    """
    when, how_many = _counts(times, counts)
    break_at = arguments.number("break_at", break_at)
    arguments.one_of("errors", errors, ("quasi", "poisson", "robust", "serial"))
    return _shift(when, how_many, break_at, errors)


def break_scan(times: ArrayLike, counts: ArrayLike) -> pd.DataFrame:
    r"""Which date would fit a change best, and what would each other date have said?

    Parameters
    ----------
    times, counts
        As in `interrupted_counts`; at least four counts.

    Returns
    -------
    DataFrame
        For each date with at least two counts, not all 0, on either side: `break_at`, `ratio`,
        `low`, `high` and `p_value` as in `interrupted_counts`, and `deviance`, what a break at
        that date leaves unexplained.

    Raises
    ------
    TypeError, ValueError
        As in `interrupted_counts`, or if no date is possible.

    Notes
    -----
    The least deviance is the best fit. The p-value and the interval of the date so chosen are
    not honest: whoever tries many dates finds one. That several dates fit about as well is the
    finding.

    Examples
    --------
    >>> years, attacks = range(2007, 2016), [31, 111, 218, 219, 237, 75, 15, 11, 0]
    >>> scan = break_scan(years, attacks)
    >>> [int(year) for year in scan["break_at"]]
    [2009, 2010, 2011, 2012, 2013, 2014]
    >>> scan.loc[scan["deviance"].idxmin(), ["break_at", "ratio"]].round(3).tolist()
    [2013.0, 0.058]
    """
    when, how_many = _counts(times, counts)
    rows = []
    for break_at in np.sort(when)[2:-1]:
        after = when >= break_at
        if how_many[after].any() and how_many[~after].any():
            rows.append(
                {
                    "break_at": break_at,
                    **_shift(when, how_many, break_at, "quasi")._asdict(),
                    "deviance": sum(_deviance(how_many[part]) for part in (after, ~after)),
                }
            )
    if not rows:
        raise ValueError("counts must not be all 0 on one side of every break")
    return pd.DataFrame(rows)


def _shift(
    times: NDArray[np.float64], counts: NDArray[np.float64], break_at: float, errors: str
) -> RateRatio:
    from scipy import stats

    after = times >= break_at
    groups = [counts[~after], counts[after]]
    for side, group in zip(("before", "after"), groups, strict=True):
        if group.size < 2 or not group.any():
            raise ValueError(
                f"break_at must leave at least two counts, not all 0, on either side, got "
                f"{break_at:g} with {group.size} {side}, their sum {group.sum():g}"
            )
    means, totals = [group.mean() for group in groups], [group.sum() for group in groups]
    degrees = counts.size - 2
    if errors in ("robust", "serial"):
        # What each count moves the log of the ratio by; the sandwich of this regression is the
        # sum of their squares, here times n / (n − 2).
        moves = np.where(after, counts / means[1] - 1, 1 - counts / means[0])
        moves /= np.where(after, groups[1].size, groups[0].size)
        variance = (moves**2).sum()
        if errors == "serial":
            apart = abs(times[:, None] - times) / np.diff(np.sort(times)).min()
            alike = np.maximum(0, 1 - apart / (1.3 * np.sqrt(counts.size)))
            # That neighbours scatter apart makes nothing surer.
            variance = max(variance, moves @ alike @ moves)
        if variance == 0:
            raise ValueError(f"counts must scatter on a side of the break for {errors} errors")
        variance *= counts.size / degrees
    else:
        variance = sum(1 / total for total in totals)
        if errors == "quasi":
            pearson = sum(
                ((g - mean) ** 2).sum() / mean for g, mean in zip(groups, means, strict=True)
            )
            # That a few counts lie closer together than chance has it is chance itself.
            variance *= max(1, pearson / degrees)
    error = np.sqrt(variance)
    freedom = np.inf if errors == "poisson" else degrees  # t with infinitely many is normal
    shift, reach = np.log(means[1] / means[0]), stats.t.ppf(0.975, freedom) * error
    p_value = 2 * stats.t.sf(abs(shift) / error, freedom)
    return RateRatio(
        *(float(x) for x in (np.exp(shift), np.exp(shift - reach), np.exp(shift + reach), p_value))
    )


def _deviance(counts: NDArray[np.float64]) -> float:
    some = counts[counts > 0]
    return float(2 * (some * np.log(some / counts.mean())).sum())


# What would have been -----------------------------------------------------------------------


class SyntheticControl(NamedTuple):
    """What `synthetic_control` finds.

    Attributes
    ----------
    weights : Series
        The share of each other unit in the mixture; they sum to 1.
    gap : Series
        At each time the outcome of the treated unit less that of the mixture.
    rmspe_before : float
        The root of the mean squared gap before the treatment, in the unit of the outcome.
    """

    weights: pd.Series
    gap: pd.Series
    rmspe_before: float


def synthetic_control(
    outcome: pd.DataFrame,
    treated: object,
    start: float,
    predictors: pd.DataFrame | None = None,
) -> SyntheticControl:
    r"""What would have happened to a place without what happened to it?

    Parameters
    ----------
    outcome : DataFrame
        The outcome, a row for each time (the index, rising) and a column for each unit: the
        treated one and at least two others.
    treated
        The column of the treated unit.
    start : float
        The first time of the index that counts as treated. At least two times lie before it.
    predictors : DataFrame, optional
        A row for each unit and a column for each property on which the mixture is to resemble
        the treated unit. By default these are the outcomes before `start`.

    Returns
    -------
    SyntheticControl
        The fields `weights`, `gap` and `rmspe_before`.

    Raises
    ------
    TypeError, ValueError
        If a table has missing or infinite numbers, lacks a unit, or if `start` leaves too few
        times.

    Notes
    -----
    The weights are those of the mixture that comes closest,

    .. math:: \min_w \sum_k \left(x_{k1} - \sum_{j} w_j x_{kj}\right)^2,
              \qquad w_j \ge 0, \quad \sum_j w_j = 1,

    found exactly, as non-negative least squares; with more other units than predictors there may
    be other mixtures as close. Given predictors are divided by their standard deviation and count
    alike; outcomes, which have one unit, stay as they are. (Abadie and Gardeazabal also choose
    how much each counts; that search has several valleys, and another start gives other weights.)
    A large `rmspe_before` says that no mixture resembles the treated unit, and then the gap means
    nothing. With one treated unit there is no standard error: compare the gap with those that the
    same method finds for units that were not treated.

    References
    ----------
    Abadie, A. and Gardeazabal, J. (2003). The economic costs of conflict: a case study of the
    Basque Country. *American Economic Review* 93(1). doi:10.1257/000282803321455188.

    Examples
    --------
    >>> outcome = pd.DataFrame(
    ...     {"treated": [2, 4, 6, 5], "a": [1, 3, 5, 7], "b": [3, 5, 7, 9]},
    ...     index=[2000, 2001, 2002, 2003],
    ... )
    >>> weights, gap, rmspe = synthetic_control(outcome, "treated", start=2003)
    >>> weights.round(3).to_dict(), round(gap.loc[2003], 3)
    ({'a': 0.5, 'b': 0.5}, np.float64(-3.0))
    """
    from scipy.optimize import nnls

    values = _table("outcome", outcome)
    if outcome.columns.duplicated().any() or outcome.index.duplicated().any():
        raise ValueError("outcome must have each unit and each time once")
    if treated not in outcome:
        raise ValueError(f"treated must be a column of outcome, got {treated!r}")
    if outcome.shape[1] < 3:
        raise ValueError(f"outcome must have at least two other units, got {outcome.shape[1] - 1}")
    if not outcome.index.is_monotonic_increasing:
        raise ValueError("outcome must have its times in rising order")
    before = np.asarray(outcome.index < start)
    if before.sum() < 2 or before.all():
        raise ValueError(
            f"start must leave two times before it and one from it on, got {start!r} with "
            f"{before.sum()} before and {(~before).sum()} from it on"
        )
    if predictors is None:
        features = pd.DataFrame(values[before].T, index=outcome.columns)
    else:
        _table("predictors", predictors)
        lacking = [unit for unit in outcome if unit not in predictors.index]
        if lacking or predictors.index.duplicated().any():
            raise ValueError(
                f"predictors must have a row for each unit, once; got none for {lacking}"
            )
        features = predictors.loc[outcome.columns].astype(float)
        spread = features.std(ddof=0)
        if (spread == 0).any():
            raise ValueError(
                f"predictors must differ between units, got {spread.idxmin()} the same for all"
            )
        features = features / spread
    others = outcome.columns.drop(treated)
    donors, own = features.loc[others].to_numpy().T, features.loc[treated].to_numpy()
    # Subtracting the treated unit makes the least squares homogeneous: with any last row that
    # asks for a sum, the solution has the right proportions, and is divided by its sum.
    apart = donors - own[:, None]
    scale = np.abs(apart).max() or 1.0
    stacked = np.vstack([apart / scale, np.full(len(others), 1.0)])
    found, _ = nnls(stacked, np.r_[np.zeros(len(own)), 1.0], maxiter=100 * len(others))
    weights = pd.Series(found / found.sum(), index=others)
    gap = outcome[treated].astype(float) - outcome[others].astype(float) @ weights
    return SyntheticControl(weights, gap, float(np.sqrt((gap[before] ** 2).mean())))


# How much can be watched, how much can be used ----------------------------------------------


def detection_probability(width: float, speed: float, time: float, area: float) -> float:
    r"""How likely does a searcher at random find what is hidden in an area?

    Parameters
    ----------
    width : float
        How broad a strip the searcher sees, in km, at least 0.
    speed : float
        Its speed, in km/h, at least 0.
    time : float
        How long it searches, in h, at least 0.
    area : float
        The area, in km², above 0.

    Returns
    -------
    float
        The probability, in [0, 1].

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    Koopman's random search sweeps the area :math:`wvt`, parts of it again and again:

    .. math:: P = 1 - e^{-wvt/A}.

    A search along a plan does better; one against somebody who evades, worse.

    References
    ----------
    Koopman, B. O. (1956). The theory of search. *Operations Research* 4.

    Examples
    --------
    Sweeping as much as the whole area finds less than two thirds:

    >>> round(detection_probability(width=40, speed=25, time=24, area=24_000), 3)
    0.632
    """
    sweep = [
        arguments.number("width", width, "[0, inf)"),
        arguments.number("speed", speed, "[0, inf)"),
        arguments.number("time", time, "[0, inf)"),
    ]
    area = arguments.number("area", area, "(0, inf)")
    # Nothing is swept if one is 0, though the product of the others be past a float.
    swept = math.prod(sweep) if all(sweep) else 0.0
    return float(-np.expm1(-swept / area))


def usable_force(contingents: int, needed: int, caveat: float) -> float:
    r"""How likely can enough contingents of a coalition be used when they are needed?

    Parameters
    ----------
    contingents : int
        The number of contingents, at least 1.
    needed : int
        How many are needed, from 1 to `contingents`.
    caveat : float
        The probability, in [0, 1], that a contingent's caveats forbid the task.

    Returns
    -------
    float
        The probability that at least `needed` can be used, in [0, 1].

    Raises
    ------
    TypeError, ValueError
        If an argument is out of range.

    Notes
    -----
    .. math:: \sum_{k=m}^{n} \binom nk (1-c)^k c^{n-k}.

    Caveats are taken to be independent and contingents alike. Those of one region or one kind of
    government go together, so real coalitions swing between all and nothing more than this. That
    the caveat may have been the price of coming at all is left out.

    References
    ----------
    Auerswald, D. P. and Saideman, S. M. (2014). *NATO in Afghanistan*, on caveats.

    Examples
    --------
    Of ten contingents eight are needed:

    >>> [round(usable_force(10, 8, caveat), 2) for caveat in (0.1, 0.3)]
    [0.93, 0.38]
    """
    from scipy.stats import binom

    contingents = arguments.whole("contingents", contingents, least=1)
    needed = arguments.whole("needed", needed, least=1)
    if needed > contingents:
        raise ValueError(f"needed must be at most the {contingents} contingents, got {needed}")
    caveat = arguments.number("caveat", caveat, "[0, 1]")
    return float(binom.cdf(contingents - needed, contingents, caveat))


# What the arguments must be -----------------------------------------------------------------


def _counts(times: ArrayLike, counts: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    when = arguments.numbers("times", times, at_least=4)
    how_many = arguments.numbers("counts", counts, "[0, inf)", at_least=4)
    arguments.equally_long(times=when, counts=how_many)
    if np.unique(when).size < when.size:
        raise ValueError("times must be given once each")
    return when, how_many


def _table(name: str, table: pd.DataFrame) -> NDArray[np.float64]:
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"{name} must be a DataFrame, got {type(table).__name__}")
    return arguments.matrix(name, table)
